"""Texts cut to what there is room for."""


def shortened(text: str, limit: int) -> str:
    """The text on one line, cut after a whole word where it has more than `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
