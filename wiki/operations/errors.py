"""Why a change was not made; each carries a sentence for the one who tried."""

from django.utils.translation import gettext as _

from wiki.content import Content
from wiki.models import Page


class Refusal(Exception):
    """A change that was not made; its text is for the one who tried."""


class NothingChanged(Refusal):
    """The content sent is what the page already says."""

    def __init__(self) -> None:
        super().__init__(_("Inget är ändrat, så ingen ny version sparades."))


class AlreadySaved(Refusal):
    """The content sent is what the page says, though a newer version than its base is published."""

    def __init__(self) -> None:
        super().__init__(_("Texten är redan sparad."))


class DuplicateTitle(Refusal):
    """Another page has the title."""

    def __init__(self, title: str, *, is_archived: bool = False) -> None:
        if is_archived:
            sentence = _("En arkiverad sida heter ”%(title)s”. Välj en annan titel eller fråga en moderator.")
        else:
            sentence = _("Det finns redan en sida som heter ”%(title)s”. Välj en annan titel.")
        super().__init__(sentence % {"title": title})


class UnknownBase(Refusal):
    """The version that the writer says to have started from does not exist."""

    def __init__(self) -> None:
        super().__init__(_("Sidan har ingen sådan version. Ladda om sidan och försök igen."))


class EditConflict(Refusal):
    """A newer version has been published since the base; nothing is overwritten.

    page   as it is now
    mine   the content that was sent
    """

    def __init__(self, page: Page, mine: Content) -> None:
        super().__init__(_("Sidan har fått en nyare version. Se efter vad som är nytt och försök igen."))
        self.page = page
        self.mine = mine
