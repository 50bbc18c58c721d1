"""What somebody may not read is in none of their answers: every address is walked, as four people."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from mittkoping.outbox.tasks import send_batch
from tests.addresses import KIND_OF, routes
from tests.canary import expected
from tests.canary.filing import FILE
from tests.canary.site import WALKERS, Site
from tests.canary.walking import Sighting, walk
from tests.canary.words import BIRD, canary, words_in
from tests.canary.writing import build
from tests.clock import Clock
from tests.conftest import PASSWORD
from tests.tables import rows
from wiki.operations import seeing
from wiki.operations.notifying import about

PUBLIC = {canary(thing, part) for thing, parts in expected.PUBLIC.items() for part in parts.split()}
GONE = {canary(thing, part) for thing, parts in expected.GONE.items() for part in parts.split()}
SHOWN_BEFORE = {canary(thing, part) for thing in expected.SHOWN_BEFORE.split() for part in FILE.split()}
ALLOWED = expected.allowed(expected.SEEN)
# Titles that the address of a page, or of its discussion, is known by; asking for one tells that it is one.
NAMES = {canary("purged", "title")}


@pytest.fixture
def site(
    ada: User,
    eva: User,
    bo: User,
    rut: User,
    mittkoping_: Municipality,
    catalogue: dict[str, Factor],
    settings: Any,
    tmp_path: Path,
) -> Site:
    """Words in everything that somebody may not read."""
    settings.MEDIA_ROOT = tmp_path / "media"
    people = {"ada": ada, "eva": eva, "bo": bo, "rut": rut}
    for name, role in (("cia", Membership.Role.CONTRIBUTOR), ("dan", Membership.Role.EDITOR)):
        people[name] = User.objects.create_user(f"{name}@mittkoping.example", PASSWORD, name=name.title())
        Membership.objects.create(user=people[name], municipality=mittkoping_, role=role)
    return build(people)


def may_see(who: str, word: str, address: str) -> bool:
    """Whether it is written down that this person may see the word there."""
    if "@" in word:
        return word.startswith(f"{who}@") and address in expected.OWN_ADDRESS
    return word in PUBLIC or any(fnmatchcase(address, place) for place in ALLOWED.get((who, word), ()))


def unseen(who: str, seen: Iterable[Sighting]) -> list[str]:
    """What is written down as seen by this person, and was not: that proves nothing."""
    found = {(sighting.word, sighting.address) for sighting in seen}
    missing = [
        f"{who} does not see {word} at {place}"
        for (reader, word), places in ALLOWED.items()
        for place in places
        if reader == who and "*" not in place and (word, place) not in found
    ]
    if who != "anonymous":
        own = next(word for word, _address in found if word.startswith(f"{who}@"))
        missing += [
            f"{who} does not see {own} at {place}"
            for place in expected.OWN_ADDRESS
            if (own, place) not in found
        ]
    words = {word for word, _address in found}
    return missing + [f"{who} sees {word} nowhere" for word in sorted(PUBLIC - words)]


def test_every_address_of_the_walk_is_known() -> None:
    assert {route.name for route in routes()} == set(KIND_OF)


def test_nobody_sees_what_they_may_not_and_everybody_what_they_may(site: Site) -> None:
    leaks: list[str] = []
    proofs: list[str] = []
    unfound = {word for _who, word in ALLOWED}
    patterns = {place for places in ALLOWED.values() for place in places if "*" in place}
    for who in WALKERS:
        before = rows()
        seen = walk(site, who)
        assert rows() == before, f"the GETs of {who} changed something"
        leaks += [str(one) for one in seen if not may_see(who, one.word, one.address)]
        proofs += unseen(who, seen)
        unfound -= {one.word for one in seen}
        patterns -= {place for place in patterns for one in seen if fnmatchcase(one.address, place)}
    assert "\n".join(leaks) == ""
    assert "\n".join(proofs) == ""
    assert (patterns, unfound) == (set(), set())


def test_every_word_has_its_place_in_the_expectations(site: Site) -> None:
    there = {word for word, _excerpt in words_in(str(rows())) if "@" not in word}
    assert len(there) > 50
    assert there - PUBLIC - GONE - {word for _who, word in ALLOWED} == set()


def test_what_is_gone_was_there_before(site: Site) -> None:
    assert site.before & GONE == GONE
    assert site.before & SHOWN_BEFORE == SHOWN_BEFORE


def test_no_question_tells_that_a_hidden_word_is_there(site: Site) -> None:
    """An answer unlike that to a word of nobody's gives it away, though it does not say it."""
    reader, nothing = site.client("anonymous"), "kvitterfinnsinte"
    questions = {"/sok/?q=": ("", "body"), "/sidor/?q=": ("", "title"), "/logg/?om=": (f"{BIRD} ", "title")}
    told = []
    for question, (before, part) in questions.items():
        plain = _answer(reader, question, before, nothing)
        words = {canary(thing, part) for thing in site.hidden} - NAMES
        told += [word for word in sorted(words) if _answer(reader, question, before, word) != plain]
        assert len(words) > 5
    nobody = _answer(reader, "/filer/?q=", "", nothing)
    files = {canary(thing, part) for thing in set(site.files) - {"openfile"} for part in FILE.split()}
    told += [word for word in sorted(files) if _answer(reader, "/filer/?q=", "", word) != nobody]
    assert told == []
    assert _answer(reader, "/filer/?q=", "", canary("openfile", "name")) != nobody
    assert _answer(reader, "/sok/?q=", "", canary("open", "body")) != _answer(reader, "/sok/?q=", "", nothing)


def _answer(reader: Client, question: str, before: str, word: str) -> str:
    """What is answered, without what was asked."""
    return re.sub(word, "…", reader.get(question + quote(before + word)).text, flags=re.IGNORECASE)


def test_an_author_cannot_ask_for_what_an_archived_page_says(site: Site) -> None:
    own = site.proposals["onarchived"]
    address, ada = own.get_absolute_url(), site.client("ada")
    form = {"title": own.title, "body": own.body, "base": "2", "first_base": "2", "revision": "1"}
    answers = [
        ada.post(f"{address}redigera/", form | {"do": do}) for do in ("", "preview", "download", "add_tag")
    ]
    answers.append(ada.post(f"{address}uppdatera/", {"revision": "1"}))
    assert [answer.status_code for answer in answers] == [403, 200, 200, 200, 403]
    own.refresh_from_db()
    text = "\n".join([*(answer.text for answer in answers), own.body, own.lead, ada.get(address).text])
    words = {word for word, _excerpt in words_in(text)}
    assert canary("onarchived", "body") in words
    assert {word for word in words if word.startswith((canary("archived", ""), canary("open", "")))} == set()


def test_mails_tell_nobody_what_they_may_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seeing.see_about(about(site.proposals["accepted"]), by=site.people["ada"])
    clock = Clock(monkeypatch)  # years later: everything is due
    for _day in range(3):
        while send_batch():
            pass
        clock.forward(days=1)
    allowed = expected.allowed(expected.MAILED)
    told: dict[tuple[str, str], str] = {}
    for message in mail.outbox:
        [who] = [name for name, person in site.people.items() if message.to == [person.email]]
        for word, excerpt in words_in(f"{message.subject}\n{message.body}"):
            told[who, word] = excerpt
    assert {key: text for key, text in told.items() if key[1] not in PUBLIC and key not in allowed} == {}
    assert set(allowed) <= set(told)
    assert ("bo", canary("open", "summary")) in told
    assert {to for message in mail.outbox for to in message.to} >= {
        person.email for name, person in site.people.items() if name in WALKERS
    }
