"""Documents: their packages are looked at from the outside."""

import stat
import tracemalloc
from io import BytesIO
from struct import pack
from zipfile import ZipInfo

import pytest

from tests.wiki.files.made import DOCX, ODT, PDF, docx, odt, package
from wiki.files import kinds
from wiki.files.refusing import NotTaken
from wiki.files.taking import Taken, take

UNFIT = "Det som finns i filen är inte det som filnamnet säger"
PACKED = "Filen är ovanligt hårt komprimerad eller har för många delar. Spara den på nytt."
MACROS = "Filen innehåller makron"
OOXML = "application/vnd.openxmlformats-officedocument"


def taken(data: bytes, name: str) -> Taken:
    return take(BytesIO(data), name)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "x.pdf", "application/pdf"),
        (odt(), "x.odt", ODT),
        (odt(kind="application/vnd.oasis.opendocument.spreadsheet"), "x.ods",
         "application/vnd.oasis.opendocument.spreadsheet"),
        (odt(kind="application/vnd.oasis.opendocument.presentation"), "x.odp",
         "application/vnd.oasis.opendocument.presentation"),
        (docx(), "x.docx", DOCX),
        (docx(kind=f"{OOXML}.spreadsheetml.sheet"), "x.xlsx", f"{OOXML}.spreadsheetml.sheet"),
        (docx(kind=f"{OOXML}.presentationml.presentation"), "x.pptx",
         f"{OOXML}.presentationml.presentation"),
        (b"Hej", "x.txt", "text/plain; charset=utf-8"),
        ("åäö".encode(), "x.TXT", "text/plain; charset=utf-8"),
        ("åäö".encode("cp1252"), "x.txt", "text/plain; charset=windows-1252"),
        (b"a;b\n1;2\n", "x.csv", "text/csv; charset=utf-8"),
        (b"+ADw-script+AD4-", "x.txt", "text/plain; charset=utf-8"),
    ],
)  # fmt: skip
def test_documents_are_taken_as_they_are(data: bytes, name: str, media_type: str) -> None:
    found = taken(data, name)
    assert (found.media_type, list(found.parts.values()), found.is_picture) == (media_type, [data], False)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (docx(), "x.pdf", UNFIT),
        (docx(), "x.xlsx", UNFIT),
        (docx(), "x.odt", UNFIT),
        (odt(), "x.docx", UNFIT),
        (odt(), "x.ods", UNFIT),
        (PDF, "x.odt", UNFIT),
        (b" " + PDF, "x.pdf", UNFIT),
        (package(("x", "y")), "x.docx", UNFIT),
        (package(("content.xml", ""), ("mimetype", ODT)), "x.odt", UNFIT),
        (package(), "x.docx", UNFIT),
        (docx()[:-30], "x.docx", UNFIT),
        (b"PK\x03\x04" + b"x" * 999, "x.docx", UNFIT),
        (docx(("word/vbaProject.bin", "x")), "x.docx", MACROS),
        (docx(("xl/VBAPROJECT.BIN", "x")), "x.docx", MACROS),
        (docx(kind="application/vnd.ms-word.document.macroEnabled"), "x.docx", MACROS),
        (odt(("Basic/Standard/x.xml", "x")), "x.odt", MACROS),
        (odt(("Scripts/python/x.py", "x")), "x.odt", MACROS),
        (docx(("../../x", "x")), "x.docx", UNFIT),
        (docx(("/etc/x", "x")), "x.docx", UNFIT),
        (docx(("..\\x", "x")), "x.docx", UNFIT),
        (docx(("C:x", "x")), "x.docx", UNFIT),
        (b"a\0b", "x.txt", UNFIT),
        ("text".encode("utf-16"), "x.txt", UNFIT),
        (b"\x81\x8d", "x.txt", "Texten går inte att läsa"),
    ],
)
def test_what_is_not_what_it_says_is_refused(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(NotTaken, match=sentence):
        taken(data, name)


def test_a_link_in_a_package_is_refused() -> None:
    link = ZipInfo("word/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(NotTaken, match=UNFIT):
        taken(docx((link, "/etc/passwd")), "x.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_package_with_two_of_the_same_name_is_refused() -> None:
    with pytest.raises(NotTaken, match=UNFIT):
        taken(docx(("word/document.xml", "<y/>")), "x.docx")


def test_a_locked_package_is_refused() -> None:
    data = bytearray(docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(NotTaken, match=UNFIT):
        taken(bytes(data), "x.docx")


def declares(unpacked: int) -> bytes:
    """A document one part of which says that it unpacks to so much."""
    data = bytearray(docx(("word/media/x", b"x" * 100)))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = pack("<L", unpacked)
    return bytes(data)


def large_directory(size: int) -> bytes:
    """A document that says that the list of its entries is so long."""
    data = bytearray(docx())
    at = data.rindex(b"PK\x05\x06") + 12
    data[at : at + 4] = pack("<L", size)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        docx(("word/x", b"\0" * 5_000_000)),
        declares(2**31),
        large_directory(2**30),
        docx(*((f"word/{number}", "") for number in range(5000))),
        docx() + b"",
    ],
    ids=["ratio", "declared", "directory", "entries", "whole"],
)
def test_packages_that_would_unpack_to_much_are_refused_in_little_memory(
    data: bytes, request: pytest.FixtureRequest
) -> None:
    tracemalloc.start()
    try:
        if request.node.callspec.id == "whole":
            assert taken(data, "x.docx").size == len(data)
        else:
            with pytest.raises(NotTaken, match=PACKED):
                taken(data, "x.docx")
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


class Unread(BytesIO):
    """A file of which nothing may be read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.length = size

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only to know how long it is."""
        return self.length if whence == 2 else offset

    def read(self, size: int | None = -1) -> bytes:
        """Never."""
        raise AssertionError


@pytest.mark.parametrize(
    ("name", "limit"),
    [("x.png", 10), ("x.jpg", 10), ("x.pdf", 20), ("x.docx", 20), ("x.txt", 2), ("x.csv", 2)],
)
def test_what_is_too_large_is_refused_unread(name: str, limit: int) -> None:
    sentence = rf"Filen är {limit},0 MB\. Gränsen är {limit} MB för sådana filer\."
    with pytest.raises(NotTaken, match=sentence):
        take(Unread(limit * 2**20 + 1), name)
    with pytest.raises(AssertionError):
        take(Unread(limit * 2**20), name)


@pytest.mark.parametrize(
    "name",
    ["x.svg", "x.html", "x.htm", "x.xml", "x.zip", "x.exe", "x.docm", "x.xlsm", "x.dotx", "x.md", "x.js",
     "x", "png", ".png", "x.png.", "x.png.php", "x.heic", "x.tiff", "x.bmp", "x.ico"],
)  # fmt: skip
def test_other_kinds_are_refused_with_what_is_taken(name: str) -> None:
    with pytest.raises(NotTaken, match=r"Den sortens fil går inte att ladda upp\. Du kan ladda upp bilder"):
        take(BytesIO(PDF), name)


def test_what_is_offered_is_what_is_taken() -> None:
    assert kinds.ACCEPTED == ".png,.jpg,.webp,.gif,.pdf,.odt,.ods,.odp,.docx,.xlsx,.pptx,.txt,.csv,.jpeg"
