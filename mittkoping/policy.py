"""What browsers are told that our pages may do."""

from typing import Any

from csp.constants import NONE, SELF

# Players that set no cookie before somebody presses play.
VIDEO_HOSTS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")


def browser_policy(*, https: bool, video_frames: bool) -> dict[str, Any]:
    """The setting of django-csp: nothing inline, nothing from another host.

    https          addresses of plain http are asked for by https
    video_frames   films may be played in frames from VIDEO_HOSTS

    Designsystemet draws its small icons with data: masks.
    """
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "form-action": [SELF],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
            "manifest-src": [SELF],
            **({"frame-src": list(VIDEO_HOSTS)} if video_frames else {}),
            **({"upgrade-insecure-requests": True} if https else {}),
        }
    }
