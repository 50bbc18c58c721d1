"""What is in a mail."""

from typing import Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from tests.clock import Clock
from tests.wiki.letters import mails, subjects, words
from tests.wiki.telling import accept, change, propose, reject, say
from wiki.models import NotificationSettings, Page
from wiki.operations import members, watching

When = NotificationSettings.Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    """A clock that stands still, and an address of the site."""
    settings.SITE_URL = "https://wiki.example"
    return Clock(monkeypatch)


def test_a_watcher_gets_a_mail_that_says_all(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo, summary="Rättar <siffror> & namn")
    assert subjects(ada) == ["[Mittköping] ”Skolan” har ändrats"]
    [message] = mails(ada)
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link.startswith("https://wiki.example/konto/avsluta/")
    assert message.body == (
        "Hej Ada Lind!\n\n"
        "Bo Ek har ändrat ”Skolan”.\n\n"
        "Sammanfattning:\nRättar <siffror> & namn\n\n"
        "https://wiki.example/sidor/skolan/jamfor/1/2/\n\n"
        "Du får inget nytt mejl om sidan förrän du har varit där.\n\n"
        "-- \n"
        "Du får det här för att du bevakar sidan ”Skolan”.\n"
        f"Sluta få sådana här mejl: {link}\n"
        "Välj vad du får mejl om: https://wiki.example/konto/aviseringar/installningar/\n"
    )
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.message().get_content_type() == "text/plain"
    assert message.message()["List-Unsubscribe"] == f"<{link}>"
    assert b"\n " not in message.message().as_bytes().split(b"List-Unsubscribe:")[1].split(b">")[0].lstrip()


def test_authors_get_the_outcome_with_reason_and_difference(page: Page, ada: User, rut: User) -> None:
    proposal = propose(
        page, by=ada, title="Skolan & staden", lead="", body="Första stycket är långt.\n\nTredje stycket.\n"
    )
    accept(proposal, by=rut, comment="Tack för att du skriver!")
    assert subjects(ada) == ["[Mittköping] Ditt förslag till ”Skolan & staden” är publicerat"]
    body = mails(ada)[0].body
    assert "är publicerat.\n\nModeratorn skriver:\nTack för att du skriver!\n\n" in body
    assert f"https://wiki.example/granskning/forslag/{proposal.pk}/\n" in body
    assert "Det här är skillnaden. [-Borttaget-] står så och {+tillagt+} så.\n\n" in body
    assert "Titel: Skolan{+ & staden+}\n\nIngress: [-Om skolan.-]\n\n" in body
    assert "Första stycket{+ är långt+}.\n\n[-Andra-]{+Tredje+} stycket.\n\n" in body


def test_authors_get_the_reason_of_a_rejection(page: Page, ada: User, rut: User) -> None:
    proposal = propose(page, by=ada, body="Något annat.")
    reject(proposal, by=rut, reason="Källan saknas.")
    assert subjects(ada) == ["[Mittköping] Ditt förslag till ”Skolan” är avslaget"]
    assert "Moderatorn skriver:\nKällan saknas.\n\n" in mails(ada)[0].body
    assert "{+Något annat.+}" in mails(ada)[0].body


def test_a_new_page_is_all_new_in_the_difference(ada: User, rut: User) -> None:
    accept(propose(None, by=ada, title="Läsplattor", body="Vi köpte tio."), by=rut)
    assert len(subjects(ada)) == 1
    assert "Titel: {+Läsplattor+}" in mails(ada)[0].body
    assert "{+Vi köpte tio.+}" in mails(ada)[0].body


def test_every_outcome_is_mailed_whether_the_last_was_looked_at_or_not(
    page: Page, ada: User, rut: User
) -> None:
    for number in range(3):
        reject(propose(page, by=ada, body=f"Text {number}."), by=rut, reason="Nej")
    assert len(subjects(ada)) == 3


def test_a_long_difference_is_cut(page: Page, ada: User, rut: User) -> None:
    reject(propose(page, by=ada, body="ord " * 5000), by=rut, reason="För långt")
    assert subjects(ada)
    assert len(mails(ada)[0].body) < 8000
    assert " …\n\nResten ser du på webbplatsen." in mails(ada)[0].body


def test_who_is_named_gets_a_mail_without_the_words(page: Page, ada: User, eva: User) -> None:
    say(page, by=ada, body="Vad säger @Eva Berg om det här?", title="Frågan")
    assert subjects(eva) == ["[Mittköping] Ada Lind har nämnt dig i diskussionen om ”Skolan”"]
    assert "Ada Lind har nämnt dig i ämnet ”Frågan” om ”Skolan”." in mails(eva)[0].body


def test_nobody_writes_headers_with_their_name(page: Page, ada: User, eva: User) -> None:
    User.objects.filter(pk=ada.pk).update(name="Ada\r\nBcc: x@y.example")
    say(page, by=ada, body="@Eva Berg!")
    assert subjects(eva) == ["[Mittköping] Ada Bcc: x@y.example har nämnt dig i diskussionen om ”Skolan”"]
    assert mails(eva)[0].message()["Bcc"] is None


def test_moderators_read_in_the_morning_that_something_waits(
    page: Page, ada: User, eva: User, rut: User, clock: Clock
) -> None:
    propose(page, by=ada, body="KANARIE")
    propose(page, by=ada, body="KANARIE igen")
    assert subjects(rut) == []
    clock.set(2031, 3, 6, 7, 0)
    assert subjects(rut) == ["[Mittköping] Det här har hänt"]
    body = mails(rut)[-1].body
    assert "2 förslag väntar på granskning: https://wiki.example/granskning/\n" in body
    assert "1 sida har ändringar som ingen har granskat: https://wiki.example/granskning/\n" in body
    assert "KANARIE" not in words()
    assert subjects(eva) == []


def test_members_get_the_answer_to_their_asking_with_its_reason(ada: User, eva: User, rut: User) -> None:
    asked = Membership.objects.get(user=ada)
    Membership.objects.filter(pk=asked.pk).update(asked_at=timezone.now())
    members.decline(Membership.objects.get(pk=asked.pk), reason="Skriv från din adress i kommunen.", by=rut)
    assert subjects(ada) == ["[Mittköping] Dina rättigheter i Mittköping har ändrats"]
    assert "\n\nModeratorn skriver:\nSkriv från din adress i kommunen.\n\n" in mails(ada)[0].body
    members.unconfirm(Membership.objects.get(user=eva), reason="Du har slutat.", by=rut)
    assert "\n\nModeratorn skriver:\nDu har slutat.\n\n" in mails(eva)[0].body
    members.confirm(Membership.objects.get(user=ada), by=rut)
    assert len(subjects(ada)) == 2
