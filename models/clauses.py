"""A comment read clause by clause: cues, whether it denies, limits or doubts, tense and time, what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ljuskoll.models.cues import cue_data, find_cues
from ljuskoll.models.titles import Title, read_title
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.contrast import find_contrast
from ljuskoll.nlp.language.phrases import Tag, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.stages import known_year
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.tense import find_tense
from ljuskoll.nlp.language.times import find_times

_FRAME = "frame."
_SWALLOWED = ("negation", "uncertainty", "condition", "partial", "next_year")
"""What words in a frame do not say by themselves."""
_NEAR = 3
"""So near a word that drops the work a denial keeps it."""


@dataclass(slots=True)
class Clause:
    """tokens[first:last] of a sentence with everything seen there.

    `cues` are kinds in cues.toml, `seen` kinds that the language components find, `facts` what figures say. `about`:
    it mentions the title. `aim`: "before" or "beyond" what the title asks for, "asked", or "". `goal`: the title asks
    for a result, which is to go `way` ("up", "down" or ""). `why`: it only tells of a cause.
    """

    first: int
    last: int
    cues: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    about: bool = False
    aim: str = ""
    goal: bool = False
    way: str = ""
    why: bool = False

    @property
    def denied(self) -> bool:
        """Whether an odd number of its words deny."""
        return self.seen.count("negation") % 2 == 1


@dataclass(slots=True)
class Sentence:
    """A sentence at text[start:end] of the comment."""

    start: int
    end: int
    tokens: Tokens
    tags: list[Tag]
    clauses: list[Clause]


def read_sentences(comment: str, assignment: str, period: Period | None) -> tuple[Sentence, ...]:
    """The comment's sentences, each with its clauses."""
    title = read_title(assignment)
    return tuple(_read(comment, start, end, title, period) for start, end in split_sentences(comment))


def _read(comment: str, start: int, end: int, title: Title, period: Period | None) -> Sentence:
    tokens = tokenise(comment, start, end)
    cues = find_cues(tokens)
    seen = [*find_assertion(tokens), *find_tense(tokens), *find_times(tokens, period), *find_contrast(tokens)]
    facts = find_targets(tokens, title.text, known_year(period))
    clauses = _split(tokens.words, seen, cues)
    frames = _frames(cues)
    inner, outer = _outside(cues, frames), _outside(seen, frames, _SWALLOWED)
    outer = _without_repeated(outer, tokens.words, clauses)
    for kinds, tags in (("cues", inner), ("seen", outer), ("facts", facts)):
        for tag in tags:
            getattr(_clause_at(clauses, tag.first), kinds).append(tag.kind)
    denials = [tag for tag in outer if tag.kind == "negation"]
    for tag in inner:
        if tag.kind == "cancelled" and any(_are_near(tag, denial) for denial in denials):
            _clause_at(clauses, tag.first).cues.append("kept")
    count = None if facts else title.share(tokens.words)
    if count:
        _clause_at(clauses, count[0]).facts.append(count[1])
    for frame in frames:
        _apply(frame, _clause_at(clauses, frame.first))
    _relate(clauses, title, tokens.words)
    return Sentence(start, end, tokens, [*cues, *seen, *facts], clauses)


def _are_near(tag: Tag, other: Tag) -> bool:
    return -_NEAR < other.last - tag.first <= 0 or 0 <= other.first - tag.last < _NEAR


def _frames(cues: Sequence[Tag]) -> list[Tag]:
    """The longest frames, none within another."""
    found: list[Tag] = []
    for tag in sorted((tag for tag in cues if tag.kind.startswith(_FRAME)), key=lambda tag: tag.first - tag.last):
        if all(tag.last <= other.first or other.last <= tag.first for other in found):
            found.append(tag)
    return found


def _outside(tags: Sequence[Tag], frames: Sequence[Tag], kinds: Sequence[str] = ()) -> list[Tag]:
    """The tags (only of these kinds, if any are given) without those within a frame, and without the frames."""
    return [
        tag
        for tag in tags
        if not tag.kind.startswith(_FRAME)
        and ((kinds and tag.kind not in kinds) or not any(one.first <= tag.first < one.last for one in frames))
    ]


def _without_repeated(tags: Sequence[Tag], words: Sequence[str], clauses: Sequence[Clause]) -> list[Tag]:
    """The tags without negations that only go on from one before ("inte klar och inte i drift") or are an answer."""
    kept: list[Tag] = []
    last: Tag | None = None
    for tag in tags:
        if tag.kind == "negation":
            if words[tag.first] in _words("answers"):
                continue
            goes_on = last and not _words("joined").isdisjoint(words[last.last : tag.first])
            if last and goes_on and _clause_at(clauses, last.first) is _clause_at(clauses, tag.first):
                continue
            last = tag
        kept.append(tag)
    return kept


def _apply(frame: Tag, clause: Clause) -> None:
    """Puts what a frame says of its clause into words that others say it with."""
    name = frame.kind.removeprefix(_FRAME)
    clause.cues.append(name)
    if name == "denies":
        clause.seen.append("negation")
    elif name == "doubts":
        clause.seen.append("uncertainty")
    elif name == "since":
        clause.cues.append("now")


def _relate(clauses: Sequence[Clause], title: Title, words: Sequence[str]) -> None:
    """Notes what each clause is about: the title's thing, what comes before or after it, or a cause."""
    for index in title.mentions(words):
        _clause_at(clauses, index).about = True
    for index, word in enumerate(words):
        if word in _words("itself"):
            _clause_at(clauses, index).about = True
    for index, aim in title.stage_words(words):
        clause = _clause_at(clauses, index)
        clause.aim = clause.aim or aim
    for clause in clauses:
        clause.goal, clause.way = title.goal, title.way
        clause.about = clause.about or clause.aim == "asked"
        clause.why = clause.first > 0 and words[clause.first] in _words("why")
        if clause.denied and not _words("harms").isdisjoint(clause.cues):
            clause.seen = [kind for kind in clause.seen if kind != "next_year"]
        if clause.why or clause.aim in ("before", "beyond"):
            clause.cues = [kind for kind in clause.cues if kind not in _words("own")]


def _clause_at(clauses: Sequence[Clause], index: int) -> Clause:
    return next((clause for clause in clauses if index < clause.last), clauses[-1])


def _split(words: Sequence[str], seen: Sequence[Tag], cues: Sequence[Tag]) -> list[Clause]:
    """Clauses of a sentence: from one joint to the next, each with a word that carries tense."""
    tensed = {tag.first for tag in seen if tag.kind in ("forecast", "outcome")}
    tensed.update(tag.first for tag in cues if tag.kind.startswith("tense."))
    joints = _words("joints")
    starts = [0]
    starts += [index for index, word in enumerate(words) if word in joints and index]
    clauses: list[Clause] = []
    for first, last in zip(starts, [*starts[1:], len(words)], strict=True):
        before = range(clauses[-1].first, first) if clauses else range(0)
        if clauses and (tensed.isdisjoint(range(first, last)) or tensed.isdisjoint(before)):
            clauses[-1].last = last
        else:
            clauses.append(Clause(first, last))
    return clauses


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(cue_data()[table]["words"])
