"""Our own pictures: their addresses, their sizes, and what a text that shows them becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.frames import pack_rendered, unpack_rendered
from mittkoping.text.pictures import SIZES, WIDTHS, Picture, is_srcset, main_address, read_picture
from mittkoping.text.render import render
from mittkoping.text.sanitize import inert, sanitize
from mittkoping.text.silence import words_before
from tests.text.walls import faults

DIGEST = "0123456789abcdef0123456789abcdef"
LARGE = f"/media/bilder/{DIGEST}-1600x900.jpg"
MIDDLE = f"/media/bilder/{DIGEST}-1600x900-960.jpg"
SMALL = f"/media/bilder/{DIGEST}-1600x900-480.jpg"
SRCSET = f"{SMALL} 480w, {MIDDLE} 960w, {LARGE} 1600w"


def html(source: str) -> str:
    return render(source, {}).html


def test_an_address_says_what_the_picture_is() -> None:
    picture = read_picture(LARGE)
    assert picture == Picture(DIGEST, 1600, 900, "jpg")
    assert picture.address == LARGE
    assert picture.widths == WIDTHS
    assert picture.sources == (f"{SMALL} 480w", f"{MIDDLE} 960w", f"{LARGE} 1600w")
    assert (picture.sized_height(960), picture.sized_height(480)) == (540, 270)
    assert Picture(DIGEST, 1920, 1, "png").sized_height(480) == 1


@pytest.mark.parametrize(
    ("width", "ext", "widths"),
    [
        (480, "png", ()),
        (481, "png", (480,)),
        (960, "webp", (480,)),
        (961, "jpg", (480, 960)),
        (1920, "gif", ()),
    ],
)
def test_smaller_sizes_are_those_that_are_smaller(width: int, ext: str, widths: tuple[int, ...]) -> None:
    picture = Picture(DIGEST, width, 10, ext)
    assert picture.widths == widths
    assert len(picture.sources) == (len(widths) + 1 if widths else 0)


@given(
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.integers(1, 99_999),
    st.integers(1, 99_999),
    st.sampled_from(["png", "jpg", "webp", "gif"]),
)
def test_every_picture_is_read_from_its_own_address(digest: str, width: int, height: int, ext: str) -> None:
    picture = Picture(digest, width, height, ext)
    assert read_picture(picture.address) == picture
    for smaller in picture.widths:
        address = f"/media/bilder/{picture.sized_name(smaller)}"
        assert read_picture(address) is None
        assert main_address(address) == picture.address
    assert is_srcset(picture.srcset) == bool(picture.widths)
    assert faults(html(f"![x]({picture.address})")) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        f"/media/bilder/{DIGEST[:-1]}-1600x900.jpg",
        f"/media/bilder/{DIGEST.upper()}-1600x900.jpg",
        f"/media/bilder/{DIGEST}-0x900.jpg",
        f"/media/bilder/{DIGEST}-01x900.jpg",
        f"/media/bilder/{DIGEST}-123456x900.jpg",
        f"/media/bilder/{DIGEST}-1600x900.svg",
        f"/media/bilder/{DIGEST}-1600x900.jpg\n",
        f"/media/bilder/{DIGEST}-1600x900.jpg?a",
        f"/media/bilder/{DIGEST}-١٦x900.jpg",
        f"/media/bilder/x/{DIGEST}-1600x900.jpg",
        f"https://lurad.example/media/bilder/{DIGEST}-1600x900.jpg",
        f"//lurad.example/media/bilder/{DIGEST}-1600x900.jpg",
    ],
)
def test_any_other_address_is_no_picture_of_ours(address: str) -> None:
    assert read_picture(address) is None
    assert main_address(address) == address


def test_a_size_that_the_picture_does_not_have_is_no_address_of_it() -> None:
    assert main_address(f"/media/bilder/{DIGEST}-900x900-480.png") == f"/media/bilder/{DIGEST}-900x900.png"
    assert "-960" in main_address(f"/media/bilder/{DIGEST}-900x900-960.png")
    assert "-480" in main_address(f"/media/bilder/{DIGEST}-900x900-480.gif")


def test_a_picture_is_shown_with_its_place_and_its_sizes() -> None:
    assert html(f"![Ett träd]({LARGE})") == (
        f'<p><img alt="Ett träd" height="900" loading="lazy" sizes="{SIZES}" src="{LARGE}"'
        f' srcset="{SRCSET}" width="1600"></p>'
    )
    assert html(f'![Ett träd](/media/bilder/{DIGEST}-480x300.png "Vid ån")') == (
        f'<p><img alt="Ett träd" height="300" loading="lazy" src="/media/bilder/{DIGEST}-480x300.png"'
        ' title="Vid ån" width="480"></p>'
    )


@pytest.mark.parametrize("title", ['"dekorativ"', "'Dekorativ'", '" DEKORATIV "', "(dekorativ)"])
def test_a_decorative_picture_says_nothing_and_nobody_asks_why(title: str) -> None:
    address = f"/media/bilder/{DIGEST}-100x50.png"
    plain = f'<p><img alt="" height="50" loading="lazy" src="{address}" width="100"></p>'
    if title == "(dekorativ)":  # no title in our dialect
        assert html(f"![]({address} {title})") != plain
        return
    rendered = render(f"![]({address} {title})", {})
    assert (rendered.html, rendered.silent, rendered.plain) == (plain, (), "")
    assert html(f"![Ord]({address} {title})") == plain


@pytest.mark.parametrize("alt", ["", " ", "&nbsp;", "&#8203;", "\u200b", "\u00ad"])
def test_a_picture_that_nothing_is_said_of_is_told(alt: str) -> None:
    rendered = render(f"![{alt}]({LARGE})", {})
    assert rendered.silent == (LARGE,)
    assert render(f"![{alt}x]({LARGE})", {}).silent == ()


def test_a_text_tells_which_files_it_names_each_once_in_order() -> None:
    document = f"/media/dokument/{DIGEST}.pdf"
    source = (
        f"![]({MIDDLE}) [Plan]({document}#sida=2) ![x]({LARGE})\n\n"
        f"[a](/sidor/x/) [b](https://a.se/media/x.pdf) ![c](https://a.se/c.png) `![d](/media/d.png)`\n\n"
        f"| a |\n|---|\n| [![e](/media/e.png)](/media/f.pdf?x) |\n\n![]({LARGE}) <!-- ![]({DIGEST}) -->"
    )
    rendered = render(source, {})
    assert rendered.files == (LARGE, document, "/media/f.pdf", "/media/e.png")
    assert rendered.silent == (MIDDLE, LARGE)
    assert unpack_rendered(pack_rendered(rendered)) == rendered


def test_a_link_to_a_smaller_size_names_the_picture() -> None:
    rendered = render(f"[Liten]({SMALL}?x) [Mellan]({MIDDLE})", {})
    assert rendered.files == (LARGE,)
    assert f'href="{SMALL}?x"' in rendered.html
    # A size that the picture does not have is a file like any other.
    odd = f"/media/bilder/{DIGEST}-400x300-480.jpg"
    assert render(f"[Udda]({odd})", {}).files == (odd,)


def test_pictures_by_reference_are_pictures() -> None:
    assert render(f"![][träd]\n\n[träd]: {LARGE}", {}).silent == (LARGE,)
    assert render(f'![][träd]\n\n[träd]: {LARGE} "dekorativ"', {}).silent == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("srcset", "https://lurad.example/a.png 480w"),
        ("srcset", f"{SRCSET}, https://lurad.example/a.png 2000w"),
        ("srcset", f"https://lurad.example/a.png 1w, {SRCSET}"),
        ("srcset", f"{LARGE} 1600w"),
        ("srcset", f"{SMALL} 480w, {LARGE} 1600w"),
        ("srcset", SRCSET.replace("480w", "481w")),
        ("srcset", SRCSET.replace(DIGEST, "f" * 32, 1)),
        ("srcset", SRCSET + " "),
        ("srcset", SRCSET.replace(", ", ",")),
        ("srcset", ""),
        ("srcset", "/logga-ut/ 480w"),
        ("srcset", "data:image/svg+xml,x 1x"),
        ("sizes", "100vw"),
        ("sizes", SIZES + ";"),
        ("width", "0"),
        ("width", "-1"),
        ("width", "100%"),
        ("width", "100000"),
        ("height", "1e3"),
        ("height", "١"),
        ("loading", "eager"),
    ],
)
def test_attributes_of_pictures_that_are_not_ours_go(name: str, value: str) -> None:
    assert sanitize(f'<img alt="a" {name}="{value}" src="{LARGE}">') == f'<img alt="a" src="{LARGE}">'


def test_attributes_of_pictures_that_are_ours_stay() -> None:
    shown = html(f"![a]({LARGE})")
    assert 'srcset="' in shown
    assert sanitize(shown) == shown
    assert sanitize(f'<p srcset="{SRCSET}" sizes="{SIZES}" width="1">x</p>') == "<p>x</p>"
    assert inert(shown) == "<p></p>"
    # Written by hand, it is words.
    assert "<img" not in html(f'<img src="{LARGE}" srcset="{SRCSET}">')


def test_the_words_before_a_silent_picture_say_where_it_stands() -> None:
    shown = html(f'# Rubrik\n\nEtt två *tre* fyra\nfem sex ![]({LARGE} "dekorativ")\n\n![](/media/a.png) sju')
    assert words_before(shown, "/media/a.png") == "två tre fyra fem sex"
    # Drawn alike; the first of them is near enough.
    assert words_before(shown, LARGE) == "två tre fyra fem sex"
    assert words_before(html(f"![]({LARGE}) Ett"), LARGE) == ""
    assert words_before(html(f"Ett ![x]({LARGE})"), LARGE) == ""
    assert words_before(html(f"![x]({LARGE}) ![]({LARGE})"), LARGE) == "x"
    assert words_before(html(f"{'å' * 100} ![]({LARGE})"), LARGE) == "…" + "å" * 60
