"""The forms of files: upload, describe, replace, delete, and find one in the list."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import Someone
from mittkoping.text.normalise import is_visible, normalise_line
from wiki.content import MAX_SUMMARY
from wiki.files.kinds import ACCEPTED
from wiki.files.refusing import what_is_taken
from wiki.forms.fields import LineField
from wiki.forms.naming import NeededReasonForm
from wiki.models import Attachment, AttachmentContent
from wiki.models.attachment import MAX_CREATOR, MAX_NAME, AttachmentQuerySet
from wiki.validation import personal_number_problems, too_long

UNUSED = "oanvand"
SHOWN = (
    ("", _("Alla filer")),
    ("bild", _("Bilder")),
    ("dokument", _("Dokument")),
    (UNUSED, _("Används inte på någon sida nu")),
)
KINDS = {"bild": AttachmentContent.Kind.IMAGE, "dokument": AttachmentContent.Kind.DOCUMENT}


class ChosenFileField(forms.FileField):
    """A file; an empty one is refused in the same place as all others that are not taken."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, label=_("Fil"), **kwargs)
        self.error_messages["required"] = self.error_messages["invalid"] = _("Välj en fil.")


class FactsForm(forms.Form):
    """Who made a file, and how it may be used."""

    creator = LineField(
        label=_("Upphovsperson"),
        help_text=_("Den som har tagit bilden eller skrivit dokumentet."),
        required=False,
    )
    licence = forms.ChoiceField(
        label=_("Så får filen användas"),
        choices=[("", _("Inte angivet")), *Attachment.Licence.choices],
        required=False,
    )

    def clean_creator(self) -> str:
        """Within its length, and about no person by number."""
        return checked(gettext("Upphovspersonen"), self.cleaned_data["creator"], MAX_CREATOR)


class UploadForm(FactsForm):
    """A new file."""

    file = ChosenFileField()

    field_order = ("file", "creator", "licence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = what_is_taken()


class DescribeForm(FactsForm):
    """What a file is called, who made it, and how it may be used."""

    name = LineField(label=_("Namn"), required=False)

    field_order = ("name", "creator", "licence")

    def clean_name(self) -> str:
        """Needed, within its length, and about no person by number."""
        name: str = self.cleaned_data["name"]
        if not is_visible(name):
            raise forms.ValidationError(gettext("Skriv vad filen ska heta."))
        return checked(gettext("Namnet"), name, MAX_NAME)


class ReplaceForm(forms.Form):
    """What is put in the place of a file, and why."""

    file = ChosenFileField()
    summary = LineField(label=_("Vad är nytt?"), required=False)

    def clean_summary(self) -> str:
        """Within its length, and about no person by number."""
        return checked(gettext("Sammanfattningen"), self.cleaned_data["summary"], MAX_SUMMARY)


class DeleteForm(NeededReasonForm):
    """Why a file is deleted."""


class FileFilterForm(forms.Form):
    """Which files a list shows, as a GET form: q, visa."""

    q = forms.CharField(label=_("Namn"), required=False)
    visa = forms.ChoiceField(label=_("Visa"), choices=SHOWN, required=False)

    def narrow(self, files: AttachmentQuerySet, user: Someone) -> AttachmentQuerySet:
        """Only those that fit what was asked for; what does not exist narrows nothing."""
        self.is_valid()
        chosen: dict[str, Any] = self.cleaned_data
        if name := normalise_line(chosen.get("q") or "")[:MAX_NAME]:
            files = files.named(name)
        shown = chosen.get("visa") or ""
        if shown == UNUSED:
            return files.unused(user)
        return files.of_kind(KINDS[shown]) if shown in KINDS else files


def chosen_file(form: forms.Form) -> tuple[Any, str]:
    """The file that a valid form holds, and what it is called."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    return file, file.name or ""


def checked(what: str, text: str, limit: int) -> str:
    """A line that is fit to be read by everybody; what is its name as a sentence begins with it."""
    if len(text) > limit:
        raise forms.ValidationError(too_long(what, len(text), limit))
    for problem in personal_number_problems(what, text):
        raise forms.ValidationError(problem)
    return text
