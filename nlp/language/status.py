"""Status phrases: sentences in a follow-up comment that state outright how the assignment or goal itself stands.

A sentence is tagged with the phrases of `status_phrases.toml` and split into clauses; each clause that is a
statement (no condition, purpose or cause) and has the assignment or goal as its subject is read by `verdict`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from ljuskoll.nlp.followup import Outcome, Phrase
from ljuskoll.nlp.language.clauses import has_kind
from ljuskoll.nlp.language.phrases import Lexicon, Tokens, tokenise
from ljuskoll.nlp.language.reading import OUTRIGHT, STATING, Reading, read_clauses
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.titled import with_titled

_OUTCOMES: dict[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A status sentence: text[start:end] of the comment, its outcome, and the words that decided it.

    `strength` 2: names the assignment or goal, or is a bare status ("Ej påbörjat."); 1: "arbetet", "projektet",
    or merely begun or going on, with nothing on how it will end.
    """

    start: int
    end: int
    text: str
    outcome: Outcome
    cue: str
    strength: int


def find_status(
    text: str, extra: Mapping[str, str] | None = None, year: int | None = None, title: str = ""
) -> tuple[StatusSpan, ...]:
    """The status sentences of a comment, in order.

    `title` is the assignment's: what it names ("kartläggningen" of "Kartlägga ...") is the whole. `extra` maps a user's
    own phrases to outcomes; they are taken literally and come before our own rules. `year` is the report's: without it
    a forecast that names a year is taken to mean a later one. KeyError: an outcome that is none.
    """
    own = {tuple(tokenise(key).words): _OUTCOMES[value] for key, value in (extra or {}).items()}
    found = []
    for number, (start, end) in enumerate(split_sentences(text)):
        if text[start:end].endswith("?"):
            continue
        tokens = tokenise(text, start, end)
        reading = _own_reading(tokens, own) or _read(tokens, number == 0, year, title)
        if reading:
            cue = text[tokens.spans[reading.first][0] : tokens.spans[reading.last - 1][1]]
            found.append(StatusSpan(start, end, text[start:end], reading.outcome, cue, reading.strength))
    return tuple(found)


def says_outright(text: str, extra: Mapping[str, str] | None = None) -> bool:
    """Whether a text holds a status sentence that is outright; `extra` as for `find_status`."""
    return any(span.strength >= OUTRIGHT for span in find_status(text, extra))


def opens_outright(text: str, extra: Mapping[str, str] | None = None) -> bool:
    """Whether a text begins with such a sentence."""
    first = next(iter(find_status(text, extra)), None)
    return first is not None and first.start == 0 and first.strength >= OUTRIGHT


def main_phrase(spans: Sequence[StatusSpan]) -> Phrase | None:
    """The status sentence of a comment: the first of the strongest.

    A later one that is as strong and says something else wins if it turns the verdict ("Uppdraget bedöms dock inte
    bli klart"): by a turning word, or by beginning with a contrast. Without such a word the first stands, since
    one paragraph may speak of several assignments.
    """
    if not spans:
        return None
    strongest = max(span.strength for span in spans)
    chosen: StatusSpan | None = None
    for span in spans:
        if span.strength == strongest and (chosen is None or (span.outcome != chosen.outcome and _turns(span.text))):
            chosen = span
    assert chosen is not None
    return Phrase(text=chosen.text, outcome=chosen.outcome, start=chosen.start, end=chosen.end)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, "status_phrases.toml")


@cache
def _stating() -> Lexicon:
    """The phrases without which no sentence after the first states anything: looked for first, most have none."""
    phrases = _lexicon().phrases.items()
    return Lexicon({kind: some for kind, some in phrases if kind.partition(".")[0] in STATING})


def _read(tokens: Tokens, opening: bool, year: int | None, title: str) -> Reading | None:
    if not opening and not _stating().find(tokens):
        return None
    tags = _lexicon().tag(tokens)
    return _resolve(read_clauses(with_titled(tags, tokens, title) if title else tags, tokens, opening, year))


def _turns(sentence: str) -> bool:
    tags = _lexicon().tag(tokenise(sentence))
    return any(has_kind(tag, "turn") for tag in tags) or any(has_kind(tag, "opener.but") for tag in tags[:1])


def _own_reading(tokens: Tokens, own: Mapping[tuple[str, ...], Outcome]) -> Reading | None:
    words = tuple(tokens.words)
    for phrase, outcome in own.items():
        for first in range(len(words) - len(phrase) + 1):
            if phrase and words[first : first + len(phrase)] == phrase:
                return Reading(outcome, 2, first, first + len(phrase))
    return None


def _resolve(readings: Sequence[Reading]) -> Reading | None:
    """One reading of a sentence: the strongest; among equals a later one that contrasts or goes on about the same."""
    best: Reading | None = None
    for reading in readings:
        if best is None or reading.strength > best.strength or _overturns(best, reading):
            halfway = best is not None and reading.outcome == "off_track" and _is_halfway(best, reading)
            best = replace(reading, outcome="partial") if halfway and reading.resumes else reading
    return best


def _is_halfway(best: Reading, later: Reading) -> bool:
    """Whether "but not" makes a half of what was said to be done, or to be under way."""
    return best.outcome == "completed" or (best.outcome == "on_track" and best.told and later.told)


def _overturns(best: Reading, later: Reading) -> bool:
    """Whether a later clause turns the verdict; what is dropped, or done in part, is no later "not done".

    What is done and "will not be followed up" is done; what has not begun, "but will in June", has not begun.
    """
    if later.strength < best.strength or not later.follows:
        return False
    if (best.outcome, later.outcome) in (("completed", "unclear"), ("not_started", "on_track")):
        return False
    return not (best.outcome in ("partial", "cancelled") and later.outcome == "off_track")
