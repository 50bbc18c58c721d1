"""The app of pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    """Pages, their versions, tags and links."""

    name = "wiki"
    verbose_name = _("Wiki")
