"""What is said when the visual editor had changed what its writer left alone."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext


def tell_of_restored(request: HttpRequest, count: int) -> None:
    """Say, after saving, how many pieces of the text were put back; nothing when none was."""
    if not count:
        return
    sentence = ngettext(
        "Redigeraren hade ändrat ett stycke som du inte rörde. Det står kvar som det var.",
        "Redigeraren hade ändrat %(count)s stycken som du inte rörde. De står kvar som de var.",
        count,
    )
    messages.info(request, sentence % {"count": count})
