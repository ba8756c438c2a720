"""Figures in a sentence: numbers in digits or words with what they measure or count, and parts of a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.word_files import word_file

_NUMBER = re.compile(r"\d+(?:,\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d+\.\d+")
_RANGE = re.compile(r"(\d+(?:,\d+)?)[–-](\d+(?:,\d+)?)")
_YEAR = re.compile(r"(?:19|20)\d\d")
PERCENT = "procent"
"""The unit of a share."""
FRACTION = "delar"
"""The unit of "två tredjedelar" and "hälften"."""
_REMEMBERED = 10_000
"""So many pairs of nouns are remembered as the same or not."""
_GROUP = 3
_THIRD = 1 / 3
_HUNDRED = 100
_STEM = 4
"""Two forms of a noun share at least so many letters ..."""
_HEAD = 7
"""Two compounds with the same noun at their end share so many."""
_ENDING = 2
"""... and all but so many of the shorter one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at tokens[first:last] with its unit, "" where there is none; `whole`: the 12 of "nio av tolv"."""

    value: float
    unit: str
    first: int
    last: int
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class _Data:
    starts: frozenset[str]
    numbers: dict[str, float]
    units: dict[str, str]
    ordinals: dict[str, float]
    multiples: dict[str, float]
    scales: dict[str, tuple[str, float]]
    fractions: dict[str, float]
    halves: dict[str, float]
    words: dict[str, frozenset[str]]
    endings: tuple[str, ...]
    adjectives: tuple[str, ...]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    classes: tuple[str, ...]
    numbered: tuple[str, ...]
    plurals: tuple[str, ...]
    definite: tuple[str, ...]


def find_figures(words: Sequence[str]) -> list[Figure]:
    """The figures among the tokens, in order; without years, dates and numbers of things ("§ 45", "etapp 2")."""
    data = _data()
    articles = data.words["articles"]
    found: list[Figure] = []
    after = 0
    for place in [place for place, word in enumerate(words) if word in data.starts or word[0].isdigit()]:
        if place < after:
            continue
        if parts := _fraction(words, place):
            found.append(Figure(parts[0], FRACTION, place, place + 1, parts[1]))
            after = place + 1 + (words[place] not in data.halves)
            continue
        if words[place] in articles and not (_links(words, place + 1) or _is_number(words, place)):
            continue
        value, last = _value(words, place)
        if value is not None and (after := _ordinal(words, place, last)):
            found.append(Figure(value, "", place, after))
            continue
        whole, after = _whole(words, last)
        if (
            value is not None
            and not _is_label(words, place, last)
            and (whole or words[place] not in articles or _is_number(words, place))
        ):
            times, beyond = _multiple(words, after)
            unit = _unit(words, beyond) or (
                _unit(words, last) if whole and words[last] not in data.words["link"] else ""
            )
            found.append(Figure(value * times, unit, place, last, whole))
            after = max(after, last + any(word in data.multiples for word in words[last : last + 1]))
    return found


def find_ordinals(words: Sequence[str]) -> list[Figure]:
    """ "Den tredje skolan" as a figure of skolan."""
    ordinals = _data().ordinals
    if ordinals.keys().isdisjoint(words):
        return []
    return [
        Figure(ordinals[word], words[place + 1], place, place + 1)
        for place, word in enumerate(words[:-1])
        if word in ordinals and words[place - 1] in _data().words["the"]
    ]


def converted(figure: Figure, unit: str) -> float | None:
    """The figure's value in this unit, if it is of the same kind and of like size: weeks in days; else None."""
    if figure.unit == unit:
        return figure.value
    scales = _data().scales
    if figure.unit not in scales or unit not in scales or scales[unit][0] != scales[figure.unit][0]:
        return None
    return figure.value * scales[figure.unit][1] / scales[unit][1]


def named_unit(words: Sequence[str]) -> str:
    """The unit that a title names apart from its figure: "gram per portion", "antal besök"; "" where it names none."""
    data = _data()
    for place, word in enumerate(words[:-1]):
        if word in data.words["counting"]:
            following = words[place + 2 : place + 3]
            noun = bool(following) and following[0][0].isalpha() and following[0] not in data.words["not_units"]
            return _unit(words, place + 1 + (noun and words[place + 1][-1] == "a"))
        unit = data.units.get(word, word)
        if is_measure(unit):
            return unit
    return ""


def counted_noun(words: Sequence[str], end: int) -> str:
    """What is counted before this place: "antalet serverade portioner uppgick till"; "" where nothing is."""
    counting = _data().words["counting"]
    return next((_unit(words, place + 1) for place in range(end - 2, -1, -1) if words[place] in counting), "")


def is_measure(unit: str) -> bool:
    """Whether things of this unit are measured, not counted."""
    return unit in _data().words["measures"]


def is_year(word: str) -> bool:
    """Whether this looks like a year."""
    return _YEAR.fullmatch(word) is not None


def is_time(unit: str) -> bool:
    """Whether this is a unit of time."""
    return unit in _data().words["times"]


@lru_cache(maxsize=_REMEMBERED)
def same_unit(one: str, other: str) -> bool:
    """Whether these are the same unit, or two forms of the same noun."""
    if one == other or is_measure(one) or is_measure(other):
        return one == other
    one, other = _indefinite(one), _indefinite(other)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _STEM and longer.endswith(shorter):
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _STEM and shared >= min(len(one), len(other)) - _ENDING


def same_head(one: str, other: str) -> bool:
    """Whether these compounds end in the same noun: "stabsövningar" and "krisövningar"."""
    one, other = _indefinite(one), _indefinite(other)
    return len(one) > _HEAD < len(other) and one[-_HEAD:] == other[-_HEAD:]


def _indefinite(noun: str) -> str:
    """Plurals without their article: "frukostar" of "frukostarna"."""
    return noun[:-2] if noun.endswith(_data().definite) else noun


def is_compound(word: str, noun: str) -> bool:
    """Whether this is the noun, or the noun with another before it: "trafikolyckor" of "olyckor"."""
    return word == noun or (len(noun) >= _STEM and word.endswith(noun))


def share(part: float, whole: float) -> str:
    """ "all", "some" or "few" (under a third) of a whole."""
    if whole <= 0 or part >= whole:
        return "all"
    return "few" if part / whole < _THIRD else "some"


def part_tag(figure: Figure) -> Tag | None:
    """A tag "part_all", "part_some" or "part_few" where the figure is a part of a whole."""
    if figure.whole is None or figure.unit == FRACTION:
        return None
    return Tag(f"part_{share(figure.value, figure.whole)}", figure.first, figure.last)


@cache
def _data() -> _Data:
    raw = word_file(__package__, "figures.toml")
    words = {kind: frozenset(listed) for kind, listed in raw["words"].items()}
    numbers = {word: float(value) for word, value in raw["numbers"].items()}
    numbers |= {ten + one: numbers[ten] + numbers[one] for ten in raw["words"]["tens"] for one in raw["words"]["ones"]}
    hundreds = [word for word, value in numbers.items() if value >= _HUNDRED and value % _HUNDRED == 0]
    below = [word for word, value in numbers.items() if 0 < value < _HUNDRED and word not in words["no_ending"]]
    numbers |= {
        hundred + also + rest: numbers[hundred] + numbers[rest]
        for hundred in hundreds
        for also in ("", *raw["words"]["joins"])
        for rest in below
    }
    thousands = [word for word, value in numbers.items() if value in range(1000, 10000, 1000)]
    numbers |= {many + word: numbers[many] + numbers[word] for many in thousands for word in hundreds}
    numbers |= {word + "hundra": _HUNDRED * numbers[word] for word in raw["words"]["teens"]}
    numbers |= {word + "tal": numbers[word] for word in raw["words"]["rounded"]}
    scales = {unit: (base, float(size)) for unit, (base, size) in raw["scales"].items()}
    ordinals = {word: float(value) for word, value in raw["ordinals"].items()}
    multiples = {word: float(value) for word, value in raw["multiples"].items()}
    return _Data(
        frozenset((*numbers, *ordinals, *raw["halves"])),
        numbers,
        raw["units"],
        ordinals,
        multiples,
        scales,
        {word: float(whole) for word, whole in raw["fractions"].items()},
        {word: float(whole) for word, whole in raw["halves"].items()},
        words,
        tuple(raw["words"]["verbal"]),
        tuple(raw["words"]["adjectives"]),
        tuple(raw["words"]["verbs"]),
        tuple(raw["words"]["verbal_nouns"]),
        tuple(raw["words"]["classes"]),
        (*raw["words"]["streets"], *raw["words"]["classes"]),
        tuple(raw["words"]["plurals"]),
        tuple(raw["words"]["definite"]),
    )


def _is_half(words: Sequence[str], place: int) -> bool:
    """Whether "och en halv" stands here."""
    if place + _GROUP > len(words) or words[place] not in _data().words["joins"]:
        return False
    return words[place + 1] in _data().words["articles"] and words[place + 2] in _data().words["half"]


def _is_number(words: Sequence[str], place: int) -> bool:
    """Whether this "en" or "ett" counts: "endast ett", "en och en halv"."""
    before = words[place - 1] if place else ""
    return before in _data().words["before_one"] or _is_half(words, place + 1)


def _fraction(words: Sequence[str], place: int) -> tuple[float, float] | None:
    """The part and the whole of "två tredjedelar" or "hälften", which begins here."""
    data = _data()
    if words[place] in data.halves and data.words["recurring"].isdisjoint(words[place + 1 : place + 2]):
        return 1, data.halves[words[place]]
    if words[place + 1 : place + 2] and words[place + 1] in data.fractions and words[place] in data.numbers:
        return data.numbers[words[place]], data.fractions[words[place + 1]]
    return None


def _ordinal(words: Sequence[str], place: int, last: int) -> int:
    """The end of "37:e" or "tredje" where a place in a ranking follows, else 0."""
    data = _data()
    end = last + 2 if words[last : last + 1] == [":"] and words[last + 1 : last + 2] in (["e"], ["a"]) else 0
    if words[place] in data.ordinals:
        end = last
    following = words[end : end + 2] if end else []
    return end if not data.words["ordinal_after"].isdisjoint(following) else 0


def _multiple(words: Sequence[str], place: int) -> tuple[float, int]:
    """How many the "miljoner" or "tusen" at this place says, unless of money, and where it ends."""
    multiples = _data().multiples
    if place + 1 >= len(words) or words[place] not in multiples or not words[place + 1][0].isalpha():
        return 1, place
    following = _data().units.get(words[place + 1], words[place + 1])
    if is_measure(following) or following in _data().words["not_units"]:
        return 1, place
    return multiples[words[place]], place + 1


def _value(words: Sequence[str], place: int) -> tuple[float | None, int]:
    """The number that begins here and where it ends; thousands may stand apart ("12 000")."""
    word = words[place]
    if word in _data().numbers:
        if decimal := _decimal(words, place):
            return decimal, place + _GROUP
        half = _is_half(words, place + 1)
        return _data().numbers[word] + half / 2, place + 1 + (_GROUP if half else 0)
    if word in _data().ordinals:
        return _data().ordinals[word], place + 1
    if _GROUPED.fullmatch(word):
        return float(word.replace(".", "")), place + 1
    if _DECIMAL.fullmatch(word):
        return float(word), place + 1
    if not _NUMBER.fullmatch(word):
        return _middle(word), place + 1
    last = place + 1
    while "," not in word and len(word) <= _GROUP * (last - place) and last < len(words) and _is_group(words[last]):
        word += words[last]
        last += 1
    return float(word.replace(",", ".")), last


def _middle(word: str) -> float | None:
    """The middle of "92–93"."""
    ends = _RANGE.fullmatch(word)
    if not ends or _YEAR.match(word):
        return None
    low, high = (float(end.replace(",", ".")) for end in ends.groups())
    return (low + high) / 2 if low < high else None


def _decimal(words: Sequence[str], place: int) -> float | None:
    """The number that "nio komma två" says."""
    numbers = _data().numbers
    if words[place + 1 : place + 2] == ["komma"] and place + _GROUP <= len(words) and words[place + 2] in numbers:
        return float(f"{numbers[words[place]]:g}.{numbers[words[place + 2]]:g}")
    return None


def _is_group(word: str) -> bool:
    digits = word.partition(",")[0]
    return len(digits) == _GROUP and digits.isdecimal()


def _whole(words: Sequence[str], last: int) -> tuple[float | None, int]:
    """The whole of "nio (skolor) av (de planerade) tolv" and where it ends."""
    data = _data()
    place = _links(words, last)
    if not place or data.units.get(words[last], words[last]) == PERCENT:
        return None, last  # "96 procent av 27 900 fakturor"
    while place < len(words) and words[place] in data.words["whole_fillers"]:
        place += 1
    if place >= len(words) or not (words[place][0].isdigit() or words[place] in data.numbers):
        return None, last
    value, end = _value(words, place)
    return (None, last) if value is None or words[place] in data.words["articles"] else (value, end)


def _links(words: Sequence[str], place: int) -> int:
    """The place after "av" if it stands here or one word on, else 0."""
    links = _data().words["link"]
    return next((spot + 1 for spot in (place, place + 1) if spot < len(words) and words[spot] in links), 0)


def _is_label(words: Sequence[str], place: int, last: int) -> bool:
    """Whether this is a year, a date or the number of a thing."""
    data = _data()
    following = words[last] if last < len(words) else ""
    if following == "-" and last + 1 < len(words):
        following = words[last + 1]
    if following in data.words["months"] or following in ("/", ":"):
        return True
    before = words[place - 1] if place else ""
    if words[place] in data.ordinals or before.endswith(data.numbered):
        return True
    if place > 1 and before in data.words["numbering"] and words[place - 2] in data.words["ordinal_after"]:
        return False
    measured = is_measure(data.units.get(following, following))
    if before in data.words["labels"] or (before in data.words["joining"] and _is_listed_label(words, place)):
        return True
    if before in ("/", ":") and place > 1 and words[place - 2][0].isdigit() and not measured:
        dated = place == 2 or words[place - _GROUP] in data.words["before_year"]
        return not (dated and _YEAR.fullmatch(words[place - 2]))  # "utfall 2024: 436"
    return (
        bool(_YEAR.fullmatch(words[place]))
        and last == place + 1
        and (not measured or following in data.words["of_year"])
    )


def _is_listed_label(words: Sequence[str], place: int) -> bool:
    """Whether this is the second of "klass 1 och 2", or the 9 of "F–9"."""
    if place < _GROUP - 1:
        return False
    before = words[place - 2]
    if before.isalpha():
        return len(before) == 1
    former = words[place - _GROUP] if place >= _GROUP else ""
    return before.isdigit() and (former in _data().words["labels"] or former.endswith(_data().classes))


def _describes(words: Sequence[str], place: int) -> bool:
    """Whether this is an adjective before a noun, as in "tolv genomförda besök"."""
    data = _data()
    if place + 1 >= len(words):
        return False
    noun = words[place + 1]
    if words[place] in data.words["former"]:
        return False
    if not words[place].endswith(data.adjectives) and not _is_plural_adjective(words[place]):
        return False
    if not noun[0].isalpha() or noun in data.words["not_units"]:
        return False
    return noun.endswith(data.nouns) or not noun.endswith(data.verbs)


def _is_plural_adjective(word: str) -> bool:
    """Whether this ends as adjectives do, and no plural noun, but for those that stand for persons themselves."""
    data = _data()
    return (
        word[-1] == "a" and not word.endswith(data.definite) and word not in data.words["persons"] | data.units.keys()
    )


def _unit(words: Sequence[str], place: int) -> str:
    fillers = _data().words["fillers"]
    while place < len(words) and words[place] in fillers:
        place += 1
    if place >= len(words) or not (words[place][0].isalpha() or words[place] in _data().units):
        return ""
    compared = words[place] in _data().words["compared"] and words[place + 1 : place + 2]
    if _describes(words, place) or (compared and words[place + 1].endswith(_data().plurals)):
        place += 1
    verbal = words[place].endswith(_data().endings) and not words[place].endswith(_data().nouns)
    if verbal or words[place] in _data().words["not_units"]:
        return ""
    unit = words[place].partition("/")[0]
    return _data().units.get(unit, unit)
