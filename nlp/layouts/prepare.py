"""A document's items made ready for layouts: without page chrome and contents lists, with one label a block."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ljuskoll.nlp.document import Block, Cell, Document, Item, Table
from ljuskoll.nlp.language.status import opens_outright
from ljuskoll.nlp.layouts.labels import (
    MAX_SHORT,
    LabelRole,
    fits,
    read_label,
    role_of,
    split_board,
    split_comment,
    split_labels,
)
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.labels import is_contents
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary, is_page_chrome, names_municipality, opens_box

Numbered = tuple[int, Item]
"""An item with the number of its page."""
_Splitter = Callable[[str], tuple[str, str, str] | None]

_LEADERS = re.compile(r".*\S\s*(?:\.{3,}|…+|(?:\.\s){3,}|_{3,})\s*\d{1,4}")
_PAGE_AFTER = re.compile(r"(?P<text>\S.*?)[\s.…_]+(?P<page>\d{1,3})")
_LAST_LABEL = re.compile(r"(?P<text>.*[.!?])\s+(?P<label>[A-ZÅÄÖ][\w ]{3,30}?):?", re.DOTALL)
_RUN_IN = re.compile(r"(?P<title>\S.{6,150}?(?:\w{3}|\w\)))\.\s+(?P<comment>[A-ZÅÄÖ0-9].*)", re.DOTALL)
_RUN_IN_COLON = re.compile(r"(?P<title>[^\w\s]{0,3}\s*(?P<named>[^:.!?]{7,150}?)):\s+(?P<comment>\S.*[.!?])", re.DOTALL)
FIRST_ITEMS = 8
"""So many blocks from the beginning can say the report's period."""
MIN_INLINE = 2
MAX_ALONE = 40
"""Characters of a label on a line of its own."""
MAX_FACTS = 8
"""Rows of a table at a document's front that says what the report is about."""
MAX_FACT = 90
"""Characters of what such a row says."""
_FACTS = frozenset({None, "period", "board", "date", "number"})
MAX_BOX = 10
"""Lines of a box beside a web page's text."""
MIN_CONTENTS = 3
"""Fewer lines below "Innehåll" make no table of contents."""


def read_items(document: Document) -> list[Numbered]:
    """The items in reading order without page chrome and tables of contents, each with its page."""
    items = [(page, item) for page, item in _with_facts_as_lines(document) if not _is_chrome(item)]
    items = list(_without_boxes(items))
    return list(_without_contents(list(_without_page_lines(items, document.title))))


def _without_boxes(items: Sequence[Numbered]) -> Iterator[Numbered]:
    """The items without the boxes of links and addresses that a printed web page has beside its text."""
    at = 0
    while at < len(items):
        end = _box_end(items, at)
        if end == at:
            yield items[at]
        at = max(end, at + 1)


def _box_end(items: Sequence[Numbered], at: int) -> int:
    """Where a box ends that begins here, at the page's end or a heading; `at` where none begins."""
    page, item = items[at]
    if not isinstance(item, Block) or item.kind == "heading" or not opens_box(item.text):
        return at
    for end in range(at + 1, min(len(items), at + MAX_BOX) + 1):
        if end == len(items) or items[end][0] != page:
            return end
        below = items[end][1]
        if isinstance(below, Table) or below.kind == "heading":
            return end
        if below.marks or below.text.endswith((".", "!", "?")):
            return at
    return at


def _with_facts_as_lines(document: Document) -> Iterator[Numbered]:
    """The items, with the rows of a table at the front that says period and board as lines of their own."""
    is_front = True
    for page, item in document.items():
        if is_front and isinstance(item, Table) and _states_facts(item):
            yield from ((page, block) for row in item.rows for block in _fact(row))
            continue
        is_front = is_front and not isinstance(item, Table)
        yield page, item


def _states_facts(table: Table) -> bool:
    """Whether a table is a few labels with short values, one of them the period, and none about an assignment."""
    if not 0 < len(table.rows) <= MAX_FACTS or len(table.rows[0]) < 2 or table.header_rows:
        return False
    if any(cell.marks or len(cell.text) > MAX_FACT for row in table.rows for cell in row):
        return False
    pairs = [tuple(cell.text for cell in row if cell.text.strip()) for row in table.rows]
    if not all(len(pair) <= 2 and row[0].text for pair, row in zip(pairs, table.rows, strict=True)):
        return False
    roles = {pair[0]: column.role if (column := Columns().read(pair[0])) else None for pair in pairs}
    dated = any(roles[pair[0]] == "period" and find_periods(pair[1]) for pair in pairs if len(pair) > 1)
    dated = dated or any(_says_period(text) for pair in pairs for text in pair)
    return dated and set(roles.values()) <= _FACTS


def _says_period(text: str) -> bool:
    """Whether a cell is a period with its label ("Period: Tertial 1 2025")."""
    name, _, value = text.partition(":")
    column = Columns().read(name)
    return column is not None and column.role == "period" and bool(find_periods(value))


def _fact(row: Sequence[Cell]) -> Iterator[Block]:
    """A label with its value as one line; as two where the label is none that we know."""
    cells = [cell for cell in row if cell.text.strip()]
    if Columns().read(cells[0].text) is not None and len(cells) > 1:
        yield _as_line(cells[0], cells[1])
    else:
        yield from (Block(cell.text, (cell.place,) if cell.place is not None else ()) for cell in cells)


def _as_line(label: Cell, value: Cell) -> Block:
    """Two cells as a label with its value."""
    places = tuple(cell.place for cell in (label, value) if cell.place is not None)
    return Block(f"{label.text.rstrip(' :')}: {value.text}", places, marks=(*label.marks, *value.marks))


def letterhead(document: Document) -> tuple[str, ...]:
    """The first lines of the municipality's name with more beside it: chrome of the page that tells of the report."""
    first = (block.text for _, block in islice(document.blocks(), FIRST_ITEMS))
    return tuple(text for text in first if is_page_chrome(text) and names_municipality(text))


def _without_page_lines(items: Iterable[Numbered], title: str) -> Iterable[Numbered]:
    """The items without lines of the municipality's name with a period that an earlier line has said already."""
    said: set[tuple[int | None, int | None]] = {(one.year, one.tertial) for one in find_periods(title)}
    first = FIRST_ITEMS
    for page, item in items:
        is_line = (
            isinstance(item, Block) and item.kind != "heading" and not item.marks and names_municipality(item.text)
        )
        if isinstance(item, Block) and (first or is_line):
            first = max(0, first - 1)
            told = {(one.year, one.tertial) for one in find_periods(item.text)}
            if is_line and told <= said:
                continue
            said |= told
        yield page, item


def one_label_each(items: Sequence[Numbered], vocabulary: Vocabulary) -> list[Numbered]:
    """The items with one label a block: several in one line are cut apart, one that stands alone gets its value."""
    items = list(_with_status_as_line(items, vocabulary))
    items = _with_lights_apart(_with_comments_apart(items, vocabulary), vocabulary)
    items = list(_with_last_label_apart(items, vocabulary))
    joined = _joined([piece for item in items for piece in _split(item, vocabulary)], vocabulary)
    return list(_with_comments(joined, vocabulary))


def _with_status_as_line(items: Iterable[Numbered], vocabulary: Vocabulary) -> Iterator[Numbered]:
    """The items with a table that is nothing but a status below a title, and who or when, as lines with labels.

    So is a lower heading with a light that says no more than that it is the status, or a status told in a sentence.
    """
    is_below_title = False
    above: Item | None = None
    for page, item in items:
        if isinstance(item, Block) and _is_status_told(item, above, vocabulary):
            yield page, replace(item, kind="paragraph", level=None)
        elif isinstance(item, Block) and isinstance(above, Block) and _is_status_heading(item, above, vocabulary):
            yield page, replace(item, text=f"{item.text.rstrip(' :')}:", kind="paragraph", level=None)
        elif isinstance(item, Table) and is_below_title and _is_status_alone(item, vocabulary):
            yield from ((page, _as_line(label, value)) for label, value in item.rows)
        else:
            yield page, item
        is_heading = isinstance(item, Block) and item.kind == "heading"
        is_below_title = (
            is_heading and isinstance(item, Block) and not any(one.as_of for one in find_periods(item.text))
        )
        above = item


def _is_status_told(block: Block, above: Item | None, vocabulary: Vocabulary) -> bool:
    """Whether a heading is a status told in a sentence, in bold: below the title that it tells of, or with a stop."""
    if block.kind != "heading" or block.marks or not opens_outright(block.text, vocabulary.phrases):
        return False
    is_below = isinstance(above, Block) and above.kind == "heading" and (above.level or 0) < (block.level or 0)
    return is_below or block.text.endswith(".")


def _is_status_heading(block: Block, above: Block, vocabulary: Vocabulary) -> bool:
    if None in (block.level, above.level) or (block.level or 0) <= (above.level or 0):
        return False
    is_lit = any(vocabulary.scale.mark_colour(mark) is not None for mark in block.marks)
    return is_lit and role_of(block.text.rstrip(" :"), vocabulary) == "status"


def _is_status_alone(table: Table, vocabulary: Vocabulary) -> bool:
    """Whether each row is a label and its value, one of them a light, and none the title or the comment."""
    if not 0 < len(table.rows) <= MAX_FACTS or any(len(row) != 2 for row in table.rows):
        return False
    roles = [role_of(label.text.rstrip(" :"), vocabulary) for label, _ in table.rows]
    shown = [
        bool(value.marks) or fits("status", value.text, vocabulary)
        for role, (_, value) in zip(roles, table.rows, strict=True)
        if role == "status"
    ]
    return None not in roles and not {"title", "comment"} & set(roles) and any(shown)


def _with_comments(items: Iterable[Numbered], vocabulary: Vocabulary) -> Iterable[Numbered]:
    """The items with a colon after a comment's label that follows another label ("Kommentar Anbuden har kommit.")."""
    is_labelled = False
    for page, item in items:
        if is_labelled and isinstance(item, Block) and (text := split_comment(item.text)):
            item = replace(item, text=text)
        yield page, item
        is_labelled = isinstance(item, Block) and read_label(item.text, vocabulary) is not None


def _with_comments_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Sequence[Numbered]:
    """The items with title and comment apart where several begin with a light and run on ("🟢 Bygg bro. Klar.")."""
    lit = [at for at, (_, item) in enumerate(items) if isinstance(item, Block) and _begins_with_light(item, vocabulary)]
    split: dict[int, tuple[Block, ...]] = {}
    for at in lit:
        above, item = items[at - 1][1] if at else None, items[at][1]
        match = _run_in(item.text, vocabulary) if isinstance(item, Block) else None
        is_below_title = isinstance(above, Block) and above.kind == "heading" and not above.marks
        if isinstance(item, Block) and match is not None and not (item.marks and is_below_title):
            comment = replace(item, text=match["comment"], marks=(), kind="paragraph", level=None)
            split[at] = (replace(item, text=match["title"]), comment)
    if len(split) < MIN_INLINE or 2 * len(split) < len(lit):
        return items
    return with_parts(items, split)


def _run_in(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """A title that runs on into its comment, after a colon unless a label stands before that, else after a stop."""
    match = _RUN_IN_COLON.fullmatch(text)
    is_title = match is not None and " " in match["named"] and role_of(match["named"], vocabulary) is None
    return match if is_title else _RUN_IN.fullmatch(text)


def _begins_with_light(block: Block, vocabulary: Vocabulary) -> bool:
    scale = vocabulary.scale
    first = block.text.split(maxsplit=1)[:1]
    is_sign = bool(first) and scale.is_sign(first[0]) and scale.read(first[0]) is not None
    return is_sign or any(scale.mark_colour(mark) is not None for mark in block.marks)


def _with_last_label_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Iterable[Numbered]:
    """The items with a board's label apart that ends a text whose next block is the board."""
    for at, (page, item) in enumerate(items):
        following = items[at + 1][1] if at + 1 < len(items) else None
        for part in _last_label(item, following, vocabulary) or (item,):
            yield page, part


def _last_label(item: Item, following: Item | None, vocabulary: Vocabulary) -> tuple[Block, ...]:
    """A text and the board's label at its end as two blocks; () where it has none, or no board follows."""
    if not isinstance(item, Block) or not isinstance(following, Block):
        return ()
    match = _LAST_LABEL.fullmatch(item.text)
    if match is None or role_of(match["label"], vocabulary) != "board" or not fits("board", following.text, vocabulary):
        return ()
    label = replace(item, text=match["label"], marks=(), kind="paragraph", level=None)
    return replace(item, text=match["text"]), label


def _with_lights_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Sequence[Numbered]:
    """The items with title, light and comment apart where several hold all in one line ("Bro: Gul. Anbud ...").

    A light in other words than colours ("Bro – pågår") counts only where the document shows no lights besides.
    """
    split = _split_by(items, vocabulary, vocabulary.scale.split_inline)
    if len(split) < MIN_INLINE:
        split = _split_by(items, vocabulary, vocabulary.scale.split_status)
        if len(split) < MIN_INLINE or _shows_lights(items, vocabulary):
            return items
    return with_parts(items, split)


def with_parts(items: Sequence[Numbered], split: Mapping[int, Sequence[Block]]) -> list[Numbered]:
    """The items with those at some positions replaced by their parts."""
    return [(page, part) for at, (page, item) in enumerate(items) for part in split.get(at, (item,))]


def _split_by(items: Sequence[Numbered], vocabulary: Vocabulary, split: _Splitter) -> dict[int, tuple[Block, ...]]:
    """The positions of the items that hold a title and a light, each with its parts as blocks."""
    found: dict[int, tuple[Block, ...]] = {}
    for at, (_, item) in enumerate(items):
        parts = split(item.text) if isinstance(item, Block) and item.text and not item.marks else None
        if parts is None or not isinstance(item, Block) or role_of(parts[0], vocabulary) is not None:
            continue
        if len(split_labels(item.text, vocabulary)) == 1:
            found[at] = tuple(replace(item, text=text) for text in parts if text)
    return found


def _shows_lights(items: Sequence[Numbered], vocabulary: Vocabulary) -> bool:
    """Whether a block is a colour, has one drawn in it, or is labelled as a status."""
    for _, item in items:
        if isinstance(item, Block):
            label = read_label(item.text, vocabulary)
            if item.marks or vocabulary.scale.colour_word(item.text) or (label is not None and label.role == "status"):
                return True
    return False


def _is_chrome(item: Item) -> bool:
    if not isinstance(item, Block) or not item.text:
        return False
    is_heading = item.kind == "heading" and names_municipality(item.text) and bool(find_periods(item.text))
    return not is_heading and (is_page_chrome(item.text) or _is_led(item.text))


def _is_led(text: str) -> bool:
    """A line of a table of contents: dots or the like that lead to a page number."""
    return len(text) < 300 and _LEADERS.fullmatch(text) is not None


def _without_contents(items: Sequence[Numbered]) -> Iterable[Numbered]:
    """The items without the lines below "Innehåll" that end in page numbers, or are headings that come again."""
    texts: dict[str, int] = {}
    for _, item in items:
        if isinstance(item, Block):
            texts[item.text.casefold()] = texts.get(item.text.casefold(), 0) + 1
    at = 0
    while at < len(items):
        yield items[at]
        _, item = items[at]
        at += 1
        if isinstance(item, Block) and is_contents(item.text):
            lines = _contents_lines(items, at, texts)
            at += lines if lines >= MIN_CONTENTS else 0


def _contents_lines(items: Sequence[Numbered], start: int, texts: dict[str, int]) -> int:
    """How many items from `start` on are lines of a table of contents."""
    page, at = 0, start
    while at < len(items):
        item = items[at][1]
        if not isinstance(item, Block) or item.marks:
            break
        match = _PAGE_AFTER.fullmatch(item.text)
        is_numbered = match is not None and int(match["page"]) >= page
        if not is_numbered and texts[item.text.casefold()] < 2:
            break
        page = int(match["page"]) if match is not None and is_numbered else page
        at += 1
    return at - start


def _split(numbered: Numbered, vocabulary: Vocabulary) -> list[Numbered]:
    """A block with several labels as one block a label; what is drawn stays with the status, else with the first."""
    page, item = numbered
    if not isinstance(item, Block) or not item.text:
        return [numbered]
    pieces = split_labels(item.text, vocabulary, is_drawn=bool(item.marks))
    texts = [text for piece in pieces for text in split_board(piece, vocabulary) or (piece,)]
    if len(texts) == 1:
        return [(page, item if texts[0] == item.text else replace(item, text=texts[0]))]
    kind = item.kind if item.kind == "item" else "paragraph"
    blocks = [replace(item, text=text, marks=(), kind=kind, level=None) for text in texts]
    first = 0 if read_label(texts[0], vocabulary) else None
    if first is None:
        blocks[0] = replace(item, text=texts[0], marks=())
    labels = [read_label(text, vocabulary) for text in texts]
    drawn = next((i for i, label in enumerate(labels) if label and label.role == "status" and not label.value), 0)
    blocks[drawn] = replace(blocks[drawn], marks=item.marks)
    return [(page, block) for block in blocks]


def _joined(items: Sequence[Numbered], vocabulary: Vocabulary) -> Iterable[Numbered]:
    """The items with a label that stands alone joined to its value, where that is beyond doubt its value."""
    at = 0
    is_among = False
    while at < len(items):
        page, item = items[at]
        value = _value_after(items, at, vocabulary)
        if value is None and is_among:
            value = _small_value_after(items, at, vocabulary)
        values = [value] if value is not None else _listed_boards(items, at, vocabulary)
        is_among = bool(values)
        at += 1 + len(values)
        if not values or not isinstance(item, Block):
            yield page, item
            continue
        text = f"{item.text.rstrip(' :')}: {', '.join(one.text for one in values)}".strip()
        places = sum((one.places for one in values), item.places)
        marks = sum((one.marks for one in values), item.marks)
        block = replace(item, text=text, places=places, marks=marks, level=None)
        yield page, block if item.kind == "item" else replace(block, kind="paragraph")


def _listed_boards(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> list[Block]:
    """The items of a list of boards right below a label of the board."""
    item = items[at][1]
    if (
        not isinstance(item, Block)
        or len(item.text) > MAX_ALONE
        or role_of(item.text.rstrip(" :"), vocabulary) != "board"
    ):
        return []
    boards: list[Block] = []
    for _, below in items[at + 1 :]:
        if not isinstance(below, Block) or below.kind != "item" or not fits("board", below.text, vocabulary):
            break
        boards.append(below)
    return boards


def _value_after(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> Block | None:
    """The value that stands in the block after a label: one block of its kind, and no run of such."""
    item = items[at][1]
    if not isinstance(item, Block) or at + 1 >= len(items) or not item.text or len(item.text) > MAX_ALONE or item.marks:
        return None
    role = role_of(item.text.rstrip(" :"), vocabulary)
    following = items[at + 1][1]
    if role == "title" and isinstance(following, Block):
        if item.kind == "heading" or vocabulary.columns.label(item.text.rstrip(" :")) is None:
            return None
        return following if _is_titled(items, at, vocabulary) else None
    if role not in ("status", "board", "trend") or not isinstance(following, Block):
        return None
    if read_label(following.text, vocabulary) is not None or _is_among_headings(items, at, vocabulary):
        return None
    is_status = vocabulary.scale.read(item.text) is not None
    if not _is_value(role, following, vocabulary) or (is_status and len(following.text) > MAX_SHORT):
        return None
    after = items[at + 2][1] if at + 2 < len(items) else None
    return None if isinstance(after, Block) and _is_value(role, after, vocabulary) else following


def _is_among_headings(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a label is one of some column headings, one a line: what stands around it heads columns too."""
    around = [items[i][1] for i in (at - 1, at + 1, at + 2) if 0 <= i < len(items)]
    texts = [item.text for item in around if isinstance(item, Block) and len(item.text) <= MAX_ALONE]
    return len(texts) == 3 and all(role_of(text.rstrip(" :"), vocabulary) is not None for text in texts)


def _small_value_after(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> Block | None:
    """The short text after a label of a detail ("Slutdatum"), which follows a label that has got its value."""
    item, following = items[at][1], items[at + 1][1] if at + 1 < len(items) else None
    if not isinstance(item, Block) or not isinstance(following, Block) or item.marks or len(item.text) > MAX_ALONE:
        return None
    is_detail = role_of(item.text.rstrip(" :"), vocabulary) in ("other", "date", "number", "target", "value")
    is_named = any(map(str.isalpha, following.text)) and role_of(following.text.rstrip(" :"), vocabulary) is not None
    is_label = is_named or ":" in following.text
    is_short = 0 < len(following.text) <= MAX_SHORT and not following.text.endswith((".", "!", "?"))
    return following if is_detail and is_short and not is_label else None


def _is_titled(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a word for titles ("Uppdrag:") stands right before one, and that before its labels."""
    following = items[at + 1][1]
    after = items[at + 2][1] if at + 2 < len(items) else None
    if not isinstance(following, Block) or not following.text or read_label(following.text, vocabulary) is not None:
        return False
    if role_of(following.text.partition(":")[0], vocabulary) == "title":
        return False  # a title's own label says it again
    is_labelled = isinstance(after, Block) and read_label(after.text, vocabulary) is not None
    item = items[at][1]
    return is_labelled or (isinstance(item, Block) and item.text.rstrip().endswith(":") and following.kind != "heading")


def _is_value(role: LabelRole, block: Block, vocabulary: Vocabulary) -> bool:
    if not block.text:
        return role == "status" and any(vocabulary.scale.mark_colour(mark) for mark in block.marks)
    return fits(role, block.text, vocabulary)
