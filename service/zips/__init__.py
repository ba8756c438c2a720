"""Zip files as folders: what is in them, and reading it; nothing of it is unpacked to a place of its own choosing."""
