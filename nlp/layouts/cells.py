"""What stands in a single cell or row of a table: a light, a figure, labels with their values, paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.document import Cell, Mark
from ljuskoll.nlp.followup import Declared
from ljuskoll.nlp.layouts.labels import Label, LabelRole, read_label, role_of
from ljuskoll.nlp.layouts.stream import Stream, ends_sentence
from ljuskoll.nlp.vocabulary.vocabulary import is_page_chrome

Row: TypeAlias = tuple[Cell, ...]

SAMPLE = 80
"""Characters of a row that an account quotes."""
MAX_LABEL = 45
MAX_PAGE_NUMBER = 20

_NUMBER = re.compile(r"[-–−+<>≤≥±~]?\s*\d[\d\s.,]*(?:%|\w{1,4})?")
_DATE = re.compile(
    r"(?:\d{4}-\d\d(?:-\d\d)?|\d{6}(?:-\d{4})?|\d{1,2}/\d{1,2}(?:[ -]\d{4})?|[a-zåäö]+ \d{4})", re.IGNORECASE
)
_DASH = re.compile(r"[-–—.\s]*")
_SENTENCES = re.compile(r"[.!?]\s+[A-ZÅÄÖ0-9]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A cell's paragraphs, and what labels and lone lights among them say."""

    paragraphs: tuple[str, ...]
    labels: dict[LabelRole, str]
    light: Declared | None = None


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def filled(row: Sequence[Cell]) -> list[int]:
    """The columns of a row that hold something."""
    return [index for index, cell in enumerate(row) if cell.text.strip() or cell.marks]


def sample(row: Sequence[Cell]) -> str:
    """A row as accounts and signals quote it."""
    return " | ".join(flat(cell.text) for cell in row if cell.text.strip())[:SAMPLE]


def is_dash(text: str) -> bool:
    """Whether a text says nothing: empty, or a dash."""
    return _DASH.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a text is a figure, with a short unit or without ("1 240 kr")."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a text is a date."""
    return _DATE.fullmatch(text.strip()) is not None


def is_page_number(text: str) -> bool:
    """Whether a text is a page number with its words ("Sida 2 av 7")."""
    return len(text) <= MAX_PAGE_NUMBER and any(char.isdigit() for char in text) and is_page_chrome(text)


def is_margin(row: Sequence[Cell]) -> bool:
    """Whether a row is a page's header or footer that stands within the table's frame."""
    texts = [flat(cell.text) for cell in row if cell.text.strip()]
    return 0 < len(texts) <= 2 and any(is_page_number(text) for text in texts)


def is_prose(text: str) -> bool:
    """Whether a text is sentences rather than a title: several, or a long one."""
    text = flat(text)
    return _SENTENCES.search(text) is not None or (ends_sentence(text) and len(text) > 100) or len(text) > 200


def is_merged(row: Sequence[Cell], index: int) -> bool:
    """Whether a cell is the covered part of a merged one: it has no place of its own though the row has places."""
    return row[index].place is None and not row[index].text and any(cell.place is not None for cell in row)


def cell_light(stream: Stream, cell: Cell) -> Declared | None:
    """The light of a cell: its words where they say one, else what is drawn in it, else words that say no light."""
    text = flat(cell.text)
    written = stream.vocabulary.scale.read(text) if text else None
    if written is not None and written.colour is not None:
        return written
    return stream.drawn(cell.marks) or written


def drawn_light(stream: Stream, marks: tuple[Mark, ...]) -> Declared | None:
    """The light that is drawn, where it is one."""
    declared = stream.drawn(marks) if marks else None
    return declared if declared is not None and declared.colour is not None else None


def label_in(stream: Stream, text: str, *, alone: bool = False) -> Label | None:
    """ "Status: Gul" as its role and value; a comment's label needs no colon on a line of its own.

    With `alone` that line may be all.
    """
    text = text.strip()
    label = read_label(text, stream.vocabulary)
    name, _, value = text.partition("\n")
    is_line = label is None and bool(alone or value) and len(name) <= MAX_LABEL
    return Label(name, "comment", value) if is_line and role_of(name, stream.vocabulary) == "comment" else label


def read_parts(stream: Stream, text: str) -> Parts:
    """A cell's text taken apart; a label alone on its line has the lines after it for value."""
    paragraphs: list[str] = []
    labels: dict[LabelRole, str] = {}
    light: Declared | None = None
    open_label: LabelRole | None = None
    for line in text.split("\n"):
        label = label_in(stream, line)
        if label is not None:
            labels[label.role] = label.value
            open_label = label.role if label.role == "comment" or not label.value else None
        elif open_label is not None:
            labels[open_label] = f"{labels[open_label]}\n{line}".strip()
            open_label = open_label if open_label == "comment" else None
        elif light is None and (found := stream.vocabulary.scale.colour_word(line)) is not None:
            light = found
        elif paragraphs and "board" not in labels and stream.vocabulary.boards.resolve(line.strip()) is not None:
            labels["board"] = line.strip()
        elif line.strip():
            paragraphs.append(line.strip())
    return Parts(tuple(paragraphs), labels, light)
