"""Lines to paragraphs, by leading, indent, type and by whether a line was broken for lack of room."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from ljuskoll.nlp.document import BBox, Mark
from ljuskoll.nlp.readers.hyphens import close_up, ends_broken, join_lines
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines, union
from ljuskoll.nlp.readers.symbols import is_sign

WIDE_LEADING = 0.75
"""Space between two lines, as a share of the font size, above which a new paragraph begins in any case."""
MORE_THAN_USUAL = 0.3
"""How much more than the smallest space of the stretch parts paragraphs, as a share of the font size."""
ROW_GAP = 2.0
"""White between words, as a share of the font size, that is no justified line's."""
LINE_END_HYPHENS = frozenset("-\u2010\u2011\u2013\u00ad")
"""With one of these at the end of a line it depends on the words how the next line is joined to it."""
SOFT_HYPHEN = "\u00ad"
SPACE = 0.25
"""Width of a space as a share of the font size."""
SIZE_CHANGE = 0.1
INDENT = 0.8
OUTDENT = 2.2
"""A line that begins so much further left or right than the one above, in font sizes, is of another paragraph."""
LABEL_WORDS = 3
_BULLET = re.compile(r"[•·▪●○■□◆➢❖◦‣*–—-]")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-z])[.)]$")
_LETTER = re.compile(r"[a-z]\. ")
"""A numbering, or within a sentence a short word ("v. 12")."""
_SENTENCE_END = re.compile(r"[.:!?;)…\"”»\]\d]$")


class Paragraph(NamedTuple):
    """Running text that belongs together, with how it is set."""

    text: str
    bbox: BBox
    size: float
    bold: bool
    is_item: bool
    lines: int
    marks: tuple[Mark, ...]
    lead: int
    """Characters of the bold words that the text begins with; 0 where all of it is set alike."""


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of one stretch of text (a column, a cell)."""
    if len(lines) == 1:
        return [_paragraph(lines)]
    lines = _with_labels_below(lines)
    return [_paragraph(part) for run in _runs(lines) for part in _parts(run)]


def cell_text(words: Sequence[Word]) -> str:
    """The paragraphs that these words make, with line feeds between them; most cells are one word or figure."""
    if len(words) == 1 and words[0].text[0].isalnum():
        return " ".join(words[0].text.split()).replace(SOFT_HYPHEN, "")
    return "\n".join(part.text for part in paragraphs(make_lines(words)) if part.text)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    first = lines[0]
    bullet = _opens_item(first)
    texts = [_text(line, skip_bullet=bullet and not index) for index, line in enumerate(lines)]
    text = _joined(texts)
    return Paragraph(
        text=text,
        bbox=first.bbox if len(lines) == 1 else union([line.bbox for line in lines]),
        size=first.size,
        bold=all(map(_is_bold, lines)),
        is_item=bullet,
        lines=len(lines),
        marks=first.marks if len(lines) == 1 else tuple([mark for line in lines for mark in line.marks]),
        lead=0 if bullet else _lead(lines, text),
    )


def _joined(texts: Sequence[str]) -> str:
    """The lines of a paragraph as one text, broken words whole again."""
    is_broken = len(texts) > 1 and any(text[-1:] in LINE_END_HYPHENS for text in texts)
    text = " ".join((join_lines(texts) if is_broken else " ".join(texts)).split())
    return close_up(text.replace(SOFT_HYPHEN, ""))


def _lead(lines: Sequence[Line], text: str) -> int:
    """How much of a text is set in bold before the first word that is not."""
    words = [(at, word) for at, line in enumerate(lines) for word in line.words if word.text]
    bold = list(takewhile(lambda pair: pair[1].bold, words))
    if not bold or len(bold) == len(words):
        return 0
    texts = [" ".join(word.text for _, word in run) for _, run in groupby(bold, key=lambda pair: pair[0])]
    lead = _joined(texts)
    return len(lead) if text.startswith(lead) else 0


def _with_labels_below(lines: Sequence[Line]) -> list[Line]:
    """The lines, a coloured label that had no room on a text's last line as part of that line.

    It begins where the text does, as close below it as its lines are, and further from what comes after.
    """
    made: list[Line] = []
    for at, line in enumerate(lines):
        above, below = made[-1] if made else None, lines[at + 1] if at + 1 < len(lines) else None
        if above is not None and _is_left_over(line, above, below):
            made[-1] = Line((*above.words, *line.words))
        else:
            made.append(line)
    return made


def _is_left_over(line: Line, above: Line, below: Line | None) -> bool:
    is_label = bool(line.marks) and all(mark.source == "fill" and mark.text for mark in line.marks)
    if line.text or line.table or not is_label or not above.text or above.marks or not _ends_sentence(above):
        return False
    space, slack = _space(above, line), MORE_THAN_USUAL * above.size
    is_near = space <= WIDE_LEADING * above.size and abs(line.bbox[0] - above.bbox[0]) <= above.size
    return is_near and (below is None or bool(below.table) or _space(line, below) > max(space, 0.0) + slack)


def _text(line: Line, skip_bullet: bool) -> str:
    if not skip_bullet:
        return line.text
    first, _, rest = line.text.partition(" ")
    return rest if _BULLET.fullmatch(first) else line.text


def _opens_item(line: Line) -> bool:
    """Whether the line begins with a bullet or a number and has text after it.

    A coloured sign may be a status, and a dash before a figure is a minus.
    """
    first, _, rest = line.text.partition(" ")
    if not rest:
        return False
    if _BULLET.fullmatch(first):
        is_status = is_sign(first) and _first_word(line).coloured
        return not is_status and not rest[0].isdigit()
    return bool(_NUMBERED.match(first))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that follow each other at the same distance in the same type."""
    closest = _closest(lines)
    run: list[Line] = []
    for line in lines:
        if run and _is_apart(run, line, closest):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _closest(lines: Sequence[Line]) -> dict[float, float]:
    """The usual space between lines for each font size: the smallest that occurs."""
    closest: dict[float, float] = {}
    for above, below in pairwise(lines):
        if above.size == below.size and above.text and below.text:
            space = max(0.0, _space(above, below))
            closest[above.size] = min(space, closest.get(above.size, space))
    return closest


def _space(above: Line, below: Line) -> float:
    return _text_box(below)[1] - _text_box(above)[3]


def _text_box(line: Line) -> BBox:
    """The box of a line's words where a label is drawn in it, which may be taller."""
    is_labelled = any(mark.source == "fill" and mark.text for mark in line.marks)
    boxes = [word.bbox for word in line.words if word.text] if is_labelled else []
    return union(boxes) if boxes else line.bbox


def _is_apart(run: Sequence[Line], line: Line, closest: dict[float, float]) -> bool:
    above = run[-1]
    if above.table or line.table or not above.text or not line.text:
        return True
    if line.marks and any(one.marks for one in run):
        return True
    if is_row(above) or is_row(line):
        return True
    if abs(line.size - above.size) > SIZE_CHANGE * above.size:
        return True
    limit = min(WIDE_LEADING * above.size, closest.get(above.size, 0.0) + MORE_THAN_USUAL * above.size)
    if _space(above, line) > limit:
        return True
    if _opens_item(line) and (_ends_sentence(above) or not _LETTER.match(line.text)):
        return True
    if _is_bold(above) and _opens_with_label(line):
        return True
    return _is_bold(line) != _is_bold(above) and not _mixed_weight(above, line)


def is_row(line: Line) -> bool:
    """Whether the words stand in columns like a row of a table without rules."""
    if len(line.words) < 2:
        return False
    boxes = [word.bbox for word in line.words if word.text]
    widest = ROW_GAP * line.size
    return any(right[0] - left[2] > widest for left, right in pairwise(boxes))


def _weights(line: Line) -> list[bool]:
    """Which of the line's words are bold; a sign before them, from a font of its own, never is, nor is a number."""
    words = [word for word in line.words if word.text and (_BULLET.fullmatch(word.text) or not is_sign(word.text))]
    if len(words) > 1 and _NUMBERED.fullmatch(words[0].text) and words[1].bold:
        words = words[1:]
    return [word.bold for word in words]


def _is_bold(line: Line) -> bool:
    weights = _weights(line)
    return bool(weights) and all(weights)


def _mixed_weight(above: Line, line: Line) -> bool:
    """Whether one of the lines has both bold and plain words: emphasis within a sentence, no heading."""
    return any(len(set(_weights(one))) == 2 for one in (above, line)) and not (
        _is_bold(above) and _ends_sentence(above)
    )


def _opens_with_label(line: Line) -> bool:
    """Whether the line begins with bold words and a colon before plain ones: a label with its value."""
    weights = _weights(line)
    if len(set(weights)) < 2 or not weights[0] or not _begins_sentence(line):
        return False
    bold = " ".join(word.text for word in line.words if word.text).partition(":")[0]
    label = [word for word in line.words if word.text][weights.index(False) - 1]
    return label.text.endswith(":") and len(bold.split()) <= LABEL_WORDS


def _parts(run: Sequence[Line]) -> Iterator[list[Line]]:
    """The run's paragraphs where no space parts them: first lines are indented, last lines end early."""
    right = max(line.bbox[2] for line in run)
    part: list[Line] = []
    for line in run:
        if part and _begins_anew(part, line, right):
            yield part
            part = []
        part.append(line)
    yield part


def _begins_anew(part: Sequence[Line], line: Line, right: float) -> bool:
    above = part[-1]
    if above.text[-1:] in LINE_END_HYPHENS and ends_broken(above.text):
        return False
    indent = INDENT * line.size
    if (
        _opens_item(part[0])
        and not _BULLET.fullmatch(_first_text(line))
        and line.bbox[0] < _text_start(part[0]) - indent / 2
        and line.bbox[0] <= part[0].bbox[0] + 1
    ):
        return _begins_sentence(line) and _ends_sentence(above)
    ends = _ends_sentence(above) and not above.text[-1].isdigit()
    if not (ends or _begins_sentence(line)):
        return False
    if line.bbox[0] > above.bbox[0] + indent and _ends_sentence(above) and not _opens_item(above):
        return True
    step = _first_word(line).bbox[0] - _first_word(above).bbox[0]
    if abs(step) > OUTDENT * line.size and _begins_sentence(line) and (ends or step > 0):
        return not _opens_item(part[0])
    return _ends_early(above, line, right)


def _ends_early(above: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word would have fitted on the line above."""
    first = _first_word(line)
    return above.bbox[2] + (_end_of_first(first) - first.bbox[0]) + line.size < right


def _first_word(line: Line) -> Word:
    return next(word for word in line.words if word.text)


def _end_of_first(word: Word) -> float:
    """Where the word ends, or, if it is a whole line, about where its first word does."""
    x0, _, x1, _ = word.bbox
    return x0 + (x1 - x0) * len(word.text.partition(" ")[0]) / len(word.text)


def _text_start(item: Line) -> float:
    """Where the text after a bullet or number begins."""
    words = [word for word in item.words if word.text]
    if " " not in words[0].text:
        return words[1].bbox[0]
    return _end_of_first(words[0]) + SPACE * item.size


def _ends_sentence(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.text))


def _first_text(line: Line) -> str:
    return line.text.partition(" ")[0]


def _begins_sentence(line: Line) -> bool:
    first = line.text.lstrip('("”»[')
    return not first[:1].islower()
