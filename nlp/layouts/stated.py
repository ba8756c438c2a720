"""Follow-ups outside of tables whose titles are told by the user's `[layout]`: for documents that nothing else fits."""

import re
from dataclasses import replace

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.followup import Declared
from ljuskoll.nlp.layouts.bodies import Start
from ljuskoll.nlp.layouts.items import Parsed, make_followups
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import Title, board_title

NAME = "stated"
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?P<title>\D.*)")
_BULLET = re.compile(r"[-–•*▪●○·]\s+(?P<title>\S.*)")
_AFTER_WORD = re.compile(r"(?:\s+\d{1,3}(?:\.\d{1,3})*\b)?\s*[:.)–-]?\s*")


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups below the titles that `[layout]` tells; none where it says nothing of titles."""
    found = {index: title for index, title in stated_titles(stream).items() if index in free}
    before = _lights_stand_before(stream, found, free)
    starts = [_start(stream, index, title, free, lights_before=before) for index, title in found.items()]
    return make_followups(stream, starts, NAME) if starts else Parsed(NAME)


def stated_titles(stream: Stream) -> dict[int, str]:
    """The entries that are titles as `[layout]` tells them, with the titles."""
    columns = stream.vocabulary.columns
    if columns.title is None:
        return {}
    rule = columns.title
    entries = (entry for entry in stream.blocks() if columns.reads_page(entry.page) and entry.text)
    found = ((entry.index, _title(stream, entry.index, entry.text, rule)) for entry in entries)
    return {index: title for index, title in found if title is not None}


def _title(stream: Stream, index: int, text: str, rule: str) -> str | None:
    """The title that a block is under a rule: "heading", "heading 3", "numbered", "item", or a word it begins with."""
    block = stream.entries[index].block
    assert block is not None
    if rule.startswith("heading"):
        return _heading(stream, index, block, rule)
    if rule == "numbered":
        match = _NUMBERED.fullmatch(text)
        return match["title"] if match is not None else None
    if rule == "item":
        match = _BULLET.fullmatch(text)
        return match["title"] if match is not None else text if block.kind == "item" else None
    if not text.casefold().startswith(rule.casefold()) or text[len(rule) : len(rule) + 1].isalpha():
        return None
    rest = text[len(rule) :]
    match = _AFTER_WORD.match(rest)
    return rest[match.end() :].strip() if match is not None else rest.strip()


def _heading(stream: Stream, index: int, block: Block, rule: str) -> str | None:
    """A heading of the level that the rule names, or of any; headings of goals, boards and periods are no titles."""
    _, _, level = rule.partition(" ")
    is_level = block.kind == "heading" and (not level or block.level == int(level))
    is_title = is_level if level else stream.is_heading(index)
    return block.text if is_title and not stream.is_section(index) and index > 0 else None


def _start(stream: Stream, index: int, title: str, free: frozenset[int], *, lights_before: bool) -> Start:
    """A title with the board and the light that stand on lines of their own around it."""
    body = index + 1
    if not title and body in free:
        title, body = stream.entries[body].text, body + 1
    named = board_title(title, stream.vocabulary.boards) or Title(title, ())
    block = stream.entries[index].block
    start = Start(index, body, named.text, named.boards, stream.drawn(block.marks) if block is not None else None)
    for _ in range(2):
        start = _with_light(stream, _with_board(stream, start, free), free, before=lights_before)
    return start


def _with_board(stream: Stream, start: Start, free: frozenset[int]) -> Start:
    where = stream.vocabulary.columns.board
    at = start.first - 1 if where == "before" else start.body
    if where is None or start.boards or at not in free:
        return start
    boards = stream.vocabulary.boards.split(stream.text(at))
    return _around(start, at, boards=boards) if boards else start


def _with_light(stream: Stream, start: Start, free: frozenset[int], *, before: bool) -> Start:
    at = start.first - 1 if before else start.body
    light = _light(stream, at) if at in free and start.declared is None else None
    return replace(_around(start, at), declared=light) if light is not None else start


def _around(start: Start, at: int, boards: tuple[str, ...] = ()) -> Start:
    """A start that takes in the block before or after it."""
    return replace(start, first=min(start.first, at), body=max(start.body, at + 1), boards=boards or start.boards)


def _light(stream: Stream, index: int) -> Declared | None:
    """A block that is nothing but a status, in any words of the scale."""
    text = stream.entries[index].text
    return stream.declared(index) or (stream.vocabulary.scale.read(text) if text else None)


def _lights_stand_before(stream: Stream, titles: dict[int, str], free: frozenset[int]) -> bool:
    """Whether more titles have a light on a line before than after."""
    before = sum(index - 1 in free and _light(stream, index - 1) is not None for index in titles)
    after = sum(index + 1 in free and _light(stream, index + 1) is not None for index in titles)
    return before > after
