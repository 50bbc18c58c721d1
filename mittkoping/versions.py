"""The one door to django-reversion: what is versioned, saved and read back goes through here."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import reversion
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from reversion.models import Version


class NestedRevision(RuntimeError):
    """Two saves were put into one revision; each version must have its own."""


def register(model: type[models.Model], *, fields: Iterable[str]) -> None:
    """Keep versions of these fields of the model; derived fields stay out."""
    reversion.register(model, fields=tuple(fields))


def save(
    instance: models.Model,
    *,
    by: AbstractBaseUser | None,
    comment: str,
    meta: type[models.Model],
    facts: Mapping[str, Any],
) -> None:
    """Save the instance and one version of it, together with its row of facts.

    meta    the model that holds the facts; has a one-to-one field `revision`
    facts   the other fields of that row

    One revision holds exactly one version. Must run inside the caller's transaction.
    """
    if reversion.is_active():
        raise NestedRevision
    with reversion.create_revision(manage_manually=True):
        instance.save()
        reversion.add_to_revision(instance)
        reversion.set_user(by)
        reversion.set_comment(comment)
        reversion.add_meta(meta, **facts)


def fields(revision_id: int) -> dict[str, Any]:
    """The versioned fields as they were in this revision; raises Version.DoesNotExist."""
    version = Version.objects.get(revision_id=revision_id)
    return cast(dict[str, Any], version.field_dict)
