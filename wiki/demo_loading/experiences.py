"""What the demo's people answer to passages for their municipalities."""

from functools import partial

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki import operations
from wiki.demo_loading.files import DemoRefused, Entry, as_time
from wiki.demo_loading.steps import Step
from wiki.models import FactorTag


def answering(entry: Entry) -> Step:
    """Answer a passage as one entry of the file says."""
    return Step(as_time(entry["date"]), f"6 {entry['page']}", partial(_answer, entry))


def _answer(entry: Entry) -> None:
    """Raises DemoRefused when the page has no such passage yet."""
    tag = next(filter(lambda tag: _says(tag, entry["passage"]), _tags(entry["page"])), None)
    if tag is None:
        message = _("Sidan %(page)s har inget märkt avsnitt ”%(words)s”.")
        raise DemoRefused(message % {"page": entry["page"], "words": entry["passage"]})
    by = User.objects.get(email=entry["by"])
    operations.answer_passage(tag, applies=entry["applies"], line=entry["line"], by=by)


def _tags(slug: str) -> list[FactorTag]:
    return list(FactorTag.objects.with_passages().filter(page__slug=slug).select_related("page"))


def _says(tag: FactorTag, words: str) -> bool:
    """It pointed at these words when it was made."""
    chosen = (one.passage for one in tag.page.content.tags if one.key == str(tag.key))
    return any(passage and passage.exact == words for passage in chosen)
