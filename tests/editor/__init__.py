"""The visual editor's way from source to source, in a browser and without its interface."""
