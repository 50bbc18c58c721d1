"""The form of a page."""

import uuid
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise, normalise_line
from mittkoping.text.untouched import Mangled, restore
from wiki.content import MAX_SUMMARY, Content, Tag
from wiki.forms.fields import CountField, KeyField, LineField, MunicipalitiesField, TextField
from wiki.forms.left_alone import ClaimField, body_of
from wiki.forms.own_addresses import with_own_addresses
from wiki.forms.part import Part, part_of
from wiki.forms.quiet import QuietForm
from wiki.forms.start import Start
from wiki.models import Page, Proposal
from wiki.operations import Sending
from wiki.validation import personal_number_problems, problems, too_long

CONTENT_FIELDS = ("title", "lead", "body", "kind", "tracks", "municipalities")
TEXT_FIELDS = ("title", "lead", "body")


class EditForm(QuietForm):
    """Title, lead, text and facts of a page, new or old. A field that is not sent is left as it is.

    base         the version that is replaced by saving
    first_base   set once somebody else has saved in between: the version that the writer started from
    revision     of the proposal that is being written on, if it is one
    rubrik       the id of a heading, when `body` is only its part of the text of `base`
    once         the form's own key: sent twice, it is saved once
    tab, seq     the window that it stands in, and which of its savings this is; set by the script
    draft, counter   the draft that it is saved in, as it was last heard of
    untouched    what the visual editor says that it has left alone
    """

    title = LineField(label=gettext_lazy("Titel"), required=False)
    lead = TextField(label=gettext_lazy("Ingress"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    body = TextField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 24}))
    kind = forms.ChoiceField(label=gettext_lazy("Sidtyp"), choices=Page.Kind.choices, required=False)
    tracks = forms.MultipleChoiceField(
        label=gettext_lazy("Inriktning"),
        choices=[("", ""), *Page.Track.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    municipalities = MunicipalitiesField(label=gettext_lazy("Kommuner"), required=False)
    summary = LineField(label=gettext_lazy("Sammanfattning"), required=False)
    minor = forms.BooleanField(label=gettext_lazy("Liten ändring"), required=False)
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    first_base = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    rubrik = LineField(required=False, widget=forms.HiddenInput)
    once = KeyField(required=False, widget=forms.HiddenInput)
    tab = KeyField(required=False, widget=forms.HiddenInput)
    seq = CountField(required=False, widget=forms.HiddenInput)
    draft = CountField(required=False, widget=forms.HiddenInput)
    counter = CountField(required=False, widget=forms.HiddenInput)
    untouched = ClaimField()

    is_heading_gone = False  # the heading that was asked for is not on the page
    restored = 0  # pieces that the editor had changed although the writer left them alone

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        page: Page | None,
        proposal: Proposal | None = None,
        start: Start | None = None,
        by: User,
        heading: str = "",
        **kwargs: Any,
    ) -> None:
        self.page = page
        self.proposal = proposal
        initial = (
            self._initial(page, proposal, start, by) | {"once": uuid.uuid4()} | kwargs.pop("initial", {})
        )
        if page and heading and data is None:
            initial |= self._open_part(page, start.number if start else page.number, heading)
        super().__init__(self._complete(data, initial), initial=initial, **kwargs)
        self.fields["tracks"].choices = Page.Track.choices  # type: ignore[attr-defined]  # a ChoiceField

    @staticmethod
    def _initial(
        page: Page | None, proposal: Proposal | None, start: Start | None, by: User
    ) -> dict[str, Any]:
        source = proposal or page
        if source is None:
            own = by.municipality
            return {"kind": Page.Kind.EXPERIENCE, "municipalities": own.name if own else "", "base": ""}
        content = start.content if start else source.content
        municipalities = Municipality.objects.filter(code__in=content.municipalities).in_order()
        initial = {
            "title": content.title,
            "lead": content.lead,
            "body": content.body,
            "kind": content.kind,
            "tracks": list(content.tracks),
            "municipalities": ", ".join(municipalities.values_list("name", flat=True)),
            "base": start.number if start else page.number if page else "",
        }
        if proposal:
            initial |= {"base": proposal.base or "", "revision": proposal.revision}
            initial |= {"summary": proposal.summary, "minor": proposal.is_minor}
        return initial

    def _open_part(self, page: Page, number: int, heading: str) -> dict[str, Any]:
        """Begin with one heading's part; with the whole text when the version has no such heading."""
        part = part_of(page, number, heading)
        self.is_heading_gone = part.section is None
        if part.section is None:
            return {}
        self.part = part
        return {"rubrik": part.section.id, "body": part.text}

    @staticmethod
    def _complete(data: QueryDict | None, initial: dict[str, Any]) -> QueryDict | None:
        """What was sent, with what was not sent filled in from the page; an empty `tracks` marks "none"."""
        if data is None:
            return None
        complete = data.copy()
        if "body" not in data:
            complete.pop("rubrik", None)
        for field in CONTENT_FIELDS:
            if field not in data:
                value = initial.get(field, "")
                complete.setlist(field, value if isinstance(value, list) else [value])
        complete.setlist("tracks", [track for track in complete.getlist("tracks") if track])
        return complete

    @cached_property
    def part(self) -> Part | None:
        """The heading's part that `body` is; None when it is a whole text."""
        heading, number = normalise_line(self["rubrik"].value() or ""), self._version("base")
        if not heading or self.page is None or self.proposal:
            return None
        # Without a version the form is refused anyway.
        return part_of(self.page, number, heading) if number else Part()

    def for_whole(self, data: QueryDict) -> QueryDict:
        """What was sent, with the whole text in the place of the part."""
        if self.part is None:
            return data
        whole = data.copy()
        whole.pop("rubrik", None)
        whole["body"] = self._whole(normalise(self["body"].value()))
        return whole

    def _whole(self, text: str) -> str:
        return self.part.whole(text) if self.part else text

    @property
    def met_conflict(self) -> bool:
        """Whether somebody else has saved since the writer started, and the writer has been told."""
        return self._version("first_base") is not None

    @property
    def started_from(self) -> int | None:
        """The version that the writer started from; nothing for a new page, or when it cannot be known."""
        return self._version("first_base") or self._version("base")

    @property
    def sending(self) -> Sending:
        """What the form says of itself, whatever is wrong in it."""
        return Sending(
            once=self.fields["once"].clean(self["once"].value()),
            tab=self.fields["tab"].clean(self["tab"].value()),
            seq=self.fields["seq"].clean(self["seq"].value()),
            draft=self.fields["draft"].clean(self["draft"].value()),
            counter=self.fields["counter"].clean(self["counter"].value()),
        )

    @property
    def sent_revision(self) -> int:
        """The revision of the proposal that the writer started from; 0 when it cannot be known."""
        text = str(self["revision"].value() or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _version(self, field: str) -> int | None:
        """The number in a field, if the page has such a version."""
        text = str(self[field].value() or "").strip()
        if self.page is None or not (text.isascii() and text.isdigit() and len(text) < 10):
            return None
        return int(text) if 0 < int(text) <= self.page.number else None

    def clean_body(self) -> str:
        """The whole text, also when only a part of it was sent."""
        text: str = self.cleaned_data["body"]
        if self.part and self.part.problem:
            raise forms.ValidationError(self.part.problem)
        claim = self.fields["untouched"].clean(self["untouched"].value())
        base = self._started_with()
        typed = str(self["body"].value() or "")
        try:
            text, self.restored = restore(base, text, claim, typed=typed) if claim else (text, 0)
        except Mangled as error:
            sentence = _("Texten kom inte fram som den såg ut i redigeraren. Inget är sparat.")
            advice = _("Se efter att allt är med och spara igen.")
            raise forms.ValidationError(f"{sentence} {advice}") from error
        return self._whole(with_own_addresses(text, base))

    def _started_with(self) -> str:
        """The text that the visual editor was opened with, as far as it can be known."""
        if self.part:
            return self.part.text
        if self.proposal:
            return self.proposal.body if self.sent_revision == self.proposal.revision else ""
        return normalise(body_of(self.page, self._version("base")))

    def clean_kind(self) -> str:
        """An empty kind means an ordinary page."""
        return str(self.cleaned_data["kind"] or Page.Kind.PAGE.value)

    def clean_tracks(self) -> tuple[str, ...]:
        """Sorted, so that two forms that say the same are equal."""
        return tuple(sorted(self.cleaned_data["tracks"]))

    def clean_base(self) -> int | None:
        """A version number of the page; nothing for a new page."""
        if self.page is None:
            return None
        number = self._version("base")
        if number is None:
            raise forms.ValidationError(
                _("Sidan har ingen sådan version. Öppna sidan i en ny flik och för över din text.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Check the limits that importing pages asks of as well."""
        cleaned = super().clean() or {}
        texts = {field: cleaned.get(field, "") for field in TEXT_FIELDS}
        for field, message in problems(Content(**texts)):
            self.add_error(field, message)
        summary = cleaned.get("summary", "")
        if len(summary) > MAX_SUMMARY:
            self.add_error("summary", too_long(_("Sammanfattningen"), len(summary), MAX_SUMMARY))
        for message in personal_number_problems(_("Sammanfattningen"), summary):
            self.add_error("summary", message)
        return cleaned

    def content(self, tags: tuple[Tag, ...]) -> Content:
        """The content that was sent, with these tags."""
        return Content(**{field: self.cleaned_data[field] for field in CONTENT_FIELDS}, tags=tags)

    def text(self) -> str:
        """The whole text as it was sent, looked at no further."""
        return self._whole(normalise(self["body"].value()))

    def typed(self, tags: tuple[Tag, ...]) -> Content:
        """What was sent as far as it goes, with these tags: what is wrong or too long is as typed.

        A name that no municipality has stands among the codes as it is.
        """
        typed: dict[str, Any] = {
            "title": normalise_line(self["title"].value()),
            "lead": normalise(self["lead"].value()),
            "body": self.text(),
            "kind": normalise_line(self["kind"].value()),
            "tracks": tuple(map(normalise_line, self["tracks"].value())),
            "municipalities": MunicipalitiesField().split(self["municipalities"].value()),
        }
        wrong = self.errors
        sent = {field: typed[field] if field in wrong else self.cleaned_data[field] for field in typed}
        return Content(**sent, tags=tags)
