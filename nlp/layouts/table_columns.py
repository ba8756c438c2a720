"""Which column of a table holds what, by its heading or, where that says nothing, by the lights in it."""

from collections import Counter
from dataclasses import dataclass

from ljuskoll.nlp.document import Cell, Table
from ljuskoll.nlp.followup import Declared, Kind
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import Column, Role
from ljuskoll.nlp.vocabulary.periods import find_periods

MAX_HEADER_ROWS = 3
_KIND_ORDER: tuple[Kind, ...] = ("assignment", "activity", "indicator", "goal")
"""Of several columns with titles the first in this order holds the records' titles."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; `kind` is that of the titles, `headings` the header's words by column."""

    roles: dict[int, Role]
    kind: Kind
    headings: dict[int, str]
    width: int

    def index(self, role: Role) -> int | None:
        """The first column of a role."""
        return next((index for index, found in self.roles.items() if found == role), None)

    def status(self) -> int | None:
        """The column with the report's own status: the latest period's where several periods have one."""
        return max(self.indices("status"), key=self._period, default=None)

    def _period(self, index: int) -> tuple[int, int, int]:
        mentions = find_periods(self.headings[index])
        tertial = max((mention.tertial or 0 for mention in mentions), default=0)
        year = max((mention.year or 0 for mention in mentions), default=0)
        return year, tertial, -index

    def period_heading(self) -> str:
        """The headings that can say the report's period: those of the status and of the comment."""
        status = self.status()
        found = [*([] if status is None else [status]), *self.indices("comment")]
        return " ".join(self.headings[index] for index in found)

    def indices(self, role: Role) -> list[int]:
        """All columns of a role."""
        return [index for index, found in self.roles.items() if found == role]


def read_columns(stream: Stream, table: Table) -> tuple[Columns, int] | None:
    """The columns of a table of follow-ups and its number of header rows; None where it holds none."""
    for last in range(min(MAX_HEADER_ROWS, len(table.rows))):
        columns = _columns(stream, table, last)
        if columns is not None:
            return columns, last + 1
    return None


def _columns(stream: Stream, table: Table, header: int) -> Columns | None:
    row = table.rows[header]
    if any(cell.text.endswith(".") or stream.drawn(cell.marks) is not None for cell in row):
        return None
    read: dict[int, Column] = {}
    for index, cell in enumerate(row):
        column = stream.vocabulary.columns.read(cell.text)
        if column is not None:
            read[index] = column
    titles = {index: column.kind for index, column in read.items() if column.role == "title"}
    if not titles:
        return None
    title = min(titles, key=lambda index: (_KIND_ORDER.index(titles[index] or "goal"), index))
    roles: dict[int, Role] = {index: column.role for index, column in read.items() if column.role != "title"}
    roles[title] = "title"
    for index, kind in titles.items():
        if index != title:
            roles[index] = "goal" if kind == "goal" and index < title else "target" if kind == "goal" else "comment"
    roles |= dict.fromkeys(_period_columns(stream, table, header, roles), "status")
    if "status" not in roles.values():
        drawn = _drawn_column(stream, table, header, roles)
        if drawn is not None:
            roles[drawn] = "status"
    if not {"status", "comment"} & set(roles.values()):
        return None
    headings = {index: cell.text for index, cell in enumerate(row)}
    return Columns(dict(sorted(roles.items())), titles[title] or "assignment", headings, len(row))


def _period_columns(stream: Stream, table: Table, header: int, roles: dict[int, Role]) -> list[int]:
    """Columns headed by a period alone ("T1", "T2") that hold lights."""
    named = [i for i, cell in enumerate(table.rows[header]) if i not in roles and find_periods(cell.text)]
    return [i for i in named if any(cell_light(stream, row[i]) is not None for row in table.rows[header + 1 :])]


def _drawn_column(stream: Stream, table: Table, header: int, roles: dict[int, Role]) -> int | None:
    """A column without a known heading whose cells are mostly lights."""
    body = table.rows[header + 1 :]
    counts: Counter[int] = Counter()
    for row in body:
        for index, cell in enumerate(row):
            if index not in roles and cell_light(stream, cell) is not None:
                counts[index] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] * 2 > len(body) else None


def cell_light(stream: Stream, cell: Cell) -> Declared | None:
    """The light of a cell: its words where they say one, else what is drawn in it, else words that say no light."""
    written = stream.vocabulary.scale.read(cell.text.replace("\n", " ")) if cell.text else None
    if written is not None and written.colour is not None:
        return written
    return stream.drawn(cell.marks) or written
