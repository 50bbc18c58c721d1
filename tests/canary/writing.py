"""Write everything with words that must not fly out, and hide what is hidden, as people do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from tests.canary.answering import answer, hide_an_answer, propose_factors
from tests.canary.filing import delete_a_file, look_at_files, upload, upload_the_same
from tests.canary.site import Site
from tests.canary.words import BIRD, body, content, say
from tests.conftest import PASSWORD, proposed, published
from tests.wiki.drafting import keep
from wiki import operations
from wiki.content import Content
from wiki.models import NotificationSettings, Page, Proposal
from wiki.operations import blocking, members, protecting, watching
from wiki.transfer import templates


def build(people: dict[str, User]) -> Site:
    """Write all of it, and hide what is hidden, as people do."""
    templates.load()
    User.objects.update(joined_at=timezone.now() - timedelta(days=365))
    site = Site(people=people)
    for user in people.values():
        user.refresh_from_db()
    _write_pages(site)
    _decide(site)
    _propose(site)
    propose_factors(site)
    _talk(site)
    _purge(site)
    _archive(site)
    hide_an_answer(site)
    delete_a_file(site)
    _keep_order(site)
    _draft(site)
    return site


def _write_pages(site: Site) -> None:
    """Two pages that everybody reads; one that is purged later, and one that is archived."""
    eva = site.people["eva"]
    for user in (eva, site.people["bo"]):
        watching.watch(Page.Track.SCHOOL, by=user)
    watching.set_mail(by=site.people["bo"], mail=NotificationSettings.Mail.DAILY)
    open_page = content("open", title="Skolan", tracks=("skola",))
    shown = [upload(site, "openfile", by="bo", is_picture=False), upload(site, "deletedfile", by="bo")]
    # Eva may show them once Bo has.
    operations.create(Content(title="Filer", body=" ".join(shown)), by=site.people["bo"])
    with_files = replace(open_page, body=body("open", f" {' '.join(shown)}"))
    site.pages["skolan"] = published(
        operations.create(with_files, by=eva, summary=say("open", "summary"))
    ).page
    upload_the_same(site, "twinfile", "openfile", by="cia")
    site.pages["bortlagd"] = published(
        operations.create(
            replace(open_page, title="Bortlagd", body="Ett mål.", lead="", tags=()), by=eva, summary="Ny"
        )
    ).page
    site.pages["badplatsen"] = published(
        operations.create(replace(open_page, title="Badplatsen", body="Ett bad.", lead="", tags=()), by=eva)
    ).page


def propose(site: Site, name: str, *, by: str, page: str | None = "skolan", file: str = "") -> Proposal:
    """Put a content full of words before the moderators."""
    target = site.pages[page] if page else None
    base = target.number if target else 0
    proposed = content(name, body=body(name, file))
    proposal = operations.propose(
        target, proposed, base=base, summary=say(name, "summary"), by=site.people[by]
    )
    site.proposals[name] = proposal
    return proposal


def _decide(site: Site) -> None:
    """What has been decided: ada has had something accepted, cia has not."""
    rut = site.people["rut"]
    accepted = proposed(
        operations.create(content("accepted", title="Lekparken"), by=site.people["ada"], summary="Ny")
    )
    comment = say("accepted", "comment")
    site.proposals["accepted"] = accepted
    site.pages["lekparken"] = operations.accept(accepted, revision=1, by=rut, comment=comment).page
    for name, by in (("rejected", "ada"), ("newrejected", "cia")):
        operations.reject(propose(site, name, by=by), revision=1, reason=say(name, "comment"), by=rut)
    asked = propose(site, "asked", by="cia")
    operations.ask_for_changes(asked, revision=1, reason=say("asked", "comment"), by=rut)
    kept = propose(site, "oldaccepted", by="ada", page="bortlagd")
    site.pages["bortlagd"] = operations.accept(kept, revision=1, by=rut).page
    operations.withdraw(propose(site, "withdrawn", by="ada"), by=site.people["ada"])


def _propose(site: Site) -> None:
    """What waits, and what is hidden."""
    ada, rut = site.people["ada"], site.people["rut"]
    propose(site, "newcomer", by="cia")
    propose(site, "newcomerpage", by="cia", page=None)
    propose(site, "newpage", by="ada", page=None, file=f" {upload(site, 'proposedfile', by='ada')}")
    earlier = propose(site, "earlier", by="ada")
    site.look(earlier.get_absolute_url())
    del site.proposals["earlier"]
    site.proposals["known"] = operations.revise(
        earlier, content("known"), revision=1, base=earlier.base, summary=say("known", "summary"), by=ada
    )
    hidden = propose(site, "hidden", by="ada")
    operations.hide_proposal(hidden, reason=say("hidden", "reason"), by=rut)


def _talk(site: Site) -> None:
    """Comments that are hidden, one of them the first of its topic; Eva is called in both."""
    ada, eva, rut = (site.people[name] for name in ("ada", "eva", "rut"))
    page = site.pages["skolan"]
    site.comments["open"] = operations.start_topic(page, "En fråga", say("open", "comment"), by=eva)
    reply = operations.reply(site.comments["open"].topic, f"@Eva Berg {say('reply', 'comment')}", by=ada)
    first = operations.start_topic(
        page, say("topic", "title"), f"@Eva Berg {say('topic', 'comment')}", by=ada
    )
    site.comments |= {"reply": reply, "topic": first}
    for comment, name in ((reply, "reply"), (first, "topic")):
        operations.hide_comment(comment, reason=say(name, "reason"), by=rut)


def _purge(site: Site) -> None:
    """Four versions of the bathing place, two of which tell of somebody; then nobody reads these."""
    eva, bo, rut = (site.people[name] for name in ("eva", "bo", "rut"))
    page = site.pages["badplatsen"]
    watching.watch(page, by=eva)
    clean = page.content
    told = content("purged", body=body("purged", f" {upload(site, 'purgedfile', by='bo')}"))
    operations.edit(page, told, base=1, summary=say("purged", "summary"), by=bo)
    page.refresh_from_db()
    propose(site, "frompurged", by="ada", page="badplatsen")
    protecting.protect(page, Page.Protection.REVIEWED, reason=say("purged", "reason"), by=rut)
    operations.rename(page, "Badet", base=2, reason=say("purged", "renaming"), by=rut)
    page.refresh_from_db()
    operations.edit(page, replace(clean, title="Badplatsen"), base=3, by=rut)
    page = site.pages["badplatsen"] = Page.objects.get(pk=page.pk)
    home = page.get_absolute_url()
    look_at_files(site, "purgedfile")
    site.look(home, f"{home}historik/", f"{home}version/2/", f"{home}jamfor/1/2/", "/logg/")
    screen = site.client("rut").get(f"{home}version/2/dolj/?ord={BIRD}")
    form = {
        "versions": [one.edit.number for one in screen.context["found"]],
        "proposals": [one.proposal.pk for one in screen.context["proposals"]],
        "entries": [entry.pk for entry in screen.context["reasons"]],
        "base": "4",
        "instead": "",
        "reason": "Personuppgifter",
    }
    answer = site.client("rut").post(f"{home}version/2/dolj/?ord={BIRD}", form)
    assert (answer.status_code, answer["Location"]) == (302, f"{home}historik/"), answer.text


def _archive(site: Site) -> None:
    """A page with a discussion, put away when it has just got new words, while proposals for it are there."""
    ada, eva, rut = (site.people[name] for name in ("ada", "eva", "rut"))
    page = site.pages["bortlagd"]
    propose(site, "onarchived", by="ada", page="bortlagd")
    file = upload(site, "archivedfile", by="bo", is_picture=False)
    archived = content("archived", body=body("archived", f" Se [[Skolan]]. {file}"), tracks=("skola",))
    bo, summary = site.people["bo"], say("archived", "summary")
    operations.edit(page, archived, base=page.number, summary=summary, by=bo)
    page.refresh_from_db()
    no = propose(site, "oldrejected", by="ada", page="bortlagd")
    operations.reject(no, revision=1, reason=say("oldrejected", "comment"), by=rut)
    for user in (ada, eva):
        watching.watch(page, by=user)
    answer(site, "archived", page)
    site.comments["archived"] = operations.start_topic(
        page, say("archived", "topic"), say("archived", "comment"), by=ada
    )
    look_at_files(site, "archivedfile")
    operations.archive(page, reason=say("archived", "reason"), by=rut)
    page.refresh_from_db()


def _draft(site: Site) -> None:
    """What ada has typed and not sent: of a page, a new one, her proposal, an archived page; what she has
    thrown away; and what others have.
    """
    ada, bo, rut = (site.people[name] for name in ("ada", "bo", "rut"))
    page, known = site.pages["skolan"], site.proposals["known"]
    for name, about, proposal, by in (
        ("draft", page, None, ada),
        ("newdraft", None, None, ada),
        ("proposaldraft", page, known, ada),
        ("archiveddraft", site.pages["bortlagd"], None, ada),
        ("thrownaway", page, None, ada),
        ("bosdraft", page, None, bo),
    ):
        words: dict[str, Any] = {part: say(name, part) for part in ("title", "lead", "body", "summary")}
        words |= {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0", "tags-0-note": say(name, "note")}
        site.drafts[name] = keep(about, by=by, proposal=proposal, **words)
    operations.delete_draft(site.drafts["thrownaway"], by=ada)
    site.look(site.drafts["bosdraft"].get_absolute_url(), who="bo")
    site.drafts["rutsdraft"] = keep(page, by=rut, body="Inget särskilt.")


def _keep_order(site: Site) -> None:
    """A blocked account that appeals; one whose address is not confirmed; members who are answered."""
    dan, rut = site.people["dan"], site.people["rut"]
    blocking.block(dan, reason=say("block", "reason"), by=rut)
    dan.refresh_from_db()
    blocking.appeal(say("block", "appeal"), by=dan)
    nia = User.objects.create_user(
        "nia@mittkoping.example",
        PASSWORD,
        name=say("unconfirmed", "name"),
        job_title=say("unconfirmed", "job"),
    )
    place = site.people["ada"].municipality
    assert place
    Membership.objects.create(user=nia, municipality=place)
    site.people["nia"] = nia
    site.look(f"/konto/profil/{nia.pk}/")
    EmailAddress.objects.create(user=nia, email=nia.email, primary=True, verified=False)
    cia = site.people["cia"]
    assert cia.membership
    Membership.objects.filter(pk=cia.membership.pk).update(asked_at=timezone.now())
    cia.membership.refresh_from_db()
    members.decline(cia.membership, reason=say("member", "reason"), by=rut)
