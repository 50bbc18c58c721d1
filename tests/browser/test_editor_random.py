"""Documents put together by chance: the visual editor gives them back, and touches only what is edited."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from mittkoping.text.normalise import normalise
from mittkoping.text.untouched import restore
from tests.editor.harness import WORD, account, editor_page, leaves_the_rest, with_edit
from tests.editor.making import documents, scribbles

EXAMPLES = 12
AT_ONCE = 12  # documents of one example: asking the browser takes longer than the editor does
TYPED = f"texts => texts.map((text) => check.typed(text, ' {WORD}'))"
quick = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module")
def editor(browser: Browser) -> Iterator[Page]:
    """One page for all examples."""
    with editor_page(browser) as page:
        yield page


def typed(editor: Page, texts: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Open the texts, normalised as the form has them, and type into each of their blocks."""
    clean = [normalise(text) for text in texts]
    return list(zip(clean, editor.evaluate(TYPED, clean), strict=True))


@quick
@given(texts=st.lists(documents(), min_size=AT_ONCE, max_size=AT_ONCE))
def test_documents_come_back_and_only_the_edited_block_changes(editor: Page, texts: list[str]) -> None:
    for source, seen in typed(editor, texts):
        assert seen["saved"] == source
        assert account(seen["anew"]) == account(source), source
        for block in (block for block in seen["blocks"] if "edit" in block):
            after = with_edit(source, block["edit"])
            assert keeps_the_rest(source, after, block), (source, after)
            assert block["isUndone"], (source, block)
            assert restore(source, after, block["claim"]) == (after, 0), (source, after)


@quick
@given(texts=st.lists(documents(), min_size=2, max_size=2))
def test_the_rest_of_the_page_shows_the_same(editor: Page, texts: list[str]) -> None:
    for source, seen in typed(editor, texts):
        for block in (block for block in seen["blocks"] if "edit" in block):
            assert leaves_the_rest(source, with_edit(source, block["edit"])), (source, block)


@quick
@given(texts=st.lists(scribbles(), min_size=60, max_size=60))
def test_signs_without_sense_come_back_and_are_read_as_the_server_reads_them(
    editor: Page, texts: list[str]
) -> None:
    for source, seen in typed(editor, texts):
        assert seen["saved"] == source
        assert account(seen["anew"]) == account(source), source


def keeps_the_rest(source: str, after: str, block: dict[str, Any]) -> bool:
    """Tell whether all bytes before and after a block are where they were."""
    units, changed = source.encode("utf-16-le"), after.encode("utf-16-le")
    before, rest = units[: 2 * block["from"]], units[2 * block["to"] :]
    return changed.startswith(before) and changed.endswith(rest) and len(changed) >= len(before) + len(rest)
