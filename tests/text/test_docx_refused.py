"""Word documents that are none, or that were made to break what reads them: in the real child process."""

import struct
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from mittkoping.text import docx_bounded, docx_package
from mittkoping.text.docx_bounded import convert_bounded
from mittkoping.text.docx_frames import Converted, pack, unpack
from mittkoping.text.docx_package import BadDocument
from mittkoping.text.word_text import word_text
from tests.text.word_files import (
    XML,
    cell,
    p,
    picture,
    table,
    word_file,
    zipped,
)


def body(data: bytes) -> str:
    """The Markdown of a document."""
    return word_text(convert_bounded(data), [], takes_title=True).body


def reason(data: bytes) -> str:
    """Why a document is refused."""
    with pytest.raises(BadDocument) as caught:
        convert_bounded(data)
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "not_word"),
        (b"hej", "not_word"),
        (b"{\\rtf1 hej}", "old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (word_file(p("x"))[:-30], "broken"),
        (word_file(p("x"))[:200], "broken"),
        (b"PK\x03\x04" + b"\x00" * 300, "broken"),
        (zipped({"xl/workbook.xml": "<x/>"}), "not_word"),
        (word_file(p("x"), word__vbaProject_x_bin=b"x"), "macros"),
        (word_file(p("x"), more={"[Content_Types].xml": "<a b='x.macroEnabled'/>"}), "macros"),
        (word_file(p("x"), more={"../../x.xml": "<x/>"}), "broken"),
        (word_file(p("x"), more={"/etc/x.xml": "<x/>"}), "broken"),
        (word_file(p("x"), more={"word\\..\\x": "<x/>"}), "broken"),
        (word_file(p("x"), more={f"x{number}": "" for number in range(2000)}), "bomb"),
        (word_file(p("x"), big=b"\x00" * 2_000_000), "bomb"),
        (word_file(p("x" * 2_000_000)), "bomb"),
        (word_file("<w:p>"), "broken"),
        (word_file(p("x"), word__styles_x_xml="inte xml"), "broken"),
        (word_file("<w:tbl><w:tr><w:tc>" * 40 + "</w:tc></w:tr></w:tbl>" * 40), "tangled"),
        (word_file(table(cell("x").replace('gridSpan w:val="1"', 'gridSpan w:val="x"'))), "broken"),
        (word_file(p(picture("saknas"))), "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_no_good_document_is_refused(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_entities_are_never_expanded() -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = word_file(p("&b;").replace("&amp;b;", "&b;"))
    with zipfile.ZipFile(BytesIO(document)) as archive:
        inside = archive.read("word/document.xml").decode().replace(XML, XML + laughs)
    assert reason(word_file(word__document_x_xml=inside)) == "broken"
    outside = '<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>'
    assert reason(word_file(p("x"), docProps__app_x_xml=outside)) == "broken"
    # A part is XML by being read as such, not by its name: this one is never read.
    assert body(word_file(p("x"), word__styles_x_bin=laughs)) == "x"


def test_a_link_in_the_archive_is_refused() -> None:
    out = BytesIO(word_file(p("x")))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/media/x.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert reason(out.getvalue()) == "broken"


def test_a_locked_entry_is_told_of() -> None:
    data = bytearray(word_file(p("x")))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert reason(bytes(data)) == "encrypted"


def test_an_archive_that_lies_of_its_size_is_refused() -> None:
    data = bytearray(word_file(p("ord " * 400)))
    place = data.rindex(b"word/document.xml", 0, data.rindex(b"word/styles.xml")) - 46
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    assert reason(bytes(data)) == "broken"


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounded, "WALL_LIMIT", 0.01)
    assert reason(word_file(p("x"))) == "time"
    monkeypatch.undo()
    assert body(word_file(p("x"))) == "x"


def test_one_that_needs_too_much_memory_is_refused() -> None:
    """The child's own limit, made small."""
    command = "import mittkoping.text.docx_child as child; child.MEMORY_LIMIT = 60 * 2**20; child.main()"
    inside = "".join(p(f"ord {number}") for number in range(30_000))
    done = subprocess.run(
        [sys.executable, "-c", command], input=word_file(inside), capture_output=True, check=False
    )
    with pytest.raises(BadDocument, match="memory"):
        unpack(done.stdout)


def test_one_that_a_request_would_write_for_too_long_is_refused() -> None:
    """The limit of what comes after the child, made small."""
    command = "import mittkoping.text.docx_child as child; child.WRITING_LIMIT = -1.0; child.main()"
    done = subprocess.run(
        [sys.executable, "-c", command], input=word_file(p("x")), capture_output=True, check=False
    )
    with pytest.raises(BadDocument, match="time"):
        unpack(done.stdout)


def test_one_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounded, "PATIENCE", 0.01)
    with docx_bounded._turn.lock:
        assert reason(word_file(p("x"))) == "busy"


def test_one_that_is_too_large_never_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounded, "MAX_BYTES", 10)
    assert reason(word_file(p("x"))) == "large"


def test_the_childs_answer_is_read_as_it_was_written() -> None:
    converted = Converted("<p>å</p>", {"comments": 1}, (b"\x00\x01", b"", b"x"))
    assert unpack(pack(converted)) == converted
    with pytest.raises(BadDocument, match="tangled"):
        unpack(pack("tangled"))
    for broken in (b"", pack(converted)[:-1], pack(converted) + b"x"):
        with pytest.raises(BadDocument, match="memory"):
            unpack(broken)


def test_the_limits_leave_room_for_what_a_page_holds() -> None:
    assert docx_package.MAX_BYTES == 20 * 2**20
    assert docx_package.MAX_UNPACKED == 200 * 2**20
    assert docx_package.MAX_ENTRIES == 2000
