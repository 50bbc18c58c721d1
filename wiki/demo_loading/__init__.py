"""The demo: invented municipalities, accounts that everybody knows, pages with a history, people at work."""

from wiki.demo_loading.accounts import PASSWORD
from wiki.demo_loading.files import DemoRefused
from wiki.demo_loading.loading import Loaded, load

__all__ = ["PASSWORD", "DemoRefused", "Loaded", "load"]
