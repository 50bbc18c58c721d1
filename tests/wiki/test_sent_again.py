"""A form that is sent again: what is saved stays saved, whatever has become of page and writer since."""

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import form_of, signed_in
from tests.wiki.drafting import EDIT, NEW, TYPED
from wiki import operations
from wiki.content import Content
from wiki.models import Page
from wiki.operations.blocking import block

pytestmark = pytest.mark.django_db


def test_a_new_page_that_somebody_else_has_saved_meanwhile_is_left_alone(as_eva: Client, bo: User) -> None:
    form = {"title": "Ny sida", "body": TYPED, "once": "nyckel"}
    as_eva.post(NEW, form)
    operations.edit(Page.objects.get(), Content(title="Ny sida", body="Bos."), base=1, by=bo)
    answer = as_eva.post(NEW, form | {"body": "Annat."})
    assert "Det finns redan en sida som heter ”Ny sida”." in answer.text
    assert answer.context["form"]["body"].value() == "Annat."
    assert Page.objects.get().body == "Bos."


def test_another_title_after_going_back_is_another_page(as_eva: Client, db: None) -> None:
    form = {"title": "Ny sida", "body": TYPED, "once": "nyckel"}
    as_eva.post(NEW, form)
    as_eva.post(NEW, form | {"title": "En annan"})
    assert sorted(Page.objects.values_list("title", "number")) == [("En annan", 1), ("Ny sida", 1)]


def test_a_retry_is_told_that_it_is_saved_whatever_has_been_locked_since(page: Page, as_eva: Client) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_eva.post(EDIT, form)
    Page.objects.update(protection=Page.Protection.LOCKED)
    again = as_eva.post(EDIT, form, follow=True)
    assert again.redirect_chain == [("/sidor/skolan/", 302)]
    assert "Redan sparat som version 2." in again.text
    other = as_eva.post(EDIT, form | {"body": "Annat."})
    assert (other.status_code, other.context["form"]["body"].value()) == (403, "Annat.")
    assert "Inget sparades" in other.text


@pytest.mark.parametrize(("email", "address"), [("eva", EDIT), ("eva", NEW), ("ada", EDIT), ("ada", NEW)])
def test_a_retry_is_told_that_it_is_saved_to_those_who_are_blocked_since(
    page: Page, request: pytest.FixtureRequest, rut: User, email: str, address: str
) -> None:
    by: User = request.getfixturevalue(email)
    browser = signed_in(by)
    form = form_of(page, title="Skolans mål", body=TYPED) | {"once": "nyckel"}
    first = browser.post(address, form)
    block(by, reason="Klotter", by=rut)
    again = browser.post(address, form)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert browser.post(address, form | {"body": "Annat."}).status_code == 403
