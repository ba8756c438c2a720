"""What stands around the text on each page: repeated headers and footers, page numbers, tables of contents."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TypeAlias

from ljuskoll.nlp.readers.raw.lines import Line, split_at_gaps

ZONE = 0.12
"""Share of the page's height, at the top and at the bottom, in which headers and footers stand."""
GAP = 20.0
"""Points between the parts of a header line (municipality to the left, page number to the right)."""
FAR = 4.0
"""White above a footer that is told by it, in font sizes."""
LARGEST_NUMBERED = 11.0
"""A number at the end of a larger or bold line belongs to a heading ("Mål 2"), not to the page."""
FEW_PAGES = 4

_WORDS = "|".join(tomllib.loads((files(__package__) / "margins.toml").read_text(encoding="utf-8"))["page_words"])
_TOTAL = r"(?:\s*\(\s*\d+\s*\)|\s*(?:/|av)\s*\d+)"
_PAGE_NUMBER = re.compile(rf"(?:{_WORDS})\s*\d+{_TOTAL}?|[-–]?\s*\d{{1,3}}\s*[-–]?|\d{{1,4}}{_TOTAL}", re.I)
_SURE_PAGE_NUMBER = re.compile(rf"(?:{_WORDS})\s*(\d+){_TOTAL}?|(\d{{1,4}}){_TOTAL}", re.I)
_WITH_PAGE_WORD = re.compile(rf"\b(?:{_WORDS})\s*\d+{_TOTAL}?", re.I)
_EDGE_NUMBER = re.compile(r"^\d{1,3}(?=\s)|(?<=\s)\d{1,3}$")
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{6,})\s*\d{0,4}\s*$")
_LEADER_ENDS = frozenset("0123456789._…")

LEVEL = 2
"""Points by which lines of one height may differ: on scans a header shifts from page to page."""

Key: TypeAlias = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page, as stretches of running text, with the page's number and height.

    `open_columns` are those of a table without rules that may go on over the page.
    """

    number: int
    height: float
    stretches: list[list[Line]]
    open_columns: tuple[tuple[float, float], ...] = ()

    def lines(self) -> Iterator[Line]:
        """All lines in reading order."""
        for stretch in self.stretches:
            yield from stretch


def without_margins(pages: Sequence[PageLines]) -> tuple[list[PageLines], tuple[str, ...]]:
    """The pages without headers, footers, page numbers and contents, and the texts of these, once each."""
    whole: dict[int, Line] = {}
    pages = [_with_split_margins(page, whole) for page in pages]
    repeated = _repeated(pages)
    margins: dict[str, None] = {}
    kept = []
    for page in pages:
        dropped = _margin_lines(page, repeated) | _contents(page)
        margins.update(dict.fromkeys(_text(line) for line in page.lines() if id(line) in dropped))
        bodies = [list(_kept(stretch, dropped, whole)) for stretch in page.stretches]
        kept.append(PageLines(page.number, page.height, [body for body in bodies if body]))
    return kept, tuple(text for text in margins if text)


def _kept(stretch: Sequence[Line], dropped: frozenset[int], whole: Mapping[int, Line]) -> Iterator[Line]:
    """The lines that are no margin; one of which no part is one is whole again."""
    for _, parts in groupby(stretch, key=lambda part: id(whole[id(part)])):
        line = list(parts)
        left = [part for part in line if id(part) not in dropped]
        yield from [whole[id(line[0])]] if len(left) == len(line) else left


def _text(line: Line) -> str:
    if line.table is None:
        return line.text
    return " ".join(cell.text for row in line.table.rows for cell in row if cell.text)


def _zone(line: Line, page: PageLines) -> str | None:
    _, top, _, bottom = line.bbox
    if bottom <= ZONE * page.height:
        return "top"
    return "bottom" if top >= (1 - ZONE) * page.height else None


def _with_split_margins(page: PageLines, whole: dict[int, Line]) -> PageLines:
    """The page with lines at its edges in parts; `whole` gets for each part the line that it is of."""
    stretches: list[list[Line]] = []
    for stretch in page.stretches:
        stretches.append([])
        for line in stretch:
            parts = _split(line, page)
            whole |= dict.fromkeys(map(id, parts), line)
            stretches[-1] += parts
    return PageLines(page.number, page.height, stretches)


def _split(line: Line, page: PageLines) -> list[Line]:
    return split_at_gaps(line, GAP) if _zone(line, page) else [line]


def _keys(line: Line, page: PageLines) -> frozenset[Key]:
    """What is the same for a header on every page: zone, height and text, as it is and without the page's number."""
    zone = _zone(line, page)
    if zone is None:
        return frozenset()
    text = _text(line) or ",".join(f"{mark.colour}@{round(line.bbox[0])}" for mark in line.marks)
    text = unnumbered = _WITH_PAGE_WORD.sub("#", text)
    if line.size <= LARGEST_NUMBERED and not line.bold:
        unnumbered = _EDGE_NUMBER.sub(lambda found: f"#{int(found.group()) - page.number}", text)
    return frozenset((zone, round(line.bbox[1]), each) for each in (text, unnumbered))


def _repeated(pages: Sequence[PageLines]) -> frozenset[Key]:
    seen: dict[Key, set[int]] = {}
    for page in pages:
        for line in page.lines():
            for key in _keys(line, page):
                seen.setdefault(key, set()).add(page.number)
    needed = 2 if len(pages) <= FEW_PAGES else 3
    return frozenset(key for key in seen if len(_pages_with(key, seen)) >= needed)


def _pages_with(key: Key, seen: Mapping[Key, set[int]]) -> set[int]:
    """The pages that have the same text at about the same height."""
    zone, height, text = key
    near = range(height - LEVEL, height + LEVEL + 1)
    return {page for top in near for page in seen.get((zone, top, text), ())}


def _margin_lines(page: PageLines, repeated: frozenset[Key]) -> frozenset[int]:
    """The ids of header and footer lines: from the paper's edge inwards as long as such lines follow."""
    found: set[int] = set()
    for zone in ("top", "bottom"):
        lines = [line for line in page.lines() if _zone(line, page) == zone]
        lines.sort(key=lambda line: line.bbox[1], reverse=zone == "bottom")
        for level in _levels(lines):
            is_numbered = any(_numbers(line, page) for line in level) or _is_apart(level, page)
            margins = [id(line) for line in level if is_numbered or _is_margin(line, page, repeated)]
            if not margins:
                break
            found.update(margins)
    return frozenset(found)


def _levels(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in the order of their heights, those of one height together."""
    level: list[Line] = []
    for line in lines:
        if level and abs(line.bbox[1] - level[0].bbox[1]) > LEVEL:
            yield level
            level = []
        level.append(line)
    if level:
        yield level


def _is_apart(level: Sequence[Line], page: PageLines) -> bool:
    """Whether these parts of one line, one of them a number alone, stand far below everything else."""
    if len(level) < 2 or not any(_PAGE_NUMBER.fullmatch(line.text) for line in level):
        return False
    top = min(line.bbox[1] for line in level)
    above = max((line.bbox[3] for line in page.lines() if line.bbox[1] < top - 1), default=0.0)
    return top > (1 - ZONE) * page.height and top - above > FAR * max(line.size for line in level)


def _numbers(line: Line, page: PageLines) -> bool:
    """Whether this can be nothing but the page's own number ("Sida 3 (14)")."""
    number = _SURE_PAGE_NUMBER.fullmatch(line.text)
    return number is not None and int(number[1] or number[2]) == page.number


def _is_margin(line: Line, page: PageLines, repeated: frozenset[Key]) -> bool:
    return not repeated.isdisjoint(_keys(line, page)) or bool(_PAGE_NUMBER.fullmatch(line.text))


def _contents(page: PageLines) -> frozenset[int]:
    """The ids of a table of contents' lines: with leaders, and those between them where such lines are many."""
    lines = [line for line in page.lines() if line.table is None]
    led = [
        position for position, line in enumerate(lines) if line.text[-1:] in _LEADER_ENDS and _LEADERS.search(line.text)
    ]
    if len(led) >= 3 and 2 * len(led) >= led[-1] - led[0] + 1:
        led = list(range(led[0], led[-1] + 1))
    return frozenset(id(lines[position]) for position in led)
