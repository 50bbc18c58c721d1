"""Page templates: what a new page begins with, and how moderators look after them."""

import io
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.wiki.templating import CONTENT, NEW, load, order
from wiki.advice import has_hints
from wiki.models import Page, PageTemplate, PageTemplateText
from wiki.operations.templates import (
    Loaded,
    edit_template,
    load_templates,
    retire_template,
)
from wiki.transfer import templates


@pytest.fixture
def loaded(db: None) -> dict[str, PageTemplate]:
    """The templates that come with the wiki, by slug."""
    return load()


# What comes with the wiki.


def test_five_templates_come_with_the_wiki_each_with_its_kind(loaded: dict[str, PageTemplate]) -> None:
    assert {slug: template.kind for slug, template in loaded.items()} == {
        "erfarenhet": "erfarenhet",
        "lardom": "lardom",
        "guide": "guide",
        "motesanteckning": "mote",
        "hemlaxa": "guide",
    }
    assert order() == ["erfarenhet", "lardom", "guide", "motesanteckning", "hemlaxa"]
    assert [template.position for template in loaded.values()] == [1, 2, 3, 4, 5]
    assert all(template.texts.get().by is None for template in loaded.values())
    assert all(has_hints(template.body) for template in loaded.values())


def test_an_experience_is_asked_what_leda_asked(loaded: dict[str, PageTemplate]) -> None:
    assert re.findall("(?m)^#+ .*$", loaded["erfarenhet"].body) == [
        "## Bakgrund",
        "## Hur gjorde vi?",
        "## Vad hjälpte?",
        "## Vad hindrade?",
        "## Det här gick inte som vi tänkt",
        "## Reflektion",
        "### Vad tänkte vi?",
        "### Vad hände?",
        "### Vad lärde vi oss?",
        "### Vad gör vi nu?",
        "## Källor",
    ]


def test_what_stands_below_a_heading_is_one_question_that_is_known_as_such(
    loaded: dict[str, PageTemplate],
) -> None:
    for template in loaded.values():
        lines = [line for line in template.body.split("\n") if line and not line.startswith("#")]
        assert [line for line in lines if "Skriv här:" not in line] in (
            [],
            ["| Vad | Vem | Klart |", "| --- | --- | --- |"],
        )


def test_loading_again_changes_nothing(loaded: dict[str, PageTemplate]) -> None:
    out = io.StringIO()
    call_command("load_templates", stdout=out)
    assert out.getvalue() == "0 nya sidmallar, 0 uppdaterade, 0 lämnade som de är\n"
    assert PageTemplateText.objects.count() == 5


def test_loading_leaves_what_a_moderator_has_done(loaded: dict[str, PageTemplate], rut: User) -> None:
    edit_template(loaded["guide"], CONTENT, number=1, by=rut)
    retire_template(loaded["hemlaxa"], by=rut)
    assert templates.load() == Loaded(new=0, changed=0, left=1)
    guide, homework = PageTemplate.objects.get(slug="guide"), PageTemplate.objects.get(slug="hemlaxa")
    assert (guide.name, guide.number, homework.is_retired) == ("Omvärldsspaning", 2, True)


def test_loading_brings_up_to_date_what_nobody_has_changed_and_adds_what_is_missing(
    loaded: dict[str, PageTemplate],
) -> None:
    assert load_templates([("guide", CONTENT), ("ny-mall", CONTENT)]) == Loaded(new=1, changed=1)
    guide = PageTemplate.objects.get(slug="guide")
    assert (guide.body, [text.number for text in guide.texts.all()]) == (CONTENT.body, [2, 1])
    assert order()[-1] == "ny-mall"


# The first step of a new page.


def test_a_new_page_begins_with_a_choice_above_the_form(
    loaded: dict[str, PageTemplate], as_eva: Client
) -> None:
    answer = as_eva.get(NEW)
    assert re.findall(r'template-card"><a href="([^"]+)">([^<]+)<', answer.text) == [
        ("/sidor/ny/?mall=erfarenhet", "Erfarenhet"),
        ("/sidor/ny/?mall=lardom", "Lärdom"),
        ("/sidor/ny/?mall=guide", "Guide"),
        ("/sidor/ny/?mall=motesanteckning", "Mötesanteckning"),
        ("/sidor/ny/?mall=hemlaxa", "Hemläxa"),
        ("/sidor/ny/?mall=tom", "Tom sida"),
        ("/sidor/ny/word/", "Från Word"),
    ]
    assert answer.text.index("Börja med en mall") < answer.text.index('name="title"')
    assert (answer.context["form"]["body"].value(), answer.context["form"]["kind"].value()) == (
        None,
        "erfarenhet",
    )


def test_a_chosen_template_fills_text_and_kind_and_the_choice_is_one_line(
    loaded: dict[str, PageTemplate], as_eva: Client
) -> None:
    answer = as_eva.get(NEW, {"mall": "motesanteckning"})
    shown = answer.context["form"]
    assert (shown["body"].value(), shown["kind"].value()) == (loaded["motesanteckning"].body, "mote")
    assert "Mall: <strong>Mötesanteckning</strong>" in answer.text
    assert '<a href="/sidor/ny/">Byt mall</a>' in answer.text
    assert "Börja med en mall" not in answer.text


def test_an_empty_page_is_a_choice_too(loaded: dict[str, PageTemplate], as_eva: Client) -> None:
    answer = as_eva.get(NEW, {"mall": "tom"})
    assert "Mall: <strong>Tom sida</strong>" in answer.text
    assert answer.context["form"]["body"].value() is None


@pytest.mark.parametrize("mall", ["finns-inte", "", "\x00", "x" * 5000, "²"])
def test_an_unknown_template_asks_again(loaded: dict[str, PageTemplate], as_eva: Client, mall: str) -> None:
    answer = as_eva.get(NEW, {"mall": mall})
    assert answer.status_code == 200
    assert "Börja med en mall" in answer.text


def test_a_retired_template_asks_again(loaded: dict[str, PageTemplate], as_eva: Client, rut: User) -> None:
    retire_template(loaded["guide"], by=rut)
    answer = as_eva.get(NEW, {"mall": "guide"})
    assert "Börja med en mall" in answer.text
    assert "?mall=guide" not in answer.text


def test_title_kind_and_factors_of_the_address_come_along(
    loaded: dict[str, PageTemplate], as_eva: Client, factor: Factor
) -> None:
    asked = "titel=Ett+m%C3%B6te&typ=guide&faktor=gemensam-malbild"
    answer = as_eva.get(f"{NEW}?{asked}&annat=1")
    assert f'href="/sidor/ny/?mall=lardom&amp;{asked.replace("&", "&amp;")}"' in answer.text
    answer = as_eva.get(f"{NEW}?mall=lardom&{asked}")
    shown = answer.context["form"]
    assert (shown["title"].value(), shown["kind"].value()) == ("Ett möte", "lardom")
    assert shown["body"].value().startswith(loaded["lardom"].body)
    assert f"\n\n## {factor.name}\n" in shown["body"].value()
    assert f'<a href="/sidor/ny/?{asked.replace("&", "&amp;")}">Byt mall</a>' in answer.text


def test_what_is_sent_is_never_asked_about_templates(loaded: dict[str, PageTemplate], as_eva: Client) -> None:
    answer = as_eva.post(f"{NEW}?mall=guide", {"title": "", "body": "Mitt eget."})
    assert answer.context["form"]["body"].value() == "Mitt eget."
    assert "Byt mall" not in answer.text
    assert "Börja med en mall" not in answer.text


def test_a_draft_that_is_gone_on_with_is_asked_nothing(
    loaded: dict[str, PageTemplate], as_eva: Client
) -> None:
    kept = as_eva.post(f"{NEW}?mall=guide", {"title": "Ny", "body": "Mitt eget.", "do": "draft"})
    answer = as_eva.get(kept["Location"])
    assert answer.context["form"]["body"].value() == "Mitt eget."
    assert "Börja med en mall" not in answer.text


@pytest.mark.parametrize(
    ("address", "times"),
    [
        (NEW, 1),
        (f"{NEW}?mall=guide", 1),
        (f"{NEW}?mall=finns-inte", 1),
        ("/sidor/skolan/redigera/?mall=guide", 0),
    ],
)
def test_the_choice_costs_one_query(
    loaded: dict[str, PageTemplate],
    page: Page,
    as_eva: Client,
    django_assert_max_num_queries: Any,
    address: str,
    times: int,
) -> None:
    with django_assert_max_num_queries(16) as asked:
        assert as_eva.get(address).status_code == 200
    assert sum("wiki_pagetemplate" in query["sql"] for query in asked.captured_queries) == times
