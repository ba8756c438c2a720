"""What an assignment's title asks for, and where a comment mentions it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ljuskoll.models.cues import cue_data
from ljuskoll.nlp.language.phrases import is_word, tokenise, words_in

_SHORTEST = 4
"""Letters that a stem must have to tell one word from another."""
_LONGEST = 40
"""Letters of a word that are looked at, from its end."""
_HEAD = 5
"""Two words that begin with so many letters alike are taken for forms of one."""
_OPENING = 4
"""So many words from the beginning tell what kind of work a title asks for."""
_MOST_PARTS = 5
_DECIDED = ("anta", "beslut", "fastställ")
"""A title with a word that begins so asks for the decision, too."""
_JOINED = re.compile(r"\s*(?:,|\boch\b|\bsamt\b)\s*")
_LAST = "after"
_FEWEST = 3
"""A title that asks for fewer things names each of them."""
_MUCH = 1.5
"""A figure that is so many times larger counts something else."""
_THIRD = 3
_GROUP = 3
"""Digits between spaces in a long figure."""
_NEAR = 4
"""A word of the title so near after a figure is what it counts."""
_TOLD = 10
"""So many things are counted for their own sake; fewer only beside a word of the title."""
_YEARS = range(2000, 2100)
_REACH = 3
"""So many words may stand between a preposition and its noun."""
_REMEMBERED = 10_000
"""So many titles are remembered as they are read."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the endings and beginnings of its words: "planen" and "kulturmiljön" mention "kulturmiljöplan".

    `names` are its words with a capital but the first, which may be short.

    `stages` are the stages of work that it names; `goal` whether it asks for a result; `way` "up", "down" or "";
    `parts` are the words of each of several things that it names; `first_steps` the beginnings of words for the making
    of the thing, where it asks only for what comes before.

    `count` how many things it asks for, 0 if it does not say.
    """

    text: str
    names: frozenset[str]
    stems: frozenset[str]
    endings: frozenset[str]
    heads: frozenset[str]
    stages: frozenset[str]
    goal: bool
    way: str
    count: int
    parts: tuple[frozenset[str], ...]
    first_steps: tuple[str, ...]

    def part_mentions(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Index of each word that mentions one of several things that the title names, and which."""
        for index, word in enumerate(words):
            if not is_word(word):
                continue
            stem = _stem(word)
            for part, stems in enumerate(self.parts):
                if word in stems or any(_are_alike(stem, other) for other in stems):
                    yield index, part

    def mentions(self, words: Sequence[str]) -> list[int]:
        """Indices of the words that are words of the title, parts of one, or compounds that end in one."""
        return [
            index
            for index, word in enumerate(words)
            if (len(word) > _SHORTEST and self._holds(_stem(word))) or word in self.names
        ]

    def _holds(self, stem: str) -> bool:
        if stem in self.endings or stem[:_HEAD] in self.heads:
            return True
        return not self.stems.isdisjoint(_endings(stem))

    def stage_words(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Index and kind ("asked", "before", "beyond") of each word that names a stage of work and may be a subject."""
        order = _order()
        first = min((order.index(stage) for stage in self.stages), default=len(order) - 1)
        for index, word in enumerate(words):
            if self.first_steps and word.startswith(self.first_steps):
                yield index, "beyond"
            stage = _stage(word)
            if not stage:
                continue
            if stage in self.stages:
                yield index, "asked"
            elif _is_free(words, index) and not self._holds(_stem(word)):
                yield index, "before" if stage != _LAST and order.index(stage) < first else "beyond"

    def share(self, words: Sequence[str]) -> tuple[int, str] | None:
        """Place of a count of what the title counts, and whether it is all of it, some or few."""
        if self.count < _FEWEST:
            return None
        for index, number in _counts(words):
            after = words[index + 1 : index + _NEAR]
            if number <= self.count * _MUCH and (number >= _TOLD or self.mentions(after)):
                return index, _share(number, self.count)
        return None


@lru_cache(maxsize=_REMEMBERED)
def read_title(text: str) -> Title:
    """The title as it is looked for in comments."""
    words = tokenise(text).words
    named = [piece for piece in text.split()[1:] if piece[0].isupper()]
    names = frozenset(word for piece in named for word in words_in(piece) if is_word(word))
    stems = [_stem(word) for word in words if len(word) > _SHORTEST]
    endings = frozenset(ending for stem in stems for ending in _endings(stem))
    heads = frozenset(stem[:_HEAD] for stem in stems if len(stem) > _HEAD)
    stages = frozenset(stage for word in words for stage in (_stage(word), *_asked(word)) if stage)
    goal = not _listed("goals", "words").isdisjoint(words) or ("ska" in words and bool(_way(words)))
    counts = [] if goal else [number for _, number in _counts(words)]
    return Title(
        text,
        names,
        frozenset(stems),
        endings,
        heads,
        stages,
        goal,
        _way(words),
        counts[0] if len(counts) == 1 else 0,
        _parts(text),
        () if goal else _first_steps(words),
    )


def _first_steps(words: Sequence[str]) -> tuple[str, ...]:
    """Beginnings of words for the making of the thing, if the title begins with what comes before that."""
    opening = words[:_OPENING]
    if ("och" in words and "ta" not in opening) or any(word.startswith(_DECIDED) for word in words):
        return ()
    making = _listed("making", "nouns")
    if any(_stage(word) not in ("", _LAST) or any(_asked(word)) for word in opening):
        making |= _listed("making", "verbs")
    elif not any(word.endswith(tuple(_listed("making", "documents"))) for word in opening):
        return ()
    return tuple(sorted(one for one in making if not any(word.startswith(one) for word in words)))


def _parts(text: str) -> tuple[frozenset[str], ...]:
    """The words of each of the things that a title joins with "och" or commas, without those in several."""
    pieces = _JOINED.split(text)
    if not 1 < len(pieces) <= _MOST_PARTS:
        return ()
    pieces = [pieces[0], *map(_until_preposition, pieces[1:])]
    named = [_proper(piece, first=not index) for index, piece in enumerate(pieces)]
    groups = named if sum(map(bool, named)) > 1 else [_own(piece) for piece in pieces]
    others = [set().union(*groups[:index], *groups[index + 1 :]) for index in range(len(groups))]
    parts = [
        frozenset(one for one in group if not any(_are_alike(one, other) for other in rest))
        for group, rest in zip(groups, others, strict=True)
    ]
    kept = tuple(part for part in parts if part)
    return kept if len(kept) > 1 else ()


def _until_preposition(piece: str) -> str:
    words = piece.split()
    governed = (index for index, word in enumerate(words) if index and word.lower() in _listed("prepositions", "words"))
    return " ".join(words[: next(governed, len(words))])


def _proper(piece: str, *, first: bool) -> set[str]:
    words = piece.split()[1 if first else 0 :]
    return {_stem(word) for one in words if one[0].isupper() for word in words_in(one) if is_word(word)}


def _own(piece: str) -> set[str]:
    vague = _listed("vague", "words")
    return {_stem(word) for word in tokenise(piece).words if len(word) >= _SHORTEST and word not in vague}


@lru_cache(maxsize=50_000)
def _are_alike(stem: str, other: str) -> bool:
    """Whether two stems are forms of one word, or one ends in the other."""
    if stem == other:
        return True
    if min(len(stem), len(other)) < _SHORTEST:
        return False
    head = min(_HEAD, len(stem), len(other))
    return stem[:head] == other[:head] or stem.endswith(other) or other.endswith(stem)


def _share(number: int, count: int) -> str:
    if number >= count:
        return "count_all"
    return "count_some" if number * _THIRD >= count else "count_few"


def _counts(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Index and value of each figure that counts things."""
    small = cue_data()["numbers"]["words"]
    index = 0
    while index < len(words):
        word, last = words[index], index + 1
        if word.isdecimal():
            while last < len(words) and words[last].isdecimal() and len(words[last]) == _GROUP:
                last += 1
            number = int("".join(words[index:last]))
        else:
            number = small.index(word) if word in small and word != small[1] else 0
        counts = index == 0 or words[index - 1] not in _listed("numbers", "leads")
        counts = counts and not (last < len(words) and words[last] in _listed("numbers", "units"))
        if number and counts and number not in _YEARS:
            yield index, number
        index = last


def _way(words: Sequence[str]) -> str:
    """Whether what a title asks for is to rise or to fall; "under" and "över" count before a figure."""
    for index, word in enumerate(words):
        if word in _listed("goals", "before_figure") and not "".join(words[index + 1 : index + 2])[:1].isdigit():
            continue
        for way in ("up", "down"):
            if word in _listed("goals", way):
                return way
    return ""


def _is_free(words: Sequence[str], index: int) -> bool:
    """Whether no preposition governs the word."""
    return _listed("prepositions", "words").isdisjoint(words[max(0, index - _REACH) : index])


@lru_cache(maxsize=50_000)
def _stage(word: str) -> str:
    """The stage of work that the word names, "" if none."""
    for stage in _order():
        if word.startswith(tuple(cue_data()["stages"][stage])):
            return stage
    return ""


def _asked(word: str) -> Iterator[str]:
    """The stages that a word of a title asks for without naming them."""
    for stage, beginnings in cue_data()["asks"].items():
        if word.startswith(tuple(beginnings)):
            yield stage


@cache
def _order() -> tuple[str, ...]:
    return tuple(cue_data()["stages"])


@cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(cue_data()[table][name])


@lru_cache(maxsize=50_000)
def _endings(stem: str) -> tuple[str, ...]:
    first = max(0, len(stem) - _LONGEST)
    return tuple(stem[start:] for start in range(first, len(stem) - _SHORTEST + 1))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The word without its ending, if at least `_SHORTEST` letters are left."""
    for ending in _inflections():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@cache
def _inflections() -> tuple[str, ...]:
    return tuple(cue_data()["inflections"]["endings"])
