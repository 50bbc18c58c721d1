"""What product.md and the rulings say, written down by hand."""

from typing import Any

from tests.rights.world import World

PROPOSES = {"open": "proposal", "reviewed": "proposal", "locked": "nothing", "archived": "nothing"}
EDITS = {"open": "published", "reviewed": "proposal", "locked": "nothing", "archived": "nothing"}
REVIEWED = "published, reviewed"
MODERATES = {"open": REVIEWED, "reviewed": REVIEWED, "locked": REVIEWED, "archived": "nothing"}
NEVER = {"open": "nothing", "reviewed": "nothing", "locked": "nothing", "archived": "nothing"}
# What saving becomes.
OUTCOMES = {
    "anonymous": NEVER,
    "contributor": PROPOSES,
    "contributor without municipality": PROPOSES,
    "editor": EDITS,
    "moderator": MODERATES,
    "moderator without second factor": EDITS,
    "administrator": MODERATES,
    "blocked editor": NEVER,
}
# A button that is pressed twice does it once: these say that it has been done, and do nothing more.
SAYS_THAT_IT_IS_SO = {
    ("open", "wiki:archive restore"),
    ("reviewed", "wiki:archive restore"),
    ("locked", "wiki:archive restore"),
    ("archived", "wiki:archive archive"),
}
# No form leads there: POST is answered 405.
READ_ONLY = {
    "about",
    "factors:index",
    "live",
    "municipalities:index",
    "privacy",
    "terms",
    "wiki:changes",
    "wiki:comment",
    "wiki:compare",
    "wiki:draft_source",
    "wiki:drafts",
    "wiki:factor",
    "wiki:history",
    "wiki:links_here",
    "wiki:log",
    "wiki:members",
    "wiki:municipality",
    "wiki:own_proposals",
    "wiki:page",
    "wiki:page_list",
    "wiki:profile",
    "wiki:proposal",
    "wiki:review_edits",
    "wiki:review_queue",
    "wiki:review_statistics",
    "wiki:search",
    "wiki:source",
    "wiki:start",
    "wiki:version",
    "wiki:version_source",
}
# Getting in, and guarding one's own account: django-allauth asks for password, code or key, not our rules.
WAYS_IN = {
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_logout",
    "account_inactive",
    "account_signup",
    "konto/signup/",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "usersessions_list",
    "socialaccount_connections",
    "socialaccount_signup",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "openid_connect_login",
    "openid_connect_callback",
}
# Ruling 19: a mail program presses the button, and the signed link says for whom.
NEED_NO_TOKEN = {"wiki:unsubscribe"}


def fields_of_nobodys(world: World) -> dict[str, Any]:
    """What no form asks for, and somebody could send all the same."""
    return {
        "id": world.eva.pk,
        "pk": world.eva.pk,
        "author": world.mia.pk,
        "author_id": world.mia.pk,
        "by": world.mia.pk,
        "user": world.mia.pk,
        "email": "annan@mittkoping.example",
        "owner": world.mia.pk,
        "status": "accepted",
        "approved": "1",
        "publish": "1",
        "review_state": "reviewed",
        "reviewer": world.mia.pk,
        "reviewed_at": "2001-01-01 00:00",
        "is_reviewed": "on",
        "is_adjusted": "on",
        "is_moderator": "on",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "",
        "role": "editor",
        "edits": "on",
        "moderates": "on",
        "joined_at": "2001-01-01 00:00",
        "created_at": "2001-01-01 00:00",
        "updated_at": "2001-01-01 00:00",
        "at": "2001-01-01 00:00",
        "waits_from": "2001-01-01 00:00",
        "blocked_until": "",
        "block_reason": "Ingen",
        "protection": "open",
        "protected_by": world.eva.pk,
        "archived_at": "2001-01-01 00:00",
        "hidden_at": "2001-01-01 00:00",
        "hidden_by": world.eva.pk,
        "resolved_by": world.mia.pk,
        "slug": "kapad",
        "act": "import",
        "page": world.page.pk + 1,
        "edit": world.edit.pk,
        "outcome": "granted",
        "answered_by": world.eva.pk,
        "html": "<b>Kapad</b>",
        "source_number": "1",
    }
