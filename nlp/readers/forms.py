"""Printed registers: records as aligned lines of name and value, one below the other, become one table."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ljuskoll.nlp.document import Cell, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.hyphens import join_lines

_FIELD = re.compile(r"(?P<indent>\s*)(?P<name>[^\W\d_][^:]{0,39}?)(?P<pad>[\s.·…_]*):(?P<gap>\s*)(?P<value>.*?)\s*")
_RULE = re.compile(r"\s*(?:[-–—=_*~]\s?){3,}\s*")
_STOPS = (".", "!", "?")
MIN_RECORDS = 2
MIN_FIELDS = 3
"""So many different names make a record of a register; fewer stand in any text."""
OFTEN = 4
"""The name that opens each record is missing in fewer than one of so many."""
MIN_LENGTHS = 2
"""Names of one length have their values below each other whether or not they are aligned."""
MIN_FULL = 60
"""A line no shorter may have been broken at the paper's edge, and goes on at the left one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines from `start` up to `end` that are records: for each the lines of every name's value."""

    start: int
    end: int
    records: tuple[Mapping[str, Sequence[str]], ...]


def is_rule(line: str) -> bool:
    """Whether a line is drawn across the page with dashes or the like, and says nothing."""
    return _RULE.fullmatch(line) is not None


def find_forms(lines: Sequence[str]) -> list[Stretch]:
    """The stretches of a text that are records of one register; none where it holds no such."""
    form = _Form.of(lines)
    return list(form.stretches(lines)) if form is not None else []


def form_table(stretch: Stretch, page: int) -> Table:
    """The records of a stretch as rows below their names."""
    place = Place(page)
    names = list(dict.fromkeys(name for record in stretch.records for name in record))
    heading = tuple(Cell(name, place) for name in names)
    rows = (tuple(Cell(_value(record.get(name, ())), place) for name in names) for record in stretch.records)
    return Table((heading, *rows), page, header_rows=1)


def _value(lines: Sequence[str]) -> str:
    """A value's lines joined; an empty line between two ends a paragraph."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    return "\n".join(join_lines(paragraph) for paragraph in paragraphs if paragraph)


@dataclass(slots=True)
class _Records:
    """The records of a stretch as they are read line by line."""

    found: list[dict[str, list[str]]] = field(default_factory=list)
    name: str = ""
    blanks: int = 0

    def add(self, name: str, value: str, *, opens: bool) -> None:
        if opens:
            self.found.append({})
        self.name, self.blanks = name, 0
        lines = self.found[-1].setdefault(name, [])
        if lines:
            lines.append("")
        lines.append(value)

    def go_on(self, text: str) -> None:
        self.found[-1][self.name] += [""] * min(self.blanks, 1) + [text]
        self.blanks = 0


@dataclass(frozen=True, slots=True)
class _Form:
    """A register's form: the name that opens each record, and the column at which all values begin.

    The column is 0 where the records are told by the rules between them.
    """

    opening: str
    names: frozenset[str]
    column: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> "_Form | None":
        """The form that comes again in some lines; None where none does."""
        return cls._aligned(lines) or cls._between_rules(lines)

    @classmethod
    def _aligned(cls, lines: Sequence[str]) -> "_Form | None":
        """A form whose values stand below each other after names of unequal length."""
        columns = Counter(column for line in lines if (column := _value_column(line)) is not None)
        column = max(columns, key=lambda at: (columns[at], -at), default=0)
        names = [name for line in lines if (name := _name(line, column)) is not None]
        counts = Counter(names)
        most = max(counts.values(), default=0)
        known = [name for name, count in counts.items() if 2 * count >= most >= MIN_RECORDS]
        lengths = {len(name) for name in known if len(name) < column - 1}
        if len(known) < MIN_FIELDS or len(lengths) < MIN_LENGTHS:
            return None
        opening = next(name for name in names if OFTEN * counts[name] >= (OFTEN - 1) * most)
        aligned = {name for name in names if len(name) < column}
        return cls(opening, frozenset(aligned.union(known)), column)

    @classmethod
    def _between_rules(cls, lines: Sequence[str]) -> "_Form | None":
        """A form whose records have a rule before each but the first, and hold little else than fields."""
        written = [line for line in lines if line.strip()]
        names = [_name(line, 0) for line in written]
        counts = Counter(name for name in names if name is not None)
        opening = next((name for name in names if name is not None and counts[name] >= MIN_RECORDS), None)
        known = {name for name, count in counts.items() if opening is not None and 2 * count >= counts[opening]}
        if opening is None or len(known) < MIN_FIELDS:
            return None
        first = names.index(opening)
        ends = [at for at in range(first + 1, len(written)) if names[at] == opening and is_rule(written[at - 1])]
        last = max(at for at, name in enumerate(names) if name in known)
        told = sum(name in known for name in names)
        is_closed = all(_ends_in_field(lines, line) for line in _rules_before(lines, opening))
        is_form = len(ends) >= counts[opening] - 1 and 2 * told > last - first - len(ends)
        return cls(opening, frozenset(known), 0) if is_form and is_closed else None

    def stretches(self, lines: Sequence[str]) -> Iterator[Stretch]:
        """All stretches of records: each ends at the first line that is neither field nor part of a value."""
        at = 0
        while at < len(lines):
            if self._field(lines[at], opening=True) is None:
                at += 1
                continue
            start, records, at, end = at, _Records(), at, at
            while at < len(lines) and self._takes(records, lines, at):
                at += 1
                end = at if lines[at - 1].strip() else end
            yield Stretch(start, end, tuple(records.found))
            at = end

    def _takes(self, records: _Records, lines: Sequence[str], at: int) -> bool:
        """Takes one line into the records; False where it does not belong to them."""
        line = lines[at]
        if (found := self._field(line)) is not None:
            records.add(*found, opens=found[0] == self.opening)
        elif not line.strip():
            records.blanks += 1
        elif is_rule(line):
            return next((self._field(below) is not None for below in lines[at + 1 :] if below.strip()), False)
        elif self._goes_on(lines, at, records):
            records.go_on(line.strip())
        else:
            return False
        return True

    def _goes_on(self, lines: Sequence[str], at: int, records: _Records) -> bool:
        """Whether a line is part of the value above: below it, or at the left edge after a full line."""
        if self.column == 0:
            return not records.blanks or lines[at].rstrip().endswith(_STOPS)
        indent = len(lines[at]) - len(lines[at].lstrip())
        if indent >= min(self.column, len(self.opening)):
            return True
        return not records.blanks and not is_rule(lines[at - 1]) and len(lines[at - 1].rstrip()) >= MIN_FULL

    def _field(self, line: str, *, opening: bool = False) -> tuple[str, str] | None:
        """The name and value that a line begins; with `opening` only where it opens a record."""
        name = _name(line, self.column)
        if name is None or name not in self.names or (opening and name != self.opening):
            return None
        match = _FIELD.fullmatch(line)
        return (name, single_spaced(match["value"])) if match is not None else None


def _value_column(line: str) -> int | None:
    """The column at which a field's value begins; None where the line is no field with white space to align it."""
    match = _FIELD.fullmatch(line)
    return match.start("value") if match is not None and match["value"] and match["gap"] else None


def _name(line: str, column: int) -> str | None:
    """The name of a field whose value begins at a column, is empty, or is pushed to the right by the name's length.

    Any field at the left edge where the column is 0.
    """
    match = _FIELD.fullmatch(line)
    if match is not None and column == 0:
        return single_spaced(match["name"]) if not match["indent"] and (match["gap"] or not match["value"]) else None
    if match is None or 2 * match.start("name") >= column or not (match["gap"] or not match["value"]):
        return None
    is_pushed = match.start("gap") >= column and match["gap"] == " "
    is_empty = not match["value"] and match.start("gap") <= column
    is_field = is_empty or is_pushed or match.start("value") == column
    return single_spaced(match["name"]) if is_field else None


def _rules_before(lines: Sequence[str], opening: str) -> list[int]:
    """The rules after which a record begins that is not the first."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    begins = [(above, at) for above, at in pairwise(written) if _name(lines[at], 0) == opening]
    first = next(at for at in written if _name(lines[at], 0) == opening)
    return [above for above, at in begins if at > first and is_rule(lines[above])]


def _ends_in_field(lines: Sequence[str], rule: int) -> bool:
    """Whether the lines right above a rule are a field's or end a sentence; a letter ends with who has written it."""
    end = rule
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip() and not is_rule(lines[start - 1]):
        start -= 1
    is_told = end > 0 and lines[end - 1].rstrip().endswith(_STOPS)
    return start == end or is_told or any(_name(line, 0) is not None for line in lines[start:end])
