"""The door to the screens of moderators."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from wiki import rules
from wiki.views.finding import SAFE_METHODS


def for_moderators(
    view: Callable[Concatenate[SignedInRequest, ...], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, ...], HttpResponse]:
    """Let only moderators through; goes below `signed_in`.

    One who has no second factor yet is led to where one is added.
    """

    @wraps(view)
    def wrapped(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if rules.may_moderate(request.user):
            return view(request, *args, **kwargs)
        if request.user.lacks_second_factor and request.method in SAFE_METHODS:
            return render(request, "wiki/second_factor_first.html", status=403)
        raise PermissionDenied(_refusal(request))

    return wrapped


def _refusal(request: SignedInRequest) -> str:
    if request.user.lacks_second_factor:
        return _("Du behöver tvåstegsinloggning för att arbeta som moderator.")
    return _("Bara moderatorer granskar.")
