"""Watching pages, factors, municipalities and tracks."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.telling import change
from wiki import operations
from wiki.models import Edit, Notification, NotificationSettings, Page, Watch
from wiki.models.watch import Watchable, watched_by
from wiki.operations import watching
from wiki.operations.notifying import tell_of_edit

# The edit, the watchers, their settings, the notifications, the mails.
QUERIES = 5


def told(user: User) -> int:
    """How many notifications somebody has."""
    return Notification.objects.filter(user=user).count()


@pytest.fixture
def tagged(make_page: MakePage, catalogue: dict[str, Factor], mittkoping_: Municipality) -> Page:
    """A page about a factor, a municipality and a track."""
    return make_page("Skolan", municipalities=("9901",), tracks=("skola",), tags=(tag(),))


@pytest.mark.parametrize("what", ["page", "factor", "municipality", "track"])
def test_who_watches_is_told_of_an_edit(
    tagged: Page, catalogue: dict[str, Factor], mittkoping_: Municipality, ada: User, eva: User, what: str
) -> None:
    targets: dict[str, Watchable] = {
        "page": tagged,
        "factor": catalogue["gemensam-malbild"],
        "municipality": mittkoping_,
        "track": Page.Track.SCHOOL,
    }
    watching.watch(targets[what], by=ada)
    edit = change(tagged, by=eva)
    [notification] = Notification.objects.filter(user=ada)
    assert (notification.edit, notification.about) == (edit, f"page-{tagged.pk}")
    watching.unwatch(targets[what], by=ada)
    change(tagged, by=eva)
    assert told(ada) == 1


def test_who_watches_something_else_is_not_told(
    tagged: Page,
    catalogue: dict[str, Factor],
    granneby: Municipality,
    make_page: MakePage,
    ada: User,
    eva: User,
) -> None:
    others: list[Watchable] = [
        make_page("Annat"),
        next(factor for slug, factor in catalogue.items() if slug != "gemensam-malbild"),
        granneby,
        Page.Track.HEALTH,
    ]
    for other in others:
        watching.watch(other, by=ada)
    change(tagged, by=eva)
    assert told(ada) == 0


def test_a_watch_goes_along_when_a_factor_is_merged(
    tagged: Page, catalogue: dict[str, Factor], ada: User, bo: User, eva: User
) -> None:
    old, new = catalogue["gemensam-malbild"], next(f for s, f in catalogue.items() if s != "gemensam-malbild")
    watching.watch(old, by=ada)
    watching.watch(new, by=bo)
    Factor.objects.filter(pk=old.pk).update(merged_into=new)
    change(tagged, by=eva)
    assert (told(ada), told(bo)) == (1, 1)


def test_who_watches_in_four_ways_is_told_once(
    tagged: Page, catalogue: dict[str, Factor], mittkoping_: Municipality, ada: User, eva: User
) -> None:
    for target in (tagged, catalogue["gemensam-malbild"], mittkoping_, Page.Track.SCHOOL):
        watching.watch(target, by=ada)
    change(tagged, by=eva)
    assert told(ada) == 1


def test_who_did_it_is_not_told(page: Page, eva: User, bo: User) -> None:
    for user in (eva, bo):
        watching.watch(page, by=user)
    change(page, by=eva)
    assert (told(eva), told(bo)) == (0, 1)


def test_writers_watch_what_they_write(page: Page, bo: User) -> None:
    watching.watch_written(page, by=bo)
    watching.watch_written(page, by=bo)
    assert Watch.objects.active().filter(user=bo).count() == 1


def test_a_watch_that_was_ended_does_not_begin_by_writing(page: Page, bo: User) -> None:
    watching.watch_written(page, by=bo)
    watching.unwatch(page, by=bo)
    watching.watch_written(page, by=bo)
    assert not Watch.objects.active().filter(user=bo).exists()
    watching.watch(page, by=bo)
    assert Watch.objects.active().filter(user=bo).exists()


def test_who_does_not_want_to_watch_what_they_write_does_not(page: Page, bo: User) -> None:
    watching.set_mail(by=bo, mail=NotificationSettings.Mail.NOW, watches_own=False)
    watching.watch_written(page, by=bo)
    assert not Watch.objects.filter(user=bo).exists()


def test_telling_costs_the_same_however_many_watch(
    page: Page, eva: User, db: None, django_assert_num_queries: Any
) -> None:
    edit = change(page, by=eva)
    for count in (1, 40):
        Notification.objects.all().delete()
        users = [User(email=f"{count}-{n}@x.example", name=f"Nr {n}") for n in range(count)]
        Watch.objects.bulk_create([Watch(user=user, page=page) for user in User.objects.bulk_create(users)])
        with django_assert_num_queries(QUERIES):
            tell_of_edit(Edit.objects.select_related("page", "author").get(pk=edit.pk))
        assert Notification.objects.count() == Watch.objects.active().exclude(user=eva).count()


BUTTONS = [
    "/sidor/skolan/bevaka/",
    "/faktorer/gemensam-malbild/bevaka/",
    "/kommuner/mittkoping/bevaka/",
    "/konto/bevakningar/inriktning/skola/",
]
PLACES = ["/sidor/skolan/", "/faktorer/gemensam-malbild/", "/kommuner/mittkoping/", "/sidor/?spar=skola"]


@pytest.mark.parametrize(("place", "button"), [*zip(PLACES, BUTTONS, strict=True)])
def test_the_button_watches_and_stops(tagged: Page, ada: User, place: str, button: str) -> None:
    client = signed_in(ada)
    assert f'action="{button}"' in client.get(place).text
    assert 'value="watch"' in client.get(place).text
    answer = client.post(button, {"do": "watch"})
    assert (answer.status_code, answer["Location"]) == (302, place)
    shown = client.get(place).text
    assert "Sluta bevaka" in shown
    assert Watch.objects.active().filter(user=ada).count() == 1
    client.post(button, {"do": "unwatch"})
    assert "Sluta bevaka" not in client.get(place).text
    assert not Watch.objects.active().filter(user=ada).exists()


def test_a_view_may_know_the_answer_already(
    page: Page, ada: User, bo: User, django_assert_num_queries: Any
) -> None:
    watching.watch(page, by=ada)
    template = Template("{% load watching %}{% watch_state page edit.is_watched as w %}{{ w.is_watched }}")
    for user, answer in ((ada, "True"), (bo, "False"), (AnonymousUser(), "")):
        edit = page.edits.annotate(is_watched=watched_by(user)).get()
        with django_assert_num_queries(0):
            shown = template.render(Context({"page": page, "edit": edit, "user": user}))
        assert shown == answer


@pytest.mark.parametrize("place", PLACES)
def test_a_reader_sees_no_button_and_gets_no_token(tagged: Page, client: Client, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 200
    assert "bevaka/" not in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    assert not answer.cookies


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_is_pressed_with_post_and_signed_in(
    tagged: Page, ada: User, client: Client, button: str
) -> None:
    assert signed_in(ada).get(button).status_code == 405
    assert client.post(button, {"do": "watch"}).status_code == 403
    assert not Watch.objects.filter(user=ada).exists()


@pytest.mark.parametrize(
    "button",
    [
        "/sidor/finns-inte/bevaka/",
        "/faktorer/finns-inte/bevaka/",
        "/kommuner/x/bevaka/",
        "/konto/bevakningar/inriktning/x/",
    ],
)
def test_what_is_not_there_cannot_be_watched(tagged: Page, ada: User, button: str) -> None:
    assert signed_in(ada).post(button, {"do": "watch"}).status_code == 404


def test_an_archived_page_cannot_be_watched_and_is_not_listed(page: Page, ada: User, rut: User) -> None:
    watching.watch(page, by=ada)
    assert "Skolan" in signed_in(ada).get("/konto/bevakningar/").text
    operations.archive(page, reason="Dubblett", by=rut)
    assert "Skolan" not in signed_in(ada).get("/konto/bevakningar/").text
    assert signed_in(ada).post("/sidor/skolan/bevaka/", {"do": "watch"}).status_code == 404


def test_the_list_shows_what_one_watches_and_ends_it(
    tagged: Page, catalogue: dict[str, Factor], mittkoping_: Municipality, ada: User, bo: User
) -> None:
    for target in (tagged, catalogue["gemensam-malbild"], mittkoping_, Page.Track.SCHOOL):
        watching.watch(target, by=ada)
    client = signed_in(ada)
    shown = client.get("/konto/bevakningar/").text
    for href in (
        "/sidor/skolan/",
        "/faktorer/gemensam-malbild/",
        "/kommuner/mittkoping/",
        "/sidor/?spar=skola",
    ):
        assert f'<a href="{href}">' in shown
    watch = Watch.objects.get(page=tagged, user=ada)
    assert signed_in(bo).post("/konto/bevakningar/", {"bevakning": watch.pk}).status_code == 404
    assert client.post("/konto/bevakningar/", {"bevakning": watch.pk}).status_code == 302
    assert '<a href="/sidor/skolan/">' not in client.get("/konto/bevakningar/").text
    assert Watch.objects.active().filter(user=ada).count() == 3


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "99999999999999999999999", "１"])
def test_a_watch_that_is_none_cannot_be_ended(ada: User, key: str) -> None:
    assert signed_in(ada).post("/konto/bevakningar/", {"bevakning": key}).status_code == 404
