"""The app of key factors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactorsConfig(AppConfig):
    """The catalogue of what enables and what hinders; knows nothing of pages."""

    name = "factors"
    verbose_name = _("Nyckelfaktorer")
