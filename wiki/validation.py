"""What content must be like, whoever sends it: a form, a file, a program."""

from django.utils.translation import gettext as _

from mittkoping.text.names import title_key
from wiki.content import MAX_BODY, MAX_LEAD, MAX_NOTE, MAX_TAGS, MAX_TITLE, Content


def problems(content: Content) -> list[tuple[str, str]]:
    """What is wrong, as (field, sentence); whether factors and municipalities exist is asked elsewhere."""
    found = [("title", message) for message in title_problems(content.title)]
    if len(content.lead) > MAX_LEAD:
        found.append(("lead", too_long(_("Ingressen"), len(content.lead), MAX_LEAD)))
    if (size := len(content.body.encode())) > MAX_BODY:
        message = _("Texten är %(size)s byte lång. Gränsen är %(limit)s. Dela upp den på flera sidor.")
        found.append(("body", message % {"size": size, "limit": MAX_BODY}))
    if len(content.tags) > MAX_TAGS:
        found.append(("tags", _("En sida kan ha högst %(limit)s märkningar.") % {"limit": MAX_TAGS}))
    long_notes = [tag.note for tag in content.tags if len(tag.note) > MAX_NOTE]
    found += [("tags", too_long(_("Motiveringen"), len(note), MAX_NOTE)) for note in long_notes]
    return found


def title_problems(title: str) -> list[str]:
    """What is wrong with a title: empty, without a letter or digit, too long."""
    if not title:
        return [_("Skriv en titel.")]
    if not any(character.isalnum() or ord(character) > 0x2190 for character in title_key(title)):
        return [_("Titeln behöver minst en bokstav eller siffra.")]
    if len(title) > MAX_TITLE:
        return [too_long(_("Titeln"), len(title), MAX_TITLE)]
    return []


def too_long(what: str, length: int, limit: int) -> str:
    """The sentence about a text over its limit, both in characters."""
    message = _("%(what)s är %(length)s tecken lång. Gränsen är %(limit)s.")
    return message % {"what": what, "length": length, "limit": limit}
