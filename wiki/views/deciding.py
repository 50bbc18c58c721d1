"""One decision on a proposal: what the buttons of the review screen do."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.http import SignedInRequest
from wiki import operations, rules
from wiki.changes import Decision, NoText, UnknownChange
from wiki.forms.carrying import carry, typed
from wiki.forms.review import Choices, posted_keys
from wiki.models import Edit, Proposal, ReviewItem
from wiki.validation import problems
from wiki.views.judging import Deed, Judging
from wiki.views.proposal_screens import proposal_now, read_proposal
from wiki.views.review_screens import show_proposal, subject_of

# Neither of them depends on what the page says.
SENDING_BACK = ("reject", "ask")


class Deciding(Judging):
    """A form about a proposal."""

    def __init__(self, request: SignedInRequest, proposal: Proposal) -> None:
        super().__init__(request, ReviewItem.objects.filter(proposal=proposal).first())
        self.proposal = proposal

    def answer(self) -> HttpResponse:
        """Decide, if it can still be decided. Raises PermissionDenied."""
        self._require()
        if not self.proposal.is_pending:
            return self.too_late()
        self.subject = subject_of(self.proposal)
        self.choices = Choices(self.subject.shown, self.data)
        return self.judge()

    def deeds(self) -> dict[str, Deed]:
        """Any other value shows what would come of it."""
        return {"accept": self._accept, "reject": self._reject, "ask": self._ask, "preview": self._preview}

    def attempt(self, deed: Deed) -> HttpResponse:
        """Do the deed, unless something has changed since it was looked at."""
        try:
            if moved := self._moved():
                return self._look_again(str(moved))
            return deed()
        except operations.AlreadyDecided:
            return self.too_late()
        except (operations.ProposalChanged, operations.PageChanged) as refusal:
            return self._look_again(str(refusal))
        except (UnknownChange, NoText):
            return self._look_again(str(operations.ProposalChanged(self.proposal)))
        except operations.ReasonMissing as refusal:
            return self.refuse("reason", str(refusal))

    def show(self, *, has_errors: bool = False, **more: Any) -> HttpResponse:
        """The review screen."""
        if not has_errors:
            self.form.hush()
        return show_proposal(
            self.request,
            self.proposal,
            subject=self.subject,
            form=self.form,
            choices=self.choices,
            has_errors=has_errors,
            **more,
        )

    def _require(self) -> None:
        """Raise PermissionDenied, with a sentence, unless the user may decide on it while it waits."""
        if not rules.may_moderate(self.by):
            raise PermissionDenied(_("Bara moderatorer avgör förslag."))
        if self.proposal.author_id == self.by.pk:
            raise PermissionDenied(_("Du kan inte avgöra ditt eget förslag. Be en annan moderator."))
        if self.proposal.is_pending and not rules.may_review(self.by, self.proposal):
            raise PermissionDenied(_("Förslaget kan inte avgöras nu: det är dolt, eller sidan är arkiverad."))

    def _moved(self) -> operations.Refusal | None:
        """What is no longer as it was looked at, if anything."""
        if self.revision != self.proposal.revision:
            return operations.ProposalChanged(self.proposal)
        if self.data.get("do") in SENDING_BACK:
            return None
        if self.number != self.subject.number:
            return operations.PageChanged()
        known = {change.key for change in self.subject.every_change}
        return None if posted_keys(self.data) <= known else operations.ProposalChanged(self.proposal)

    def _accept(self) -> HttpResponse:
        decisions = self.choices.decisions
        for sentence in self._problems(decisions):
            self.form.add_error(None, sentence)
        if self.form.errors:
            return self.show(has_errors=True)
        edit = operations.accept(
            self.proposal,
            revision=self.proposal.revision,
            by=self.by,
            seen=self.subject.number,
            decisions=decisions,
            comment=self.form.cleaned_data["comment"],
        )
        return self.done(self._published(edit, decisions))

    def _problems(self, decisions: dict[str, Decision]) -> list[str]:
        """Conflicts that nobody has settled; what no form would let through, but for what is published."""
        unsettled = _("Välj vad som ska stå där sidan och förslaget krockar: ställe %(number)s.")
        found = [unsettled % {"number": choice.shown.number} for choice in self.choices.open]
        if not any(decision.publishes for decision in decisions.values()):
            return found
        known = problems(self.subject.ours)
        wrong = problems(self.subject.after(decisions))
        return found + [sentence for field, sentence in wrong if (field, sentence) not in known]

    def _published(self, edit: Edit, decisions: dict[str, Decision]) -> str:
        count, chosen = len(decisions), sum(decision.publishes for decision in decisions.values())
        facts = {"title": edit.page.title, "number": edit.number, "chosen": chosen, "count": count}
        if chosen == count:
            return _("”%(title)s” är publicerat som version %(number)s.") % facts
        sentence = ngettext(
            "”%(title)s” är publicerat som version %(number)s, med %(chosen)s ändring av %(count)s.",
            "”%(title)s” är publicerat som version %(number)s, med %(chosen)s ändringar av %(count)s.",
            chosen,
        )
        return sentence % facts

    def _reject(self) -> HttpResponse:
        return self._send_back(operations.reject, _("Förslaget ”%(title)s” är avslaget."))

    def _ask(self) -> HttpResponse:
        sentence = _("Förslaget ”%(title)s” är tillbaka hos författaren, med det du bad om.")
        return self._send_back(operations.ask_for_changes, sentence)

    def _send_back(self, operate: Callable[..., None], sentence: str) -> HttpResponse:
        if not self.is_valid:
            return self.show(has_errors=True)
        reason = self.form.cleaned_data["comment"]
        operate(self.proposal, revision=self.proposal.revision, reason=reason, by=self.by)
        return self.done(sentence % {"title": self.proposal.title})

    def _preview(self) -> HttpResponse:
        return self.show(preview=self.subject.page(self.choices.decisions))

    def too_late(self) -> HttpResponse:
        """Somebody has decided meanwhile, say who; or it is hidden now, or its page archived."""
        self.proposal = proposal_now(self.proposal)
        self._require()
        reviewer = self.proposal.reviewer
        sentence = str(operations.AlreadyDecided(self.proposal))
        if reviewer and self.proposal.status != Proposal.Status.WITHDRAWN:
            sentence = _("%(name)s hann före dig. %(sentence)s") % {
                "name": reviewer.name,
                "sentence": sentence,
            }
        kept = typed(self.data, self.proposal, revision=self.revision, number=self.number)
        more = {"notice": sentence, "kept": kept, "reason": self.data.get("reason", "")}
        return read_proposal(self.request, self.proposal, status=409, **more)

    def _look_again(self, sentence: str) -> HttpResponse:
        """Show what is new. What was typed stays where it still has a place, and is handed back where not."""
        self.proposal = proposal_now(self.proposal)
        if not self.proposal.is_pending:
            return self.too_late()
        self.subject = subject_of(self.proposal)
        carried = carry(self.data, self.proposal, self.subject, revision=self.revision, number=self.number)
        self.choices = carried.choices
        return self.show(status=409, notice=sentence, kept=carried.kept, news=carried.news)
