"""Who may have a municipality's file made, and fetch it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import signed_in
from tests.wiki.export_setup import ADDRESS, made
from wiki import operations
from wiki.models import MunicipalityExport, Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Files of exports lie in a folder of the test's own."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "exports"


def test_confirmed_members_and_moderators_export_and_nobody_else(
    page: Page, mittkoping_: Municipality, ada: User, eva: User, bo: User, rut: User
) -> None:
    for user in (eva, rut):
        operations.start_export(mittkoping_, by=user)
        MunicipalityExport.objects.update(status="failed")
    with pytest.raises(PermissionDenied, match="Bara de som en moderator har bekräftat arbetar i Mittköping"):
        operations.start_export(mittkoping_, by=bo)
    # She says that she works there; nobody has confirmed it.
    with pytest.raises(PermissionDenied, match="en moderator har bekräftat arbetar i Mittköping"):
        operations.start_export(mittkoping_, by=ada)
    assert "Hämta zip-filen" not in signed_in(ada).get(ADDRESS).text
    eva.blocked_until = timezone.now() + timedelta(days=1)
    with pytest.raises(PermissionDenied):
        operations.start_export(mittkoping_, by=eva)


def test_others_read_what_it_is_but_neither_start_nor_fetch(
    page: Page, mittkoping_: Municipality, eva: User, bo: User, client: Client
) -> None:
    export = made(mittkoping_, eva)
    file = f"{ADDRESS}{export.pk}.zip"
    anonymous = client.get(ADDRESS)
    assert "Exportera allt som Mittköping har skrivit" in anonymous.text
    assert "Hämta zip-filen" in signed_in(eva).get(ADDRESS).text
    for shown in (anonymous, signed_in(bo).get(ADDRESS)):
        assert "Hämta zip-filen" not in shown.text
        assert "Gör en ny export" not in shown.text
    assert client.get(file).headers["Location"].startswith("/konto/")
    assert client.post(ADDRESS).status_code == 403
    assert signed_in(bo).get(file).status_code == 403
    refused = signed_in(bo).post(ADDRESS)
    assert refused.status_code == 403
    assert "Bara de som en moderator har bekräftat arbetar i Mittköping" in refused.text
    assert MunicipalityExport.objects.count() == 1


def test_a_file_is_found_under_its_own_municipality_only(
    page: Page, mittkoping_: Municipality, granneby: Municipality, eva: User, rut: User
) -> None:
    export = made(mittkoping_, eva)
    browser = signed_in(rut)
    assert browser.get(f"{ADDRESS}{export.pk}.zip").getvalue()
    assert browser.get(f"/kommuner/granneby/export/{export.pk}.zip").status_code == 404
    assert browser.get(f"{ADDRESS}999.zip").status_code == 404
    assert browser.get("/kommuner/finns-inte/export/").status_code == 404


def test_an_address_in_other_letters_leads_to_the_right_one(
    mittkoping_: Municipality, client: Client
) -> None:
    answer = client.get("/kommuner/Mittköping/export/")
    assert (answer.status_code, answer.headers["Location"]) == (301, ADDRESS)
