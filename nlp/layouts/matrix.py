"""Tables with a light in a column for each board ("Uppdrag | KS | TN | BUN"), or for each title ("Nämnd | Mål A |
Mål B"), as one row for each light.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.layouts.cells import Row, cell_light, filled, flat, is_dash
from ljuskoll.nlp.layouts.column_roles import read_heading
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import heading_of, heading_of_titles

MAX_HEADER_ROWS = 5
MIN_LIT = 2
"""So many columns of lights, and of rows with any, make a matrix."""
MIN_TITLE = 3
"""Words of a title that heads a column."""
_NONE = Cell("–")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns of lights in a table of some width, with what heads each: a board, none for that of all, or a title.

    `opening` is what the first column is headed by where the table does not say it, `added` what the heads are.
    """

    stream: Stream
    width: int
    heading: tuple[str, ...]
    heads: dict[int, Cell]
    opening: str
    added: str

    def unfold(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows with one for each light, the column's head and the light in two columns after all others.

        What is no row of lights stays one row.
        """
        return tuple(each for row in rows for each in self._unfold(row))

    def fits(self, rows: Sequence[Row]) -> bool:
        """Whether rows without a heading can go on from the table: as wide, with lights in the same columns."""
        listed = [row for row in rows if len(filled(row)) > 1]
        return len(rows[0]) == self.width and _are_lights(self.stream, listed, list(self.heads))

    def _unfold(self, row: Row) -> Iterator[Row]:
        rest = tuple(cell for index, cell in enumerate(row) if index not in self.heads)
        if _texts(row) == self.heading:
            first = rest[0] if rest[0].text.strip() else Cell(self.opening, rest[0].place)
            yield first, *rest[1:], Cell(self.added), Cell(heading_of("status"))
            return
        shown = [index for index in self.heads if not _is_empty(row[index])]
        yield from ((*rest, self.heads[index], row[index]) for index in shown)
        if not shown:
            yield *rest, Cell(""), Cell("")


def find_matrix(stream: Stream, rows: Sequence[Row], kind: Kind) -> Matrix | None:
    """The columns of lights that boards or titles of some kind head; of boards also those of one light for all."""
    for number, row in enumerate(rows[:MAX_HEADER_ROWS]):
        body = [each for each in rows[number + 1 :] if len(filled(each)) > 1 and _texts(each) != _texts(row)]
        titles = heading_of_titles(kind)
        for boards, opening, added in (True, titles, heading_of("board")), (False, heading_of("board"), titles):
            headed = _of_boards(stream, row) if boards else _of_titles(stream, row, body)
            if len(headed) < MIN_LIT or headed[0] == 0 or not _are_lights(stream, body, headed):
                continue
            heads = {index: Cell(row[index].text, row[index].place) for index in headed}
            others = [index for index in filled(row) if index not in heads and _are_lights(stream, body, [index])]
            if boards:
                heads |= dict.fromkeys(others, _NONE)
            return Matrix(stream, len(row), _texts(row), heads, opening, added)
    return None


def _of_boards(stream: Stream, heading: Row) -> list[int]:
    return [index for index in filled(heading) if _is_board(stream, heading[index])]


def _of_titles(stream: Stream, heading: Row, body: Sequence[Row]) -> list[int]:
    """The columns headed by titles where the first column lists boards."""
    if len(body) < MIN_LIT or not all(_is_board(stream, row[0]) for row in body):
        return []
    texts = {index: flat(heading[index].text) for index in filled(heading)}
    return [index for index, text in texts.items() if index and _heads_as_title(stream, text)]


def _heads_as_title(stream: Stream, text: str) -> bool:
    return len(text.split()) >= MIN_TITLE and read_heading(stream, text) is None and can_be_title(stream, text)


def _is_board(stream: Stream, cell: Cell) -> bool:
    return len(stream.vocabulary.boards.split(flat(cell.text))) == 1


def _are_lights(stream: Stream, body: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether some columns hold lights and nothing else."""
    cells = [row[index] for row in body for index in columns if not _is_empty(row[index])]
    lights = (cell_light(stream, cell) for cell in cells)
    return bool(cells) and all(light is not None and light.colour is not None for light in lights)


def _is_empty(cell: Cell) -> bool:
    return is_dash(cell.text) and not cell.marks


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(flat(cell.text) for cell in row)
