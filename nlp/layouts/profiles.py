"""What the columns of a table hold, told by their cells alone: boards, lights, a few words, long texts, titles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.cells import Row, cell_light, drawn_light, filled, flat, is_dash, is_date, is_number, is_prose
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import Role, is_sex

MAX_ROWS = 200
"""So many rows tell what a column holds, however long the table is."""
MOST = 0.6
"""What holds for so large a part of a column's cells holds for the column."""
MIN_ROWS = 3
MAX_WORD = 40
"""Characters of a status that is a word of an unknown scale."""
MAX_WORDS = 7
"""Grades of an unknown scale at most."""
MIN_COMMENT = 45
"""The median length of comments at least."""
MIN_SENTENCE = 12
"""The same where all are sentences."""
TITLES = (8, 200)
"""The median length of titles, from and to."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts of one column's cells; `rows` is how many were looked at, `written` how many hold text.

    `said` are lights that are all that a cell says, `coloured` those of them that are a colour or a sign, `drawn`
    lights that are drawn, `marked` all drawn things that show a status, "not measurable" too, `told` texts that begin
    with a status of a few words as a sentence of its own.
    """

    rows: int
    written: int
    lights: int
    said: int
    coloured: int
    drawn: int
    marked: int
    arrows: int
    boards: int
    numbers: int
    sexes: int
    told: int
    prose: int
    words: tuple[tuple[str, int], ...]
    distinct: int
    length: float

    def is_mostly(self, count: int, among: int | None = None) -> bool:
        """Whether a count makes up most of the column's cells that hold something."""
        whole = self.written if among is None else among
        return whole > 0 and count >= MOST * whole

    @property
    def holds_lights(self) -> bool:
        """Whether most of the cells that hold anything are lights."""
        return self.lights >= 2 and self.is_mostly(self.lights, max(self.written, self.drawn))

    @property
    def is_all_lights(self) -> bool:
        """Whether most cells are lights, or the few that hold anything all are."""
        return self.holds_lights or 0 < self.lights == max(self.written, self.drawn)

    @property
    def holds_colours(self) -> bool:
        """Whether most cells that hold anything are nothing but a colour or a sign for one ("Grön", a smiley)."""
        return self.coloured >= 1 and self.is_mostly(self.coloured, max(self.written, self.drawn))

    @property
    def holds_boards(self) -> bool:
        """Whether most cells are boards."""
        return self.boards >= 2 and self.is_mostly(self.boards)

    @property
    def holds_numbers(self) -> bool:
        """Whether most cells are figures or dates."""
        return self.written > 0 and self.is_mostly(self.numbers)

    @property
    def holds_comments(self) -> bool:
        """Whether most cells are long texts, or all are sentences."""
        is_long = self.length >= MIN_COMMENT and self.prose * 2 >= self.written
        return self.written >= 2 and (is_long or (self.length >= MIN_SENTENCE and self.prose >= 0.9 * self.written))

    @property
    def holds_grades(self) -> bool:
        """Whether the cells are a few short words, some of them repeated: a scale that we may not know."""
        few = 2 <= self.distinct <= min(MAX_WORDS, max(2, self.written - 1))
        short = all(len(word) <= MAX_WORD for word, _ in self.words)
        is_else = self.holds_numbers or self.holds_boards or self.is_mostly(self.sexes)
        return self.written >= MIN_ROWS and few and short and not is_else

    @property
    def tells_status(self) -> bool:
        """Whether every text begins with a status ("Pågår. Två sjöar är kalkade.")."""
        return self.written >= MIN_ROWS and self.told == self.written

    @property
    def holds_titles(self) -> bool:
        """Whether the cells are short texts that all differ."""
        fits = TITLES[0] <= self.length <= TITLES[1] and self.distinct >= 0.8 * self.written
        return self.written >= 2 and fits and not (self.holds_numbers or self.holds_boards or self.holds_lights)


def profile(stream: Stream, rows: Sequence[Row], column: int) -> Profile:
    """The profile of one column; rows that hold less than two cells are headings between the others."""
    cells = [row[column] for row in rows[:MAX_ROWS] if len(filled(row)) > 1]
    texts = [flat(cell.text) for cell in cells if not is_dash(cell.text)]
    counts = Counter(texts)
    drawn = [drawn_light(stream, cell.marks) is not None for cell in cells]
    return Profile(
        rows=len(cells),
        written=len(texts),
        lights=sum(_is_light(stream, cell, shown) for cell, shown in zip(cells, drawn, strict=True)),
        said=sum(_says_light(stream, cell, shown) for cell, shown in zip(cells, drawn, strict=True)),
        coloured=sum(_is_colour(stream, cell, shown) for cell, shown in zip(cells, drawn, strict=True)),
        drawn=sum(drawn),
        marked=sum(stream.drawn(cell.marks) is not None for cell in cells if cell.marks),
        arrows=sum(stream.vocabulary.scale.trend(flat(cell.text)) is not None for cell in cells if cell.text),
        boards=sum(count for text, count in counts.items() if stream.vocabulary.boards.split(text)),
        numbers=sum(is_number(text) or is_date(text) for text in texts),
        sexes=sum(is_sex(text) for text in texts),
        told=sum(stream.vocabulary.scale.split_told(text) is not None for text in texts),
        prose=sum(is_prose(text) or (text.endswith(".") and " " in text) for text in texts),
        words=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_WORDS]),
        distinct=len(counts),
        length=median([len(text) for text in texts]) if texts else 0,
    )


def _is_light(stream: Stream, cell: Cell, is_drawn: bool) -> bool:
    """A light in words that are nothing else, or one drawn beside few words."""
    if cell.text.strip():
        written = None if is_dash(cell.text) else cell_light(stream, cell)
        return written is not None and (written.source in ("text", "symbol") or len(cell.text) <= MAX_WORD)
    return is_drawn


def _says_light(stream: Stream, cell: Cell, is_drawn: bool) -> bool:
    """A light in words, or one that is drawn in an empty cell."""
    return is_drawn if is_dash(cell.text) else stream.vocabulary.scale.read(flat(cell.text)) is not None


def _is_colour(stream: Stream, cell: Cell, is_drawn: bool) -> bool:
    """A colour's name or sign, or a light that is drawn in an empty cell."""
    if is_dash(cell.text):
        return is_drawn
    declared = stream.vocabulary.scale.read(flat(cell.text))
    is_sign = declared is not None and declared.source == "symbol" and not any(map(str.isalpha, cell.text))
    return is_sign or stream.vocabulary.scale.colour_word(flat(cell.text)) is not None


def guess_roles(profiles: Sequence[Profile]) -> dict[int, Role]:
    """What each column seems to hold, as far as its cells tell: at most one column each of status, board and title."""
    roles: dict[int, Role] = {}
    rest = [index for index, column in enumerate(profiles) if column.written or column.drawn]
    _give(roles, rest, "board", [i for i in rest if profiles[i].holds_boards])
    _give(
        roles, rest, "status", sorted((i for i in rest if profiles[i].holds_lights), key=lambda i: -profiles[i].lights)
    )
    comments = [i for i in rest if profiles[i].holds_comments]
    roles |= dict.fromkeys(comments, "comment")
    rest = [i for i in rest if i not in comments]
    titles = [i for i in rest if profiles[i].holds_titles]
    _give(roles, rest, "title", sorted(titles, key=lambda i: (-profiles[i].length, i)))
    if "status" not in roles.values():
        _give(roles, rest, "status", [i for i in rest if profiles[i].holds_grades])
    if "title" not in roles.values() and len(comments) > 1:
        roles[min(comments, key=lambda i: profiles[i].length)] = "title"
    return dict(sorted(roles.items()))


def _give(roles: dict[int, Role], rest: list[int], role: Role, columns: Sequence[int]) -> None:
    """The first of some columns gets a role and is no longer among the rest."""
    if columns:
        roles[columns[0]] = role
        rest.remove(columns[0])
