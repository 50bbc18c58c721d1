"""The form of a page template."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.text.normalise import is_visible
from wiki.advice import HINT
from wiki.content import MAX_BODY
from wiki.forms.fields import CountField, LineField, TextField
from wiki.models import Page, PageTemplate, PageTemplateText
from wiki.models.template import MAX_DESCRIPTION, MAX_NAME
from wiki.operations.templates import TemplateContent
from wiki.validation import personal_number_problems, too_long


class TemplateForm(forms.Form):
    """What a template says, and where among the others it stands.

    number          of the text that it started from; 0 for a new template
    from_position   the place that it was shown at: chosen still, nobody has asked for a move
    """

    name = LineField(label=_("Namn"), required=False)
    description = LineField(
        label=_("Beskrivning"), help_text=_("En mening. Den visas där man väljer mall."), required=False
    )
    kind = forms.ChoiceField(label=_("Sidtyp"), choices=Page.Kind.choices)
    from_position = CountField(widget=forms.HiddenInput, required=False)
    position = forms.TypedChoiceField(label=_("Plats i listan"), coerce=int, required=False)
    body = TextField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 24}))
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        templates: Sequence[PageTemplate],
        template: PageTemplate | None = None,
        text: PageTemplateText | None = None,
    ) -> None:
        """Show a template, with an older text of it in the place of its own if one is given.

        templates   all there are, in order
        """
        super().__init__(data, initial=_shown(template, text))
        others = [each for each in templates if each != template]
        self.fields["position"].choices = list(_places(others))  # type: ignore[attr-defined]  # ChoiceField
        place = 1 + (list(templates).index(template) if template else len(others))
        self.initial.update(position=place, from_position=place)
        self.fields["body"].help_text = gettext(
            "Markdown. Börja varje fråga till den som skriver med ”%(hint)s”. Den som glömmer att svara på "
            "en sådan påminns innan sidan sparas."
        ) % {"hint": HINT}

    def clean_position(self) -> int:
        """0 when nothing was sent, or the place that the form was shown with: it may stand elsewhere now."""
        wanted: int = self.cleaned_data["position"] or 0
        return 0 if wanted == self.cleaned_data["from_position"] else wanted

    def clean_number(self) -> int:
        """0 when nothing was sent."""
        return self.cleaned_data["number"] or 0

    def clean_name(self) -> str:
        """Something that can be seen, and that fits on a card."""
        name: str = self.cleaned_data["name"]
        if not is_visible(name):
            raise forms.ValidationError(gettext("Skriv vad mallen heter."))
        return _checked(gettext("Namnet"), name, MAX_NAME)

    def clean_description(self) -> str:
        """It may be left out."""
        return _checked(gettext("Beskrivningen"), self.cleaned_data["description"], MAX_DESCRIPTION)

    def clean_body(self) -> str:
        """No longer than the text of a page may be."""
        body: str = self.cleaned_data["body"]
        if not is_visible(body):
            raise forms.ValidationError(gettext("Skriv den text som nya sidor ska börja med."))
        if (size := len(body.encode())) > MAX_BODY:
            sentence = gettext("Texten är %(size)s byte lång. Gränsen är %(limit)s.")
            raise forms.ValidationError(sentence % {"size": size, "limit": MAX_BODY})
        return _checked(gettext("Texten"), body, len(body))

    @property
    def content(self) -> TemplateContent:
        """What is wanted."""
        sent: dict[str, Any] = self.cleaned_data
        return TemplateContent(**{name: sent[name] for name in ("name", "description", "kind", "body")})


def _places(others: Sequence[PageTemplate]) -> Iterator[tuple[int, str]]:
    """Where a template can stand among the others."""
    yield 1, gettext("Först")
    for at, other in enumerate(others, start=2):
        yield at, gettext("Efter ”%(name)s”") % {"name": other.name}


def _shown(template: PageTemplate | None, text: PageTemplateText | None) -> dict[str, Any]:
    if template is None:
        return {"kind": Page.Kind.EXPERIENCE, "number": 0}
    return vars(TemplateContent.of(text or template)) | {"number": template.number}


def _checked(what: str, text: str, limit: int) -> str:
    """The text itself, when it is not too long and has nobody's personal number."""
    if len(text) > limit:
        raise forms.ValidationError(too_long(what, len(text), limit))
    for sentence in personal_number_problems(what, text):
        raise forms.ValidationError(sentence)
    return text
