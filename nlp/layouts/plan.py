"""Plans: units with assignment, offer, goals, key figures and competence needs; numbered goals with indicators.

Works on running text, since plans often come as transcripts in which every line break is lost.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.followup import Place, PlanItem, PlanSection
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.words import load

NAME = "plan"
MIN_UNITS = 2
MIN_SECTIONS = 3
"""A plan has at least two units and three kinds of sections; less is any text with a few labels."""
MAX_UNIT = 60
MAX_YEARS = 15
"""No plan is for longer."""
NOT_PAIRED = "Källan har plattat ut en tabell: mål, nyckeltal och målnivå går inte att para ihop."

_UNIT_WORDS = re.compile(r"[A-ZÅÄÖ][\w/&-]*(?: [a-zåäö&][\w/-]*)*\s*")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÅÄÖ]")
_NUMBER = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]\s+")
_SPLITS = (_NUMBER, re.compile(r"(?:^|(?<=\s))([a-h])\)\s+"), re.compile(r"(?:^|(?<=\s))([-–•])\s+"))
_YEARS = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?(?![\d-])")
_LEAD = re.compile(r"^\d{4}-\d{2}-\d{2}\s+")


@dataclass(frozen=True, slots=True)
class _Label:
    section: PlanSection
    start: int
    end: int
    opens: bool


def _data() -> dict[str, Any]:
    return load("plan_labels.toml")


@cache
def _labels() -> tuple[dict[str, PlanSection], re.Pattern[str]]:
    sections: dict[str, PlanSection] = {word: name for name, words in _data()["sections"].items() for word in words}
    words = "|".join(sorted(map(re.escape, sections), key=len, reverse=True))
    bare = "|".join(map(re.escape, _data()["words"]["bare"]))
    capital = r"(?=[A-ZÅÄÖ])"
    ending = r"(?: \d{4}(?:-\d{4})?| [a-zåäö]+ [a-zåäö]+)?\s*(?::|(?=\n)|(?<=\d)(?= -))"
    pattern = (
        rf"(?<![\w-]){capital}(?:(?P<label>(?i:{words})){ending}"
        rf"|(?P<bare>(?i:{bare}))\s+{capital})"
    )
    return sections, re.compile(pattern)


class _Text:
    """The running text of a document with the page and place of every character."""

    def __init__(self, stream: Stream) -> None:
        parts: list[str] = []
        self.offsets: list[int] = []
        self.blocks: list[tuple[int, Block]] = []
        length, page = 0, 0
        for entry in stream.blocks():
            assert entry.block is not None
            joiner = "" if not parts else " " if entry.page != page else "\n"
            page = entry.page
            parts.append(joiner + entry.text)
            self.offsets.append(length + len(joiner))
            self.blocks.append((entry.page, entry.block))
            length += len(joiner) + len(entry.text)
        self.text = "".join(parts)

    def places(self, start: int) -> tuple[Place, ...]:
        """The place of the block in which the character at `start` stands."""
        page, block = self.blocks[max(0, bisect_right(self.offsets, start) - 1)]
        return tuple(Place.of(place) for place in block.places) or (Place(page=page),)


def parse(stream: Stream) -> tuple[PlanItem, ...]:
    """The lines of a plan; none where the document is no plan."""
    text = _Text(stream)
    labels = list(_find_labels(text.text))
    units = [label for label in labels if label.opens]
    if len(units) < MIN_UNITS or len({label.section for label in labels}) < MIN_SECTIONS:
        return ()
    owner = _LEAD.sub("", text.text[: text.offsets[1] if len(text.offsets) > 1 else MAX_UNIT].strip()) or "Planen"
    special_end = _unit(text.text, units[0].start)[1]
    years = _years(owner)
    items = (*_special_goals(text, owner, special_end), *_unit_items(text, labels))
    return tuple(item.model_copy(update={"years": years}) for item in items)


def _years(title: str) -> tuple[int, ...]:
    """The years that a plan's title names: "2032", or all of "2015-2017"."""
    found = _YEARS.search(title)
    if found is None:
        return ()
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(range(first, last + 1)) if first <= last < first + MAX_YEARS else (first,)


def _find_labels(text: str) -> Iterator[_Label]:
    sections, pattern = _labels()
    opening = _data()["words"]["opening"]
    for match in pattern.finditer(text):
        word = (match["label"] or match["bare"]).lower()
        yield _Label(sections[word], match.start(), match.end(), word in opening)


def _unit(text: str, before: int) -> tuple[str, int]:
    """The unit's name that ends right before a label, and where it starts: from the last capital, on the same line."""
    begin = max(0, before - MAX_UNIT, text.rfind("\n", 0, max(before - 1, 0)) + 1)
    for match in reversed(list(_CAPITAL.finditer(text, begin, before))):
        if _UNIT_WORDS.fullmatch(text, match.start(), before):
            return text[match.start() : before].strip(), match.start()
    return "", before


def _special_goals(text: _Text, owner: str, end: int) -> Iterator[PlanItem]:
    """Goals numbered "Mål 1: ...", each with its numbered indicators and their targets, up to `end`."""
    words = _data()["words"]
    heading = re.compile(rf"(?<!\w)(?i:{words['goal']}) (\d{{1,2}})\s*:\s*")
    found = list(heading.finditer(text.text, 0, end))
    for position, match in enumerate(found):
        limit = found[position + 1].start() if position + 1 < len(found) else end
        title_end = re.compile(rf"\s*(?i:{words['indicators']})\s*:?\s+", re.ASCII).search(
            text.text, match.end(), limit
        )
        stop = title_end.start() if title_end else limit
        title = _squeezed(text.text[match.end() : stop])
        number = match.group(1)
        yield PlanItem(unit=owner, section="goal", number=number, text=title, places=text.places(match.start()))
        if title_end:
            yield from _indicators(text, owner, number, title_end.end(), limit)


def _indicators(text: _Text, owner: str, goal: str, start: int, end: int) -> Iterator[PlanItem]:
    target_word = re.compile(rf"(?<!\w)(?i:{_data()['words']['target']})\s*:\s*")
    for number, begin, stop in _numbered(text.text, start, end):
        target = target_word.search(text.text, begin, stop)
        wording = text.text[begin : target.start() if target else stop]
        aim = _squeezed(text.text[target.end() : stop]) if target else ""
        yield PlanItem(
            unit=owner,
            section="indicator",
            number=number,
            goal=goal,
            text=_squeezed(wording),
            target=_without_heading(aim) or None,
            places=text.places(begin),
        )


def _numbered(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The parts of a list numbered 1, 2, 3 ...: number, start and end of each; other numbers are text."""
    starts: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text, start, end):
        if int(match.group(1)) == len(starts) + 1:
            starts.append((match.start(), match.end()))
    for position, (_, begin) in enumerate(starts):
        yield str(position + 1), begin, starts[position + 1][0] if position + 1 < len(starts) else end


def _without_heading(target: str) -> str:
    """A target without the chapter heading that a flattened source lets follow it."""
    words = "|".join(word for names in _data()["sections"].values() for word in names)
    found = list(re.finditer(rf"(?<![.:])\s(?=[A-ZÅÄÖ][^.]*\b(?i:{words})\b)", target))
    return target[: found[-1].start()].strip() if found else target


def _unit_items(text: _Text, labels: list[_Label]) -> Iterator[PlanItem]:
    unit = ""
    ends: dict[int, int] = {}
    names: dict[int, str] = {}
    for position, label in enumerate(labels):
        if label.opens:
            name, start = _unit(text.text, label.start)
            names[position] = name
            ends[position - 1] = start
    for position, label in enumerate(labels):
        unit = names.get(position) or unit
        if not unit:
            continue
        limit = labels[position + 1].start if position + 1 < len(labels) else len(text.text)
        yield from _section(text, unit, label.section, label.end, min(limit, ends.get(position, limit)))


def _section(text: _Text, unit: str, section: PlanSection, start: int, end: int) -> Iterator[PlanItem]:
    flattened = _flattened(text.text, start, end)
    for number, begin, stop in _parts(text.text, start, flattened[0]):
        wording = _squeezed(text.text[begin:stop])
        if wording:
            yield PlanItem(unit=unit, section=section, number=number, text=wording, places=text.places(begin))
    wording = _squeezed(text.text[flattened[1] : end])
    if wording:
        places = text.places(flattened[1] + 1)
        yield PlanItem(unit=unit, section="goal", text=wording, note=NOT_PAIRED, places=places)


def _flattened(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a flattened table's column headings start and end within a section; (end, end) where there is none."""
    lowered = text[start:end].lower()
    found = [(at, header) for header in _data()["words"]["flattened_headers"] if (at := lowered.find(header)) >= 0]
    if not found:
        return end, end
    at, header = min(found)
    return start + at, start + at + len(header)


def _parts(text: str, start: int, end: int) -> list[tuple[str | None, int, int]]:
    """A section's list items (numbered, lettered or with bullets), or the section whole."""
    for pattern in _SPLITS:
        marks = list(pattern.finditer(text, start, end))
        if len(marks) >= 2 or (marks and not text[start : marks[0].start()].strip()):
            lead: list[tuple[str | None, int, int]] = [(None, start, marks[0].start())]
            stops = [*(mark.start() for mark in marks[1:]), end]
            named = [
                (mark.group(1) if mark.group(1).isalnum() else None, mark.end(), stop)
                for mark, stop in zip(marks, stops, strict=True)
            ]
            return lead + named
    return [(None, a, b) for a, b in _lines(text, start, end)]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for line in text[start:end].split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _squeezed(text: str) -> str:
    return " ".join(text.split())
