"""Accounts and what they may do: the operations, and the operator's commands."""

import getpass
import io
import logging
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from mittkoping.accounts import operations
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality

GOOD = "en lång mening som ingen gissar"
CONTRIBUTOR = Membership.Role.CONTRIBUTOR
EDITOR = Membership.Role.EDITOR


class Terminal(io.StringIO):
    """A standard input with somebody at it."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def type_in(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let somebody answer the questions for a password."""
    typed: Iterator[str] = iter(answers)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))


def pipe_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let another program send a password."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def run(*arguments: str) -> str:
    """Run a command: what it says."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def refused(*arguments: str) -> str:
    """Run a command that refuses: its sentence."""
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    return str(refusal.value)


def test_joining_another_municipality_ends_the_first_membership(ada: User, granneby: Municipality) -> None:
    first = ada.membership
    assert first is not None

    second = operations.join(ada, granneby, EDITOR)

    first.refresh_from_db()
    assert first.ended_at == second.started_at
    assert (ada.membership, ada.municipality, ada.edits) == (second, granneby, True)
    assert ada.memberships.filter(ended_at=None).get() == second


def test_joining_as_what_one_is_already_changes_nothing(ada: User, mittkoping_: Municipality) -> None:
    assert operations.join(ada, mittkoping_, CONTRIBUTOR) == ada.membership
    assert ada.memberships.count() == 1


def test_a_contributor_becomes_an_editor_and_it_is_logged(
    ada: User, mittkoping_: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    could_edit = ada.edits

    with caplog.at_level(logging.INFO, logger="mittkoping.accounts.operations"):
        operations.join(ada, mittkoping_, EDITOR)

    assert (could_edit, ada.edits, User.objects.get(pk=ada.pk).edits) == (False, True, True)
    assert caplog.messages == [f"account {ada.pk} is editor of municipality 9901"]


def test_an_address_has_one_account_however_it_is_written(ada: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        operations.add(" ADA@Mittkoping.Example", name="Ada", password=GOOD)
    assert refusal.value.messages == ["Det finns redan ett konto med adressen ada@mittkoping.example."]


def test_make_moderator_gives_the_rights_and_is_logged(ada: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="mittkoping.accounts.operations"):
        said = run("make_moderator", "Ada@mittkoping.example ")

    assert said == "Ada Lind (ada@mittkoping.example) är moderator."
    assert User.objects.get(pk=ada.pk).is_appointed
    assert caplog.messages == [f"account {ada.pk} is a moderator"]
    assert run("make_moderator", "ada@mittkoping.example") == said


def test_make_moderator_says_when_there_is_nobody_to_make(ada: User) -> None:
    assert refused("make_moderator", "x@y.example") == (
        "Det finns inget konto med adressen x@y.example. Lägg till det med add_user först."
    )
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert refused("make_moderator", ada.email) == "Kontot ada@mittkoping.example är avstängt."
    assert not User.objects.filter(is_moderator=True).exists()


def test_add_user_asks_for_a_password(mittkoping_: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, GOOD, GOOD)

    said = run("add_user", "Kim@Mittkoping.example", "--name", " Kim  Ny ", "--municipality", "mittköping")

    assert said == "Kim Ny (kim@mittkoping.example) har ett konto."
    user = User.objects.get()
    assert (user.email, user.name, user.is_demo) == ("kim@mittkoping.example", "Kim Ny", False)
    assert user.check_password(GOOD)
    assert user.membership is not None
    assert (user.municipality, user.membership.role) == (mittkoping_, "contributor")


def test_add_user_takes_a_password_and_a_role_from_another_program(
    mittkoping_: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe_in(monkeypatch, f" {GOOD} \r\nmer")

    run("add_user", "kim@x.example", "--name=Kim", "--municipality=9901", "--role=editor", "--password-stdin")

    user = User.objects.get()
    assert user.check_password(f" {GOOD} ")
    assert user.edits


@pytest.mark.django_db
def test_an_account_needs_no_municipality(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, GOOD)

    run("add_user", "kim@x.example", "--name=Kim", "--password-stdin")

    assert User.objects.get().membership is None


@pytest.mark.parametrize(
    ("email", "name", "password", "complaint"),
    [
        ("kim", "Kim", GOOD, "E-postadressen: Fyll i en giltig e-postadress."),
        ("kim@x.example", "\u200b ", GOOD, "Namnet: Detta fält får inte vara tomt."),
        (
            "ada@mittkoping.example",
            "Kim",
            GOOD,
            "Det finns redan ett konto med adressen ada@mittkoping.example.",
        ),
        (
            "kim@x.example",
            "Kim",
            "kort",
            "Det här lösenordet är för kort. Det måste innehålla minst 12 tecken.",
        ),
        ("kimkimkimkim@x.example", "Kim", "kimkimkimkim", "Ditt lösenord är alltför likt e-postadress."),
    ],
)
def test_a_bad_account_is_refused_with_a_sentence(
    ada: User, monkeypatch: pytest.MonkeyPatch, email: str, name: str, password: str, complaint: str
) -> None:
    pipe_in(monkeypatch, password)

    said = refused("add_user", email, "--name", name, "--password-stdin")

    assert said.splitlines()[0] == complaint
    assert User.objects.count() == 1


def test_a_place_that_makes_no_sense_is_refused(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, GOOD)
    common = ("add_user", "kim@x.example", "--name=Kim", "--password-stdin")

    assert refused(*common, "--municipality=Ankeborg") == (
        "Kommunen ”Ankeborg” finns inte. Skriv namnet utan ordet kommun, eller koden."
    )
    assert refused(*common, "--role=editor") == "En roll hör till en kommun. Ange --municipality också."
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_passwords_that_differ_or_cannot_be_asked_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, GOOD, "något annat")
    assert refused("add_user", "kim@x.example", "--name=Kim") == "Lösenorden är inte lika. Försök igen."
    pipe_in(monkeypatch, GOOD)
    assert refused("add_user", "kim@x.example", "--name=Kim") == (
        "Här går det inte att fråga efter lösenordet. Använd --password-stdin."
    )
    assert not User.objects.exists()
