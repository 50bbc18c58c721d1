"""The public log: everybody reads what was done and why; nobody reads what they may not see, or edits it."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import FrozenRows, HiddenReason, LogEntry
from mittkoping.log.operations import hide_reason, record
from tests.conftest import MakePage, signed_in
from tests.source_tree import APPS, files, name
from wiki import operations
from wiki.models import Page, Proposal
from wiki.operations.blocking import appeal, block, unblock
from wiki.operations.protecting import protect

Act = LogEntry.Act


def rows(client: Client, query: str = "") -> list[Any]:
    """The rows that the log shows."""
    answer = client.get(f"/logg/{query}")
    assert answer.status_code == 200
    return list(answer.context["rows"])


def test_acts_are_told_newest_first_with_actor_reason_and_time(
    page: Page, rut: User, eva: User, client: Client
) -> None:
    until = timezone.now() + timedelta(days=3)
    protect(page, Page.Protection.LOCKED, reason="Krig", until=until, by=rut)
    operations.rename(page, "Grundskolan", base=1, reason="Tydligare", by=rut)
    answer = client.get("/logg/")
    assert [(row.what, row.actor, row.title, row.reason) for row in answer.context["rows"]] == [
        ("Bytte namn på en sida", "Rut Alm", "Grundskolan", "Tydligare"),
        ("Ändrade en sidas skydd", "Rut Alm", "Grundskolan", "Krig"),
    ]
    renamed, protected = answer.context["rows"]
    assert renamed.numbers == (2,)
    assert (protected.level, protected.until) == ("låst", until)
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.text))
    assert "Ändrade en sidas skydd : Grundskolan låst till" in text
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text


def test_an_archived_page_is_named_to_moderators_only(
    page: Page, rut: User, eva: User, client: Client
) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    for reader in (client, signed_in(eva)):
        [row] = rows(reader)
        assert (row.title, row.address, row.reason) == ("en arkiverad sida", "", "Dubblett")
        assert "Skolan" not in reader.get("/logg/").text
        assert rows(reader, "?om=skolan") == []
    [row] = rows(signed_in(rut))
    assert (row.title, row.address) == ("Skolan", "/sidor/skolan/")
    assert len(rows(signed_in(rut), "?om=skolan")) == 1


def test_restoring_loses_no_reason(page: Page, rut: User, client: Client) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    operations.restore(page, by=rut)
    assert [(row.what, row.reason) for row in rows(client)] == [
        ("Tog tillbaka en sida ur arkivet", ""),
        ("Arkiverade en sida", "Dubblett"),
    ]


def test_a_proposal_that_the_reader_may_not_see_has_no_words(
    page: Page, ada: User, rut: User, client: Client
) -> None:
    proposal = Proposal.objects.create(page=page, author=ada, title="Hemlig titel", base=1)
    record(Act.ASK_CHANGES, by=rut, target=proposal, reason="Hemlig begäran")
    record(Act.REJECT, by=rut, target=proposal, reason="Öppet skäl")
    record(Act.WITHDRAW, by=ada, target=proposal)
    withdrawn, rejected, asked = rows(client)
    assert (asked.title, asked.address, asked.reason) == ("ett förslag", "", "")
    assert (rejected.title, rejected.reason) == ("ett förslag", "Öppet skäl")
    assert withdrawn.actor == "ett konto i Mittköping"
    assert "Hemlig" not in client.get("/logg/").text
    assert "Ada" not in client.get("/logg/").text
    [withdrawn, _rejected, asked] = rows(signed_in(ada))
    assert (asked.title, asked.reason, withdrawn.actor) == ("Hemlig titel", "Hemlig begäran", "Ada Lind")


def test_a_hidden_proposal_is_named_to_moderators_only(page: Page, ada: User, rut: User) -> None:
    proposal = Proposal.objects.create(page=page, author=ada, title="Hemlig titel", base=1)
    operations.hide_proposal(proposal, reason="Hemligt skäl", by=rut)
    assert "Hemlig" not in signed_in(ada).get("/logg/").text
    assert [row.title for row in rows(signed_in(rut))] == ["Hemlig titel"]


def test_who_is_blocked_is_not_named_to_readers(ada: User, rut: User, client: Client) -> None:
    block(ada, reason="Reklam", by=rut)
    appeal("Det var inte jag.", by=ada)
    unblock(ada, reason="Fel konto", by=rut)
    unblocked, appealed, blocked = rows(client)
    assert (blocked.actor, blocked.subject, blocked.reason) == ("Rut Alm", "ett konto i Mittköping", "Reklam")
    assert (appealed.actor, appealed.subject, appealed.reason) == ("ett konto i Mittköping", "", "")
    assert unblocked.subject == "ett konto i Mittköping"
    assert "Ada" not in client.get("/logg/").text
    assert [row.subject for row in rows(signed_in(ada))] == ["Ada Lind", "", "Ada Lind"]
    for reader in (client, signed_in(ada), signed_in(rut)):
        assert "@" not in reader.get("/logg/").text
        assert "Det var inte jag." not in reader.get("/logg/").text


def test_an_account_without_municipality_and_the_operator(rut: User, client: Client) -> None:
    loner = User.objects.create_user("en@ensam.example", name="Ensam Vän")
    block(loner, reason="Reklam", by=rut)
    record(Act.MAKE_MODERATOR, by=None, user=rut)
    made, blocked = rows(client)
    assert blocked.subject == "ett konto"
    assert (made.actor, made.subject) == ("Driften", "ett konto")


def test_nobody_finds_a_blocked_user_by_filter(ada: User, rut: User, client: Client) -> None:
    block(ada, reason="Reklam", by=rut)
    appeal("Det var inte jag.", by=ada)
    assert len(rows(client, f"?av={ada.pk}")) == len(rows(client)) == 2


def test_a_hidden_reason_is_said_to_be_hidden(page: Page, rut: User, client: Client) -> None:
    operations.archive(page, reason="Om Zebulon", by=rut)
    entry = LogEntry.objects.get()
    for _ in range(2):
        hide_reason(entry, by=rut)
    assert HiddenReason.objects.count() == 1
    for reader in (client, signed_in(rut)):
        html = reader.get("/logg/").text
        assert "Zebulon" not in html
        assert html.count("Skälet är dolt") == 1
    assert [row.what for row in rows(client)] == ["Dolde ett skäl i loggen", "Arkiverade en sida"]
    assert LogEntry.objects.get(pk=entry.pk).reason == "Om Zebulon"


def test_the_log_is_narrowed_down(
    page: Page, make_page: MakePage, rut: User, eva: User, client: Client
) -> None:
    other = make_page("Omsorgen")
    protect(page, Page.Protection.LOCKED, reason="Ett", by=rut)
    protect(other, Page.Protection.LOCKED, reason="Två", by=rut)
    operations.archive(other, reason="Tre", by=rut)
    operations.restore(other, by=rut)
    proposal = Proposal.objects.create(page=page, author=eva, title="Skolan", base=1)
    record(Act.REJECT, by=rut, target=proposal, reason="Fyra")
    assert [row.reason for row in rows(client, "?vad=protect")] == ["Två", "Ett"]
    assert [row.reason for row in rows(client, "?om=SKOLAN")] == ["Fyra", "Ett"]
    assert [row.reason for row in rows(client, "?om=omsorgen&vad=archive")] == ["Tre"]
    assert len(rows(client, f"?av={rut.pk}")) == 5
    answer = client.get("/logg/?om=finns+inte")
    assert "Ingen sida heter ”finns inte”." in answer.text
    assert answer.context["rows"] == []


@pytest.mark.parametrize(
    "query",
    ["?vad=x", "?av=x", "?av=99999999999999999999999", "?fore=x", f"?fore={'9' * 30}", f"?om={'x' * 999}"],
)
def test_strange_questions_are_answered(page: Page, rut: User, client: Client, query: str) -> None:
    protect(page, Page.Protection.LOCKED, reason="Ett", by=rut)
    assert client.get(f"/logg/{query}").status_code == 200


def test_a_name_may_have_been_changed(page: Page, rut: User, client: Client) -> None:
    protect(page, Page.Protection.LOCKED, reason="Ett", by=rut)
    operations.edit(page, replace(page.content, title="<b>Ny</b>"), base=1, by=rut)
    html = client.get("/logg/").text
    assert "&lt;b&gt;Ny&lt;/b&gt;" in html
    assert "<b>Ny</b>" not in html


def test_the_log_is_read_page_by_page_at_the_same_cost(
    page: Page, ada: User, rut: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    for at in range(120):
        record(Act.PROTECT, by=rut, target=page, user=ada, reason=f"Skäl {at}")
    seen: list[str] = []
    query = ""
    for _ in range(3):
        with django_assert_max_num_queries(9):
            answer = client.get(f"/logg/{query}")
        seen += [row.reason for row in answer.context["rows"]]
        query = f"?{answer.context['older']}"
    assert seen == [f"Skäl {at}" for at in reversed(range(120))]
    assert answer.context["older"] == ""
    assert "Det nyaste" in answer.text


def test_rows_are_never_edited(page: Page, rut: User) -> None:
    record(Act.PROTECT, by=rut, target=page, reason="Krig")
    with pytest.raises(FrozenRows):
        LogEntry.objects.update(reason="Annat")
    with pytest.raises(FrozenRows):
        LogEntry.objects.filter(actor=rut).delete()
    assert LogEntry.objects.get().reason == "Krig"


def test_nobody_else_writes_in_the_log() -> None:
    writes = re.compile(r"(?:LogEntry|HiddenReason)(?:\.objects\.\w*create\b|\(\w+=)")
    assert writes.search("LogEntry.objects.bulk_create(rows)")
    assert writes.search("HiddenReason(entry=entry)")
    found = {name(path) for path in files(".py", below=APPS) if writes.search(path.read_text())}
    assert found == {"mittkoping/log/operations.py"}
