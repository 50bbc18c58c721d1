"""Who reads what is proposed for the catalogue, on its screen and in the log."""

import pytest
from django.test import Client

from factors.models import Factor, FactorProposal
from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.wiki.test_factor_proposals import accept, propose
from wiki.models import Notification
from wiki.notices import letters
from wiki.operations import factor_proposals


@pytest.fixture
def proposal(catalogue: dict[str, Factor], ada: User) -> FactorProposal:
    """That a definition is another."""
    return propose(catalogue["gemensam-malbild"], by=ada)


def test_before_anything_is_accepted_only_those_signed_in_read_it(
    proposal: FactorProposal, client: Client, bo: User, rut: User, ada: User
) -> None:
    address = proposal.get_absolute_url()
    assert client.get(address).status_code == 404
    assert [row.title for row in client.get("/logg/").context["rows"]] == []
    seen = signed_in(bo).get(address)
    assert seen.status_code == 200
    assert "En ny definition." in seen.text
    assert "Ditt beslut" not in seen.text
    assert "Ditt beslut" in signed_in(rut).get(address).text
    accept(proposal, rut)
    answer = client.get(address)
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    [row] = client.get("/logg/").context["rows"]
    assert (row.title, row.address, row.numbers) == ("Gemensam målbild", address, (2,))


def test_the_log_names_no_proposal_that_its_reader_may_not_see(
    proposal: FactorProposal, client: Client, ada: User
) -> None:
    factor_proposals.withdraw_factor_proposal(proposal, by=ada)
    [row] = client.get("/logg/").context["rows"]
    assert (row.title, row.address) == ("ett förslag om en nyckelfaktor", "")
    assert "Ada" not in row.actor
    [row] = signed_in(ada).get("/logg/").context["rows"]
    assert (row.title, row.actor) == ("Gemensam målbild", "Ada Lind")


def test_the_author_gets_a_mail_with_the_reason(proposal: FactorProposal, rut: User, ada: User) -> None:
    factor_proposals.reject_factor_proposal(proposal, revision=1, reason="Ordet finns redan.", by=rut)
    letter = letters.notice(Notification.objects.get(user=ada), count=1)
    assert letter.subject == "[Mittköping] Ditt förslag till ”Gemensam målbild” är avslaget"
    for words in (
        "Ditt förslag om nyckelfaktorn ”Gemensam målbild” är avslaget.",
        "Moderatorn skriver:\nOrdet finns redan.",
        proposal.get_absolute_url(),
        "Du får det här för att du har skrivit förslaget.",
    ):
        assert words in letter.body


def test_visiting_it_makes_the_notification_seen(proposal: FactorProposal, rut: User, ada: User) -> None:
    accept(proposal, rut)
    browser = signed_in(ada)
    assert f'value="factorproposal-{proposal.pk}"' in browser.get(proposal.get_absolute_url()).text
    browser.post("/konto/aviseringar/sedda/", {"om": f"factorproposal-{proposal.pk}"})
    assert Notification.objects.get(user=ada).is_seen


def test_the_authors_list_has_proposals_for_factors_too(proposal: FactorProposal, ada: User) -> None:
    html = signed_in(ada).get("/konto/forslag/").text
    assert f'<a href="{proposal.get_absolute_url()}">Gemensam målbild</a>' in html
    assert "ändring av en nyckelfaktor" in html
    assert "Du har inte föreslagit något ännu." not in html
