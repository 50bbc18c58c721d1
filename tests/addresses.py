"""Every address of the URLconf, and what stands in its places. A route that is not named here fails tests."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# What the places of an address are filled with. No two kinds are interchangeable: `number` is a version below
# /sidor/, an account below /konto/profil/, and a membership below /granskning/medlemmar/.
KINDS: dict[str, tuple[str, ...]] = {
    "nothing": (
        "account_login",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "account_logout",
        "account_inactive",
        "account_signup",
        "konto/signup/",
        "account_email_verification_sent",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "usersessions_list",
        "socialaccount_connections",
        "socialaccount_signup",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "factors:index",
        "municipalities:index",
        "about",
        "terms",
        "privacy",
        "live",
        "wiki:start",
        "wiki:page_list",
        "wiki:new",
        "wiki:appeal",
        "wiki:appeals",
        "wiki:log",
        "wiki:review_queue",
        "wiki:review_statistics",
        "wiki:review_reasons",
        "wiki:own_proposals",
        "wiki:drafts",
        "wiki:preview",
        "wiki:search",
        "wiki:changes",
        "wiki:members",
        "wiki:account",
        "wiki:watches",
        "wiki:notifications",
        "wiki:notifications_seen",
        "wiki:notification_settings",
        "wiki:factor_new",
        "wiki:insights",
        "wiki:catalogue_csv",
        "wiki:catalogue_csv_metadata",
        "wiki:catalogue_json",
        "wiki:catalogue_qdc",
        "wiki:tags_csv",
        "wiki:tags_csv_metadata",
        "wiki:tags_json",
        "wiki:advice",
        "wiki:preview_blocks",
        "wiki:link_completion",
        "wiki:templates",
        "wiki:template_new",
        "wiki:attachments",
        "wiki:attachment_new",
        "wiki:word_new",
        "wiki:word_read",
    ),
    "page": (
        "wiki:source",
        "wiki:page",
        "wiki:edit",
        "wiki:history",
        "wiki:links_here",
        "wiki:presence",
        "wiki:rename",
        "wiki:archive",
        "wiki:protect",
        "wiki:review_edits",
        "wiki:decide_edits",
        "wiki:discussion",
        "wiki:watch_page",
        "wiki:tag_passage",
        "wiki:word",
    ),
    "version": ("wiki:version", "wiki:version_source", "wiki:revert", "wiki:purge"),
    "two versions": ("wiki:compare",),
    "topic": ("wiki:topic",),
    "comment": ("wiki:comment", "wiki:comment_edit", "wiki:comment_hide"),
    "proposal": (
        "wiki:proposal",
        "wiki:decide",
        "wiki:proposal_hide",
        "wiki:proposal_edit",
        "wiki:proposal_withdraw",
        "wiki:proposal_update",
    ),
    "row of the queue": ("wiki:claim",),
    "draft": ("wiki:draft", "wiki:draft_source"),
    "account": ("wiki:profile", "wiki:block", "wiki:roll_back"),
    "membership": ("wiki:member",),
    "notification": ("wiki:notification",),
    "link in a mail": ("wiki:unsubscribe",),
    "tag": ("wiki:passage", "wiki:answer"),
    "answer": ("wiki:answer_hide",),
    "factor": (
        "wiki:factor",
        "wiki:factor_edit",
        "wiki:factor_history",
        "wiki:factor_merge",
        "wiki:factor_retire",
        "wiki:worksheet",
        "wiki:watch_factor",
    ),
    "version of a factor": ("wiki:factor_version", "wiki:factor_revert"),
    "two versions of a factor": ("wiki:factor_compare",),
    "factor proposal": (
        "wiki:factor_proposal",
        "wiki:factor_proposal_decide",
        "wiki:factor_proposal_edit",
        "wiki:factor_proposal_withdraw",
    ),
    "insight": ("wiki:insight", "wiki:insight_csv", "wiki:insight_json"),
    "municipality": ("wiki:municipality", "wiki:watch_municipality", "wiki:municipality_export"),
    "export": ("wiki:export_file",),
    "track": ("wiki:watch_track",),
    "page template": ("wiki:template",),
    "file": ("wiki:attachment",),
    "path of a file": ("wiki:media",),
    "key of an address": ("account_confirm_email",),
    "key of a password": ("account_reset_password_from_key",),
    "passkey": ("mfa_edit_webauthn", "mfa_remove_webauthn"),
    "provider": ("openid_connect_login", "openid_connect_callback"),
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")

Ways = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Route:
    """A line of the URLconf. `name` is the path itself where the line has no name."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def kind(self) -> str:
        """What fills its places. Raises KeyError for a route that nobody has named above."""
        return KIND_OF[self.name]

    def filled(self, values: Mapping[str, Any]) -> str:
        """The address, with the slash that it begins with."""
        return "/" + _PLACE.sub(lambda place: str(values[place[1]]), self.pattern)


def routes(patterns: Sequence[Any] | None = None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """Every line of the URLconf, in its order."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}" if pattern.name else path, path, pattern.callback)


def addresses(ways: Ways) -> Iterator[tuple[Route, str]]:
    """Every address, its places filled in all the given ways.

    Raises KeyError for a route that is not named here, or whose kind nobody has filled in.
    """
    for route in routes():
        for values in ways[route.kind]:
            yield route, route.filled(values)
