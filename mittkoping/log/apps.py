"""The app of the public log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogConfig(AppConfig):
    """Every act that keeps order."""

    name = "mittkoping.log"
    label = "log"
    verbose_name = _("Logg")
