"""What the tests of page templates share."""

from typing import Any

from wiki.models import PageTemplate
from wiki.operations.templates import TemplateContent
from wiki.transfer import templates

LIST = "/granskning/mallar/"
NEW = "/sidor/ny/"
CONTENT = TemplateContent(
    name="Omvärldsspaning", description="Vad andra gör.", kind="sida", body="## Vad?\n\nSkriv här: vad?\n"
)


def load() -> dict[str, PageTemplate]:
    """The templates that come with the wiki, by slug."""
    templates.load()
    return {template.slug: template for template in PageTemplate.objects.all()}


def form(template: PageTemplate | None = None, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the form of a template, with changes."""
    content = TemplateContent.of(template) if template else CONTENT
    return vars(content) | {"number": template.number if template else 0, "do": "save"} | changes


def order() -> list[str]:
    """The slugs of what is offered."""
    return list(PageTemplate.objects.offered().values_list("slug", flat=True))
