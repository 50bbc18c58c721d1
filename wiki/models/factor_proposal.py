"""Who may read what is proposed for the catalogue: the same as for the proposals of pages."""

from django.db.models import Exists, OuterRef, Q

from factors.models import FactorEdit, FactorProposal, FactorProposalQuerySet
from mittkoping.accounts.models import Someone, User
from wiki.models.edit import Edit


def readable_factor_proposals(user: Someone) -> FactorProposalQuerySet:
    """What this user may read.

    Everybody reads the proposals of somebody who has had something accepted, on a page or in the catalogue;
    before that, those who have signed in.
    """
    on_pages = Edit.objects.filter(author=OuterRef("pk"))
    in_catalogue = FactorEdit.objects.filter(author=OuterRef("pk"))
    trusted = User.objects.filter(Q(Exists(on_pages)) | Q(Exists(in_catalogue)))
    return FactorProposal.objects.visible_to(user, trusted=trusted)
