"""Tag a passage: choose the words, say what they say."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.content import Passage, Tag
from wiki.forms.tagging import ChosenForm, ParagraphForm, TaggingForm
from wiki.marking import Surroundings, surroundings
from wiki.models import Edit, FactorTag, Page, Proposal
from wiki.operations.publishing import require_writing
from wiki.passages import locate, plain_of
from wiki.views.answers import saved
from wiki.views.finding import with_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def tag_passage(request: SignedInRequest, page: Page) -> HttpResponse:
    """Choose words by `?stycke=` and `?ord=`, or `?version=&start=&end=`; then say what they say.

    With `?tag=` the words are for a tag that is there.
    """
    require_writing(request.user, page)
    return Tagging(request, page).answer()


@dataclass(frozen=True)
class Words:
    """What was chosen, as it is shown: in which version, and its state in the one that holds now."""

    around: Surroundings
    version: int
    state: str


class Tagging:
    """One round of tagging a passage."""

    def __init__(self, request: SignedInRequest, page: Page) -> None:
        self.request = request
        self.page = page
        self.by = request.user
        self.moved = _tag_of(page, request.GET.get("tag", ""))

    def answer(self) -> HttpResponse:
        """Save the form, or show what comes next."""
        if self.request.method == "POST":
            return self._save(TaggingForm(self.request.POST, page=self.page, by=self.by))
        if "stycke" in self.request.GET or "ord" in self.request.GET:
            return self._choose(ParagraphForm(self.request.GET, page=self.page))
        if "start" in self.request.GET:
            return self._ask()
        return self._show(paragraphs=ParagraphForm(page=self.page))

    def _choose(self, form: ParagraphForm) -> HttpResponse:
        """Lead on to the words that were chosen in the list."""
        if not form.is_valid():
            return self._show(paragraphs=form)
        place = {name: form.cleaned_data[name] for name in ("start", "end")}
        query = {"version": self.page.number, **place}
        if self.moved:
            query["tag"] = self.moved.key
        address = reverse("wiki:tag_passage", args=[self.page.slug])
        return redirect(f"{address}?{urlencode(query)}")

    def _ask(self) -> HttpResponse:
        """Ask what the words say."""
        chosen = ChosenForm(self.request.GET, page=self.page)
        if not chosen.is_valid():
            return self._show(paragraphs=ParagraphForm(page=self.page), wrong=chosen)
        if self.moved:
            return self._show(chosen=chosen)
        place = {name: chosen.cleaned_data[name] for name in ("version", "start", "end")}
        form = TaggingForm(page=self.page, by=self.by, initial=place)
        return self._show(form=form, chosen=chosen)

    def _save(self, form: TaggingForm) -> HttpResponse:
        if not form.is_valid():
            return self._show(form=form, chosen=form)
        tag = form.tag()
        try:
            return self._saved(self._operate(tag, form.cleaned_data["version"]), tag)
        except (operations.AlreadySaved, operations.NothingChanged):
            messages.info(self.request, _("Märkningen är redan sparad."))
            return redirect(self._address(tag))
        except operations.AlreadyProposed as again:
            messages.info(self.request, str(again))
            return redirect(again.proposal)
        except operations.Refusal as refusal:
            return self._refuse(form, refusal)

    def _operate(self, tag: Tag, base: int) -> Edit | Proposal:
        """Make the tag. One that this form has made before is said anew, if it says something else now."""
        made = _tag_of(self.page, tag.key)
        if made is None:
            return operations.tag_passage(self.page, tag, base=base, by=self.by)
        if made.author_id != self.by.pk:
            raise PermissionDenied(_("Märkningen är någon annans. Ladda om sidan och försök igen."))
        names = ("factor", "direction", "strength", "note", "municipality", "passage", "phase", "tried")
        changes = {name: getattr(tag, name) for name in names}
        summary = _("Ändrade en märkning")
        return operations.change_tag(
            self.page, tag.key, base=self.page.number, summary=summary, by=self.by, **changes
        )

    def _saved(self, result: Edit | Proposal, tag: Tag) -> HttpResponse:
        """Lead to the passage on the page; its words may have changed since they were chosen."""
        response = saved(self.request, result)
        if isinstance(result, Edit):
            response["Location"] = self._address(tag)
            made = _tag_of(result.page, tag.key)
            if made and made.state in {FactorTag.State.LOOK, FactorTag.State.GONE}:
                messages.warning(
                    self.request, _("Texten har ändrats sedan du valde orden. Se över märkningen.")
                )
        return response

    def _refuse(self, form: TaggingForm, refusal: operations.Refusal) -> HttpResponse:
        """Say why nothing was saved; what was typed stays."""
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, operations.EditConflict) else 200
        if not isinstance(refusal, operations.TooMany):
            return self._show(form=form, chosen=form, status=status)
        response = self._show(form=form, chosen=form, status=429)
        if refusal.retry_after:
            response["Retry-After"] = str(refusal.retry_after)
        return response

    def _address(self, tag: Tag) -> str:
        return f"{self.page.get_absolute_url()}#p-{tag.key}"

    def _show(self, *, status: int = 200, chosen: ChosenForm | None = None, **more: Any) -> HttpResponse:
        passage = chosen.passage if chosen else None
        context = {
            "page": self.page,
            "moved": self.moved,
            "chosen": chosen,
            "words": self._words(passage) if passage else None,
            "may_publish": rules.may_publish(self.by, self.page),
            **more,
        }
        return render(self.request, "wiki/tag_passage.html", context, status=status)

    def _words(self, passage: Passage) -> Words:
        """The words where they were chosen, and what has become of them if that was in an older version."""
        plain = plain_of(self.page, passage.version)
        state: str = FactorTag.State.HERE
        if passage.version != self.page.number:
            state = locate({"": passage}, self.page.plain, {passage.version: plain})[""].state
        around = surroundings(plain, passage.start, passage.start + len(passage.exact))
        return Words(around, passage.version, state)


def _tag_of(page: Page, key: str) -> FactorTag | None:
    """The tag of the page with this key, if it has one. One query, or none."""
    try:
        return page.factor_tags.select_related("factor").filter(key=UUID(key)).first()
    except ValueError:
        return None
