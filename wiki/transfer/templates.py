"""The page templates that come with the wiki."""

from pathlib import Path

import yaml

from wiki.operations.templates import Loaded, TemplateContent, load_templates

FILE = Path(__file__).parent.parent / "data" / "mallar.yaml"


def load() -> Loaded:
    """Load those that are missing; see load_templates."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return load_templates((row.pop("slug"), TemplateContent(**row)) for row in rows)
