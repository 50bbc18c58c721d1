"""The keyboard alone: where the focus is must be seen, at every stop on the way."""

import pytest
from playwright.sync_api import Page

LOOKS = 20  # at a stop, 50 ms apart
# Of an element that is larger than the window, the part that is in it is looked at.
FOCUSED = """() => {
  const element = document.activeElement;
  // Designsystemet marks a check box by the field around it.
  const styles = [element, element.closest(".ds-field:has([type=checkbox], [type=radio])")]
    .filter(Boolean).map((marked) => getComputedStyle(marked));
  const box = [...element.getClientRects()].find((rect) => rect.width > 0) ?? new DOMRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const at = document.elementFromPoint(
    middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  return {
    name: element.outerHTML.slice(0, 120),
    isMarked: styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    isSeen: element.contains(at) || Boolean(at?.contains(element) && at.closest("label")),
  };
}"""


def assert_seen(tab: Page) -> None:
    """The focus is marked, and not covered; a busy machine may need a moment to scroll it into view."""
    focused = tab.evaluate(FOCUSED)
    for _moment in range(LOOKS):
        if focused["isMarked"] and focused["isSeen"]:
            return
        tab.wait_for_timeout(50)
        focused = tab.evaluate(FOCUSED)
    pytest.fail(f"not seen, or not marked: {focused}")


def tab_to(tab: Page, selector: str, *, key: str = "Tab", most: int = 80) -> None:
    """Press Tab until the focus is on the element; at each stop it must be seen, and marked."""
    for _stop in range(most):
        tab.keyboard.press(key)
        assert_seen(tab)
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} stops, and none of them was {selector}")


def press_enter(tab: Page) -> None:
    """Press Enter on what leads to another page, and wait for that."""
    with tab.expect_event("domcontentloaded"):
        tab.keyboard.press("Enter")
