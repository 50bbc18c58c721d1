"""Notifications on screen: when they count as seen, and what one chooses."""

from typing import Any

import pytest
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.wiki.telling import change, say
from wiki.models import Notification, NotificationSettings, Page
from wiki.operations import watching
from wiki.views.bell import Bell, bell

Kind = Notification.Kind


def newest(user: User) -> Notification:
    """What somebody was told last."""
    return Notification.objects.with_everything().filter(user=user).latest("pk")


def test_the_list_is_paged_and_costs_the_same(
    page: Page, ada: User, bo: User, django_assert_max_num_queries: Any
) -> None:
    watching.watch(page, by=ada)
    edit = change(page, by=bo)
    rows = [
        Notification(user=ada, kind=Kind.EDIT, about=f"page-{page.pk}", page=page, edit=edit, actor=bo)
        for _number in range(200)
    ]
    Notification.objects.bulk_create(rows)
    client = signed_in(ada)
    with django_assert_max_num_queries(9):
        first = client.get("/konto/aviseringar/")
    assert first.text.count('class="notification ') == 30
    assert "Sida 1 av 7" in first.text
    assert client.get("/konto/aviseringar/?sida=7").text.count('class="notification ') == 21


def test_reading_one_marks_it_and_leads_there(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    client = signed_in(ada)
    row = newest(ada)
    assert client.get(f"/konto/aviseringar/{row.pk}/").status_code == 405
    assert client.get("/konto/aviseringar/").text.count(f'action="/konto/aviseringar/{row.pk}/"') == 1
    answer_ = client.post(f"/konto/aviseringar/{row.pk}/")
    assert (answer_.status_code, answer_["Location"]) == (302, "/sidor/skolan/jamfor/1/2/")
    assert newest(ada).is_seen
    assert 'href="/sidor/skolan/jamfor/1/2/"' in client.get("/konto/aviseringar/").text


def test_somebody_elses_is_not_there(page: Page, ada: User, bo: User, eva: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    row = newest(ada)
    assert signed_in(bo).post(f"/konto/aviseringar/{row.pk}/").status_code == 404
    assert not newest(ada).is_seen


def test_reading_changes_nothing(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    client = signed_in(ada)
    for path in ("/sidor/skolan/", "/konto/aviseringar/", "/konto/bevakningar/", "/sidor/skolan/jamfor/1/2/"):
        assert client.get(path).status_code == 200
    assert not newest(ada).is_seen


def test_all_are_marked_at_once(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    change(page, by=bo)
    client = signed_in(ada)
    assert "Markera alla som lästa" in client.get("/konto/aviseringar/").text
    client.post("/konto/aviseringar/")
    assert not Notification.objects.filter(user=ada).unseen().exists()
    assert "Markera alla som lästa" not in client.get("/konto/aviseringar/").text


def test_visiting_the_page_marks_what_was_told_of_it(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    comment = say(page, by=bo)
    client = signed_in(ada)
    word = {"om": f"page-{page.pk}"}
    assert (
        client.post("/konto/aviseringar/sedda/", word, headers={"X-Requested-With": "fetch"}).status_code
        == 204
    )
    assert [row.kind for row in Notification.objects.filter(user=ada).unseen()] == ["reply"]
    answer_ = client.post("/konto/aviseringar/sedda/", {"om": f"topic-{comment.topic_id}"})
    assert (answer_.status_code, answer_["Location"]) == (302, comment.topic.get_absolute_url())
    assert not Notification.objects.filter(user=ada).unseen().exists()


@pytest.mark.parametrize(
    "word", ["", "x", "page-", "page-x", "page-0", f"page-{10**30}", "page-１", "user-1", "page-1-1", "-1"]
)
def test_what_is_no_place_cannot_be_visited(ada: User, word: str) -> None:
    assert signed_in(ada).post("/konto/aviseringar/sedda/", {"om": word}).status_code == 404


def test_the_bell_counts_with_one_query(
    page: Page, ada: User, bo: User, django_assert_num_queries: Any
) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    say(page, by=bo)
    with django_assert_num_queries(1):
        unseen = Bell(ada)
        assert (unseen.count, unseen.text) == (2, "2")
        assert f"page-{page.pk}" in unseen.about
    Notification.objects.bulk_create(
        [Notification(user=ada, kind=Kind.EDIT, about="page-0") for _number in range(150)]
    )
    assert Bell(ada).text == "99+"


def test_the_bell_of_a_reader_asks_nothing(
    db: None, rf: RequestFactory, client: Client, django_assert_num_queries: Any
) -> None:
    request = client.get("/konto/login/").wsgi_request
    with django_assert_num_queries(0):
        assert (bell(request)["bell"].count, bell(request)["bell"].about) == (0, frozenset())
    assert bell(rf.get("/")) == {}


def test_a_page_knows_that_it_is_news(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    client = signed_in(ada)
    request = client.get("/sidor/skolan/").wsgi_request
    template = Template("{% load watching %}{% unseen page as word %}{{ word }}")

    def word() -> str:
        return template.render(RequestContext(request, {"page": page, "bell": Bell(ada)}))

    assert word() == ""
    change(page, by=bo)
    assert word() == f"page-{page.pk}"


def test_settings_are_kept(ada: User) -> None:
    client = signed_in(ada)
    shown = client.get("/konto/aviseringar/installningar/").text
    assert shown.count("checked") == 1 + len(Notification.Kind) + 1
    sent = {"mail": "daily", "kinds": ["decision", "mention"]}
    assert client.post("/konto/aviseringar/installningar/", sent).status_code == 302
    kept = NotificationSettings.objects.get(user=ada)
    assert (kept.mail, kept.watches_own) == ("daily", False)
    assert kept.muted == ["claim", "edit", "factor", "membership", "reply"]
    assert client.get("/konto/aviseringar/installningar/").text.count("checked") == 3


@pytest.mark.parametrize("sent", [{}, {"mail": "often"}, {"mail": "now", "kinds": ["x"]}])
def test_settings_that_make_no_sense_are_told_of(ada: User, sent: dict[str, Any]) -> None:
    answer_ = signed_in(ada).post("/konto/aviseringar/installningar/", sent)
    assert answer_.status_code == 200
    assert "Rätta det här" in answer_.text
    assert not NotificationSettings.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["/konto/aviseringar/", "/konto/bevakningar/", "/konto/aviseringar/installningar/"],
)
def test_a_reader_is_asked_to_sign_in(client: Client, db: None, path: str) -> None:
    assert client.get(path)["Location"] == f"/konto/login/?next={path}"
