"""The form that a Word document is chosen in."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.text.docx_package import MAX_BYTES, MB
from wiki.forms.attachments import ChosenFileField

ACCEPTED = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordForm(forms.Form):
    """A Word document.

    title   anything: the page has no title yet, so that the document's becomes it
    """

    file = ChosenFileField(widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    title = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as every form's
        self.fields["file"].label = _("Word-dokument")
        limit = min(MAX_BYTES, settings.MAX_UPLOAD_SIZE) // MB
        self.fields["file"].help_text = gettext("En fil som slutar på .docx, högst %(limit)s MB.") % {
            "limit": limit
        }

    def document(self) -> tuple[bytes, str]:
        """What a valid form holds: the bytes, and the name of the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file.read(), file.name or ""
