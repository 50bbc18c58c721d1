"""Make tables, accounts and the pages to write on: `python -m bench.concurrent.preparing EDITORS SLUG …`.

The environment says where, as for every command of the site. The pages come before the demo's accounts, so
that the demo's own pages stay away.
"""

import sys

import django
from django.core.management import call_command

from bench.concurrent.texts import first_text

django.setup()

from mittkoping.accounts.models import Membership, User  # noqa: E402 - only now there are settings
from mittkoping.accounts.operations import add, join  # noqa: E402 - as above
from mittkoping.municipalities.loading import load_fictional  # noqa: E402 - as above
from mittkoping.municipalities.models import Municipality  # noqa: E402 - as above
from wiki import operations  # noqa: E402 - as above
from wiki.content import Content  # noqa: E402 - as above


def author() -> User:
    """Who has written the pages as they are at first."""
    user = add("matare@mittkoping.example", name="Mätaren", password="mittkoping-demo", is_demo=True)  # noqa: S106 - known to all
    join(user, Municipality.objects.get(name="Mittköping"), Membership.Role.EDITOR, by=None)
    return user


def main(editors: int, slugs: list[str]) -> None:
    """Make all of it."""
    call_command("migrate", verbosity=0)
    load_fictional()
    by = author()
    for slug in slugs:
        content = Content(title=slug.capitalize(), body=first_text(editors))
        operations.create(content, by=by, slug=slug, summary="försök e0n0")
    call_command("load_demo", editors=editors, quiet=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
