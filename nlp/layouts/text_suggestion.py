"""A best guess at the `[layout]` for running text: what its labels hold, and how its titles are told."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts import stated
from ljuskoll.nlp.layouts.cells import flat
from ljuskoll.nlp.layouts.profiles import Profile, profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.suggestion import MAX_GRADE, Guess, Suggestion, guess_holdings, named, unknown_grades
from ljuskoll.nlp.vocabulary.columns import Columns, Position
from ljuskoll.nlp.vocabulary.scale_tables import Light

MIN_TIMES = 2
"""A label or a grade comes so often at least."""
MIN_RECORDS = 2
MAX_TITLE_WORDS = 5
"""So many words are tried as what titles begin with."""
_LABEL = re.compile(r"(?P<label>[^:.]{2,45}?)(?:\s+\d+)?:\s*(?P<value>\S.*)?", re.DOTALL)
_Score = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels that come again, with the values and the profile of each."""

    values: dict[str, list[str]]
    profiles: tuple[Profile, ...]
    guesses: tuple[Guess, ...]

    def holding(self, holds: str) -> list[str]:
        return [guess.heading for guess in self.guesses if guess.holds == holds]


def suggest_for_text(stream: Stream) -> Suggestion:
    """The guess for text outside of tables: of all ways to tell titles the one that reads most."""
    labels = _read_labels(stream)
    grades = Counter(
        unknown_grades(stream, [text for name in labels.holding("status") for text in labels.values[name]])
    )
    lines = _repeated(stream)
    grades += lines
    rules = [*labels.holding("assignment"), *(line for line, _ in lines.most_common())][:MAX_TITLE_WORDS]
    rules += ["heading", *_levels(stream), "numbered", "item"]
    scores = [_score(stream, labels.guesses, grades, rule, None) for rule in rules]
    best = max(range(len(rules)), key=lambda number: (scores[number], -number))
    title = rules[best]
    if scores[best][0] < MIN_RECORDS:
        return Suggestion(labels.guesses if labels.values else (), grades=named(grades) if labels.values else ())
    positions: tuple[Position, ...] = ("before", "after")
    boards = {position: _score(stream, labels.guesses, grades, title, position) for position in positions}
    position = max(positions, key=lambda each: boards[each])
    grades.pop(title, None)
    told = tuple(guess for guess in labels.guesses if guess.heading != title)
    return Suggestion(told, title, position if boards[position] > scores[best] else None, named(grades))


def looks_labelled(stream: Stream) -> bool:
    """Whether labels that come again and again hold titles, long texts, and boards or few repeated words."""
    labels = _read_labels(stream)
    often = [column for column in labels.profiles if column.written >= MIN_TIMES + 1]
    has_comments = any(column.holds_comments for column in often)
    return has_comments and any(column.holds_boards or column.holds_lights or column.holds_grades for column in often)


def _levels(stream: Stream) -> list[str]:
    levels = {entry.block.level for entry in stream.blocks() if entry.block is not None and entry.block.level}
    return [f"heading {level}" for level in sorted(levels)]


def _score(
    stream: Stream, guesses: Sequence[Guess], grades: Counter[str], title: str, board: Position | None
) -> _Score:
    """How well titles told in one way read the text: records with a status, less titles that gave none; boards."""
    layout = {guess.heading: guess.holds for guess in guesses if guess.holds is not None and guess.heading != title}
    options = {"title": title, **({"board": board} if board else {})}
    lights: dict[str, Light] = dict.fromkeys((grade.casefold() for grade in grades if grade != title), "none")
    scale = stream.vocabulary.scale.taught(lights)
    vocabulary = replace(stream.vocabulary, columns=Columns.default({**layout, **options}), scale=scale)
    trial = Stream(stream.document, vocabulary)
    parsed = stated.parse(trial, frozenset(entry.index for entry in trial.blocks()))
    lost = len(stated.stated_titles(trial)) - len(parsed.followups)
    told = sum(followup.declared is not None for followup in parsed.followups)
    boards = sum(bool(followup.boards) for followup in parsed.followups)
    return told + len(parsed.followups) - 2 * lost, boards


def _read_labels(stream: Stream) -> _Labels:
    """Words before a colon that come again, each with what stands behind it or in the block below."""
    found: dict[str, list[str]] = {}
    for entry in stream.blocks():
        match = _LABEL.fullmatch(entry.text)
        if match is not None:
            below = stream.entries[entry.index + 1].text if entry.index + 1 < len(stream.entries) else ""
            found.setdefault(flat(match["label"]), []).append(flat(match["value"] or below))
    values = {label: texts for label, texts in found.items() if len(texts) >= MIN_TIMES}
    profiles = tuple(_profile(stream, label, texts) for label, texts in values.items())
    return _Labels(values, profiles, tuple(_guesses(stream, values, profiles)))


def _profile(stream: Stream, label: str, values: Sequence[str]) -> Profile:
    return profile(stream, [(Cell(label), Cell(value)) for value in values], 1)


def _guesses(stream: Stream, values: dict[str, list[str]], profiles: Sequence[Profile]) -> Iterator[Guess]:
    """What each label holds, by its words, else by its values."""
    known = {
        i: column for i, label in enumerate(values) if (column := stream.vocabulary.columns.label(label)) is not None
    }
    held = guess_holdings(known, profiles)
    for index, (label, texts) in enumerate(values.items()):
        yield Guess(label, held.get(index), texts[0])


def _repeated(stream: Stream) -> Counter[str]:
    """Short lines that come again and again, perhaps the grades of a scale, and others that begin as they do."""
    lines = Counter(flat(entry.text) for entry in stream.blocks() if _can_be_grade(stream, entry.text))
    again = [line for line, times in lines.items() if times >= MIN_TIMES]
    series = {(line.split()[0], len(line.split())) for line in again if " " in line}
    return Counter(
        {line: n for line, n in lines.items() if line in again or (line.split()[0], len(line.split())) in series}
    )


def _can_be_grade(stream: Stream, text: str) -> bool:
    """Whether a line is short, of words, and none that we know."""
    if not 0 < len(text) <= MAX_GRADE or ":" in text or not text[0].isalpha() or text.endswith("."):
        return False
    vocabulary = stream.vocabulary
    is_known = vocabulary.boards.split(text) or vocabulary.columns.read(text) or vocabulary.scale.shown(text)
    return not is_known
