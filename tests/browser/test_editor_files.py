"""Pictures, files and pasted text in the visual editor."""

import base64
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.drafts import EDIT
from tests.browser.visual import body, choose, dialog, editor, open_new, open_source, tool, visual_window
from tests.browser.window import OpenWindow
from tests.text.word_files import p, png, word_file
from tests.text.word_files import picture as picture_of
from wiki.models import Attachment

DROP = """([encoded, name, type]) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type }));
  const target = document.querySelector(".editor__text > :last-child");
  const { left, top, height } = target.getBoundingClientRect();
  const at = { clientX: left + 5, clientY: top + height / 2, bubbles: true, cancelable: true };
  for (const kind of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(kind, { ...at, dataTransfer: data }));
  }
}"""
PASTE = """kinds => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".editor__text").dispatchEvent(event);
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=SV><!--StartFragment-->
<h1>Rapport</h1><p class=MsoNormal>En <b>viktig</b> sak.<o:p></o:p></p>
<p class=MsoNormal><img width=10 src="file:///C:/bild.png"></p><!--EndFragment--></body></html>"""


def picture() -> bytes:
    """A small PNG."""
    found = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 60)).save(found, "PNG")
    return found.getvalue()


def drop(tab: Page, data: bytes, name: str, kind: str) -> None:
    """Let go of a file over the end of the text."""
    tab.evaluate(DROP, [base64.b64encode(data).decode(), name, kind])


def test_a_picture_is_dropped_and_described(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "Först.\n\nSist: ")
    drop(tab, picture(), "klassrum.png", "image/png")
    expect(dialog(tab)).to_contain_text("klassrum.png")
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(dialog(tab)).to_contain_text("Beskriv bilden, eller kryssa i att den är dekorativ.")
    assert not Attachment.objects.filter(name="klassrum.png").exists()
    dialog(tab).get_by_label("Beskriv bilden").fill("Ett rött klassrum")
    dialog(tab).get_by_text("Upphov och licens").click()
    dialog(tab).get_by_label("Vem har gjort den?").fill("Eva Berg")
    dialog(tab).get_by_label("Hur får den användas?").select_option("cc-by")
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(editor(tab).get_by_role("img", name="Ett rött klassrum")).to_be_visible()
    made = Attachment.objects.get(creator="Eva Berg")
    assert made.licence == "cc-by"
    text = body(tab)
    assert text.count("![Ett rött klassrum](/media/bilder/") == 1
    assert text.startswith("Först.\n\n")
    expect(tab.get_by_role("status").filter(has_text="är infogad")).to_be_visible()

    editor(tab).get_by_role("img", name="Ett rött klassrum").click()
    expect(dialog(tab).get_by_label("Beskriv bilden")).to_have_value("Ett rött klassrum")
    dialog(tab).get_by_label("Bilden är dekorativ").check()
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(dialog(tab)).to_contain_text("Bilden har en beskrivning.")
    dialog(tab).get_by_label("Beskriv bilden").fill("")
    dialog(tab).get_by_role("button", name="Klar").click()
    assert body(tab).count("![](/media/bilder/") == 1
    assert ' "dekorativ")' in body(tab)


def test_what_is_no_picture_gets_the_servers_sentence(open_window: OpenWindow) -> None:
    window = visual_window(open_window)
    tab = window.tab
    tab.goto(EDIT)
    editor(tab).click()
    tool(tab, "Bild").click()
    dialog(tab).get_by_label("Bildfil").set_input_files(
        {"name": "bild.png", "mimeType": "image/png", "buffer": b"inte en bild"}
    )
    dialog(tab).get_by_label("Beskriv bilden").fill("En bild")
    dialog(tab).get_by_role("button", name="Klar").click()
    error = dialog(tab).locator("[data-field=picture] [data-error]")
    expect(error).to_be_visible()
    expect(error).not_to_have_text("Servern svarade inte. Försök igen om en stund.")
    expect(dialog(tab).get_by_label("Beskriv bilden")).to_have_value("En bild")
    window.forgive("^422: /filer/ny/")


def test_a_file_becomes_a_link(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    choose(tab, "Mer", "Fil att ladda ner")
    dialog(tab).get_by_label("Fil", exact=True).set_input_files(
        {"name": "siffror.csv", "mimeType": "text/csv", "buffer": b"ar;antal\n2017;20\n"}
    )
    dialog(tab).get_by_label("Ord som blir länk").fill("våra siffror")
    dialog(tab).get_by_role("button", name="Infoga").click()
    expect(editor(tab).get_by_role("link", name="våra siffror")).to_be_visible()
    tab.keyboard.type(".")
    text = body(tab)
    assert text.startswith("[våra siffror](/media/dokument/")
    assert text.endswith(".csv).")


def test_text_from_word_is_clean_and_one_is_told_what_was_left_out(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.evaluate(PASTE, {"text/html": WORD, "text/plain": "Rapport"})
    expect(tab.get_by_role("status").filter(has_text="Det här följde inte med")).to_contain_text("en bild")
    assert body(tab) == "## Rapport\n\nEn **viktig** sak."


def test_markdown_that_is_pasted_stays_as_it_is_written(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.evaluate(PASTE, {"text/plain": "## Inte en rubrik\n\n- inte en punkt"})
    expect(editor(tab).locator("p")).to_have_text(["## Inte en rubrik", "- inte en punkt"])


def test_an_address_that_is_pasted_is_a_link_and_a_film_is_itself(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.evaluate(PASTE, {"text/plain": "https://www.youtube.com/watch?v=aqz-KE-bpKQ"})
    tab.keyboard.press("Enter")
    tab.keyboard.type("Se ")
    tab.evaluate(PASTE, {"text/plain": "https://www.exempel.se/sida"})
    tab.keyboard.type(" nu.")
    expect(editor(tab).get_by_role("link")).to_have_text(["https://www.exempel.se/sida"])
    assert body(tab).startswith("https://www.youtube.com/watch?v=aqz-KE-bpKQ\n\nSe ")


def test_a_word_document_that_is_none_gets_the_servers_sentence(open_window: OpenWindow) -> None:
    window = visual_window(open_window)
    tab = window.tab
    tab.goto(EDIT)
    editor(tab).click()
    choose(tab, "Mer", "Text ur ett Word-dokument")
    dialog(tab).get_by_role("button", name="Infoga texten").click()
    expect(dialog(tab)).to_contain_text("Välj en fil.")
    dialog(tab).get_by_label("Word-dokument").set_input_files(
        {"name": "trasig.docx", "mimeType": "application/octet-stream", "buffer": b"inte word"}
    )
    dialog(tab).get_by_role("button", name="Infoga texten").click()
    error = dialog(tab).locator("[data-field=document] [data-error]")
    expect(error).to_be_visible()
    expect(error).not_to_have_text("Servern svarade inte. Försök igen om en stund.")


def test_a_word_document_lands_where_the_cursor_is_and_its_pictures_are_described(
    open_window: OpenWindow,
) -> None:
    document = word_file(
        p("Skolgården", style="Rubrik")
        + p("Så blev den", style="Rubrik1")
        + p("Grön.")
        + p(picture_of("b1")),
        relations={"b1": "media/1.png"},
        word__media__1_x_png=png(1),
    )
    tab = open_new(open_window)
    editor(tab).click()
    choose(tab, "Mer", "Text ur ett Word-dokument")
    dialog(tab).get_by_label("Word-dokument").set_input_files(
        {"name": "skola.docx", "mimeType": "application/octet-stream", "buffer": document}
    )
    dialog(tab).get_by_role("button", name="Infoga texten").click()
    alt = dialog(tab).get_by_label("Beskriv bilden")
    expect(alt).to_be_visible()
    expect(dialog(tab).get_by_role("heading")).to_have_text("Ändra bilden")
    alt.fill("Gården uppifrån")
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(editor(tab).get_by_role("img", name="Gården uppifrån")).to_be_visible()
    expect(tab.get_by_label("Titel")).to_have_value("Skolgården")
    expect(tab.get_by_role("status").filter(has_text="är infogad")).to_be_visible()
    assert body(tab).startswith("## Så blev den\n\nGrön.\n\n![Gården uppifrån](/media/bilder/")
