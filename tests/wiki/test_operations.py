"""Every change of a page, through the one door that each of them has."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from reversion.models import Revision, Version

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, published, tag
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, FactorTag, FormerName, Page, PageLink, Proposal


def test_a_new_page_is_version_one_by_its_author(eva: User, mittkoping_: Municipality) -> None:
    edit = published(
        operations.create(Content(title="Skolan", lead="Kort.", body="Hej.\n"), by=eva, summary="Börjar")
    )
    page = Page.objects.get(slug="skolan")
    assert (edit.page, edit.number, edit.act) == (page, 1, Edit.Act.CREATE)
    assert (edit.author, edit.municipality, edit.summary) == (eva, mittkoping_, "Börjar")
    assert (edit.size_before, edit.size_after) == (0, len("Skolan" + "Kort." + "Hej.\n"))
    assert page.html == "<p>Hej.</p>"
    assert page.plain == "Hej."
    assert edit.content == page.content


def test_what_a_contributor_saves_is_a_proposal(ada: User, eva: User, page: Page) -> None:
    operations.edit(page, replace(page.content, body="Nytt."), base=1, by=eva)
    page.refresh_from_db()
    results = [
        operations.create(Content(title="Ny"), by=ada),
        operations.edit(page, replace(page.content, body="Annat."), base=2, by=ada),
        operations.revert(page, 1, base=2, by=ada),
    ]
    assert [type(result) for result in results] == [Proposal] * 3
    assert list(Page.objects.values_list("title", "number", "body")) == [("Skolan", 2, "Nytt.")]


def test_an_edit_is_the_next_version_and_the_old_one_stays(
    page: Page, bo: User, granneby: Municipality
) -> None:
    edit = published(
        operations.edit(page, replace(page.content, body="Nytt.\n"), base=1, summary="Kortar", by=bo)
    )
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Nytt.\n")
    assert (edit.number, edit.author, edit.municipality, edit.act) == (2, bo, granneby, Edit.Act.EDIT)
    assert page.edits.get(number=1).content.body == "Första stycket.\n\nAndra stycket.\n"


def test_a_revision_holds_exactly_one_version(page: Page, eva: User) -> None:
    before = (Revision.objects.count(), Version.objects.count())
    operations.edit(page, replace(page.content, body="Nytt."), base=1, by=eva)
    assert (Revision.objects.count(), Version.objects.count()) == (before[0] + 1, before[1] + 1)


def test_a_save_that_changes_nothing_makes_no_version(page: Page, eva: User) -> None:
    with pytest.raises(operations.NothingChanged, match="Inget är ändrat"):
        operations.edit(page, page.content, base=1, by=eva)
    assert page.edits.count() == 1


def test_the_later_of_two_saves_overwrites_nothing(page: Page, eva: User, bo: User) -> None:
    operations.edit(page, replace(page.content, body="Evas."), base=1, by=eva)
    with pytest.raises(operations.EditConflict) as conflict:
        operations.edit(page, replace(page.content, body="Bos."), base=1, by=bo)
    assert conflict.value.page.body == "Evas."
    assert conflict.value.mine.body == "Bos."
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Evas.")


def test_the_same_save_sent_twice_is_already_saved(page: Page, eva: User) -> None:
    content = replace(page.content, body="Evas.")
    operations.edit(page, content, base=1, by=eva)
    with pytest.raises(operations.AlreadySaved, match="redan sparad"):
        operations.edit(page, content, base=1, by=eva)
    assert page.edits.count() == 2


@pytest.mark.parametrize("base", [0, 2, 99, -1])
def test_a_base_that_does_not_exist_is_told(page: Page, eva: User, base: int) -> None:
    with pytest.raises(operations.UnknownBase):
        operations.edit(page, replace(page.content, body="Nytt."), base=base, by=eva)


def test_two_pages_cannot_have_one_title(page: Page, make_page: MakePage, eva: User) -> None:
    with pytest.raises(operations.DuplicateTitle, match="”SKOLAN”"):
        operations.create(Content(title="SKOLAN"), by=eva)
    other = make_page("Omsorgen")
    with pytest.raises(operations.DuplicateTitle):
        operations.edit(other, replace(other.content, title="skolan"), base=1, by=eva)


def test_an_editors_text_waits_for_review_and_a_moderators_does_not(page: Page, eva: User, rut: User) -> None:
    operations.edit(page, replace(page.content, body="Ruts."), base=1, by=rut)
    assert list(page.edits.order_by("number").values_list("review_state", "reviewer")) == [
        ("unreviewed", None),
        ("reviewed", rut.pk),
    ]


def test_a_revert_is_a_new_version_that_keeps_the_tags_keys(
    page: Page, eva: User, bo: User, catalogue: dict[str, Factor]
) -> None:
    tagged = replace(page.content, tags=(tag(note="Alla visste.", author=eva.pk),))
    operations.edit(page, tagged, base=1, by=eva)
    operations.edit(page, replace(tagged, body="Allt är borta.", tags=()), base=2, by=bo)
    assert FactorTag.objects.count() == 0
    edit = published(operations.revert(page, 2, base=3, by=bo))
    page.refresh_from_db()
    assert page.content == tagged
    assert (edit.number, edit.act, edit.source_number, edit.summary) == (
        4,
        "revert",
        2,
        "Återställde version 2",
    )
    row = FactorTag.objects.get()
    assert (str(row.key), row.author, row.note) == (tagged.tags[0].key, eva, "Alla visste.")


def test_tags_become_rows_that_follow_the_text(page: Page, eva: User, catalogue: dict[str, Factor]) -> None:
    first, second = tag(), tag("00000000-0000-4000-8000-000000000002", factor="tid", direction="hindering")
    second = replace(second, factor=next(slug for slug in catalogue if slug != "gemensam-malbild"))
    operations.edit(page, replace(page.content, tags=(first, second)), base=1, by=eva)
    operations.edit(page, replace(page.content, tags=(second, replace(first, strength=2))), base=2, by=eva)
    rows = FactorTag.objects.order_by("order").values_list("factor__slug", "direction", "strength")
    assert list(rows) == [(second.factor, "hindering", 1), ("gemensam-malbild", "enabling", 2)]


def test_renaming_keeps_the_old_address_for_ever(page: Page, eva: User, make_page: MakePage) -> None:
    edit = operations.rename(page, "Grundskolan", base=1, by=eva)
    page.refresh_from_db()
    assert (page.title, page.slug, edit.number, edit.act) == ("Grundskolan", "grundskolan", 2, "rename")
    assert FormerName.objects.filter(page=page, key="skolan", is_slug=True).count() == 1
    other = make_page("Skolan")
    assert other.slug == "skolan-2"


def test_a_page_can_have_its_old_name_back(page: Page, eva: User) -> None:
    operations.rename(page, "Grundskolan", base=1, by=eva)
    operations.rename(page, "Skolan", base=2, by=eva)
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Skolan", "skolan")
    assert list(page.former_names.filter(is_slug=True).values_list("key", flat=True)) == ["grundskolan"]


def test_editing_the_title_leaves_the_address_alone(page: Page, eva: User) -> None:
    operations.edit(page, replace(page.content, title="Grundskolan"), base=1, by=eva)
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Grundskolan", "skolan")


def test_a_red_link_turns_blue_when_its_page_is_made(make_page: MakePage) -> None:
    source = make_page("Källa", body="Se [[Målet]].")
    assert 'class="wl saknas"' in source.html
    make_page("Målet")
    source.refresh_from_db()
    assert source.html == '<p>Se <a class="wl" href="/sidor/malet/">Målet</a>.</p>'
    assert PageLink.objects.get(source=source).target == Page.objects.get(slug="malet")
    assert (source.number, source.stale) == (1, 0)


def test_links_follow_a_page_to_its_new_name(make_page: MakePage, eva: User) -> None:
    target, source = make_page("Målet"), make_page("Källa", body="Se [[Målet]].")
    operations.rename(target, "Slutet", base=1, by=eva)
    source.refresh_from_db()
    assert 'href="/sidor/slutet/"' in source.html
    assert source.body == "Se [[Målet]]."


def test_a_red_link_turns_blue_when_a_page_takes_its_title(make_page: MakePage, eva: User) -> None:
    target, source = make_page("Målet"), make_page("Källa", body="Se [[Slutet]] och [[Målet]].")
    operations.edit(target, replace(target.content, title="Slutet"), base=1, by=eva)
    source.refresh_from_db()
    assert source.html.count('<a class="wl" href="/sidor/malet/">') == 2


def test_an_archived_page_is_red_until_it_comes_back(make_page: MakePage, eva: User, rut: User) -> None:
    target, source = make_page("Målet"), make_page("Källa", body="Se [[Målet]].")
    operations.archive(target, reason="Dubblett", by=rut)
    source.refresh_from_db()
    assert 'class="wl saknas"' in source.html
    target.refresh_from_db()
    with pytest.raises(PermissionDenied):
        operations.edit(target, replace(target.content, body="Mer."), base=1, by=eva)
    operations.restore(target, by=rut)
    source.refresh_from_db()
    assert 'href="/sidor/malet/"' in source.html


def test_only_moderators_archive(page: Page, eva: User) -> None:
    with pytest.raises(PermissionDenied, match="Bara moderatorer"):
        operations.archive(page, reason="Vill inte", by=eva)
    page.refresh_from_db()
    assert not page.is_archived


def test_archived_pages_are_seen_by_moderators_only(page: Page, eva: User, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    assert not Page.objects.visible_to(eva).exists()
    assert not Edit.objects.visible_to(eva).exists()
    assert Page.objects.visible_to(rut).get() == page
