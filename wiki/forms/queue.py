"""Which part of the queue a moderator wants to see."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from mittkoping.accounts.naming import MAX_NAME
from wiki.facets import ANY, Narrowing, NarrowingForm
from wiki.forms.fields import LineField
from wiki.queue import ACCOUNTS, EDITS, FACTORS, PROPOSALS, Filters

KINDS = (
    (PROPOSALS, gettext_lazy("förslag")),
    (EDITS, gettext_lazy("ändringar")),
    (FACTORS, gettext_lazy("nyckelfaktorer")),
    (ACCOUNTS, gettext_lazy("konton")),
)
SIZES = (
    ("liten", gettext_lazy("liten: under 200 tecken")),
    ("mellan", gettext_lazy("mellan")),
    ("stor", gettext_lazy("stor: minst 2 000 tecken")),
)
DAYS = (
    ("1", gettext_lazy("mer än 1 dag")),
    ("3", gettext_lazy("mer än 3 dagar")),
    ("7", gettext_lazy("mer än 7 dagar")),
)


class QueueForm(NarrowingForm):
    """The filters of the queue as a GET form: slag, spar, kommun, faktor, forfattare, storlek, alder."""

    field_order = ("slag", "spar", "kommun", "faktor", "forfattare", "storlek", "alder")

    slag = forms.ChoiceField(label=gettext_lazy("Vad"), choices=[ANY, *KINDS], required=False)
    forfattare = LineField(
        label=gettext_lazy("Författare"), help_text=gettext_lazy("Hela namnet eller en del."), required=False
    )
    storlek = forms.ChoiceField(
        label=gettext_lazy("Storlek"),
        help_text=gettext_lazy("Hur mycket längre eller kortare texten blir."),
        choices=[ANY, *SIZES],
        required=False,
    )
    alder = forms.ChoiceField(label=gettext_lazy("Har väntat"), choices=[ANY, *DAYS], required=False)

    def clean_forfattare(self) -> str:
        """No name is longer."""
        return str(self.cleaned_data["forfattare"])[:MAX_NAME]


class QueueFilters(Narrowing):
    """The filters of one address."""

    form_class = QueueForm

    @cached_property
    def filters(self) -> Filters:
        """As the queue understands them; what does not exist narrows nothing."""
        chosen = self.chosen
        return Filters(
            kind=chosen.get("slag", ""),
            track=chosen.get("spar", ""),
            municipality=chosen.get("kommun"),
            factor=chosen.get("faktor"),
            author=chosen.get("forfattare", ""),
            size=chosen.get("storlek", ""),
            days=int(chosen.get("alder", 0)),
        )
