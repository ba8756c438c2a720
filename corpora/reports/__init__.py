"""Descriptions of our own reports, the documents to render from them, and what is true of each rendered document."""
