"""What leaves the wiki as files: catalogue and tags as open data, and what a municipality has written."""
