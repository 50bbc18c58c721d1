"""The screens of files, of page templates and of Word documents."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload
from playwright.sync_api import Page as Tab

from tests.browser.screens.screen import EVA, PAGE, RUT, Act, Prepare, Screen, person, press
from tests.wiki.files.made import PDF, picture, uploaded
from tests.wiki.telling import change
from wiki import operations
from wiki.models import Attachment, Page, PageTemplate
from wiki.operations import templates

SHOWING = "e-tjanst-for-forskoleplats"
TEMPLATE = "/granskning/mallar/erfarenhet/"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def shown_file(_monkeypatch: pytest.MonkeyPatch) -> str:
    """The picture of the demo."""
    return str(Attachment.objects.get(name="ansökan före och efter.png").key)


def replaced_file(_monkeypatch: pytest.MonkeyPatch) -> str:
    """Eva has put another picture in the place of one, without saying who made it."""
    eva = person(EVA)
    attachment = uploaded(eva, picture((1600, 900)), f"{'en_mycket_lång_' * 7}bild.png").attachment
    data = BytesIO(picture((1600, 900), colour=(20, 60, 120)))
    operations.replace(attachment, data, "gården om våren.png", summary="Nyare, och rakare", by=eva)
    return str(attachment.key)


def document(_monkeypatch: pytest.MonkeyPatch) -> str:
    """A page links to a document of Eva's."""
    eva = person(EVA)
    content = uploaded(eva, PDF, "Plan för införandet.pdf", creator="Eva Berg", licence="cc-by")
    found = Page.objects.get(slug=SHOWING)
    change(found, by=eva, body=f"{found.body}\n\n[Planen]({content.url})\n")
    return str(content.attachment.key)


def deleted_file(monkeypatch: pytest.MonkeyPatch) -> str:
    """Rut has taken a document away."""
    key = document(monkeypatch)
    operations.delete_file(
        Attachment.objects.get(key=key), "Vi har inte fått lov att visa den.", by=person(RUT)
    )
    return key


def show_a_film(_monkeypatch: pytest.MonkeyPatch) -> None:
    """A page shows a picture, and leads to a film."""
    eva = person(EVA)
    shown = uploaded(eva, picture((1600, 900)))
    found = Page.objects.get(slug=SHOWING)
    change(found, by=eva, body=f"![Gården]({shown.url})\n\n{FILM}\n\n{found.body}")


def retire(_monkeypatch: pytest.MonkeyPatch) -> None:
    """A template is offered no more."""
    templates.retire_template(PageTemplate.objects.get(slug="erfarenhet"), by=person(RUT))


def send_what_is_no_picture(tab: Tab) -> None:
    """Choose a text that says it is a picture, and send it."""
    file: FilePayload = {"name": "gård.png", "mimeType": "image/png", "buffer": b"Ingen bild."}
    tab.get_by_label("Fil", exact=True).set_input_files(file)
    press("Ladda upp")(tab)


def send_what_is_no_document(tab: Tab) -> None:
    """Choose a text that says it comes from Word, and send it."""
    file: FilePayload = {"name": "rapport.docx", "mimeType": "text/plain", "buffer": b"Ingen rapport."}
    tab.locator("main input[type=file]").set_input_files(file)
    press("Hämta texten")(tab)


def open_deeds(tab: Tab) -> None:
    """See all that can be done with a file."""
    closed = tab.locator(".file-deed:not([open]) > summary")
    while closed.count():
        closed.first.click()


def describe_it_wrongly(tab: Tab) -> None:
    """Take the name away."""
    tab.locator(".file-deed > summary").first.click()
    tab.locator("#om-name").fill("")
    press("Spara uppgifterna")(tab)


def take_the_name_away(tab: Tab) -> None:
    """Save a template that is called nothing."""
    tab.locator("#id_name").fill("")
    press("Spara mallen")(tab)


def be_late(tab: Tab) -> None:
    """Save a template after somebody else has."""
    template = PageTemplate.objects.get(slug="erfarenhet")
    content = replace(templates.TemplateContent.of(template), description="Ruts ord.")
    templates.edit_template(template, content, number=template.number, by=person(RUT))
    press("Spara mallen")(tab)


def about(
    name: str, shows: str, by: str = "", status: int = 200, act: Act | None = None, *, prepare: Prepare
) -> Screen:
    """The page about a file, whose key `prepare` returns."""
    return Screen(name, "/filer/{}/", shows, by, status, act, prepare, example=UUID(int=1))


FILES = [
    Screen("files", "/filer/", ".file-card__picture img"),
    Screen("files, none fits", "/filer/?q=finnsinte", ".empty"),
    about("file", ".file-preview img", prepare=shown_file),
    about("file that is a document", "a[download]", prepare=document),
    Screen("page with a picture", f"/sidor/{SHOWING}/", "#sidtext img"),
    Screen("page with a film", f"/sidor/{SHOWING}/", "#sidtext .video-lank", prepare=show_a_film),
    about("deleted file of a reader", ".error-page", status=404, prepare=deleted_file),
]
FILING = [
    Screen("unused files", "/filer/?visa=oanvand", ".file-card", EVA, prepare=replaced_file),
    Screen("new file", "/filer/ny/", "#id_file", EVA),
    Screen("new file that is none", "/filer/ny/", "#fel", EVA, act=send_what_is_no_picture),
    about("own file", "#om-name", EVA, act=open_deeds, prepare=replaced_file),
    about("own file without a name", "#fel", EVA, act=describe_it_wrongly, prepare=replaced_file),
    about("file of a moderator", "#bort-reason", RUT, act=open_deeds, prepare=shown_file),
    about("deleted file of a moderator", "text=Användes på", RUT, 404, prepare=deleted_file),
    Screen("templates", "/granskning/mallar/", "main ol.rows", RUT),
    Screen("new template", "/granskning/mallar/ny/", "#id_body", RUT),
    Screen("template", TEMPLATE, "#texter", RUT),
    Screen("template without a name", TEMPLATE, "#fel", RUT, act=take_the_name_away),
    Screen("template that has changed", TEMPLATE, "main .fold", RUT, 409, be_late),
    Screen("retired template", TEMPLATE, "text=Visa mallen igen", RUT, prepare=retire),
    Screen("new page, before a template", "/sidor/ny/", ".template-chooser", EVA),
    Screen("new page with a template", "/sidor/ny/?mall=erfarenhet", ".template-chosen", EVA),
    Screen("new page out of Word", "/sidor/ny/word/", "main input[type=file]", EVA),
    Screen("new page out of what is not Word", "/sidor/ny/word/", "#fel", EVA, act=send_what_is_no_document),
    Screen("Word after a page", f"{PAGE}word/", "main input[type=file]", EVA),
]
