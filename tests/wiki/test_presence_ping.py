"""A window says that it is there, and hears of the others and of newer versions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import form_of, signed_in
from tests.wiki.presence_setup import PING, TOGETHER, beside, come, said
from wiki import operations
from wiki.models import Edit, Page, Presence
from wiki.models.presence import MAX_TAB
from wiki.operations import limits
from wiki.operations.archiving import archive
from wiki.operations.blocking import block
from wiki.operations.protecting import protect
from wiki.views.presence import look_around


def test_a_ping_is_answered_with_the_others(page: Page, ada: User, eva: User, bo: User, rut: User) -> None:
    at = f"{timezone.localtime():%H.%M}"
    for user in (bo, ada, rut):
        come(page, user)
    Presence.objects.update(since=timezone.now())
    assert sorted(said(signed_in(eva))) == [
        f"Ada Lind, uppger Mittköping, har sidan öppen sedan {at}.",
        f"Bo Ek, Granneby, har sidan öppen sedan {at}.",
        TOGETHER,
        f"Rut Alm har sidan öppen sedan {at}.",
    ]
    assert "Eva Berg" in beside(page, bo)


def test_who_is_alone_is_told_nothing(page: Page, eva: User) -> None:
    assert said(signed_in(eva)) == []
    assert Presence.objects.get().user == eva


def test_a_name_is_shown_as_it_is_written(page: Page, eva: User, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(name='<b onclick="x">"Bo"')
    come(page, bo)
    text = signed_in(eva).post(PING, {"tab": "tva"}).text
    assert "&lt;b onclick=&quot;x&quot;&gt;&quot;Bo&quot;, Granneby, har sidan" in text
    assert "<b" not in text


def test_a_ping_says_whether_the_window_is_hidden(page: Page, as_eva: Client) -> None:
    for sent, hidden in (("1", True), ("0", False), ("", False)):
        as_eva.post(PING, {"tab": "tva", "hidden": sent})
        assert Presence.objects.get().is_hidden is hidden


def test_leaving_removes_that_window_only(page: Page, as_eva: Client, eva: User, bo: User) -> None:
    come(page, bo, "tva")
    come(page, eva, "tva")
    come(page, eva, "tre")
    answer = as_eva.post(PING, {"tab": "tva", "leave": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    left = Presence.objects.order_by("pk").values_list("user__name", "tab")
    assert list(left) == [("Bo Ek", "tva"), ("Eva Berg", "tre")]
    assert as_eva.post(PING, {"tab": "tva", "leave": "1"}).status_code == 204


@pytest.mark.parametrize("tab", ["", "x" * (MAX_TAB + 1), "a b", "å", "a\x00b", "<b>", "a\n"])
def test_a_window_without_a_sound_name_is_refused(page: Page, as_eva: Client, tab: str) -> None:
    assert as_eva.post(PING, {"tab": tab}).status_code == 400
    assert not Presence.objects.exists()
    assert as_eva.post(PING, {"tab": "x" * MAX_TAB}).status_code == 200


def test_a_former_address_of_the_page_still_answers(page: Page, eva: User, bo: User) -> None:
    operations.rename(page, "Grundskolan", base=page.number, by=eva)
    page.refresh_from_db()
    assert page.slug == "grundskolan"
    come(page, bo)
    assert said(signed_in(eva), base="2")[0].startswith("Bo Ek, Granneby, har sidan öppen")


def newer(page: Page, *, by: User, body: str = "Nytt.") -> Edit:
    """Publish another version."""
    content = type(page.content)(**vars(page.content) | {"body": body})
    edit = operations.edit(page, content, base=page.number, by=by)
    page.refresh_from_db()
    assert isinstance(edit, Edit)
    return edit


def test_a_ping_tells_of_a_newer_version_and_leads_to_the_comparison(page: Page, eva: User, bo: User) -> None:
    client = signed_in(eva)
    assert said(client) == []
    newer(page, by=bo)
    newer(page, by=bo, body="Nyare.")
    sentence = "Bo Ek har publicerat version 3. Se vad som är nytt (öppnas i en ny flik)"
    assert said(client) == [sentence]
    text = client.post(PING, {"tab": "tva", "base": "1"}).text
    assert '<a href="/sidor/skolan/jamfor/1/3/" target="_blank" rel="noopener">' in text
    assert client.get("/sidor/skolan/jamfor/1/3/").status_code == 200


def test_one_s_own_newer_version_is_told_of_as_such(page: Page, eva: User) -> None:
    newer(page, by=eva)
    assert said(signed_in(eva))[0].startswith("Du har publicerat version 2 i ett annat fönster.")


def test_a_comparison_with_a_hidden_version_is_not_offered(page: Page, eva: User, bo: User) -> None:
    newer(page, by=bo)
    page.edits.filter(number=1).update(hidden_at=timezone.now())
    around = look_around(page, base="1", by=eva)
    assert around
    assert around.newest
    assert (around.newest.by, around.newest.compare) == ("Bo Ek", "/sidor/skolan/version/2/")


@pytest.mark.parametrize("base", ["2", "3", "0", "", "-1", "x", "1" * 30, "1\x00", "١", None])
def test_a_base_that_is_not_older_is_no_news(page: Page, eva: User, bo: User, base: str | None) -> None:
    newer(page, by=bo)
    around = look_around(page, base=base, by=eva)
    assert around
    assert around.newest is None
    assert signed_in(eva).post(PING, {"tab": "tva", "base": base or ""}).status_code == 200


def test_readers_see_nobody_and_are_not_seen(page: Page, eva: User, bo: User, rut: User) -> None:
    come(page, bo)
    protect(page, Page.Protection.LOCKED, reason="Krig", by=rut)
    page.refresh_from_db()
    answer = signed_in(eva).post(PING, {"tab": "tva"})
    assert answer.status_code == 403
    assert "Sidan är låst." in answer.text
    assert "Bo Ek" not in answer.text
    assert look_around(page, base="1", by=eva) is None
    assert said(signed_in(rut))[0].startswith("Bo Ek")
    assert signed_in(bo).post(PING, {"tab": "ett", "leave": "1"}).status_code == 204


def test_who_has_not_signed_in_is_refused(page: Page, client: Client, bo: User) -> None:
    come(page, bo)
    answer = client.post(PING, {"tab": "tva"})
    assert answer.status_code == 403
    assert "Bo Ek" not in answer.text
    assert Presence.objects.count() == 1


def test_who_is_blocked_is_refused(page: Page, eva: User, rut: User) -> None:
    block(eva, reason="Reklam", by=rut)
    with pytest.raises(PermissionDenied, match="Reklam"):
        come(page, User.objects.get(pk=eva.pk))
    assert signed_in(eva).post(PING, {"tab": "tva"}).status_code == 403


def test_an_archived_page_is_not_found(page: Page, eva: User, rut: User) -> None:
    archive(page, reason="Dubblett", by=rut)
    assert signed_in(eva).post(PING, {"tab": "tva"}).status_code == 404
    assert signed_in(rut).post(PING, {"tab": "tva"}).status_code == 403


def test_pings_do_not_count_as_saves(page: Page, real_limits: None, eva: User) -> None:
    client = signed_in(eva)
    for number in range(limits.SAVES[0][1] + 5):
        said(client, tab=f"fonster-{number}")
    assert client.post("/sidor/skolan/redigera/", form_of(page, body="Nytt.")).status_code == 302
