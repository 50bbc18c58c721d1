"""Versions that earlier releases saved can be read for ever: a file per release, never edited afterwards.

A file holds what was stored (`serialized_data`, as django-reversion wrote it) and what it said (`content`).
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from reversion.models import Revision, Version

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, tag
from wiki.models import Edit, Page

FILES = sorted(Path(__file__).with_name("data").glob("version-*.json"))


def stored(file: Path) -> list[dict[str, Any]]:
    """The versions in a file, oldest first."""
    versions: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["versions"]
    return versions


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def old(
    request: pytest.FixtureRequest, make_page: MakePage, eva: User, malmo: Municipality
) -> list[tuple[Edit, dict[str, Any]]]:
    """The versions of a file in the database, each with what it must say."""
    page = make_page("Elevhälsan")
    for author in {
        each["author"] for version in stored(request.param) for each in version["content"]["tags"]
    }:
        User.objects.get_or_create(pk=author, defaults={"email": f"{author}@skl.example", "name": "Någon"})
    return [(put_back(page, version, by=eva), version["content"]) for version in stored(request.param)]


def put_back(page: Page, version: dict[str, Any], *, by: User) -> Edit:
    """Make the rows of a version, apart from the operations, which save in today's way."""
    revision = Revision.objects.create(date_created=timezone.now(), user=by)
    Version.objects.create(
        revision=revision,
        object_id=str(page.pk),
        content_type=ContentType.objects.get_for_model(Page),
        db="default",
        format="json",
        serialized_data=version["serialized_data"],
        object_repr="Elevhälsan",
    )
    number = version["number"] + 1  # after the page's own first version
    Page.objects.filter(pk=page.pk).update(number=number)
    return Edit.objects.create(
        revision=revision, page=page, number=number, author=by, size_before=0, size_after=0
    )


def test_a_version_of_an_earlier_release_says_what_it_said(old: list[tuple[Edit, dict[str, Any]]]) -> None:
    assert len(old) == 3
    for edit, said in old:
        fields = edit.content.to_fields()
        assert len(fields["tags"]) == len(said["tags"])
        # What a tag did not say in those days, it says nothing of.
        nothing = {"passage": None, "phase": "", "tried": ""}
        tags = [nothing | each for each in said["tags"]]
        assert {name: fields[name] for name in said} == said | {"tags": tags}


def test_a_version_of_an_earlier_release_is_shown_compared_and_brought_back(
    old: list[tuple[Edit, dict[str, Any]]], as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    for edit, said in old:
        answer = as_eva.get(edit.get_absolute_url())
        assert answer.status_code == 200
        assert said["title"] in answer.text
        assert as_eva.get(f"{edit.get_absolute_url().removesuffix('/')}.md").text == said["body"]
    compared = as_eva.get("/sidor/elevhalsan/jamfor/2/4/").context["comparison"]
    assert [fact.label for fact in compared.facts] == ["Sidtyp", "Inriktning", "Kommuner"]
    assert (len(compared.tags), bool(compared.title), bool(compared.lead)) == (2, True, True)
    as_eva.post("/sidor/elevhalsan/aterstall/3/", {"base": "4"})
    page = Page.objects.get(slug="elevhalsan")
    assert (page.number, page.content) == (5, old[1][0].content)


def test_the_newest_file_has_the_fields_that_are_saved_now(
    make_page: MakePage, catalogue: dict[str, Factor]
) -> None:
    page = make_page(tags=(tag(),))
    now = json.loads(Version.objects.get_for_object(page).get().serialized_data)[0]["fields"]
    [then] = json.loads(stored(FILES[-1])[-1]["serialized_data"])
    assert set(then["fields"]) == set(now)
    assert set(then["fields"]["tags"][0]) == set(now["tags"][0])
