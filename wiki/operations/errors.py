"""Why a change was not made; each carries a sentence for the one who tried."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.models import User
from mittkoping.text.silence import words_before
from wiki.content import Content
from wiki.models import Claim, Edit, Page, Proposal


class Refusal(Exception):
    """A change that was not made; its text is for the one who tried.

    field   of the form of a page, when it is about one of them
    """

    field: str | None = None


class NothingChanged(Refusal):
    """The content sent is what the page already says."""

    def __init__(self) -> None:
        super().__init__(_("Inget är ändrat, så ingen ny version sparades."))


class AlreadySaved(Refusal):
    """The content is published already: by the same form, or by one that said the same.

    edit   what the form has become, if it is the same form
    """

    def __init__(self, edit: Edit | None = None) -> None:
        if edit:
            super().__init__(_("Redan sparat som version %(number)s.") % {"number": edit.number})
        else:
            super().__init__(_("Texten är redan sparad."))
        self.edit = edit


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
    base   what it started from, when both have been tried to merge; None if that is hidden, or was not asked
    """

    def __init__(self, page: Page, mine: Content, base: Content | None = None) -> None:
        super().__init__(_("Sidan har fått en nyare version. Se efter vad som är nytt och försök igen."))
        self.page = page
        self.mine = mine
        self.base = base


class AlreadyProposed(Refusal):
    """The same author has proposed the same content, and it waits."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(_("Förslaget är redan skickat."))
        self.proposal = proposal


class ProposalChanged(Refusal):
    """The proposal, or the page that it is for, has changed since it was looked at."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(_("Förslaget har ändrats sedan du öppnade det. Se efter vad som är nytt."))
        self.proposal = proposal


class PageChanged(Refusal):
    """The page has got a newer version since the moderator looked at it."""

    def __init__(self) -> None:
        super().__init__(_("Sidan har fått en nyare version sedan du öppnade den. Se efter vad som är nytt."))


class AlreadyDecided(Refusal):
    """Somebody has decided, or taken it back, meanwhile."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            _("Förslaget är redan avgjort: %(status)s.") % {"status": proposal.get_status_display()}
        )
        self.proposal = proposal


class NothingToReview(Refusal):
    """Somebody else has reviewed the edits meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Ändringarna är redan granskade."))


class NothingChosen(Refusal):
    """A decision to publish none of the changes."""

    def __init__(self) -> None:
        super().__init__(_("Välj minst en ändring att publicera, eller avslå förslaget."))


class ReasonMissing(Refusal):
    """A decision that needs a reason came without."""

    def __init__(self) -> None:
        super().__init__(_("Skriv ett skäl. Författaren och alla andra kan läsa det."))


class ProposalClaimed(Refusal):
    """A moderator is looking at what the author wants to change."""

    def __init__(self, claim: Claim) -> None:
        sentence = _("%(name)s granskar förslaget just nu. Vänta en stund och försök igen.")
        super().__init__(sentence % {"name": claim.by.name})
        self.claim = claim


class ClaimLost(Refusal):
    """The moderator's claim ran out, or somebody else holds it.

    holder   who holds it now; None when nobody does
    """

    def __init__(self, holder: User | None) -> None:
        if holder:
            sentence = _("%(name)s har tagit över granskningen.") % {"name": holder.name}
        else:
            sentence = _(
                "Din granskning hann gå ut. Du har den igen nu: se efter att allt stämmer och skicka igen."
            )
        super().__init__(sentence)
        self.holder = holder


class Unfit(Refusal):
    """What a merge, or a moderator's own words, would make is not fit to be published: too long, no title."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__(" ".join(sentences))


class MissingAlt(Refusal):
    """Pictures that have neither words that stand for them nor are said to be decorative.

    html     the text that they stand in
    silent   their addresses, in order
    """

    SHOWN = 3  # pictures that are named

    field = "body"

    def __init__(self, html: str, silent: Sequence[str]) -> None:
        told = [self._about(words_before(html, address)) for address in silent[: self.SHOWN]]
        if more := len(silent) - len(told):
            sentence = ngettext("Det gäller en bild till.", "Det gäller %(count)s bilder till.", more)
            told.append(sentence % {"count": more})
        told.append(_("Skriv vad bilden visar, eller välj att den är dekorativ."))
        told.append(_('Som text: ![vad bilden visar](…) eller ![](… "dekorativ").'))
        super().__init__(" ".join(told))
        self.silent = silent

    @staticmethod
    def _about(words: str) -> str:
        if not words:
            return _("Den första bilden har ingen beskrivning.")
        return _("Bilden efter ”%(words)s” har ingen beskrivning.") % {"words": words}


class BaseHidden(Refusal):
    """The version that a proposal started from has been hidden, so it cannot be merged."""

    def __init__(self) -> None:
        super().__init__(_("Versionen som förslaget utgår från är dold. Be författaren att skicka det igen."))
