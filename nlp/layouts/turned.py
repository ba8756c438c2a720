"""Tables that are turned: labels in the first column, with one assignment a column, or one a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.accounts import DETAIL, EMPTY, NO_LABEL, Account
from ljuskoll.nlp.layouts.cells import Row, filled, flat, label_in
from ljuskoll.nlp.layouts.drafts import Draft, frame_of
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.profiles import MIN_ROWS, MOST
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import columns_of
from ljuskoll.nlp.vocabulary.columns import Column, Role, is_loose_title

_UNTITLED: Column = Column("title")
PAIR = 2
"""Cells of a label with its value."""


@dataclass(slots=True)
class _Card:
    """One assignment's labels with their values, and the row in which it starts."""

    row: int
    labels: list[tuple[str, Column]] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)

    def has(self, role: Role) -> bool:
        return any(column.role == role for _, column in self.labels)

    def add(self, label: str, column: Column, value: Cell) -> None:
        self.labels.append((label, column))
        self.values.append(value)


def is_transposed(stream: Stream, rows: Sequence[Row]) -> bool:
    """Whether the first column holds labels, a title's and a status' or comment's, and the others assignments."""
    if len(rows) < 2 or len(rows[0]) < 3:
        return False
    labels = [_label(stream, row[0]) for row in rows if row[0].text.strip()]
    return _are_of_one(labels) and _label(stream, rows[0][1]) is None


def is_card(stream: Stream, rows: Sequence[Row]) -> bool:
    """Whether a table is one assignment, though its first row reads as a heading: a label a row, the title's first."""
    if len(rows) < MIN_ROWS or len(rows[0]) != PAIR:
        return False
    labels = _labels(stream, rows)
    is_titled = labels[0] is not None and labels[0].role == "title" and _label(stream, rows[0][1]) is None
    return is_titled and _are_of_one(labels)


def _are_of_one(labels: Sequence[Column | None]) -> bool:
    """Whether most of some texts are labels: one of a title, and one of a status or comment at least."""
    roles = [label.role for label in labels if label is not None]
    is_labelled = len(roles) >= MOST * len(labels) and roles.count("title") == 1
    return is_labelled and bool({"status", "comment"} & set(roles))


def read_cards(stream: Stream, index: int, rows: Sequence[Row], page: int) -> Account | None:
    """The rows of a table with one label a row, or two side by side; None where the table is something else.

    A table without a label for the title has it in a row of its own, or in the heading right above.
    """
    cards, owners = _cards(stream, rows)
    if not cards or sum(bool(found) for found in owners) < MOST * sum(bool(filled(row)) for row in rows):
        return None
    title = heading_above(stream, index)
    if title is not None and not cards[0].has("title") and cards[0].has("status"):
        cards[0].add("", _UNTITLED, Cell(title))
    if not all(card.has("title") and (card.has("status") or card.has("comment")) for card in cards):
        return None
    account = Account(page, len(rows))
    starts = {card.row: card for card in cards}
    for number, row in enumerate(rows):
        draft = _draft(stream, index, starts[number], rows) if number in starts else None
        if draft is not None:
            account.drafts.append(draft)
        else:
            account.skip(row, EMPTY if not filled(row) else DETAIL if owners[number] else NO_LABEL)
    return account if account.drafts else None


def heading_above(stream: Stream, index: int) -> str | None:
    """The heading right above a table, where it can be the title of the one assignment that the table is about."""
    above = index - 1
    if above < 0 or not stream.is_headline(above) or stream.is_section(above) or not stream.says_followup(index):
        return None
    text = flat(stream.entries[above].text)
    return text if can_be_title(stream, text) else None


def _label(stream: Stream, cell: Cell) -> Column | None:
    text = flat(cell.text).rstrip(":").strip()
    return stream.vocabulary.columns.read(text) if text else None


def _labels(stream: Stream, rows: Sequence[Row]) -> list[Column | None]:
    """What the first column's labels say; the first may be a looser word for the title where none is its label."""
    labels = [_label(stream, row[0]) for row in rows]
    if is_loose_title(rows[0][0].text) and all(label is None or label.role != "title" for label in labels):
        labels[0] = _UNTITLED
    return labels


def _cards(stream: Stream, rows: Sequence[Row]) -> tuple[list[_Card], list[bool]]:
    """All assignments of a table of labels, and for each row whether it says something about one."""
    cards: list[_Card] = []
    owners: list[bool] = []
    opening = _labels(stream, rows)[0] if rows else None
    for number, row in enumerate(rows):
        pairs = _pairs(stream, row)
        if number == 0 and opening is _UNTITLED and len(row) == PAIR:
            pairs = [(flat(row[0].text), _UNTITLED, row[1])]
        found = filled(row)
        if found == [0] and pairs and pairs[0][1].role == "title" and _is_titled(stream, rows[number + 1 :]):
            owners.append(True)  # "Uppdrag 1" across the table, over the title with its label
            continue
        is_title = not pairs and found == [0] and can_be_title(stream, flat(row[0].text))
        if (
            is_title
            or any(column.role == "title" and cards and cards[-1].has("title") for _, column, _ in pairs)
            or not cards
        ):
            cards.append(_Card(number))
        if is_title:
            cards[-1].add("", _UNTITLED, row[0])
        elif not pairs and found and not row[0].text.strip() and cards[-1].values:
            last = cards[-1].values[-1]
            text = "\n".join(filter(None, (last.text, *(row[i].text for i in found))))
            cards[-1].values[-1] = Cell(text, last.place, last.marks)
            pairs = [("", _UNTITLED, row[0])]
        for label, column, value in pairs if found else ():
            if label:
                cards[-1].add(label, column, value)
        owners.append(bool(pairs) or is_title)
    return [card for card in cards if card.labels], owners


def _is_titled(stream: Stream, below: Sequence[Row]) -> bool:
    """Whether the next row is a title's label with its value."""
    pairs = _pairs(stream, below[0]) if below and len(filled(below[0])) == PAIR else []
    return bool(pairs) and pairs[0][1].role == "title"


def _pairs(stream: Stream, row: Row) -> list[tuple[str, Column, Cell]]:
    """The labels of a row, each with the cell after it, or with what stands after its colon in the same cell."""
    pairs: list[tuple[str, Column, Cell]] = []
    at = 0
    while at < len(row):
        column, within = _label(stream, row[at]), label_in(stream, row[at].text)
        after = next((i for i in range(at + 1, len(row)) if row[i].text.strip() or row[i].marks), None)
        if within is not None and within.value and within.role not in ("other",):
            known = stream.vocabulary.columns.read(within.name)
            if known is not None:
                pairs.append((within.name, known, Cell(within.value, row[at].place, row[at].marks)))
        elif column is not None and (after is None or _is_value(stream, column, row[after])):
            pairs.append((flat(row[at].text), column, row[after] if after is not None else Cell("", row[at].place)))
            at = after if after is not None else at
        at += 1
    return pairs


def _is_value(stream: Stream, column: Column, cell: Cell) -> bool:
    """Whether a cell is no label; a status may be in words that a column can be headed by too ("Helt uppfyllt")."""
    is_shown = column.role == "status" and stream.vocabulary.scale.shown(flat(cell.text)) is not None
    return is_shown or _label(stream, cell) is None


def _draft(stream: Stream, index: int, card: _Card, rows: Sequence[Row]) -> Draft | None:
    roles = {number: column for number, (_, column) in enumerate(card.labels)}
    title = next(number for number, column in roles.items() if column.role == "title")
    roles = {n: column for n, column in roles.items() if column.role != "title" or n == title}
    words = {number: label for number, (label, _) in enumerate(card.labels)}
    values = tuple(card.values)
    wanted = stream.period(index, stream.headings_above(index))
    columns = columns_of(stream, roles, [values], words, wanted)
    if columns is None:
        return None
    return Draft(frame_of(stream, index, columns), values[title].text, [values])
