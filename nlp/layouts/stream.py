"""A document as layouts walk it: items in reading order, with the headings that stand above each of them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from ljuskoll.nlp.document import Block, Document, Mark, Table
from ljuskoll.nlp.followup import Declared, Kind, Period, Place
from ljuskoll.nlp.language.status import opens_outright
from ljuskoll.nlp.layouts.bold_titles import with_boarded_titles_apart, with_bold_titles_apart
from ljuskoll.nlp.layouts.chapters import Chapters
from ljuskoll.nlp.layouts.dating import FIRST_BLOCKS, Dating
from ljuskoll.nlp.layouts.entries import MAX_HEADLINE, Entry, ends_sentence, looks_like_headline, number_entries
from ljuskoll.nlp.layouts.labels import Label, read_label, role_of
from ljuskoll.nlp.layouts.legend import read_legends
from ljuskoll.nlp.layouts.prepare import letterhead, read_items
from ljuskoll.nlp.layouts.titles import looks_like_title, without_outline
from ljuskoll.nlp.vocabulary.boards import is_code
from ljuskoll.nlp.vocabulary.columns import goal_heading, kind_heading
from ljuskoll.nlp.vocabulary.labels import (
    board_of_heading,
    heads_goals,
    is_foreign,
    is_hiding,
    is_subheading,
    names_area,
    names_no_goal,
    opens_with_quality,
    says_followup,
)
from ljuskoll.nlp.vocabulary.periods import PeriodMention
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

MAX_TOLD = 3
"""Blocks below a goal's heading among which a label says whose it is."""
MAX_SHORT_REPORT = 80
"""Entries; in a longer report a title with a board is one of a follow-up only where a heading says so."""
MAX_NEAR = 25
"""So many entries below it a heading that only looks like one is taken to hold."""
MAX_ABOVE = 200
"""So many headings above an assignment are looked at; in a long text those further up belong to other chapters."""
MAX_SECTION_WORDS = 8
"""A heading with a period and more words is a title or a sentence."""
MIN_GOALS = 2
MIN_AIM_WORDS = 3
"""One heading above tables can be the chapter's; several of one level divide them."""
CHAPTER_LEVEL = 2
MAX_SIGN = 2
PAIR = 2
MAX_EXPLAINING = 60
"""Rows of a table that are looked at for codes of boards."""
UNMARKED = 7
"""The level of a block that its document marks as no heading."""


_CHAPTER_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÅÄÖ])")
_FIELD = re.compile(r"(?P<name>[A-ZÅÄÖ][^:.?!]{1,40}):\s+(?P<value>\S.{0,59}?(?<![.!?]))")


class Stream:
    """A document's items without page chrome, and what can be known from the place of each."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.letterhead = letterhead(document)
        """Lines about the whole report that are no entries."""
        items = with_bold_titles_apart(read_items(document), vocabulary)
        items = with_boarded_titles_apart(items, vocabulary)
        legend = read_legends([item for _, item in items], vocabulary)
        boards = vocabulary.boards.taught(_text_of(item) for _, item in items)
        self.vocabulary = replace(vocabulary, scale=legend.scale, boards=boards)
        self.entries, self.legend = number_entries(items, legend.items, self.vocabulary)
        self._has_headings = sum(1 for e in self.entries if e.block is not None and e.block.kind == "heading") >= 2
        self._dating = Dating(document, self.letterhead, self.entries, is_long=self.is_long)
        self._labels: dict[int, Label | None] = {}
        self.titles: dict[str, bool] = {}
        """What `items.can_be_title` has found, which several layouts ask."""
        self._goals: dict[int, bool] = {}
        self._found_goals: frozenset[int] = frozenset()
        self._sections: dict[int, bool] = {}
        self._headlines = [e.index for e in self.entries if self.is_headline(e.index) and self._tells(e.index)]
        self._chapters = Chapters.of(self)

    def blocks(self) -> Iterator[Entry]:
        """The entries that are blocks; neither legends nor chapters about risks and the like are among them."""
        return (entry for entry in self._open() if entry.block is not None)

    def tables(self) -> Iterator[tuple[Entry, Table]]:
        """The entries that are tables, under the same condition, and that no caption calls a list of another kind."""
        return (
            (e, e.item) for e in self._open() if isinstance(e.item, Table) and not self._has_foreign_caption(e.index)
        )

    def _has_foreign_caption(self, index: int) -> bool:
        """Whether the block right above a table names a list of investments, risks or the like."""
        text = self.entries[index - 1].text if index else ""
        return 0 < len(text) <= MAX_HEADLINE and is_hiding(text)

    def _open(self) -> Iterator[Entry]:
        return (e for e in self.entries if e.index not in self.legend and not self._chapters.is_hidden(e.index))

    def is_foreign(self, index: int) -> bool:
        """Whether the entry stands in a chapter that follows up no assignment ("Ekonomisk analys")."""
        return self._chapters.is_foreign(index)

    def is_hidden(self, index: int) -> bool:
        """Whether the entry stands in a chapter that is passed over ("Intern kontroll")."""
        return self._chapters.is_hidden(index)

    def says_followup(self, index: int, last: int | None = None) -> bool:
        """Whether a heading that holds for the entry, or the document's title, speaks of following up assignments.

        Where a long document marks no headings such a heading holds for what is near it, or near an assignment
        that is known to stand below it (`last`), up to a chapter of another kind.
        """
        held = self.ancestors(self.headings_above(index))
        if self.is_long and not self._has_headings:
            if last is not None and index - last <= MAX_NEAR and not self.is_foreign(index):
                return True
            held = [head for head in held if index - head <= MAX_NEAR and not self.is_foreign(index)]
        first = [entry.text for entry in self.entries[: min(FIRST_BLOCKS, index)] if len(entry.text) <= MAX_HEADLINE]
        heads = (self.entries[head].text for head in held)
        return any(says_followup(text) for text in (*heads, *first, self.document.title))

    @property
    def is_long(self) -> bool:
        """Whether the document is so long that it can be about other things than follow-ups as well."""
        return len(self.entries) > MAX_SHORT_REPORT

    def is_legend(self, index: int) -> bool:
        """Whether the entry explains the scale."""
        return index in self.legend or self.vocabulary.scale.is_legend(self.entries[index].text)

    def label(self, index: int) -> Label | None:
        """The label that a block is, with its value."""
        if index not in self._labels:
            block = self.entries[index].block
            self._labels[index] = read_label(block.text, self.vocabulary) if block is not None else None
        return self._labels[index]

    def text(self, index: int) -> str:
        """A block's text without what ends a label or heading."""
        return self.entries[index].text.strip(" :.")

    def field(self, index: int) -> Label | None:
        """A label that we do not know, told by its coming again beside labels that we know, with short values."""
        match = _FIELD.fullmatch(self.entries[index].text)
        known = match is not None and match["name"] in self._field_names
        return Label(match["name"], "other", match["value"]) if match is not None and known else None

    @cached_property
    def _field_names(self) -> frozenset[str]:
        counts: Counter[str] = Counter()
        for entry in self.entries:
            match = _FIELD.fullmatch(entry.text)
            if match is not None and self.label(entry.index) is None and self._is_by_label(entry.index):
                counts[match["name"]] += 1
        known = (name for name, count in counts.items() if count > 1)
        return frozenset(name for name in known if role_of(name, self.vocabulary) != "title")

    def _is_by_label(self, index: int) -> bool:
        beside = (at for at in (index - 1, index + 1) if 0 <= at < len(self.entries))
        return any(self.label(at) is not None or _FIELD.fullmatch(self.entries[at].text) for at in beside)

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def heading_text(self, index: int) -> str | None:
        """The text of a heading, by its kind where the document marks headings, else by looks."""
        return self.entries[index].text if index not in self.legend and self.is_heading(index) else None

    def opens_followup(self, index: int) -> bool:
        """Whether a heading says that follow-ups stand below it: goal, kind, period or board."""
        return self.is_section(index) or (self.is_headline(index) and says_followup(self.entries[index].text))

    @property
    def has_headings(self) -> bool:
        """Whether the document marks its headings as such."""
        return self._has_headings

    def is_headline(self, index: int) -> bool:
        """Whether the block could be a heading, by its kind or by its looks."""
        block = self.entries[index].block
        if block is None or index in self.legend:
            return False
        return block.kind == "heading" or (looks_like_headline(block) and self.label(index) is None)

    def is_heading(self, index: int) -> bool:
        """Whether the block ends what stands above it: by its kind where the document marks headings, else by looks."""
        block = self.entries[index].block
        if block is None:
            return False
        return block.kind == "heading" if self._has_headings else looks_like_headline(block)

    def is_goal(self, index: int) -> bool:
        """Whether the block's words name a goal, as a heading does; "Målet är uppfyllt" says how it stands."""
        if index not in self._goals:
            self._goals[index] = goal_heading(self.entries[index].text) and not self.says_status(index)
        return self._goals[index]

    def says_status(self, index: int) -> bool:
        """Whether the block is nothing but a status, in a scale's words or a sentence."""
        text = self.entries[index].text
        if len(text) > MAX_HEADLINE:
            return False
        if self.vocabulary.scale.read(text) is not None:
            return True
        return opens_outright(text, self.vocabulary.phrases) and not opens_with_quality(text)

    def is_section(self, index: int) -> bool:
        """Whether the block is a heading that says goal, kind, period or board: it ends a list of follow-ups."""
        if index not in self._sections:
            self._sections[index] = self.is_headline(index) and self._says_section(index)
        return self._sections[index]

    def _says_section(self, index: int) -> bool:
        text = self.entries[index].text
        mentions = self.mentions(index)
        is_plain_year = self._has_headings and self.level(index) == UNMARKED and not any(one.as_of for one in mentions)
        says_period = bool(mentions) and len(text.split()) <= MAX_SECTION_WORDS and not is_plain_year
        return self.is_goal(index) or says_period or self.board_heading(index) is not None or _names_kind(text)

    def _tells(self, index: int) -> bool:
        """Whether a headline says goal, kind, period or board, or begins a chapter."""
        text = self.entries[index].text
        is_chapter = self.level(index) <= CHAPTER_LEVEL or heads_goals(text)
        return is_chapter or self._says_section(index) or bool(self.mentions(index)) or kind_heading(text) is not None

    def level(self, index: int) -> int:
        """The heading level, UNMARKED for what is no marked heading."""
        block = self.entries[index].block
        return UNMARKED if block is None or block.level is None else block.level

    def declared(self, index: int) -> Declared | None:
        """The light that a block is, where it is nothing but a light (a colour word, a symbol, a drawn mark)."""
        block = self.entries[index].block
        if block is None:
            return None
        drawn = self.drawn(block.marks) if block.text and block.marks else None
        if drawn is not None and self.declared_words(index) is not None:
            return drawn.model_copy(update={"as_written": block.text})
        if block.text and not (block.marks and _is_drawn_sign(block.text)):
            words = block.text.split()
            is_doubled = len(words) == 2 and words[0].casefold() == words[1].casefold()
            return self.vocabulary.scale.colour_word(words[0] if is_doubled else block.text)
        return self.drawn(block.marks)

    def declared_words(self, index: int) -> Declared | None:
        """The status that a block is in a scale's words ("Ej bedömd"); None for sentences and all else."""
        text = self.entries[index].text
        return self.vocabulary.scale.read(text) if len(text) > MAX_SIGN and not ends_sentence(text) else None

    def drawn(self, marks: tuple[Mark, ...]) -> Declared | None:
        """The first of some marks that is a light, with the trend that an arrow among them shows."""
        scale = self.vocabulary.scale
        lights = [light for mark in marks if (light := scale.mark_colour(mark)) is not None]
        trend = next((trend for mark in marks if (trend := scale.trend(mark.text)) is not None), None)
        if not lights:
            return None
        return lights[0].model_copy(update={"trend": trend}) if trend is not None else lights[0]

    def board_heading(self, index: int) -> str | None:
        """The board as written where a headline is nothing but a board, or its assignments ("Nämndens uppdrag")."""
        text = _CHAPTER_NUMBER.sub("", self.text(index))
        if not self.is_headline(index):
            return None
        return text if self.vocabulary.boards.resolve(text) else board_of_heading(text, self.vocabulary.boards)

    def headings_above(self, index: int, titles: frozenset[int] = frozenset()) -> list[int]:
        """The headlines above `index` that say anything, the nearest first; `titles` of assignments are none."""
        end = bisect_left(self._headlines, index)
        above = self._headlines[max(0, end - MAX_ABOVE) : end]
        return [headline for headline in reversed(above) if headline not in titles]

    def open_above(self, index: int, level: int, titles: frozenset[int] = frozenset()) -> list[int]:
        """The headlines above a heading of this level, without those of lower levels, which it has ended.

        A board on a plain line right above such a heading is one that it stands under.
        """
        above = self.headings_above(index, titles)
        return [head for head in above if self.level(head) <= level or self._is_board_over(head, level)]

    def _is_board_over(self, index: int, level: int) -> bool:
        is_over = index + 1 < self.size and self.level(index) == UNMARKED > self.level(index + 1) == level
        return is_over and self.board_heading(index) is not None

    def ancestors(self, above: Sequence[int]) -> list[int]:
        """The headings of `above` that still hold: in a document with levels none after which a chapter has begun.

        A goal holds for the heading of its own level that follows it ("Mål 1", "Uppdrag").
        """
        if not self._has_headings:
            return list(above)
        held: list[int] = []
        lowest = UNMARKED + 1
        for head in above:
            level = self.level(head)
            says_goal = self.is_goal(head)
            is_goal = says_goal and not any(self.is_goal(index) for index in held)
            if level < lowest or (level == lowest and (level == UNMARKED or is_goal)):
                held.append(head)
                lowest = level
        return held

    def period(self, index: int, above: Sequence[int], extra: str = "") -> Period | None:
        """The period of what stands at `index`: from the headings above, title, `extra` (column headings), margins."""
        first = [head for head in range(min(FIRST_BLOCKS, index) - 1, -1, -1) if head not in above]
        held = self.ancestors(above)
        heads = (*held, *(head for head in above if head not in held), *first)
        goals = {head for head in heads if self.is_goal(head) or head in self._above_tables}
        return self._dating.period(heads, goals, extra) or self.vocabulary.period

    def goal(self, above: Sequence[int]) -> str | None:
        """The nearest goal heading, as written but for its number; none below a heading of what belongs to no goal.

        A marked heading with a light of its own is one as well.
        """
        for head in self.ancestors(above):
            is_goal = self.is_goal(head) or self._is_lit(head) or head in self._above_tables
            if is_goal or names_no_goal(self.entries[head].text):
                return without_outline(self.entries[head].text) if is_goal else None
        return None

    @cached_property
    def _above_tables(self) -> frozenset[int]:
        """Headings that divide a chapter's tables among goals, though they do not call themselves so."""
        chapters: defaultdict[int | None, set[int]] = defaultdict(set)
        for entry in self.entries:
            if isinstance(entry.item, Table):
                above = [one for one in self.headings_above(entry.index) if not self._names_rows(one)]
                for head in above[:1]:
                    chapters[next(iter(self.ancestors(above)[1:]), None)].add(head)
        return frozenset(head for heads in chapters.values() if self.can_divide(heads) for head in heads)

    def can_divide(self, heads: Set[int]) -> bool:
        """Whether several headings of one level can be the goals that divide what stands below them."""
        levels = {self.level(head) for head in heads}
        is_divided = len(heads) >= MIN_GOALS and len(levels) == 1 and levels != {UNMARKED}
        return is_divided and all(self.can_be_goal(head) for head in heads)

    def _names_rows(self, index: int) -> bool:
        """Whether a line that is no marked heading only says what rows stand below it ("Nyckeltal för målet")."""
        return self.level(index) == UNMARKED and kind_heading(self.entries[index].text) is not None

    def take_as_goals(self, indices: Iterable[int]) -> None:
        """Headings that have turned out to be goals: records of their own with tables of others' below them."""
        self._found_goals = frozenset(indices)
        self._goals.update(dict.fromkeys(self._found_goals, True))
        self._headlines = sorted({*self._headlines, *self._found_goals})

    def is_found_goal(self, index: int) -> bool:
        """Whether this is one of the headings that have turned out to be goals."""
        return index in self._found_goals

    def can_be_goal(self, index: int) -> bool:
        """Whether a heading is neither board, period nor chapter, nor says what kind of rows stands below it.

        A year among more words is that by which a goal is to be reached.
        """
        text = self.entries[index].text
        mentions = self.mentions(index)
        is_aim = bool(mentions) and len(text.split()) > MIN_AIM_WORDS and not any(one.as_of for one in mentions)
        if ((self.is_section(index) or mentions) and not is_aim) or not looks_like_title(text):
            return False
        if kind_heading(text) is not None or says_followup(text) or self.vocabulary.boards.find(text):
            return False
        if self.says_status(index):
            return False
        return not (is_foreign(text) or is_subheading(text) or names_no_goal(text) or names_area(text))

    def _is_lit(self, index: int) -> bool:
        block = self.entries[index].block
        is_marked = block is not None and block.kind == "heading" and self.board_heading(index) is None
        is_lit = is_marked and block is not None and self.drawn(block.marks) is not None
        return is_lit and self.declared(index) is None

    def kind(self, above: Sequence[int]) -> Kind | None:
        """The kind that the nearest heading names; a goal's own words name none."""
        for head in self.ancestors(above):
            text = self.entries[head].text
            kind = "goal" if heads_goals(text) else kind_heading(text)
            if kind is not None and not self.is_goal(head):
                return kind
        return None

    def with_names(self, boards: tuple[str, ...], above: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Some boards as written, else the one in whose section they stand, with their full names, each once."""
        boards = boards or self.section_boards(above)
        names = (self.vocabulary.boards.resolve(board) for board in boards)
        return boards, tuple(dict.fromkeys(name for name in names if name is not None))

    def section_boards(self, above: Sequence[int]) -> tuple[str, ...]:
        """The boards in whose section something stands, as written in the nearest heading or below a goal's."""
        for head in self.ancestors(above):
            board = self.board_heading(head)
            if board is not None:
                return (board,)
            if self._has_headings and self.level(head) <= CHAPTER_LEVEL:
                break
        return self._told_boards(above)

    def _told_boards(self, above: Sequence[int]) -> tuple[str, ...]:
        """The boards that one label right below the nearest goal's heading names ("Ansvarig nämnd: ...").

        A goal with a status or comment of its own there names its own board alone.
        """
        heads = (head for head in self.ancestors(above) if self.is_goal(head) or head in self._above_tables)
        head = next(heads, None)
        if head is None:
            return ()
        below = self.entries[head + 1 : head + 1 + MAX_TOLD]
        texts = list(takewhile(lambda entry: entry.block is not None and not self.is_headline(entry.index), below))
        labels = [label for entry in texts if (label := self.label(entry.index)) is not None]
        if any(label.role in ("status", "comment") for label in labels) or any(self.declared(e.index) for e in texts):
            return ()
        told = [self.vocabulary.boards.split(label.value) for label in labels if label.role == "board"]
        return told[0] if len(told) == 1 else ()

    def places(self, indices: Sequence[int]) -> tuple[Place, ...]:
        """Where these entries stand, each place once."""
        found = [
            Place.of(place) for i in indices if (block := self.entries[i].block) is not None for place in block.places
        ]
        return tuple(dict.fromkeys(found))

    def mentions(self, index: int) -> tuple[PeriodMention, ...]:
        """The periods that a block mentions."""
        return self._dating.mentions(index)


def _text_of(item: Block | Table) -> str:
    """A block's text, and of a table what explains codes, as a list does: "KS = kommunstyrelsen, ..."."""
    if isinstance(item, Block):
        return item.text
    rows = ([cell.text.strip() for cell in row if cell.text.strip()] for row in item.rows[:MAX_EXPLAINING])
    return ", ".join(
        " = ".join(texts[:PAIR] if is_code(texts[0]) or len(texts) == PAIR else texts[:1]) for texts in rows if texts
    )


def _is_drawn_sign(text: str) -> bool:
    """A text that is nothing but the sign that is drawn in a colour ("●")."""
    return len(text) <= MAX_SIGN and not any(char.isalnum() for char in text)


def _names_kind(text: str) -> bool:
    return len(text.split()) <= 5 and kind_heading(text) is not None


__all__ = ["Entry", "Stream", "ends_sentence"]
