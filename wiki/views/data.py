"""The catalogue and its tags as open data, for anybody."""

from collections.abc import Iterable
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wiki.exporting import catalogue, tags
from wiki.exporting.codebook import codebook
from wiki.exporting.document import to_json, write_json
from wiki.exporting.origin import CC0, origin
from wiki.exporting.spreadsheet import describe, write_csv

FACTORS = "nyckelfaktorer"
TAGS = "markningar"
CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json"
TABLE_FACTS = "application/csvm+json"


class NoFactors(Http404):
    """There is nothing to put into a codebook."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.heading = _("Katalogen är tom")
        self.reason = _("Det finns inga nyckelfaktorer att hämta än.")


@require_safe
def catalogue_csv(request: HttpRequest) -> HttpResponse:
    """The catalogue for spreadsheets."""
    rows = write_csv(catalogue.COLUMNS, catalogue.factors(), origin())
    return _file(f"{FACTORS}.csv", rows, CSV, described_by="wiki:catalogue_csv_metadata")


@require_safe
def catalogue_csv_metadata(request: HttpRequest) -> HttpResponse:
    """What the columns of the catalogue are."""
    facts = describe(f"{FACTORS}.csv", catalogue.COLUMNS, origin(), title=catalogue.TITLE, key=("slug",))
    return _file(f"{FACTORS}.csv-metadata.json", [to_json(facts)], TABLE_FACTS)


@require_safe
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The catalogue for programs."""
    facts = origin().facts(catalogue.TITLE) | {"themes": catalogue.themes()}
    return _file(f"{FACTORS}.json", write_json(facts, "factors", catalogue.factors()), JSON)


@require_safe
def catalogue_qdc(request: HttpRequest) -> HttpResponse:
    """The catalogue as a codebook."""
    book = codebook(origin())
    if not book:
        raise NoFactors
    return _file(f"{FACTORS}.qdc", [book], "application/xml; charset=utf-8")


@require_safe
def tags_csv(request: HttpRequest) -> HttpResponse:
    """All tags for spreadsheets."""
    rows = write_csv(tags.COLUMNS, tags.tags(), origin())
    return _file(f"{TAGS}.csv", rows, CSV, described_by="wiki:tags_csv_metadata")


@require_safe
def tags_csv_metadata(request: HttpRequest) -> HttpResponse:
    """What the columns of the tags are."""
    facts = describe(f"{TAGS}.csv", tags.COLUMNS, origin(), title=tags.TITLE, key=("page_url", "key"))
    return _file(f"{TAGS}.csv-metadata.json", [to_json(facts | {"dc:rights": tags.QUOTES})], TABLE_FACTS)


@require_safe
def tags_json(request: HttpRequest) -> HttpResponse:
    """All tags for programs."""
    facts = origin().facts(tags.TITLE) | {"quotes": tags.QUOTES}
    return _file(f"{TAGS}.json", write_json(facts, "tags", tags.tags()), JSON)


def _file(name: str, parts: Iterable[str], content_type: str, described_by: str = "") -> HttpResponse:
    content = BytesIO()
    content.writelines(part.encode() for part in parts)
    response = HttpResponse(content.getvalue(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    links = [f'<{CC0}>; rel="license"']
    if described_by:
        links.append(f'<{reverse(described_by)}>; rel="describedby"; type="{TABLE_FACTS}"')
    response["Link"] = ", ".join(links)
    return response
