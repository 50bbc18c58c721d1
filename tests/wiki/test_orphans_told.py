"""Who is told what becomes of marked passages: the writer before and after saving, the reviewer, readers."""

from dataclasses import replace
from typing import Any

import pytest

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, proposed, signed_in
from tests.conftest import tag as make_tag
from tests.wiki.orphan_pages import BODY, FIRST, KEYS, SECOND, THIRD, make_tagged
from tests.wiki.review_form import read, seen, url
from wiki import operations
from wiki.fates import states_of
from wiki.models import Page
from wiki.passages import choose

pytestmark = pytest.mark.usefixtures("catalogue")

EDIT = "/sidor/skolan/redigera/"
PREVIEW = "/forhandsgranska/?sida=skolan"
LOST = "Ett avsnitt tappar sina ord. Märkningen blir kvar, men någon behöver se över den."


@pytest.fixture
def tagged(make_page: MakePage, eva: User) -> Page:
    """A page with three passages."""
    return make_tagged(make_page, eva)


def saved(page: Page, by: User, body: str) -> Any:
    """What the page says after the form was sent with this text."""
    return signed_in(by).post(EDIT, form_of(page, body=body) | {"do": "save"}, follow=True)


def test_the_preview_tells_what_becomes_of_passages(tagged: Page, eva: User) -> None:
    body = BODY.replace(SECOND, "Nyckeln låg alltid framme").replace(THIRD, "Borta")
    answer = signed_in(eva).post(PREVIEW, form_of(tagged, body=body))
    told = seen(f"<main>{answer.text}</main>")
    assert (
        "Det här händer med märkta avsnitt 2 avsnitt tappar sina ord. Märkningarna blir kvar, men någon "
        f"behöver se över dem. försvinner ”{THIRD}” främjar Chefers engagemang (öppnas i en ny flik) "
        f"behöver ses över 3 av 9 ord kvar ”{SECOND}” hämmar Mod att prova och misslyckas (öppnas i en ny "
        f"flik) Ett avsnitt till finns kvar ”{FIRST}”"
    ) in told
    tagged.refresh_from_db()
    assert (tagged.number, states_of(tagged)) == (4, dict.fromkeys(KEYS, "here"))


def test_the_button_of_the_form_tells_the_same_without_a_script(tagged: Page, eva: User) -> None:
    body = BODY.replace(THIRD, "")
    answer = signed_in(eva).post(EDIT, form_of(tagged, body=body) | {"do": "preview"})
    assert f"{LOST} försvinner ”{THIRD}”" in (seen(answer.text))


def test_a_preview_that_orphans_nothing_says_so(tagged: Page, eva: User) -> None:
    answer = signed_in(eva).post(PREVIEW, form_of(tagged, body=f"{BODY}\nTill.\n"))
    assert "Alla 3 märkta avsnitt hänger med" in seen(f"<main>{answer.text}</main>")


@pytest.mark.parametrize("address", ["/forhandsgranska/", "/forhandsgranska/?sida=finns-inte", PREVIEW])
def test_a_preview_of_no_more_than_a_body_is_drawn(tagged: Page, eva: User, address: str) -> None:
    answer = signed_in(eva).post(address, {"body": "Bara **det här**."})
    assert answer.status_code == 200
    assert "<p>Bara <strong>det här</strong>.</p>" in answer.text
    assert ("Det här händer med märkta avsnitt" in answer.text) is (address == PREVIEW)


def test_a_tag_that_the_form_takes_away_is_not_told_of(tagged: Page, eva: User) -> None:
    rows: dict[str, str] = {"tags-TOTAL_FORMS": "3", "tags-INITIAL_FORMS": "3", "tags-1-DELETE": "on"}
    rows |= {f"tags-{at}-key": key for at, key in enumerate(KEYS)}
    answer = signed_in(eva).post(PREVIEW, form_of(tagged, body=BODY.replace(SECOND, "")) | rows)
    told = seen(f"<main>{answer.text}</main>")
    assert "Alla 2 märkta avsnitt hänger med" in told
    assert SECOND not in told


def test_the_preview_of_a_proposal_looks_at_its_own_tags(tagged: Page, ada: User, eva: User) -> None:
    start = tagged.plain.index("Slutet")
    passage = choose(tagged, tagged.number, start, start + len("Slutet är skrivet"))
    tag = make_tag("5c0d1f4e-0000-4000-8000-000000000009", author=ada.pk, passage=passage)
    proposal = proposed(operations.tag_passage(tagged, tag, base=tagged.number, by=ada))
    form = {"title": "Skolan", "body": BODY.replace("Slutet är skrivet", "Vi"), "base": "4", "revision": "1"}
    address = f"/forhandsgranska/?forslag={proposal.pk}"
    told = seen(f"<main>{signed_in(ada).post(address, form).text}</main>")
    assert f"{LOST} försvinner ”Slutet är skrivet” främjar Gemensam målbild" in told
    assert "3 avsnitt till" in told
    assert "märkta avsnitt" not in signed_in(eva).post(address, form).text
    told = seen(
        signed_in(ada).post(f"/granskning/forslag/{proposal.pk}/redigera/", form | {"do": "preview"}).text
    )
    assert f"{LOST} försvinner ”Slutet är skrivet”" in told


def test_the_preview_of_one_heading_looks_at_the_whole_page(make_page: MakePage, eva: User) -> None:
    page = make_page(body=f"## Mål\n\n{FIRST}\n\n## Slut\n\n{SECOND}\n")
    for key, words in zip(KEYS, (FIRST, SECOND), strict=False):
        start = page.plain.index(words)
        tag = make_tag(key, passage=choose(page, page.number, start, start + len(words)))
        operations.tag_passage(page, tag, base=page.number, by=eva)
        page.refresh_from_db()
    part = {"body": "## Slut\n\nHelt andra saker.", "rubrik": "u-slut", "base": str(page.number)}
    told = seen(f"<main>{signed_in(eva).post(PREVIEW, part).text}</main>")
    assert f"försvinner ”{SECOND}”" in told
    assert f"finns kvar ”{FIRST}”" in told


def test_a_save_says_which_passages_did_not_come_along(tagged: Page, eva: User) -> None:
    answer = saved(tagged, eva, BODY.replace(SECOND, "Nyckeln låg alltid framme").replace(THIRD, "Borta"))
    told = seen(answer.text)
    assert "Sparat som version 5." in told
    assert (
        "2 märkta avsnitt hängde inte med i ändringen. "
        "”Nyckeln låg alltid” (hämmar: Mod att prova och misslyckas) har ändrats mycket. Se över märkningen "
        f"”{THIRD}” (främjar: Chefers engagemang) försvinner ur texten. Se över märkningen"
    ) in told
    for key in KEYS[1:]:
        assert f'href="/sidor/skolan/#p-{key}"' in answer.text
        assert f'href="/sidor/skolan/markning/{key}/#se-over"' in answer.text


def test_a_save_that_orphans_nothing_says_no_more(tagged: Page, eva: User) -> None:
    told = seen(saved(tagged, eva, f"{BODY}\nTill.\n").text)
    assert "Sparat som version 5." in told
    assert "hängde inte med" not in told


def test_a_contributor_is_told_what_the_proposal_would_orphan(tagged: Page, ada: User) -> None:
    told = seen(saved(tagged, ada, BODY.replace(THIRD, "Borta")).text)
    assert "Förslaget är skickat." in told
    assert f"Ett märkt avsnitt behöver ses över om förslaget godkänns. ”{THIRD}”" in told


def test_of_many_orphans_the_first_are_told_of(make_page: MakePage, eva: User) -> None:
    lines = [f"Rad nummer {word} handlar om {word}." for word in ("ett", "två", "tre", "fyra", "fem")]
    page = make_page(body="\n\n".join([*lines, "Slut.\n"]))
    for at, line in enumerate(lines):
        start = page.plain.index(line)
        tag = make_tag(f"5c0d1f4e-0000-4000-8000-{at:012}", passage=choose(page, 1, start, start + len(line)))
        operations.tag_passage(page, tag, base=page.number, by=eva)
        page.refresh_from_db()
    told = seen(saved(page, eva, "Slut.\n").text)
    assert "5 märkta avsnitt hängde inte med i ändringen." in told
    assert told.count("försvinner ur texten.") == 3
    assert "Och 2 till." in told


def test_the_reviewer_sees_what_a_proposal_would_orphan(tagged: Page, ada: User, rut: User) -> None:
    content = replace(tagged.content, body=BODY.replace(THIRD, "Något helt annat"))
    proposal = proposed(operations.edit(tagged, content, base=tagged.number, by=ada))
    shown = read(signed_in(rut), proposal)
    assert f"Det här händer med märkta avsnitt {LOST} försvinner ”{THIRD}”" in shown
    assert "2 avsnitt till" in shown


def test_the_reviewer_of_edits_sees_what_they_have_orphaned(
    make_page: MakePage, tagged: Page, eva: User, rut: User
) -> None:
    operations.mark_reviewed(tagged, up_to=tagged.number, by=rut)
    operations.edit(tagged, replace(tagged.content, body=BODY.replace(THIRD, "")), base=tagged.number, by=eva)
    shown = seen(signed_in(rut).get("/granskning/sidor/skolan/").text)
    assert "Det här har hänt med märkta avsnitt Ett avsnitt tappar sina ord." in shown
    assert f"försvinner ”{THIRD}”" in shown


def test_the_rows_of_the_form_show_what_tags_point_at(tagged: Page, eva: User) -> None:
    whole = make_tag("5c0d1f4e-0000-4000-8000-000000000009", factor="gemensam-malbild", direction="hindering")
    content = replace(tagged.content, body=BODY.replace(THIRD, ""), tags=(*tagged.content.tags, whole))
    operations.edit(tagged, content, base=tagged.number, by=eva)
    answer = signed_in(eva).get(EDIT)
    shown = seen(answer.text)
    assert f"”{FIRST}” Välj andra ord (öppnas i en ny flik)" in shown
    assert f"”{THIRD}” finns inte längre i texten Välj andra ord (öppnas i en ny flik)" in shown
    assert "Gäller hela sidan Välj ord på sidan (öppnas i en ny flik)" in shown
    assert f'href="/sidor/skolan/markera/?tag={KEYS[0]}"' in answer.text
    assert "Vad provade ni? (frivilligt)" in shown


def test_saving_the_form_keeps_what_tags_point_at(tagged: Page, eva: User) -> None:
    rows: dict[str, str] = {"tags-TOTAL_FORMS": "3", "tags-INITIAL_FORMS": "3"}
    rows |= {f"tags-{at}-key": key for at, key in enumerate(KEYS)}
    rows |= {"tags-1-phase": "during", "tags-1-tried": "En kodlåda."}
    before = tagged.content.tags
    signed_in(eva).post(EDIT, form_of(tagged) | rows)
    tagged.refresh_from_db()
    assert tagged.content.tags == (
        before[0],
        replace(before[1], phase="during", tried="En kodlåda."),
        before[2],
    )


def test_a_proposal_shows_the_words_of_its_tags(make_page: MakePage, ada: User, eva: User, rut: User) -> None:
    page = make_page(body=BODY)
    start = page.plain.index(SECOND)
    passage = choose(page, 1, start, start + len(SECOND))
    tag = make_tag(
        KEYS[0], factor="mod-att-prova", direction="hindering", tried="En kodlåda.", passage=passage
    )
    proposal = proposed(operations.tag_passage(page, tag, base=1, by=ada))
    own = signed_in(ada).get(url(proposal)).text
    mark = f'data-passage="{KEYS[0]}" title="hämmar: Mod att prova och misslyckas">{SECOND}</mark>'
    assert f'<mark class="passage passage--hindering" {mark}' in own
    assert 'id="p-' not in own
    assert f"”{SECOND}” Provade: En kodlåda." in seen(own)
    page_view = signed_in(rut).get(url(proposal) + "?visa=sidan").text
    assert mark in page_view
    changes = read(signed_in(rut), proposal)
    assert (
        "Ställe 1: Märkning Nu på sidan Inget. Efter ändringen hämmar Mod att prova och misslyckas" in changes
    )
    assert f"”{SECOND}”" in changes
