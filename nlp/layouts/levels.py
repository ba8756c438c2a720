"""Rows that gather those below them: goals in the same column as their assignments, told by numbers or by bold type."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ljuskoll.nlp.layouts.cells import Row, filled, flat, is_merged
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.layouts.titles import looks_like_title
from ljuskoll.nlp.vocabulary.columns import goal_heading, is_sex, is_sum, kind_heading, kinds_in
from ljuskoll.nlp.vocabulary.labels import is_foreign, is_subheading, names_area, names_no_goal, says_followup

LEVELS = 2
MIN_ROWS = 3
MIN_WORDS = 2
"""A single word across a table names an area rather than a goal."""
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)\.?(?:\s.*)?")


@dataclass(frozen=True, slots=True)
class Upper:
    """The rows that gather those below them; `are_goals`: they are goals even where they show how they stand."""

    rows: frozenset[int] = frozenset()
    are_goals: bool = False


def upper_rows(columns: TableColumns, rows: Sequence[Row], first: int, others: Iterable[int]) -> Upper:
    """Which rows from `first` on are set above those that follow them; `others` are no rows of the list."""
    title = columns.index("title")
    if title is None:
        return Upper()
    left_out = frozenset(others)
    listed = [at for at in range(first, len(rows)) if at not in left_out and flat(rows[at][title].text)]
    names_goals = "goal" in kinds_in(columns.headings[title])
    for tell in (_depth, _goal_words, _span, _weight):
        depths = {at: tell(columns, rows[at], title) for at in listed}
        if len(set(depths.values()) - {None}) != LEVELS:
            continue
        found = _of_level({at: depth for at, depth in depths.items() if _is_listed(columns, rows[at], title)})
        if len(found) > (tell is _span):
            return Upper(found, names_goals or (tell is not _weight and columns.kind == "assignment"))
    return Upper()


def gathers(stream: Stream, columns: TableColumns, row: Row) -> bool:
    """Whether a heading across the table can be a goal though it does not call itself so."""
    text = flat(row[0].text)
    is_across = all(is_merged(row, index) for index in range(1, len(row)))
    if not (is_across or columns.index("title") != 0) or len(text.split()) < MIN_WORDS:
        return False
    if kind_heading(text) is not None or says_followup(text) or stream.vocabulary.boards.find(text):
        return False
    is_other = is_foreign(text) or is_subheading(text) or names_no_goal(text) or names_area(text)
    return looks_like_title(text) and not is_other and stream.vocabulary.scale.read(text) is None


def _is_listed(columns: TableColumns, row: Row, title: int) -> bool:
    text = flat(row[title].text)
    return not (columns.repeats(row) or is_sex(text) or is_sum(text))


def _of_level(depths: Mapping[int, int | None]) -> frozenset[int]:
    """The rows of the upper of two levels, where each of them has rows of the lower one below it."""
    listed = list(depths.values())
    levels = sorted({depth for depth in listed if depth is not None})
    if None in listed or len(listed) < MIN_ROWS or len(levels) != LEVELS:
        return frozenset()
    top = levels[0]
    if listed[0] != top or listed[-1] == top or any(depth == after == top for depth, after in pairwise(listed)):
        return frozenset()
    return frozenset(at for at, depth in depths.items() if depth == top)


def _depth(columns: TableColumns, row: Row, title: int) -> int | None:
    """How many parts a row's number has ("2.1": two)."""
    number = columns.index("number")
    texts = [flat(row[index].text) for index in (number, title) if index is not None and index in filled(row)]
    match = next((match for text in texts if (match := _NUMBER.fullmatch(text)) is not None), None)
    return len(re.split("[.,]", match["number"])) if match is not None else None


def _goal_words(columns: TableColumns, row: Row, title: int) -> int:
    return 1 if goal_heading(flat(row[title].text)) else 2


def _span(columns: TableColumns, row: Row, title: int) -> int:
    """Whether the title goes on over the column beside it."""
    return 1 if title + 1 < columns.width and is_merged(row, title + 1) else 2


def _weight(columns: TableColumns, row: Row, title: int) -> int:
    return 1 if row[title].is_bold else 2
