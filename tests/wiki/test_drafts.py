"""Keeping what is typed: which draft is replaced, when a second is made, and that nothing else is touched."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import form_of, published, signed_in
from tests.tables import rows
from tests.wiki.drafting import EDIT, NEW, TYPED, autosave, by_hand, keep
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Page, Proposal
from wiki.operations import drafts
from wiki.operations.drafts import DraftRefused

pytestmark = pytest.mark.django_db

Save = Callable[..., Any]


@pytest.fixture
def save(page: Page, eva: User) -> Save:
    """Save eva's form of the page from a window: save("Text.", tab="A", seq=1)."""
    client = signed_in(eva)

    def save(body: str, *, by_button: bool = False, **fields: Any) -> Any:
        send = by_hand if by_button else autosave
        return send(client, EDIT, form_of(page, body=body) | {"once": "nyckel"} | fields)

    return save


def bodies() -> list[str]:
    """The texts of all drafts, as they are now, in the order in which they were begun."""
    return [draft.fields["body"][0] for draft in Draft.objects.kept().order_by("pk")]


def test_the_script_is_told_what_it_needs(page: Page, eva: User, save: Save) -> None:
    answer = save(TYPED, tab="A", seq="1")
    draft = Draft.objects.get()
    clock = f"{timezone.localtime(draft.saved_at):%H.%M}"
    assert (answer.status_code, answer.json()) == (
        200,
        {"draft": draft.pk, "counter": 1, "at": clock, "is_forked": False, "newest": None},
    )
    assert (draft.user, draft.page, draft.title, draft.base) == (eva, page, "Skolan", 1)
    assert (draft.word_count, draft.tab, draft.seq) == (8, "A", 1)
    assert draft.fields == {"title": ["Skolan"], "body": [TYPED], "base": ["1"], "summary": [""]}


def test_a_newer_version_is_told(page: Page, bo: User, save: Save) -> None:
    operations.edit(page, Content(title="Skolan", body="Bos."), base=1, by=bo)
    newest = {"number": 2, "by": "Bo Ek", "compare": "/sidor/skolan/jamfor/1/2/"}
    assert save(TYPED).json()["newest"] == newest
    page.edits.filter(number=1).update(hidden_at=timezone.now())
    assert save(TYPED).json()["newest"] == newest | {"compare": "/sidor/skolan/"}


def test_one_window_has_one_draft_and_the_newest_text_wins(save: Save) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    save("Tre.", tab="A", seq="3", draft=first["draft"], counter="1")
    late = save("Två.", tab="A", seq="2", draft=first["draft"], counter="1").json()
    assert bodies() == ["Tre."]
    assert (late["draft"], late["counter"], late["is_forked"]) == (first["draft"], 2, False)


def test_a_lost_answer_makes_no_second_draft(save: Save) -> None:
    save("Ett.", tab="A", seq="1")
    save("Två.", tab="A", seq="2")
    assert bodies() == ["Två."]


def test_a_window_that_has_seen_the_draft_goes_on_with_it(save: Save) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    second = save("Två.", tab="B", seq="1", draft=first["draft"], counter="1").json()
    assert (second["draft"], second["counter"], second["is_forked"]) == (first["draft"], 2, False)
    assert bodies() == ["Två."]


def test_a_window_that_has_not_seen_it_gets_a_draft_of_its_own(save: Save) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    save("Två.", tab="B", seq="1", draft=first["draft"], counter="1")
    stale = save("Ett och ett halvt.", tab="A", seq="2", draft=first["draft"], counter="1").json()
    assert stale["is_forked"]
    assert bodies() == ["Två.", "Ett och ett halvt."]
    # Its answer may be lost: the window is known by its own draft, and makes no third.
    again = save("Två igen.", tab="A", seq="3", draft=first["draft"], counter="1").json()
    assert (again["draft"], again["is_forked"]) == (stale["draft"], False)
    assert bodies() == ["Två.", "Två igen."]


def test_two_windows_that_say_the_same_share_a_draft(save: Save) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    save("Två.", tab="B", seq="1", draft=first["draft"], counter="1")
    same = save("Två.", tab="A", seq="2", draft=first["draft"], counter="1").json()
    assert (same["draft"], same["counter"], same["is_forked"]) == (first["draft"], 2, False)
    assert bodies() == ["Två."]


def test_windows_that_know_of_no_draft_make_one_each(save: Save) -> None:
    save("Ett.", tab="A", seq="1")
    assert not save("Två.", tab="B", seq="1").json()["is_forked"]
    assert bodies() == ["Ett.", "Två."]


def test_the_button_saves_whatever_the_script_has_counted(save: Save) -> None:
    first = save("Ett.", tab="A", seq="4").json()
    answer = save("Två.", tab="A", seq="4", draft=first["draft"], counter="1", by_button=True)
    assert (answer.status_code, answer["Location"]) == (302, f"{EDIT}?utkast={first['draft']}")
    assert bodies() == ["Två."]
    save(
        "Sen.", tab="A", seq="5", draft=first["draft"], counter="1"
    )  # was on its way when the button was pressed
    assert bodies() == ["Två."]


def test_the_button_works_without_a_script_and_twice(page: Page, save: Save) -> None:
    answers = [save(TYPED, by_button=True)["Location"] for _time in range(2)]
    draft = Draft.objects.get()
    assert answers == [f"{EDIT}?utkast={draft.pk}"] * 2
    save("Mer.", draft=draft.pk, counter="1", by_button=True)
    save("Annat.", draft=draft.pk, counter="1", by_button=True)
    assert bodies() == ["Mer.", "Annat."]


def test_the_button_says_that_both_texts_are_kept(eva: User, page: Page) -> None:
    client = signed_in(eva)
    first = keep(page, by=eva, body="Ett.")
    form = form_of(page) | {"draft": first.pk, "counter": "1", "do": "draft"}
    client.post(EDIT, form | {"body": "Två."})
    answer = client.post(EDIT, form | {"body": "Tre."}, follow=True)
    assert "Det som ett annat fönster har sparat finns också kvar" in answer.text


def test_a_draft_that_was_thrown_away_meanwhile_is_left_and_the_text_kept(eva: User, save: Save) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    operations.delete_draft(Draft.objects.get(), by=eva)
    second = save("Två.", tab="A", seq="2", draft=first["draft"], counter="1").json()
    assert second["draft"] != first["draft"]
    assert bodies() == ["Två."]


def test_the_draft_of_somebody_else_is_not_touched(page: Page, eva: User, bo: User) -> None:
    evas = keep(page, by=eva, body="Evas.")
    form = form_of(page, body="Bos.") | {"draft": evas.pk, "counter": "1", "tab": "A", "seq": "1"}
    assert autosave(signed_in(bo), EDIT, form).json()["draft"] != evas.pk
    assert bodies() == ["Evas.", "Bos."]


def test_the_draft_of_another_form_is_not_touched(page: Page, eva: User) -> None:
    new = keep(None, by=eva, body="Ny sida.")
    form = form_of(page, body="Skolan.") | {"draft": new.pk, "counter": "1"}
    assert autosave(signed_in(eva), EDIT, form).json()["draft"] != new.pk
    assert bodies() == ["Ny sida.", "Skolan."]


@pytest.mark.parametrize(
    "odd",
    [
        {"tab": "x" * 500, "seq": "9" * 40, "draft": "-1", "counter": "²"},
        {"base": "99", "first_base": "elva", "tags-TOTAL_FORMS": "9" * 30, "title": "x" * 3000},
        {"base": "", "title": "", "municipalities": "Atlantis", "\x00namn": "v\x00ärde"},
    ],
)
def test_whatever_is_sent_is_kept(page: Page, eva: User, odd: dict[str, str]) -> None:
    form = form_of(page, body=TYPED) | odd
    assert autosave(signed_in(eva), EDIT, form).status_code == 200
    draft = Draft.objects.get()
    assert draft.fields["body"] == [TYPED]
    for address in (
        draft.get_absolute_url(),
        draft.form_url,
        "/konto/utkast/",
        f"/konto/utkast/{draft.pk}.md",
    ):
        assert signed_in(eva).get(address).status_code == 200, address


def test_a_draft_touches_nothing_but_itself(page: Page, ada: User, eva: User) -> None:
    operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    clients = [signed_in(user) for user in (ada, eva)]
    before = rows()
    for client in clients:
        for address in (EDIT, NEW):
            assert autosave(client, address, form_of(page, body=TYPED)).status_code == 200
    after = rows()
    changed = {model for model in after if after[model] != before[model]}
    assert changed == {"wiki.Draft"}


def test_limits_are_said_in_sentences(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch, save: Save
) -> None:
    assert (drafts.MOST, drafts.MAX_SIZE) == (200, 2_000_000)
    monkeypatch.setattr(drafts, "MAX_SIZE", 1000)
    answer = save("x" * 1000)
    assert (answer.status_code, answer.json()["error"][:24]) == (409, "Texten är för stor för a")
    monkeypatch.setattr(drafts, "MOST", 2)
    for number in range(2):
        keep(None, by=eva, title=f"Sida {number}")
    answer = save(TYPED)
    assert answer.json() == {"error": "Du har redan 2 utkast. Ta bort något av dem först, under Mina utkast."}
    assert save(TYPED, by_button=True).status_code == 200
    assert TYPED.strip() in save(TYPED, by_button=True).text
    assert "Du har redan 2 utkast." in save(TYPED, by_button=True).text
    assert Draft.objects.count() == 2


def test_a_draft_at_the_limit_is_still_saved(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch, save: Save
) -> None:
    first = save("Ett.", tab="A", seq="1").json()
    monkeypatch.setattr(drafts, "MOST", 1)
    assert save("Två.", tab="A", seq="2").json()["draft"] == first["draft"]
    with pytest.raises(DraftRefused):
        keep(None, by=eva, title="En till")


def test_one_page_has_room_for_a_few_drafts_of_one_writer(
    page: Page, eva: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_OF_ONE", 2)
    for number in range(2):
        keep(page, by=eva, body=f"{number}")
    with pytest.raises(DraftRefused, match="av den här sidan"):
        keep(page, by=eva, body="Ett till.")
    keep(page, by=bo, body="Bos.")
    for number in range(3):
        keep(None, by=eva, body=f"{number}")


def test_saving_too_often_waits_and_counts_as_no_save(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch, save: Save, real_limits: None
) -> None:
    assert drafts.MOST_A_MINUTE == 120
    now = timezone.now().replace(second=10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    codes = [save(f"{seq}", tab="A", seq=str(seq)).status_code for seq in range(1, 122)]
    assert codes == [200] * 120 + [429]
    answer = save("x", tab="A", seq="200")
    assert (answer["Retry-After"], answer.json()["error"][:30]) == ("50", "Utkastet har sparats 120 gånge")
    handed_back = save(TYPED, tab="A", by_button=True)
    assert (handed_back.status_code, TYPED.strip() in handed_back.text) == (429, True)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=1))
    assert save("y", tab="A", seq="201").status_code == 200
    assert published(operations.edit(page, Content(title="Skolan"), base=1, by=eva)).number == 2


def test_what_is_thrown_away_comes_back_for_a_month(page: Page, eva: User, bo: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    operations.delete_draft(draft, by=bo)
    assert Draft.objects.kept().get() == draft
    operations.delete_draft(draft, by=eva)
    assert not Draft.objects.kept().exists()
    operations.restore_draft(draft, by=bo)
    assert not Draft.objects.kept().exists()
    operations.restore_draft(draft, by=eva)
    assert bodies() == [TYPED]
    Draft.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    operations.restore_draft(draft, by=eva)
    assert not Draft.objects.kept().exists()
    keep(page, by=bo, body="Något annat.")  # anybody's next draft clears away
    assert bodies() == ["Något annat."]
    assert Draft.objects.count() == 1


def test_what_is_thrown_away_does_not_pile_up(eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 3)
    for number in range(5):
        operations.delete_draft(keep(None, by=eva, title=f"{number}"), by=eva)
    assert [draft.title for draft in Draft.objects.order_by("pk")] == ["2", "3", "4"]


def test_a_locked_page_and_a_blocked_account_keep_what_is_typed(page: Page, eva: User, save: Save) -> None:
    Page.objects.update(protection=Page.Protection.LOCKED)
    assert save(TYPED, tab="A", seq="1").status_code == 200
    User.objects.filter(pk=eva.pk).update(blocked_until="2999-01-01T00:00Z", block_reason="Klotter")
    assert save("Mer.", tab="A", seq="2").status_code == 200
    assert bodies() == ["Mer."]


def test_a_draft_of_a_proposal_has_the_proposal(page: Page, ada: User, bo: User) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    operations.edit(page, Content(title="Skolan", body="Bos."), base=1, by=bo)
    address = f"{proposal.get_absolute_url()}redigera/"
    form = {"title": "Skolan", "body": TYPED, "base": "1", "revision": "1"}
    answer = autosave(signed_in(ada), address, form).json()
    draft = Draft.objects.get()
    assert (draft.page, draft.proposal, draft.base, answer["newest"]) == (page, proposal, 1, None)
    assert draft.form_url == f"{address}?utkast={draft.pk}"
    assert Proposal.objects.get().body == "Adas."
