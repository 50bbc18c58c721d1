"""What people do at the entrance, and the mails that they get."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.outbox.models import Mail
from tests.conftest import PASSWORD

GOOD = "en lång mening som ingen gissar"
KIM = "kim@mittkoping.example"
STEP = 30  # seconds that a code holds


def form(**changes: str) -> dict[str, str]:
    """What kim sends to make an account, with changes."""
    fields = {"email": KIM, "name": "Kim Ny", "municipality": "", "job_title": "Rektor", "terms": "on"}
    return fields | {"password1": GOOD, "password2": GOOD} | changes


def sign_up(client: Client, **changes: str) -> Any:
    """Send the form."""
    return client.post("/konto/registrera/", form(**changes))


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> Any:
    """Send the form for signing in."""
    return client.post("/konto/login/", {"login": email, "password": password, **fields})


def is_in(client: Client) -> bool:
    """Whether somebody has signed in there, as the next page sees it."""
    return client.get("/konto/sessioner/").status_code == 200


def mails(to: str) -> list[Mail]:
    """What has been put into the outbox for somebody, in order."""
    return list(Mail.objects.filter(to=to).order_by("pk"))


def link(mail: Mail) -> str:
    """The path of the first link in a mail."""
    address = re.search(r"https?://\S+", mail.body)
    assert address
    return urlsplit(address[0]).path


def code_for(user: User) -> str:
    """What the user's app shows now."""
    secret = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return code(secret)


def code(secret: str) -> str:
    """What an app with this secret shows; the next one where it is nearly over, as a person waits for it."""
    left = STEP - time.time() % STEP
    if left < 5:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP)))


def connect_app(client: Client) -> str:
    """Connect an app, and return its secret; the client has just signed in."""
    secret = re.search(r'<code class="secret-key">(\w+)</code>', client.get("/konto/tvasteg/app/").text)
    assert secret
    answer = client.post("/konto/tvasteg/app/", {"code": code(secret[1])})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/tvasteg/koder/")
    return secret[1]
