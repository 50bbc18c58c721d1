"""What every page asks of the one who has signed in comes with the user, in one query."""

from collections.abc import Callable
from typing import Any

from mittkoping.accounts.backends import EmailBackend
from mittkoping.accounts.models import Membership, User
from mittkoping.accounts.operations import join
from mittkoping.municipalities.models import Municipality

AssertQueries = Callable[..., Any]


def fetch(user: User) -> User:
    """The user as a request finds them in the session."""
    found = EmailBackend().get_user(user.pk)
    assert found is not None
    return found


def test_one_query_tells_place_and_rights(
    eva: User, rut: User, granneby: Municipality, django_assert_num_queries: AssertQueries
) -> None:
    join(eva, granneby, Membership.Role.CONTRIBUTOR)
    with django_assert_num_queries(2):
        people = [fetch(eva), fetch(rut)]
        told = [(user.municipality, user.edits, user.moderates) for user in people]
    assert told == [(granneby, False, False), (None, True, True)]


def test_nobody_is_nobody(db: None) -> None:
    assert EmailBackend().get_user(1) is None
