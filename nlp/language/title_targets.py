"""What an assignment's title asks for in figures, and the words around a figure that tell its sense."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from ljuskoll.nlp.language.figures import PERCENT, Figure, find_figures, is_measure, is_time, named_unit
from ljuskoll.nlp.language.phrases import Lexicon, Tag, tokenise

RANK = "rank"
"""The unit of a place in a ranking."""

_REMEMBERED = 4096
"""So many titles are remembered with their targets."""
_SENSE_REACH = 3
"""Words between "minst" or "högst" and its figure."""
_BY_REACH = 5
"""Words between "med" and a change told once more: "med 1,3 mnkr eller 4 procent"."""
_TABLES = ("sense", "direction", "better", "near")
_MILLION = 1_000_000
_ALL, _MOST = 100, 60
SHARES = (2, 3, 4, 5, 10, 100)
"""Wholes of which a part is a share: "nio av tio"."""
_STEPS = ("direction.by", "direction.to")
_LETTERS = 5
"""Two words with so many letters in common are about the same ..."""
_SHORTEST = 4
"""... and whole words of so many."""
_NOT_COUNTED = (PERCENT, RANK, "")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach, or to stay below (`most`); `strict`: equal is not enough; `change`: "" or up or down by it.

    `about`: the stems of the words beside it, where a title names several.
    """

    value: float
    unit: str
    most: bool = False
    strict: bool = False
    change: str = ""
    about: frozenset[str] = frozenset()

    @property
    def counts(self) -> bool:
        """Whether so many things are to be made or done."""
        return not (self.most or self.change or self.unit in _NOT_COUNTED or is_measure(self.unit))

    def met_by(self, value: float) -> bool:
        """Whether this outcome reaches the target."""
        if value == self.value:
            return not self.strict
        return value < self.value if self.most else value > self.value


@dataclass(frozen=True, slots=True)
class Title:
    """A title's targets, its words, and whether less is better of what it speaks of."""

    targets: tuple[Target, ...]
    lower: bool
    words: frozenset[str]
    text: str
    stems: tuple[str, ...]
    is_rate: bool = False
    is_timed: bool = False
    trend: str = ""
    times: tuple[Figure, ...] = ()

    @property
    def listed(self) -> list[str]:
        """The words in order."""
        return self.text.split()

    def is_met_by(self, words: Sequence[str], text: str) -> bool:
        """Whether these words of a sentence, or parts of them, are among the title's, or name any key figure."""
        if any(stem in text for stem in (*self.stems, *single_words("generic"))):
            return True
        if any(f" {stem[:_SHORTEST]}" in text for stem in self.stems):
            return True
        if any(word[:_LETTERS] in self.text for word in words if len(word) >= _LETTERS and word not in _common()):
            return True
        return any(stem in text for stem in matters_of(self.text))


@cache
def target_lexicon() -> Lexicon:
    """The words around figures, in titles and sentences."""
    return Lexicon.load(__package__, "targets.toml", *_TABLES)


@lru_cache(maxsize=_REMEMBERED)
def matters_of(text: str) -> tuple[str, ...]:
    """Parts of words that speak of the matters of which this title speaks."""
    padded = f" {text} "
    listed = Lexicon.load(__package__, "targets.toml", "matters").phrases.values()
    return tuple(stem for stems in listed if any(stem in padded for stem in stems) for stem in stems)


@cache
def single_words(name: str) -> frozenset[str]:
    """Words that are looked up one by one."""
    return frozenset(Lexicon.load(__package__, "targets.toml", "apart").phrases[f"apart.{name}"])


@cache
def endings(name: str) -> tuple[str, ...]:
    """The same, for `str.endswith` and `str.startswith`."""
    return tuple(sorted(single_words(name)))


@cache
def _alike() -> dict[str, str]:
    """Nouns with the name of the group whose nouns count the same things."""
    phrases = Lexicon.load(__package__, "targets.toml", "alike").phrases
    return {noun: kind for kind, listed in phrases.items() for noun in listed}


@lru_cache(maxsize=_REMEMBERED)
def kind_of(noun: str) -> str:
    """The name of the group of nouns that count the same things as this one, or ""."""
    known = _alike()
    return known.get(noun) or next((known[other] for other in known if noun.endswith(other)), "")


@cache
def _symbols() -> dict[str, str]:
    phrases = Lexicon.load(__package__, "targets.toml", "symbols").phrases
    return {symbol: kind.partition(".")[2] for kind, listed in phrases.items() for symbol in listed}


@lru_cache(maxsize=_REMEMBERED)
def read_title(assignment: str) -> Title:
    """What a title asks for in figures: those with "minst", "högst" or the like, else the first one."""
    tokens = tokenise(assignment)
    tags = target_lexicon().find(tokens)
    lower = is_lower(tags) or _falls(tags)
    figures = [figure for figure in find_figures(tokens.words) if not _is_size(figure, tokens.words)]
    whole = [figure for figure in figures if single_words("of_which").isdisjoint(tokens.words[: figure.first])]
    figures = _joined(whole or figures, tokens.words)
    figures = _yearly(figures, tokens.words) or figures
    if not any(stem in assignment.lower() for stem in (*single_words("moneys"), *single_words("sums"))):
        figures = in_numbers(figures)
    read = [_target(figure, tokens.words, tags, lower) for figure in figures]
    if len(read) > 1:
        abouts = [_about(figure, tokens.words) for figure in figures]
        read = [(replace(one, about=about), clear) for (one, clear), about in zip(read, abouts, strict=True)]
    timed = any(is_time(figure.unit) for figure in figures)
    if timed:
        read = [(replace(one, most=False) if one.unit == PERCENT and not clear else one, clear) for one, clear in read]
    if any(not is_time(target.unit) for target, _ in read):  # a time beside another target only says within what
        kept = [figure for figure, (target, _) in zip(figures, read, strict=True) if is_time(target.unit)]
        kept = [figure for figure in kept if _is_listed(figure, figures, tokens.words)]
        read = [one for one, figure in zip(read, figures, strict=True) if not is_time(one[0].unit) or figure in kept]
    sensed = [target for target, clear in read if clear]
    if len(sensed) == 1 and any(target.unit == sensed[0].unit != "" for target, clear in read if not clear):
        sensed = [target for target, _ in read if target.unit == sensed[0].unit]  # "30 procent A och minst 50 B"
    if sensed and all(is_time(target.unit) for target in sensed):
        sensed = [*[target for target, _ in read if not is_time(target.unit)][:1], *sensed]
    sensed = sensed or _turned(tokens.words)
    every = _everyone(tokens.words)
    if every and every[0].most and all(target.unit == PERCENT for target in sensed):
        sensed = every  # "ingen elev ska ha över 50 procents frånvaro"
    elif every and every[0].most:
        sensed = [replace(one, most=True, strict=False) if is_time(one.unit) else one for one in sensed]
    if every and not every[0].most and read and all(is_time(target.unit) for target, _ in read):
        sensed = [*sensed, *every] if sensed else [*(target for target, _ in read), *every]
    targets = tuple(sensed or [target for target, _ in read[:1]] or every)
    stems = {word[:_LETTERS] for word in tokens.words if len(word) >= _SHORTEST and word.isalpha()}
    text = " ".join(tokens.words)
    return Title(
        targets,
        lower,
        frozenset(tokens.words),
        text,
        tuple(sorted(stems - _common())),
        _is_rate(tokens.words),
        timed,
        _trend(tags),
        tuple(figure for figure in figures if is_time(figure.unit)),
    )


def in_numbers(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with "2,4 miljoner" as a number of things, and no money."""
    millions = single_words("millions")
    return [replace(one, value=one.value * _MILLION, unit="") if one.unit in millions else one for one in figures]


def _is_listed(figure: Figure, figures: Sequence[Figure], words: Sequence[str]) -> bool:
    """Whether "och högst" or the like sets this figure beside the one before it."""
    former = max((other.last for other in figures if other.last <= figure.first), default=len(words))
    between = words[former : figure.first]
    if single_words("listing").isdisjoint(between):
        return False
    aims = single_words("limits") | single_words("shortened")
    return not aims.isdisjoint(between)


def _is_size(figure: Figure, words: Sequence[str]) -> bool:
    """Whether this says for how many something is built, or of what age: "skola för 540 elever", "barn 6–12 år"."""
    before = words[figure.first - 1 : figure.first]
    if words[figure.first][0].isdigit() and not {"–", "-"}.isdisjoint(words[figure.first]):
        return True
    if not any(word.startswith(endings("built")) for word in words):
        return False
    persons = figure.unit.endswith(endings("person_nouns"))
    return persons and single_words("built_for").issuperset(before) and figure.first > 0


def _yearly(figures: Sequence[Figure], words: Sequence[str]) -> list[Figure]:
    """Of several those for one year: "9 000 på tre år med 3 000 per år"."""
    ends = {figure.first: figure.last + (words[figure.last : figure.last + 1] == [figure.unit]) for figure in figures}
    return [
        figure
        for figure in figures
        if figure.unit
        and words[ends[figure.first] : ends[figure.first] + 1] in (["per"], ["om"], ["i"])
        and single_words("a_year").issuperset(words[ends[figure.first] + 1 : ends[figure.first] + 2] or " ")
    ]


def _joined(figures: Sequence[Figure], words: Sequence[str]) -> list[Figure]:
    """The figures with a unit told once for several: "högst 8 veckor för bygglov, 4 för anmälan"."""
    found: list[Figure] = []
    for figure in figures:
        before = figure.first - 1 - (words[figure.first - 1] in single_words("limits"))
        listed = bool(found) and not figure.unit and words[before] in single_words("listing")
        if listed and single_words("for_each").issuperset(words[figure.last : figure.last + 1] or " "):
            found.append(replace(figure, unit=found[-1].unit))
        else:
            found.append(figure)
    return found


def _is_rate(words: Sequence[str]) -> bool:
    """Whether so many are asked for of each: "böcker per invånare"."""
    each = [following for word, following in pairwise(words) if word in single_words("rates")]
    return any(word not in single_words("yearly") for word in each)


def _about(figure: Figure, words: Sequence[str]) -> frozenset[str]:
    """The stems of the words between commas, "och" and the like around this figure."""
    begin, end = figure.first, figure.last
    while begin and words[begin - 1] not in single_words("listing"):
        begin -= 1
    while end < len(words) and words[end] not in single_words("listing"):
        end += 1
    return frozenset(word[:_LETTERS] for word in words[begin:end] if len(word) >= _SHORTEST) - _common()


def _common() -> frozenset[str]:
    return single_words("common")


def _everyone(words: Sequence[str]) -> list[Target]:
    """What a title asks for that begins with "alla" or "inga"."""
    if len(words) > 1 and words[0] in single_words("all"):
        return [Target(_ALL, PERCENT)]
    if len(words) > 1 and words[0] in single_words("none"):
        adjective = words[1].endswith("a") and not single_words("no_nouns").issuperset(words[2:3])
        return [Target(0, words[1 + adjective], most=True)]
    return []


def _turned(words: Sequence[str]) -> list[Target]:
    """What "halveras" and "fördubblas" ask for."""
    if not single_words("halved").isdisjoint(words):
        return [Target(_ALL / 2, PERCENT, change="down")]
    return [Target(_ALL, PERCENT, change="up")] if not single_words("doubled").isdisjoint(words) else []


def _falls(tags: Sequence[Tag]) -> bool:
    """Whether something is to become less, and nothing more."""
    kinds = {tag.kind for tag in tags}
    return "direction.down" in kinds and "direction.up" not in kinds


def _trend(tags: Sequence[Tag]) -> str:
    """Whether something is to go "up" or "down", or ""."""
    kinds = {tag.kind for tag in tags}
    falls = not kinds.isdisjoint(("direction.down", "direction.than_down", "sense.most_strict"))
    rises = not kinds.isdisjoint(("direction.up", "direction.than_up", "sense.least_strict"))
    return "" if falls == rises else "down" if falls else "up"


def is_lower(tags: Sequence[Tag]) -> bool:
    """Whether less is better of what these tags name."""
    kinds = {tag.kind for tag in tags}
    return "better.lower" in kinds and "better.higher" not in kinds


def lessens(unit: str, tags: Sequence[Tag]) -> bool:
    """Whether of this unit less is better where nothing else is said: days of waiting, tons let out."""
    more = any(tag.kind in ("better.higher", "direction.up") for tag in tags)
    return unit in single_words("lessening") and not more


def _target(figure: Figure, words: Sequence[str], tags: Sequence[Tag], lower: bool) -> tuple[Target, bool]:
    """The target that a figure is, and whether a word such as "minst" says so."""
    unit = RANK if is_rank(figure, tags) else figure.unit or named_unit(words)
    if not unit and any(tag.kind == "near.rank" for tag in tags):
        unit = RANK
    sense = sense_of(figure, tags, words)
    surplus = unit in single_words("money_units") and single_words("plus").issuperset(
        words[figure.first - 1 : figure.first]
    )
    change = "" if surplus else change_of(figure, tags, words)
    if figure.whole in SHARES and "," not in words[figure.first]:
        return Target(_ALL * figure.value / figure.whole, PERCENT, sense.startswith("most"), change=change), True
    if change:
        return Target(figure.value, unit, change=change), True
    if sense:
        most = unit == RANK or sense.startswith("most")
        return Target(figure.value, unit, most, sense.endswith("strict")), True
    counted = figure.unit not in _NOT_COUNTED and not is_measure(figure.unit)
    falls = any(tag.kind == "direction.down" and tag.last <= figure.first for tag in tags)
    lower = lower and not (unit == PERCENT and figure.value >= _MOST)  # "90 procent av felen ska åtgärdas"
    less = falls or lessens(unit, tags) or (lower and not counted)
    return Target(figure.value, unit, unit == RANK or less), falls or unit == RANK


def sense_of(figure: Figure, tags: Sequence[Tag], words: Sequence[str]) -> str:
    """What the last "minst" or "högst" near before the figure says, or "eller mer" after it; else ""."""
    if figure.first and words[figure.first - 1] in _symbols():
        return _symbols()[words[figure.first - 1]]
    chosen: Tag | None = None
    for tag in tags:
        if not tag.kind.startswith("sense."):
            continue
        if "after" in tag.kind:
            if figure.last <= tag.first <= figure.last + 2:
                return tag.kind.rpartition("_")[2]
        elif tag.last < figure.first and (tag.kind == "sense.most_next" or words[tag.first] in single_words("during")):
            continue
        elif tag.last <= figure.first <= tag.last + _SENSE_REACH and (chosen is None or tag.last > chosen.last):
            chosen = tag if all(word[0].isalpha() for word in words[tag.last : figure.first]) else chosen
    return chosen.kind.partition(".")[2] if chosen else ""


def change_of(figure: Figure, tags: Sequence[Tag], words: Sequence[str]) -> str:
    """Whether the figure is by how much something goes "up" or "down", or ""."""
    end = figure.last + bool(figure.unit)
    for tag in tags:
        during = words[tag.first] in single_words("during") and figure.unit != PERCENT
        if tag.first == end and tag.kind.startswith("direction.than") and not during:
            return tag.kind.rpartition("_")[2]
        if tag.kind.startswith("direction.bare") and tag.last == figure.first:
            return tag.kind.rpartition("_")[2]
        if tag.kind.startswith("direction.noun") and tag.last <= figure.first <= tag.last + 1:
            return tag.kind.rpartition("_")[2]
    last = max((tag for tag in tags if tag.kind in _STEPS and tag.last <= figure.first), default=None, key=_place)
    by = last is not None and last.kind == "direction.by" and figure.first <= last.last + _BY_REACH
    if by and last and figure.first > last.last + 2:
        by = not single_words("or").isdisjoint(words[figure.first - 1 : figure.first])
    turns = [tag for tag in tags if tag.kind in ("direction.up", "direction.down") and tag.last <= figure.first]
    counted = figure.unit not in _NOT_COUNTED and not is_measure(figure.unit)
    if not turns or not (by or (turns[-1].last == figure.first and not counted)):
        return ""
    return turns[-1].kind.partition(".")[2]


def _place(tag: Tag) -> int:
    return tag.last


def is_rank(figure: Figure, tags: Sequence[Tag]) -> bool:
    """Whether the figure is a place in a ranking."""
    before = any(tag.kind == "near.rank" and tag.last <= figure.first <= tag.last + 2 for tag in tags)
    after = any(tag.kind == "near.rank_after" and tag.first == figure.last for tag in tags)
    return not is_measure(figure.unit) and (before or after)
