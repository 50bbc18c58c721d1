"""The screens of drafts: one's own list, and a draft beside the page."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.drafting import EDIT, NEW, OFFER, TYPED, WRONG, keep, shown
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Page
from wiki.templatetags.moments import moment
from wiki.transfer.front_matter import read

LIST = "/konto/utkast/"


@pytest.mark.parametrize("who", ["bo", "rut", "anonymous"])
def test_nobody_else_reads_a_draft(
    page: Page, eva: User, bo: User, rut: User, client: Client, who: str
) -> None:
    draft = keep(page, by=eva, body=TYPED)
    reader = client if who == "anonymous" else signed_in({"bo": bo, "rut": rut}[who])
    status = 302 if who == "anonymous" else 404
    for address in (draft.get_absolute_url(), f"{LIST}{draft.pk}.md"):
        assert reader.get(address).status_code == status, address
    assert reader.post(draft.get_absolute_url(), {"do": "delete"}).status_code in {403, 404}
    assert Draft.objects.kept().exists()
    if who != "anonymous":
        for address in (LIST, EDIT, "/sidor/skolan/", "/sidor/skolan/historik/"):
            assert TYPED.strip() not in reader.get(address).text
        answer = reader.get(draft.form_url)
        assert (answer.status_code, TYPED.strip() in answer.text) == (200, False)
        assert "Utkastet finns inte längre." in answer.text


def test_the_list_says_what_each_is_about(page: Page, eva: User, bo: User, make_page: MakePage) -> None:
    assert "Du har inga utkast." in shown(eva, LIST).text
    locked = make_page("Omsorgen")
    keep(page, by=eva, body="Ett två tre.")
    keep(locked, by=eva)
    keep(None, by=eva, title="Skolans mål")
    keep(None, by=eva)
    operations.edit(page, replace(page.content, body="Bos."), base=1, by=bo)
    Page.objects.filter(pk=locked.pk).update(protection=Page.Protection.LOCKED)
    answer = shown(eva, LIST)
    rows = {row.title: row for row in answer.context["rows"]}
    assert list(rows) == ["Utan titel", "Skolans mål", "Omsorgen", "Skolan"]
    assert (rows["Skolan"].newer, rows["Skolan"].draft.word_count, rows["Skolan"].obstacle) == (1, 3, "")
    assert (rows["Omsorgen"].newer, rows["Omsorgen"].obstacle) == (0, "Sidan är låst.")
    assert "sidan har fått en nyare version" in answer.text
    assert answer.text.count("Fortsätt skriva") == 3
    account = shown(eva, "/konto/").text
    assert 'Mina utkast <span class="count">(4)</span>' in account


def test_a_long_list_costs_no_more_queries_than_a_short_one(
    make_page: MakePage, eva: User, ada: User
) -> None:
    client = signed_in(eva)
    client.get(LIST)
    counts = []
    for number in range(50):
        made = make_page(f"Sida {number}", tags=())
        keep(made if number % 3 else None, by=eva, title=f"Sida {number}")
        if number in {4, 49}:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(LIST).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_throwing_away_can_be_undone_without_a_script(page: Page, eva: User, as_eva: Client) -> None:
    draft = keep(page, by=eva, body=TYPED)
    answer = as_eva.post(draft.get_absolute_url(), {"do": "delete"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?borttaget={draft.pk}", 302)]
    assert "Utkastet ”Skolan” är borttaget." in answer.text
    assert "Ångra</button>" in answer.text
    assert "Ett borttaget utkast" in answer.text
    assert OFFER not in as_eva.get(EDIT).text
    assert "Det går att ångra i 30 dagar." in as_eva.get(draft.form_url).text
    assert TYPED.strip() in as_eva.get(draft.get_absolute_url()).text
    back = as_eva.post(draft.get_absolute_url(), {"do": "undo"}, follow=True)
    assert back.redirect_chain == [(LIST, 302)]
    assert "går att ångra" not in back.text
    assert OFFER in as_eva.get(EDIT).text


def test_looking_changes_nothing(page: Page, eva: User, as_eva: Client) -> None:
    draft = keep(page, by=eva, body=TYPED)
    before = Draft.objects.values().get()
    for address in (draft.get_absolute_url(), f"{draft.get_absolute_url()}?do=delete", draft.form_url, LIST):
        as_eva.get(address)
    assert Draft.objects.values().get() == before


def test_a_draft_stands_beside_the_page(make_page: MakePage, eva: User, bo: User) -> None:
    page = make_page(body="Ett.\n\nTvå.\n", lead="Ingress.")
    draft = keep(page, by=eva, body="Ett.\n\nTre.\n", lead="Ingress.")
    operations.edit(page, replace(page.content, lead="Bos ingress."), base=1, by=bo, summary="Skriver om")
    answer = shown(eva, draft.get_absolute_url())
    comparison = answer.context["reading"].comparison
    assert [change.op for change in comparison.lead] == ["delete", "insert"]
    [stretch] = comparison.body
    assert [change.op for change in stretch.changes] == ["same", "delete", "insert"]
    for words in (
        "utgår från version 1",
        "Sidan har fått en nyare version sedan dess.",
        "version 2</a> av Bo Ek, Granneby: ”Skriver om”",
        'href="/sidor/skolan/jamfor/1/2/"',
        f'href="{draft.form_url}"',
        "Ett.\n\nTre.\n</textarea>",
        "Ett.\n\nTvå.\n</textarea>",
    ):
        assert words in answer.text, words


def test_a_draft_of_a_new_page_is_drawn(eva: User, db: None) -> None:
    draft = keep(None, by=eva, title="Mål", lead="Ingressen.", body="## Rubrik\n\n<script>alert(1)</script>")
    answer = shown(eva, draft.get_absolute_url())
    assert '<h2 id="u-rubrik">Rubrik</h2>' in answer.text
    assert "<script>alert" not in answer.text
    assert "Ingressen." in answer.text


def test_what_cannot_be_read_is_told_and_breaks_nothing(
    page: Page, eva: User, catalogue: dict[str, Factor]
) -> None:
    draft = keep(page, by=eva, body=TYPED, **WRONG)
    answer = shown(eva, draft.get_absolute_url())
    assert "Kommuner: ”Mittkoping, Atlantis”" in answer.text
    assert "Sidtyp: ”roman”" in answer.text
    assert answer.context["reading"].comparison.facts == []
    assert [change.new.note for change in answer.context["reading"].comparison.tags] == [
        "Halv",
        "Bara en tanke",
    ]


@pytest.mark.parametrize("about_page", [True, False])
def test_a_text_that_is_too_long_is_shown_but_not_compared(page: Page, eva: User, about_page: bool) -> None:
    draft = keep(page if about_page else None, by=eva, body="Långt. " * 60_000)
    answer = shown(eva, draft.get_absolute_url())
    assert "Texten är för lång att jämföra." in answer.text
    assert "Långt. Långt." in answer.text
    assert (answer.context["reading"].comparison, answer.context["reading"].rendering) == (None, None)


def test_a_draft_is_taken_away_as_a_file(
    page: Page, eva: User, as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    draft = keep(page, by=eva, body=TYPED, **{**WRONG, "tags-0-factor": "gemensam-malbild"})
    answer = as_eva.get(f"{LIST}{draft.pk}.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="skolan.md"'
    assert read(answer.text).body.text == TYPED
    new = keep(None, by=eva, title="Mål & mening")
    assert as_eva.get(f"{LIST}{new.pk}.md")["Content-Disposition"] == 'attachment; filename="mal-mening.md"'


# When what it is about has gone.


def test_an_archived_page_is_not_shown_and_the_draft_is(page: Page, eva: User, rut: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    Draft.objects.update(fields={"body": [TYPED], "base": ["1"]}, title="")
    operations.edit(page, Content(title="Hemligt", lead="Dold ingress.", body="Dolt."), base=1, by=rut)
    operations.archive(page, reason="Dubblett", by=rut)
    for address in (LIST, draft.get_absolute_url(), f"{LIST}{draft.pk}.md"):
        text = shown(eva, address).text
        assert ("Hemligt" in text, "Dold" in text, "Om skolan." in text) == (False, False, False), address
        assert "Sidan är arkiverad." in text or address.endswith(".md")
    assert TYPED.strip() in shown(eva, draft.get_absolute_url()).text
    assert draft.form_url not in shown(eva, LIST).text
    assert signed_in(eva).get(draft.form_url).status_code == 404
    assert signed_in(eva).post(draft.get_absolute_url(), {"do": "delete"}).status_code == 302


def test_a_moderator_goes_on_with_a_draft_of_an_archived_page(page: Page, rut: User) -> None:
    draft = keep(page, by=rut, body=TYPED)
    operations.archive(page, reason="Dubblett", by=rut)
    assert shown(rut, LIST).context["rows"][0].obstacle == "Sidan är arkiverad."
    assert shown(rut, draft.form_url).context["form"]["body"].value() == TYPED
    assert shown(rut, draft.get_absolute_url()).context["reading"].comparison


def test_a_locked_page_shows_the_draft_and_offers_a_copy(page: Page, eva: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    Page.objects.update(protection=Page.Protection.LOCKED)
    assert "Sidan är låst." in shown(eva, draft.get_absolute_url()).text
    answer = shown(eva, draft.form_url)
    assert answer.context["form"]["body"].value() == TYPED
    assert "Sidan är låst." in answer.text


def test_a_page_that_was_renamed_keeps_its_drafts(page: Page, eva: User, bo: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    operations.rename(page, "Grundskolan", base=1, by=bo)
    draft = Draft.objects.get(pk=draft.pk)
    assert draft.form_url == f"/sidor/grundskolan/redigera/?utkast={draft.pk}"
    assert shown(eva, draft.form_url).context["form"]["body"].value() == TYPED
    moved = signed_in(eva).get(f"{EDIT}?utkast={draft.pk}")
    assert (moved.status_code, moved["Location"]) == (301, draft.form_url)


def test_a_proposal_that_was_decided_or_hidden_shows_the_draft(page: Page, ada: User, rut: User) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    draft = keep(page, by=ada, proposal=proposal, body=TYPED, revision="1")
    assert shown(ada, draft.get_absolute_url()).context["reading"].published.body == "Adas."
    operations.reject(proposal, revision=1, reason="Finns.", by=rut)
    assert shown(ada, LIST).context["rows"][0].obstacle == "Förslaget är avgjort: avslaget."
    answer = shown(ada, draft.form_url)
    assert answer.context["form"]["body"].value() == TYPED
    assert "Inget sparades" not in answer.text
    operations.hide_proposal(proposal, reason="Namn", by=rut)
    answer = shown(ada, draft.get_absolute_url())
    assert "Förslaget är dolt av en moderator." in answer.text
    assert ("Adas." in answer.text, TYPED.strip() in answer.text) == (False, True)
    assert signed_in(ada).get(draft.form_url).status_code == 404


def test_blocked_users_keep_and_read_theirs(page: Page, eva: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    User.objects.filter(pk=eva.pk).update(blocked_until="2999-01-01T00:00Z", block_reason="Klotter")
    for address in (LIST, draft.get_absolute_url(), draft.form_url):
        assert signed_in(eva).get(address).status_code == 200
    assert TYPED.strip() in shown(eva, draft.get_absolute_url()).text


def test_signing_out_keeps_them(page: Page, eva: User) -> None:
    client = signed_in(eva)
    keep(page, by=eva, body=TYPED)
    client.post("/konto/logout/")
    assert client.get(LIST).status_code == 302
    assert OFFER in shown(eva, EDIT).text


@pytest.mark.parametrize("title", ["<b>Fet</b>", "x" * 5000, "\u202e\u200b elak", "{{ 7 }}"])
def test_titles_are_shown_as_text(eva: User, title: str, db: None) -> None:
    draft = keep(None, by=eva, title=title, body="<img src=x onerror=alert(1)>")
    for address in (LIST, draft.get_absolute_url(), NEW, draft.form_url):
        text = shown(eva, address).text
        assert ("<b>Fet</b>" in text, "<img src=x" in text) == (False, False)


def test_a_moment_is_told_as_people_do(settings: Any) -> None:
    now = timezone.localtime()
    assert moment(now) == f"i dag {now:%H.%M}"
    assert moment(now - timedelta(days=1)) == f"i går {now - timedelta(days=1):%H.%M}"
    long_ago = datetime(2001, 11, 3, 16, 5, tzinfo=timezone.get_current_timezone())
    assert moment(long_ago) == "3 november 2001 16.05"


def test_tags_of_a_draft_are_compared_by_their_keys(
    make_page: MakePage, eva: User, catalogue: dict[str, Factor]
) -> None:
    page = make_page(tags=(tag(note="Alla visste."),))
    rows: dict[str, Any] = {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "1", "tags-0-key": tag().key}
    rows |= {"tags-0-factor": "gemensam-malbild", "tags-0-direction": "enabling", "tags-0-strength": "1"}
    draft = keep(page, by=eva, **(rows | {"tags-0-note": "Nästan alla visste."}))
    [change] = shown(eva, draft.get_absolute_url()).context["reading"].comparison.tags
    assert (change.old.note, change.new.note) == ("Alla visste.", "Nästan alla visste.")
