"""What one writes in a discussion."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.text.normalise import is_visible, normalise
from wiki.content import MAX_TITLE
from wiki.forms.fields import LineField, TextField
from wiki.forms.naming import NeededReasonForm
from wiki.models.comment import MAX_WORDS
from wiki.validation import personal_number_problems, too_long

MAX_QUOTE = 1000  # characters; an address holds no more in every browser, and a quotation should be short


def quotation(text: str, writer: str = "") -> str:
    """A text as a quotation in Markdown, with room for an answer below; first who wrote it, if known."""
    shown = normalise(text).strip()
    if not shown:
        return ""
    if len(shown) > MAX_QUOTE:
        shown = f"{shown[:MAX_QUOTE].rstrip()}…"
    lines = [f"> {line}".rstrip() for line in shown.split("\n")]
    said = [gettext("@%(name)s skrev:") % {"name": writer}, ""] if writer else []
    return "\n".join([*said, *lines, "", ""])


class CommentForm(forms.Form):
    """What one says."""

    comment = TextField(label=_("Ditt inlägg"), required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def clean_comment(self) -> str:
        """Something that can be seen, not too much of it, and about no person by number."""
        body: str = self.cleaned_data["comment"].strip("\n")
        if not is_visible(body):
            raise forms.ValidationError(gettext("Skriv något i inlägget."))
        if len(body) > MAX_WORDS:
            message = gettext("Inlägget är %(length)s tecken långt. Gränsen är %(limit)s.")
            raise forms.ValidationError(message % {"length": len(body), "limit": MAX_WORDS})
        for message in personal_number_problems(gettext("Inlägget"), body):
            raise forms.ValidationError(message)
        return body


class TopicForm(CommentForm):
    """A new topic, and what one says first in it."""

    title = LineField(label=_("Ämne"), required=False)

    field_order = ("title", "comment")

    def clean_title(self) -> str:
        """Something that can be seen, fits on a line, and is about no person by number."""
        title: str = self.cleaned_data["title"]
        if not is_visible(title):
            raise forms.ValidationError(gettext("Skriv vad ämnet är."))
        if len(title) > MAX_TITLE:
            raise forms.ValidationError(too_long(gettext("Ämnets rubrik"), len(title), MAX_TITLE))
        for message in personal_number_problems(gettext("Ämnets rubrik"), title):
            raise forms.ValidationError(message)
        return title


class HideCommentForm(NeededReasonForm):
    """Why a comment is hidden, or shown again."""
