"""A best guess at the `[layout]` for a document's tables: what each heading, or each column without one, holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ljuskoll.nlp.document import Table
from ljuskoll.nlp.layouts.cells import Row, filled, flat
from ljuskoll.nlp.layouts.headers import MAX_HEADER_ROWS, MAX_HEADING, read_header
from ljuskoll.nlp.layouts.profiles import Profile, guess_roles, profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.suspects import looks_like_followups
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.vocabulary.columns import Column, Position, Role

MAX_GRADES = 12
"""So many words of an unknown scale are named."""
MAX_GRADE = 45
MAX_OTHERS = 10
_ONE_EACH: frozenset[Role] = frozenset({"title", "status", "board"})


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading, a label or a column's number seems to hold; `holds` None where nothing tells."""

    heading: str
    holds: str | None
    sample: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The parts of a `[layout]`, and the words that look like a status of a scale that we do not know."""

    guesses: tuple[Guess, ...] = ()
    title: str | None = None
    board: Position | None = None
    grades: tuple[tuple[str, int], ...] = ()


def suggest_for_tables(stream: Stream) -> Suggestion:
    """The guess for all tables that are read or look as if they ought to be; empty where there are none."""
    guesses: dict[str, Guess] = {}
    grades: Counter[str] = Counter()
    for _, table in stream.tables():
        for guess, column in _of_table(stream, table):
            guesses.setdefault(guess.heading.casefold(), guess)
            if guess.holds == "status" and guesses[guess.heading.casefold()] == guess:
                grades.update(unknown_grades(stream, column))
    return Suggestion(tuple(guesses.values()), grades=named(grades))


def other_headings(stream: Stream) -> Suggestion:
    """The first rows of tables that look like nothing we know, for the user to say what they hold."""
    cells = [cell for _, table in islice(stream.tables(), MAX_OTHERS) for cell in table.rows[0]]
    texts = [flat(cell.text) for cell in cells if 0 < len(cell.text) <= MAX_HEADING]
    return Suggestion(tuple(Guess(text, None, "") for text in dict.fromkeys(texts)))


def named(grades: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The most frequent grades with their counts."""
    return tuple(sorted(grades.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_GRADES])


def unknown_grades(stream: Stream, texts: Sequence[str]) -> list[str]:
    """Those of some short texts that the scale does not know."""
    return [text for text in texts if 0 < len(text) <= MAX_GRADE and stream.vocabulary.scale.shown(text) is None]


def guess_holdings(known: dict[int, Column], profiles: Sequence[Profile]) -> dict[int, str]:
    """What each column holds: as its heading says, else as its cells tell, with one title, status and board at most."""
    held: dict[int, str] = {index: column.kind or column.role for index, column in known.items()}
    taken = {column.role for column in known.values()}
    for index, role in sorted(guess_roles(profiles).items(), key=lambda pair: pair[1] != "title"):
        if index not in held and not (role in _ONE_EACH and role in taken):
            held[index] = "assignment" if role == "title" else role
            taken.add(role)
    left = [index for index, column in enumerate(profiles) if index not in held and column.written]
    if "title" not in taken and left:
        best = max(left, key=lambda index: (profiles[index].distinct, profiles[index].length, -index))
        held[best] = "assignment"
        left.remove(best)
    if not taken & {"status", "comment"} and left:
        held[max(left, key=lambda index: (profiles[index].length, -index))] = "comment"
    return held


def _of_table(stream: Stream, table: Table) -> Iterator[tuple[Guess, list[str]]]:
    """A guess for each column with the texts below its heading; none for tables that do not look like follow-ups."""
    header = read_header(stream, table.rows, None, table.header_rows)
    if header is None and not looks_like_followups(stream, table):
        return
    first = header.rows if header is not None else _heading_rows(stream, table)
    body = table.rows[first:]
    profiles = [profile(stream, body, index) for index in range(len(table.rows[0]))]
    words = [_heading(table.rows[:first], index) for index in range(len(profiles))]
    known = {i: column for i, word in enumerate(words) if (column := stream.vocabulary.columns.read(word)) is not None}
    held = _of_header(header.columns) if header is not None else guess_holdings(known, profiles)
    for index, word in enumerate(words):
        heading = word if first else str(index + 1)
        texts = [flat(row[index].text) for row in body if len(filled(row)) > 1]
        if heading:
            yield Guess(heading, held.get(index), next(filter(None, texts), "")), texts


def _heading(rows: Sequence[Row], index: int) -> str:
    """A column's lowest words in the rows of its heading."""
    return next((text for row in reversed(rows) if (text := flat(row[index].text))), "")


def _heading_rows(stream: Stream, table: Table) -> int:
    """How many rows of an unknown table name its columns: those the source marks, or a first one unlike the rest."""
    if table.header_rows:
        return table.header_rows
    first, *rest = table.rows[: MAX_HEADER_ROWS + 200]
    at = 0
    while filled(first) == [0] and rest:
        first, *rest = rest
        at += 1
    texts = [flat(cell.text) for cell in first if cell.text.strip()]
    if len(texts) < 2 or any(len(text) > MAX_HEADING or text.endswith((".", "!")) for text in texts):
        return 0
    return 0 if _is_like(stream, first, rest) else at + 1


def _is_like(stream: Stream, row: Row, rest: Sequence[Row]) -> bool:
    """Whether a row holds what the columns below it hold: a board, a light, a figure, or a grade that comes again."""
    for index, cell in enumerate(row):
        text = flat(cell.text)
        column, own = profile(stream, rest, index), profile(stream, [row], index)
        if (own.lights and column.holds_lights) or (own.boards and column.holds_boards):
            return True
        if (own.numbers and column.holds_numbers) or text in dict(column.words):
            return True
    return False


def _of_header(columns: TableColumns) -> dict[int, str]:
    """What each column of a table that is read was read as."""
    return {i: (columns.kind or "assignment") if role == "title" else role for i, role in columns.roles.items()}
