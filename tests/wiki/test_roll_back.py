"""Rolling back what one account has done: page by page, never over anybody else's work."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, signed_in
from wiki import operations
from wiki.models import Edit, Page, Proposal, ReviewItem
from wiki.operations.rolling_back import plans, proposals_since, roll_back

EARLIER = timedelta(days=2)


def address(user: User, since: datetime | None = None) -> str:
    """Where the user's work is rolled back."""
    moment = since or timezone.now() - timedelta(hours=1)
    return f"/konto/profil/{user.pk}/rulla-tillbaka/?sedan={timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def write(page: Page, body: str, by: User) -> None:
    """Save another text."""
    page.refresh_from_db()
    operations.edit(page, replace(page.content, body=body), base=page.number, by=by)
    page.refresh_from_db()


@pytest.fixture
def spoiled(page: Page, bo: User) -> Page:
    """Two days ago eva made the page; today bo saved it twice."""
    Edit.objects.update(created_at=timezone.now() - EARLIER)
    write(page, "Reklam.", bo)
    write(page, "Mer reklam.", bo)
    return page


def since() -> datetime:
    """An hour ago."""
    return timezone.now() - timedelta(hours=1)


def ticked(*pages: Page) -> dict[str, Any]:
    """The form with these pages ticked."""
    return {"pages": [f"{page.pk}:{page.number}" for page in pages], "reason": "Reklam"}


def test_the_preview_changes_nothing_and_shows_what_would_be(spoiled: Page, bo: User, rut: User) -> None:
    answer = signed_in(rut).get(address(bo))
    [plan] = answer.context["plans"]
    assert (plan.number, plan.first, plan.others, plan.target, plan.is_free, plan.keeps_some) == (
        3,
        2,
        1,
        1,
        True,
        False,
    )
    assert "Version 1 gäller igen." in answer.text
    assert 'href="/sidor/skolan/jamfor/1/3/"' in answer.text
    assert f'value="{spoiled.pk}:3" checked' in answer.text
    assert Edit.objects.count() == 3


def test_a_page_goes_back_as_a_new_version_by_the_moderator(spoiled: Page, bo: User, rut: User) -> None:
    answer = signed_in(rut).post(address(bo), ticked(spoiled))
    assert answer.status_code == 200
    assert "Version 1 gäller igen, som version 4." in answer.text
    assert 'href="/sidor/skolan/jamfor/3/4/"' in answer.text
    spoiled.refresh_from_db()
    edit = spoiled.edits.get(number=4)
    assert spoiled.body == "Första stycket.\n\nAndra stycket.\n"
    assert (edit.author, edit.act, edit.source_number, edit.summary) == (rut, "revert", 1, "Reklam")
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor, entry.user, entry.target) == ("roll_back", rut, bo, spoiled)
    assert (entry.number, entry.reason) == (4, "Reklam")


def test_what_was_rolled_back_has_been_looked_at(spoiled: Page, bo: User, rut: User) -> None:
    signed_in(rut).post(address(bo), ticked(spoiled))
    assert [edit.number for edit in spoiled.edits.unreviewed()] == [1]
    assert ReviewItem.objects.get(page=spoiled).edit_count == 1


def test_sending_it_twice_does_it_once(spoiled: Page, bo: User, rut: User) -> None:
    form = ticked(spoiled)
    signed_in(rut).post(address(bo), form)
    answer = signed_in(rut).post(address(bo), form)
    assert "Sidan har ändrats sedan du förhandsgranskade, så den är som den var." in answer.text
    spoiled.refresh_from_db()
    assert spoiled.number == 4
    assert LogEntry.objects.count() == 1


def test_somebody_elses_work_on_top_is_left_alone(spoiled: Page, bo: User, eva: User, rut: User) -> None:
    write(spoiled, "Evas rättelse.", eva)
    answer = signed_in(rut).get(address(bo))
    assert "Någon annan har sparat sedan dess." in answer.text
    assert 'href="/sidor/skolan/jamfor/1/4/"' in answer.text
    assert 'name="pages"' not in answer.text
    told = signed_in(rut).post(address(bo), ticked(spoiled))
    assert "inte gjort" in told.text
    spoiled.refresh_from_db()
    assert spoiled.body == "Evas rättelse."
    assert not LogEntry.objects.exists()


def test_somebody_who_saves_after_the_preview_is_left_alone(
    spoiled: Page, bo: User, eva: User, rut: User
) -> None:
    form = ticked(spoiled)
    write(spoiled, "Evas rättelse.", eva)
    write(spoiled, "Bo igen.", bo)
    answer = signed_in(rut).post(address(bo), form)
    assert "inte gjort" in answer.text
    spoiled.refresh_from_db()
    assert spoiled.body == "Bo igen."


def test_only_the_run_on_top_goes(spoiled: Page, bo: User, eva: User, rut: User) -> None:
    write(spoiled, "Evas rättelse.", eva)
    write(spoiled, "Bo igen.", bo)
    [plan] = plans(bo, since())
    assert (plan.target, plan.is_free, plan.keeps_some) == (4, True, True)
    assert "Andra har byggt vidare" in signed_in(rut).get(address(bo)).text
    signed_in(rut).post(address(bo), ticked(spoiled))
    spoiled.refresh_from_db()
    assert spoiled.body == "Evas rättelse."


def test_what_is_older_than_the_time_stays(spoiled: Page, bo: User, rut: User) -> None:
    spoiled.edits.filter(number=2).update(created_at=timezone.now() - timedelta(hours=3))
    signed_in(rut).post(address(bo), ticked(spoiled))
    spoiled.refresh_from_db()
    assert spoiled.body == "Reklam."


def test_a_hidden_version_is_not_gone_back_to(spoiled: Page, bo: User, eva: User, rut: User) -> None:
    write(spoiled, "Evas, med uppgifter.", eva)
    write(spoiled, "Bo igen.", bo)
    spoiled.edits.filter(number=4).update(hidden_at=timezone.now())
    signed_in(rut).post(address(bo), ticked(spoiled))
    spoiled.refresh_from_db()
    assert spoiled.body == "Första stycket.\n\nAndra stycket.\n"


def test_a_page_that_the_account_made_is_archived(make_page: MakePage, bo: User, rut: User) -> None:
    made = make_page("Reklam", by=bo)
    assert "Sidan arkiveras." in signed_in(rut).get(address(bo)).text
    for _ in range(2):
        answer = signed_in(rut).post(address(bo), ticked(made))
    assert "inte gjort" in answer.text
    made.refresh_from_db()
    assert (made.is_archived, made.archive_reason) == (True, "Reklam")
    assert list(LogEntry.objects.order_by("pk").values_list("act", flat=True)) == ["roll_back", "archive"]


def test_what_is_not_ticked_stays(spoiled: Page, make_page: MakePage, bo: User, rut: User) -> None:
    made = make_page("Reklam", by=bo)
    signed_in(rut).post(address(bo), ticked(made))
    spoiled.refresh_from_db()
    assert spoiled.number == 3


def test_pages_of_others_cannot_be_sent_in(spoiled: Page, make_page: MakePage, bo: User, rut: User) -> None:
    other = make_page("Evas sida")
    form = ticked(spoiled, other) | {"reason": "Reklam"}
    form["pages"] += ["999999:1", "x", "1:"]
    answer = signed_in(rut).post(address(bo), form)
    assert [(outcome.title, outcome.is_done) for outcome in answer.context["outcomes"]] == [
        ("Skolan", True),
        ("Evas sida", False),
    ]
    other.refresh_from_db()
    assert (other.number, other.is_archived) == (1, False)


def test_one_page_that_fails_stops_no_other(
    spoiled: Page, make_page: MakePage, bo: User, eva: User, rut: User
) -> None:
    renamed = make_page("Omsorgen", body="Före.")
    Edit.objects.filter(page=renamed).update(created_at=timezone.now() - EARLIER)
    operations.edit(renamed, replace(renamed.content, title="Vården"), base=1, by=bo)
    renamed.refresh_from_db()
    make_page("omsorgen")
    answer = signed_in(rut).post(address(bo), ticked(renamed, spoiled))
    [failed, done] = answer.context["outcomes"]
    assert (failed.is_done, failed.sentence) == (
        False,
        "Det finns redan en sida som heter ”Omsorgen”. Välj en annan titel.",
    )
    assert done.is_done


def test_a_run_that_changes_nothing_makes_no_version(spoiled: Page, bo: User, rut: User) -> None:
    write(spoiled, "Första stycket.\n\nAndra stycket.\n", bo)
    answer = signed_in(rut).post(address(bo), ticked(spoiled))
    assert "Inget är ändrat, så ingen ny version sparades." in answer.text
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("choice", "status", "is_hidden"),
    [("keep", "pending", False), ("reject", "rejected", False), ("hide", "pending", True)],
)
def test_proposals_go_the_way_that_is_chosen(
    spoiled: Page, bo: User, eva: User, rut: User, choice: str, status: str, is_hidden: bool
) -> None:
    mine = Proposal.objects.create(page=spoiled, author=bo, title="Reklam", base=3)
    old = Proposal.objects.create(
        page=spoiled, author=bo, title="Gammalt", base=1, created_at=timezone.now() - EARLIER
    )
    Proposal.objects.filter(pk=old.pk).update(waits_from=timezone.now() - EARLIER)
    others = Proposal.objects.create(page=spoiled, author=eva, title="Evas", base=3)
    assert [found.title for found in proposals_since(bo, since())] == ["Reklam"]
    form = ticked(spoiled) | {"proposals": choice}
    answer = signed_in(rut).post(address(bo), form)
    assert answer.status_code == 200
    mine.refresh_from_db()
    assert (mine.status, mine.is_hidden) == (status, is_hidden)
    for proposal in (old, others):
        proposal.refresh_from_db()
        assert (proposal.status, proposal.is_hidden) == ("pending", False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "Skriv varför ändringarna rullas tillbaka."),
        ({"pages": []}, "Välj minst en sida, eller vad som ska hända med förslagen."),
        ({"proposals": "burn"}, "burn"),
    ],
)
def test_what_is_wrong_is_said(
    spoiled: Page, bo: User, rut: User, changes: dict[str, Any], sentence: str
) -> None:
    answer = signed_in(rut).post(address(bo), ticked(spoiled) | changes)
    assert (answer.status_code, sentence in answer.text) == (200, True)
    spoiled.refresh_from_db()
    assert spoiled.number == 3


@pytest.mark.parametrize("time", ["2999-01-01T00:00", "0001-01-01T00:00", "1999-12-31T23:59", "i går", ""])
def test_a_time_that_cannot_be_meant(bo: User, rut: User, time: str) -> None:
    answer = signed_in(rut).get(f"/konto/profil/{bo.pk}/rulla-tillbaka/?sedan={time}")
    assert answer.status_code == 200
    assert answer.context["since"].errors
    assert "plans" not in answer.context


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_nobody_else_rolls_back(spoiled: Page, bo: User, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    assert signed_in(user).get(address(bo)).status_code == 403
    answer = signed_in(user).post(address(bo), ticked(spoiled))
    assert (answer.status_code, "Reklam" in answer.text) == (403, True)
    with pytest.raises(PermissionDenied):
        roll_back(bo, since=since(), pages={spoiled.pk: 3}, reason="Skäl", by=user)
    spoiled.refresh_from_db()
    assert spoiled.number == 3


def test_a_plan_costs_the_same_for_many_pages(
    spoiled: Page, make_page: MakePage, bo: User, django_assert_num_queries: Any
) -> None:
    for title in ("Ett", "Två", "Tre"):
        make_page(title, by=bo)
    with django_assert_num_queries(3):
        assert len(plans(bo, since())) == 4
