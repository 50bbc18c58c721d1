"""Uploaded files: what is taken, how it is made harmless, what it is called, where it lies. No database."""
