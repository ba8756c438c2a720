"""Measures of how well reading, judging and checking work."""
