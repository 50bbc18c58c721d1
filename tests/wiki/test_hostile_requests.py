"""Forms that no browser sends: too large, broken, with what cannot be stored; and strange cookies."""

import errno
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import form_of
from wiki.models import Page

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=snitt"
EDIT = "/sidor/skolan/redigera/"
TOO_LARGE = 16 * 2**20 + 1
TOO_LARGE_A_FILE = 22 * 2**20 + 1


@pytest.mark.parametrize(
    ("content_type", "body", "limit"),
    [
        (FORM, b"body=" + b"x" * TOO_LARGE, 16),
        ("text/plain", b"x" * TOO_LARGE, 16),
        (
            MULTIPART,
            b'--snitt\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
            + b"x" * TOO_LARGE
            + b"\r\n--snitt--\r\n",
            16,
        ),
        (
            MULTIPART,
            b'--snitt\r\nContent-Disposition: form-data; name="fil"; filename="a"\r\n\r\n'
            + b"x" * TOO_LARGE_A_FILE
            + b"\r\n--snitt--\r\n",
            22,
        ),
    ],
    ids=["form", "text", "multipart field", "multipart file"],
)
@pytest.mark.parametrize("address", [EDIT, "/forhandsgranska/", "/konto/login/", "/finns/inte/"])
def test_more_than_is_read_is_413_everywhere(
    page: Page, as_eva: Client, address: str, content_type: str, body: bytes, limit: int
) -> None:
    answer = as_eva.generic("POST", address, body, content_type)
    assert answer.status_code == 413
    assert f"Gränsen är {limit} MB." in answer.text


@pytest.mark.parametrize("length", ["9" * 30, "-1", "tio", "\u0663"])
def test_a_wrong_length_breaks_nothing(page: Page, as_eva: Client, length: str) -> None:
    answer = as_eva.post(EDIT, {"body": "x"}, CONTENT_LENGTH=length)
    assert answer.status_code == {"9": 413, "-": 400}.get(length[0], 200)


def test_the_text_of_a_body_of_fifteen_megabytes_is_handed_back(page: Page, as_eva: Client) -> None:
    body = "x" * (15 * 2**20)
    answer = as_eva.post(EDIT, urlencode(form_of(page, body=body)), FORM)
    assert answer.status_code == 200
    assert "Dela upp den på flera sidor." in answer.text
    assert body in answer.text


def test_a_form_of_thousands_of_fields_is_told_why(page: Page, as_eva: Client) -> None:
    fields = form_of(page, body="Nytt.") | {f"tags-{n}-note": "x" for n in range(2000)}
    answer = as_eva.post(EDIT, fields)
    assert answer.status_code == 413
    assert "Formuläret har för många fält. Gränsen är 2" in answer.text


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=\xe5", b"--\xe5", 400),
        (MULTIPART, b"--snitt\r\nContent-Disp", 200),
        (
            MULTIPART,
            b'--snitt\r\nContent-Disposition: form-data; name="body"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--snitt--\r\n",
            200,
        ),
        (
            MULTIPART,
            b'--snitt\r\nContent-Disposition: form-data; name="body"; filename="x"\r\n\r\nx\r\n--snitt--\r\n',
            200,
        ),
        (
            MULTIPART,
            b'--snitt\r\nContent-Disposition: form-data; name="a"; filename="x"\r\n\r\nx\r\n' * 101
            + b"--snitt--\r\n",
            400,
        ),
        (f"{FORM}; charset=utf-16", b"body=x", 400),
        (f"{FORM}; charset=finns-inte", b"body=x", 200),
        ("application/json", b'{"body": "x"}', 200),
        ("", b"body=x", 200),
        (FORM, b"=&=&&&;;%", 200),
    ],
    ids=range(11),
)
def test_a_broken_body_breaks_nothing(
    page: Page, as_eva: Client, content_type: str, body: bytes, status: int
) -> None:
    answer = as_eva.generic("POST", EDIT, body, content_type)
    assert answer.status_code == status
    page.refresh_from_db()
    assert page.number == 1


NUL = [f"{name}=x%00{name}%ED%A0%80%ff" for name in ("title", "lead", "body", "summary", "municipalities")]
NUL += [
    f"{name}=%00"
    for name in ("kind", "tracks", "base", "minor", "do", "tags-TOTAL_FORMS", "tags-INITIAL_FORMS")
]
ROW = "tags-TOTAL_FORMS=1&tags-INITIAL_FORMS=0&tags-0-factor=gemensam-malbild&tags-0-direction=enabling"
NUL += [
    f"{ROW}&tags-0-{name}=%00x" for name in ("factor", "direction", "strength", "note", "municipality", "key")
]
COUNTS = ["9" * 5000, "-1", "1e3", "\u0663", "", "2000"]
NUL += [f"tags-TOTAL_FORMS={count}&tags-INITIAL_FORMS={count}" for count in COUNTS]


@pytest.mark.parametrize("fields", NUL, ids=range(len(NUL)))
@pytest.mark.parametrize("do", ["save", "preview", "add_tag", "download"])
def test_a_nul_or_half_a_character_in_any_field_breaks_nothing(
    page: Page, catalogue: object, as_eva: Client, fields: str, do: str
) -> None:
    body = f"base=1&do={do}&{fields}" if "base=" not in fields else f"do={do}&{fields}"
    answer = as_eva.generic("POST", EDIT, body.encode(), FORM)
    assert answer.status_code in {200, 302}
    assert as_eva.get("/sidor/skolan/").status_code == 200
    assert "\x00" not in Page.objects.get().body


@pytest.mark.parametrize("base", ["\x00", "9" * 5000, "-1", "1.5", "\u0663", "", "null", str(2**63)])
@pytest.mark.parametrize("address", ["byt-namn/", "aterstall/1/", "redigera/"])
def test_no_base_breaks_a_small_form(page: Page, as_eva: Client, address: str, base: str) -> None:
    fields = {"base": base, "title": "Nytt namn", "reason": "\x00", "body": "x"}
    answer = as_eva.post(f"/sidor/skolan/{address}", fields)
    assert answer.status_code in {200, 302, 409}
    page.refresh_from_db()
    assert (page.number, page.title) == (1, "Skolan")


@pytest.mark.parametrize(
    "value", ['"abcdefgh\\000"', "x" * 5000, '"\\377\\376abcdefg"', "=;,", "\u00e5" * 40]
)
def test_no_cookie_breaks_an_address(page: Page, value: str) -> None:
    cookies = {"cookie": f"sessionid={value}; csrftoken={value}; messages={value}"}
    assert Client().get("/sidor/skolan/", headers=cookies).status_code == 200
    assert Client().get(EDIT, headers=cookies).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(EDIT, {"body": "x", "csrfmiddlewaretoken": "\x00"}, headers=cookies).status_code == 403


def test_a_full_folder_for_what_is_sent_is_507(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", is_full)
    large = SimpleUploadedFile("stor.pdf", b"x" * (3 * 2**20))
    answer = as_eva.post("/filer/ny/", {"file": large})
    assert answer.status_code == 507
    assert "Servern har slut på utrymme." in answer.text
