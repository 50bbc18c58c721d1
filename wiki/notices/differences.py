"""What differs between two contents, as plain text for a mail."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from mittkoping.text.diff import BlockChange
from wiki.chips import Chip
from wiki.comparing import ChipChange, FactChange, compare_contents
from wiki.content import ENABLING, Content

MAX_LENGTH = 6_000  # characters; the rest is on the site
GONE, COME = "[-{}-]", "{{+{}+}}"  # as `git diff --word-diff` writes them


def plain_difference(old: Content, new: Content) -> str:
    """The changed passages, one after the other, with what came and went marked; empty if nothing differs.

    Cut off at MAX_LENGTH, which is said. At most four queries.
    """
    comparison = compare_contents(old, new)
    body = [change for stretch in comparison.body for change in stretch.changes]
    parts = [
        *_of_text(_("Titel"), comparison.title),
        *_of_text(_("Ingress"), comparison.lead),
        *_of_text("", body),
        *(_of_fact(fact) for fact in comparison.facts),
        *(_of_chip(change) for change in comparison.tags),
    ]
    text = "\n\n".join(parts)
    if len(text) <= MAX_LENGTH:
        return text
    return text[:MAX_LENGTH].rstrip() + " …\n\n" + _("Resten ser du på webbplatsen.")


def _of_text(label: str, changes: Iterable[BlockChange]) -> Iterator[str]:
    for change in changes:
        if change.op != "same":
            yield f"{label}: {_marked(change)}" if label else _marked(change)


def _marked(change: BlockChange) -> str:
    if change.op == "insert":
        return COME.format(change.new.strip())
    if change.op == "delete":
        return GONE.format(change.old.strip())
    forms = {"insert": COME, "delete": GONE, "same": "{}"}
    return "".join(forms[words.op].format(words.text) for words in change.words).strip()


def _of_fact(fact: FactChange) -> str:
    parts = [GONE.format(fact.old)] if fact.old else []
    parts += [COME.format(fact.new)] if fact.new else []
    return f"{fact.label}: {' '.join(parts)}"


def _of_chip(change: ChipChange) -> str:
    parts = [GONE.format(_in_words(change.old))] if change.old else []
    parts += [COME.format(_in_words(change.new))] if change.new else []
    return f"{_('Märkning')}: {' '.join(parts)}"


def _in_words(chip: Chip) -> str:
    direction = _("främjar") if chip.direction == ENABLING else _("hämmar")
    return f"{chip.factor} {direction}" + (f" ({chip.note})" if chip.note else "")
