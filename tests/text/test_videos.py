"""Films at other hosts: a link that says where it leads, and nothing that is fetched."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.render import render
from mittkoping.text.sanitize import sanitize
from mittkoping.text.videos import Film, film
from tests.text.walls import faults

ID = "a_b-c12_De9"
WATCH = f"https://www.youtube.com/watch?v={ID}"
EMBED = f"https://www.youtube-nocookie.com/embed/{ID}"
CARD = (
    '<p class="video"><a class="video-lank" href="{}" rel="noopener nofollow ugc">'
    "Se filmen på {} (öppnas där)</a></p>"
)


def html(source: str) -> str:
    return render(source, {}).html


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}",
        f"HTTPS://M.YouTube.com/watch?list=PL1&v={ID}&si=x",
        f"https://youtu.be/{ID}",
        f"https://youtu.be/{ID}/?si=hvem",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://m.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/watch?v={ID}#rubrik",
    ],
)
def test_a_film_at_youtube_is_known_in_all_its_forms(address: str) -> None:
    assert film(address) == Film("YouTube", ID, WATCH, EMBED)


@pytest.mark.parametrize(
    ("time_", "seconds"),
    [("t=90", 90), ("t=90s", 90), ("t=1m30s", 90), ("t=1h1m1s", 3661), ("start=90", 90), ("t=2m", 120)],
)
def test_where_a_film_begins_is_kept(time_: str, seconds: int) -> None:
    for address in (f"{WATCH}&{time_}", f"https://youtu.be/{ID}?{time_}"):
        found = film(address)
        assert found
        assert (found.watch, found.embed) == (f"{WATCH}&t={seconds}s", f"{EMBED}?start={seconds}")


@pytest.mark.parametrize("time_", ["t=", "t=x", "t=-1", "t=1e9", "t=999999", "t=0", "t=%00", "t=1s2m", "t=१"])
def test_a_time_that_is_none_is_left_out(time_: str) -> None:
    found = film(f"{WATCH}&{time_}")
    assert found is None if not time_.isascii() else found == Film("YouTube", ID, WATCH, EMBED)


@pytest.mark.parametrize(
    ("address", "watch", "embed"),
    [
        ("https://vimeo.com/76979871", "", "?dnt=1"),
        ("http://www.vimeo.com/76979871/", "", "?dnt=1"),
        ("https://player.vimeo.com/video/76979871?badge=0", "", "?dnt=1"),
        ("https://vimeo.com/76979871/ab12cd34ef", "/ab12cd34ef", "?h=ab12cd34ef&dnt=1"),
        ("https://player.vimeo.com/video/76979871?h=ab12cd34ef", "/ab12cd34ef", "?h=ab12cd34ef&dnt=1"),
        ("https://vimeo.com/76979871#t=1m30s", "#t=90s", "?dnt=1#t=90s"),
    ],
)
def test_a_film_at_vimeo_is_known_in_all_its_forms(address: str, watch: str, embed: str) -> None:
    found = film(address)
    assert found == Film(
        "Vimeo",
        "76979871",
        f"https://vimeo.com/76979871{watch}",
        f"https://player.vimeo.com/video/76979871{embed}",
    )


NO_FILMS = [
    "",
    "https://www.youtube.com/",
    "https://www.youtube.com/watch",
    "https://www.youtube.com/watch?v=kort",
    f"https://www.youtube.com/watch?v={ID}x",
    f"https://www.youtube.com/watch?v={ID}%22onload",
    f"https://www.youtube.com.lurad.example/watch?v={ID}",
    f"https://lurad.example/www.youtube.com/watch?v={ID}",
    f"https://ada@www.youtube.com/watch?v={ID}",
    f"https://www.youtube.com:8080/watch?v={ID}",
    f"//www.youtube.com/watch?v={ID}",
    f"javascript://www.youtube.com/watch?v={ID}",
    f"ftp://youtu.be/{ID}",
    f"https://youtu.be/{ID}/mer",
    f"https://youtu.be/{ID} ord",
    f"https://youtu.be/{ID}\u00a0ord",
    f"https://youtube.com/playlist?list={ID}",
    "https://www.youtube.com/@kanal",
    "https://vimeo.com/kanal",
    "https://vimeo.com/channels/staffpicks/76979871",
    "https://vimeo.com/1234567890123",
    "https://evimeo.com/76979871",
    "httpſ://youtu.be/" + ID,
    f"https://youtu.be/{ID}?x=" + "x" * 500,
]


@pytest.mark.parametrize("address", NO_FILMS)
def test_any_other_address_is_no_film(address: str) -> None:
    assert film(address) is None
    assert "video" not in re.sub(r"/video/|videos", "", html(address))


@pytest.mark.parametrize(
    "source",
    [
        f"https://youtu.be/{ID}",
        f"<https://youtu.be/{ID}>",
        f"  https://youtu.be/{ID}  ",
        f"https://youtu.be/{ID.replace('_', chr(92) + '_')}",
        f"\n\nhttps://youtu.be/{ID}\n\n",
    ],
)
def test_an_address_alone_in_a_paragraph_becomes_a_card(source: str) -> None:
    rendered = render(source, {})
    assert rendered.html == CARD.format(WATCH, "YouTube")
    assert rendered.plain == "Se filmen på YouTube (öppnas där)"
    assert sanitize(rendered.html) == rendered.html
    assert faults(rendered.html) == []


def test_an_address_with_stars_or_underscores_round_it_is_not_cut_by_them() -> None:
    assert html("https://youtu.be/_abcdefghi_") == CARD.format(
        "https://www.youtube.com/watch?v=_abcdefghi_", "YouTube"
    )
    assert html(f"<{WATCH}&amp;t=9>") == CARD.format(f"{WATCH}&amp;t=9s", "YouTube")
    assert html("https://vimeo.com/1#t=9s") == CARD.format("https://vimeo.com/1#t=9s", "Vimeo")


def test_a_card_may_stand_in_a_quotation_a_list_with_paragraphs_and_a_footnote() -> None:
    card = CARD.format(WATCH, "YouTube")
    assert html(f"> https://youtu.be/{ID}") == f"<blockquote>\n{card}\n</blockquote>"
    assert html(f"- a\n\n    https://youtu.be/{ID}") == f"<ul>\n<li>\n<p>a</p>\n{card}\n</li>\n</ul>"
    assert 'class="video-lank"' in html(f"x[^1]\n\n[^1]: https://youtu.be/{ID}")
    assert html(f"## A\nhttps://youtu.be/{ID}\n## B").splitlines()[1] == card


@pytest.mark.parametrize(
    "source",
    [
        f"Se https://youtu.be/{ID}",
        f"https://youtu.be/{ID} här",
        f"https://youtu.be/{ID}\nhttps://youtu.be/{ID}",
        f"[https://youtu.be/{ID}](/x/)",
        f"[Filmen](https://youtu.be/{ID})",
        f"**https://youtu.be/{ID}**",
        f"`https://youtu.be/{ID}`",
        f"    https://youtu.be/{ID}",
        f"```\nhttps://youtu.be/{ID}\n```",
        f"- https://youtu.be/{ID}",
        f"| https://youtu.be/{ID} |\n|---|\n| x |",
        f"# https://youtu.be/{ID}",
        f"https://youtu.be/{ID}\n---",
    ],
)
def test_an_address_among_other_things_stays_as_it_is(source: str) -> None:
    shown = html(source)
    assert 'class="video' not in shown
    assert ID in shown or "<em>" in shown


def test_the_lines_of_headings_are_right_after_a_card() -> None:
    assert render(f"https://youtu.be/{ID}\n\n# A\n\nhttps://vimeo.com/1\n# B", {}).lines == (2, 5)


def test_only_the_classes_of_cards_are_let_through() -> None:
    assert sanitize('<p class="video">x</p><p class="tabell">y</p>') == '<p class="video">x</p><p>y</p>'


@given(
    st.text(max_size=60), st.sampled_from(["", f"https://youtu.be/{ID}", "https://vimeo.com/1?", f"{WATCH}&"])
)
def test_whatever_is_read_leads_to_one_of_two_hosts(text: str, start: str) -> None:
    found = film(start + text)
    if found:
        assert re.fullmatch(
            r"https://(www\.youtube\.com/watch\?v=|vimeo\.com/)[\w/&=#-]+", found.watch, re.ASCII
        )
        assert film(found.watch) == found
    assert faults(html(start + text)) == []


def test_long_texts_are_read_in_no_time() -> None:
    started = time.perf_counter()
    for piece in ("https://youtu.be/", "?", "https://www.youtube.com/watch?", "t=1h", "\\"):
        assert film(piece * 20_000) is None
    assert time.perf_counter() - started < 1
