"""Requests as views see them, and the door for those who have signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.accounts.sign_in_forms import LoginForm
from mittkoping.posted import handed_back, to_script, wants_json


class SignedInRequest(HttpRequest):
    """A request behind `signed_in`: its user is a User."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedInRequest, ...], HttpResponse],
) -> Callable[Concatenate[HttpRequest, ...], HttpResponse]:
    """Let only signed-in users through.

    A reader is sent to sign in and comes back. A form that is sent after the session has ended comes along to
    the form for signing in, and can be sent again from there.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        if request.method == "POST":
            return sign_in_again(request)
        return redirect_to_login(request.get_full_path())

    return wrapped


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """403 for a form whose session has ended: the form for signing in, with all that was typed in it."""
    if wants_json(request):
        return to_script(_("Du är inte längre inloggad."), 403)
    context = {"form": LoginForm(request=request), **handed_back(request)}
    return render(request, "account/sign_in_again.html", context, status=403)
