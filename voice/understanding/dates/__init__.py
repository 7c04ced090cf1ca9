"""The grammar for spoken and typed English dates and times."""
