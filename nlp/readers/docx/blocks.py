"""From paragraphs to blocks: headings by style or by looks, list items, labels on lines of their own."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.document import Block, Item, Lead, Mark, MarkColour, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.docx.lines import Line, Paragraph, Part
from ljuskoll.nlp.readers.hyphens import join_lines

LARGER = 1.1
"""Text this much larger than the body is a heading."""
LONGEST_HEADING = 220
BODY_LINE = 40
"""Characters; paragraphs at least this long tell the size of the body."""
DEEPEST = 6
MANY_SIGNS = 3
_BULLET = re.compile(r"(?:[•·▪●○■□◆➢❖◦‣*–—-]\s+(?=\D)|o\t)(\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")
_GOES_ON = re.compile(r"[-–,]\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it is known how the document is set; `level` is that of its style, None where it has none."""

    text: str
    marks: tuple[Mark, ...]
    pages: tuple[int, ...]
    level: int | None
    is_item: bool
    has_bullet: bool
    bold: bool
    size: float
    bar: MarkColour | None = None
    parts: tuple[Part, ...] = ()
    lead: int = 0
    """Characters of the bold words that the text begins with; 0 where all of it is set alike."""


def drafts(paragraph: Paragraph, has_bullet: bool) -> list[Draft]:
    """A paragraph's blocks: one, or one a line where lines were broken on purpose; none where it shows nothing."""
    found = (_draft(line, paragraph, has_bullet) for line in _joined(paragraph))
    return [draft for draft in found if draft.text or draft.marks]


def finished(items: Sequence[Draft | Table]) -> list[tuple[int, Item]]:
    """Blocks and tables with their pages; what looks like a heading lies one level below the styled one above it."""
    found = [item for item in items if isinstance(item, Draft)]
    body = _body_size(found)
    looks = sorted({(draft.size, draft.bold) for draft in found if _looks_like_heading(draft, body)}, reverse=True)
    marked = _without_ornaments(items)
    blocks: list[tuple[int, Item]] = []
    styled = 0
    for item in marked:
        if isinstance(item, Table):
            blocks.append((item.page, item))
            continue
        level = item.level
        if level is not None:
            styled = level
        elif _looks_like_heading(item, body):
            level = styled + 1 + looks.index((item.size, item.bold))
        under = styled + 1 + sum(look > (item.size, True) for look in looks)
        blocks.append((item.pages[0], _block(item, level, under)))
    return blocks


def _joined(paragraph: Paragraph) -> Iterator[Line]:
    """The lines, those joined that only wrap: all of a heading, and such as go on in lower case."""
    held: list[Line] = []
    for line in paragraph.lines():
        if held and paragraph.form.level is None and not _goes_on(held[-1].text, line.text):
            yield _one(held)
            held = []
        held.append(line)
    yield _one(held)


def _one(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return Line(
        text=join_lines(line.text.strip() for line in lines),
        marks=tuple(mark for line in lines for mark in line.marks),
        pages=tuple(dict.fromkeys(page for line in lines for page in line.pages)),
        bold=all(line.bold for line in lines),
        size=lines[0].size,
    )


def _goes_on(before: str, after: str) -> bool:
    return bool(_GOES_ON.search(before)) or after.lstrip()[:1].islower()


def _draft(line: Line, paragraph: Paragraph, has_bullet: bool) -> Draft:
    text = line.text.strip()
    typed = _BULLET.match(text)
    is_numbered = bool(_NUMBERED.match(text))
    lead = single_spaced(line.lead)
    return Draft(
        text=single_spaced(typed[1] if typed else text),
        marks=line.marks,
        pages=line.pages,
        level=paragraph.form.level,
        is_item=paragraph.form.is_item or typed is not None or is_numbered,
        has_bullet=has_bullet or typed is not None,
        bold=line.bold,
        size=line.size,
        bar=paragraph.form.bar,
        parts=line.parts,
        lead=len(lead) if lead and not typed and single_spaced(text).startswith(lead) else 0,
    )


def _body_size(found: Sequence[Draft]) -> float:
    """The usual size of running text, in points."""
    plain = [draft for draft in found if draft.level is None]
    for chosen in ([draft for draft in plain if len(draft.text) >= BODY_LINE and not draft.bold], plain):
        sizes: Counter[float] = Counter()
        for draft in chosen:
            sizes[draft.size] += len(draft.text)
        if sizes:
            return max(sizes, key=lambda size: (sizes[size], -size))
    return 0.0


def _looks_like_heading(draft: Draft, body: float) -> bool:
    if draft.level is not None or draft.has_bullet or not any(letter.isalpha() for letter in draft.text):
        return False
    if not (draft.size >= LARGER * body or (draft.bold and draft.size >= body)) or len(draft.text) > LONGEST_HEADING:
        return False
    return draft.bold or not (draft.text.endswith(".") or draft.is_item)


def _block(draft: Draft, level: int | None, under: int) -> Block:
    """The block of a draft; its bold beginning would be a heading of the level `under`."""
    places = tuple(Place(page) for page in draft.pages)
    if level is not None and draft.text:
        return Block(draft.text, places, "heading", min(DEEPEST, level), draft.marks)
    lead = Lead(draft.lead, min(DEEPEST, under)) if draft.lead else None
    return Block(draft.text, places, "item" if draft.is_item else "paragraph", None, draft.marks, lead)


def _without_ornaments(items: Sequence[Draft | Table]) -> list[Draft | Table]:
    """The items with their bars as marks, but without signs and bars that all have one colour: those are ornaments."""
    found = [item for item in items if isinstance(item, Draft)]
    signs = [mark.colour for draft in found for mark in draft.marks if mark.source == "symbol"]
    drops_signs = len(signs) >= MANY_SIGNS and len(set(signs)) == 1
    keeps_bars = len({draft.bar for draft in found if draft.bar}) > 1
    told = [item if isinstance(item, Table) else _told(item, drops_signs, keeps_bars) for item in items]
    return [item for item in told if isinstance(item, Table) or item.text or item.marks]


def _told(draft: Draft, drops_signs: bool, keeps_bars: bool) -> Draft:
    marks = [mark for mark in draft.marks if not (drops_signs and mark.source == "symbol")]
    if keeps_bars and draft.bar is not None:
        marks.append(Mark("fill", draft.bar, "", Place(draft.pages[0])))
    return replace(draft, marks=tuple(marks))
