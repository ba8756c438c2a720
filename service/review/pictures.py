"""Pictures of pages for the reviewer, painted once and kept; persons' data are covered unless asked for."""

import json
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from threading import Semaphore
from typing import Any, Final

from ljuskoll.nlp.document import BBox
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.page_text import Letter, Quote, quote_boxes
from ljuskoll.service.review.painting import PageAsked, Painted, paint
from ljuskoll.service.workers import Breach, Limits, work_apart

LIMITS: Final = Limits(seconds=20, megabytes=1500)
"""For painting one page."""
DECIMALS: Final = 2
_AT_ONCE = Semaphore(2)
"""So many pages are painted at the same time."""


def page_picture(desk: Desk, sha256: str, page: int, unmasked: bool = False) -> bytes | None:
    """The page, from 1, as a PNG with persons' data covered or `unmasked`.

    None where there is no picture: the original is not here, it has no such page, it is no PDF or picture, it takes
    too long, or it is a scan, where nobody can know what to cover.
    """
    name = _name(sha256, page, "open" if unmasked else "masked") + ".png"
    kept = _kept(desk, name)
    if kept is None:
        painted = _paint(desk, sha256, page, unmasked)
        kept = painted.png if painted else None
    return kept or None


def page_size(desk: Desk, sha256: str, page: int) -> tuple[float, float] | None:
    """Width and height of the page in points; None where it cannot be painted."""
    found = _page(desk, sha256, page)
    return (found["width"], found["height"]) if found else None


def text_boxes(desk: Desk, sha256: str, page: int, quotes: Sequence[Quote]) -> list[list[BBox]]:
    """For each quote its boxes on the page in points, one a line; none where it is not found."""
    found = _page(desk, sha256, page)
    if found is None:
        return [[] for _ in quotes]
    lines = [[Letter(text, (x0, top, x1, bottom)) for text, x0, top, x1, bottom in line] for line in found["lines"]]
    return quote_boxes(lines, quotes)


def forget_pictures(desk: Desk, sha256: str) -> None:
    """Take away all that is kept of a document's pages, by whatever version it was painted."""
    for path in _root(desk).glob(f"*/{sha256}-*"):
        path.unlink(missing_ok=True)


def _page(desk: Desk, sha256: str, page: int) -> Any:
    """Size and letters of the page as they are kept; None where it cannot be painted."""
    name = _name(sha256, page) + ".json"
    if _kept(desk, name) is None:
        _paint(desk, sha256, page, unmasked=False)
    kept = _kept(desk, name)
    return json.loads(kept) if kept else None


def _paint(desk: Desk, sha256: str, page: int, unmasked: bool) -> Painted | None:
    """The page painted, and kept; an empty picture says that there can be none."""
    path = desk.originals.path(sha256)
    if path is None:
        return None
    with _AT_ONCE:
        (painted,) = work_apart(paint, [PageAsked(path, page, unmasked, desk.officials)], 1, LIMITS, _given_up)
    if painted is None:
        return None
    _keep(desk, _name(sha256, page) + ".json", _json(painted))
    _keep(desk, _name(sha256, page, "open" if unmasked else "masked") + ".png", painted.png or b"")
    if desk.originals.path(sha256) is None:  # forgotten while it was painted
        forget_pictures(desk, sha256)
    return painted


def _given_up(_asked: PageAsked, _breach: Breach) -> Painted | None:
    return None


def _json(painted: Painted) -> bytes:
    lines = [
        [(letter.text, *(round(edge, DECIMALS) for edge in letter.bbox)) for letter in line] for line in painted.lines
    ]
    return json.dumps({"width": painted.width, "height": painted.height, "lines": lines}).encode()


def _name(*parts: object) -> str:
    return "-".join(map(str, parts))


def _root(desk: Desk) -> Path:
    return desk.folder / "pictures"


def _kept(desk: Desk, name: str) -> bytes | None:
    with suppress(OSError):
        return (_root(desk) / version("ljuskoll") / name).read_bytes()
    return None


def _keep(desk: Desk, name: str, content: bytes) -> None:
    """Write a file as a whole; where there is no room it is painted anew next time."""
    folder = _root(desk) / version("ljuskoll")
    temporary = folder / f".{token_hex(8)}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(folder / name)
    temporary.unlink(missing_ok=True)
