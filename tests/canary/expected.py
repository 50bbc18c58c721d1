"""Where each word may be seen, by whom, and why. Whatever is not written here must not be seen.

A row without `*` is exact: everybody in it sees every part of every thing of it there. A row with `*` says
what moderators may see on their own screens; each part of it is seen on one of them at least.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.canary.filing import FILE
from tests.canary.words import canary

EVERYBODY = "anonymous ada eva rut"
SIGNED_IN = "ada eva rut"
TEXT = "title lead body note quote gone tried"
ALL = f"{TEXT} summary"
# What drafts hold here: fields of the form.
TYPED = "title lead body note"
# Read by everybody, as they should be: that the walk sees them shows that it looks.
PUBLIC = {
    "open": "lead body note quote gone tried summary comment",
    "accepted": "lead body note quote gone tried comment line",
    "openfile": FILE,
}
KNOWN = "known newpage rejected withdrawn"
NEWCOMERS = "newcomer newcomerpage asked newrejected"
ON_ARCHIVED = "onarchived oldaccepted oldrejected"
HIDDEN = "hidden frompurged"
PUT_AWAY = "purgedfile archivedfile"
DRAFTS = "draft newdraft proposaldraft archiveddraft thrownaway"
FACTOR = "name definition summary"
ABOUT_FACTOR = "/granskning/faktorforslag/{thing}/"
PROPOSAL = "/granskning/forslag/{thing}/"


@dataclass(frozen=True)
class Row:
    """These parts of these things are seen by these people at these addresses."""

    things: str
    parts: str
    who: str
    addresses: str
    why: str

    def words(self) -> Iterator[tuple[str, str]]:
        """Each word with the thing that it is in."""
        for thing in self.things.split():
            for part in self.parts.split():
                yield thing, canary(thing, part)

    def places(self, thing: str) -> list[str]:
        """The addresses where that thing is seen."""
        return [address.format(thing=thing) for address in self.addresses.split()]


SEEN = (
    # Proposals: ruling 17.
    Row(KNOWN, ALL, EVERYBODY, PROPOSAL, "17: by everyone, since Ada has had something accepted"),
    Row(NEWCOMERS, ALL, SIGNED_IN, PROPOSAL, "17: by those who have signed in, since Cia has not"),
    Row(ON_ARCHIVED, ALL, "ada rut", PROPOSAL, "16: the page is archived; the proposal is the author's own"),
    Row(HIDDEN, ALL, "rut", PROPOSAL, "17: a moderator has hidden it, also from its author"),
    Row("hidden", "reason", "rut", f"{PROPOSAL} /logg/", "17: so is why, as far as it tells of the proposal"),
    Row(f"{KNOWN} {ON_ARCHIVED}", ALL, "ada", f"{PROPOSAL}redigera/", "her own text"),
    Row(f"{KNOWN} {ON_ARCHIVED}", "title", "ada", "/konto/forslag/", "her own proposals"),
    Row("known", "title", "ada", "/sidor/skolan/redigera/", "her own, that she can go on with"),
    Row("rejected oldrejected", "title", "ada", "/konto/aviseringar/", "what became of her own"),
    Row("oldaccepted", "title", "ada", "/konto/aviseringar/", "what became of her own"),
    # What was decided, and why: product.md, "Rules".
    Row("rejected", "comment", EVERYBODY, f"{PROPOSAL} /logg/", "why it was rejected, everybody can read"),
    Row("rejected oldrejected", "comment", "ada", "/konto/forslag/ /konto/aviseringar/", "what became of it"),
    Row("newrejected oldrejected", "comment", EVERYBODY, "/logg/", "why it was rejected, everybody can read"),
    Row("newrejected", "comment", SIGNED_IN, PROPOSAL, "17: as the proposal itself"),
    Row("oldrejected", "comment", "ada rut", PROPOSAL, "16: as the proposal itself"),
    Row("asked", "comment", SIGNED_IN, f"{PROPOSAL} /logg/", "17: as the proposal itself"),
    Row("rejected withdrawn", "title", EVERYBODY, "/logg/", "17: the log names what one may read"),
    Row("asked newrejected", "title", SIGNED_IN, "/logg/", "17: the log names what one may read"),
    Row("oldaccepted oldrejected", "title", "ada rut", "/logg/", "16: the log names what one may read"),
    Row(HIDDEN, "title", "rut", "/logg/", "17: the log names what one may read"),
    # Moderators' screens: what waits, what was decided, and what could be purged together.
    Row(f"{KNOWN} {NEWCOMERS}", "title", "rut", "/granskning/* /konto/*/rulla-tillbaka/ */dolj/", "17"),
    Row("known newpage newcomer newcomerpage", "summary", "rut", "/granskning/", "17: the queue"),
    Row(ON_ARCHIVED, "title", "rut", "/konto/*/rulla-tillbaka/ */dolj/ /granskning/*", "17"),
    Row("rejected newrejected asked oldrejected", "comment", "rut", "/granskning/* */dolj/", "17"),
    Row("hidden", "reason", "rut", "*/dolj/", "17"),
    # Archived: ruling 16.
    Row("archived", f"{ALL} topic comment", "rut", "/sidor/bortlagd*", "16: moderators see it"),
    Row("archived", ALL, "rut", "/granskning/sidor/bortlagd/", "16: moderators see it"),
    Row("archived", "title lead", "rut", "/sidor/", "16: moderators see it, by ?arkiv=1"),
    Row("archived", "title", "rut", "/logg/", "16: moderators see it"),
    Row("archived", "reason", EVERYBODY, "/logg/", "that it was archived, and why, is in the public log"),
    Row("archived", "reason", "rut", "/sidor/bortlagd*", "16"),
    Row("oldaccepted", ALL, "rut", "/sidor/bortlagd*", "16: the version that it became"),
    # Talk: moderators hide with a reason, which everybody reads.
    Row("reply", "comment", "rut", "/sidor/skolan/diskussion/open/", "hidden by a moderator"),
    Row("topic", "title comment", "rut", "/sidor/skolan/diskussion/topic/", "hidden by a moderator"),
    Row("topic", "title", "rut", "/sidor/skolan/diskussion/*", "hidden by a moderator"),
    Row("reply", "reason", EVERYBODY, "/sidor/skolan/diskussion/open/ /logg/", "why it was hidden"),
    Row("topic", "reason", EVERYBODY, "/sidor/skolan/diskussion/topic/ /logg/", "why it was hidden"),
    Row("reply topic", "reason", "rut", "/sidor/skolan/diskussion/inlagg/{thing}/dolj/", "their screen"),
    # What municipalities answer: moderators hide it with a reason, which everybody reads.
    Row("open", "line", "rut", "/sidor/skolan/markning/open-quote/", "hidden by a moderator"),
    Row("open", "hiding", EVERYBODY, "/logg/", "why it was hidden"),
    Row("open", "hiding line", "rut", "/sidor/skolan/markning/open-quote/svar/open/dolj/", "their screen"),
    Row("open", "hiding", "rut", "/granskning/medlemmar/bo/ /sidor/skolan/version/1/dolj/", "their screens"),
    Row("archived", "line", "rut", "/sidor/bortlagd/markning/archived-quote/svar/archived/dolj/", "16"),
    Row("archived", "line", "rut", "/sidor/bortlagd/markning/archived-quote/", "16: moderators see it"),
    Row("open", "quote tried", EVERYBODY, "/insikter/over-tid/ /data/markningar.csv", "what insights say"),
    Row("open", "gone", EVERYBODY, "/insikter/hinder-och-mojliggorare/", "what insights say"),
    # Proposals for the catalogue: as those for pages.
    Row(
        "knownfactor",
        FACTOR,
        EVERYBODY,
        ABOUT_FACTOR,
        "17: by everyone, since Ada has had something accepted",
    ),
    Row("newfactor rejectedfactor", FACTOR, SIGNED_IN, ABOUT_FACTOR, "17: since Cia has not"),
    Row("rejectedfactor", "comment", SIGNED_IN, ABOUT_FACTOR, "17: as the proposal itself"),
    Row("rejectedfactor", "comment", EVERYBODY, "/logg/", "why it was rejected, everybody can read"),
    Row("rejectedfactor", "comment", "rut", "/granskning/medlemmar/cia/", "their screen"),
    Row("rejectedfactor", "name", SIGNED_IN, "/logg/", "17: the log names what one may read"),
    Row("knownfactor newfactor", "name summary", "rut", "/granskning/", "17: the queue"),
    Row("knownfactor", FACTOR, "ada", f"{ABOUT_FACTOR}redigera/", "her own text"),
    Row("knownfactor", "name", "ada", "/konto/forslag/", "her own proposals"),
    # Order: `/logg/` says what was done and why, and does not name who was blocked.
    Row("block", "reason", EVERYBODY, "/logg/", "every act with its reason"),
    Row("member", "reason", EVERYBODY, "/logg/", "every act with its reason"),
    Row("block member", "reason", "rut", "/granskning/* /konto/profil/dan/*", "their screens"),
    Row(
        "block", "appeal", "rut", "/granskning/overklaganden/", "read by moderators and the one who wrote it"
    ),
    Row("unconfirmed", "name", "rut", "/konto/profil/nia/*", "moderators, by the number of the account"),
    # Drafts: nobody but who has typed them, and wherever they are gone on with.
    Row(DRAFTS, f"{TYPED} summary", "ada", "/konto/utkast/{thing}/", "her own, not sent"),
    Row(DRAFTS, TYPED, "ada", "/konto/utkast/{thing}.md", "her own, not sent"),
    Row("known", TEXT, "ada", "/konto/utkast/proposaldraft/", "her own, beside her draft"),
    Row("thrownaway archiveddraft newdraft", "title", "ada", "/konto/utkast/", "her own, not sent"),
    Row("draft proposaldraft", "title", "ada", "/konto/utkast/", "her own, not sent"),
    Row("draft", f"{TYPED} summary", "ada", "/sidor/skolan/redigera/", "her own, gone on with"),
    Row("newdraft", f"{TYPED} summary", "ada", "/sidor/ny/", "her own, gone on with"),
    Row(
        "proposaldraft",
        f"{TYPED} summary",
        "ada",
        "/granskning/forslag/known/redigera/",
        "her own, gone on with",
    ),
    # Files: those of a text that one may read, one's own, and all for moderators.
    Row(PUT_AWAY, f"{FILE} former", "rut", "/filer/{thing}/", "16, 30: moderators see it"),
    Row(PUT_AWAY, "name", "rut", "/filer/", "16, 30: moderators see it"),
    Row("archivedfile", "file", "rut", "/media/archivedfile", "16: moderators see it"),
    Row("archivedfile", "former", "rut", "/media/archivedfile-before", "no page has shown it"),
    Row("proposedfile", f"{FILE} former", "ada rut", "/filer/proposedfile/", "her own, which no page shows"),
    Row("proposedfile", "name", "ada rut", "/filer/", "her own, which no page shows"),
    Row("openfile", "former", "rut", "/filer/openfile/ /media/openfile-before", "no page has shown it"),
    Row("twinfile", "name creator file", "rut", "/filer/twinfile/", "the page shows another's, of the same"),
    Row("twinfile", "name", "rut", "/filer/", "the page shows another's, of the same"),
    Row("deletedfile", f"{FILE} former reason", "rut", "/filer/deletedfile/", "a moderator has deleted it"),
    Row("deletedfile", "name", "rut", "/logg/", "the log names what one may read"),
    Row("deletedfile", "reason", EVERYBODY, "/logg/", "every act with its reason"),
    # Purged: ruling 30. Names that lead to the page stay, and the moderator who purges is told so.
    Row("purged", "title", "rut", "/sidor/badet/version/*/dolj/", "30: former names with the words"),
)
OWN_ADDRESS = ("/konto/", "/konto/epost/")
# Seen before they were hidden, and by nobody since.
GONE = {
    "purged": f"{ALL} reason renaming",
    "earlier": ALL,
    "unconfirmed": "name job",
    "bosdraft": f"{TYPED} summary",  # he sees it still, but does not walk
}
# Read by everybody before they were put away or deleted; by moderators since.
SHOWN_BEFORE = f"{PUT_AWAY} deletedfile"
# What mails tell, besides what is public.
MAILED = (
    Row("rejected", f"{TYPED} quote comment", "ada", "", "how her own was decided"),
    Row("newrejected asked", f"{TYPED} quote comment", "cia", "", "how her own were decided"),
    Row("rejectedfactor", "name comment", "cia", "", "how her own was decided"),
    Row("member", "reason", "cia", "", "what became of her asking to be confirmed"),
    Row("oldaccepted", "title", "ada", "", "how her own was decided, without what the page said"),
    Row("oldrejected", "title comment", "ada", "", "how her own was decided, without what the page said"),
)


def allowed(rows: Iterable[Row]) -> dict[tuple[str, str], set[str]]:
    """Where somebody may see a word, by who and word; addresses may have `*` in them."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for thing, word in row.words():
            for who in row.who.split():
                found.setdefault((who, word), set()).update(row.places(thing))
    return found
