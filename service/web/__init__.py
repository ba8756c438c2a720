"""The review service over HTTP: the API under /api/v1 and the pages that stand on it."""
