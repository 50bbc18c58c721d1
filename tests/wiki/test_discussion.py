"""Talking about a page: topics, answers, what is quoted and who is mentioned."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in
from wiki import operations
from wiki.forms.discussing import quotation
from wiki.models import Comment, Notification, Page, Topic

ADDRESS = "/sidor/skolan/diskussion/"
QUESTION = {"title": "Stämmer siffran?", "comment": "Jag får den till **tolv**."}


@pytest.fixture
def first(page: Page, ada: User) -> Comment:
    """What ada has said first, in a topic of her own."""
    return operations.start_topic(page, QUESTION["title"], QUESTION["comment"], by=ada)


def make_late(comment: Comment, **since: int) -> None:
    """The comment was written so long ago."""
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(**since))


def test_a_contributor_starts_a_topic_and_everybody_reads_it(page: Page, ada: User, client: Client) -> None:
    answer = signed_in(ada).post(ADDRESS, QUESTION)
    comment = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}inlagg/{comment.pk}/")
    topic = comment.topic
    assert (topic.title, topic.author, topic.comment_count) == ("Stämmer siffran?", ada, 1)
    assert comment.municipality == ada.municipality
    assert comment.html == "<p>Jag får den till <strong>tolv</strong>.</p>"
    listed = client.get(ADDRESS)
    assert f'href="{ADDRESS}{topic.pk}/">Stämmer siffran?</a>' in listed.text
    assert "ett inlägg" in listed.text
    read = client.get(topic.get_absolute_url())
    assert "<p>Jag får den till <strong>tolv</strong>.</p>" in read.text
    assert "Ada Lind" in read.text
    for answer in (listed, read):
        assert "Logga in och skriv" in answer.text
        assert "<form" in answer.text  # the search
        assert 'name="comment"' not in answer.text
        assert "csrfmiddlewaretoken" not in answer.text
        assert not answer.cookies


def test_an_answer_is_sent_and_found_at_its_own_address(first: Comment, bo: User, client: Client) -> None:
    address = first.topic.get_absolute_url()
    answer = signed_in(bo).post(address, {"comment": "Den är *elva*."}, follow=True)
    reply = Comment.objects.get(author=bo)
    assert answer.redirect_chain == [
        (f"{ADDRESS}inlagg/{reply.pk}/", 302),
        (f"{address}#k-{reply.pk}", 302),
    ]
    assert "Ditt inlägg är skickat." in answer.text
    assert f'<li id="k-{reply.pk}">' in answer.text
    first.topic.refresh_from_db()
    assert (first.topic.comment_count, first.topic.latest_at) == (2, reply.created_at)
    assert [row for row, _may_edit in client.get(address).context["rows"]] == [first, reply]


def test_what_is_typed_is_sanitised_as_on_pages(first: Comment, bo: User, client: Client) -> None:
    operations.reply(first.topic, "<script>alert(1)</script> [x](javascript:alert(1)) [[Skolan]]", by=bo)
    html = client.get(first.topic.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<a class="wl" href="/sidor/skolan/">Skolan</a>' in html
    assert "<script" not in html
    assert "javascript:" not in html


def test_headings_and_footnotes_of_many_comments_do_not_share_ids(first: Comment, bo: User) -> None:
    text = '## Mål\n\nOrd[^1] och id="u-mal" i text.\n\n[^1]: Källa'
    one, two = (operations.reply(first.topic, f"{text} {n}", by=bo) for n in range(2))
    for comment in (one, two):
        html = comment.own_html
        assert f'<h2 id="k-{comment.pk}-mal">' in html
        assert f'id="k-{comment.pk}-fnref-1"' in html
        assert f'href="#k-{comment.pk}-fn-1"' in html
        assert f'<li id="k-{comment.pk}-fn-1">' in html
        assert f'href="#k-{comment.pk}-fnref-1"' in html
        assert 'och id="u-mal" i text' in html
        assert html.count("u-") == 1


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"title": "", "comment": "Text"}, "Skriv vad ämnet är."),
        ({"title": " \u200b ", "comment": "Text"}, "Skriv vad ämnet är."),
        ({"title": "x" * 121, "comment": "Text"}, "Gränsen är 120."),
        ({"title": "Ämne", "comment": " \n\u200b\n"}, "Skriv något i inlägget."),
        ({"title": "Ämne"}, "Skriv något i inlägget."),
        ({"title": "Ämne", "comment": "å" * 10_001}, "Inlägget är 10001 tecken långt. Gränsen är 10000."),
    ],
)
def test_wrong_input_is_told_and_given_back(
    page: Page, ada: User, posted: dict[str, str], sentence: str
) -> None:
    answer = signed_in(ada).post(ADDRESS, posted)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert answer.context["form"]["title"].value() == posted["title"]
    assert answer.context["form"]["comment"].value() == posted.get("comment")
    assert not Topic.objects.exists()


def test_ten_thousand_characters_are_not_too_many(page: Page, ada: User) -> None:
    signed_in(ada).post(ADDRESS, {"title": "x" * 120, "comment": "å" * 10_000})
    assert len(Comment.objects.get().body) == 10_000


def test_an_empty_answer_is_told(first: Comment, ada: User) -> None:
    answer = signed_in(ada).post(first.topic.get_absolute_url(), {"comment": "  "})
    assert (answer.status_code, "Skriv något i inlägget." in answer.text) == (200, True)
    assert Comment.objects.count() == 1


def test_pressing_twice_sends_once(page: Page, ada: User) -> None:
    client = signed_in(ada)
    for _ in range(2):
        answer = client.post(ADDRESS, QUESTION, follow=True)
    assert "Inlägget är redan skickat." in answer.text
    topic = Topic.objects.get()
    for _ in range(2):
        answer = client.post(topic.get_absolute_url(), {"comment": "Mer."}, follow=True)
    assert "Inlägget är redan skickat." in answer.text
    assert (topic.comments.count(), Topic.objects.get().comment_count) == (2, 2)
    make_late(topic.comments.get(body="Mer."), minutes=2)
    client.post(topic.get_absolute_url(), {"comment": "Mer."})
    assert topic.comments.filter(body="Mer.").count() == 2


def test_two_people_may_say_the_same(first: Comment, eva: User, bo: User) -> None:
    for person in (eva, bo):
        operations.reply(first.topic, "Instämmer.", by=person)
    assert first.topic.comments.filter(body="Instämmer.").count() == 2


@pytest.mark.parametrize("ending", ["", "inlagg/", "inlagg/{}/redigera/", "inlagg/{}/dolj/"])
def test_ids_of_another_page_lead_nowhere(
    first: Comment, make_page: MakePage, ada: User, rut: User, ending: str
) -> None:
    make_page("Omsorgen")
    path = ending.format(first.pk) if "{}" in ending else f"{ending}{first.pk if ending else first.topic_id}/"
    client = signed_in(ada if "redigera" in ending else rut)
    assert client.get(f"/sidor/skolan/diskussion/{path}").status_code in {200, 302}
    assert client.get(f"/sidor/omsorgen/diskussion/{path}").status_code == 404
    posted = client.post(f"/sidor/omsorgen/diskussion/{path}", {"comment": "Fel", "reason": "Fel"})
    assert posted.status_code in {404, 405}
    assert client.get("/sidor/skolan/diskussion/999999999/").status_code == 404
    assert list(Comment.objects.values_list("body", "hidden_at")) == [(first.body, None)]


def test_a_former_address_of_the_page_finds_the_discussion(first: Comment, page: Page, eva: User) -> None:
    before = first.get_absolute_url()
    operations.rename(page, "Grundskolan", base=1, by=eva)
    answer = Client().get(before, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/sidor/grundskolan/diskussion/")
    assert "tolv" in answer.text


def test_a_passage_of_the_page_is_quoted(page: Page, ada: User, client: Client) -> None:
    address = f"{ADDRESS}?citat=Första+stycket.%0A%0AAndra+stycket."
    form = signed_in(ada).get(address).context["form"]
    assert form["comment"].value() == "> Första stycket.\n>\n> Andra stycket.\n\n"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "/konto/login/?next=/sidor/skolan/diskussion/%3Fcitat%3D" in answer.text


def test_a_comment_is_quoted_by_name(first: Comment, bo: User) -> None:
    answer = signed_in(bo).get(f"{first.topic.get_absolute_url()}?citera={first.pk}")
    assert answer.context["form"]["comment"].value() == (
        "@Ada Lind skrev:\n\n> Jag får den till **tolv**.\n\n"
    )
    for wrong in ("x", "0", "999999999", "99999999999999999999"):
        assert signed_in(bo).get(f"{first.topic.get_absolute_url()}?citera={wrong}").status_code == 404


def test_a_quotation_is_cut_and_cleaned() -> None:
    assert quotation(" \n ") == ""
    assert quotation("a\r\nb\x00") == "> a\n> b\n\n"
    assert quotation("å" * 1001) == f"> {'å' * 1000}…\n\n"


@pytest.mark.parametrize("field", ["title", "comment"])
def test_a_personal_number_is_refused_and_not_repeated(page: Page, ada: User, field: str) -> None:
    posted = QUESTION | {field: "Ring 19121212-1212 om det."}
    answer = signed_in(ada).post(ADDRESS, posted)
    assert answer.status_code == 200
    assert "innehåller ett personnummer: det som börjar med 1912…" in answer.text
    assert answer.context["form"][field].value() == posted[field]
    assert not Comment.objects.exists()


def test_those_who_take_part_are_told_and_the_writer_is_not(first: Comment, ada: User, bo: User) -> None:
    """Eva watches the page, since she has made it."""
    operations.reply(first.topic, "Elva.", by=bo)
    told = Notification.objects.filter(comment__body="Elva.")
    assert {(row.user.name, row.kind, row.about) for row in told} == {
        ("Ada Lind", Notification.Kind.REPLY, f"topic-{first.topic_id}"),
        ("Eva Berg", Notification.Kind.REPLY, f"topic-{first.topic_id}"),
    }
    reply = operations.reply(first.topic, "@Bo Ek, nej.", by=ada)
    mention = Notification.objects.get(user=bo)
    assert (mention.kind, mention.comment) == (Notification.Kind.MENTION, reply)


@pytest.mark.usefixtures("real_limits")
def test_a_new_account_that_writes_too_fast_waits_and_keeps_the_text(first: Comment, ada: User) -> None:
    client, address = signed_in(ada), first.topic.get_absolute_url()
    for number in range(4):
        assert client.post(address, {"comment": f"Svar {number}."}).status_code == 302
    for target, posted in (
        (address, {"comment": "Ett för mycket."}),
        (ADDRESS, QUESTION | {"title": "Nytt"}),
    ):
        answer = client.post(target, posted)
        assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
        assert "Vänta en stund och skicka igen." in answer.text
        assert posted["comment"] in answer.text
    assert client.post(address, {"comment": "Svar 3."}, follow=True).status_code == 200  # sent already
    assert Comment.objects.count() == 5


def test_a_new_account_links_to_few_other_sites(first: Comment, ada: User) -> None:
    links = " ".join(f"https://{name}.example/" for name in "abcd")
    client = signed_in(ada)
    for address in (first.topic.get_absolute_url(), f"{ADDRESS}inlagg/{first.pk}/redigera/"):
        answer = client.post(address, {"comment": links})
        assert answer.status_code == 429
        assert "Retry-After" not in answer
        assert "https://d.example/" in answer.text
    assert [comment.body for comment in Comment.objects.all()] == [first.body]
