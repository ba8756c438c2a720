"""Tables that look like follow-ups though no heading of theirs is known."""

from ljuskoll.nlp.document import Cell, Table
from ljuskoll.nlp.language.status import opens_outright
from ljuskoll.nlp.layouts.cells import Row, drawn_light, filled, flat
from ljuskoll.nlp.layouts.headers import MAX_HEADER_ROWS, MAX_HEADING
from ljuskoll.nlp.layouts.profiles import MAX_ROWS, Profile, guess_roles, profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import Role, is_foreign_heading, is_weak_comment

MIN_LIGHTS = 2
MAX_OPENING = 120
"""Characters of a cell in which its status sentence is looked for."""
MAX_COLUMNS = 20
"""A wider table without known headings is no list of follow-ups."""
MIN_ROWS = 3
"""Tables with fewer rows are no lists of follow-ups by their looks alone."""
MIN_HEADINGS = 2
"""So many columns headed by a light make a table of lights."""
_BULLETS = "●■○▪• \t"


def looks_like_followups(stream: Stream, table: Table) -> bool:
    """Whether a table that no layout read may hold follow-ups: by words of its heading, its lights or its columns."""
    rows = table.rows[: MAX_ROWS + MAX_HEADER_ROWS]
    headings = [flat(cell.text) for row in rows[:2] for cell in row if 0 < len(cell.text) <= MAX_HEADING]
    if any(is_foreign_heading(text, sort) for sort in ("risk", "money", "people") for text in headings):
        return False
    if any(_is_heading_of_followups(stream, table, row) for row in rows[:MAX_HEADER_ROWS]) or _has_lights(stream, rows):
        return True
    return not any(_is_heading_of_plan(stream, row) for row in rows[:MAX_HEADER_ROWS]) and _has_columns(stream, rows)


def says_how_it_went(stream: Stream, index: int, table: Table) -> bool:
    """Whether rows of a table in a document about following up show a light or begin a cell with an outright status."""
    if not stream.says_followup(index):
        return False
    rows = table.rows[1:MAX_ROWS]
    if index in stream.legend or any(opens_outright(cell.text[:MAX_OPENING]) for cell in table.rows[0]):
        return False  # a legend has a status in its first row too
    told = (any(opens_outright(cell.text[:MAX_OPENING]) or _shows_light(stream, cell) for cell in row) for row in rows)
    return sum(told) >= MIN_LIGHTS


def profiles_below(stream: Stream, rows: tuple[Row, ...] | list[Row]) -> list[Profile]:
    """The profiles of all columns without the first row, which may be a heading."""
    return [profile(stream, rows[1:], index) for index in range(len(rows[0]))] if len(rows) > 1 else []


def _is_heading_of_followups(stream: Stream, table: Table, row: Row) -> bool:
    """A heading with titles or boards and something that tells how they stand, or of several lights."""
    columns = [column for cell in row if (column := stream.vocabulary.columns.read(cell.text)) is not None]
    roles = {column.role for column in columns}
    if "status" in roles and roles & {"title", "comment", "board"} and len(table.rows) > 1:
        return True
    tells = "comment" in roles or ("board" in roles and _names_boards(stream, table))
    tells = tells or any(_shows_light(stream, cell) for below in table.rows[1:MAX_ROWS] for cell in below)
    if "title" in roles and tells and not _is_heading_of_plan(stream, row):
        return True
    words = [word for cell in row if (word := flat(cell.text).strip(_BULLETS))]
    return sum(stream.vocabulary.scale.colour_word(word) is not None for word in words) >= MIN_HEADINGS


def _is_heading_of_plan(stream: Stream, row: Row) -> bool:
    """A heading with titles, and dates or a description but no status: what is to be done, not how it went."""
    columns = [column for cell in row if (column := stream.vocabulary.columns.read(cell.text)) is not None]
    roles = {column.role for column in columns}
    is_plan = "date" in roles or any(is_weak_comment(cell.text) for cell in row)
    return "title" in roles and is_plan and "status" not in roles


def _names_boards(stream: Stream, table: Table) -> bool:
    return any(stream.vocabulary.boards.split(cell.text) for row in table.rows[1:MAX_ROWS] for cell in row if cell.text)


def _has_lights(stream: Stream, rows: tuple[Row, ...]) -> bool:
    """At least two cells that are nothing but a light, of a table that is no legend."""
    lights = 0
    for row in rows:
        if stream.vocabulary.scale.is_legend(" ".join(cell.text for cell in row)):
            continue
        lights += sum(_shows_light(stream, cell) for cell in row)
    return lights >= MIN_LIGHTS and len(rows) > MIN_ROWS + 1


def _shows_light(stream: Stream, cell: Cell) -> bool:
    """Whether a cell is nothing but a light, or one that is drawn beside a word for it."""
    scale = stream.vocabulary.scale
    drawn = drawn_light(stream, cell.marks) if not cell.text or scale.read(flat(cell.text)) is not None else None
    declared = drawn or scale.colour_word(cell.text)
    return declared is not None and declared.colour is not None


def _has_columns(stream: Stream, rows: tuple[Row, ...]) -> bool:
    """Titles beside long texts and boards or few repeated words, and at most one column of figures."""
    if len(rows[0]) > MAX_COLUMNS or sum(len(filled(row)) > 1 for row in rows) < MIN_ROWS:
        return False
    profiles = profiles_below(stream, rows)
    if sum(column.holds_numbers for column in profiles) > 1:
        return False
    roles: set[Role] = set(guess_roles(profiles).values())
    return {"title", "comment"} <= roles and bool(roles & {"board", "status"})
