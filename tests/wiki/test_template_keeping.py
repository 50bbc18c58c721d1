"""Page templates, looked after by moderators: every change is a text of its own, and none is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import signed_in
from tests.wiki.templating import CONTENT, LIST, form, load, order
from wiki.models import PageTemplate, PageTemplateText
from wiki.operations import NothingChanged
from wiki.operations.templates import (
    DuplicateTemplate,
    TemplateChanged,
    TemplateContent,
    create_template,
    edit_template,
    retire_template,
    revive_template,
)


@pytest.fixture
def loaded(db: None) -> dict[str, PageTemplate]:
    """The templates that come with the wiki, by slug."""
    return load()


def test_a_template_is_made_and_offered_last(loaded: dict[str, PageTemplate], rut: User) -> None:
    answer = signed_in(rut).post(f"{LIST}ny/", form(), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Mallen ”Omvärldsspaning” är sparad." in answer.text
    made = PageTemplate.objects.get(slug="omvarldsspaning")
    assert (made.number, made.position, made.body) == (1, 6, CONTENT.body)
    assert (made.texts.get().by, order()[-1]) == (rut, "omvarldsspaning")
    [entry] = LogEntry.objects.about(made)
    assert (entry.act, entry.actor) == ("create_template", rut)


def test_every_change_is_a_text_of_its_own(loaded: dict[str, PageTemplate], rut: User) -> None:
    guide = loaded["guide"]
    signed_in(rut).post(f"{LIST}guide/", form(guide, body="## Nytt\n", name="Handledning"))
    guide.refresh_from_db()
    assert (guide.name, guide.body, guide.number) == ("Handledning", "## Nytt\n", 2)
    texts = [(text.number, text.name, text.by) for text in guide.texts.all()]
    assert texts == [(2, "Handledning", rut), (1, "Guide", None)]
    assert [(entry.act, entry.number) for entry in LogEntry.objects.about(guide)] == [("edit_template", 2)]


def test_an_older_text_is_shown_and_brought_back(loaded: dict[str, PageTemplate], rut: User) -> None:
    first = loaded["guide"].body
    edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    client = signed_in(rut)
    answer = client.get(f"{LIST}guide/?text=1")
    assert "Formuläret visar text 1." in answer.text
    shown = answer.context["form"]
    assert (shown["body"].value(), shown["number"].value()) == (first, 2)
    sent = {name: shown[name].value() for name in ("name", "description", "kind", "body", "number")}
    client.post(f"{LIST}guide/", sent)
    guide = PageTemplate.objects.get(slug="guide")
    assert (guide.body, guide.number, guide.texts.count()) == (first, 3, 3)


@pytest.mark.parametrize("text", ["2", "0", "-1", "x", "9" * 30])
def test_what_is_no_older_text_is_ignored(loaded: dict[str, PageTemplate], rut: User, text: str) -> None:
    answer = signed_in(rut).get(f"{LIST}guide/", {"text": text})
    assert answer.status_code == 200
    assert "Formuläret visar text" not in answer.text


def test_a_stale_form_is_a_conflict_and_keeps_what_was_typed(
    loaded: dict[str, PageTemplate], rut: User
) -> None:
    sent = form(loaded["guide"], body="## Mitt eget\n")
    edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    client = signed_in(rut)
    answer = client.post(f"{LIST}guide/", sent)
    assert answer.status_code == 409
    assert "Mallen har ändrats sedan du öppnade den." in answer.text
    assert "## Mitt eget" in answer.text
    assert "Skriv här: vad?" in answer.text
    assert (answer.context["form"]["number"].value(), PageTemplate.objects.get(slug="guide").number) == (
        "2",
        2,
    )
    client.post(f"{LIST}guide/", sent | {"number": "2"})
    assert PageTemplate.objects.get(slug="guide").body == "## Mitt eget\n"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv vad mallen heter."),
        ({"name": "x" * 61}, "Namnet är 61 tecken lång. Gränsen är 60."),
        ({"name": "ERFARENHET"}, "Det finns redan en mall som heter ”ERFARENHET”."),
        ({"description": "x" * 201}, "Beskrivningen är 201 tecken lång. Gränsen är 200."),
        ({"kind": "roman"}, "roman"),
        ({"position": "99"}, "99"),
        ({"body": " "}, "Skriv den text som nya sidor ska börja med."),
        ({"body": "Å" * 100_001}, "Texten är 200002 byte lång."),
        ({"body": "Ring 19811218-9876."}, "Texten innehåller ett personnummer"),
        ({"number": "-1"}, "0"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    loaded: dict[str, PageTemplate], rut: User, changes: dict[str, str], sentence: str
) -> None:
    sent = form(loaded["guide"], description="En mening till.") | changes
    answer = signed_in(rut).post(f"{LIST}guide/", sent)
    assert answer.status_code == 200
    assert 'id="fel"' in answer.text
    assert sentence in answer.text
    assert "description" in changes or "En mening till." in answer.text
    assert PageTemplate.objects.get(slug="guide").number == 1


def test_a_template_is_put_where_it_is_wanted(loaded: dict[str, PageTemplate], rut: User) -> None:
    client = signed_in(rut)
    assert client.get(f"{LIST}hemlaxa/").context["form"]["position"].value() == 5
    client.post(f"{LIST}hemlaxa/", form(loaded["hemlaxa"], position="2"))
    assert order() == ["erfarenhet", "hemlaxa", "lardom", "guide", "motesanteckning"]
    moved = PageTemplate.objects.get(slug="hemlaxa")
    assert (moved.number, [entry.number for entry in LogEntry.objects.about(moved)]) == (1, [None])
    create_template(CONTENT, position=1, by=rut)
    assert order()[0] == "omvarldsspaning"
    assert list(PageTemplate.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_form_that_is_out_of_date_moves_nothing_that_nobody_asked_it_to_move(
    loaded: dict[str, PageTemplate], rut: User
) -> None:
    client = signed_in(rut)
    shown = client.get(f"{LIST}hemlaxa/")
    assert '<input type="hidden" name="from_position" value="5"' in shown.text
    sent = form(loaded["hemlaxa"], position="5", from_position="5", description="Ny mening.")
    new = form(name="Längst ner", position="6", from_position="6")
    client.post(f"{LIST}hemlaxa/", form(loaded["hemlaxa"], position="1", from_position="5"))
    create_template(CONTENT, by=rut)
    before = ["hemlaxa", "erfarenhet", "lardom", "guide", "motesanteckning", "omvarldsspaning"]
    assert order() == before
    client.post(f"{LIST}hemlaxa/", sent)
    assert (order(), PageTemplate.objects.get(slug="hemlaxa").description) == (before, "Ny mening.")
    client.post(f"{LIST}ny/", new)
    assert order() == [*before, "langst-ner"]
    sent |= {"number": "2", "position": "3"}
    client.post(f"{LIST}hemlaxa/", sent)
    assert order()[:3] == ["erfarenhet", "lardom", "hemlaxa"]
    answer = client.post(f"{LIST}hemlaxa/", sent | {"position": "1", "from_position": "x" * 99}, follow=True)
    assert ("är sparad" in answer.text, order()[0]) == (True, "hemlaxa")


def test_nothing_changed_is_no_new_text(loaded: dict[str, PageTemplate], rut: User) -> None:
    answer = signed_in(rut).post(f"{LIST}guide/", form(loaded["guide"], position="3"), follow=True)
    assert "Inget är ändrat." in answer.text
    with pytest.raises(NothingChanged):
        edit_template(loaded["guide"], TemplateContent.of(loaded["guide"]), number=1, by=rut)
    assert not LogEntry.objects.filter(act="edit_template")


def test_a_template_is_retired_and_revived_and_its_texts_stay(
    loaded: dict[str, PageTemplate], rut: User
) -> None:
    client = signed_in(rut)
    answer = client.post(f"{LIST}guide/", {"do": "retire"}, follow=True)
    assert "Mallen ”Guide” visas inte längre." in answer.text
    assert "Visas inte" in answer.text
    assert "guide" not in order()
    client.post(f"{LIST}guide/", {"do": "revive"})
    assert order()[2] == "guide"
    guide = PageTemplate.objects.get(slug="guide")
    assert guide.texts.count() == 1
    acts = [entry.act for entry in LogEntry.objects.about(guide).newest_first()]
    assert acts == ["revive_template", "retire_template"]
    assert not revive_template(guide, by=rut)
    assert retire_template(guide, by=rut)
    assert not retire_template(guide, by=rut)
    assert len(LogEntry.objects.about(guide)) == 3


def test_only_moderators_look_after_templates(loaded: dict[str, PageTemplate], eva: User) -> None:
    guide, client = loaded["guide"], signed_in(eva)
    for deed in (
        lambda: create_template(CONTENT, by=eva),
        lambda: edit_template(guide, CONTENT, number=1, by=eva),
        lambda: retire_template(guide, by=eva),
        lambda: revive_template(guide, by=eva),
    ):
        with pytest.raises(PermissionDenied, match="Bara moderatorer ändrar sidmallar"):
            deed()
    for address in (LIST, f"{LIST}ny/", f"{LIST}guide/"):
        assert client.get(address).status_code == 403
        assert client.post(address, form(guide)).status_code in {403, 405}
        assert Client().get(address).status_code == 302
    assert PageTemplateText.objects.count() == 5


def test_a_template_that_does_not_exist_is_not_found(rut: User) -> None:
    assert signed_in(rut).get(f"{LIST}finns-inte/").status_code == 404


def test_nobody_changes_what_somebody_else_has_changed(loaded: dict[str, PageTemplate], rut: User) -> None:
    edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    with pytest.raises(TemplateChanged):
        edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    with pytest.raises(DuplicateTemplate):
        create_template(CONTENT, by=rut)


def test_no_template_takes_the_address_of_an_empty_page(rut: User) -> None:
    named = TemplateContent(name="Tom", description="", kind="sida", body="Text")
    assert create_template(named, by=rut).slug == "tom-2"


def test_the_queue_leads_to_the_templates(rut: User, client: Client) -> None:
    assert f'<a href="{LIST}">Sidmallar</a>' in signed_in(rut).get("/granskning/").text


def test_the_public_log_names_the_template_and_leads_moderators_there(
    loaded: dict[str, PageTemplate], rut: User, client: Client
) -> None:
    edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    [row] = client.get("/logg/").context["rows"]
    assert (row.what, row.title, row.address, row.actor, row.numbers) == (
        "Ändrade en sidmall",
        "Omvärldsspaning",
        "",
        "Rut Alm",
        (2,),
    )
    [row] = signed_in(rut).get("/logg/").context["rows"]
    assert row.address == f"{LIST}guide/"
