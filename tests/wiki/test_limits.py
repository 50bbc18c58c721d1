"""How much an account may save at once: counted in what it has saved, told in words, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from wiki import operations
from wiki.models import Comment, Edit, Page, Proposal, ProposalText, Topic
from wiki.operations.limits import TooMany, check_links, check_saves, hosts
from wiki.views.too_many import too_many

pytestmark = pytest.mark.usefixtures("real_limits")


def propose(user: User, count: int, *, ago: timedelta = timedelta(0)) -> list[Proposal]:
    """So many proposals of the user, made so long ago."""
    return [
        Proposal.objects.create(author=user, title=f"Ny {at}", created_at=timezone.now() - ago)
        for at in range(count)
    ]


def test_somebody_new_saves_five_times_a_minute(ada: User) -> None:
    propose(ada, 4)
    check_saves(ada)
    propose(ada, 1)
    with pytest.raises(TooMany, match="Du har sparat 5 gånger den senaste minuten") as refusal:
        check_saves(ada)
    assert 55 <= refusal.value.retry_after <= 61


def test_a_minute_later_it_goes_well(ada: User) -> None:
    propose(ada, 5, ago=timedelta(seconds=50))
    with pytest.raises(TooMany) as refusal:
        check_saves(ada)
    assert 5 <= refusal.value.retry_after <= 11
    Proposal.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    check_saves(ada)


def test_somebody_new_saves_thirty_times_a_day(ada: User) -> None:
    propose(ada, 29, ago=timedelta(hours=20))
    check_saves(ada)
    propose(ada, 1, ago=timedelta(hours=20))
    with pytest.raises(TooMany, match="det senaste dygnet") as refusal:
        check_saves(ada)
    assert 4 * 3600 - 60 <= refusal.value.retry_after <= 4 * 3600 + 1


def test_everything_that_is_saved_counts_once(page: Page, ada: User, eva: User) -> None:
    Edit.objects.update(author=ada)
    [proposal, _other] = propose(ada, 2)
    ProposalText.objects.create(proposal=proposal, title="Förr")
    check_saves(ada)
    topic = Topic.objects.create(page=page, title="Ämne", author=ada)
    comment = Comment.objects.create(topic=topic, author=ada, body="Hej", html="", renderer="")
    with pytest.raises(TooMany):
        check_saves(ada)
    # Published by a moderator, it is still what was saved when it was proposed.
    Proposal.objects.filter(pk=proposal.pk).update(edit=Edit.objects.get())
    check_saves(ada)
    Comment.objects.filter(pk=comment.pk).update(author=eva)
    check_saves(ada)


def test_what_is_read_in_from_files_does_not_count(page: Page, ada: User) -> None:
    propose(ada, 4)
    Edit.objects.update(author=ada, act=Edit.Act.IMPORT)
    check_saves(ada)
    Edit.objects.update(act=Edit.Act.EDIT)
    with pytest.raises(TooMany):
        check_saves(ada)


@pytest.mark.parametrize("who", ["eva", "rut"])
def test_others_save_thirty_times_a_minute(who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    propose(user, 29)
    propose(user, 100, ago=timedelta(hours=1))
    check_saves(user)
    propose(user, 1)
    with pytest.raises(TooMany, match="Du har sparat 30 gånger den senaste minuten"):
        check_saves(user)


def test_a_contributor_is_new_for_a_week(ada: User) -> None:
    propose(ada, 6)
    ada.joined_at = timezone.now() - timedelta(days=7, seconds=1)
    check_saves(ada)
    ada.joined_at = timezone.now() - timedelta(days=6)
    with pytest.raises(TooMany):
        check_saves(ada)


def test_only_demo_accounts_in_the_demo_are_free(ada: User, settings: Any) -> None:
    propose(ada, 6)
    for demo, is_demo in ((True, False), (False, True)):
        settings.DEMO, ada.is_demo = demo, is_demo
        with pytest.raises(TooMany):
            check_saves(ada)
    settings.DEMO = True
    check_saves(ada)


def test_asking_costs_the_same_whatever_was_saved(ada: User, django_assert_num_queries: Any) -> None:
    ada.membership  # noqa: B018 - read once, as every request does
    for _ in range(2):
        with django_assert_num_queries(6):
            check_saves(ada)
        propose(ada, 3, ago=timedelta(hours=2))


LINKS = "[a](https://a.example/x) <https://B.example:8080> https://user@c.example. http://d.example?q=1"


def test_the_hosts_of_a_text() -> None:
    assert hosts(LINKS) == {"a.example", "b.example", "c.example", "d.example"}
    assert hosts("Se [[Skolan]], /sidor/skolan/, mailto:x@y.example och http://localhost/") == set()


def test_somebody_new_links_to_three_new_sites_at_once(ada: User, eva: User) -> None:
    check_links(ada, "", LINKS.replace("a.example", "b.example"))
    check_links(ada, "https://a.example/", LINKS)
    with pytest.raises(TooMany, match="fler än 3 nya webbplatser") as refusal:
        check_links(ada, "", LINKS)
    assert refusal.value.retry_after == 0
    check_links(eva, "", LINKS)


def test_many_hosts_are_found_in_one_reading() -> None:
    assert hosts("https://" * 20_000) == {"https"}
    assert len(hosts("http://" + "a" * 200_000)) == 1


def test_the_answer_hands_the_text_back(ada: User, rf: RequestFactory) -> None:
    request = rf.post("/sidor/ny/", {"title": "Ny", "body": "Min långa text.", "csrfmiddlewaretoken": "x"})
    request.user = ada
    answer = too_many(request, TooMany("Vänta en stund.", retry_after=42))
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")
    html = answer.content.decode()
    assert "Vänta en stund." in html
    assert "Min långa text.</textarea>" in html
    assert 'action="/sidor/ny/"' in html
    assert "Retry-After" not in too_many(request, TooMany("För många länkar."))


def test_saving_too_fast_over_http(ada: User) -> None:
    propose(ada, 5)
    answer = signed_in(ada).post("/sidor/ny/", {"title": "Ny sida", "body": "Min långa text."})
    assert answer.status_code == 429
    assert "Min långa text." in answer.text
    assert "Du har sparat 5 gånger den senaste minuten." in answer.text
    assert 0 < int(answer["Retry-After"]) <= 61
    assert Proposal.objects.count() == 5


def test_linking_too_much_over_http(ada: User) -> None:
    answer = signed_in(ada).post("/sidor/ny/", {"title": "Ny sida", "body": LINKS})
    assert answer.status_code == 429
    assert "fler än 3 nya webbplatser" in answer.text
    assert answer.context["form"]["body"].value() == LINKS
    assert not Proposal.objects.exists()


def test_bringing_back_too_fast_over_http(page: Page, eva: User) -> None:
    operations.edit(page, replace(page.content, body="Nytt."), base=1, by=eva)
    propose(eva, 28)
    form = {"base": "2", "reason": "Mitt skäl"}
    answer = signed_in(eva).post("/sidor/skolan/aterstall/1/", form)
    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert "Mitt skäl</textarea>" in answer.text
    Edit.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert signed_in(eva).post("/sidor/skolan/aterstall/1/", form).status_code == 302
