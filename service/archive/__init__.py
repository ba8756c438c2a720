"""Imports of any size: what has been read is kept, what is written is put together one document at a time."""
