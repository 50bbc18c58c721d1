"""Every screen of the site, and how to come to it."""

from tests.browser.screens.accounts import ACCOUNTS
from tests.browser.screens.autosaving import AUTOSAVING
from tests.browser.screens.catalogue import CATALOGUE, CATALOGUING
from tests.browser.screens.drafts import DRAFTS
from tests.browser.screens.evidence import PASSAGES, TAGGING
from tests.browser.screens.filing import FILES, FILING
from tests.browser.screens.insights import EXPORTING, INSIGHTS
from tests.browser.screens.order import LOG, ORDER
from tests.browser.screens.people import PEOPLE, PROFILES
from tests.browser.screens.reading import ARCHIVED, READING
from tests.browser.screens.refusals import REFUSALS
from tests.browser.screens.review import OPEN_REVIEW, REVIEW
from tests.browser.screens.screen import ADA, EVA, RUT, SLUG, Screen, press
from tests.browser.screens.talking import ANSWERING, TALKING
from tests.browser.screens.telling import TELLING, UNSUBSCRIBING
from tests.browser.screens.writing import WRITING

# Those that need no account; they can be opened one after the other on the same database.
PUBLIC = [
    *READING,
    *PASSAGES,
    *INSIGHTS,
    *CATALOGUE,
    *FILES,
    *TALKING,
    *OPEN_REVIEW,
    *PROFILES,
    *LOG,
    *UNSUBSCRIBING,
    *ARCHIVED,
]
SCREENS = [
    *PUBLIC,
    *ACCOUNTS,
    *WRITING,
    *AUTOSAVING,
    *DRAFTS,
    *TAGGING,
    *CATALOGUING,
    *FILING,
    *EXPORTING,
    *ANSWERING,
    *REVIEW,
    *PEOPLE,
    *TELLING,
    *ORDER,
    *REFUSALS,
]

__all__ = ["ADA", "EVA", "PUBLIC", "RUT", "SCREENS", "SLUG", "Screen", "press"]
