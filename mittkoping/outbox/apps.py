"""The app of outgoing mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Mail that waits to be sent."""

    name = "mittkoping.outbox"
    label = "outbox"
    verbose_name = _("Utgående post")
