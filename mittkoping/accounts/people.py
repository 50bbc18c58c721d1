"""Who counts as somebody here."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from mittkoping.accounts.models import User


def known_people() -> QuerySet[User]:
    """Those whom others may meet: active, and with an address that they have confirmed.

    An account without any address on django-allauth's list was made by the operator, who knows whose it is.
    What somebody calls themselves at sign-up is shown to nobody before the address is confirmed.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(~Exists(addresses) | Exists(addresses.filter(verified=True)), is_active=True)
