"""What moderators hide in a discussion is in no answer to anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import signed_in
from wiki import operations, rules
from wiki.models import Comment, Edit, Page, Topic

ADDRESS = "/sidor/skolan/diskussion/"
CANARY = "kanariefågel"
REASON = "Handlar om en elev."
AssertQueries = Callable[..., Any]


@pytest.fixture
def topic(page: Page, ada: User) -> Topic:
    """A topic that ada has started, with an answer of hers that shall be hidden."""
    topic = operations.start_topic(page, "Stämmer siffran?", "Tolv.", by=ada).topic
    operations.reply(topic, f"Säger **{CANARY}**.", by=ada)
    return topic


@pytest.fixture
def comment(topic: Topic) -> Comment:
    """The answer."""
    return topic.comments.get(body__contains=CANARY)


def everything(comment: Comment, client: Client) -> str:
    """Every answer that could tell what the comment says."""
    topic = comment.topic.get_absolute_url()
    addresses = [ADDRESS, topic, f"{topic}?citera={comment.pk}", f"{comment.get_absolute_url()}"]
    more = ["redigera/", "dolj/"]
    addresses += [f"{comment.get_absolute_url()}{ending}" for ending in more]
    addresses += ["/sidor/skolan/", "/andringar/", f"/sok/?q={CANARY}", "/sidor/skolan/historik/"]
    texts = [client.get(address, follow=True).text for address in addresses]
    posts = [client.post(f"{comment.get_absolute_url()}{ending}", {"comment": " "}).text for ending in more]
    return "".join(
        text.replace(f"?q={CANARY}", "").replace(f'value="{CANARY}"', "") for text in texts + posts
    )


def test_hidden_words_are_in_no_answer_to_others(
    comment: Comment, ada: User, eva: User, rut: User, client: Client
) -> None:
    readers = (client, signed_in(ada), signed_in(eva))
    for reader in readers:
        assert f"Säger <strong>{CANARY}</strong>" in everything(comment, reader)
    answer = signed_in(rut).post(
        f"{ADDRESS}inlagg/{comment.pk}/dolj/", {"do": "hide", "reason": REASON}, follow=True
    )
    assert "Inlägget är dolt. Bara moderatorer ser texten." in answer.text
    for reader in readers:
        # The word that was searched for stands in the search's own answer.
        said = everything(comment, reader)
        assert f"<strong>{CANARY}" not in said
        assert f"Säger **{CANARY}" not in said
        assert f"En moderator har dolt inlägget. Skäl: {REASON}" in said
        assert CANARY not in reader.get(comment.topic.get_absolute_url()).text
    moderator = signed_in(rut).get(comment.topic.get_absolute_url()).text
    assert f"Säger <strong>{CANARY}</strong>" in moderator
    assert "Rut Alm har dolt inlägget." in moderator


def test_hidden_words_are_quoted_by_nobody(comment: Comment, bo: User, rut: User) -> None:
    address = f"{comment.topic.get_absolute_url()}?citera={comment.pk}"
    assert CANARY in signed_in(bo).get(address).text
    operations.hide_comment(comment, reason=REASON, by=rut)
    for person in (bo, rut):
        assert signed_in(person).get(address).status_code == 404


def test_the_author_cannot_change_hidden_words(comment: Comment, ada: User, rut: User) -> None:
    operations.hide_comment(comment, reason=REASON, by=rut)
    answer = signed_in(ada).post(f"{ADDRESS}inlagg/{comment.pk}/redigera/", {"comment": "Annat."})
    assert (answer.status_code, "Annat." in answer.text) == (403, True)
    assert CANARY in Comment.objects.get(pk=comment.pk).body


def test_the_first_comment_takes_the_title_with_it(
    topic: Topic, ada: User, rut: User, client: Client
) -> None:
    first = topic.comments.order_by("pk")[0]
    readers = (client, signed_in(ada))
    operations.hide_comment(first, reason=REASON, by=rut)
    for reader in readers:
        for address in (ADDRESS, topic.get_absolute_url()):
            said = reader.get(address).text
            assert "Stämmer siffran" not in said
            assert "Ämne med dold rubrik" in said
        assert CANARY in reader.get(topic.get_absolute_url()).text
    for address in (ADDRESS, topic.get_absolute_url()):
        assert "Stämmer siffran?" in signed_in(rut).get(address).text
    operations.show_comment(first, reason="Ett misstag.", by=rut)
    assert "Stämmer siffran?" in client.get(ADDRESS).text


def test_hiding_asks_for_a_reason(comment: Comment, rut: User) -> None:
    answer = signed_in(rut).post(f"{ADDRESS}inlagg/{comment.pk}/dolj/", {"do": "hide", "reason": " \u200b"})
    assert (answer.status_code, "Skriv ett skäl." in answer.text) == (200, True)
    assert not Comment.objects.get(pk=comment.pk).is_hidden


def test_hiding_twice_hides_once_and_all_is_logged(comment: Comment, rut: User) -> None:
    client, address = signed_in(rut), f"{ADDRESS}inlagg/{comment.pk}/dolj/"
    for do, reason in (("hide", REASON), ("hide", "Annat."), ("show", "Ett misstag."), ("show", "Igen.")):
        assert client.post(address, {"do": do, "reason": reason}).status_code == 302
    assert not Comment.objects.get(pk=comment.pk).is_hidden
    logged = LogEntry.objects.about(comment).order_by("pk")
    assert [(entry.act, entry.actor, entry.reason, entry.facts) for entry in logged] == [
        (LogEntry.Act.HIDE_COMMENT, rut, REASON, {}),
        (LogEntry.Act.SHOW_COMMENT, rut, "Ett misstag.", {}),
    ]
    assert CANARY not in "".join(str(entry.target) for entry in logged)


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_only_moderators_hide(comment: Comment, who: str, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(who)
    assert not rules.may_hide_comment(person, comment)
    for answer in (
        signed_in(person).get(f"{ADDRESS}inlagg/{comment.pk}/dolj/"),
        signed_in(person).post(f"{ADDRESS}inlagg/{comment.pk}/dolj/", {"do": "hide", "reason": "Nej."}),
    ):
        assert answer.status_code == 403
        assert "Bara moderatorer döljer och visar inlägg." in answer.text
    with pytest.raises(PermissionDenied):
        operations.show_comment(comment, reason="Nej.", by=person)
    assert not LogEntry.objects.exists()


def test_a_moderator_without_a_second_factor_hides_nothing(comment: Comment, rut: User) -> None:
    operations.hide_comment(comment, reason=REASON, by=rut)
    rut.authenticator_set.all().delete()
    answer = signed_in(rut).get(comment.topic.get_absolute_url())
    assert answer.status_code == 200
    assert CANARY not in answer.text


def test_a_hidden_comment_keeps_its_place_and_address(comment: Comment, rut: User, client: Client) -> None:
    operations.hide_comment(comment, reason=REASON, by=rut)
    answer = client.get(comment.get_absolute_url(), follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"#k-{comment.pk}")
    assert f'<li id="k-{comment.pk}">' in answer.text
    assert "inlagg-" in answer.text  # the other comment's text


@pytest.fixture
def thousand(topic: Topic, eva: User, bo: User) -> Topic:
    """A topic with a thousand comments more, each of which mentions somebody."""
    made = Comment.objects.bulk_create(
        Comment(topic=topic, author=eva, municipality=eva.municipality, body=f"{n}", html=f"<p>nr {n}</p>")
        for n in range(1000)
    )
    through = Comment.mentions.through
    through.objects.bulk_create(through(comment=comment, user=bo) for comment in made)
    Topic.objects.filter(pk=topic.pk).update(comment_count=1002)
    return topic


@pytest.mark.parametrize("who", ["", "ada", "rut"])
def test_a_thousand_comments_are_paged_with_few_queries(
    thousand: Topic, who: str, request: pytest.FixtureRequest, django_assert_max_num_queries: AssertQueries
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    last = thousand.comments.get(body="999")
    with django_assert_max_num_queries(10):
        answer = client.get(thousand.get_absolute_url(), {"sida": "21"})
    assert [comment.body for comment, _may_edit in answer.context["rows"]] == ["998", "999"]
    with django_assert_max_num_queries(10):
        whole = client.get(thousand.get_absolute_url())
    assert len(whole.context["rows"]) == 50
    assert whole.text.count("Bo Ek") == 48
    found = client.get(last.get_absolute_url())
    assert found["Location"] == f"{thousand.get_absolute_url()}?sida=21#k-{last.pk}"


def test_a_thousand_topics_are_paged_with_few_queries(
    page: Page, ada: User, django_assert_max_num_queries: AssertQueries
) -> None:
    Topic.objects.bulk_create(Topic(page=page, author=ada, title=f"Ämne {n}") for n in range(1000))
    client = signed_in(ada)
    with django_assert_max_num_queries(10):
        answer = client.get(ADDRESS, {"sida": "20"})
    assert [topic.title for topic in answer.context["topics"]][-1] == "Ämne 0"
    assert "1 000 ämnen är öppna." in answer.text.replace("\xa0", " ")


def test_comments_are_drawn_again_after_an_upgrade(
    comment: Comment, capsys: pytest.CaptureFixture[str]
) -> None:
    Comment.objects.filter(pk=comment.pk).update(html="gammalt", renderer="0")
    Comment.objects.exclude(pk=comment.pk).update(html="orört")
    call_command("render_pages")
    assert capsys.readouterr().out == "0 sidor ritades om.\n1 inlägg ritades om.\n"
    drawn = Comment.objects.get(pk=comment.pk)
    assert drawn.html == f"<p>Säger <strong>{CANARY}</strong>.</p>"
    assert Comment.objects.exclude(pk=comment.pk).get().html == "orört"
    call_command("render_pages")
    assert capsys.readouterr().out == "0 sidor ritades om.\n"


def test_talking_makes_no_version(comment: Comment, page: Page) -> None:
    assert Edit.objects.filter(page=page).count() == 1
