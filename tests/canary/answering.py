"""What municipalities answer, and proposals for the catalogue, with words that must not fly out."""

from dataclasses import replace

from factors.content import FactorContent
from factors.models import Factor
from tests.canary.site import Site
from tests.canary.words import key_of, say
from wiki import operations
from wiki.models import FactorTag, Page
from wiki.operations.factor_proposals import propose_factor, reject_factor_proposal

FACTOR = "gemensam-malbild"


def answer(site: Site, thing: str, page: Page) -> None:
    """Bo answers for Granneby what the thing says on the page."""
    tag = FactorTag.objects.select_related("page").get(page=page, key=key_of(thing, "quote"))
    line = say(thing, "line")
    site.answers[thing] = operations.answer_passage(tag, applies=True, line=line, by=site.people["bo"])


def hide_an_answer(site: Site) -> None:
    """One answer that everybody reads, and one that a moderator hides."""
    answer(site, "accepted", site.pages["lekparken"])
    answer(site, "open", site.pages["skolan"])
    hidden = site.answers["open"]
    site.look(FactorTag.objects.get(key=hidden.key).own_url)
    operations.hide_answer(hidden, reason=say("open", "hiding"), by=site.people["rut"])


def propose_factors(site: Site) -> None:
    """By ada, whose proposals everybody reads, and by cia, who has had nothing accepted."""
    for name, by, factor in (
        ("knownfactor", "ada", Factor.objects.get(slug=FACTOR)),
        ("newfactor", "cia", None),
        ("rejectedfactor", "cia", Factor.objects.get(slug=FACTOR)),
    ):
        before = factor.content if factor else _nothing()
        content = replace(before, name=say(name, "name"), definition=say(name, "definition"))
        base = factor.number if factor else 0
        site.factor_proposals[name] = propose_factor(
            factor, content, base=base, summary=say(name, "summary"), by=site.people[by]
        )
    rejected = site.factor_proposals["rejectedfactor"]
    reason = say("rejectedfactor", "comment")
    reject_factor_proposal(rejected, revision=1, reason=reason, by=site.people["rut"])


def _nothing() -> FactorContent:
    theme = Factor.objects.get(slug=FACTOR).theme.slug
    return FactorContent(name="", theme=theme, enables="Det går.", hinders="Det står still.")
