"""Mittköping: an open wiki on what enables and what hinders digital change in municipalities."""

__version__ = "0.1.0"
