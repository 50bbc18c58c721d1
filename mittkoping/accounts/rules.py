"""Who may change what of an account."""

from mittkoping.accounts.models import Someone, User


def may_change_profile(user: Someone, person: User) -> bool:
    """Everybody changes their own, unless they are blocked."""
    return user.is_authenticated and user.pk == person.pk and not user.is_blocked
