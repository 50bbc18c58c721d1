"""The demo's files: passages that are in the text, and people who answer them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from factors.content import MAX_DEFINITION, MAX_NAME, MAX_QUESTION, MAX_QUESTIONS, MAX_SIGNS, MAX_SUMMARY
from mittkoping.accounts.models import Membership
from mittkoping.text.render import render
from wiki.demo_loading.accounts import ACCOUNTS
from wiki.demo_loading.files import as_time, read_yaml
from wiki.demo_loading.loading import DEMO
from wiki.models.experience import MAX_LINE
from wiki.transfer.document import Document, TagEntry
from wiki.transfer.front_matter import read

FACTORS = DEMO.parent.parent / "factors" / "data" / "faktorer.yaml"
TOLD = {"erfarenhet", "lardom", "mote"}
PLACES = {account.email: account.municipality for account in ACCOUNTS}
NAMES = ("Mittköping", "Granneby", "Storhamn", "Lillsjö", "Norrås", "Söderby")

# Passages whose words somebody has written over since, and what became of them.
GONE = {
    ("larplattformen-som-skulle-passa-alla", 4): "Vi fick höra att allt som vi tyckte saknades fanns i nästa "
    "utgåva, och nästa utgåva blev alltid senare.",
    ("skriv-en-sida-som-nagon-har-nytta-av", 5): "Man är rädd att det ska bli fel, att det ska bli långt "
    "eller att chefen ska undra.",
}
LOOK = {("nyckelfria-las-i-hemtjansten", 3): "Det gick bra, men kunde ha slutat riktigt illa."}


@dataclass(frozen=True)
class Version:
    """One file of the demo, and the plain text that it would have as a page."""

    slug: str
    number: int
    document: Document
    plain: str

    def counts_for(self, tag: TagEntry, author: str) -> str:
        """The municipality of a tag: its own, the page's only one, or that of its author."""
        of_page = [entry.text for entry in self.document.municipalities]
        if tag.municipality.text:
            return tag.municipality.text
        return of_page[0] if len(of_page) == 1 else PLACES[author]


@cache
def pages() -> dict[str, list[Version]]:
    """The versions of every page, oldest first."""
    found: dict[str, list[Version]] = defaultdict(list)
    for path in sorted(DEMO.glob("pages/*/*.md")):
        document = read(path.read_text(encoding="utf-8"))
        assert document.problems == []
        plain = render(document.body.text, {}).plain
        found[path.parent.name].append(Version(path.parent.name, int(path.stem), document, plain))
    return dict(found)


def newest() -> list[Version]:
    """What the pages say in the end."""
    return [versions[-1] for versions in pages().values()]


def passages(version: Version) -> list[TagEntry]:
    """The tags that point at words."""
    return [tag for tag in version.document.tags if tag.passage.text]


def about(tag: TagEntry) -> tuple[str, str, str, str]:
    """What makes two tags of different versions the same one."""
    return tag.key.text, tag.factor.text, tag.direction.text, tag.municipality.text


def statements() -> Iterator[tuple[str, str, str, str, str]]:
    """Municipality, factor, direction, phase and date of every tag, from the version that first had it."""
    for versions in pages().values():
        first: dict[tuple[str, str, str, str], Version] = {}
        for version in versions:
            for tag in version.document.tags:
                first.setdefault(about(tag), version)
        for tag in versions[-1].document.tags:
            made = first[about(tag)].document
            place = versions[-1].counts_for(tag, made.author.text)
            if place:
                yield place, tag.factor.text, tag.direction.text, tag.phase.text, made.date.text


@cache
def catalogue() -> dict[str, Any]:
    """The catalogue's file."""
    catalogue: dict[str, Any] = yaml.safe_load(FACTORS.read_text(encoding="utf-8"))
    return catalogue


def slugs() -> set[str]:
    """Those of all factors."""
    return {factor["slug"] for factor in catalogue()["factors"]}


def test_every_passage_is_found_once_in_its_version() -> None:
    quotes = [
        (version, tag.passage.text)
        for page in pages().values()
        for version in page
        for tag in passages(version)
    ]
    assert len(quotes) > 300
    found = [(v.slug, v.number, quote, v.plain.count(quote)) for v, quote in quotes]

    assert [place for place in found if place[-1] != 1] == []
    # A link to a factor shows the factor's name, which the file does not say.
    assert [quote for _version, quote in quotes if slugs() & set(quote.split())] == []


def test_a_passage_is_some_words_of_one_paragraph() -> None:
    for version in newest():
        for tag in passages(version):
            quote = tag.passage.text
            assert 5 <= len(quote.split()) <= 30, quote
            assert "\n" not in quote


def test_every_passage_says_more_than_its_words() -> None:
    for version in newest():
        for tag in passages(version):
            assert tag.note.text, tag.passage.text
            assert tag.note.text.strip(".") != tag.passage.text.strip("."), tag.passage.text
            assert not (tag.tried.text and tag.direction.text == "enabling"), tag.passage.text


def test_there_is_something_to_look_at() -> None:
    tags = [tag for version in newest() for tag in passages(version)]

    assert len(tags) >= 150
    assert len({tag.factor.text for tag in tags}) >= 25
    assert min(Counter(tag.direction.text for tag in tags).values()) >= 75
    assert min(Counter(tag.phase.text for tag in tags if tag.phase.text).values()) >= 40
    assert sum(bool(tag.tried.text) for tag in tags) >= 40
    assert {tag.strength.text for tag in tags} == {"1", "2"}


def test_some_factors_are_written_about_by_nobody() -> None:
    tagged = {tag.factor.text for version in newest() for tag in version.document.tags}

    assert tagged <= slugs()
    assert len(slugs() - tagged) in {9, 10, 11}


def test_every_page_that_tells_of_something_has_passages_in_both_directions() -> None:
    told = [version for version in newest() if version.document.kind.text in TOLD]
    assert len(told) >= 20
    for version in told:
        found = passages(version)
        assert len(found) >= 4, version.slug
        assert {tag.direction.text for tag in found} == {"enabling", "hindering"}, version.slug


def test_every_municipality_says_both() -> None:
    said = Counter((place, direction) for place, _factor, direction, _phase, _date in statements())

    assert {place for place, _direction in said} == set(NAMES)
    assert min(said.values()) >= 8


def test_hindrances_have_become_enablers() -> None:
    found = list(statements())
    stories = {
        (place, factor)
        for place, factor, direction, _phase, date in found
        if direction == "hindering"
        and any(later[:4] == (place, factor, "enabling", "after") and later[4] > date for later in found)
    }

    assert len(stories) >= 6
    assert {
        ("Norrås", "infrastruktur"),
        ("Granneby", "infrastruktur"),
        ("Söderby", "anvandarnas-behov"),
        ("Storhamn", "chefers-engagemang"),
        ("Mittköping", "data-som-gar-att-anvanda"),
        ("Norrås", "mandat-och-beslutsvagar"),
    } <= stories


def test_words_have_been_written_over_since() -> None:
    over = {
        (version.slug, version.number): tag.passage.text
        for versions in pages().values()
        for version in versions
        for tag in passages(version)
        if tag.passage.text not in versions[-1].plain
        and version is [one for one in versions if tag.passage.text in one.plain][-1]
    }

    assert over == GONE | LOOK
    for (slug, number), quote in over.items():
        before, after = (next(v for v in pages()[slug] if v.number == n) for n in (number, number + 1))
        (tag,) = (tag for tag in before.document.tags if tag.passage.text == quote)
        (kept,) = (one for one in after.document.tags if about(one) == about(tag))
        assert kept.passage.text == ""
    (quote,) = LOOK.values()
    assert "Det gick bra, men" in pages()["nyckelfria-las-i-hemtjansten"][-1].plain


def test_tags_about_the_same_are_told_apart_by_their_keys() -> None:
    for versions in pages().values():
        for version in versions:
            tags = Counter(about(tag)[1:] for tag in version.document.tags)
            for tag in version.document.tags:
                assert tag.key.text or tags[about(tag)[1:]] == 1, (version.slug, version.number)
        keys = defaultdict(set)
        for version in versions:
            for tag in version.document.tags:
                keys[tag.key.text].add(about(tag)[1:])
        assert all(len(found) == 1 for key, found in keys.items() if key)


def test_editors_answer_for_other_municipalities() -> None:
    entries = read_yaml(DEMO / "experiences.yaml")
    editors = {account.email for account in ACCOUNTS if account.role == Membership.Role.EDITOR} & {
        account.email for account in ACCOUNTS if account.municipality
    }
    assert len(entries) >= 25
    assert {entry["applies"] for entry in entries} == {True, False}
    assert [entry["date"] for entry in entries] == sorted({entry["date"] for entry in entries})
    assert {entry["by"] for entry in entries} <= editors
    for entry in entries:
        assert set(entry) == {"page", "passage", "by", "applies", "line", "date"}
        assert 0 < len(entry["line"]) <= MAX_LINE
        _check_answered_passage(entry)
    answers = [(entry["page"], entry["passage"], entry["by"]) for entry in entries]
    assert len(set(answers)) == len(answers)


def _check_answered_passage(entry: dict[str, Any]) -> None:
    """The passage is on the page by then, and still is, and counts for another municipality."""
    versions = pages()[entry["page"]]
    having = [v for v in versions if any(tag.passage.text == entry["passage"] for tag in v.document.tags)]
    assert having[-1] is versions[-1]
    assert as_time(having[0].document.date.text) < as_time(entry["date"])
    (tag,) = (tag for tag in passages(versions[-1]) if tag.passage.text == entry["passage"])
    made = next(v for v in versions if about(tag) in {about(one) for one in v.document.tags})
    assert versions[-1].counts_for(tag, made.document.author.text) not in {PLACES[entry["by"]], ""}


def test_people_propose_what_the_catalogue_should_say() -> None:
    change, new = read_yaml(DEMO / "factor_proposals.yaml")
    (factor,) = (one for one in catalogue()["factors"] if one["slug"] == change["factor"])

    assert (change["kind"], new["kind"]) == ("change", "new")
    assert change["fields"].keys() <= factor.keys()
    assert all(factor[field] != text for field, text in change["fields"].items())
    assert new["theme"] in {theme["slug"] for theme in catalogue()["themes"]}
    assert new["name"] not in {one["name"] for one in catalogue()["factors"]}
    assert len(new["name"]) <= MAX_NAME
    assert set(new["fields"]["related"]) <= slugs()
    assert len(new["fields"]["questions"]) <= MAX_QUESTIONS
    assert all(len(question) <= MAX_QUESTION for question in new["fields"]["questions"])
    for proposal in (change, new):
        assert len(proposal["fields"]["definition"]) <= MAX_DEFINITION
        assert all(len(proposal["fields"].get(field, "")) <= MAX_SIGNS for field in ("enables", "hinders"))
        assert 0 < len(proposal["summary"]) <= MAX_SUMMARY
        assert PLACES[proposal["by"]]
        assert as_time(proposal["date"])
