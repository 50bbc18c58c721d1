"""Pictures that are too much, broken, or something else: refused with a sentence, in little memory."""

import random
import tracemalloc
import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from tests.wiki.files.made import moving, picture
from tests.wiki.files.redrawn import EXTENSIONS, frames_of, main, opened, saved, taken
from wiki.files.refusing import NotTaken
from wiki.files.taking import take


@pytest.mark.parametrize("ext", ["gif", "webp"])
def test_moving_pictures_keep_moving(ext: str) -> None:
    found = taken(moving(12, (1000, 50), ext=ext), ext)
    shown = opened(found.parts[found.path])
    assert (frames_of(shown), shown.info["loop"], shown.size) == (12, 0, (1000, 50))
    shown.load()
    assert shown.info["duration"] == 80
    assert len(found.parts) == (1 if ext == "gif" else 3)
    assert {frames_of(opened(part)) for part in found.parts.values()} == {12}


def test_large_moving_pictures_become_smaller() -> None:
    found = taken(moving(3, (2400, 1200)), "gif")
    assert (found.width, found.height) == (1920, 960)
    assert frames_of(opened(found.parts[found.path])) == 3


@pytest.mark.parametrize(
    ("count", "size", "ext"), [(101, (4, 4), "gif"), (101, (4, 4), "webp"), (26, (1000, 1000), "gif")]
)
def test_pictures_that_move_too_much_are_refused(count: int, size: tuple[int, int], ext: str) -> None:
    with pytest.raises(NotTaken, match="Gränsen är 100 bildrutor och tillsammans 25 miljoner bildpunkter"):
        taken(moving(count, size, ext=ext), ext)


def header_only(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with next to nothing in it."""
    chunks = [
        (b"IHDR", pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 999)),
        (b"IEND", b""),
    ]
    body = b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def lying_gif(width: int, height: int) -> bytes:
    """A GIF whose screen is so large."""
    small = picture((4, 4), ext="gif")
    return small[:6] + pack("<HH", width, height) + small[10:]


@pytest.mark.parametrize(
    ("data", "ext"),
    [
        (header_only(5001, 5000), "png"),
        (header_only(60_000, 60_000), "png"),
        (header_only(2**31 - 1, 2**31 - 1), "png"),
        (lying_gif(65_535, 65_535), "gif"),
        (lying_gif(5001, 5000), "gif"),
    ],
)  # fmt: skip
def test_too_many_pixels_are_refused_by_the_header_in_little_memory(data: bytes, ext: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NotTaken, match="Bilden har fler än 25 miljoner bildpunkter"):
            taken(data, ext)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_picture_of_just_as_many_pixels_is_taken() -> None:
    image = Image.new("1", (5000, 5000))
    assert main(saved(image, "png")).size == (1920, 1920)


def test_a_text_in_a_picture_that_unpacks_to_much_is_refused() -> None:
    packed = zlib.compress(b"x" * 200_000_000, 9)
    text = b"zTXt" + b"Comment\0\0" + packed
    data = picture()
    chunk = pack(">I", len(text) - 4) + text + pack(">I", zlib.crc32(text))
    tracemalloc.start()
    try:
        with pytest.raises(NotTaken):
            taken(data[:33] + chunk + data[33:])
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_a_jpeg_of_countless_scans_is_refused_unread() -> None:
    data = picture(ext="jpg", progressive=True)
    scan = data.index(b"\xff\xda")
    with pytest.raises(NotTaken, match="Bilden går inte att läsa"):
        taken(data[:-2] + data[scan:-2] * 300 + data[-2:], "jpg")
    assert taken(data, "jpg").size


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_half_a_picture_is_refused(ext: str) -> None:
    data = picture((200, 100), ext=ext)
    for part in (2, 3, 10):
        with pytest.raises(NotTaken):
            taken(data[: len(data) // part], ext)


@pytest.mark.parametrize("ext", EXTENSIONS)
@pytest.mark.parametrize("other", EXTENSIONS)
def test_content_and_extension_must_agree(ext: str, other: str) -> None:
    data = picture(ext=ext)
    if ext == other:
        assert taken(data, other).path.endswith(f".{ext}")
    else:
        with pytest.raises(NotTaken, match=f"den slutar på .{other}"):
            taken(data, other)


def test_jpeg_has_two_extensions_and_case_does_not_matter() -> None:
    for name in ("x.jpeg", "x.JPG", "x.php.JpEg"):
        assert take(BytesIO(picture(ext="jpg")), name).path.endswith(".jpg")


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_broken_pictures_are_refused_or_taken_and_nothing_else(ext: str) -> None:
    chance = random.Random(ext)  # noqa: S311 - the same every time
    sources = [picture((60, 40), ext=ext), picture((60, 40), ext=ext, mode="L")]
    if ext in {"gif", "webp"}:
        sources.append(moving(4, ext=ext))
    outcomes = set()
    for number in range(300):
        data = bytearray(sources[number % len(sources)])
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            outcomes.add(taken(bytes(data), ext).media_type)
        except NotTaken as refusal:
            outcomes.add(str(refusal)[:20])
    assert len(outcomes) > 1
