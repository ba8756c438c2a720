"""Sentences that count assignments by status: "tre uppdrag blev inte genomförda", "hälften av uppdragen är gröna".

Every token gets a letter for its part in the sentence, and claims are patterns of these letters: a word that is
not in `claims.toml` has no part, so that a sentence with anything unknown between its number and its status is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from ljuskoll.nlp.followup import Colour, Kind, Outcome
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences

MAX_COUNT = 999
"""A larger figure is a year or an amount."""
ALONE: Kind = "assignment"
"""What "andel gröna: 60 procent" is taken to count."""

_LETTERS = {
    "number": "N",
    "share": "Q",
    "noun": "K",
    "every": "E",
    "of": "A",
    "verb": "V",
    "forecast": "F",
    "negation": "X",
    "part": "P",
    "status": "S",
    "colour": "C",
    "unjudged": "U",
    "filler": "f",
    "narrowing": "r",
    "rough": "~",
    "except": "x",
    "joint": "j",
    "opening": "(",
    "closing": ")",
    "then": "t",
    "blocking": "!",
    "proportion": "a",
    "tally": "n",
    "amounting": "u",
    "compared": "c",
}
_COUNT = r"(?P<rough>~(?=Q))?(?P<count>[NQ])"
_PREDICATE = r"(?P<verbs>[VFXPf]*)(?P<all>E?)f*(?P<status>[SCU])(?P<after>X?)f*(?=[j)(t]|$)"
_COUNTED = re.compile(
    rf"(?:^|(?<=[j(]))(?P<lead>[VFf]*)r*(?P<every>E?)[fr]*{_COUNT}f*"
    rf"(?:A[fr]*(?:(?P<population>N)[fr]*)?)?(?P<noun>K){_PREDICATE}"
)
_OUT_OF = re.compile(
    rf"(?:^|(?<=[j(]))f*A[fr]*(?:(?P<population>N)[fr]*)?(?P<noun>K)(?P<lead>f*[VF][VFf]*){_COUNT}{_PREDICATE}"
)
_MORE = r"(?=j+f*N(?:A?[fr]*K)?[VFXPf]*[SCU])"
_TOTAL_FIRST = re.compile(rf"(?P<population>N)[fr]*(?P<noun>K)[Vf]*[j(]*f*(?P<lead>){_COUNT}{_PREDICATE}{_MORE}")
_TOTAL_NEXT = re.compile(rf"(?P<noun>K)f*V[Vf]*(?P<population>N)f*[j(]+f*(?P<lead>){_COUNT}{_PREDICATE}{_MORE}")
_ALL_OF_TOTAL = re.compile(
    rf"(?P<rough>(?!))?(?P<count>N)(?P<population>(?!))?[fr]*(?P<noun>K)[Vf]*[j(]+f*(?P<lead>)(?P<every>E){_PREDICATE}"
)
_NONE = r"(?P<population>(?!))?(?P<all>(?!))?"
_COUNTED_THING = r"(?P<verbs>P?)f*(?P<status>[SC])(?P<after>)f*(?P<noun>K)"
_TOLD_AS = r"[Vuf(]*(?P<rough>~)?(?P<count>Q)f*(?=[j)(tc]|$)"
_PROPORTION = re.compile(rf"(?:^|(?<=[j(]))(?P<lead>[Vf]*)a{_NONE}f*{_COUNTED_THING}{_TOLD_AS}")
_PROPORTION_THAT = re.compile(
    rf"(?:^|(?<=[j(]))(?P<lead>[Vf]*)a{_NONE}f*(?P<noun>K)f+Vf*(?P<verbs>P?)(?P<status>[SC])(?P<after>){_TOLD_AS}"
)
_PROPORTION_ALONE = re.compile(
    rf"^(?P<lead>)a{_NONE}(?P<verbs>P?)(?P<status>[SC])(?P<after>)(?P<noun>)\((?P<rough>~)?(?P<count>Q)$"
)
_TALLY = re.compile(
    rf"^(?P<lead>)(?P<all>(?!))?n{_COUNTED_THING}[Vu(](?P<rough>(?!))?(?P<count>N)(?:A(?P<population>N))?$"
)
_PATTERNS = (
    *(_COUNTED, _OUT_OF, _TOTAL_FIRST, _TOTAL_NEXT, _ALL_OF_TOTAL),
    *(_PROPORTION, _PROPORTION_THAT, _PROPORTION_ALONE, _TALLY),
)
_STATUS_FIRST = re.compile(r"[VFf(]*(?P<counts>Nf*Cf*(?:Kf*)?(?:j+f*Nf*Cf*(?:Kf*)?)+)")
_CARRIED_ON = re.compile(rf"j+f*{_COUNT}(?:A?[fr]*(?P<noun>K))?{_PREDICATE}")
_MARKS = (",", "–")
_INSERTABLE = re.compile(r"[^KSCUQ!x(]+")
"""What may be set in between marks after a verb: nothing that is counted, or that leaves out of the count."""

_COLOURS: tuple[Colour, ...] = get_args(Colour)


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """One count by status in the sentence text[start:end]; `population` is the total that the sentence names.

    Either `outcomes` or `colours` says what is counted; a share is counted in per cent, and may be a rough one.
    """

    start: int
    end: int
    text: str
    count: int
    population: int | None
    outcomes: tuple[Outcome, ...]
    colours: tuple[Colour, ...]
    kind: Kind
    is_share: bool = False
    is_rough: bool = False


def find_claims(text: str) -> tuple[ClaimSpan, ...]:
    """All claims in the text, in order; several from one sentence share its offsets."""
    return tuple(claim for start, end in split_sentences(text) for claim in _claims(text, start, end))


def names_what_it_counts(text: str) -> bool:
    """Whether a claim's sentence says what is counted: not in "andel gröna: 60 procent"."""
    return any(tag.kind.startswith("noun.") for tag in _lexicon().find(tokenise(text)))


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("ljuskoll.nlp.language", "claims.toml")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's tags and their letters, one for each."""

    tokens: Tokens
    tags: Sequence[Tag]
    letters: str

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "_Sentence":
        tokens = tokenise(text, start, end)
        tags = _without_insertions(_lexicon().tag(tokens), tokens)
        return cls(tokens, tags, "".join(_letter(tag, tokens) for tag in tags))

    def value(self, index: int) -> int:
        """The number that the tag stands for."""
        name = _name(self.tags[index])
        return int(name if name.isdecimal() else self.tokens.words[self.tags[index].first])

    def name(self, index: int) -> str:
        """The tag's own name within its part, such as "goal" for a noun."""
        return _name(self.tags[index])


def _without_insertions(tags: Sequence[Tag], tokens: Tokens) -> list[Tag]:
    """The tags but for what is set in between two commas or dashes after a verb: "är, trots kylan, fyra gröna"."""
    kept: list[Tag] = []
    place = 0
    while place < len(tags):
        follows_verb = bool(kept) and _letter(kept[-1], tokens) in "VF"
        end = _insertion_end(tags, tokens, place) if follows_verb else None
        if end is None:
            kept.append(tags[place])
        place = place + 1 if end is None else end
    return kept


def _insertion_end(tags: Sequence[Tag], tokens: Tokens, place: int) -> int | None:
    """The place after the mark that closes the insertion which the mark at `place` opens; None where none does."""
    mark = tokens.words[tags[place].first]
    closing = (at for at in range(place + 2, len(tags) - 1) if tokens.words[tags[at].first] == mark)
    end = next(closing, None) if mark in _MARKS else None
    if end is None:
        return None
    letters = "".join(_letter(tag, tokens) for tag in tags[place + 1 : end])
    counts = any(
        letter == "N" and _name(tag) != "1" for letter, tag in zip(letters, tags[place + 1 : end], strict=True)
    )
    return end + 1 if _INSERTABLE.fullmatch(letters) and not counts else None


def _name(tag: Tag) -> str:
    return tag.kind.partition(".")[2]


def _letter(tag: Tag, tokens: Tokens) -> str:
    word = tokens.words[tag.first]
    is_whole = word.isdecimal() and int(word) <= MAX_COUNT
    if tag.kind == "share.any":
        return "Q" if is_whole else "o"
    return _LETTERS[tag.kind.partition(".")[0]] if tag.kind else "N" if is_whole else "o"


def _claims(text: str, start: int, end: int) -> Iterator[ClaimSpan]:
    sentence = _Sentence.read(text, start, end)
    stop = sentence.letters.find("!")
    stop = stop if stop >= 0 else len(sentence.letters)
    if text[start:end].rstrip().endswith("?"):
        return
    first = _first(sentence, stop)
    if first is None:
        yield from _lights_first(sentence, text, start, end, stop)
        return
    kind = cast(Kind, sentence.name(first.start("noun"))) if first["noun"] else ALONE
    population = _population(sentence, first)
    match: re.Match[str] | None = first
    expected = "F" in first["lead"] + first["verbs"]
    while match is not None:
        meaning = _meaning(sentence, match, expected)
        if meaning is not None:
            place = match.start("count")
            share = (sentence.letters[place] == "Q", bool(match["rough"]))
            yield ClaimSpan(start, end, text[start:end], sentence.value(place), population, *meaning, kind, *share)
        match = _CARRIED_ON.match(sentence.letters, match.end())
        if match is not None and match["noun"] and sentence.name(match.start("noun")) != kind:
            return


def _first(sentence: _Sentence, stop: int) -> re.Match[str] | None:
    """The sentence's first count that names what it counts, if it begins before `stop`."""
    found = [match for pattern in _PATTERNS for match in pattern.finditer(sentence.letters)]
    for match in sorted(found, key=lambda match: match.start()):
        narrowed = "r" in match.group() or sentence.letters[match.end() : match.end() + 1] == "t"
        if match.end() <= stop and not (narrowed and _population(sentence, match) is None):
            return match
    return None


def _lights_first(sentence: _Sentence, text: str, start: int, end: int, stop: int) -> Iterator[ClaimSpan]:
    """The counts of "tre gröna och två röda uppdrag" or "tre gröna uppdrag och två röda" that all begins with."""
    match = _STATUS_FIRST.fullmatch(sentence.letters.rstrip(")("))
    if match is None or match.end() > stop or match["counts"].count("K") != 1:
        return
    numbers = [place for place in range(*match.span("counts")) if sentence.letters[place] == "N"]
    lights = [place for place in range(*match.span("counts")) if sentence.letters[place] == "C"]
    kind = cast(Kind, sentence.name(sentence.letters.index("K")))
    for number, light in zip(numbers, lights, strict=True):
        colour = cast(Colour, sentence.name(light))
        yield ClaimSpan(start, end, text[start:end], sentence.value(number), None, (), (colour,), kind)


def _population(sentence: _Sentence, match: re.Match[str]) -> int | None:
    if match["population"]:
        return sentence.value(match.start("population"))
    every = match["all"] or match.groupdict().get("every")
    return sentence.value(match.start("count")) if every else None


def _meaning(
    sentence: _Sentence, match: re.Match[str], expected: bool
) -> tuple[tuple[Outcome, ...], tuple[Colour, ...]] | None:
    """What is counted: outcomes or colours; None for a status that no light follows from."""
    verbs = match["verbs"] + match["after"]
    negated, part = "X" in verbs, "P" in verbs
    name = sentence.name(match.start("status"))
    if match["status"] == "U" or (negated and part):
        return None
    if match["status"] == "C":
        colours = tuple(colour for colour in _COLOURS if (colour == name) is not negated)
        return None if part else ((), colours)
    outcome = _outcome(name, negated, part, expected)
    return None if outcome is None else ((outcome,), ())


def _outcome(name: str, negated: bool, part: bool, expected: bool) -> Outcome | None:
    if name == "completed":
        if part:
            return "partial"
        return "off_track" if negated else "on_track" if expected else "completed"
    if part or (name == "started") is not negated:
        return None
    outcomes: dict[str, Outcome] = {"missed": "off_track", "started": "not_started", "cancelled": "cancelled"}
    return outcomes[name]
