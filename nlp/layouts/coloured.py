"""Lists with a light on the line before or after each title, or as an icon in or glued to the title."""

from dataclasses import dataclass
from itertools import groupby

from ljuskoll.nlp.followup import Declared
from ljuskoll.nlp.layouts.items import Parsed, Start, can_be_title, is_label_value, is_list, label_of, make_followups
from ljuskoll.nlp.layouts.stream import Entry, Stream
from ljuskoll.nlp.layouts.titles import Title, board_title, looks_like_title

NAME = "coloured"


@dataclass(frozen=True, slots=True)
class _Light:
    """A block that is a light (`title` None) or a title with its light in it."""

    index: int
    declared: Declared
    title: str | None = None


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of lists with lights among the entries that no other layout has used."""
    lights = [light for entry in stream.blocks() if entry.index in free and (light := _light(stream, entry))]
    lights = _without_columns(lights)
    before = _stand_before(stream, [light for light in lights if light.title is None], free)
    starts: list[Start] = []
    for light in lights:
        start = _start(stream, light, before, free)
        if start is not None and (not starts or start.first >= starts[-1].body):
            starts.append(start)
    return make_followups(stream, starts, NAME) if is_list(stream, starts) else Parsed(NAME)


def _light(stream: Stream, entry: Entry) -> _Light | None:
    block, scale = entry.block, stream.vocabulary.scale
    if block is None or scale.is_legend(block.text):
        return None
    declared = stream.declared(entry.index)
    if declared is not None:
        return None if is_label_value(stream, entry.index) else _Light(entry.index, declared)
    glued = scale.split_glued(block.text)
    if glued is not None and looks_like_title(glued[1]):
        return _Light(entry.index, *glued)
    drawn = stream.drawn(block.marks)
    if drawn is not None and looks_like_title(block.text):
        return _Light(entry.index, drawn, block.text)
    return None


def _without_columns(lights: list[_Light]) -> list[_Light]:
    """Lights without those that follow each other with no title between: a flattened column, which pairs with nothing.

    A light printed twice (an icon's alt text and its word) is one.
    """
    kept: list[_Light] = []
    for _, run in groupby(enumerate(lights), key=lambda pair: pair[1].index - pair[0]):
        bare = [light for _, light in run]
        if len(bare) > 1 and any(light.title is None for light in bare):
            is_doubled = len(bare) == 2 and bare[0].declared.colour == bare[1].declared.colour
            bare = bare[1:] if is_doubled else [light for light in bare if light.title is not None]
        kept += bare
    return kept


def _stand_before(stream: Stream, lights: list[_Light], free: frozenset[int]) -> bool:
    """Whether the lights stand before their titles rather than after them: the more title-like side decides.

    A tie goes to the side that leaves no title over at the list's end.
    """
    if not lights:
        return True
    after = sum(_titleness(stream, light.index + 1, free) for light in lights)
    above = sum(_titleness(stream, light.index - 1, free) for light in lights)
    if after != above:
        return after > above
    return _titleness(stream, lights[-1].index + 1, free) > 0


def _titleness(stream: Stream, index: int, free: frozenset[int]) -> float:
    """How much a block looks like a title of an assignment, from 0 to 3.5."""
    if index not in free or stream.entries[index].block is None:
        return 0
    text = stream.entries[index].text
    if not can_be_title(stream, text) or stream.declared(index) is not None or label_of(stream, index) is not None:
        return 0
    has_board = board_title(text, stream.vocabulary.boards) is not None
    return 1 + 2 * has_board + 0.5 * stream.is_heading(index)


def _start(stream: Stream, light: _Light, before: bool, free: frozenset[int]) -> Start | None:
    if light.title is not None:
        title = _title(stream, light.title)
        return Start(light.index, light.index + 1, title.text, title.boards, light.declared)
    at = light.index + 1 if before else light.index - 1
    if _titleness(stream, at, free) == 0:
        return None
    title = _title(stream, stream.entries[at].text)
    first, body = (light.index, at + 1) if before else (at, light.index + 1)
    return Start(first, body, title.text, title.boards, light.declared)


def _title(stream: Stream, text: str) -> Title:
    return board_title(text, stream.vocabulary.boards) or Title(text, ())
