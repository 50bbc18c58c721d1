"""Pictures are decoded and written anew: only what is seen is left, and little memory is needed to refuse."""

from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from tests.wiki.files.made import FORMATS, photograph, picture
from tests.wiki.files.redrawn import EXTENSIONS, frames_of, main, opened, saved, taken

RED, GREEN = (200, 30, 40), (0, 160, 60)


def is_near(found: Any, wanted: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def pixel(image: Image.Image, x: int) -> tuple[int, ...]:
    found = image.getpixel((x, 5))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("ext", EXTENSIONS)
@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((2500, 1250), [(480, 240), (960, 480), (1920, 960)]),
        ((1250, 2500), [(480, 960), (960, 1920)]),
        ((961, 2), [(480, 1), (960, 2), (961, 2)]),
        ((960, 10), [(480, 5), (960, 10)]),
        ((480, 10), [(480, 10)]),
        ((1, 3000), [(1, 1920)]),
    ],
)
def test_the_smaller_sizes_are_those_that_are_narrower(
    ext: str, size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    found = taken(picture(size, ext=ext), ext)
    assert sorted(opened(part).size for part in found.parts.values()) == (
        sizes if ext != "gif" else sizes[-1:]
    )
    assert (found.width, found.height) == sizes[-1]
    assert {opened(part).format for part in found.parts.values()} == {FORMATS[ext]}


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_colours_stay(ext: str) -> None:
    image = main(picture((2000, 400), ext=ext), ext).convert("RGB")
    assert is_near(image.getpixel((5, 5)), GREEN)
    assert is_near(image.getpixel((1500, 200)), RED)


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_the_same_gives_the_same(ext: str) -> None:
    data = picture((1000, 500), ext=ext)
    assert taken(data, ext) == taken(data, ext)
    assert dict(taken(data, ext).parts) == dict(taken(data, ext).parts)


def test_a_photograph_loses_its_place_its_comment_and_its_profile_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "KANARIE-kamera"
    exif[0x0112] = 6  # stand it up, to the right
    exif.get_ifd(0x8825)[1] = "KANARIE-gps"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGB", (400, 200), RED)
    image.paste(GREEN, (0, 0, 400, 40))
    data = saved(image, "jpg", exif=exif, icc_profile=profile, comment=b"KANARIE", quality=95)
    assert data.count(b"KANARIE") >= 2
    found = taken(data, "jpg")
    for part in found.parts.values():
        assert b"KANARIE" not in part
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(opened(part).info)
    upright = main(data, "jpg").convert("RGB")
    assert upright.size == (200, 400)
    assert is_near(upright.getpixel((195, 200)), GREEN)
    assert is_near(upright.getpixel((20, 200)), RED)


@pytest.mark.parametrize(("size", "width"), [((40, 20), 40), ((4500, 5000), 1728)])
def test_of_a_photograph_with_another_behind_it_the_first_is_taken(size: tuple[int, int], width: int) -> None:
    """As large as one may be: those behind it are not counted."""
    data = photograph(size)
    assert (opened(data).format, frames_of(opened(data))) == ("MPO", 2)
    found = taken(data, "jpg")
    assert (found.media_type, found.width) == ("image/jpeg", width)
    for part in found.parts.values():
        shown = opened(part)
        assert (shown.format, frames_of(shown)) == ("JPEG", 1)
        assert is_near(shown.getpixel((5, 5)), RED)


def test_a_photograph_with_another_behind_it_stands_upright_and_tells_nothing() -> None:
    exif = Image.Exif()
    exif[0x010F] = "KANARIE-kamera"
    exif[0x0112] = 6
    data = photograph((400, 200), exif=exif)
    assert b"KANARIE" in data
    found = taken(data, "jpg")
    assert (found.width, found.height) == (200, 400)
    assert b"KANARIE" not in b"".join(found.parts.values())


@pytest.mark.parametrize("ext", ["png", "webp", "gif"])
def test_texts_in_other_formats_go_too(ext: str) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "KANARIE <script>")
    options: dict[str, dict[str, Any]] = {
        "png": {"pnginfo": texts, "exif": b"Exif\0\0KANARIE"},
        "webp": {"xmp": b"KANARIE", "exif": b"Exif\0\0KANARIE"},
        "gif": {"comment": b"KANARIE"},
    }
    data = saved(Image.new("RGB", (30, 30), RED), ext, **options[ext])
    assert b"KANARIE" in data
    assert b"KANARIE" not in b"".join(taken(data + b"<script>KANARIE</script>", ext).parts.values())


def test_colours_are_what_the_profile_says() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # What is called red is green, and the other way round.
    swapped = srgb.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    for mode in ("RGB", "RGBA"):
        data = saved(Image.new("RGB", (40, 40), RED).convert(mode), "png", icc_profile=swapped)
        image = main(data)
        assert is_near(image.convert("RGB").getpixel((9, 9)), (RED[1], RED[0], RED[2]))
        assert "icc_profile" not in image.info


def test_a_profile_that_cannot_be_read_changes_nothing() -> None:
    data = saved(Image.new("RGB", (40, 40), RED), "png", icc_profile=b"broken")
    assert main(data).convert("RGB").getpixel((9, 9)) == RED


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I;16"])
def test_every_mode_is_taken(mode: str) -> None:
    if mode == "I;16":
        image = Image.new(mode, (1000, 40), 40_000)
    else:
        base = "L" if mode == "LA" else "RGBA" if mode == "PA" else "RGB"
        image = Image.new("RGB", (1000, 40), RED).convert(base).convert(mode)
    for ext in EXTENSIONS:
        try:
            data = saved(image, ext)
        except (OSError, ValueError):
            continue
        shown = main(data, ext)
        assert shown.size == (1000, 40)
        if (mode, ext) == ("I;16", "png"):
            assert shown.getpixel((9, 9)) == 40_000 // 256


@pytest.mark.parametrize("ext", ["png", "webp", "gif"])
@pytest.mark.parametrize("size", [(40, 40), (2400, 40)])
def test_what_is_transparent_stays_so(ext: str, size: tuple[int, int]) -> None:
    image = Image.new("RGBA", size, (*RED, 255))
    image.paste((0, 0, 0, 0), (0, 0, size[0] // 2, size[1]))
    sources = [image] if ext == "gif" else [image, image.quantize(8)]
    for source in sources:
        shown = main(saved(source, ext), ext).convert("RGBA")
        left, right = (pixel(shown, x) for x in (2, shown.width - 2))
        assert (left[3], right[3]) == (0, 255)
        assert is_near(right[:3], RED)
