"""Lists with a light on the line before or after each title, or as an icon in or glued to the title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from ljuskoll.nlp.followup import Declared, Kind
from ljuskoll.nlp.layouts.bodies import Start, is_label_value
from ljuskoll.nlp.layouts.body_ends import MAX_BODY
from ljuskoll.nlp.layouts.entries import Entry, ends_sentence
from ljuskoll.nlp.layouts.items import MIN_STARTS, Parsed, can_be_title, is_list, make_followups
from ljuskoll.nlp.layouts.siblings import with_siblings
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import Title, board_title, is_number, looks_like_title, without_full_stop
from ljuskoll.nlp.vocabulary.columns import kind_of

NAME = "coloured"
MIN_ALIKE = 3
"""So many doubtful lights of one colour make a list, where a heading says that follow-ups stand below it."""

_Doubt: TypeAlias = Literal["", "symbol", "beside", "words"]
"""Why a light can be something else: a check mark a bullet, a colour beside the title a part of it, a word a line."""


@dataclass(frozen=True, slots=True)
class _Light:
    """A block that is a light, alone or beside a board (`title` None), or a title with its light in it.

    `body` is the block after the title, where that has the light and not the title; `kind` what a tag beside it says,
    `boards` whose it is by words in its line.
    """

    index: int
    declared: Declared
    title: str | None = None
    doubt: _Doubt = ""
    body: int | None = None
    kind: Kind | None = None
    boards: tuple[str, ...] = ()


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of lists with lights among the entries that no other layout has used."""
    lights = [light for entry in stream.blocks() if entry.index in free and (light := _light(stream, entry))]
    sure = _without_columns(_without_doubtful(stream, lights))
    bare = [light for light in sure if light.title is None]
    before = _stand_before(stream, bare, free)
    signed = [light for light in sure if light.title is not None and light.declared.source == "symbol"]
    alike = [
        light
        for light in lights
        if light not in sure and (_stands_alike(stream, light, bare, before, free) or _is_signed_alike(light, signed))
    ]
    starts: list[Start] = []
    for light in sorted((*sure, *alike), key=lambda light: light.index):
        start = _start(stream, light, before, free)
        if start is not None and (not starts or start.first >= starts[-1].body):
            starts.append(start)
    if not is_list(stream, starts):
        return Parsed(NAME)
    return make_followups(stream, with_siblings(stream, starts, free), NAME)


def _light(stream: Stream, entry: Entry) -> _Light | None:
    block, scale = entry.block, stream.vocabulary.scale
    if block is None or stream.is_legend(entry.index) or stream.label(entry.index) is not None:
        return None
    declared = stream.declared(entry.index)
    if declared is not None:
        return None if is_label_value(stream, entry.index) else _Light(entry.index, declared)
    glued = scale.split_glued(block.text)
    if glued is not None and (said := scale.read(glued[1])) is not None and said.colour == glued[0].colour:
        return _Light(entry.index, glued[0].model_copy(update={"as_written": block.text}))
    if glued is not None and looks_like_title(glued[1]):
        return _Light(entry.index, *glued)
    drawn = stream.drawn(block.marks)
    if drawn is not None and _is_board(stream, entry.index):
        return _Light(entry.index, drawn)
    if drawn is not None and (tagged := _tagged(stream, block.text, drawn)) is not None:
        return _Light(entry.index, tagged[0], kind=tagged[1])
    if drawn is not None and looks_like_title(block.text):
        return _Light(entry.index, drawn, _without_word(stream, block.text, drawn))
    leading = scale.split_leading(block.text)
    if leading is not None and _is_below_line(stream, entry.index):
        return _Light(entry.index - 1, leading[0], stream.entries[entry.index - 1].text, "beside", entry.index)
    if drawn is not None and ends_sentence(block.text) and _is_below_title(stream, entry.index):
        title = without_full_stop(stream.entries[entry.index - 1].text)
        return _Light(entry.index - 1, drawn, title, "beside", entry.index)
    return _doubtful(stream, entry)


def _tagged(stream: Stream, text: str, drawn: Declared) -> tuple[Declared, Kind] | None:
    """The light and the kind of a line that is a tag with its light, and perhaps its word ("Indikator ● Nås")."""
    first, _, after = text.partition(" ")
    before, _, last = text.rpartition(" ")
    for tag, words in ((first, after), (last, before)):
        kind = kind_of(tag)
        if kind is not None and not words:
            return drawn, kind
        if kind is not None and (said := stream.vocabulary.scale.read(words)) and said.colour == drawn.colour:
            return drawn.model_copy(update={"as_written": said.as_written}), kind
    return None


def _without_word(stream: Stream, title: str, drawn: Declared) -> str:
    """A title without the words that say in writing what its drawn light says: at its end, or on the light itself."""
    rest = title.removeprefix(f"{drawn.as_written} ")
    if rest != title and can_be_title(stream, rest):
        return rest
    split = stream.vocabulary.scale.split_words(title)
    is_same = split is not None and split[0].colour == drawn.colour and can_be_title(stream, split[1])
    return split[1] if split is not None and is_same else title


def _is_below_line(stream: Stream, index: int) -> bool:
    """Whether a text that begins with a colour stands right below a line that can be its title."""
    above = stream.entries[index - 1].block if index else None
    if above is None or above.kind == "item" or stream.label(index - 1) is not None or _is_board(stream, index - 1):
        return False
    return stream.drawn(above.marks) is None and can_be_title(stream, above.text)


def _is_below_title(stream: Stream, index: int) -> bool:
    """Whether a text stands right below a marked heading that is a title and has no light of its own."""
    above = stream.entries[index - 1].block if index else None
    if above is None or above.kind != "heading" or stream.drawn(above.marks) is not None:
        return False
    return can_be_title(stream, without_full_stop(above.text)) and stream.board_heading(index - 1) is None


def _doubtful(stream: Stream, entry: Entry) -> _Light | None:
    """A light that counts only where several of its sort differ from each other."""
    scale, text = stream.vocabulary.scale, entry.text
    beside = scale.split_words(text)
    splits: tuple[tuple[_Doubt, tuple[Declared, str] | None], ...] = (
        ("symbol", scale.split_symbol(text)),
        ("beside", scale.split_beside(text) or beside),
    )
    if beside is not None and (boards := stream.vocabulary.boards.split(beside[1])):
        return _Light(entry.index, beside[0], None, "words", boards=boards)
    for doubt, split in splits:
        if split is not None and can_be_title(stream, split[1]):
            return _Light(entry.index, split[0], split[1], doubt)
    if scale.is_sign(text) and (sign := scale.read(text)) is not None:
        return _Light(entry.index, sign, None, "symbol")
    words = scale.read(text) if not ends_sentence(text) and len(text) > 1 else None
    return _Light(entry.index, words, None, "words") if words is not None else None


def _without_doubtful(stream: Stream, lights: Sequence[_Light]) -> list[_Light]:
    """The lights without doubtful ones of a sort that are all alike, or that no heading calls a follow-up."""
    kept: set[_Doubt] = {""}
    for doubt, found in groupby(sorted(lights, key=lambda light: light.doubt), key=lambda light: light.doubt):
        of_sort = list(found)
        colours = {light.declared.colour for light in of_sort}
        is_said = stream.says_followup(of_sort[0].index)
        differs = len(colours) > 1 and (is_said or doubt != "words")
        if doubt and (differs or (is_said and len(of_sort) >= MIN_ALIKE and doubt != "symbol")):
            kept.add(doubt)
    return [light for light in lights if light.doubt in kept]


def _without_columns(lights: list[_Light]) -> list[_Light]:
    """Lights without those that follow each other with no title between: a flattened column, which pairs with nothing.

    A light printed twice (an icon's alt text and its word) is one.
    """
    kept: list[_Light] = []
    for bare in _adjacent(lights):
        if len(bare) > 1 and any(light.title is None for light in bare):
            is_doubled = len(bare) == 2 and bare[0].declared.colour == bare[1].declared.colour
            bare = bare[1:] if is_doubled else [light for light in bare if light.title is not None]
        kept += bare
    return kept


def _adjacent(lights: Sequence[_Light]) -> Iterator[list[_Light]]:
    """The lights in runs of neighbouring blocks."""
    for _, run in groupby(enumerate(lights), key=lambda pair: pair[1].index - pair[0]):
        yield [light for _, light in run]


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


def _stands_alike(stream: Stream, light: _Light, bare: list[_Light], before: bool, free: frozenset[int]) -> bool:
    """Whether a status in words, or a sign, stands by a title as the list's lights do ("Ej mätbart" among colours)."""
    if light.title is not None or len(bare) < MIN_STARTS:
        return False
    is_near = bare[0].index - MAX_BODY <= light.index <= bare[-1].index + MAX_BODY
    return is_near and _titleness(stream, light.index + (1 if before else -1), free) > 0


def _is_signed_alike(light: _Light, signed: list[_Light]) -> bool:
    """Whether a title has a sign without a light beside it ("⚪ Bygg en bro") where others have signs with one."""
    is_near = len(signed) >= MIN_STARTS and signed[0].index - MAX_BODY <= light.index <= signed[-1].index + MAX_BODY
    return light.title is not None and light.doubt == "symbol" and light.declared.colour is None and is_near


def _titleness(stream: Stream, index: int, free: frozenset[int]) -> float:
    """How much a block looks like a title of an assignment, from 0 to 3.5."""
    if index not in free or stream.entries[index].block is None:
        return 0
    text = stream.entries[index].text
    if is_number(text):
        return _titleness(stream, index + 1, free)
    if not can_be_title(stream, text) or stream.declared(index) is not None or stream.label(index) is not None:
        return 0
    if _is_board(stream, index):
        return 0
    has_board = board_title(text, stream.vocabulary.boards) is not None
    return 1 + 2 * has_board + 0.5 * stream.is_heading(index)


def _start(stream: Stream, light: _Light, before: bool, free: frozenset[int]) -> Start | None:
    if light.title is not None:
        title = _title(stream, light.title)
        if light.body is None:
            return Start(light.index, light.index + 1, title.text, title.boards, light.declared)
        is_written = stream.vocabulary.scale.split_leading(stream.entries[light.body].text) is not None
        # A colour that opens the comment is taken off it where the comment is read.
        return Start(light.index, light.body, title.text, title.boards, None if is_written else light.declared)
    step = 1 if before else -1
    at = light.index + step
    beside = light.index
    if at in free and _is_board(stream, at):
        at, beside = at + step, at
    if _titleness(stream, at, free) == 0:
        return None
    title = _title(stream, stream.entries[at].text)
    boards = title.boards or light.boards or stream.vocabulary.boards.split(stream.text(beside))
    first, body = (light.index, at + 1) if before else (at, light.index + 1)
    return Start(first, body, title.text, boards, light.declared, light.kind)


def _is_board(stream: Stream, index: int) -> bool:
    return stream.vocabulary.boards.resolve(stream.text(index)) is not None


def _title(stream: Stream, text: str) -> Title:
    return board_title(text, stream.vocabulary.boards) or Title(text, ())
