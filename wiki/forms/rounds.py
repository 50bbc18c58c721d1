"""The round of writing that a form is."""

from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from wiki.forms.edit import EditForm
from wiki.forms.start import Start
from wiki.forms.tag_rows import Round


def round_of(form: EditForm, start: Start | None, *, by: User) -> Round:
    """The round of writing that a form is, of a page new or old."""
    page = form.page
    if page is None:
        name = f"new {title_key(form['title'].value() or '')}"
        return Round(by=by, published=None, started=None, name=name)
    number = form.started_from
    published = started = start.content if start else page.content
    if number and number != page.number and not start:
        base = page.edits.get(number=number)
        started = published if base.is_hidden else base.content
    return Round(by=by, published=published, started=started, name=f"page {page.pk} {number}")
