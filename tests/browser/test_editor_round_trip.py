"""The visual editor gives every text back as it was, and typing in one block touches no other."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mittkoping.text.untouched import restore
from tests.editor import sources
from tests.editor.harness import (
    account,
    changed_lines,
    editor_page,
    keeps_its_own,
    leaves_the_rest,
    shown,
    type_into,
    with_edit,
)

OWN = sources.own()
DEMO = dict(list(sources.demo().items())[::40])
REAL = {name: text for name, text in sources.real().items() if 2_000 < len(text) < 4_000}
SAMPLE = {**OWN, **DEMO, **dict(list(REAL.items())[:4])}
TABLE = "| A | B |\n|---|--:|\n| ett   | två |\n"
LIST_AND_CODE = "- punkt\n\nmellan\n\n    kod\n"


@pytest.fixture(scope="module")
def editor(browser: Browser) -> Iterator[Page]:
    """The editor without its interface, for all tests here."""
    with editor_page(browser) as page:
        yield page


def done(editor: Page, source: str, *deeds: list[Any]) -> dict[str, Any]:
    """Open a source, do something to its nodes, and save: see DEEDS in harness.js."""
    found: dict[str, Any] = editor.evaluate("([s, d]) => check.done(s, d)", [source, list(deeds)])
    return found


def text(words: str) -> dict[str, Any]:
    """A paragraph, as the editor keeps it."""
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_text_comes_back_as_it_was_and_a_word_changes_one_line(editor: Page, name: str) -> None:
    source = SAMPLE[name]
    seen = type_into(editor, source)
    assert seen["saved"] == source
    assert restore(source, source, seen["claim"]) == (source, 0)
    assert account(seen["anew"]) == account(source)
    for block in (block for block in seen["blocks"] if "edit" in block):
        after = with_edit(source, block["edit"])
        assert changed_lines(source, after) == 1, block
        assert leaves_the_rest(source, after), block
        assert keeps_its_own(source, after, source[block["from"] : block["to"]]), block
        assert block["isUndone"], block
        assert restore(source, after, block["claim"]) == (after, 0), block


def test_there_are_documents_of_many_kinds() -> None:
    assert len(OWN) >= 25
    assert len(DEMO) >= 4


def test_common_writing_can_be_edited(editor: Page) -> None:
    for name in [
        "01-enkel.md",
        "02-listor-i-listor.md",
        "05-tabeller.md",
        "07-fotnoter.md",
        "31-erfarenhet.md",
    ]:
        kinds = {block["type"] for block in type_into(editor, OWN[name])["blocks"]}
        assert "card" not in kinds, name


def test_what_is_untouched_is_told_to_the_server(editor: Page) -> None:
    seen = done(editor, "Ett.\n\nTvå.\n\nTre.\n", ["type", 1, " Ord"])
    assert seen["saved"] == "Ett.\n\nTvå Ord.\n\nTre.\n"
    assert [part.rsplit(":", 1)[0] for part in seen["claim"].split(";")] == ["3", "0:0", "2:2"]


def test_lines_that_two_blocks_share_are_one_chunk(editor: Page) -> None:
    source = "## Rubrik\nText.\n\nSlut.\n"
    assert done(editor, source, ["type", 1, " ord"])["claim"].startswith("2;1:1:")
    assert done(editor, source, ["type", 2, " ord"])["claim"].startswith("2;0:0:")


def test_blocks_that_are_moved_and_removed_keep_their_bytes(editor: Page) -> None:
    source = "Ett  ord.\n\n\nTvå\nrader.\n\n* tre\n* stjärnor\n"
    moved = done(editor, source, ["move", 2, 0])
    assert moved["saved"] == "* tre\n* stjärnor\n\nEtt  ord.\n\n\nTvå\nrader.\n"
    assert [part.rsplit(":", 1)[0] for part in moved["claim"].split(";")] == ["3", "2:0", "0:1", "1:2"]
    assert done(editor, source, ["remove", 1])["saved"] == "Ett  ord.\n\n* tre\n* stjärnor\n"
    assert done(editor, source, ["remove", 1], ["move", 1, 0], ["undo"], ["undo"])["saved"] == source


def test_a_paragraph_that_is_split_and_joined_again_is_as_it_was(editor: Page) -> None:
    source = "Ett ord\noch  fler.\n\nSist.\n"
    assert done(editor, source, ["split", 0])["saved"] == "Ett\n\nord\noch  fler.\n\nSist.\n"
    assert done(editor, source, ["split", 0], ["undo"])["saved"] == source


def test_the_form_of_a_table_stays(editor: Page) -> None:
    assert done(editor, TABLE, ["type", 0, "a"])["saved"] == TABLE.replace("A", "Aa", 1)


def test_a_new_row_leaves_the_other_rows_as_they_are(editor: Page) -> None:
    source = "| A_b | B |\n|:---|--:|\n| ett*  | två |\n"
    found = done(editor, source, ["row", 0, "Ny"])
    assert found["saved"] == f"{source}| Ny |  |\n"
    rows = found["json"]["content"][0]["content"]
    assert [[cell["attrs"]["align"] for cell in row["content"]] for row in rows] == [["left", "right"]] * 3


def test_what_is_written_as_text_is_read_with_what_the_page_defines(editor: Page) -> None:
    rest = "\n\n[^1]: Källa.\n\n[r]: https://example.org/r\n"
    seen = done(editor, f"Ord.{rest}", ["asText", 0, "- Ett[^1]\n- Se [rapporten][r]"])
    assert seen["json"]["content"][0]["type"] == "bulletList"
    assert shown(seen["saved"]) == shown(f"- Ett[^1]\n- Se [rapporten](https://example.org/r){rest}")


@pytest.mark.parametrize("part", ["Inte en lista:\n- för raden ovanför", "Rad\\\noch rad", "[^1]: Igen."])
def test_what_is_written_as_text_and_cannot_be_shown_stays_text(editor: Page, part: str) -> None:
    seen = done(editor, "Ord[^1].\n\n[^1]: Källa.\n", ["asText", 0, part])
    assert seen["json"]["content"][0] == {"type": "card", "attrs": {"source": part}}
    assert seen["saved"] == f"{part}\n\n[^1]: Källa.\n"


def test_a_large_table_keeps_its_form_too(editor: Page) -> None:
    rows = "".join(f"| rad {number}     |   {number} |    **fet**    |\n" for number in range(400))
    source = f"| A         | B     | C             |\n|:----------|------:|---------------|\n{rows}"
    saved = done(editor, source, ["type", 0, "a"])["saved"]
    assert saved == source.replace("A", "Aa", 1)


def test_code_that_would_become_a_part_of_a_list_gets_a_fence(editor: Page) -> None:
    assert done(editor, LIST_AND_CODE, ["remove", 1])["saved"] == "- punkt\n\n```\nkod\n```\n"


def test_an_address_that_is_taken_away_is_written_into_the_links_that_need_it(editor: Page) -> None:
    source = "Se [rapporten][r].\n\nMitt i.\n\n[r]: https://example.org/r\n"
    assert (
        done(editor, source, ["remove", 2])["saved"] == "Se [rapporten](https://example.org/r).\n\nMitt i.\n"
    )


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("# inte rubrik", "\\# inte rubrik"),
        ("1. inte lista", "1\\. inte lista"),
        ("- inte lista", "\\- inte lista"),
        ("> inte citat", "\\> inte citat"),
        (": förklarar inget", "&#58; förklarar inget"),
        ("2 * 3 * 4, a_b_c, [1] och C:\\mapp", "2 * 3 * 4, a_b_c, [1] och C:\\mapp"),
        ("*stjärnor* och _streck_", "\\*stjärnor\\* och \\_streck\\_"),
        ("[[Sida]] och [a](b)", "\\[\\[Sida]] och \\[a](b)"),
        ("`kod` och &amp;", "\\`kod\\` och &amp;amp;"),
        ("<https://a.se> och <b>", "&lt;https://a.se> och <b>"),
        ("---", "\\---"),
        ("***", "\\*\\*\\*"),
        ("```", "\\`\\`\\`"),
        ("[^1]: inte fotnot", "\\[^1]: inte fotnot"),
        ("a | b", "a | b"),
        ("~~~", "&#126;&#126;&#126;"),
        ("-5 grader", "-5 grader"),
        ("a_b_c*d*", "a_b_c\\*d\\*"),
    ],
)
def test_what_is_typed_means_itself(editor: Page, words: str, source: str) -> None:
    seen = done(editor, "Först.\n", ["insert", 0, text(words)])
    assert seen["saved"] == f"{source}\n\nFörst.\n"
    assert shown(seen["saved"]) == f"<p>{_escaped(words)}</p><p>Först.</p>"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_fence_that_nothing_closed_stays_words_when_code_follows(editor: Page) -> None:
    code = {"type": "codeBlock", "content": [{"type": "text", "text": "kod"}]}
    saved = done(editor, "Före.\n\n```\n\nSist.\n", ["insert", 2, code])["saved"]
    assert saved == "Före.\n\n&#96;&#96;&#96;\n\n```\nkod\n```\n\nSist.\n"


def test_code_and_bold_that_cross_lose_no_space_and_hold_no_links(editor: Page) -> None:
    code, bold = {"type": "code"}, {"type": "bold"}
    link = {"type": "wikiLink", "attrs": {"kind": "page", "name": "Sida", "text": ""}, "marks": [code]}
    parts = [("ett ", [code]), ("två", [bold, code]), (" tre", [code])]
    content = [{"type": "text", "text": words, "marks": marks} for words, marks in parts]
    saved = done(editor, "Sist.\n", ["insert", 0, {"type": "paragraph", "content": [*content, link]}])[
        "saved"
    ]
    assert saved == "`ett` **`två`** `tre`[[Sida]]\n\nSist.\n"


def test_an_empty_page_can_be_begun(editor: Page) -> None:
    assert done(editor, "")["saved"] == ""
    assert done(editor, "", ["insert", 0, text("Början.")])["saved"] == "Början."
    assert done(editor, "\n\n")["saved"] == "\n\n"
