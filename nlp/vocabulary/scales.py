"""How a shown status is read: words, symbols and drawn marks, as the three lights of one scale."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, cast

from ljuskoll.nlp.document import Mark
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, Declared, Trend
from ljuskoll.nlp.vocabulary.words import either, load

Light: TypeAlias = Literal["green", "yellow", "red", "none"]
_LIGHTS: tuple[Light, ...] = ("green", "yellow", "red", "none")

MAX_STATUS = 70
"""Longer texts are no status, whatever they begin with."""
MAX_LEGEND_MEANING = 14
"""Words in the meaning of a colour; a longer text after a colour is a comment."""

_INVISIBLE = re.compile("[\ufe0e\ufe0f\u200b\u200d\U0001f3fb-\U0001f3ff]")
_PARENTHESIS = re.compile(r"^([^()]+?)\s*\([^()]*\)$")
_JOINTS = re.compile(r"\s*[,;/|·•]\s*|\s+[-–—]\s+|\s*[()]\s*")
_SENTENCE_END = re.compile(r"(?<=\w)\.$")


def _key(text: str) -> str:
    """A text as the tables hold it: lower case, single spaces, no invisible marks, no full stop after a word or two."""
    text = " ".join(_INVISIBLE.sub("", text).casefold().split())
    return _SENTENCE_END.sub("", text) if text.count(" ") < 2 else text


def _data() -> dict[str, Any]:
    return load("scales.toml")


def _expand(template: str) -> Iterator[str]:
    """All expressions that a template with "{done}" and the like stands for."""
    parts = re.split(r"\{(\w+)\}", template)
    choices = [_data()["forms"][part] if index % 2 else [part] for index, part in enumerate(parts)]
    for words in itertools.product(*choices):
        yield "".join(words)


@cache
def _expressions() -> dict[str, str]:
    """Every expression with its outcome; what stands first in the file wins."""
    table: dict[str, str] = {}
    for outcome, templates in _data()["expressions"].items():
        for expression in itertools.chain.from_iterable(map(_expand, templates)):
            table.setdefault(expression, outcome)
    return table


@cache
def _trends() -> dict[str, Trend]:
    trends = cast("dict[Trend, list[str]]", _data()["trends"])
    return {_key(word): trend for trend, words in trends.items() for word in words}


@cache
def _colour_names() -> dict[str, str]:
    """The colour that each form, shape expression and coloured symbol says."""
    names: dict[str, str] = {}
    for colour, forms in _data()["colours"].items():
        for form, shape in itertools.product(forms, _data()["shapes"]["words"]):
            names |= {form: colour, f"{form} {shape}": colour, f"{form}{shape}": colour}
        names |= {symbol: colour for symbol in _data()["symbols"][colour] if symbol in _data()["coloured"]["symbols"]}
    return names


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The regular expressions that are made from the words of the data file."""

    status_label: re.Pattern[str]
    trend_label: re.Pattern[str]
    arrow: re.Pattern[str]
    symbol: re.Pattern[str]
    glued: re.Pattern[str]
    glued_after: re.Pattern[str]
    coloured: re.Pattern[str]
    legend_label: re.Pattern[str]
    legend_entry: re.Pattern[str]
    topic: re.Pattern[str]
    telling: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = _data()
    capitals = either([form.capitalize() for forms in data["colours"].values() for form in forms])
    uppers = either([form.upper() for forms in data["colours"].values() for form in forms])
    forms = either([form for forms in data["colours"].values() for form in forms])
    shapes = either(data["shapes"]["words"])
    symbols = either([symbol for symbols in data["symbols"].values() for symbol in symbols])
    arrows = either([word for words in data["trends"].values() for word in words if not word[0].isalpha()])
    coloured = either(data["coloured"]["symbols"])
    return _Patterns(
        status_label=re.compile(rf"^(?:{either(data['labels']['status'])})(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE),
        trend_label=re.compile(rf"^(?:{either(data['labels']['trend'])})\s*:\s*(?=\S)", re.IGNORECASE),
        arrow=re.compile(rf"(?:{arrows})"),
        symbol=re.compile(rf"\s*({symbols})\s*"),
        glued=re.compile(
            rf"(?P<twice>(?P<word>{capitals}|{uppers})(?P=word)(?![^\W\d_A-ZÅÄÖ]))"
            rf"|(?P<once>(?:{capitals})(?:\s(?:{shapes}))?)(?=[A-ZÅÄÖ](?:[a-zåäöé]|\S*\s))"
        ),
        glued_after=re.compile(rf"(?<=[a-zåäöé0-9.)!?])(?P<word>{capitals})(?:(?P=word))?$"),
        coloured=re.compile(rf"^(?P<before>{coloured})\s*(?=\S)|(?P<after>{coloured})$"),
        legend_label=re.compile(rf"^(?:{either(data['legend']['labels'])})\b\s*(?P<end>:|$)?", re.IGNORECASE),
        legend_entry=re.compile(
            rf"(?:^|[\s(,;|:])(?:(?P<colour>(?:{forms})(?:\s(?:{shapes}))?|{symbols})"
            rf"(?!\w)(?:\s*(?P<sign>=|:|–|—|-(?=\s)|\b(?:{either(data['legend']['verbs'])})\b))?)\s*",
            re.IGNORECASE,
        ),
        topic=re.compile(rf"%|\b(?:{either(data['legend']['topics'])})\b", re.IGNORECASE),
        telling=re.compile(rf"\b(?:{either(data['legend']['telling'])})\b", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """One municipality's scale: which light each expression, symbol and colour stands for."""

    lights: Mapping[str, Light]
    colours: Mapping[str, Light]

    @classmethod
    def default(cls, overrides: Mapping[str, str] | None = None) -> "Scale":
        """The built-in scale; `overrides` maps a word, symbol or outcome to "green", "yellow", "red" or "none".

        A colour word stands for all its forms, an outcome for all its words. Raises UsageError for another light.
        """
        own = {_key(word): _checked(word, light) for word, light in (overrides or {}).items()}
        outcomes: dict[str, Light] = _data()["lights"] | own
        colour_lights: dict[str, Light] = dict(_data()["colour_lights"])
        for word, light in own.items():
            if word in _colour_names():
                colour_lights[_colour_names()[word]] = light
        colours = {word: colour_lights[colour] for word, colour in _colour_names().items()}
        lights = {expression: outcomes[outcome] for expression, outcome in _expressions().items()}
        for colour, symbols in _data()["symbols"].items():
            lights |= dict.fromkeys(symbols, colour_lights[colour])
        own_words = {word: light for word, light in own.items() if word not in _data()["lights"]}
        return cls(lights | colours | own_words, colours)

    def read(self, text: str) -> Declared | None:
        """The status that a whole cell or line shows; None where the text is no status (a trend, a title, prose)."""
        text = text.strip()
        if len(text) > MAX_STATUS:
            return None
        unlabelled = _patterns().status_label.sub("", text)
        return self._read(text) or (self._read(unlabelled.removesuffix(".")) if unlabelled != text else None)

    def _read(self, written: str) -> Declared | None:
        if colour := self.colour_word(written):
            return colour
        arrows = _patterns().arrow.findall(_INVISIBLE.sub("", written))
        light = self._light(_patterns().arrow.sub(" ", written) if len(arrows) == 1 else written)
        if light is None:
            return None
        return _declared(light, written, _trends()[arrows[0]] if len(arrows) == 1 else None)

    def colour_word(self, text: str) -> Declared | None:
        """Only unmistakable colours: the words in their forms ("GrönGrön" too) and coloured emoji."""
        written = text.strip()
        half = written[: len(written) // 2]
        if half and half * 2 == written:
            written = half
        light = self.colours.get(_key(written))
        return _declared(light, written) if light else None

    def split_glued(self, text: str) -> tuple[Declared, str] | None:
        """A colour that is printed with no space before or after a title, and the title; None where there is none."""
        text = text.strip()
        if match := _patterns().glued.match(text):
            return self._split(match["word"] or match["once"], text[match.end() :])
        if (match := _patterns().glued_after.search(text)) and " " in text[: match.start()]:
            return self._split(match["word"], text[: match.start()])
        if match := _patterns().coloured.search(text):
            return self._split(match["before"] or match["after"], text[: match.start()] + text[match.end() :])
        return None

    def mark_colour(self, mark: Mark) -> Declared | None:
        """The status that a drawn mark shows: its colour, else its text; None for a mark that is no status."""
        read = self.read(mark.text)
        if mark.colour in ("green", "yellow", "red") or (read is None and mark.colour in ("blue", "grey")):
            word: str = _data()["colours"][mark.colour][0]
            light = self.colours[word]
            return _declared(light, mark.text or word).model_copy(update={"source": mark.source})
        return read and read.model_copy(update={"source": mark.source})

    def trend(self, text: str) -> Trend | None:
        """The trend that a whole cell shows, by an arrow or a word."""
        return _trends().get(_key(_patterns().trend_label.sub("", text.strip())))

    def is_legend(self, text: str) -> bool:
        """Whether a line explains the scale ("Grön = uppfyllt"), rather than uses it."""
        if label := _patterns().legend_label.match(text.strip()):
            return label["end"] is not None or len(_colours_in(text)) > 1
        before, sign, after = text.partition("=")
        if sign and after.strip() and self.read(before):
            return True
        entries = list(_patterns().legend_entry.finditer(text))
        if not entries or text[: entries[0].start()].strip() or (len(entries) == 1 and not entries[0]["sign"]):
            return False
        ends = [entry.start() for entry in entries[1:]] + [len(text)]
        return all(
            self._explains(entry["sign"] or "", text[entry.end() : end])
            for entry, end in zip(entries, ends, strict=True)
        )

    def _explains(self, sign: str, meaning: str) -> bool:
        meaning = meaning.strip(" ,;.")
        if not meaning or meaning.isdecimal() or len(meaning.split()) > MAX_LEGEND_MEANING:
            return False
        if sign == "=" or sign[:1].isalpha() or self.read(meaning):
            return True
        return bool(_patterns().topic.search(meaning)) and not _patterns().telling.search(meaning)

    def _light(self, text: str) -> Light | None:
        key = _key(text)
        if found := self.lights.get(key):
            return found
        if (head := _PARENTHESIS.match(key)) and (light := self.lights.get(head[1])):
            return light
        spaced = _patterns().symbol.sub(r" ; \1 ; ", key) if not key.isascii() else key
        parts = [part for part in _JOINTS.split(spaced.strip(" ;")) if part]
        if len(parts) < 2 or not all(part in self.lights for part in parts):
            return None
        deciding = [part for part in parts if part in self.colours] or parts
        judged = {self.lights[part] for part in deciding} - {"none"}
        return None if len(judged) > 1 else next(iter(judged), "none")

    def _split(self, word: str, rest: str) -> tuple[Declared, str] | None:
        declared = self.colour_word(word)
        return (declared, rest.strip()) if declared and rest.strip() else None


def _checked(word: str, light: str) -> Light:
    if light not in _LIGHTS:
        raise UsageError(f"ljuskoll.toml, [scale]: «{word}» har okänt ljus «{light}» (kända: {', '.join(_LIGHTS)}).")
    return light


def _declared(light: Light, written: str, trend: Trend | None = None) -> Declared:
    colour: Colour | None = None if light == "none" else light
    source: Literal["text", "symbol"] = "text" if any(char.isalpha() for char in written) else "symbol"
    return Declared(colour=colour, as_written=written, source=source, trend=trend)


def _colours_in(text: str) -> set[str]:
    return {_colour_names()[word] for word in re.findall(r"\w+|[^\w\s]", text.casefold()) if word in _colour_names()}
