"""Two presses of a button, and two moderators, in the same moment."""

from functools import partial

import pytest

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.wiki.test_at_once import together
from wiki import operations
from wiki.models import Comment, Page, Topic

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def test_a_button_that_is_pressed_twice_at_once_sends_once(page: Page, eva: User) -> None:
    for number in range(ROUNDS):
        begin = partial(operations.start_topic, page, f"Ämne {number}", "Text.", by=eva)
        made = together(begin, begin)
        assert operations.AlreadySent in made
        topic = Topic.objects.get(title=f"Ämne {number}")
        answer = partial(operations.reply, topic, "Svar.", by=eva)
        assert operations.AlreadySent in together(answer, answer)
        topic.refresh_from_db()
        assert (topic.comments.count(), topic.comment_count) == (2, 2)


def test_many_who_answer_at_once_are_all_counted(page: Page, eva: User, bo: User) -> None:
    topic = operations.start_topic(page, "Ämne", "Text.", by=eva).topic
    for number in range(ROUNDS):
        together(*(partial(operations.reply, topic, f"Svar {number}.", by=person) for person in (eva, bo)))
    topic.refresh_from_db()
    assert (topic.comments.count(), topic.comment_count) == (1 + 2 * ROUNDS, 1 + 2 * ROUNDS)


def test_of_two_moderators_who_hide_at_once_one_reason_stands(page: Page, eva: User, rut: User) -> None:
    comment = operations.start_topic(page, "Ämne", "Text.", by=eva)
    reasons = ("Ett skäl.", "Ett annat skäl.")
    done = together(*(partial(operations.hide_comment, comment, reason=reason, by=rut) for reason in reasons))
    assert sorted(map(bool, done)) == [False, True]
    [entry] = LogEntry.objects.about(comment)
    assert Comment.objects.get().hidden_reason == entry.reason
