"""The pictures and documents of a municipality's pages are in its file."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.picturing import BYTES, DIGEST, DOCUMENT, PICTURE, stored
from wiki import operations
from wiki.exporting.archive import write_archive
from wiki.exporting.page_files import linked
from wiki.exporting.selection import has_hidden_since
from wiki.models import Edit

pytestmark = pytest.mark.django_db

OF_PICTURE = f"filer/bilder/{DIGEST}-1600x900.png"
OF_DOCUMENT = f"filer/dokument/{DIGEST}.pdf"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def packed(municipality: Municipality) -> dict[str, bytes]:
    file = io.BytesIO()
    list(write_archive(file, municipality))
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def files_in(found: dict[str, bytes]) -> list[str]:
    return sorted(name for name in found if name.startswith("filer/"))


def test_what_pages_show_and_link_to_lies_beside_them_once(
    make_page: MakePage, mittkoping_: Municipality, eva: User
) -> None:
    stored(PICTURE, by=eva, name="Ån i mars", creator="Eva Berg", licence="cc0")
    stored(DOCUMENT, by=eva, name="Planen")
    make_page("Ett", body=f"![Ån]({PICTURE})")
    make_page("Två", body=f"![Ån igen]({PICTURE}) [Plan]({DOCUMENT}#sida=2)")
    found = packed(mittkoping_)
    assert files_in(found) == [OF_PICTURE, OF_DOCUMENT]
    assert found[OF_PICTURE] == BYTES
    first, second = (found[f"sidor/{name}.html"].decode() for name in ("ett", "tva"))
    assert f'<img alt="Ån" height="900" loading="lazy" src="../{OF_PICTURE}" width="1600">' in first
    assert f'src="../{OF_PICTURE}"' in second
    assert f'<a href="../{OF_DOCUMENT}#sida=2">Plan</a>' in second
    readme = found["README.txt"].decode()
    assert f"  {OF_PICTURE}: Ån i mars, av Eva Berg, CC0: får användas fritt\n" in readme
    assert f"  {OF_DOCUMENT}: Planen\n" in readme


def test_files_of_older_versions_are_in_and_those_of_hidden_ones_are_not(
    make_page: MakePage, mittkoping_: Municipality, eva: User, rut: User
) -> None:
    stored(PICTURE, by=eva)
    page = make_page(body=f"![Ån]({PICTURE})")
    operations.edit(page, replace(page.content, body="Kort."), base=1, by=eva)
    assert files_in(packed(mittkoping_)) == [OF_PICTURE]
    Edit.objects.filter(number=1).update(hidden_at="2026-01-01T00:00Z", hidden_by=rut, hidden_reason="Så.")
    found = packed(mittkoping_)
    assert files_in(found) == []
    assert "  filer/bilder" not in found["README.txt"].decode()


def test_a_file_that_is_deleted_or_missing_is_left_out_and_led_to(
    make_page: MakePage, mittkoping_: Municipality, eva: User
) -> None:
    content = stored(PICTURE, by=eva)
    make_page(body=f"![Ån]({PICTURE})")
    assert files_in(packed(mittkoping_)) == [OF_PICTURE]
    default_storage.delete(content.path)
    found = packed(mittkoping_)
    assert files_in(found) == []
    assert 'src="http' in found["sidor/skolan.html"].decode()
    before = timezone.now() - timedelta(seconds=1)
    assert not has_hidden_since(before)
    content.attachment.deleted_at = timezone.now()
    content.attachment.save()
    assert has_hidden_since(before)
    assert files_in(packed(mittkoping_)) == []


def test_only_attributes_are_changed_whatever_words_look_like() -> None:
    path = PICTURE.removeprefix("/media/")
    picture = f'<img alt="a > b srcset=" src="{PICTURE}" srcset="{PICTURE} 1w">'
    html = f'<p> srcset="x" src="/x/" {picture} href="/y/"</p>'
    assert linked(html, (), {path}) == (
        f'<p> srcset="x" src="/x/" <img alt="a > b srcset=" src="../filer/{path}"> href="/y/"</p>'
    )
