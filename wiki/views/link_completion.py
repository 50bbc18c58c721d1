"""What a writer may mean by the beginning of a link: pages, factors and municipalities, the best first."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from factors.models import Factor
from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.links import Kind, target_of
from mittkoping.text.names import title_key
from mittkoping.text.normalise import normalise_line
from mittkoping.text.slugs import slugify
from wiki.models import Page
from wiki.search import words_of

MOST = 10
READ = 200  # characters of what is typed
IS_IT, BEGINS_SO, HAS_A_WORD, HAS_IT, NO_MATCH = range(5)
PREFIXES: dict[str, Kind] = {"faktor": "factor", "kommun": "municipality"}
# What may not stand in a link, where that can be said in another way.
UNWRITABLE = str.maketrans({"[": "(", "]": ")", "|": "/", "\\": "/"})


@dataclass(frozen=True)
class Offer:
    """One thing to link to.

    markdown   the link as it is written
    hint       what kind of thing it is
    """

    kind: Kind
    name: str
    markdown: str
    hint: str


@cache_control(private=True, no_store=True)
@signed_in
@require_safe
def link_completion(request: SignedInRequest) -> HttpResponse:
    """What begins like `q`, or has its words, at most ten, as JSON. "faktor:" and "kommun:" narrow it."""
    offers = offers_for(normalise_line(request.GET.get("q", "")[:READ]), request.user)
    return JsonResponse([asdict(offer) for offer in offers], safe=False)


def offers_for(typed: str, user: User) -> list[Offer]:
    """The best things to link to, for what somebody has typed after "[["; three queries."""
    prefix, colon, rest = typed.partition(":")
    kind = PREFIXES.get(prefix.strip().lower()) if colon else None
    sought = rest.strip() if kind else typed
    if not words_of(sought):
        return []
    found = [
        *([] if kind else _pages(sought, user)),
        *([] if kind == "municipality" else _factors(sought)),
        *([] if kind == "factor" else _municipalities(sought)),
    ]
    return [offer for _rank, offer in sorted(found, key=lambda each: each[0])[:MOST]]


def _pages(sought: str, user: User) -> Iterator[tuple[int, Offer]]:
    key = title_key(sought)
    has_words = reduce(and_, (Q(title_key__contains=word) for word in words_of(sought)))
    rank = Case(
        When(title_key=key, then=Value(IS_IT)),
        When(title_key__startswith=key, then=Value(BEGINS_SO)),
        When(title_key__contains=f" {key}", then=Value(HAS_A_WORD)),
        default=Value(HAS_IT),
        output_field=IntegerField(),
    )
    # Links to what has been put away lead nowhere, also for those who may see it.
    pages = Page.objects.visible_to(user).current().filter(has_words).alias(rank=rank)
    found = pages.order_by("rank", "sort_key").values_list(rank, "title", "slug", "kind")
    for place, title, slug, kind in found[:MOST]:
        yield place, Offer("page", title, _link_to(title, slug), str(Page.Kind(kind).label))


def _link_to(title: str, slug: str) -> str:
    """By the title; by the slug where the title would be read as something else."""
    target = target_of(title)
    is_writable = target is not None and target.kind == "page" and not set("[]|\\") & set(title)
    return f"[[{title}]]" if is_writable else f"[[{slug}|{title.translate(UNWRITABLE)}]]"


def _factors(sought: str) -> Iterator[tuple[int, Offer]]:
    for factor in Factor.objects.active().order_by("sort_key").only("slug", "name", "aliases"):
        rank, name = min(_ranked(sought, [factor.name, *factor.aliases]))
        if rank < NO_MATCH:
            hint = _("Nyckelfaktor") if name == 0 else _("Nyckelfaktor, även kallad %(name)s")
            alias = factor.aliases[name - 1] if name else ""
            offer = Offer("factor", factor.name, f"[[faktor:{factor.slug}]]", hint % {"name": alias})
            yield rank, offer


def _municipalities(sought: str) -> Iterator[tuple[int, Offer]]:
    for name in Municipality.objects.in_order().values_list("name", flat=True):
        rank, _place = min(_ranked(sought, [name]))
        if rank < NO_MATCH:
            yield rank, Offer("municipality", name, f"[[kommun:{name}]]", _("Kommun"))


def _ranked(sought: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """How well each name fits what is sought, with its place."""
    for place, name in enumerate(names):
        yield min(_rank(title_key(sought), title_key(name)), _rank(_plain(sought), _plain(name))), place


def _plain(text: str) -> str:
    """Without accents and dots, for those who type none."""
    return slugify(text).replace("-", " ")


def _rank(sought: str, name: str) -> int:
    if not sought or not all(word in name for word in sought.split()):
        return NO_MATCH
    if name == sought:
        return IS_IT
    if name.startswith(sought):
        return BEGINS_SO
    return HAS_A_WORD if f" {sought}" in name else HAS_IT
