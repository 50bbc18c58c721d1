"""The addresses of the wiki. They are stable: links, tests and other programs rely on them."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from wiki.views import (
    browse,
    catalogue,
    claims,
    discussion,
    drafts,
    history,
    keeping,
    log,
    members,
    notifications,
    order,
    pages,
    presence,
    profile,
    proposals,
    queue,
    review,
    watching,
)

app_name = "wiki"


class NumberConverter(IntConverter):
    """The number of a version: from 1, and never more than a database can hold."""

    regex = history.NUMBER


register_converter(NumberConverter, "number")

urlpatterns = [
    path("", browse.start, name="start"),
    path("sidor/", browse.page_list, name="page_list"),
    path("sidor/ny/", pages.new, name="new"),
    path("sidor/<str:slug>.md", pages.source, name="source"),
    path("sidor/<str:slug>/", pages.show, name="page"),
    path("sidor/<str:slug>/redigera/", pages.edit, name="edit"),
    path("sidor/<str:slug>/narvaro/", presence.presence, name="presence"),
    path("sidor/<str:slug>/historik/", history.history, name="history"),
    path("sidor/<str:slug>/version/<number:number>/", history.version, name="version"),
    path("sidor/<str:slug>/version/<number:number>.md", history.version_source, name="version_source"),
    path("sidor/<str:slug>/jamfor/<number:old>/<number:new>/", history.compare, name="compare"),
    path("sidor/<str:slug>/aterstall/<number:number>/", history.revert, name="revert"),
    path("sidor/<str:slug>/lankar-hit/", browse.links_here, name="links_here"),
    path("sidor/<str:slug>/byt-namn/", keeping.rename, name="rename"),
    path("sidor/<str:slug>/arkivera/", keeping.archive, name="archive"),
    path("sidor/<str:slug>/skydda/", keeping.protect, name="protect"),
    path("sidor/<str:slug>/version/<number:number>/dolj/", keeping.purge, name="purge"),
    path("konto/profil/<number:number>/stang-av/", order.block, name="block"),
    path("konto/profil/<number:number>/rulla-tillbaka/", order.roll_back, name="roll_back"),
    path("konto/overklaga/", order.appeal, name="appeal"),
    path("granskning/overklaganden/", order.appeals, name="appeals"),
    path("logg/", log.log, name="log"),
    path("granskning/", queue.review_queue, name="review_queue"),
    path("granskning/statistik/", queue.review_statistics, name="review_statistics"),
    path("granskning/ansprak/<number:item_id>/", claims.claim, name="claim"),
    path("granskning/skal/", review.reasons, name="review_reasons"),
    path("granskning/sidor/<str:slug>/", review.review_edits, name="review_edits"),
    path("granskning/sidor/<str:slug>/beslut/", review.decide_edits, name="decide_edits"),
    path("granskning/forslag/<number:primary_key>/", review.proposal, name="proposal"),
    path("granskning/forslag/<number:primary_key>/beslut/", review.decide, name="decide"),
    path("granskning/forslag/<number:primary_key>/dolj/", review.proposal_hide, name="proposal_hide"),
    path("granskning/forslag/<number:primary_key>/redigera/", proposals.edit, name="proposal_edit"),
    path(
        "granskning/forslag/<number:primary_key>/dra-tillbaka/", proposals.withdraw, name="proposal_withdraw"
    ),
    path(
        "granskning/forslag/<number:primary_key>/uppdatera/",
        proposals.bring_up_to_date,
        name="proposal_update",
    ),
    path("konto/forslag/", proposals.own_proposals, name="own_proposals"),
    path("konto/utkast/", drafts.drafts, name="drafts"),
    path("konto/utkast/<number:number>/", drafts.draft, name="draft"),
    path("konto/utkast/<number:number>.md", drafts.draft_source, name="draft_source"),
    path("sidor/<str:slug>/diskussion/", discussion.discussion, name="discussion"),
    path("sidor/<str:slug>/diskussion/<number:topic>/", discussion.topic, name="topic"),
    path("sidor/<str:slug>/diskussion/inlagg/<number:comment>/", discussion.comment, name="comment"),
    path(
        "sidor/<str:slug>/diskussion/inlagg/<number:comment>/redigera/",
        discussion.edit_comment,
        name="comment_edit",
    ),
    path(
        "sidor/<str:slug>/diskussion/inlagg/<number:comment>/dolj/",
        discussion.hide_comment,
        name="comment_hide",
    ),
    path("forhandsgranska/", pages.preview, name="preview"),
    path("faktorer/<str:slug>/", catalogue.factor, name="factor"),
    path("kommuner/<str:slug>/", catalogue.municipality, name="municipality"),
    path("sok/", browse.search_pages, name="search"),
    path("andringar/", browse.changes, name="changes"),
    path("granskning/medlemmar/", members.members, name="members"),
    path("granskning/medlemmar/<number:number>/", members.member, name="member"),
    path("konto/", profile.account, name="account"),
    path("konto/profil/<number:number>/", profile.profile, name="profile"),
    path("sidor/<str:slug>/bevaka/", watching.watch_page, name="watch_page"),
    path("faktorer/<str:slug>/bevaka/", watching.watch_factor, name="watch_factor"),
    path("kommuner/<str:slug>/bevaka/", watching.watch_municipality, name="watch_municipality"),
    path("konto/bevakningar/", watching.watches, name="watches"),
    path("konto/bevakningar/inriktning/<str:track>/", watching.watch_track, name="watch_track"),
    path("konto/aviseringar/", notifications.notifications, name="notifications"),
    path("konto/aviseringar/sedda/", notifications.seen, name="notifications_seen"),
    path(
        "konto/aviseringar/installningar/", notifications.notification_settings, name="notification_settings"
    ),
    path("konto/aviseringar/<number:number>/", notifications.notification, name="notification"),
    path("konto/avsluta/<str:signed>/", notifications.unsubscribe, name="unsubscribe"),
]
