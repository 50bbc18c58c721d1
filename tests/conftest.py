"""People and pages that the whole suite knows: ada contributes, eva and bo edit, rut moderates."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

import factors.loading
from factors.models import Factor
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import County, Group, Municipality
from mittkoping.text.slugs import slugify
from mittkoping.text.swedish import sort_key
from tests.addresses import Ways, routes
from tests.wiki.files.made import picture
from wiki import operations
from wiki.content import Content, Tag
from wiki.models import Draft, Edit, Experience, Notification, Page, Proposal, ReviewItem
from wiki.notices.unsubscribing import DIGEST, token
from wiki.operations import limits
from wiki.operations.factor_proposals import propose_factor
from wiki.passages import choose
from wiki.transfer import templates as page_templates

PASSWORD = "ett-langt-losenord"
REAL_LIMITS = {"SAVES": limits.SAVES, "SAVES_WHEN_NEW": limits.SAVES_WHEN_NEW}
MakePage = Callable[..., Page]


@pytest.fixture(autouse=True)
def fast_passwords(settings: Any) -> None:
    """Hashing passwords well takes most of the time of a test that signs somebody in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def room_to_save(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests save more in a minute than people do."""
    for name in REAL_LIMITS:
        monkeypatch.setattr(limits, name, ((limits.MINUTE, 10_000),))


@pytest.fixture
def real_limits(room_to_save: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """On saves, as people meet them."""
    for name, limit in REAL_LIMITS.items():
        monkeypatch.setattr(limits, name, limit)


@pytest.fixture
def mittkoping_(db: None) -> Municipality:
    """The municipality of ada and eva."""
    return _municipality("9901", "Mittköping")


@pytest.fixture
def granneby(db: None) -> Municipality:
    """The municipality of bo."""
    return _municipality("9902", "Granneby")


def _municipality(code: str, name: str) -> Municipality:
    group, _ = Group.objects.get_or_create(code="B3", defaults={"name": "Pendlingskommun nära större stad"})
    return Municipality.objects.create(
        code=code, name=name, slug=slugify(name), sort_key=sort_key(name), group=group, is_fictional=True
    )


@pytest.fixture
def malmo(db: None) -> Municipality:
    """A real municipality."""
    county = County.objects.create(code="12", name="Skåne län")
    group = Group.objects.create(code="A1", name="Storstäder")
    return Municipality.objects.create(
        code="1280", name="Malmö", slug="malmo", sort_key=sort_key("Malmö"), group=group, county=county
    )


@pytest.fixture
def catalogue(db: None) -> dict[str, Factor]:
    """The whole factor catalogue, by slug."""
    factors.loading.load()
    return {factor.slug: factor for factor in Factor.objects.all()}


@pytest.fixture
def factor(catalogue: dict[str, Factor]) -> Factor:
    """A factor that is in use."""
    return catalogue["gemensam-malbild"]


@pytest.fixture
def trust(catalogue: dict[str, Factor]) -> Factor:
    """Another."""
    return catalogue["tillit"]


@pytest.fixture
def ada(mittkoping_: Municipality) -> User:
    """A contributor."""
    return _member("ada@mittkoping.example", "Ada Lind", mittkoping_, Membership.Role.CONTRIBUTOR)


@pytest.fixture
def eva(mittkoping_: Municipality) -> User:
    """An editor."""
    return _member("eva@mittkoping.example", "Eva Berg", mittkoping_, Membership.Role.EDITOR)


@pytest.fixture
def bo(granneby: Municipality) -> User:
    """An editor elsewhere."""
    return _member("bo@granneby.example", "Bo Ek", granneby, Membership.Role.EDITOR)


@pytest.fixture
def rut(db: None) -> User:
    """A moderator, with the second factor that this asks for."""
    return make_moderator("rut@skl.example", "Rut Alm")


def make_moderator(email: str, name: str) -> User:
    """A moderator, with the second factor that this asks for."""
    user = User.objects.create_user(email, PASSWORD, name=name, is_moderator=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def _member(email: str, name: str, municipality: Municipality, role: Membership.Role) -> User:
    user = User.objects.create_user(email, PASSWORD, name=name)
    Membership.objects.create(user=user, municipality=municipality, role=role)
    return user


@pytest.fixture
def make_page(eva: User) -> MakePage:
    """Publish a page by eva: make_page(title="Skolan", body="…")."""

    def make(title: str = "Skolan", *, by: User = eva, summary: str = "", **fields: Any) -> Page:
        return published(operations.create(Content(title=title, **fields), by=by, summary=summary)).page

    return make


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page with one version."""
    return make_page(
        "Skolan", lead="Om skolan.", body="Första stycket.\n\nAndra stycket.\n", summary="Börjar"
    )


@pytest.fixture
def site(
    make_page: MakePage, eva: User, bo: User, rut: User, malmo: Municipality, catalogue: dict[str, Factor]
) -> dict[str, str]:
    """An address of every route: of a page with versions, tags, an answer, a link, a proposal, a topic."""
    page = make_page(
        municipalities=("1280",), body="## Mål\n\nSe [[Skolan]].", tags=(tag(municipality="1280"),)
    )
    proposals = [
        operations.propose(page, Content(title="Skolan", body=f"Av {by}."), base=1, by=by)
        for by in (eva, rut)
    ]
    content = operations.upload(BytesIO(picture()), "karta.png", by=eva)
    body = f"## Slut\n\nSe [[Målet]].\n\n![Vägen till målet]({content.url})"
    operations.edit(page, Content(title="Skolan", body=body), base=1, by=eva)
    answer = _answer(page, to=eva, by=bo)
    page_templates.load()
    factor = catalogue["gemensam-malbild"]
    about = propose_factor(factor, replace(factor.content, definition="En annan."), base=1, by=eva)
    comment = operations.start_topic(page, "En fråga", "Hur går det?", by=rut)
    ways: Ways = {
        "nothing": [{}],
        "page": [{"slug": "skolan"}],
        "version": [{"slug": "skolan", "number": 1}],
        "two versions": [{"slug": "skolan", "old": 1, "new": 2}],
        "topic": [{"slug": "skolan", "topic": comment.topic_id}],
        "comment": [{"slug": "skolan", "comment": comment.pk}],
        "proposal": [{"primary_key": proposals[0].pk}],
        "row of the queue": [{"item_id": ReviewItem.objects.earliest("pk").pk}],
        "draft": [{"number": _draft(page, rut).pk}],
        "account": [{"number": eva.pk}],
        "membership": [{"number": eva.memberships.get().pk}],
        "notification": [{"number": Notification.objects.earliest("pk").pk}],
        "link in a mail": [{"signed": token(eva, DIGEST)}],
        "tag": [{"slug": "skolan", "key": answer.key}],
        "answer": [{"slug": "skolan", "key": answer.key, "number": answer.pk}],
        "factor": [{"slug": "gemensam-malbild"}],
        "version of a factor": [{"slug": "gemensam-malbild", "number": 1}],
        "two versions of a factor": [{"slug": "gemensam-malbild", "old": 1, "new": 1}],
        "factor proposal": [{"primary_key": about.pk}],
        "page template": [{"slug": "erfarenhet"}],
        "file": [{"key": content.attachment.key}],
        "path of a file": [{"path": content.path}],
        "insight": [{"name": "matris"}],
        "municipality": [{"slug": "malmo"}],
        "export": [{"slug": "malmo", "number": 1}],
        "track": [{"track": "skola"}],
        "key of an address": [{"key": "okand"}],
        "key of a password": [{"uidb36": "1", "key": "okand-nyckel"}],
        "passkey": [{"pk": 1}],
        "provider": [{"provider_id": "oidc"}],
    }
    known = {route.name: route for route in routes()}
    found = {name: route.filled(ways[route.kind][0]) for name, route in known.items()}
    return found | {"wiki:proposal_edit": f"{proposals[1].get_absolute_url()}redigera/"}


def _answer(page: Page, *, to: User, by: User) -> Experience:
    """An answer to a tag on a word of the newest version."""
    page.refresh_from_db()
    made = tag("00000000-0000-4000-8000-000000000002", author=to.pk, passage=choose(page, page.number, 0, 4))
    operations.tag_passage(page, made, base=page.number, by=to)
    return operations.answer_passage(page.factor_tags.get(key=made.key), applies=True, line="Här med.", by=by)


def _draft(page: Page, by: User) -> Draft:
    fields = {"title": [page.title], "body": ["Inte skickat."], "base": ["1"]}
    typed = operations.Typed(page=page, proposal=None, fields=fields, title=page.title, base=1)
    return operations.save_draft(typed, sending=operations.Sending(), by=by).draft


@pytest.fixture
def as_eva(eva: User) -> Client:
    """A browser in which eva has signed in."""
    return signed_in(eva)


def signed_in(user: User) -> Client:
    """A browser in which the user has signed in."""
    client = Client()
    client.force_login(user, backend="mittkoping.accounts.backends.EmailBackend")
    return client


def published(result: Edit | Proposal) -> Edit:
    """What an operation has published; fails when it was put before the moderators instead."""
    assert isinstance(result, Edit)
    return result


def proposed(result: Edit | Proposal) -> Proposal:
    """What an operation has put before the moderators; fails when it was published."""
    assert isinstance(result, Proposal)
    return result


def tag(key: str = "00000000-0000-4000-8000-000000000001", **fields: Any) -> Tag:
    """A tag with sensible values."""
    return Tag(**({"key": key, "factor": "gemensam-malbild", "direction": "enabling"} | fields))


def form_of(page: Page, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the page's form, with changes."""
    return {"title": page.title, "body": page.body, "base": str(page.number), "summary": ""} | changes
