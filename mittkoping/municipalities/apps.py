"""The app of Sweden's municipalities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    """Reference data: 290 municipalities, their counties and groups."""

    name = "mittkoping.municipalities"
    verbose_name = _("Kommuner")
