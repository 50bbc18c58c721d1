"""A page with three marked passages, one in each sentence: what its text becomes is up to the tests."""

from mittkoping.accounts.models import User
from tests.conftest import MakePage
from tests.conftest import tag as make_tag
from wiki import operations
from wiki.models import Page
from wiki.passages import choose

FIRST = "Alla visste vart vi skulle när vi började"
SECOND = "Nyckeln låg alltid i ett låst skåp på kontoret"
THIRD = "Chefen kom till varje möte och lyssnade"
BODY = f"{FIRST}.\n\n{SECOND}.\n\n{THIRD}.\n\nSlutet är skrivet en gång till.\n"
KEYS = [f"5c0d1f4e-0000-4000-8000-{number:012}" for number in range(1, 4)]
WHAT = [("gemensam-malbild", "enabling"), ("mod-att-prova", "hindering"), ("chefers-engagemang", "enabling")]


def make_tagged(make_page: MakePage, eva: User) -> Page:
    """A page with a tag on each of three sentences."""
    page = make_page(body=BODY)
    for key, words, (factor, direction) in zip(KEYS, (FIRST, SECOND, THIRD), WHAT, strict=True):
        start = page.plain.index(words)
        passage = choose(page, page.number, start, start + len(words))
        tag = make_tag(key, factor=factor, direction=direction, author=eva.pk, passage=passage)
        operations.tag_passage(page, tag, base=page.number, by=eva)
        page.refresh_from_db()
    return page
