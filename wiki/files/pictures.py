"""The one door to Pillow: pictures are decoded and written anew, so that only what is seen is left."""

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from mittkoping.text.pictures import WIDTHS
from wiki.files.kinds import GIF, JPEG, PNG, WEBP, Kind
from wiki.files.refusing import NotTaken, unfit
from wiki.files.turns import turn

MAX_PIXELS = 25_000_000  # of a picture, or of all frames of one together
MAX_SIDE = 1920  # pixels, of what is stored
MAX_FRAMES = 100
MAX_SCANS = 200  # of a JPEG; cameras write up to 12, and each costs as much as the whole picture
SHORTEST_FRAME = 20  # milliseconds; browsers make less into 100
USUAL_FRAME = 100  # milliseconds

FORMATS: Mapping[str, Kind] = {"PNG": PNG, "JPEG": JPEG, "WEBP": WEBP, "GIF": GIF}
_OPTIONS: Mapping[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "WEBP": {"quality": 85, "method": 4},
    "GIF": {},
}
_SCAN = b"\xff\xda"  # a marker: in the data of a picture, a zero follows upon every 255
_SRGB = ImageCms.createProfile("sRGB")
# What decoders raise on what is broken, or was made to break them.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
    zlib.error,
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# A picture that is too large is refused, where Pillow would only warn.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Redrawn:
    """A picture as it is stored.

    main      its main size, as a file
    smaller   the others, by their width
    """

    size: tuple[int, int]
    main: bytes
    smaller: Mapping[int, bytes]


@dataclass(frozen=True)
class _Frames:
    """What is seen: one picture, or several that move.

    durations   milliseconds, of each
    loops       how many times it is repeated, 0 for ever; None for once
    """

    images: list[Image.Image]
    durations: list[int]
    loops: int | None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.images[0].size

    def sized(self, size: tuple[int, int]) -> "_Frames":
        """The same, smaller."""
        if size == self.size:
            return self
        smaller = [_plain(image).resize(size, Image.Resampling.LANCZOS) for image in self.images]
        return _Frames(smaller, self.durations, self.loops)


def redraw(data: bytes, kind: Kind) -> Redrawn:
    """Decode a picture and write it anew, upright, in sRGB, without metadata, in all its sizes.

    What its header says of its size is looked at first. The same bytes give the same bytes. Raises NotTaken.
    """
    if kind is JPEG and data.count(_SCAN) > MAX_SCANS:
        raise _unreadable()
    with turn():
        try:
            return _redrawn(data, kind)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except _BROKEN as error:
            if isinstance(error, Image.DecompressionBombWarning):
                raise _too_many_pixels() from error
            raise _unreadable() from error


def _redrawn(data: bytes, kind: Kind) -> Redrawn:
    with Image.open(BytesIO(data), formats=tuple(FORMATS)) as image:
        # A JPEG with more pictures behind the one that is shown, as phones write them: the others are left.
        name = "JPEG" if image.format == "MPO" else image.format or ""
        if FORMATS.get(name) is not kind:
            raise unfit(kind.extension)
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels()
        image.verify()
    # What has been verified cannot be decoded any more.
    with Image.open(BytesIO(data), formats=(name,)) as image:
        frames = _frames(image, name)
    widths = [width for width in WIDTHS if width < frames.size[0] and kind is not GIF]
    smaller = {width: _written(frames.sized(_as_wide(frames.size, width)), name) for width in widths}
    return Redrawn(frames.size, _written(frames, name), smaller)


def _frames(image: Image.Image, name: str) -> _Frames:
    if name in {"GIF", "WEBP"} and getattr(image, "is_animated", False):
        return _moving(image)
    if name == "JPEG":
        # As small as it decodes in one go while still large enough: less memory, and less time.
        image.draft(None, (MAX_SIDE, MAX_SIDE))
    image.load()
    profile = image.info.get("icc_profile")
    _set_upright(image)
    # Made smaller first: every step after it would need as much memory again.
    return _Frames([_cleaned(_in_srgb(_shrunk(image), profile))], [], None)


def _set_upright(image: Image.Image) -> None:
    """Turn it as the camera was held; what cannot be read of that is of no use to anybody."""
    with suppress(*_BROKEN):
        ImageOps.exif_transpose(image, in_place=True)


def _shrunk(image: Image.Image) -> Image.Image:
    """With its longest side within the limit."""
    size = _within(image.size)
    if size == image.size:
        return image
    # Of four inks, a profile may know more than we do.
    plain = image if image.mode == "CMYK" else _plain(image)
    return plain.resize(size, Image.Resampling.LANCZOS)


def _moving(image: Image.Image) -> _Frames:
    profile = image.info.get("icc_profile")
    size = _within(image.size)
    images: list[Image.Image] = []
    durations: list[int] = []
    for frame in _each(image):
        durations.append(_duration(frame.info.get("duration")))
        smaller = frame.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        images.append(_cleaned(_in_srgb(smaller, profile)))
    loops = image.info.get("loop")
    return _Frames(images, durations, int(loops) if loops is not None else None)


def _each(image: Image.Image) -> Iterator[Image.Image]:
    """The frames, one after the other; raises NotTaken before there are too many."""
    number = 0
    while True:
        try:
            image.seek(number)
        except EOFError:
            return
        number += 1
        if number > MAX_FRAMES or number * image.width * image.height > MAX_PIXELS:
            raise _moves_too_much()
        image.load()
        yield image


def _duration(milliseconds: Any) -> int:
    known = int(milliseconds) if isinstance(milliseconds, int | float) else 0
    return known if known >= SHORTEST_FRAME else USUAL_FRAME


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """As it is meant to look; where the profile cannot be read, as most show it."""
    if profile:
        try:
            return _converted(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    plain = image if image.mode in {"L", "CMYK"} else _plain(image)
    alpha = plain.getchannel("A") if plain.mode == "RGBA" else None
    colours = plain.convert("RGB") if alpha else plain
    converted = ImageCms.profileToProfile(colours, profile, _SRGB, outputMode="RGB")
    if converted is None:  # only when asked to work in place
        return image
    if alpha:
        converted.putalpha(alpha)
    return converted


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be made smaller: with transparency if it has any."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: what can be seen of them.
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "L" if image.mode == "1" else "RGB")


def _cleaned(image: Image.Image) -> Image.Image:
    """The pixels alone, in a mode that every format of ours can be written from."""
    if image.mode != "P":
        clean = _plain(image).copy()
        clean.info = {}
        return clean
    clean = image.copy()
    # A palette with transparency of its own is written as if it had none.
    clean.putpalette(image.getpalette("RGB") or [], "RGB")
    clean.info = {key: image.info[key] for key in ("transparency",) if key in image.info}
    return clean


def _within(size: tuple[int, int]) -> tuple[int, int]:
    longest = max(size)
    if longest <= MAX_SIDE:
        return size
    return _scaled(size[0] * MAX_SIDE, longest), _scaled(size[1] * MAX_SIDE, longest)


def _as_wide(size: tuple[int, int], width: int) -> tuple[int, int]:
    return width, _scaled(size[1] * width, size[0])


def _scaled(length: int, by: int) -> int:
    return max(1, round(length / by))


def _written(frames: _Frames, name: str) -> bytes:
    out = BytesIO()
    images = [_for_format(image, name) for image in frames.images]
    options = dict(_OPTIONS[name])
    if frames.durations:
        options |= {"save_all": True, "append_images": images[1:], "duration": frames.durations}
        options |= {} if frames.loops is None else {"loop": frames.loops}
        if name == "GIF" and any(image.has_transparency_data for image in images):
            options["disposal"] = 2  # otherwise the frame before would be seen through
    images[0].save(out, format=name, **options)
    return out.getvalue()


def _for_format(image: Image.Image, name: str) -> Image.Image:
    if name == "JPEG":
        return image if image.mode == "L" else image.convert("RGB")
    if name == "GIF" and image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _too_many_pixels() -> NotTaken:
    sentence = _("Bilden har fler än %(limit)s miljoner bildpunkter. Gör den mindre och försök igen.")
    return NotTaken(sentence % {"limit": MAX_PIXELS // 1_000_000})


def _moves_too_much() -> NotTaken:
    sentence = _(
        "Animationen är för lång eller för stor. Gränsen är %(frames)s bildrutor och tillsammans "
        "%(limit)s miljoner bildpunkter. Ladda upp en stillbild, eller länka till en film."
    )
    return NotTaken(sentence % {"frames": MAX_FRAMES, "limit": MAX_PIXELS // 1_000_000})


def _unreadable() -> NotTaken:
    return NotTaken(
        _("Bilden går inte att läsa: filen är trasig eller inte hel. Spara den på nytt och försök igen.")
    )
