"""Why a file is not taken."""

from django.utils.translation import gettext as _

MEGABYTE = 2**20  # bytes


class NotTaken(Exception):
    """A file that is not taken; its text is for the one who sent it."""


def what_is_taken() -> str:
    """Everything that can be uploaded, in a sentence."""
    return _(
        "Du kan ladda upp bilder (PNG, JPEG, WebP och GIF, högst 10 MB) och dokument (PDF, ODT, ODS, ODP, "
        "DOCX, XLSX och PPTX, högst 20 MB, TXT och CSV, högst 2 MB)."
    )


def unfit(extension: str) -> NotTaken:
    """What is in the file is not what its name says."""
    sentence = _("Det som finns i filen är inte det som filnamnet säger: den slutar på .%(extension)s.")
    return NotTaken(f"{sentence % {'extension': extension}} {what_is_taken()}")
