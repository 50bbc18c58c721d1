"""Who may do what in a discussion, and who is called by name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from wiki import operations, rules
from wiki.models import Comment, Page, Topic
from wiki.operations.discussing import names_called

ADDRESS = "/sidor/skolan/diskussion/"
QUESTION = {"title": "Stämmer siffran?", "comment": "Jag får den till **tolv**."}


@pytest.fixture
def first(page: Page, ada: User) -> Comment:
    """What ada has said first, in a topic of her own."""
    return operations.start_topic(page, QUESTION["title"], QUESTION["comment"], by=ada)


def make_late(comment: Comment, **since: int) -> None:
    """The comment was written so long ago."""
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(**since))


def test_an_archived_page_is_talked_about_by_nobody(
    first: Comment, page: Page, ada: User, rut: User, client: Client
) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    addresses = (ADDRESS, first.topic.get_absolute_url(), first.get_absolute_url())
    for reader in (client, signed_in(ada)):
        for address in addresses:
            answer = reader.get(address)
            assert answer.status_code == 404
            assert "tolv" not in answer.text
    late = signed_in(ada).post(first.topic.get_absolute_url(), {"comment": "Mina ord."})
    assert (late.status_code, "Mina ord." in late.text) == (404, True)
    moderator = signed_in(rut)
    assert "tolv" in moderator.get(first.topic.get_absolute_url()).text
    refused = moderator.post(ADDRESS, {"title": "Nytt", "comment": "Mina ord."})
    assert refused.status_code == 403
    assert "Sidan är arkiverad. Diskussionen är stängd så länge." in refused.text
    assert "Mina ord." in refused.text
    assert Comment.objects.count() == 1


def test_a_locked_page_is_talked_about(page: Page, ada: User) -> None:
    Page.objects.filter(pk=page.pk).update(protection=Page.Protection.LOCKED)
    assert signed_in(ada).post(ADDRESS, QUESTION).status_code == 302
    assert Comment.objects.count() == 1


def test_a_blocked_user_gets_the_text_back(first: Comment, ada: User) -> None:
    client = signed_in(ada)
    assert "Skicka svaret" in client.get(first.topic.get_absolute_url()).text
    User.objects.filter(pk=ada.pk).update(blocked_until=timezone.now() + timedelta(days=1))
    for address in (ADDRESS, first.topic.get_absolute_url(), f"{ADDRESS}inlagg/{first.pk}/redigera/"):
        answer = client.post(address, {"title": "Nytt", "comment": "Mina ord."})
        assert answer.status_code == 403
        assert "Ditt konto är avstängt." in answer.text
        assert "Mina ord." in answer.text
    reading = client.get(first.topic.get_absolute_url())
    assert "Skicka svaret" not in reading.text
    assert "Du kan läsa, men inte skriva." in reading.text
    assert Comment.objects.count() == 1


def test_words_sent_after_the_session_ended_come_back(first: Comment, client: Client) -> None:
    for address in (ADDRESS, first.topic.get_absolute_url()):
        answer = client.post(address, {"title": "Nytt", "comment": "Mina ord."})
        assert (answer.status_code, "Mina ord." in answer.text) == (403, True)
    assert Comment.objects.count() == 1


def test_resolving_and_opening_again(first: Comment, ada: User, bo: User, client: Client) -> None:
    address = first.topic.get_absolute_url()
    for person in (ada, bo):
        for _ in range(2):
            assert "markerat som löst" in signed_in(person).post(address, {"do": "resolve"}, follow=True).text
        topic = Topic.objects.get()
        assert (topic.is_resolved, topic.resolved_by) == (True, person)
        assert person.name in client.get(address).text
        for _ in range(2):
            assert "öppet igen" in signed_in(person).post(address, {"do": "reopen"}, follow=True).text
        assert not Topic.objects.get().is_resolved


def test_a_contributor_resolves_no_topic_of_others(page: Page, ada: User, eva: User) -> None:
    topic = operations.start_topic(page, "Evas", "Fråga.", by=eva).topic
    assert not rules.may_resolve(ada, topic)
    client = signed_in(ada)
    assert "Markera ämnet som löst" not in client.get(topic.get_absolute_url()).text
    for do in ("resolve", "reopen"):
        answer = client.post(topic.get_absolute_url(), {"do": do})
        assert answer.status_code == 403
        assert "Den som startade ämnet" in answer.text
    assert not Topic.objects.get().is_resolved


def test_a_resolved_topic_can_be_answered_and_stays_resolved(first: Comment, ada: User, bo: User) -> None:
    operations.resolve(first.topic, by=ada)
    answer = signed_in(bo).post(first.topic.get_absolute_url(), {"comment": "Ändå."}, follow=True)
    assert "Ämnet är fortfarande markerat som löst." in answer.text
    assert Topic.objects.get().is_resolved


def test_open_topics_come_before_resolved_ones_and_new_before_old(page: Page, ada: User) -> None:
    topics = [operations.start_topic(page, f"Ämne {n}", "Text.", by=ada).topic for n in range(4)]
    operations.resolve(topics[3], by=ada)
    operations.resolve(topics[0], by=ada)
    answer = Client().get(ADDRESS)
    assert [topic.title for topic in answer.context["topics"]] == ["Ämne 2", "Ämne 1", "Ämne 3", "Ämne 0"]
    assert '<span class="count">2<span class="ds-sr-only"> öppna ämnen</span></span>' in answer.text


def test_own_words_are_changed_while_they_are_fresh(first: Comment, ada: User, client: Client) -> None:
    address = f"{ADDRESS}inlagg/{first.pk}/redigera/"
    writer = signed_in(ada)
    assert writer.get(address).context["form"]["comment"].value() == first.body
    assert "Skriv något" in writer.post(address, {"comment": " "}).text
    make_late(first, minutes=14)
    writer.post(address, {"comment": first.body})
    first.refresh_from_db()
    assert first.edited_at is None
    writer.post(address, {"comment": "Jag får den till *elva*."})
    shown = client.get(first.topic.get_absolute_url()).text
    assert "<p>Jag får den till <em>elva</em>.</p>" in shown
    assert "<span>ändrad</span>" in shown
    assert "tolv" not in shown


def test_old_words_stand(first: Comment, ada: User) -> None:
    make_late(first, minutes=15, seconds=1)
    address = f"{ADDRESS}inlagg/{first.pk}/redigera/"
    client = signed_in(ada)
    assert address not in client.get(first.topic.get_absolute_url()).text
    assert client.get(address).status_code == 403
    late = client.post(address, {"comment": "Andra ord."})
    assert late.status_code == 403
    assert "Du kan ändra dina egna inlägg i 15 minuter" in late.text
    assert "Andra ord." in late.text
    assert Comment.objects.get().body == first.body


@pytest.mark.parametrize("who", ["eva", "rut"])
def test_nobody_changes_the_words_of_others(first: Comment, who: str, request: pytest.FixtureRequest) -> None:
    other: User = request.getfixturevalue(who)
    assert signed_in(other).post(f"{ADDRESS}inlagg/{first.pk}/redigera/", {"comment": "X"}).status_code == 403
    with pytest.raises(PermissionDenied):
        operations.edit_comment(first, "X", by=other)
    assert Comment.objects.get().body == first.body


def test_those_who_are_called_by_name_are_kept(first: Comment, eva: User, bo: User, rut: User) -> None:
    """Ada has talked, eva has edited the page; bo and rut have done neither."""
    reply = operations.reply(first.topic, "@Ada Lind och @eva  BERG: se här. @Bo Ek, @Rut Alm?", by=rut)
    assert {person.name for person in reply.mentions.all()} == {"Ada Lind", "Eva Berg"}
    assert "Nämner Ada Lind, Eva Berg" in " ".join(Client().get(first.topic.get_absolute_url()).text.split())
    operations.reply(first.topic, "Hej.", by=bo)
    operations.edit_comment(reply, "Eller @Bo Ek.", by=rut)
    assert [person.name for person in reply.mentions.all()] == ["Bo Ek"]


def test_nobody_mentions_themselves(first: Comment, ada: User) -> None:
    assert not operations.reply(first.topic, "Jag, @Ada Lind, menar det.", by=ada).mentions.exists()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Eva Berg", {"eva berg"}),
        ("(@eva berg)", {"eva berg"}),
        ("@Eva Berglund!", {"eva berglund"}),
        ("@Eva Bergman", {"eva"}),
        ("@Åsa Öst", set()),
        ("@Eva", {"eva"}),
        ("@Eva\nBerg", {"eva berg"}),
        ("eva@Eva Berg", set()),
        ("> @Eva Berg skrev", set()),
        ("  > @Eva Berg skrev\n@Åsa Ö.", {"åsa ö."}),
        ("@(.*", set()),
        ("", set()),
    ],
)
def test_names_are_found_the_longest_first(text: str, called: set[str]) -> None:
    assert names_called(text, ["Eva", "Eva Berg", "Eva Berglund", "Åsa Ö.", ""]) == called
