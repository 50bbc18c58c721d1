"""Help while writing: what a writer may want to think of before saving."""

from wiki.advice.advising import Advice, Written, advise
from wiki.advice.alike import pages_alike
from wiki.advice.reading import HINT, has_hints

__all__ = ["HINT", "Advice", "Written", "advise", "has_hints", "pages_alike"]
