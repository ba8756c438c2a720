"""Judging comments: which light a text supports, how surely, and by which words."""
