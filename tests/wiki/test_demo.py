"""The demo: accounts that everybody knows, and pages with a history."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from wiki.demo_loading import loading
from wiki.models import Edit, FactorTag, Page
from wiki.operations.links import draw_all_stale

ACCOUNTS = [
    ("ada@mittkoping.example", "Ada Lind", "contributor", "Mittköping"),
    ("admin@skl.example", "Driftansvarig", "administrator", ""),
    ("bo@granneby.example", "Bo Ek", "editor", "Granneby"),
    ("eva@mittkoping.example", "Eva Berg", "editor", "Mittköping"),
    ("lena@lillsjo.example", "Lena Strand", "editor", "Lillsjö"),
    ("nils@norras.example", "Nils Åström", "editor", "Norrås"),
    ("rut@skl.example", "Rut Alm", "moderator", ""),
    ("sara@soderby.example", "Sara Öberg", "editor", "Söderby"),
    ("siv@storhamn.example", "Siv Hammar", "editor", "Storhamn"),
    ("tor@granneby.example", "Tor Vik", "contributor", "Granneby"),
]
NOBODY_AT_IT = {
    "proposals.yaml": "[]",
    "discussions.yaml": "[]",
    "watches.yaml": "[]",
    "experiences.yaml": "[]",
    "factor_proposals.yaml": "[]",
    "moderation.yaml": "{sittings: [], never_reviewed: [], protected: [], declined: [], reasons: []}",
}
VERSION = """---
title: {title}
tags:
- factor: oppenhet
  direction: enabling
author: {author}
summary: {summary}
minor: {minor}
---
{body}
"""


@pytest.fixture
def demo_mode(settings: Any) -> None:
    """As with DEMO=1."""
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo of two pages, of which one has three versions, and nobody does more; gives the pages' folder."""
    for name, text in NOBODY_AT_IT.items():
        (tmp_path / name).write_text(text)
    pages = tmp_path / "pages"
    versions = {
        "a/01": ("Sida A", "eva@mittkoping.example", "Börjar", "false", "Se [[Sida B]]."),
        "a/02": ("Sida A", "bo@granneby.example", "Rättar stavfel", "true", "Se på [[Sida B]]."),
        "a/03": ("Sidan A", "rut@skl.example", "Byter titel", "false", "Se på [[Sida B]]."),
        "b/01": ("Sida B", "siv@storhamn.example", "Börjar", "false", "Text"),
    }
    for name, (title, author, summary, minor, body) in versions.items():
        path = pages / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(VERSION.format(title=title, author=author, summary=summary, minor=minor, body=body))
    monkeypatch.setattr(loading, "DEMO", tmp_path)
    return pages


def run(**options: object) -> str:
    """Run the command: what it says."""
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().strip()


def role_of(user: User) -> tuple[str, str]:
    """Role and municipality."""
    if user.membership:
        return user.membership.role, user.membership.municipality.name
    return ("administrator" if user.is_superuser else "moderator" if user.is_moderator else ""), ""


@pytest.mark.django_db
def test_without_demo_mode_nothing_is_loaded(small: Path, catalogue: dict[str, Factor]) -> None:
    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == ("Demokontonas lösenord är kända, så de läggs bara in när DEMO=1 är satt.")
    assert not User.objects.exists()
    assert not Municipality.objects.exists()


def test_accounts_and_pages_are_loaded_once(
    demo_mode: None, small: Path, catalogue: dict[str, Factor]
) -> None:
    assert run() == "Demo: 10 nya konton, 2 nya sidor i 4 versioner."
    assert run() == "Demo: 0 nya konton, 0 nya sidor i 0 versioner."

    users = User.objects.order_by("email")
    assert [(user.email, user.name, *role_of(user)) for user in users] == ACCOUNTS
    assert all(user.is_demo for user in users)
    assert not any(user.is_moderator or user.is_superuser for user in users if user.membership)
    assert authenticate(email="eva@mittkoping.example", password="mittkoping-demo") == users[3]
    assert Municipality.objects.fictional().count() == 6


def test_versions_are_saved_by_their_authors_round_by_round(
    demo_mode: None, small: Path, catalogue: dict[str, Factor]
) -> None:
    run()

    edits = Edit.objects.order_by("pk").select_related("page", "author")
    assert [
        (e.page.slug, e.number, e.author.name, e.act, e.summary, e.is_minor, e.is_reviewed) for e in edits
    ] == [
        ("a", 1, "Eva Berg", "create", "Börjar", False, False),
        ("b", 1, "Siv Hammar", "create", "Börjar", False, False),
        ("a", 2, "Bo Ek", "edit", "Rättar stavfel", True, False),
        ("a", 3, "Rut Alm", "edit", "Byter titel", False, True),
    ]
    page = Page.objects.get(slug="a")
    assert (page.title, page.body) == ("Sidan A", "Se på [[Sida B]].\n")
    assert page.html == '<p>Se på <a class="wl" href="/sidor/b/">Sida B</a>.</p>'
    keys = {edit.content.tags[0].key for edit in edits if edit.page == page}
    assert len(keys) == 1
    assert FactorTag.objects.get(page=page).author == User.objects.get(email="eva@mittkoping.example")


def test_versions_are_saved_at_the_times_that_they_say(
    demo_mode: None, small: Path, catalogue: dict[str, Factor]
) -> None:
    times = {"a/01": "2026-03-02T09:15", "a/02": "2026-07-01T14:40", "b/01": "2026-03-05T10:00"}
    for name, time in times.items():
        path = small / f"{name}.md"
        path.write_text(path.read_text().replace("author:", f"date: {time}\nauthor:"))
    before = timezone.now()

    run()

    edits = list(Edit.objects.order_by("pk").select_related("page"))
    assert [(edit.page.slug, edit.number) for edit in edits] == [("a", 1), ("b", 1), ("a", 2), ("a", 3)]
    assert [edit.created_at.isoformat() for edit in edits[:3]] == [
        "2026-03-02T08:15:00+00:00",
        "2026-03-05T09:00:00+00:00",
        "2026-07-01T12:40:00+00:00",
    ]
    assert before <= edits[3].created_at <= timezone.now()
    assert {page.slug: page.updated_at for page in Page.objects.all()} == {
        "a": edits[3].created_at,
        "b": edits[1].created_at,
    }


@pytest.mark.parametrize("time", ["i måndags", "2026-03-02T09:15+01:00", "2026-13-02", "2026-03-02T25:15"])
def test_a_time_that_is_none_is_refused(
    demo_mode: None, small: Path, catalogue: dict[str, Factor], time: str
) -> None:
    path = small / "a" / "02.md"
    path.write_text(path.read_text().replace("author:", f'date: "{time}"\nauthor:'))

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == (
        "a/02.md rad 6: Tiden (date) ska skrivas utan tidszon, som 2026-03-17T09:42."
    )
    assert not Page.objects.exists()


def test_more_editors_can_be_asked_for_later(
    demo_mode: None, small: Path, catalogue: dict[str, Factor]
) -> None:
    run()

    assert run(editors=3) == "Demo: 3 nya konton, 0 nya sidor i 0 versioner."
    editors = User.objects.filter(email__startswith="editor").order_by("email")
    assert [user.email for user in editors] == [f"editor{n}@mittkoping.example" for n in (1, 2, 3)]
    assert {role_of(user) for user in editors} == {("editor", "Mittköping")}
    assert all(user.is_demo for user in editors)


def test_quiet_says_nothing(demo_mode: None, small: Path, catalogue: dict[str, Factor]) -> None:
    assert run(quiet=True) == ""
    assert Page.objects.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "bo@granneby.example",
            "ingen@x.example",
            "a/02.md rad 6: Författaren (author) är inget av demokontona.",
        ),
        ("oppenhet", "finns-inte", "a/02.md rad 4: Nyckelfaktorn ”finns-inte” finns inte i katalogen."),
        ("Rättar stavfel", "s" * 201, "a/02.md rad 7: Sammanfattningen är 201 tecken lång. Gränsen är 200."),
        ("Sida A", "Sida B", "a/02.md: Det finns redan en sida som heter ”Sida B”. Välj en annan titel."),
        ("Se på", "Se", "a/02.md: Inget är ändrat, så ingen ny version sparades."),
        (
            "---",
            "",
            "a/02.md rad 1: Filen ska börja med en rad med bara tre bindestreck (---), och sedan titeln.",
        ),
    ],
)
def test_a_broken_demo_is_not_loaded_in_part(
    demo_mode: None, small: Path, catalogue: dict[str, Factor], old: str, new: str, complaint: str
) -> None:
    path = small / "a" / "02.md"
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == complaint
    assert not Page.objects.exists()
    assert not User.objects.exists()


def test_pages_are_drawn_again_when_asked(demo_mode: None, small: Path, catalogue: dict[str, Factor]) -> None:
    run()
    Page.objects.filter(slug="a").update(html="gammalt", renderer="0")
    Page.objects.filter(slug="b").update(html="orört")
    out = io.StringIO()

    call_command("render_pages", stdout=out)

    assert out.getvalue() == "1 sida ritades om.\n"
    assert Page.objects.get(slug="a").html == '<p>Se på <a class="wl" href="/sidor/b/">Sida B</a>.</p>'
    assert Page.objects.get(slug="b").html == "orört"
    assert draw_all_stale() == 0


def test_nobody_gets_a_membership_twice(demo_mode: None, small: Path, catalogue: dict[str, Factor]) -> None:
    run()
    run()

    assert Membership.objects.count() == 8
