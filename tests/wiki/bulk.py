"""Thousands of rows in a moment, as the operations would have left them; nothing is rendered."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from reversion.models import Revision, Version

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from mittkoping.text.swedish import sort_key
from tests.conftest import tag
from wiki.content import Content
from wiki.models import Edit, FactorTag, Page, PageLink


def add_pages(contents: Iterable[Content], *, by: User, links_to: Page, factor: Factor) -> list[Page]:
    """Pages of these titles and leads, each with one version, a link, and two tags with the lead as note."""
    first = Page.objects.count()
    pages = [
        Page(
            slug=f"mangd-{first + at}",
            title_key=title_key(content.title),
            sort_key=sort_key(content.title),
            search_text=title_key(f"{content.title}\n{content.lead}\nmassvis"),
            plain="massvis",
            html="<p>massvis</p>",
            **content.to_fields(),
        )
        for at, content in enumerate(contents)
    ]
    pages = Page.objects.bulk_create(pages)
    places = Page.municipalities.through
    places.objects.bulk_create(places(page=page, municipality=by.municipality) for page in pages)
    PageLink.objects.bulk_create(
        PageLink(source=page, name=links_to.title, key=links_to.title_key, target=links_to) for page in pages
    )
    FactorTag.objects.bulk_create(
        FactorTag(
            key=uuid4(),
            page=page,
            order=order,
            factor=factor,
            direction=direction,
            strength=1,
            note=page.lead,
            municipality=by.municipality,
            author=by,
        )
        for page in pages
        for order, direction in enumerate(FactorTag.Direction.values)
    )
    for page in pages:
        add_versions(page, [page.lead[:200]], by=by)
    return pages


def add_versions(page: Page, summaries: Iterable[str], *, by: User) -> None:
    """A version of the page's present text for each of the summaries."""
    summaries = list(summaries)
    revisions = Revision.objects.bulk_create(
        Revision(comment=summary, user=by, date_created=timezone.now()) for summary in summaries
    )
    source = Version.objects.get_for_object(page).first()
    Version.objects.bulk_create(
        Version(
            revision=revision,
            object_id=str(page.pk),
            content_type=ContentType.objects.get_for_model(Page),
            db="default",
            format="json",
            serialized_data=source.serialized_data if source else "[]",
            object_repr=page.title,
        )
        for revision in revisions
    )
    Edit.objects.bulk_create(
        Edit(
            revision=revision,
            page=page,
            number=number,
            author=by,
            municipality=by.municipality,
            summary=summary,
            size_before=number,
            size_after=number + 1,
        )
        for number, (revision, summary) in enumerate(zip(revisions, summaries, strict=True), page.number + 1)
    )
    page.number += len(summaries)
    Page.objects.filter(pk=page.pk).update(number=page.number)


def tagged(count: int, factors: Iterable[Factor], note: str = "Så var det.") -> Content:
    """Content with so many tags, and as many links to pages that do not exist, up to fifty."""
    slugs = [factor.slug for factor in factors]
    tags = tuple(
        tag(key=str(uuid4()), factor=slugs[at % len(slugs)], note=note, municipality="9901")
        for at in range(count)
    )
    links = "".join(f"- [[Saknas {at}]]\n" for at in range(min(count, 50)))
    return Content(title="Full sida", lead="Ingress.", body=links, tags=tags, municipalities=("9901",))
