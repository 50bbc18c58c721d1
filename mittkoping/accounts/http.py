"""Requests as views see them, and the door for those who have signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.posted import posted_text


class SignedInRequest(HttpRequest):
    """A request behind `signed_in`: its user is a User."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedInRequest, ...], HttpResponse],
) -> Callable[Concatenate[HttpRequest, ...], HttpResponse]:
    """Let only signed-in users through.

    A reader is sent to sign in and comes back. A form that is sent after the session has ended is handed back
    with all that was typed, to be sent again after signing in.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        if request.method == "POST":
            reason = _("Du är inte längre inloggad. Logga in i en ny flik, kom tillbaka hit och skicka igen.")
            context = {"reason": reason, "posted": posted_text(request), "sign_in": True}
            return render(request, "403_csrf.html", context, status=403)
        return redirect_to_login(request.get_full_path())

    return wrapped
