"""Two people who save in the same moment: on PostgreSQL their transactions really run side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from mittkoping.accounts.models import User
from tests.conftest import MakePage
from wiki import operations
from wiki.content import Content
from wiki.models import Page

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12


def together(*deeds: Callable[[], object]) -> list[object]:
    """Start the deeds at once, each in a thread of its own; gives what they returned or raised."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            barrier.wait(10)
            return deed()
        except operations.Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def test_pages_that_link_to_each_other_are_saved_at_once(make_page: MakePage, eva: User, bo: User) -> None:
    """Each round makes the links anew: it is the new row that points at the other page's locked one."""
    one, two = make_page("Ett"), make_page("Två")
    for base in range(1, 4 * ROUNDS, 2):
        for number, bodies in ((base, ("Se [[Två]].", "Se [[Ett]].")), (base + 1, ("Ingen.", "Ingen."))):
            first, second = replace(one.content, body=bodies[0]), replace(two.content, body=bodies[1])
            made = together(
                partial(operations.edit, one, first, base=number, by=eva),
                partial(operations.edit, two, second, base=number, by=bo),
            )
            assert [getattr(edit, "number", edit) for edit in made] == [number + 1, number + 1]


def test_of_two_pages_that_take_one_title_at_once_one_is_told(
    make_page: MakePage, eva: User, bo: User
) -> None:
    one, two = make_page("Ett"), make_page("Två")
    for number in range(1, ROUNDS + 1):
        wanted = f"Titel {number}"
        answers = together(
            partial(operations.edit, one, replace(one.content, title=wanted), base=one.number, by=eva),
            partial(operations.edit, two, replace(two.content, title=wanted), base=two.number, by=bo),
        )
        assert answers.count(operations.DuplicateTitle) == 1
        assert Page.objects.filter(title=wanted).count() == 1
        one.refresh_from_db()
        two.refresh_from_db()


def test_two_new_pages_of_one_slug_get_one_each(eva: User, bo: User) -> None:
    for number in range(1, ROUNDS + 1):
        together(
            partial(operations.create, Content(title=f"Sida {number}!"), by=eva),
            partial(operations.create, Content(title=f"Sida {number}?"), by=bo),
        )
        slugs = set(Page.objects.filter(title__startswith=f"Sida {number}").values_list("slug", flat=True))
        assert {f"sida-{number}", f"sida-{number}-2"} <= slugs


def test_of_two_saves_of_one_page_at_once_one_meets_the_other(
    make_page: MakePage, eva: User, bo: User
) -> None:
    page = make_page("Ett")
    for number in range(1, ROUNDS + 1):
        # One word, which both replace: nothing to merge.
        evas, bos = (replace(page.content, body=f"{name}{number}") for name in ("Evas", "Bos"))
        answers = together(
            partial(operations.edit, page, evas, base=number, by=eva),
            partial(operations.edit, page, bos, base=number, by=bo),
        )
        assert answers.count(operations.EditConflict) == 1
    assert list(page.edits.values_list("number", flat=True)) == list(range(ROUNDS + 1, 0, -1))


def test_of_two_saves_at_once_that_go_together_both_are_kept(
    make_page: MakePage, eva: User, bo: User
) -> None:
    page = make_page("Ett", body="Början.\n\nMitten.\n\nSlutet.\n")
    for number in range(1, 2 * ROUNDS, 2):
        page.refresh_from_db()
        evas = replace(page.content, body=f"Eva {number}.\n\n{page.body}")
        bos = replace(page.content, body=f"{page.body}\nBo {number}.\n")
        together(
            partial(operations.edit, page, evas, base=number, by=eva),
            partial(operations.edit, page, bos, base=number, by=bo),
        )
    page.refresh_from_db()
    assert page.number == 2 * ROUNDS + 1
    for number in range(1, 2 * ROUNDS, 2):
        assert [f"{name} {number}." in page.body for name in ("Eva", "Bo")] == [True, True]
    assert list(page.edits.values_list("number", flat=True)) == list(range(2 * ROUNDS + 1, 0, -1))
