"""Legends: the lines and tables that explain a document's own scale. They teach it, and are never follow-ups."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.document import Block, Cell, Item, Mark, Table
from ljuskoll.nlp.language.status import says_outright
from ljuskoll.nlp.layouts.taught import MAX_WORD, drawn_lights, said_lights, taught_lights
from ljuskoll.nlp.readers.colours import LIGHTS
from ljuskoll.nlp.vocabulary.legends import (
    MAX_MEANING,
    LegendEntry,
    heads_meanings,
    is_legend_label,
    legend_entries,
    meaning_light,
    meant_entry,
    told_entry,
)
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

_CAPITAL = re.compile(r"\s+(?=[A-ZÅÄÖ])")
MAX_ROWS, MAX_COLUMNS = 12, 8
"""A larger table is no legend."""
MAX_PAIR = 2
"""Texts of a row that explains one sign."""
MAX_CELLS = 3
"""And cells: a light, its name and its meaning."""
MIN_ENTRIES = 2
"""One sign with a meaning can be anything; two explain each other."""
MIN_ROWS = 3
"""So many rows of lights with meanings within a table explain the scale without saying so."""


@dataclass(frozen=True, slots=True)
class Legend:
    """Which items explain the scale (positions among the items), and the scale of this document."""

    items: frozenset[int]
    scale: Scale


def read_legends(items: Sequence[Item], vocabulary: Vocabulary) -> Legend:
    """All legends of a document; the scale is the given one where there are none, or where they say nothing new."""
    said = said_lights((item.text for item in items if isinstance(item, Block)), vocabulary.scale)
    shown = drawn_lights(_marks(items), vocabulary.scale) | said
    vocabulary = replace(vocabulary, scale=vocabulary.scale.taught(shown))
    found: set[int] = set()
    entries: list[LegendEntry] = []
    at = 0
    while at < len(items):
        item = items[at]
        is_label = isinstance(item, Block) and is_legend_label(item.text)
        reader = _Reader(vocabulary, labelled=is_label)
        end = reader.read(items, at + is_label)
        if end > at + is_label:
            found.update(range(at, end))
            entries += reader.entries
        elif isinstance(item, Table):
            entries += [entry for row in legend_rows(item.rows, vocabulary).values() for entry in row]
        at = max(at + 1, end)
    return Legend(frozenset(found), vocabulary.scale.taught(taught_lights(entries, vocabulary.scale)))


def _marks(items: Iterable[Item]) -> Iterator[Mark]:
    for item in items:
        if isinstance(item, Block):
            yield from item.marks
        else:
            yield from (mark for row in item.rows for cell in row for mark in cell.marks)


def legend_rows(rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> dict[int, list[LegendEntry]]:
    """Which rows within a table explain the scale, and what they say: lines, or a light beside its meaning in each."""
    reader = _Reader(vocabulary, labelled=False)
    found: dict[int, list[LegendEntry]] = {}
    run: dict[int, list[LegendEntry]] = {}
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell.text.strip() or cell.marks]
        line = " ".join(" ".join(cell.text.split()) for cell in cells) if len(cells) <= MAX_CELLS else ""
        is_label = bool(line) and (is_legend_label(line) or (len(cells) == 2 and _heads_meanings(cells[1])))
        entries = reader.of_cells(cells) if line and not is_label else []
        if not entries or reader.has_any(run, entries):
            found |= run if reader.labelled or len(run) >= MIN_ROWS else {}
            run, reader.labelled = {}, is_label or (reader.labelled and not cells)
        if is_label:
            found[number] = []
        elif line and sum(bool(cell.text) for cell in cells) <= MAX_PAIR and vocabulary.scale.is_legend(line):
            found[number] = reader.of_line(line)
        elif entries:
            run[number] = entries
    return found | (run if reader.labelled or len(run) >= MIN_ROWS else {})


def _heads_meanings(cell: Cell) -> bool:
    return len(cell.text.split()) <= MAX_WORD and heads_meanings(cell.text)


class _Reader:
    """Reads the legend that may begin at an item; `labelled`: a heading has said that one does."""

    def __init__(self, vocabulary: Vocabulary, *, labelled: bool) -> None:
        self.vocabulary, self.scale, self.labelled = vocabulary, vocabulary.scale, labelled
        self.entries: list[LegendEntry] = []

    def read(self, items: Sequence[Item], start: int) -> int:
        """The position behind the legend's last item; `start` where there is none."""
        end, lines = start, 0
        while end < len(items):
            item = items[end]
            is_line = self._says_so(item)
            step, found = self._at(items, end)
            if not is_line and not self._is_bare_meaning(item) and (not found or self._has_any(found)):
                break
            lines += is_line or isinstance(item, Table)
            self.entries += found
            end += step
        is_legend = self.labelled or lines > 0 or self._is_certain(end - start)
        return end if is_legend else start

    def _is_bare_meaning(self, item: Item) -> bool:
        """Whether an item below a legend's heading is a meaning whose light is not seen."""
        is_plain = isinstance(item, Block) and item.kind != "heading" and not item.marks
        return self.labelled and is_plain and isinstance(item, Block) and self._is_meaning(item.text)

    def _says_so(self, item: Item) -> bool:
        """Whether an item explains the scale by its own words: a line, or a table with a column of meanings."""
        if isinstance(item, Block):
            return self.scale.is_legend(item.text) or self._shows_all_lights(item)
        has_meanings = any(heads_meanings(cell.text) for cell in item.rows[0])
        return has_meanings and len(item.rows) <= MAX_ROWS and not self._has_titles(item)

    def _shows_all_lights(self, block: Block) -> bool:
        """Whether a line is a label of statuses with each light once ("Status: ● klart ● osäkert ● nås inte")."""
        colours = [mark.colour for mark in block.marks]
        name, colon, _ = block.text.partition(":")
        label = self.vocabulary.columns.label(name) if colon and set(colours) >= LIGHTS else None
        return label is not None and label.role == "status" and len(set(colours)) == len(colours)

    def _at(self, items: Sequence[Item], at: int) -> tuple[int, list[LegendEntry]]:
        """How many items the entries at a position take, and the entries; a meaning can stand in the next item."""
        item = items[at]
        if isinstance(item, Table):
            return 1, self._of_table(item)
        below = items[at + 1] if at + 1 < len(items) else None
        if self.labelled and isinstance(below, Block) and not item.marks:
            meant = meant_entry(item.text.rstrip(" :"), below.text)
            if meant is not None:
                return 2, [meant]
        key = self._lone_sign(item)
        if key is None or not isinstance(below, Block) or below.marks:
            return 1, self._of_block(item)
        is_meaning = self._is_meaning(below.text) or (bool(item.text) and self._agrees(key, below.text))
        return (2, [LegendEntry(key, "", below.text)]) if is_meaning else (1, self._of_block(item))

    def _lone_sign(self, block: Block) -> str | None:
        """The sign that a block is: a mark alone or with its colour's word, or below a legend's heading that word."""
        if len(block.marks) == 1 and (not block.text or self.scale.colour_word(block.text) is not None):
            return self._key_of_mark(block.marks[0])
        is_word = self.labelled and not block.marks and self.scale.colour_word(block.text) is not None
        return self._key(block.text) if is_word else None

    def has_any(self, run: Mapping[int, Sequence[LegendEntry]], found: Sequence[LegendEntry]) -> bool:
        """Whether rows above explain one of the signs already."""
        return bool({entry.key for entries in run.values() for entry in entries} & {entry.key for entry in found})

    def of_cells(self, cells: Sequence[Cell]) -> list[LegendEntry]:
        """A light and its meaning, where a row is nothing else."""
        texts = [" ".join(cell.text.split()) for cell in cells if cell.text.strip()]
        marks = [mark for cell in cells for mark in cell.marks]
        if not marks and len(texts) == MAX_PAIR and (meant := meant_entry(*texts)):
            return [meant]
        if len(marks) == 1 and len(texts) == 1:
            key = self._key_of_mark(marks[0])
        else:
            key = self._key_of_cell(cells[0]) if not marks and len(texts) == MAX_PAIR else None
        return [LegendEntry(key, "", texts[-1])] if key and self._agrees(key, texts[-1]) else []

    def of_line(self, line: str) -> list[LegendEntry]:
        """The signs that a line explains."""
        return [replace(entry, key=self._key(entry.key)) for entry in legend_entries(line)]

    def _agrees(self, key: str, meaning: str) -> bool:
        """Whether a meaning can be that of a light: it says how something stands, and nothing else than the light."""
        if len(meaning.split()) > MAX_MEANING:
            return False
        read = self.scale.read(meaning)
        told = meaning_light(meaning) if read is None else read.colour or "none"
        fixed = self.scale.fixed(key)
        return told is not None and (fixed is None or told == fixed)

    def _has_any(self, found: Sequence[LegendEntry]) -> bool:
        """Whether a sign is explained already: the list of follow-ups has begun."""
        return bool({entry.key for entry in self.entries} & {entry.key for entry in found})

    def _is_certain(self, blocks: int) -> bool:
        """Whether signs with meanings explain a scale without saying so: several, each once."""
        keys = [entry.key for entry in self.entries]
        if len(set(keys)) < len(keys):
            return False
        is_signed = all(entry.sign == "=" for entry in self.entries)
        return len(keys) > MIN_ENTRIES or (blocks == 1 and is_signed and len(keys) == MIN_ENTRIES)

    def _of_block(self, block: Block) -> list[LegendEntry]:
        """What a line explains: a drawn mark beside a meaning, or signs with meanings in its text."""
        if len(block.marks) == 1 and block.text:
            key = self._key_of_mark(block.marks[0])
            is_meaning = self._is_meaning(block.text) or (key is not None and self._agrees(key, block.text))
            return [LegendEntry(key, "", block.text)] if key and is_meaning else []
        if len(block.marks) > MIN_ENTRIES:
            return self._of_drawn_line(block)
        if (told := told_entry(block.text)) is not None and self.scale.read(told.key) is not None:
            return [told]
        entries = [replace(entry, key=self._key(entry.key)) for entry in legend_entries(block.text)]
        is_line = self.scale.is_legend(block.text)
        return entries if all(self._explains(entry, is_line=is_line) for entry in entries) else []

    def _of_drawn_line(self, block: Block) -> list[LegendEntry]:
        """What a line explains that has several marks in it: each once, before or after a meaning of its own."""
        keys = [key for mark in block.marks if (key := self._key_of_mark(mark)) is not None]
        meanings = _CAPITAL.split(block.text)
        is_list = len(set(keys)) == len(keys) == len(block.marks) == len(meanings)
        is_told = sum(map(self._is_meaning, meanings)) * 2 > len(meanings)
        return (
            [LegendEntry(key, "", meaning) for key, meaning in zip(keys, meanings, strict=True)]
            if is_list and is_told
            else []
        )

    def _explains(self, entry: LegendEntry, *, is_line: bool) -> bool:
        if not entry.meaning or len(entry.meaning.split()) > MAX_MEANING:
            return False
        if is_line or self._is_meaning(entry.meaning) or self.scale.trend(entry.meaning) is not None:
            return True
        return entry.sign == "=" and meaning_light(entry.meaning) is not None

    def _is_meaning(self, text: str) -> bool:
        """Whether a text says how something stands; below a legend's heading its words may be looser."""
        if len(text.split()) > MAX_MEANING:
            return False
        if self.scale.read(text) is not None or (self.labelled and meaning_light(text) is not None):
            return True
        return says_outright(text, self.vocabulary.phrases)

    def _of_columns(self, table: Table) -> list[LegendEntry]:
        """The words in a column of statuses, each with the light in a column of colours."""
        heading, *rows = table.rows
        columns = [self.vocabulary.columns.label(cell.text) for cell in heading]
        words = next((at for at, column in enumerate(columns) if column is not None and column.role == "status"), None)
        keys = [[self._key_of_cell(row[at]) for row in rows] for at in range(len(heading))]
        fixed = [
            at for at, column in enumerate(keys) if column and all(key and self.scale.fixed(key) for key in column)
        ]
        if words is None or not fixed or words in fixed:
            return []
        texts = [" ".join(row[words].text.split()) for row in rows]
        is_listed = len(set(texts)) == len(texts) >= MIN_ENTRIES and all(len(t.split()) <= MAX_WORD for t in texts)
        pairs = zip(texts, keys[fixed[0]], strict=True)
        return [LegendEntry(text.casefold(), "=", key or "") for text, key in pairs if is_listed and text]

    def _of_words(self, table: Table) -> list[LegendEntry]:
        """The words of a scale in the first of two columns without headings, each with its meaning in the other."""
        rows = [[" ".join(cell.text.split()) for cell in row] for row in table.rows]
        is_plain = not any(cell.marks for row in table.rows for cell in row)
        if not is_plain or len(rows) < MIN_ROWS or any(len(row) != MAX_PAIR or not all(row) for row in rows):
            return []
        words = [word.casefold() for word, _ in rows]
        is_scale = len(set(words)) == len(words) and all(
            len(word.split()) <= MAX_WORD and self.scale.read(word) is not None for word in words
        )
        is_told = all(MAX_WORD <= len(text.split()) <= MAX_MEANING and meaning_light(text) for _, text in rows)
        return [LegendEntry(word.casefold(), "", text) for word, text in rows] if is_scale and is_told else []

    def _of_table(self, table: Table) -> list[LegendEntry]:
        """What a table explains in cells side by side: a sign, and its meaning to the right of or below it."""
        if len(table.rows) > MAX_ROWS or len(table.rows[0]) > MAX_COLUMNS or self._has_titles(table):
            return []
        if entries := self._of_columns(table) or self._of_words(table):
            return entries
        by_row = [list(self._pairs(row)) for row in table.rows]
        by_column = [list(self._pairs(column)) for column in zip(*table.rows, strict=True)]
        lines = max(by_row, by_column, key=lambda lines: sum(map(len, lines)))
        entries = [entry for line in lines for entry in line]
        keys = [entry.key for entry in entries]
        is_all = sum(not line for line in lines) <= 1
        is_legend = len(keys) >= MIN_ENTRIES and len(set(keys)) == len(keys) and is_all
        return entries if is_legend and all(self._is_meaning(entry.meaning) for entry in entries) else []

    def _has_titles(self, table: Table) -> bool:
        columns = [self.vocabulary.columns.label(cell.text) for cell in table.rows[0]]
        return any(column is not None and column.role in ("title", "board") for column in columns)

    def _pairs(self, cells: Sequence[Cell]) -> Iterator[LegendEntry]:
        """The signs of a row or column, each with the meaning in the cell after it; or both in one cell."""
        for cell, after in zip(cells, (*cells[1:], Cell("")), strict=True):
            own = legend_entries(cell.text)
            if own and all(entry.sign and entry.meaning for entry in own):
                yield from (replace(entry, key=self._key(entry.key)) for entry in own)
                continue
            key = self._key_of_cell(cell)
            if key is None:
                continue
            is_own = bool(cell.marks) and self._is_meaning(cell.text) and self.scale.colour_word(cell.text) is None
            meaning = cell.text if is_own else after.text
            if meaning and (is_own or self._key_of_cell(after) is None):
                yield LegendEntry(key, "", meaning.replace("\n", " "))

    def _key_of_cell(self, cell: Cell) -> str | None:
        if len(cell.marks) == 1:
            return self._key_of_mark(cell.marks[0])
        text = cell.text.strip()
        is_code = len(text) == 1 and text.isalnum()
        is_sign = self.scale.colour_word(text) is not None or self.scale.is_sign(text)
        return self._key(text) if is_code or is_sign else None

    def _key_of_mark(self, mark: Mark) -> str | None:
        """The sign that a mark draws: its colour where that is a light, else the sign for its shape."""
        if mark.text and (self.scale.is_sign(mark.text) or self.scale.colour_word(mark.text)):
            return self._key(mark.text)
        return self.scale.colour_name(mark.colour) if mark.colour is not None else None

    def _key(self, text: str) -> str:
        """A colour by its name, other signs as they are in lower case."""
        return self.scale.name_of(text) or text.casefold()
