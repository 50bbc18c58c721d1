"""Where one is signed in, told so that one knows the devices again."""

from typing import Any

from allauth.usersessions import views
from django.utils.translation import gettext as _

# In this order: most browsers also claim to be those that come later.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device(user_agent: str) -> str:
    """What a browser says of itself, in two words."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s på %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("En okänd webbläsare")


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")


class SessionsView(views.ListUserSessionsView):
    """All sessions, newest first; one button ends the others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the devices."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        newest = sorted(context["sessions"], key=lambda session: session.created_at, reverse=True)
        rows = [{"session": session, "device": device(session.user_agent)} for session in newest]
        return context | {"rows": rows}


list_sessions = SessionsView.as_view()
