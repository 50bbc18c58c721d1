"""Loads what is missing of the demo."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mittkoping.municipalities.loading import load_fictional
from wiki.demo_loading.accounts import missing_accounts
from wiki.demo_loading.attachments import Files
from wiki.demo_loading.catalogue import proposing
from wiki.demo_loading.experiences import answering
from wiki.demo_loading.files import DemoRefused, as_time, read_yaml
from wiki.demo_loading.moderation import Moderation
from wiki.demo_loading.pages import Versions
from wiki.demo_loading.proposals import Proposed
from wiki.demo_loading.steps import Step, take
from wiki.demo_loading.talk import Talk, watching
from wiki.models import Notification, NotificationSettings, Page
from wiki.operations.links import draw_all_stale

DEMO = Path(__file__).parent.parent / "demo"
NEWS = "2026-11-16T00:00"  # people have seen what happened before


@dataclass(frozen=True)
class Loaded:
    """What was added; nothing when it was all there."""

    accounts: int
    pages: int
    versions: int


@transaction.atomic  # all or nothing: a demo that stopped half-way would count as loaded
def load(*, editors: int = 0) -> Loaded:
    """Load what is missing of the demo; may be repeated. All but accounts goes to a wiki without pages only.

    editors   how many accounts for load tests there shall be

    Raises DemoRefused.
    """
    if not settings.DEMO:
        raise DemoRefused(_("Demokontonas lösenord är kända, så de läggs bara in när DEMO=1 är satt."))
    load_fictional()
    accounts = missing_accounts(editors)
    steps = [account.step for account in accounts]
    if Page.objects.exists():
        take(steps)
        versions = pages = 0
    else:
        files = Files(DEMO / "files")
        told = Versions(DEMO / "pages", files)
        take([*steps, *files.steps(), *told.steps(), *_people_at_it()])
        draw_all_stale()
        Notification.objects.filter(created_at__lt=as_time(NEWS)).update(seen_at=F("created_at"))
        versions, pages = len(told.versions), Page.objects.count()
    # From now on they are told by mail, as everybody is.
    emails = [account.email for account in accounts]
    NotificationSettings.objects.filter(user__email__in=emails).delete()
    return Loaded(len(accounts), pages, versions)


def _people_at_it() -> Iterator[Step]:
    yield from chain.from_iterable(Proposed(entry).steps() for entry in read_yaml(DEMO / "proposals.yaml"))
    yield from map(proposing, read_yaml(DEMO / "factor_proposals.yaml"))
    yield from Moderation(read_yaml(DEMO / "moderation.yaml")).steps()
    yield from chain.from_iterable(Talk(entry).steps() for entry in read_yaml(DEMO / "discussions.yaml"))
    yield from map(watching, read_yaml(DEMO / "watches.yaml"))
    yield from map(answering, read_yaml(DEMO / "experiences.yaml"))
