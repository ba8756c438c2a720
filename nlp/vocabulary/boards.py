"""The boards of a municipality: codes and spellings to full names, in cells and in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from ljuskoll.nlp.vocabulary.words import either, load

MAX_LENGTH, MAX_PARTS = 1000, 40
"""A text with more characters or separators than this is no list of boards."""

MAX_COMMITTEE_WORDS, MAX_COMMITTEE_AT = 3, 6

MAX_NAME = 100
"""No board's name is longer."""

MIN_EXPLAINED = 2
"""One code with a name can be a line of its own; two are a list of abbreviations."""
_EXPLAINED = re.compile(
    r"(?<!\w)(?P<code>[A-ZÅÄÖ]{2,6})\s*[=:–-]\s*(?P<name>[^\W\d_][^,;.=:()]{5,60}?)(?=\s*(?:[,;.()]|$))"
)
_SPACES = re.compile(r"\s+")
_HANGING = re.compile(r"\s*[-–—](?=\s|,|$)")
_ALIAS = re.compile(r"(.+?)\s*\(([^()]+)\)")
_BRACKETED = re.compile(r"\(([^()]{2,120})\)")
_CODE = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}[A-ZÅÄÖ]")
_USED = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,4}N(?![\w-])")
_CODE_AFTER = re.compile(rf"\s\((?P<code>{_CODE.pattern})\)")


@dataclass(frozen=True, slots=True)
class BoardMention:
    """A board named in a text: where, as written, and its full name."""

    start: int
    end: int
    as_written: str
    name: str


def _data() -> dict[str, Any]:
    return load("boards.toml")


def _plain(text: str) -> str:
    """Lower case and single spaces; "barn- & ungdomsnämnden" as "barn och ungdomsnämnden"."""
    text = _HANGING.sub("", text.replace("&", " och ").casefold())
    return _SPACES.sub(" ", text).strip()


def _definite(text: str) -> str:
    """A board's name out of the genitive and in the definite form, as far as its last word tells."""
    match = _ending().search(text)
    return text[: match.start()] + _definite_endings()[match[1].casefold()] if match else text


@cache
def _definite_endings() -> dict[str, str]:
    pairs = cast("list[tuple[str, str]]", _data()["forms"]["endings"])
    return {form: definite for definite, indefinite in pairs for form in (definite, indefinite)}


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"({either(_definite_endings())})s?$", re.IGNORECASE)


def _key(text: str) -> str:
    return _definite(_plain(text))


def stands_alone(before: str, word: str) -> bool:
    """Whether a board's last word is one of its own ("Tekniska utskottet"), not broken off ("Stadsdels nämnden")."""
    forms, word = _data()["forms"], word.casefold()
    return word in forms["alone"] or (word in forms["alone_definite"] and not before.endswith("s"))


@cache
def _separator() -> re.Pattern[str]:
    words = [word for word in _data()["forms"]["and"] if word[0].isalpha()]
    return re.compile(rf"\s*(?:[,;/+&\n]|(?<!\S)(?:{either(words)})(?!\S))\s*", re.IGNORECASE)


@cache
def _unknown() -> re.Pattern[str]:
    """Compounds like "trygghetsnämnden", "kost- och städnämnden" and "gatutekniska nämnden", in the definite form or
    its genitive.
    """
    forms = _data()["forms"]
    ands, endings = either(forms["and"]), either(forms["unknown"])
    head = rf"(?:[^\W\d_]+[-–](?:,|\s+(?:{ands}))?\s+)*"
    described = rf"[^\W\d_]*(?:{either(forms['described'])})\s(?:{endings})"
    return re.compile(rf"(?<![\w-]){head}(?P<word>[^\W\d_][\w-]+(?:{endings})|{described})s?(?![\w-])", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    openings = either([_definite_opening(opening) for opening in _data()["forms"]["openings"]])
    endings = either([ending for pair in _data()["forms"]["endings"] for ending in pair])
    stops = either(_data()["forms"]["opening_stops"])
    rest = rf"(?!(?:{stops})(?!\w))(?!.*(?:{endings}))[^\W\d_][^\d.:;/()]{{2,70}}"
    return re.compile(rf"(?=[A-ZÅÄÖ])(?i:(?:{openings})\s+{rest})")


def _definite_opening(text: str) -> str:
    """The text with "nämnd för" at its beginning as "nämnden för"."""
    first, _, rest = text.partition(" ")
    return f"{text[:1]}{_definite(first)[1:]} {rest}".rstrip()


def _is_board_word(text: str) -> bool:
    """Whether a name ends as boards' names do."""
    return _ending().search(text) is not None


def _abbreviates(code: str, name: str) -> bool:
    """Whether a code's letters stand in the name in their order; in "antas av fullmäktige (KS)" KS is another board."""
    letters = iter(name.casefold())
    return code[0].casefold() == name[0].casefold() and all(letter in letters for letter in code.casefold())


def _is_initials(code: str, name: str) -> bool:
    """Whether a code is the first letters of a name's parts and of "nämnd" ("BUN": Barn- och ungdomsnämnden)."""
    parts = [part for part in re.split(r"[\s-]+", name.casefold()) if part and part not in _data()["forms"]["and"]]
    return code.casefold() == "".join(part[0] for part in parts) + code[-1:].casefold()


def _is_within(code: str, name: str) -> bool:
    """Whether a code is the first letters of the parts of a compound ("SPN": Samhällsplaneringsnämnden)."""
    return " " not in name and "-" not in name and _abbreviates(code, name)


def _is_committee(text: str) -> bool:
    """Whether words name one committee: no list of them."""
    words = text.split()
    is_list = any(not word.isalpha() or word in _data()["forms"]["and"] for word in words)
    is_list = is_list or any(_is_board_word(word) for word in words[:-1])
    return not is_list and _key(text).endswith(tuple(_data()["forms"]["committees"]))


def is_code(text: str) -> bool:
    """Whether a text is written like the code of a board ("BUN")."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class BoardTable:
    """One municipality's boards: codes (as written) and spellings (as keys) with full names.

    `own` are the codes that a user's settings explain: no document changes them.
    """

    codes: Mapping[str, str]
    spellings: Mapping[str, str]
    known: re.Pattern[str]
    own: frozenset[str] = frozenset()

    @classmethod
    def default(cls, overrides: Mapping[str, str] | None = None) -> "BoardTable":
        """The built-in table; `overrides` maps a code or spelling to a full name, and wins."""
        codes: dict[str, str] = {}
        spellings = {_key(spelling): _data()["all"]["name"] for spelling in _data()["all"]["spellings"]}
        findable: list[str] = []
        for board in cast("list[dict[str, Any]]", _data()["board"]):
            running = [board["name"], *board.get("spellings", [])]
            findable += running
            spellings |= {_key(spelling): board["name"] for spelling in (*running, *board.get("whole", []))}
            for code in board.get("codes", []):
                codes.setdefault(code, board["name"])
        for written, name in (overrides or {}).items():
            spellings.setdefault(_key(name), name)
            findable.append(name)
            if _CODE.fullmatch(written):
                codes[written] = name
            else:
                spellings[_key(written)] = name
                findable.append(written)
        own = frozenset(written for written in overrides or () if _CODE.fullmatch(written))
        known = re.compile(rf"(?<![\w-])(?:{either(findable)})s?(?![\w-])", re.IGNORECASE)
        return cls(codes, spellings, known, own)

    def taught(self, texts: Iterable[str]) -> "BoardTable":
        """The table with the codes that a document explains: by a list ("KS = kommunstyrelsen, MSN = ..."), or each
        after the board's name ("barn- och ungdomsnämnden (BUN)").
        """
        codes: dict[str, str] = {}
        texts = list(texts)
        for text in texts:
            codes |= dict(self._named_codes(text))
            named = {match["code"]: self.resolve(match["name"]) for match in _EXPLAINED.finditer(text)}
            if len(named) >= MIN_EXPLAINED:
                codes |= {code: name for code, name in named.items() if name is not None}
        codes = {code: name for code, name in codes.items() if code not in self.own}
        table = replace(self, codes={**self.codes, **codes}) if codes else self
        return table._with_initials(texts, codes)

    def _with_initials(self, texts: Sequence[str], told: Mapping[str, str]) -> "BoardTable":
        """The table with codes that are the initials of one board that the document names, where the table has no code.

        A code that the table has for a board keeps it where the document names that one, or explains the code.
        """
        used = {code for text in texts for code in _USED.findall(text)} - told.keys()
        if not used:
            return self
        named = {mention.name for text in texts for mention in self.find(text)}
        bare = sorted(named - set(self.codes.values()))
        codes: dict[str, str] = {}
        for code in sorted(used):
            usual = self.codes.get(code)
            fitting = [name for name in bare if _is_initials(code, name)]
            fitting = fitting or ([] if usual else [name for name in bare if _is_within(code, name)])
            if len(fitting) == 1 and usual not in named and usual not in self.own:
                codes[code] = fitting[0]
        return replace(self, codes={**self.codes, **codes}) if codes else self

    def _named_codes(self, text: str) -> Iterator[tuple[str, str]]:
        for match in _CODE_AFTER.finditer(text):
            before = self.find(text[max(0, match.start() - MAX_NAME) : match.start()])
            is_next = bool(before) and before[-1].end == min(match.start(), MAX_NAME)
            if is_next and _abbreviates(match["code"], before[-1].name):
                yield match["code"], before[-1].name

    def knows(self, text: str) -> bool:
        """Whether a whole string is a board of the table rather than one that only looks like a board."""
        return text in self.codes or _definite(_plain(text)) in self.spellings

    def resolve(self, text: str) -> str | None:
        """The full name of the board that a whole string is, or None; unmistakable unknown boards name themselves."""
        text = _SPACES.sub(" ", text).strip(" .:;")
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
        if alias := _ALIAS.fullmatch(text):
            name, other = self.resolve(alias[1]), self.resolve(alias[2])
            return name if other in (name, None) and (other or _CODE.fullmatch(alias[2])) else None
        if text in self.codes:
            return self.codes[text]
        plain = _plain(text)
        return self.spellings.get(_definite(plain)) or self.spellings.get(plain.removesuffix("s")) or self._itself(text)

    def split(self, text: str) -> tuple[str, ...]:
        """The boards that a whole string lists, as written; () if any part of it is no board."""
        text = text.strip().strip(".:;").strip()
        if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
            text = text[1:-1].strip()
        if text and all(word in self.codes for word in text.split()):
            return tuple(text.split())
        return tuple(text[start:end] for start, end in self._parts(text))

    def find(self, text: str) -> tuple[BoardMention, ...]:
        """Boards named in running text (definite form or genitive) and, in parentheses only, codes."""
        spans = [span for bracket in _BRACKETED.finditer(text) for span in self._bracketed(bracket)]
        named = {match.span() for pattern in (self.known, _unknown()) for match in pattern.finditer(text)}
        for begin, stop in sorted(named, key=lambda span: (span[0], -span[1])):
            if not any(start < stop and begin < end for start, end in spans) and self.resolve(text[begin:stop]):
                spans.append((begin, stop))
        mentions = []
        for start, end in sorted(spans):
            if name := self.resolve(text[start:end]):
                mentions.append(BoardMention(start, end, text[start:end], name))
        return tuple(mentions)

    def _itself(self, text: str) -> str | None:
        """An unknown board's own name in the definite form, if the words leave no doubt that it is one."""
        name = _definite(text)
        unknown = _unknown().fullmatch(name)
        if unknown and unknown["word"].casefold() not in _data()["forms"]["not_boards"]:
            return name[0].upper() + name[1:]
        name = _definite_opening(text)
        if _opening().fullmatch(name) and not any(word.strip(",") in self.codes for word in name.split()):
            return name[0].upper() + name[1:]
        return self._qualified(text) or self._committee(text)

    def _committee(self, text: str) -> str | None:
        """ "Socialnämndens arbetsutskott": a committee of a board that is known or itself unmistakable."""
        words = text.split(" ")
        for cut in range(1, min(len(words), MAX_COMMITTEE_AT)):
            owner, committee = " ".join(words[:cut]), " ".join(words[cut:])
            if len(words) - cut > MAX_COMMITTEE_WORDS or not owner.endswith("s") or not _is_committee(committee):
                continue
            if name := self.resolve(owner):
                return f"{name}s {committee}"
        return None

    def _qualified(self, text: str) -> str | None:
        """ "Gemensamma räddningsnämnden", "Socialnämnden Väst": a board with whose or where it is."""
        first, _, rest = text.partition(" ")
        if first.casefold() in _data()["forms"]["before"] and _is_board_word(rest) and self.resolve(rest):
            return text[0].upper() + _definite(text)[1:]
        head, _, last = text.rpartition(" ")
        is_after = last.casefold() in _data()["forms"]["after"] and last[:1].isupper()
        name = self.resolve(head) if is_after and _is_board_word(head) else None
        return f"{name} {last}" if name else None

    def _parts(self, text: str) -> list[tuple[int, int]]:
        """The spans of the boards that make up the whole text, the longest names first; [] if it is no such list."""
        separators = list(_separator().finditer(text[: MAX_LENGTH + 1]))
        if not text or len(text) > MAX_LENGTH or len(separators) > MAX_PARTS:
            return []
        starts = [0, *(separator.end() for separator in separators)]
        ends = [*(separator.start() for separator in separators), len(text)]
        return self._cover(text, starts, ends) or []

    def _cover(self, text: str, starts: list[int], ends: list[int]) -> list[tuple[int, int]] | None:
        best: list[list[tuple[int, int]] | None] = [None] * len(starts) + [[]]
        for first in reversed(range(len(starts))):
            for last in reversed(range(first, len(starts))):
                rest = best[last + 1]
                if rest is not None and self.resolve(text[starts[first] : ends[last]]):
                    best[first] = [(starts[first], ends[last]), *rest]
                    break
        return best[0]

    def _bracketed(self, bracket: re.Match[str]) -> Iterator[tuple[int, int]]:
        offset = bracket.start(1)
        for start, end in self._parts(bracket[1]):
            yield offset + start, offset + end
