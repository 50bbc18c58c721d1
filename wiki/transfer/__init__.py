"""Pages as Markdown files with YAML front matter: in and out."""
