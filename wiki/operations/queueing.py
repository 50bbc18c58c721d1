"""Keep the rows of the queue in step with what waits; called in the transaction of every change."""

from factors.models import FactorProposal
from wiki.content import Content
from wiki.models import Page, Proposal, ReviewItem
from wiki.models.review import as_keys


def queue_edits(page: Page) -> None:
    """Make the page's row in the queue stand for its unreviewed edits, or be gone when there are none."""
    edits = page.edits.unreviewed()
    people = list(edits.order_by("number").values_list("author", "municipality", "created_at", "size_before"))
    if not people:
        ReviewItem.objects.filter(page=page, kind=ReviewItem.Kind.EDITS).delete()
        return
    _author, _municipality, since, size_before = people[0]
    row = {
        **_of_content(page.content),
        "since": since,
        "size": abs(page.content.size - size_before),
        "edit_count": len(people),
        "authors": as_keys({str(author) for author, *_rest in people}),
        "municipalities": as_keys({code for _author, code, *_rest in people if code}),
    }
    ReviewItem.objects.update_or_create(page=page, kind=ReviewItem.Kind.EDITS, defaults=row)


def queue_proposal(proposal: Proposal) -> None:
    """Make the proposal's row in the queue say what the proposal says, or be gone when it does not wait."""
    if not proposal.is_pending or proposal.is_hidden:
        ReviewItem.objects.filter(proposal=proposal).delete()
        return
    content = proposal.content
    row = {
        **_of_content(content),
        "page": proposal.page,
        "since": proposal.waits_from,
        "size": abs(content.size - (proposal.page.content.size if proposal.page else 0)),
        "authors": as_keys({str(proposal.author_id)}),
        "municipalities": as_keys({proposal.municipality_id} if proposal.municipality_id else ()),
    }
    ReviewItem.objects.update_or_create(proposal=proposal, kind=ReviewItem.Kind.PROPOSAL, defaults=row)


def queue_factor_proposal(proposal: FactorProposal) -> None:
    """Make the proposal's row in the queue say what the proposal says, or be gone when it does not wait."""
    if not proposal.is_pending:
        ReviewItem.objects.filter(factor_proposal=proposal).delete()
        return
    content, factor = proposal.content, proposal.factor
    row = {
        "title": content.name,
        "factors": as_keys({factor.slug} if factor else ()),
        "since": proposal.created_at,
        "size": abs(content.size - (factor.content.size if factor else 0)),
        "authors": as_keys({str(proposal.author_id)}),
        "municipalities": as_keys({proposal.municipality_id} if proposal.municipality_id else ()),
    }
    ReviewItem.objects.update_or_create(factor_proposal=proposal, kind=ReviewItem.Kind.FACTOR, defaults=row)


def _of_content(content: Content) -> dict[str, str]:
    return {
        "title": content.title,
        "page_kind": content.kind,
        "tracks": as_keys(content.tracks),
        "factors": as_keys({tag.factor for tag in content.tags}),
    }
