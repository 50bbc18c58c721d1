"""Answers when something can be tried again later: the disk is full, the bucket is away, it was too much."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from mittkoping.posted import to_script, wants_json
from wiki.files.storing import StorageFault
from wiki.operations import TooMany

View = Callable[Concatenate[HttpRequest, ...], HttpResponseBase]


def answers_for_storage(view: View) -> View:
    """Say in a sentence that the storage does not give what was asked for."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except StorageFault as error:
            if wants_json(request):
                return postponed(to_script(str(error), error.fault.status), error)
            context = {"fault": error.fault, "method": request.method, "action": request.get_full_path()}
            return postponed(render(request, "503.html", context), error)

    return wrapped


def postponed(response: HttpResponse, reason: Exception | None) -> HttpResponse:
    """The answer with the status of its reason, and when to try again, if that can help."""
    if isinstance(reason, TooMany):
        response.status_code, retry_after = 429, reason.retry_after
    elif isinstance(reason, StorageFault):
        response.status_code, retry_after = reason.fault.status, reason.fault.retry_after
    else:
        return response
    response["Cache-Control"] = "no-store"
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response
