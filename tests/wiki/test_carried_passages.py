"""Passages go along with their page: edits, reverts, pages drawn anew, and whom a tag counts for."""

from dataclasses import replace

import pytest

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, proposed
from tests.conftest import tag as make_tag
from wiki import operations
from wiki.models import FactorTag, Page
from wiki.operations.members import confirm
from wiki.passages import NoPassage, choose

pytestmark = pytest.mark.usefixtures("catalogue")

BODY = "Vi hade ett skåp med nycklar.\n\nBatterierna dog när det blev kallt 🥶 ute i skogen."
WORDS = "Batterierna dog när det blev kallt 🥶 ute"
KEY = "5c0d1f4e-0000-4000-8000-000000000001"


def tagged(page: Page, by: User, words: str = WORDS, **fields: object) -> Page:
    """The page with a tag on the words."""
    start = page.plain.index(words)
    passage = choose(page, page.number, start, start + len(words))
    tag = make_tag(KEY, factor="mod-att-prova", author=by.pk, passage=passage, **fields)
    operations.tag_passage(page, tag, base=page.number, by=by)
    page.refresh_from_db()
    return page


def rewritten(page: Page, by: User, *changes: tuple[str, str]) -> FactorTag:
    """The row of the tag after the page's text was edited."""
    body = page.body
    for old, new in changes:
        assert old in body
        body = body.replace(old, new)
    operations.edit(page, replace(page.content, body=body), base=page.number, by=by)
    page.refresh_from_db()
    return page.factor_tags.get()


def test_words_are_chosen_without_the_spaces_around_them(make_page: MakePage) -> None:
    page = make_page(body=BODY)
    start = page.plain.index("Batterierna")
    passage = choose(page, 1, start - 1, start + len("Batterierna dog "))
    assert (passage.exact, passage.start, passage.version) == ("Batterierna dog", start, 1)
    assert passage.prefix == page.plain[:start][-32:]
    assert passage.suffix == page.plain[start + len("Batterierna dog") :][:32]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 10**6), (29, 30)])
def test_no_words_are_no_passage(make_page: MakePage, start: int, end: int) -> None:
    with pytest.raises(NoPassage, match="Markera några ord"):
        choose(make_page(body=BODY), 1, start, end)


def test_a_passage_goes_along_with_its_words(make_page: MakePage, eva: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    row = rewritten(
        page, eva, ("Vi hade", "Nytt först.\n\nVi hade"), ("dog när", "dog **mycket** snabbt när")
    )
    assert (row.state, row.words) == ("here", "Batterierna dog mycket snabbt när det blev kallt 🥶 ute")
    assert (row.made_number, row.passage_version) == (2, 1)
    assert page.content.tags[0].passage
    assert page.content.tags[0].passage.exact == WORDS


def test_half_of_the_words_must_be_looked_at(make_page: MakePage, eva: User) -> None:
    row = rewritten(tagged(make_page(body=BODY), eva), eva, ("dog när det blev kallt 🥶 ute", "höll"))
    assert row.state in {"look", "gone"}


def test_a_passage_whose_words_are_gone_stays_and_comes_back_with_a_revert(
    make_page: MakePage, eva: User
) -> None:
    page = tagged(make_page(body=BODY), eva)
    row = rewritten(page, eva, ("Batterierna dog när det blev kallt 🥶 ute i skogen.", "Allt gick bra."))
    assert (row.state, row.words, row.pieces) == ("gone", WORDS, [])
    operations.revert(page, 2, base=page.number, by=eva)
    row = page.factor_tags.get()
    assert (row.state, row.words) == ("here", WORDS)


def test_the_same_words_written_elsewhere_are_another_passage(make_page: MakePage, eva: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewritten(page, eva, ("Batterierna dog när det blev kallt 🥶 ute i skogen.", "Allt gick bra."))
    row = rewritten(page, eva, ("Vi hade", "Batterierna dog när det blev kallt 🥶 ute i skogen.\n\nVi hade"))
    assert row.state == "gone"


def test_words_chosen_in_an_older_version_are_found_in_the_newer(make_page: MakePage, eva: User) -> None:
    page = make_page(body=BODY)
    start = page.plain.index(WORDS)
    passage = choose(page, 1, start, start + len(WORDS))
    operations.edit(page, replace(page.content, body=f"Först.\n\n{BODY}"), base=1, by=eva)
    tag = make_tag(KEY, factor="mod-att-prova", author=eva.pk, passage=passage)
    operations.tag_passage(page, tag, base=1, by=eva)
    page.refresh_from_db()
    assert (page.number, page.body) == (3, f"Först.\n\n{BODY}")
    row = page.factor_tags.get()
    assert (row.state, row.words, row.passage_version) == ("here", WORDS, 1)


def test_a_passage_goes_along_when_the_page_is_drawn_anew(make_page: MakePage, eva: User, rut: User) -> None:
    page = tagged(make_page(body=f"Se [[faktor:mod-att-prova]] och [[Annat]].\n\n{BODY}"), eva)
    start = page.factor_tags.get().pieces[0][0]
    Page.objects.filter(pk=page.pk).update(plain=f"Äldre ritning {page.plain}", stale=1)
    moved = [[a + 14, b + 14] for a, b in page.factor_tags.get().pieces]
    page.factor_tags.update(pieces=moved)
    make_page("Annat")
    row = page.factor_tags.get()
    assert (row.state, row.words, row.pieces[0][0]) == ("here", WORDS, start)


def test_a_tag_with_the_same_words_twice_is_one_tag(make_page: MakePage, eva: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    with pytest.raises(operations.NothingChanged):
        operations.change_tag(page, KEY, base=2, summary="", by=eva, note="")
    operations.change_tag(page, KEY, base=2, summary="Ny motivering", by=eva, note="Se vintern.")
    page.refresh_from_db()
    assert (page.factor_tags.get().note, page.factor_tags.get().made_number) == ("Se vintern.", 2)
    operations.untag(page, KEY, base=3, by=eva)
    page.refresh_from_db()
    assert not page.factor_tags.exists()
    with pytest.raises(operations.NoSuchTag):
        operations.untag(page, KEY, base=4, by=eva)


def counted(page: Page) -> tuple[str | None, str | None]:
    """For whom the page's only tag counts, and who says so."""
    row = page.factor_tags.get()
    return row.counted_for_id, row.claimed_for_id


def test_a_tag_counts_for_its_author_unless_it_or_the_page_names_another(
    make_page: MakePage, eva: User, granneby: Municipality, malmo: Municipality
) -> None:
    assert counted(tagged(make_page("Ett", body=BODY), eva)) == ("9901", None)
    assert counted(tagged(make_page("Två", body=BODY, municipalities=("9902",)), eva)) == ("9902", None)
    both = ("1280", "9902")
    assert counted(tagged(make_page("Tre", body=BODY, municipalities=both), eva)) == ("9901", None)
    assert counted(tagged(make_page("Fyra", body=BODY), eva, municipality="1280")) == ("1280", None)


def test_later_editors_do_not_change_for_whom_a_tag_counts(make_page: MakePage, eva: User, bo: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewritten(page, bo, ("skåp", "stort skåp"))
    assert counted(page) == ("9901", None)


def test_an_unconfirmed_authors_tag_is_not_counted_until_somebody_confirms(
    make_page: MakePage, ada: User, rut: User
) -> None:
    page = make_page(body=BODY)
    start = page.plain.index(WORDS)
    passage = choose(page, 1, start, start + len(WORDS))
    tag = make_tag(KEY, factor="mod-att-prova", author=ada.pk, passage=passage)
    proposal = proposed(operations.tag_passage(page, tag, base=1, by=ada))
    operations.accept(proposal, revision=1, by=rut)
    page.refresh_from_db()
    assert counted(page) == (None, "9901")
    assert ada.membership
    confirm(ada.membership, by=rut)
    assert counted(page) == ("9901", None)


def test_what_the_page_is_about_later_does_not_change_for_whom_a_tag_counts(
    make_page: MakePage, eva: User, bo: User, granneby: Municipality
) -> None:
    page = tagged(make_page(body=BODY), eva)
    for codes in (("9902",), ()):
        operations.edit(page, replace(page.content, municipalities=codes), base=page.number, by=bo)
        page.refresh_from_db()
        assert counted(page) == ("9901", None)


def test_a_tag_that_names_no_municipality_any_more_counts_for_its_author(
    make_page: MakePage, eva: User, granneby: Municipality
) -> None:
    page = tagged(make_page(body=BODY), eva, municipality="9902")
    assert counted(page) == ("9902", None)
    operations.change_tag(page, KEY, base=2, summary="", by=eva, municipality=None)
    assert counted(page) == ("9901", None)


def test_a_tag_that_comes_back_is_as_old_as_it_was(make_page: MakePage, eva: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    made_at = page.factor_tags.get().made_at
    operations.untag(page, KEY, base=2, by=eva)
    operations.revert(page, 2, base=3, by=eva)
    row = page.factor_tags.get()
    assert (row.made_number, row.made_at) == (2, made_at)


def test_words_are_chosen_whole(make_page: MakePage) -> None:
    page = make_page(body=BODY)
    start = page.plain.index("Batterierna")
    assert choose(page, 1, start + 3, start + len("Batterierna do")).exact == "Batterierna dog"
