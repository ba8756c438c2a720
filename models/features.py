"""What the judgement sees of a comment: cues and statements clause by clause, its words, the status that it states."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ljuskoll.models.clauses import Clause, Sentence, read_sentences
from ljuskoll.models.statements import DECIDING, statement_of
from ljuskoll.models.words import telling_words
from ljuskoll.nlp.followup import Outcome, Period, Phrase
from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.stages import known_year
from ljuskoll.nlp.language.status import find_status, main_phrase

_MOST_LEFT_OUT = 250
"""So many sentences are left out in turn at most ..."""
_BEFORE_CUT = 3
"""... a third of them from the start and the rest from the end, where conclusions stand."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The status that a phrase states; `start` is its offset into the comment, None where it stands elsewhere."""

    outcome: Outcome
    strength: int
    cue: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence with what is counted of it: names of what was seen there, what its clauses state, its words.

    `facts` are what its figures say, clause by clause; `about`: it mentions the title.
    """

    sentence: Sentence
    names: frozenset[str]
    statements: tuple[str, ...]
    words: frozenset[str]
    facts: tuple[str, ...]
    about: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A comment read sentence by sentence; `heading` is a status phrase that stands before it and not in it."""

    title: str
    parts: tuple[Part, ...]
    period: Period | None
    stated: Stated | None = None
    heading: tuple[Part, ...] = ()

    def without(self, index: int) -> "Reading":
        """The same without one sentence, and without the status that it states."""
        rest = self.parts[:index] + self.parts[index + 1 :]
        stated = None if self.states(self.parts[index].sentence) else self.stated
        return replace(self, parts=rest, stated=stated)

    def shortened(self) -> list["Reading"]:
        """The same without each of `left_out` in turn."""
        return [self.without(index) for index in self.left_out]

    @property
    def left_out(self) -> tuple[int, ...]:
        """Which sentences tell what they carry by being left out: of several each, of very many those at the ends."""
        many = range(len(self.parts) if len(self.parts) > 1 else 0)
        if len(many) <= _MOST_LEFT_OUT:
            return tuple(many)
        before = _MOST_LEFT_OUT // _BEFORE_CUT
        return (*many[:before], *many[before - _MOST_LEFT_OUT :])

    def states(self, sentence: Sentence) -> bool:
        """Whether the stated status stands in this sentence."""
        return bool(
            self.stated and self.stated.start is not None and sentence.start <= self.stated.start < sentence.end
        )


def read(comment: str, assignment: str = "", period: Period | None = None, phrase: Phrase | None = None) -> Reading:
    """Reads a comment; `phrase` is a status phrase already found, in it or elsewhere."""
    parts = tuple(map(_part, read_sentences(comment, assignment, period)))
    apart = phrase.text if phrase and phrase.start is None else ""
    heading = tuple(map(_part, read_sentences(apart, assignment, period))) if apart else ()
    return Reading(assignment, parts, period, _stated(comment, assignment, phrase, known_year(period)), heading)


def _part(sentence: Sentence) -> Part:
    statements = tuple(statement_of(clause) for clause in sentence.clauses)
    return Part(
        sentence,
        names=frozenset(_of_sentence(sentence, statements)),
        statements=statements,
        words=telling_words(sentence.tokens.text[sentence.start : sentence.end]),
        facts=tuple(fact for clause in sentence.clauses for fact in clause.facts),
        about=any(clause.about for clause in sentence.clauses),
    )


def _stated(comment: str, assignment: str, phrase: Phrase | None, year: int | None) -> Stated | None:
    """The main phrase with its strength; a phrase that only the caller knows is taken to be outright."""
    spans = find_status(comment, year=year, title=assignment)
    main = phrase or main_phrase(spans)
    if main is None:
        return None
    for span in spans:
        if span.start == main.start and span.outcome == main.outcome:
            return Stated(main.outcome, span.strength, span.cue, main.start)
    return Stated(main.outcome, OUTRIGHT, main.text, main.start)


def names_of(reading: Reading) -> set[str]:
    """Names of what was seen in the comment, each once."""
    parts = (*reading.heading, *reading.parts)
    names = set().union(*(part.names for part in parts))
    if parts:
        names.update(_of_statements(parts))
        names.update(_of_figures(parts))
    if reading.stated:
        names.update((f"stated:{reading.stated.outcome}", f"stated:{reading.stated.outcome}:{reading.stated.strength}"))
    return names


def _of_sentence(sentence: Sentence, statements: Sequence[str]) -> Iterator[str]:
    """Names of what its clauses hold and state, whatever stands around it."""
    for clause, statement in zip(sentence.clauses, statements, strict=True):
        kinds = kinds_of(clause)
        yield from kinds
        yield _sense(clause)
        yield "s:" + statement
        if clause.about:
            yield from ("title:" + kind for kind in kinds)
            yield "s.title:" + statement
        if "contrast" in clause.seen:
            yield "s.turn:" + statement


def kinds_of(clause: Clause) -> tuple[str, ...]:
    """Kinds of what was seen in a clause; cues that a denial reaches begin with "not_"."""
    cues = ["not_" + cue for cue in clause.cues] if clause.denied else clause.cues
    return (*cues, *clause.seen, *clause.facts)


def named_tags(sentence: Sentence) -> Iterator[tuple[str, Tag]]:
    """What was seen in a sentence, by the names that the judge knows it by."""
    for clause in sentence.clauses:
        kinds = frozenset(kinds_of(clause))
        tags = [tag for tag in sentence.tags if clause.first <= tag.first < clause.last]
        yield from ((tag.kind, tag) for tag in tags if tag.kind in kinds)
        yield from (("not_" + tag.kind, tag) for tag in tags if "not_" + tag.kind in kinds)


def _sense(clause: Clause) -> str:
    """Tense, denial and time of a clause in one word."""
    seen = clause.seen
    tense = ("F" if "forecast" in seen else "") + ("O" if "outcome" in seen else "")
    time = "N" if "next_year" in seen else "T" if "this_year" in seen else "E" if "earlier_year" in seen else ""
    return f"={tense}{'!' if clause.denied else ''}{time}"


def _of_statements(parts: Sequence[Part]) -> Iterator[str]:
    """Names of the statements that stand last or decide."""
    stated = [name for part in parts for name in part.statements]
    yield from ("s.last:" + name for name in parts[-1].statements)
    yield "s.end:" + stated[-1]
    deciding = [name for name in stated if name in DECIDING]
    yield "s.decides:" + (deciding[-1] if deciding else "")
    yield "s.begins:" + (deciding[0] if deciding else "")
    yield "s.turns:" + ">".join(deciding[-2:])
    yield from _of_subjects(parts)


def _of_subjects(parts: Sequence[Part]) -> Iterator[str]:
    """Names of what is stated in sentences that mention the title's thing, and in those that tell of another."""
    about = [part for part in parts if part.about]
    if about:
        yield from {"s.other:" + name for part in parts if not part.about for name in part.statements}
        deciding = [name for part in about for name in part.statements if name in DECIDING]
        yield "s.subject:" + (deciding[-1] if deciding else "")
        yield f"s.begins_about:{parts[0].about}"


def _of_figures(parts: Iterable[Part]) -> Iterator[str]:
    facts = [fact for part in parts for fact in part.facts]
    if facts:
        yield from (f"first_figure:{facts[0]}", f"last_figure:{facts[-1]}", f"figures:{'+'.join(sorted(set(facts)))}")


def words_of(reading: Reading) -> set[str]:
    """The telling words of the comment and its title."""
    return set(telling_words(reading.title)).union(*(part.words for part in (*reading.heading, *reading.parts)))
