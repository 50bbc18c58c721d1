"""Talk about a page: its topics, what is said in them, and what moderators hide."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.forms.discussing import CommentForm, HideCommentForm, TopicForm, quotation
from wiki.models import Comment, Page, Topic
from wiki.operations.discussing import require_editing, require_hiding
from wiki.views.finding import with_page
from wiki.views.history import NUMBER

TOPICS_PER_PAGE = 50
COMMENTS_PER_PAGE = 50
READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
@with_page
def discussion(request: HttpRequest, page: Page) -> HttpResponse:
    """The topics of a page; a form for a new one, which `?citat=` gives a passage to begin with."""
    if request.method == "POST":
        return _start(request, page)
    quoted = quotation(request.GET.get("citat", ""))
    return _show_topics(request, page, TopicForm(initial={"comment": quoted}))


@signed_in
def _start(request: SignedInRequest, page: Page) -> HttpResponse:
    form = TopicForm(request.POST)
    if not form.is_valid():
        return _show_topics(request, page, form)
    try:
        title, body = form.cleaned_data["title"], form.cleaned_data["comment"]
        comment = operations.start_topic(page, title, body, by=request.user)
    except operations.AlreadySent as again:
        return _sent_already(request, again)
    except operations.TooMany as limit:
        form.add_error(None, str(limit))
        return _wait(_show_topics(request, page, form), limit)
    messages.success(request, _("Ämnet är skapat."))
    return redirect(comment)


def _sent_already(request: HttpRequest, again: operations.AlreadySent) -> HttpResponse:
    messages.info(request, str(again))
    return redirect(again.comment)


def _wait(form_again: HttpResponse, limit: operations.TooMany) -> HttpResponse:
    """The form once more, as an answer that says when to try again."""
    form_again.status_code = 429
    if limit.retry_after:
        form_again["Retry-After"] = str(limit.retry_after)
    return form_again


def _show_topics(request: HttpRequest, page: Page, form: TopicForm) -> HttpResponse:
    topics = Topic.objects.visible_to(request.user).filter(page=page)
    shown = Paginator(topics.unresolved_first().with_people(), TOPICS_PER_PAGE)
    listed = shown.get_page(request.GET.get("sida"))
    for each in listed:
        each.page = page
    context = {
        "topics": listed,
        "open_count": topics.unresolved().count(),
        "form": form,
        **_rights(request, page),
    }
    return render(request, "wiki/discussion.html", context)


def _rights(request: HttpRequest, page: Page) -> dict[str, Any]:
    """What every screen of a discussion shows or not."""
    return {
        "page": page,
        "may_discuss": rules.may_discuss(request.user, page),
        "may_see_hidden": rules.may_moderate(request.user),
    }


@require_http_methods(READ_AND_WRITE)
@with_page
def topic(request: HttpRequest, page: Page, topic: int) -> HttpResponse:
    """What is said in a topic; a form for an answer, in which `?citera=` quotes a comment."""
    found = _find_topic(request, page, topic)
    if request.method != "POST":
        return _show_comments(request, found, CommentForm(initial=_quoted(request, found)))
    deeds = {"resolve": _resolve, "reopen": _reopen}
    return deeds.get(request.POST.get("do", ""), _reply)(request, found)


def _find_topic(request: HttpRequest, page: Page, primary_key: int) -> Topic:
    topics = Topic.objects.visible_to(request.user).filter(page=page).with_people()
    found: Topic = get_object_or_404(topics, pk=primary_key)
    found.page = page
    return found


def _quoted(request: HttpRequest, topic: Topic) -> dict[str, str]:
    """How the form begins. Hidden comments are quoted by nobody."""
    number = request.GET.get("citera", "")
    if not number:
        return {}
    if not re.fullmatch(NUMBER, number):
        raise Http404
    visible = Comment.objects.visible_to(request.user).filter(topic=topic, hidden_at=None)
    comment = get_object_or_404(visible.select_related("author"), pk=int(number))
    return {"comment": quotation(comment.body, comment.author.name)}


@signed_in
def _reply(request: SignedInRequest, topic: Topic) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show_comments(request, topic, form)
    try:
        comment = operations.reply(topic, form.cleaned_data["comment"], by=request.user)
    except operations.AlreadySent as again:
        return _sent_already(request, again)
    except operations.TooMany as limit:
        form.add_error(None, str(limit))
        return _wait(_show_comments(request, topic, form), limit)
    sentence = _("Ditt inlägg är skickat.")
    still = _("Ämnet är fortfarande markerat som löst.") if comment.topic.is_resolved else ""
    messages.success(request, f"{sentence} {still}".strip())
    return redirect(comment)


@signed_in
def _resolve(request: SignedInRequest, topic: Topic) -> HttpResponse:
    operations.resolve(topic, by=request.user)
    messages.success(request, _("Ämnet är markerat som löst."))
    return redirect(topic)


@signed_in
def _reopen(request: SignedInRequest, topic: Topic) -> HttpResponse:
    operations.reopen(topic, by=request.user)
    messages.success(request, _("Ämnet är öppet igen."))
    return redirect(topic)


def _show_comments(request: HttpRequest, topic: Topic, form: CommentForm) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).filter(topic=topic).in_order().with_people()
    comments = Paginator(visible, COMMENTS_PER_PAGE).get_page(request.GET.get("sida"))
    for comment in comments:
        comment.topic = topic
    context = {
        "topic": topic,
        "comments": comments,
        "rows": [(comment, rules.may_edit_comment(request.user, comment)) for comment in comments],
        "may_resolve": rules.may_resolve(request.user, topic),
        "form": form,
        **_rights(request, topic.page),
    }
    return render(request, "wiki/topic.html", context)


@require_safe
@with_page
def comment(request: HttpRequest, page: Page, comment: int) -> HttpResponse:
    """The permanent address of a comment: leads to the place where it stands now."""
    found = _find_comment(request, page, comment)
    before = Comment.objects.filter(topic=found.topic, pk__lt=found.pk).count()
    number = before // COMMENTS_PER_PAGE + 1
    query = f"?sida={number}" if number > 1 else ""
    return redirect(f"{found.topic.get_absolute_url()}{query}#{found.anchor}")


def _find_comment(request: HttpRequest, page: Page, primary_key: int) -> Comment:
    comments = Comment.objects.visible_to(request.user).filter(topic__page=page)
    found: Comment = get_object_or_404(comments.select_related("topic", "author"), pk=primary_key)
    found.topic.page = page
    return found


@signed_in
@require_http_methods(READ_AND_WRITE)
@with_page
def edit_comment(request: SignedInRequest, page: Page, comment: int) -> HttpResponse:
    """Other words in a fresh comment of one's own."""
    found = _find_comment(request, page, comment)
    require_editing(request.user, found)
    form = CommentForm(request.POST or None, initial={"comment": found.body})
    if not form.is_valid():
        return _show_edit(request, found, form)
    try:
        operations.edit_comment(found, form.cleaned_data["comment"], by=request.user)
    except operations.TooMany as limit:
        form.add_error(None, str(limit))
        return _wait(_show_edit(request, found, form), limit)
    messages.success(request, _("Ditt inlägg är ändrat."))
    return redirect(found)


def _show_edit(request: HttpRequest, comment: Comment, form: CommentForm) -> HttpResponse:
    context = {"page": comment.topic.page, "comment": comment, "form": form}
    return render(request, "wiki/comment_edit.html", context)


@signed_in
@require_http_methods(READ_AND_WRITE)
@with_page
def hide_comment(request: SignedInRequest, page: Page, comment: int) -> HttpResponse:
    """Hide a comment, or show it again; the form says which, so that sending it twice does it once."""
    found = _find_comment(request, page, comment)
    require_hiding(request.user, found)
    form = HideCommentForm(request.POST or None)
    if not form.is_valid():
        context = {"page": page, "comment": found, "form": form, "is_first": found.is_first}
        return render(request, "wiki/comment_hide.html", context)
    return _hide_or_show(request, found, form.cleaned_data["reason"])


def _hide_or_show(request: SignedInRequest, comment: Comment, reason: str) -> HttpResponse:
    if request.POST.get("do") == "show":
        operations.show_comment(comment, reason=reason, by=request.user)
        messages.success(request, _("Inlägget visas igen."))
    elif operations.hide_comment(comment, reason=reason, by=request.user):
        messages.success(request, _("Inlägget är dolt. Bara moderatorer ser texten."))
    else:
        messages.info(request, _("Inlägget är redan dolt."))
    return redirect(comment)
