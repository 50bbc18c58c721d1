"""Many editors at once, and what they may never lose: see bench/concurrent_edits.py."""
