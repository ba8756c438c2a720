"""A comment read clause by clause: cues, whether it denies, limits or doubts, tense and time, what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ljuskoll.models.cues import cue_data, find_cues
from ljuskoll.models.titles import Title, read_title
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.contrast import find_contrast
from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.stages import known_year
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.tense import find_tense
from ljuskoll.nlp.language.times import find_times

BEYOND: Final = "beyond."
"""Before what is seen in a clause about what comes after what the title asks for."""
_FRAME = "frame."
_SWALLOWED = ("negation", "uncertainty", "condition", "partial", "next_year")
"""What words in a frame do not say by themselves."""
_NEAR = 3
"""So near a word that drops the work a denial keeps it."""
_FIRST_YEAR, _LONG_AGO = 1900, 3
"""Years from the first one on are long ago if they are more than so many before the report's."""
_MONTHS = 4
"""Months of a tertial ..."""
_LAST = 3
"""... and the number of the last one."""


@dataclass(slots=True)
class Clause:
    """tokens[first:last] of a sentence with everything seen there.

    `cues` are kinds in cues.toml, `seen` kinds that the language components find, `facts` what figures say. `about`:
    it mentions the title. `aim`: "before" or "beyond" what the title asks for, "asked", or "". `goal`: the title asks
    for a result, which is to go `way` ("up", "down" or ""). `why`: it only tells of a cause; `granted`: it grants what
    changes nothing; `follows_figures`: figures have told before it how things stand.
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
    granted: bool = False
    follows_figures: bool = False

    @property
    def denied(self) -> bool:
        """Whether an odd number of its words deny."""
        return (self.seen.count("negation") + self.seen.count(BEYOND + "negation")) % 2 == 1


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
    sentences = tuple(_read(comment, start, end, title, period) for start, end in split_sentences(comment))
    _connect([(clause, one.tokens.words) for one in sentences for clause in one.clauses], title)
    if title.parts:
        _compare(sentences, title)
    return sentences


def _read(comment: str, start: int, end: int, title: Title, period: Period | None) -> Sentence:
    tokens = tokenise(comment, start, end)
    cues = find_cues(tokens)
    seen = [*find_assertion(tokens), *find_tense(tokens), *find_times(tokens, period), *find_contrast(tokens)]
    facts = find_targets(tokens, title.text, known_year(period))
    clauses = _split(tokens.words, seen, cues)
    clause_at = [clause for clause in clauses for _ in range(clause.first, clause.last)]
    frames = _frames(cues)
    inner, outer = _outside(cues, frames), _outside(seen, frames, _SWALLOWED)
    outer = _without_repeated(_without_inner(outer, inner), tokens.words, clause_at)
    for tag in inner:
        clause_at[tag.first].cues.append(tag.kind)
    for tag in outer:
        clause_at[tag.first].seen.append(tag.kind)
    for tag in facts:
        clause_at[tag.first].facts.append(tag.kind)
    denials = [tag for tag in outer if tag.kind == "negation"]
    for tag in inner:
        if tag.kind == "cancelled" and any(_are_near(tag, denial) for denial in denials):
            clause_at[tag.first].cues.append("kept")
    count = None if facts else title.share(tokens.words)
    if count:
        clause_at[count[0]].facts.append(count[1])
    for frame in frames:
        _apply(frame, clause_at[frame.first])
    for clause in clauses:
        if "this_year" in clause.seen and "outcome" not in clause.seen:
            _look_ahead(clause, tokens.words, period)
    _relate(clauses, clause_at, title, tokens.words)
    _date(clauses, tokens.words, known_year(period))
    return Sentence(start, end, tokens, [*cues, *seen, *facts], clauses)


def _connect(clauses: Sequence[tuple[Clause, Sequence[str]]], title: Title) -> None:
    """Notes what clauses say of the ones before: of a condition, of figures, of what is done where a step is asked."""
    before: Clause | None = None
    figures = done = False
    for clause, words in clauses:
        if before and "condition" in before.seen and "condition" not in clause.seen:
            _settle(before, clause, next(filter(is_word, words[clause.first : clause.last]), ""))
        if figures and clause.facts == ["count_few"]:
            clause.facts.clear()
        clause.follows_figures = figures and not clause.facts
        if done and title.first_steps and _goes_beyond(clause, words):
            _set_beyond(clause)
        figures = figures or bool(clause.facts)
        done = done or (("outcome" in clause.seen or "done" in clause.cues) and not clause.denied)
        before = clause


def _settle(condition: Clause, clause: Clause, opener: str) -> None:
    """Notes whether a condition is met, where the clause after it tells."""
    if "uncertainty" in clause.seen:
        name = "open"
    elif opener in _words("taken_up"):
        name = "not" if clause.denied or "refused" in clause.cues else "met"
    elif "refused" in clause.cues and not clause.denied:
        name = "not"
    elif "safe" in clause.cues or ("done" in clause.cues and "outcome" in clause.seen and not clause.denied):
        name = "met"
    else:
        return
    clause.seen.append("if_" + name)
    if name == "met" or "safe" in clause.cues:
        condition.seen = [kind for kind in condition.seen if kind != "condition"]
    elif name == "not" and not clause.granted:
        condition.seen = [kind for kind in condition.seen if kind not in ("condition", "this_year", "forecast")]
        condition.cues.append("intended")


def _goes_beyond(clause: Clause, words: Sequence[str]) -> bool:
    """Whether a clause after what is done tells of the thing that the step was for, which is not there."""
    if clause.aim or not clause.about or not ("next_year" in clause.seen or clause.denied):
        return False
    return _words("step_words").isdisjoint(words[clause.first : clause.last]) and "moved" not in clause.cues


def _set_beyond(clause: Clause) -> None:
    clause.aim = "beyond"
    clause.cues = [kind for kind in clause.cues if kind not in _words("own")]
    clause.seen = [BEYOND + kind for kind in clause.seen]


def _compare(sentences: Sequence[Sentence], title: Title) -> None:
    """Notes where all, some or none of the things that the title names are well."""
    state: dict[int, bool] = {}
    last: Clause | None = None
    for sentence in sentences:
        words, named = sentence.tokens.words, dict[int, list[int]]()
        for index, part in title.part_mentions(words):
            named.setdefault(index, []).append(part)
        if not named:
            continue
        current: list[int] = []
        judged = False
        for first, end in _segments(words):
            mentioned = [part for index in range(first, end) for part in named.get(index, ())]
            well = _is_well(sentence, first, end)
            if mentioned and judged and well is None:
                state.update(dict.fromkeys(mentioned, state[current[0]]))
                continue
            if mentioned:
                current, judged = (mentioned if judged else current + mentioned), False
            if well is None or not current or (judged and well):
                continue
            state.update(dict.fromkeys(current, well))
            judged = True
        last = next(clause for clause in reversed(sentence.clauses) if clause.first <= max(named))
    if last and len(state) > 1:
        last.seen.append("parts_all" if all(state.values()) else "parts_some" if any(state.values()) else "parts_none")


def _segments(words: Sequence[str]) -> list[tuple[int, int]]:
    joints = _words("joints") | _words("turns")
    starts = [0, *(index for index, word in enumerate(words) if index and word in joints)]
    return list(zip(starts, [*starts[1:], len(words)], strict=True))


def _is_well(sentence: Sentence, first: int, end: int) -> bool | None:
    """Whether what stands in tokens[first:end] is good or bad for what it is about, None if neither."""
    frames = [tag for tag in sentence.tags if tag.kind.startswith(_FRAME)]
    kinds = [tag.kind for tag in _outside(sentence.tags, frames, _SWALLOWED) if first <= tag.first < end]
    kinds += [tag.kind for tag in frames if first <= tag.first < end]
    denied = kinds.count("negation") % 2 == 1
    if "unbegun" in kinds:
        return False
    if not _words("setbacks").isdisjoint(kinds):
        return denied
    if denied:
        return False
    return None if _words("advances").isdisjoint(kinds) else True


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


def _without_inner(tags: Sequence[Tag], cues: Sequence[Tag]) -> list[Tag]:
    """The tags without negations that are part of what says that a thing is stuck or missed ("inga anbud")."""
    harms = [cue for cue in cues if cue.kind in ("stuck", "miss")]
    if not harms:
        return list(tags)
    return [
        tag
        for tag in tags
        if tag.kind != "negation" or not any(cue.first <= tag.first and tag.last <= cue.last for cue in harms)
    ]


def _without_repeated(tags: Sequence[Tag], words: Sequence[str], clause_at: Sequence[Clause]) -> list[Tag]:
    """The tags without negations that only go on from one before ("inte klar och inte i drift") or are an answer."""
    kept: list[Tag] = []
    last: Tag | None = None
    for tag in tags:
        if tag.kind == "negation":
            if words[tag.first] in _words("answers"):
                continue
            goes_on = last and not _words("joined").isdisjoint(words[last.last : tag.first])
            if last and goes_on and clause_at[last.first] is clause_at[tag.first]:
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


def _look_ahead(clause: Clause, words: Sequence[str], period: Period | None) -> None:
    """A month gone by is next year's where a clause looks ahead; one to come is looked ahead to without a verb."""
    months = cue_data()["months"]["words"]
    named = [months.index(word) for word in words[clause.first : clause.last] if word in months]
    if not (named and period and period.tertial):
        return
    now = period.tertial * _MONTHS
    if max(named) >= now and not any(kind.startswith("tense.") for kind in clause.cues):
        clause.seen += [] if "forecast" in clause.seen else ["forecast"]
    elif max(named) < now - (period.tertial == _LAST) and ("forecast" in clause.seen or "happens" in clause.cues):
        clause.seen = ["next_year" if kind == "this_year" else kind for kind in clause.seen]


def _relate(clauses: Sequence[Clause], clause_at: Sequence[Clause], title: Title, words: Sequence[str]) -> None:
    """Notes what each clause is about: the title's thing, what comes before or after it, or a cause."""
    itself = _words("itself")
    for index in (*title.mentions(words), *(index for index, word in enumerate(words) if word in itself)):
        clause_at[index].about = True
    for index, aim in title.stage_words(words):
        clause = clause_at[index]
        clause.aim = aim if aim == "asked" else clause.aim or aim
    for clause in clauses:
        _open(clause, words)
        if title.first_steps and "cancelled" in clause.cues and not _words("dissuades").isdisjoint(words):
            clause.cues = [kind for kind in clause.cues if kind != "cancelled"]
        clause.goal, clause.way = title.goal, title.way
        clause.about = clause.about or clause.aim == "asked"
        if clause.denied and not _words("harms").isdisjoint(clause.cues):
            clause.seen = [kind for kind in clause.seen if kind != "next_year"]
        if clause.aim == "beyond":
            _set_beyond(clause)
        elif clause.why or clause.aim == "before":
            clause.cues = [kind for kind in clause.cues if kind not in _words("own")]


def _open(clause: Clause, words: Sequence[str]) -> None:
    """Notes what the words say with which a clause begins, and what its cues say of its time."""
    first = next((index for index in range(clause.first, clause.last) if is_word(words[index])), clause.first)
    opener = " ".join(words[first : first + 1])
    clause.why = clause.first > 0 and opener in _words("why")
    clause.granted = opener in _words("granted") or " ".join(words[first : first + 2]) in _pairs()
    if "hinges" in clause.cues and "condition" not in clause.seen:
        clause.seen.append("condition")
    if not _words("shortfalls").isdisjoint(clause.facts):
        clause.cues = [kind for kind in clause.cues if kind not in _words("own") and kind != "approved"]
        if "forecast" in clause.seen and "lacking" not in clause.cues:
            clause.seen = [kind for kind in clause.seen if kind not in ("forecast", "this_year")]
            clause.seen.append("will")
    if "formerly" in clause.cues and ("tense.past" not in clause.cues or "tense.present" in clause.cues):
        clause.cues.remove("formerly")
    elif "formerly" in clause.cues:
        clause.seen = [kind for kind in clause.seen if kind != "uncertainty"]
    if "intended" in clause.cues:
        if clause.denied or not {"condition", "uncertainty"}.isdisjoint(clause.seen):
            clause.cues.remove("intended")
        else:
            clause.seen = [kind for kind in clause.seen if kind not in ("this_year", "forecast")]


def _date(clauses: Sequence[Clause], words: Sequence[str], year: int | None) -> None:
    """Notes which clauses tell of what was long ago."""
    long_ago = range(_FIRST_YEAR, (year or 0) - _LONG_AGO)
    for clause in clauses if long_ago else ():
        if any(word.isdecimal() and int(word) in long_ago for word in words[clause.first : clause.last]):
            clause.cues.append("long_ago")


def _split(words: Sequence[str], seen: Sequence[Tag], cues: Sequence[Tag]) -> list[Clause]:
    """Clauses of a sentence: from one joint to the next, each with a word that carries tense."""
    tensed = {tag.first for tag in seen if tag.kind in ("forecast", "outcome")}
    tensed.update(tag.first for tag in cues if tag.kind.startswith("tense."))
    joints = _words("joints")
    starts = [0]
    starts += [
        index for index, word in enumerate(words) if word in joints and index and not _goes_on(words, index, tensed)
    ]
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


@cache
def _pairs() -> frozenset[str]:
    return frozenset(cue_data()["granted"]["pairs"])


def _goes_on(words: Sequence[str], index: int, tensed: set[int]) -> bool:
    """Whether the word at this joint joins nothing: "utan" that is no "but", or in the midst of what "att" opens."""
    if words[index] in _words("excepts"):
        return not any(word in _words("denials") for word in words[:index])
    opened = next((place for place in range(index - 1, -1, -1) if words[place] in _words("opens")), -1)
    if opened < 0 or words[index] not in _words("adds") or not tensed.isdisjoint(range(opened, index)):
        return False
    return opened + 1 < index and not _is_infinitive(words[opened + 1])


def _is_infinitive(word: str) -> bool:
    infinitives = cue_data()["infinitives"]
    return word in _words("infinitives") or (
        word.endswith(infinitives["ending"]) and not word.endswith(tuple(infinitives["other_endings"]))
    )
