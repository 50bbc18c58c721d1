"""Pieces of a text as they would look, for those that the visual editor cannot show by itself."""

import json

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.posted import to_script
from mittkoping.text.normalise import normalise
from wiki import rendering
from wiki.content import MAX_BODY

MAX_BLOCKS = 50
# JSON may write one character as six.
MAX_BYTES = 6 * MAX_BODY


@signed_in
@require_POST
def blocks(request: SignedInRequest) -> HttpResponse:
    """The HTML of each of `{"blocks": [source, …]}`, in order: `{"html": […]}`, drawn as a page is."""
    # The body of a form has been read already.
    body = request.body if request.content_type == "application/json" else b""
    if len(body) > MAX_BYTES:
        return to_script(_("Det är för mycket text på en gång."), 400)
    sources = _blocks(body)
    if sources is None:
        return to_script(_("Det gick inte att läsa vad som ska visas."), 400)
    if len(sources) > MAX_BLOCKS or sum(len(source.encode()) for source in sources) > MAX_BODY:
        return to_script(_("Det är för mycket text på en gång."), 400)
    return JsonResponse({"html": rendering.render_blocks(sources)})


def _blocks(body: bytes) -> list[str] | None:
    """What is asked for; None when it is anything else."""
    try:
        asked = json.loads(body)
    # ValueError is what is no JSON or no text, RecursionError what nests too deep.
    except (ValueError, RecursionError):
        return None
    found = asked.get("blocks") if isinstance(asked, dict) else None
    if not isinstance(found, list) or not all(isinstance(source, str) for source in found):
        return None
    return [normalise(source) for source in found]
