"""An installation from before the queue: what nobody had looked at waits in it after the upgrade."""

from dataclasses import replace
from importlib import import_module

from django.apps import apps
from django.forms.models import model_to_dict

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, tag
from wiki import operations
from wiki.models import Page, ReviewItem

fill = import_module("wiki.migrations.0007_queue_what_waits").fill


def rows() -> list[dict[str, object]]:
    """The queue, without the keys of its rows."""
    return [model_to_dict(item, exclude=["id"]) for item in ReviewItem.objects.order_by("title")]


def test_the_upgrade_queues_what_the_operations_would_have_queued(
    make_page: MakePage, catalogue: dict[str, Factor], eva: User, bo: User, rut: User
) -> None:
    slugs = sorted(catalogue)[:2]
    keys = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
    tags = tuple(tag(key, factor=slug) for key, slug in zip(keys, slugs, strict=True))
    page = make_page("Skolan", body="Ett.", tracks=("halsa", "skola"), tags=tags)
    operations.edit(page, replace(page.content, body="Ett och två.", tags=()), base=1, by=bo)
    make_page("Badet", tags=tags)
    operations.mark_reviewed(make_page("Granskad"), up_to=1, by=rut)
    operations.archive(make_page("Bortlagd"), reason="Dubblett.", by=rut)
    before = rows()
    assert [row["title"] for row in before] == ["Badet", "Skolan"]
    assert [row["edit_count"] for row in before] == [1, 2]
    assert before[0]["factors"] == f",{','.join(slugs)},"
    ReviewItem.objects.all().delete()
    for _ in range(2):
        fill(apps, None)
        assert rows() == before


def test_a_page_that_is_queued_so_is_reviewed_as_any(make_page: MakePage, rut: User) -> None:
    page = make_page("Skolan")
    ReviewItem.objects.all().delete()
    fill(apps, None)
    operations.take_claim(ReviewItem.objects.get(page=page), by=rut)
    assert operations.mark_reviewed(page, up_to=1, by=rut) == 1
    assert not ReviewItem.objects.exists()
    assert Page.objects.get().edits.get().is_reviewed
