"""The answer to somebody who saves too fast, or links too much: wait, and nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mittkoping.posted import posted_text
from wiki.operations.limits import TooMany


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """429: what was typed, to be sent again, and after how long."""
    context = {"reason": str(refusal), "posted": posted_text(request)}
    response = render(request, "wiki/too_many.html", context, status=429)
    if refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response
