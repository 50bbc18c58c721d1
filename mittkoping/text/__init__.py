"""Text in, text out: no Django, no database, nothing that remembers."""
