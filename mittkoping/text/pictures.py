"""Our own pictures, as their addresses tell of them: what they hold, how large they are, in which sizes."""

import re
from dataclasses import dataclass

FOLDER = "/media/bilder/"
WIDTHS = (480, 960)  # of the smaller sizes, in pixels, next to the main one
ENDINGS = ("png", "jpg", "webp", "gif")
# How wide a picture is drawn: our column, and the whole of a narrow screen.
SIZES = "(min-width: 53rem) 50rem, 100vw"
DECORATIVE = "dekorativ"  # the title, in the source, of a picture that says nothing

# Digits are counted, so that nothing that is read here grows beyond a line.
_NAME = re.compile(
    r"(?P<digest>[0-9a-f]{32})-(?P<width>[1-9][0-9]{0,4})x(?P<height>[1-9][0-9]{0,4})"
    rf"(?:-(?P<size>{'|'.join(map(str, WIDTHS))}))?\.(?P<ext>{'|'.join(ENDINGS)})"
)


@dataclass(frozen=True)
class Picture:
    """A picture in our storage.

    digest          the first 32 hex digits of SHA-256 of the stored bytes of its main size
    width, height   pixels of its main size
    ext             png, jpg, webp or gif
    """

    digest: str
    width: int
    height: int
    ext: str

    @property
    def name(self) -> str:
        """The name of its main size."""
        return f"{self.digest}-{self.width}x{self.height}.{self.ext}"

    @property
    def address(self) -> str:
        """Where its main size is."""
        return FOLDER + self.name

    @property
    def widths(self) -> tuple[int, ...]:
        """Of its smaller sizes: those that are narrower than the main one; a moving picture has none."""
        return () if self.ext == "gif" else tuple(width for width in WIDTHS if width < self.width)

    def sized_name(self, width: int) -> str:
        """The name of one of its smaller sizes."""
        return f"{self.digest}-{self.width}x{self.height}-{width}.{self.ext}"

    def sized_height(self, width: int) -> int:
        """How high it is when it is so wide, in whole pixels, at least one."""
        return max(1, round(self.height * width / self.width))

    @property
    def sources(self) -> tuple[str, ...]:
        """What browsers may choose from, narrowest first, as in srcset; nothing when there is one size."""
        if not self.widths:
            return ()
        smaller = tuple(f"{FOLDER}{self.sized_name(width)} {width}w" for width in self.widths)
        return (*smaller, f"{self.address} {self.width}w")

    @property
    def srcset(self) -> str:
        """Its sources as one value; empty when there is one size."""
        return ", ".join(self.sources)


def read_picture(address: str) -> Picture | None:
    """The picture whose main size is at the address; None for any other address."""
    found = _read(address)
    return found[0] if found and not found[1] else None


def main_address(address: str) -> str:
    """The address of the main size of the same picture; any other address is given back."""
    found = _read(address)
    return found[0].address if found else address


def is_srcset(value: str) -> bool:
    """Tell whether a value is the srcset of one picture of ours: all its sizes and nothing else."""
    main = value.rpartition(", ")[2].partition(" ")[0]
    picture = read_picture(main)
    return picture is not None and bool(value) and picture.srcset == value


def _read(address: str) -> tuple[Picture, int] | None:
    """The picture, and the width of the smaller size that it is; 0 for the main one."""
    match = _NAME.fullmatch(address.removeprefix(FOLDER)) if address.startswith(FOLDER) else None
    if match is None:
        return None
    picture = Picture(match["digest"], int(match["width"]), int(match["height"]), match["ext"])
    size = int(match["size"] or 0)
    return (picture, size) if not size or size in picture.widths else None
