"""Pictures as they are taken, opened again."""

from io import BytesIO
from typing import Any

from PIL import Image

from tests.wiki.files.made import FORMATS
from wiki.files.taking import Taken, take

EXTENSIONS = tuple(FORMATS)


def taken(data: bytes, ext: str = "png") -> Taken:
    """Take a picture."""
    return take(BytesIO(data), f"x.{ext}")


def opened(data: bytes) -> Image.Image:
    """Open what was stored."""
    return Image.open(BytesIO(data))


def main(data: bytes, ext: str = "png") -> Image.Image:
    """The main size of what was taken."""
    found = taken(data, ext)
    return opened(found.parts[found.path])


def frames_of(image: Image.Image) -> int:
    """How many frames it has."""
    count: int = getattr(image, "n_frames", 1)
    return count


def saved(image: Image.Image, ext: str, **options: Any) -> bytes:
    """A picture as a file."""
    out = BytesIO()
    image.save(out, format=FORMATS[ext], **options)
    return out.getvalue()
