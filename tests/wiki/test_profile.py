"""A person's page, which everybody reads, and everybody's own page about themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, make_moderator, proposed, signed_in
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, Page

ACCOUNT = "/konto/"


def profile(user: User) -> str:
    """The address of somebody's page."""
    return f"/konto/profil/{user.pk}/"


def mine(user: User, **changes: str) -> dict[str, str]:
    """What the form on one's own page sends."""
    place = user.municipality.name if user.municipality else ""
    return {"name": user.name, "job_title": user.job_title, "municipality": place} | changes


def accepted(page: Page, ada: User, rut: User) -> Edit:
    """A change by ada that rut has accepted."""
    content = Content(title="Skolan", body="Adas text")
    proposal = proposed(operations.edit(page, content, base=page.number, summary="Rättar", by=ada))
    return operations.accept(proposal, revision=proposal.revision, by=rut)


def test_a_reader_sees_who_somebody_is_and_what_they_have_written(
    page: Page, make_page: MakePage, ada: User, eva: User, rut: User, client: Client
) -> None:
    User.objects.filter(pk=eva.pk).update(job_title="Rektor")
    make_page("Läsning", summary="Skriver om läsning")
    accepted(page, ada, rut)
    answer = client.get(profile(eva))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert [edit.page.title for edit in answer.context["edits"]] == ["Läsning", "Skolan"]
    assert 'Rektor, <a href="/kommuner/mittkoping/">Mittköping</a>' in answer.text
    assert "Skriver om läsning" in answer.text
    assert "redaktör" in answer.text
    assert '<meta name="robots" content="noindex, follow">' in answer.text
    assert "uppger" not in answer.text
    of_ada = client.get(profile(ada))
    assert [edit.summary for edit in of_ada.context["edits"]] == ["Rättar"]
    assert of_ada.context["accepted_count"] == 1
    assert 'uppger <a href="/kommuner/mittkoping/">Mittköping</a>' in of_ada.text


def test_a_moderators_page_says_so(rut: User, client: Client) -> None:
    text = client.get(profile(rut)).text
    assert "moderator" in text
    assert "Rut Alm har inte publicerat något ännu." in text


def test_a_profile_lists_only_what_its_reader_may_read(
    page: Page, make_page: MakePage, eva: User, rut: User, client: Client
) -> None:
    make_page("Hemligheten", summary="Ett kanarieord")
    operations.archive(Page.objects.get(title="Hemligheten"), reason="Fel", by=rut)
    Edit.objects.filter(page=page).update(hidden_at=timezone.now(), hidden_by=rut, hidden_reason="Uppgifter")
    for reader in (client, signed_in(eva), signed_in(rut)):
        answer = reader.get(profile(eva))
        assert list(answer.context["edits"]) == []
        for word in ("Hemligheten", "kanarieord", "Börjar"):
            assert word not in answer.text


def test_pending_text_is_not_in_a_profile(page: Page, ada: User, client: Client) -> None:
    content = Content(title="Kanarietitel", body="Kanarietext")
    operations.edit(page, content, base=1, summary="Kanarieord", by=ada)
    text = client.get(profile(ada)).text
    assert "Ada Lind" in text
    assert "anarie" not in text


def test_a_blocked_account_says_so_without_a_reason(ada: User, rut: User, client: Client) -> None:
    until = timezone.now() + timedelta(days=3)
    User.objects.filter(pk=ada.pk).update(blocked_until=until, block_reason="Ett skäl")
    text = client.get(profile(ada)).text
    assert "Kontot är avstängt från att skriva." in text
    assert "Ett skäl" not in text
    User.objects.filter(pk=ada.pk).update(blocked_until=timezone.now())
    assert "avstängt" not in client.get(profile(ada)).text


def test_a_deactivated_account_and_one_that_is_not_there_are_404(ada: User, client: Client) -> None:
    assert client.get(profile(ada)).status_code == 200
    User.objects.filter(pk=ada.pk).update(is_active=False)
    for path in (profile(ada), "/konto/profil/0/", "/konto/profil/99999999999999999999/", "/konto/profil/x/"):
        assert client.get(path).status_code == 404


def test_a_profile_is_paged_and_costs_the_same(
    page: Page, eva: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 35):
        content = Content(title="Skolan", body=f"Text {number}")
        operations.edit(page, content, base=number, at=timezone.now() - timedelta(days=number), by=eva)
    with django_assert_max_num_queries(6):
        answer = client.get(profile(eva))
    assert answer.context["edits"].paginator.count == 35
    assert len(answer.context["edits"]) == 30
    assert len(client.get(f"{profile(eva)}?sida=2").context["edits"]) == 5


def test_moderators_find_the_way_to_the_membership(ada: User, eva: User, rut: User) -> None:
    way = f'href="/granskning/medlemmar/{ada.memberships.get().pk}/"'
    assert way in signed_in(rut).get(profile(ada)).text
    for other in (signed_in(eva), signed_in(ada), Client()):
        assert way not in other.get(profile(ada)).text


def test_a_profile_is_only_read(ada: User, rut: User) -> None:
    assert signed_in(rut).post(profile(ada), {"name": "X"}).status_code == 405


def test_my_own_page_asks_me_to_sign_in(client: Client) -> None:
    answer = client.get(ACCOUNT)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/?next=/konto/")


def test_i_change_my_name_and_role_and_stay_what_i_am(eva: User) -> None:
    browser = signed_in(eva)
    answer = browser.post(ACCOUNT, mine(eva, name=" Eva  Bergström ", job_title="Rektor"))
    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)
    fresh = User.objects.get(pk=eva.pk)
    assert (fresh.name, fresh.job_title, fresh.edits, fresh.memberships.count()) == (
        "Eva Bergström",
        "Rektor",
        True,
        1,
    )
    text = browser.get(ACCOUNT).text
    assert "Dina uppgifter är sparade." in text
    assert "Du är redaktör för Mittköping." in text


def test_another_municipality_is_told_before_and_asks_anew(eva: User, granneby: Municipality) -> None:
    browser = signed_in(eva)
    before = "Då blir du bidragsgivare i den nya kommunen, och en moderator behöver bekräfta dig igen."
    assert before in browser.get(ACCOUNT).text
    assert browser.post(ACCOUNT, mine(eva, municipality="granneby")).status_code == 302
    text = browser.get(ACCOUNT).text
    assert "Sparat. Du är bidragsgivare i Granneby tills en moderator har bekräftat dig där." in text
    assert "Du är bidragsgivare och uppger Granneby." in text
    assert [waiting.user for waiting in Membership.objects.waiting()] == [eva]
    assert not User.objects.get(pk=eva.pk).edits


def test_a_first_municipality_may_be_chosen_but_not_left(rut: User, mittkoping_: Municipality) -> None:
    browser = signed_in(rut)
    assert browser.post(ACCOUNT, mine(rut)).status_code == 302
    assert rut.memberships.count() == 0
    assert browser.post(ACCOUNT, mine(rut, municipality="Mittköping")).status_code == 302
    answer = browser.post(ACCOUNT, mine(rut, municipality=" "))
    assert answer.status_code == 200
    assert "Du kan byta kommun, men inte vara utan när du har valt en." in answer.text
    assert rut.memberships.active().get().municipality == mittkoping_


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv ditt namn."),
        ({"name": "x"}, "Skriv ditt namn, med minst 2 tecken."),
        ({"name": "eva@mittkoping.example"}, "Skriv ditt namn, ingen adress. Alla kan läsa det."),
        ({"name": "Rut Alm"}, "En moderator heter så."),
        ({"job_title": "x" * 81}, "Rollen är 81 tecken lång. Gränsen är 80."),
        ({"municipality": "Mittkoping"}, "Kommunen ”Mittkoping” finns inte. Menade du Mittköping?"),
        ({"municipality": "x" * 5000}, f"Kommunen ”{'x' * 59}…” finns inte."),
    ],
)
def test_a_mistake_is_told_and_the_rest_is_kept(
    eva: User, rut: User, changes: dict[str, str], sentence: str
) -> None:
    answer = signed_in(eva).post(ACCOUNT, mine(eva, **({"job_title": "Min nya roll"} | changes)))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "job_title" in changes or 'value="Min nya roll"' in answer.text
    assert User.objects.get(pk=eva.pk).job_title == ""


def test_fields_that_are_not_asked_for_change_nothing(ada: User) -> None:
    extra = {
        "is_moderator": "on",
        "email": "x@y.example",
        "role": "editor",
        "is_superuser": "on",
        "user": "1",
    }
    signed_in(ada).post(ACCOUNT, mine(ada) | extra)
    fresh = User.objects.get(pk=ada.pk)
    assert (fresh.is_appointed, fresh.email, fresh.edits) == (False, "ada@mittkoping.example", False)


def test_a_blocked_user_changes_nothing_and_gets_the_words_back(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(blocked_until=timezone.now() + timedelta(days=1))
    browser = signed_in(ada)
    answer = browser.post(ACCOUNT, mine(ada, name="Ett nytt namn"))
    assert answer.status_code == 403
    assert "Ditt konto är avstängt, så du kan inte ändra dina uppgifter nu." in answer.text
    assert "Ett nytt namn" in answer.text
    assert User.objects.get(pk=ada.pk).name == "Ada Lind"
    shown = browser.get(ACCOUNT).text
    assert "Ditt konto är avstängt." in shown
    assert 'name="municipality"' not in shown


def test_my_own_page_says_what_my_address_suggests(ada: User, mittkoping_: Municipality) -> None:
    suggested = "Din e-postadress hör till Mittköping."
    assert suggested not in signed_in(ada).get(ACCOUNT).text
    Municipality.objects.filter(pk=mittkoping_.pk).update(domain="mittkoping.example")
    assert suggested in signed_in(ada).get(ACCOUNT).text


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("rut", "Du är moderator."),
        ("eva", "Du är redaktör för Mittköping."),
        ("ada", "Du är bidragsgivare och uppger Mittköping."),
        ("nobody", "Du är bidragsgivare utan kommun."),
    ],
)
def test_my_own_page_says_what_i_am(
    request: pytest.FixtureRequest, db: None, who: str, sentence: str
) -> None:
    user = (
        User.objects.create_user("ny@x.example", "x", name="Ny Person")
        if who == "nobody"
        else request.getfixturevalue(who)
    )
    assert sentence in signed_in(user).get(ACCOUNT).text


def test_an_address_is_in_no_answer_about_somebody(
    page: Page, ada: User, eva: User, bo: User, rut: User
) -> None:
    accepted(page, ada, rut)
    other = make_moderator("per@skl.example", "Per Ås")
    memberships = Membership.objects.values_list("pk", flat=True)
    paths = [
        *map(profile, (ada, eva, bo, rut)),
        "/granskning/medlemmar/",
        *(f"/granskning/medlemmar/{number}/" for number in memberships),
        "/sidor/skolan/historik/",
        "/sidor/skolan/version/2/",
        "/sidor/skolan/jamfor/1/2/",
        "/andringar/",
        "/kommuner/mittkoping/",
        "/",
    ]
    seen = 0
    for reader in (Client(), signed_in(bo), signed_in(other)):
        own = {"bo@granneby.example", "per@skl.example"}
        for path in paths:
            text = reader.get(path).text
            seen += any(user.name in text for user in (ada, eva, rut))
            for user in (ada, eva, rut):
                assert user.email not in text
                assert user.email.split("@")[0] + "@" not in text
            assert not any(address in text for address in own)
    assert seen > 20
