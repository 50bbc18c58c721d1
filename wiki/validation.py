"""What content must be like, whoever sends it: a form, a file, a program."""

from django.utils.translation import gettext as _

from mittkoping.text.names import title_key
from mittkoping.text.personal_numbers import find_personal_numbers
from wiki.content import MAX_BODY, MAX_LEAD, MAX_NOTE, MAX_TAGS, MAX_TITLE, MAX_TRIED, Content

SHOWN_DIGITS = 4  # enough to find it by, too few to tell whose it is


def problems(content: Content) -> list[tuple[str, str]]:
    """What is wrong, as (field, sentence); whether factors and municipalities exist is asked elsewhere."""
    found = [("title", message) for message in title_problems(content.title)]
    found += [("lead", message) for message in personal_number_problems(_("Ingressen"), content.lead)]
    found += [("body", message) for message in personal_number_problems(_("Texten"), content.body)]
    if len(content.lead) > MAX_LEAD:
        found.append(("lead", too_long(_("Ingressen"), len(content.lead), MAX_LEAD)))
    if (size := len(content.body.encode())) > MAX_BODY:
        message = _("Texten är %(size)s byte lång. Gränsen är %(limit)s. Dela upp den på flera sidor.")
        found.append(("body", message % {"size": size, "limit": MAX_BODY}))
    if len(content.tags) > MAX_TAGS:
        found.append(("tags", _("En sida kan ha högst %(limit)s märkningar.") % {"limit": MAX_TAGS}))
    long_notes = [tag.note for tag in content.tags if len(tag.note) > MAX_NOTE]
    found += [("tags", too_long(_("Motiveringen"), len(note), MAX_NOTE)) for note in long_notes]
    long_tries = [tag.tried for tag in content.tags if len(tag.tried) > MAX_TRIED]
    found += [("tags", too_long(_("Det ni provade"), len(tried), MAX_TRIED)) for tried in long_tries]
    told = [personal_number_problems(_("Det ni provade"), tag.tried) for tag in content.tags]
    told += [personal_number_problems(_("Motiveringen"), tag.note) for tag in content.tags]
    found += [("tags", message) for messages in told for message in messages]
    return found


def title_problems(title: str) -> list[str]:
    """What is wrong with a title: empty, without a letter or digit, too long, or with a personal number."""
    if not title:
        return [_("Skriv en titel.")]
    if not any(character.isalnum() or ord(character) > 0x2190 for character in title_key(title)):
        return [_("Titeln behöver minst en bokstav eller siffra.")]
    if len(title) > MAX_TITLE:
        return [too_long(_("Titeln"), len(title), MAX_TITLE)]
    return personal_number_problems(_("Titeln"), title)


def personal_number_problems(what: str, text: str) -> list[str]:
    """What is to be said of a personal number in a text: where it is, never the whole of it; often nothing.

    what   the text's name as a sentence begins with it: "Texten"
    """
    found = find_personal_numbers(text)
    if not found:
        return []
    if "\n" not in text.strip():
        sentence = _("%(what)s innehåller ett personnummer: det som börjar med %(start)s.")
    else:
        sentence = _("%(what)s innehåller ett personnummer: det som börjar med %(start)s på rad %(line)s.")
    advice = _("Ta bort det och spara igen. Det som sparas i wikin kan alla läsa, även i historiken.")
    line = text.count("\n", 0, found[0].start) + 1
    told = sentence % {"what": what, "start": f"{found[0].text[:SHOWN_DIGITS]}…", "line": line}
    return [f"{told} {advice}"]


def too_long(what: str, length: int, limit: int) -> str:
    """The sentence about a text over its limit, both in characters."""
    message = _("%(what)s är %(length)s tecken lång. Gränsen är %(limit)s.")
    return message % {"what": what, "length": length, "limit": limit}
