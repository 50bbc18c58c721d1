"""When something was, as people say it while it is fresh, in templates."""

from datetime import datetime, timedelta

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """By day and clock: "i dag 14.32", "i går 09.05", "3 november 16.00", "3 november 2025 16.00"."""
    local, today = timezone.localtime(at), timezone.localdate()
    clock = formats.date_format(local, "H.i")
    if local.date() == today:
        return _("i dag %(clock)s") % {"clock": clock}
    if local.date() == today - timedelta(days=1):
        return _("i går %(clock)s") % {"clock": clock}
    day = formats.date_format(local, "j F" if local.year == today.year else "j F Y")
    return f"{day} {clock}"
