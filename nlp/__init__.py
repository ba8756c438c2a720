"""Reading follow-ups: bytes to documents, documents to follow-up records, Swedish status language."""
