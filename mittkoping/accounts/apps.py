"""The app of people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their membership of a municipality, their roles."""

    name = "mittkoping.accounts"
    verbose_name = _("Konton")
