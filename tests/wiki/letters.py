"""What comes out of the outbox for people."""

from django.core import mail
from django.core.mail import EmailMessage

from mittkoping.accounts.models import User
from mittkoping.outbox.tasks import send_batch
from wiki.models import Page
from wiki.operations import seeing


def mails(to: User) -> list[EmailMessage]:
    """Send what is due; all mails that somebody has got, oldest first."""
    while send_batch():
        pass
    return [message for message in mail.outbox if message.to == [to.email]]


def subjects(to: User) -> list[str]:
    """Send what is due; the subjects of all mails that somebody has got."""
    return [str(message.subject) for message in mails(to)]


def words() -> str:
    """All that has been sent to anybody."""
    return "\n".join(message.message().as_string() + message.body for message in mail.outbox)


def visit(page: Page, by: User) -> None:
    """Come to the page."""
    seeing.see_about(f"page-{page.pk}", by=by)
