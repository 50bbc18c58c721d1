"""Files for tests, made here: pictures, documents, packages of every sort."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mittkoping.accounts.models import User
from wiki import operations
from wiki.models import AttachmentContent

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "gif": "GIF"}
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="{}.main+xml"/></Types>'


def picture(
    size: tuple[int, int] = (40, 20),
    *,
    ext: str = "png",
    colour: Any = (200, 30, 40),
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """A picture of one colour, with a green left edge."""
    image = Image.new("RGB", size, colour)
    image.paste((0, 160, 60), (0, 0, max(1, size[0] // 10), size[1]))
    out = BytesIO()
    image.convert(mode).save(out, format=FORMATS[ext], **options)
    return out.getvalue()


def moving(count: int, size: tuple[int, int] = (40, 20), *, ext: str = "gif") -> bytes:
    """A picture that moves, each frame in another colour."""
    frames = [Image.new("RGB", size, (number * 7 % 256, number * 31 % 256, 90)) for number in range(count)]
    out = BytesIO()
    frames[0].save(out, format=FORMATS[ext], save_all=True, append_images=frames[1:], duration=80, loop=0)
    return out.getvalue()


def photograph(size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """A JPEG as phones write it: behind the picture lies another one, which is not shown."""
    image, hidden = Image.new("RGB", size, (200, 30, 40)), Image.new("RGB", size, (20, 40, 200))
    out = BytesIO()
    image.save(out, format="MPO", save_all=True, append_images=[hidden], **options)
    return out.getvalue()


def package(*entries: tuple[str | ZipInfo, str | bytes], packed: bool = True) -> bytes:
    """A zip file with these entries, in order."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED if packed else ZIP_STORED) as made:
        for name, text in entries:
            made.writestr(name, text)
    return out.getvalue()


def odt(*more: tuple[str | ZipInfo, str | bytes], kind: str = ODT) -> bytes:
    """A text document of LibreOffice, as far as its package goes."""
    return package(("mimetype", kind), ("content.xml", "<x/>"), *more)


def docx(*more: tuple[str | ZipInfo, str | bytes], kind: str = DOCX) -> bytes:
    """A document of Word, as far as its package goes."""
    return package(("[Content_Types].xml", TYPES.format(kind)), ("word/document.xml", "<x/>"), *more)


def uploaded(
    by: User, data: bytes | None = None, name: str = "skolgård.png", **facts: str
) -> AttachmentContent:
    """What an upload has become."""
    return operations.upload(BytesIO(data or picture()), name, by=by, **facts)


def sent(data: bytes | None = None, name: str = "skolgård.png") -> SimpleUploadedFile:
    """A file in a form."""
    return SimpleUploadedFile(name, picture() if data is None else data)
