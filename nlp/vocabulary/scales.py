"""How a shown status is read: words, symbols and drawn marks, as the three lights of one scale."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from ljuskoll.nlp.document import Mark, MarkColour
from ljuskoll.nlp.followup import Colour, Declared, Period, Trend
from ljuskoll.nlp.vocabulary.bands import Band, percentage, read_bands
from ljuskoll.nlp.vocabulary.legends import explains_scale
from ljuskoll.nlp.vocabulary.scale_tables import Light, colour_lights_of, light_tables, own_lights, own_table, words_of
from ljuskoll.nlp.vocabulary.scale_words import (
    INVISIBLE,
    colour_bases,
    colour_names,
    key,
    of_code,
    patterns,
    scale_data,
    signs,
    trends,
)
from ljuskoll.nlp.vocabulary.seasons import SEASONS, Season, season_of

MAX_STATUS = 70
"""Longer texts are no status, whatever they begin with."""
MAX_WORDS = 4
MAX_TOLD = 3
"""Words of a status that is a sentence of its own; more are a sentence of the comment."""
MAX_SHOWN = 160
"""The same where a label or a column says that the text is one."""

_PARENTHESIS = re.compile(r"^([^()]+?)\s*\([^()]*\)$")
_ENCLOSED = re.compile(r"[(\[]([^()\[\]]+)[)\]]\.?")
_HEAD = re.compile(r"\s*[,:;(–—]\s*|\s-\s|\.\s")
_TITLE_END = re.compile(r"\s*:\s+|\s+[–—-]\s+|\s+\((?=[^()]{3,30}\)$)|\s+\[(?=[^\[\]]{3,30}\]$)")
_STATUS_END = re.compile(r"[.,;]\s+|\s+[–—-]\s+|\.$")
_DECORATION = re.compile(r"^[●○◐◑◔◕■□▪▫☐★☆\s]{2,}(?=\w)")
"""Signs that count how far a thing has come, before the word for it ("●●○ Pågår")."""
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_BULLET = re.compile(r"^[●○■□▪•]\s+(?=\w)")
"""One sign before the word, whose own colour is not seen."""
_JOINTS = re.compile(r"\s*[,;/|·•]\s*|\s+[-–—]\s+|\s*[()]\s*")


@dataclass(frozen=True, slots=True)
class Scale:
    """One municipality's scale: which light each expression, symbol and colour stands for.

    `seasons` holds for each season, and for none known, a scale of nothing but what means something else then.
    """

    lights: Mapping[str, Light]
    colours: Mapping[str, Light]
    bands: tuple[Band[Light], ...] = ()
    own: Mapping[str, Light] = field(default_factory=dict)
    seasons: Mapping[Season | None, "Scale"] = field(default_factory=dict)

    @classmethod
    def default(cls, overrides: Mapping[str, str] | None = None) -> "Scale":
        """The built-in scale; `overrides` maps a word, symbol or outcome to "green", "yellow", "red" or "none".

        A colour word stands for all its forms, an outcome for all its words; "forecast.Pågår" is Pågår in one season.
        Raises UsageError for another light.
        """
        own = own_lights(overrides or {})
        plain = words_of(own, None)
        colour_lights: dict[str, Light] = scale_data()["colour_lights"] | colour_lights_of(plain)
        lights, colours = light_tables(scale_data()["lights"] | plain, colour_lights, plain)
        scale = cls(lights, colours, read_bands(plain), own)
        return scale if len(plain) == len(own) else scale._with_seasons(plain)

    def _with_seasons(self, plain: Mapping[str, Light]) -> "Scale":
        """This scale, which also knows the words that only a season has: they too show that a column is a status.

        Outside their season such words mean what they would mean without it: mostly no light.
        """
        sections = {season: words_of(self.own, season) for season in SEASONS}
        listed = sections["year_end"] | sections["forecast"]
        known = scale_data()["lights"]
        words = {word: light for word, light in listed.items() if word not in known and self.read(word) is None}
        outside: dict[str, Light] = {word: self._light_outside(word) for word in words}
        seasons: dict[Season | None, Scale] = {None: _of_season({}, plain, outside)}
        seasons |= {season: _of_season(section, plain, outside) for season, section in sections.items()}
        lights = {**self.lights, **own_table(words)}
        return replace(self, lights=lights, bands=read_bands({**plain, **words}), seasons=seasons)

    def _light_outside(self, word: str) -> Light:
        declared = self._stated(word)
        return (declared and declared.colour) or "none"

    def taught(self, meanings: Mapping[str, Light]) -> "Scale":
        """The scale of a document whose legend gives some words and signs their lights; own settings still win."""
        lights: dict[str, str] = {word: light for word, light in meanings.items() if key(word) not in self.own}
        return Scale.default(lights | dict(self.own)) if lights else self

    def at(self, declared: Declared, period: Period | None) -> Declared:
        """A status that this scale has read, with the light that it stands for in a report of this period.

        What is drawn in a light of its own keeps it, whatever its text stands for.
        """
        season, written = self.seasons.get(season_of(period)), declared.as_written
        named = season._stated(written.strip()) if season else None
        if declared.source in ("icon", "fill") and self.colour_word(written) is None:
            read = self._stated(written.strip())
            named = named if read is not None and read.colour == declared.colour else None
        return declared.model_copy(update={"colour": named.colour}) if named else declared

    def read(self, text: str) -> Declared | None:
        """The status that a whole cell or line shows; None where the text is no status (a trend, a title, prose)."""
        text = text.strip()
        if len(text) > MAX_STATUS:
            return None
        unlabelled = patterns().status_label.sub("", text)
        if read := self._read(text) or (self._read(unlabelled.removesuffix(".")) if unlabelled != text else None):
            return read
        bare = (text.removesuffix("."), patterns().tail.sub("", text), _DECORATION.sub("", text))
        found = next(filter(None, (self._read(less) for less in bare if less not in (text, ""))), None)
        return found and found.model_copy(update={"as_written": text})

    def shown(self, text: str) -> Declared | None:
        """The status where a label or column says that the text is one: "Gul, upphandlingen dröjer" is one as well."""
        text = text.strip()
        return self._stated(text) or self._arrow(text)

    def _stated(self, text: str) -> Declared | None:
        if read := self.read(text):
            return read
        if subject := patterns().subject.fullmatch(text.rstrip(".")):
            goal = scale_data()["subjects"]["as"]
            if read := self.read(f"{goal} {subject['rest']}") or self.read(subject["bare"]):
                return read.model_copy(update={"as_written": text})
        if (bare := _BULLET.sub("", text)) != text and (read := self._stated(bare)):
            return read.model_copy(update={"as_written": text})
        if alike := scale_data()["told"].get(key(text)):
            read = self.read(alike)
            return read and read.model_copy(update={"as_written": text})
        if self.bands and _NUMBER.fullmatch(text):
            return self._in_bands(text, float(text.replace(",", ".")))
        head, *rest = _HEAD.split(text, maxsplit=1) if len(text) <= MAX_SHOWN else [""]
        if rest and not patterns().turn.match(rest[0]) and (read := self.read(head)) is not None:
            return read.model_copy(update={"as_written": text})
        return None

    def is_settled(self, text: str) -> bool:
        """Whether a status is a colour's own name or a word of the user's settings: nothing drawn changes it."""
        return self.colour_word(text) is not None or key(text) in self.own

    def fixed(self, sign: str) -> Light | None:
        """The light of a colour that no legend changes: green, yellow and red in all their forms and signs."""
        name = colour_names().get(key(sign))
        return self.colours[key(sign)] if name in ("green", "yellow", "red") else None

    def name_of(self, text: str) -> str | None:
        """The first form of the colour that a word or coloured sign says ("Gröna": "grön")."""
        name = colour_names().get(key(text))
        return self.colour_name(name) if name is not None else None

    def colour_name(self, colour: MarkColour | str) -> str | None:
        """The word for a mark's colour; None for colours that no scale has."""
        forms: list[str] | None = scale_data()["colours"].get(colour)
        return forms[0] if forms else None

    def of_initial(self, text: str) -> str | None:
        """The word for the colour that a letter or two stand for at the head of a column of ticks ("Gu")."""
        initials: dict[str, list[str]] = scale_data()["initials"]
        return next((self.colour_name(name) for name, forms in initials.items() if key(text) in forms), None)

    def is_sign(self, text: str) -> bool:
        """Whether a text is one symbol, smiley or arrow."""
        return key(text) in signs()

    def _arrow(self, text: str) -> Declared | None:
        """An arrow alone tells the trend and no light."""
        arrow = INVISIBLE.sub("", text)
        return _declared("none", text, trends()[arrow]) if patterns().arrow.fullmatch(arrow) else None

    def _read(self, written: str) -> Declared | None:
        if colour := self.colour_word(written):
            return colour
        if light := self.lights.get(key(written)) or self.lights.get(of_code(written) or ""):
            return _declared(light, written)
        if self.bands and (value := percentage(written)) is not None:
            return self._in_bands(written, value)
        if enclosed := _ENCLOSED.fullmatch(written):
            return self._read(enclosed[1])
        if (ticked := _ticked(written)) is not None:
            return self._read(ticked)
        arrows = patterns().arrow.findall(INVISIBLE.sub("", written))
        light = self._light(patterns().arrow.sub(" ", written) if len(arrows) == 1 else written)
        if light is None:
            return None
        return _declared(light, written, trends()[arrows[0]] if len(arrows) == 1 else None)

    def _in_bands(self, written: str, value: float) -> Declared:
        """The light of a percentage; none where the bands leave a gap."""
        return _declared(next((band.light for band in self.bands if band.holds(value)), "none"), written)

    def colour_word(self, text: str) -> Declared | None:
        """Only unmistakable colours: the words in their forms ("GrönGrön" too) and coloured emoji."""
        written = text.strip()
        if enclosed := _ENCLOSED.fullmatch(written):
            written = enclosed[1].strip()
        half = written[: len(written) // 2]
        if half and half * 2 == written:
            written = half
        light = self.colours.get(key(written))
        return _declared(light, written) if light else None

    def split_glued(self, text: str) -> tuple[Declared, str] | None:
        """A colour that is printed with no space before or after a title, and the title; None where there is none."""
        text = text.strip()
        if match := patterns().glued.match(text):
            return self._split(match["word"] or match["once"], text[match.end() :])
        if (match := patterns().glued_after.search(text)) and " " in text[: match.start()]:
            return self._split(match["word"], text[: match.start()])
        if (match := patterns().seam.match(text)) and (declared := self.read(match["words"])):
            return declared, match["rest"]
        if match := patterns().coloured.search(text):
            return self._split(match["before"] or match["after"], text[: match.start()] + text[match.end() :])
        return None

    def split_symbol(self, text: str) -> tuple[Declared, str] | None:
        """Any status symbol before or after a title, and the title: a check mark too, which may as well be a bullet."""
        match = patterns().symbol_beside.fullmatch(text.strip())
        if match is None:
            return None
        if match["word"]:
            declared = self.read(match["last"] + match["word"])
            return (declared, match["before"]) if declared else None
        sign = match["first"] or match["last"]
        light = self.lights.get(sign)
        return (_declared(light, sign), match["after"] or match["before"]) if light else None

    def split_beside(self, text: str) -> tuple[Declared, str] | None:
        """A colour's first form beside a title ("Gul Levande sjöar", "Frisk luft – Grön"), and the title."""
        match = patterns().beside.fullmatch(text.strip())
        declared = self.colour_word(match["first"] or match["last"]) if match else None
        return (declared, match["after"] or match["before"]) if match and declared else None

    def split_words(self, text: str) -> tuple[Declared, str] | None:
        """A scale's words before or after a title ("Ej mätbart Levande sjöar", "Bygg en bro Pågår"), and the title."""
        words = text.split()
        for count in range(min(MAX_WORDS, len(words) - 1), 0, -1):
            if words[count][0].isupper() and (declared := self.read(" ".join(words[:count]))):
                return declared, " ".join(words[count:])
            is_after = words[-count][0].isupper() and words[-count - 1][-1].isalnum() and len(words) - count > 1
            if is_after and (declared := self.read(" ".join(words[-count:]))):
                return declared, " ".join(words[:-count])
        return None

    def split_inline(self, text: str) -> tuple[str, str, str] | None:
        """Title, colour and comment of a line that holds all three ("Bygg en bro: Gul. Anbuden ...")."""
        match = patterns().inline.fullmatch(text.strip())
        return (match["title"], match["word"], match["rest"]) if match and not self.is_legend(text) else None

    def split_status(self, text: str) -> tuple[str, str, str] | None:
        """Title, status and comment, "" where there is none, of a line with a scale's words ("Bygg en bro – pågår")."""
        for match in _TITLE_END.finditer(text):
            title, tail = text[: match.start()].strip(), text[match.end() :].strip()
            status, comment = [*_STATUS_END.split(tail.rstrip(")]"), maxsplit=1), ""][:2]
            is_title = " " in title and title[0].isupper() and not re.search(r"[.!?]\s|[.,]$", title)
            if is_title and len(status.split()) <= MAX_WORDS and self._is_light(status):
                return title, status.strip(), comment.strip()
        return None

    def _is_light(self, text: str) -> bool:
        declared = self.read(text.strip()) if any(map(str.isalpha, text)) else None
        return declared is not None and declared.colour is not None

    def split_leading(self, text: str) -> tuple[Declared, str] | None:
        """A colour that opens a comment as a word of its own ("Gul. Anbuden ..."), and the comment."""
        match = patterns().leading.fullmatch(text.strip())
        declared = self.colour_word(match["word"]) if match and match["word"][0] == match["word"][0].upper() else None
        return (declared, match["rest"]) if match and declared else None

    def split_told(self, text: str) -> tuple[Declared, str] | None:
        """A status that opens a cell as a short sentence of its own ("Klart. Planen antogs ..."), and the comment."""
        match = patterns().told.fullmatch(text.strip())
        is_short = match is not None and len(match["word"].split()) <= MAX_TOLD
        declared = self.read(match["word"]) if match and is_short else None
        return (declared, match["rest"]) if match and declared else None

    def split_closing(self, text: str) -> tuple[Declared, str] | None:
        """A colour that stands alone after a comment's last sentence, and the comment."""
        match = patterns().closing.fullmatch(text.strip())
        declared = self.colour_word(match["word"]) if match else None
        return (declared, match["rest"]) if match and declared else None

    def mark_colour(self, mark: Mark) -> Declared | None:
        """The status that a drawn mark shows: its colour, else its text; None for a mark that is no status."""
        read = self.read(mark.text) or self._named(mark.text)
        if read is None and any(char.isalpha() for char in mark.text):
            return None
        if mark.colour in ("green", "yellow", "red") or (read is None and mark.colour in ("blue", "grey")):
            word: str = scale_data()["colours"][mark.colour][0]
            light = self.colours[word]
            return _declared(light, mark.text or word).model_copy(update={"source": mark.source})
        return read and read.model_copy(update={"source": mark.source})

    def _named(self, text: str) -> Declared | None:
        """The status of a picture's description that names one colour ("Grön ikon: uppnås")."""
        words = [word for word in re.findall(r"\w+", text) if word.casefold() in colour_bases()]
        named = {word.casefold(): self.colour_word(word) for word in words} if len(text) <= MAX_STATUS else {}
        read = next(iter(named.values()), None)
        return read.model_copy(update={"as_written": text}) if read is not None and len(named) == 1 else None

    def trend(self, text: str) -> Trend | None:
        """The trend that a whole cell shows, by an arrow or a word, or by several that agree ("Pil uppåt, bättre")."""
        text = patterns().trend_label.sub("", text.strip())
        if trend := trends().get(key(text)) or trends().get(of_code(text) or ""):
            return trend
        found = {trends().get(key(part)) for part in _JOINTS.split(patterns().arrow.sub(r"\g<0>,", text)) if part}
        return found.pop() if len(found) == 1 else None

    def is_legend(self, text: str) -> bool:
        """Whether a line explains the scale ("Grön = uppfyllt"), rather than uses it."""
        return explains_scale(text, lambda part: self.read(part) is not None)

    def _light(self, text: str) -> Light | None:
        plain = key(text)
        if found := self.lights.get(plain):
            return found
        if (head := _PARENTHESIS.match(plain)) and (light := self.lights.get(head[1])):
            return light
        spaced = patterns().symbol.sub(r" ; \1 ; ", plain) if not plain.isascii() else plain
        parts = [part for part in _JOINTS.split(spaced.strip(" ;")) if part]
        if len(parts) < 2 or not all(part in self.lights for part in parts):
            return None
        deciding = [part for part in parts if part in self.colours] or parts
        judged = {self.lights[part] for part in deciding} - {"none"}
        return None if len(judged) > 1 else next(iter(judged), "none")

    def _split(self, word: str, rest: str) -> tuple[Declared, str] | None:
        declared = self.colour_word(word)
        return (declared, rest.strip()) if declared and rest.strip() else None


def _of_season(section: dict[str, Light], plain: Mapping[str, Light], outside: dict[str, Light]) -> Scale:
    """A scale of nothing but a season's words and those of other seasons; percentages fall back on the whole year's."""
    words = outside | section
    lights, colours = light_tables(words, colour_lights_of(words), words)
    return Scale(lights, colours, read_bands({**section, **plain, **outside, **section}))


def _declared(light: Light, written: str, trend: Trend | None = None) -> Declared:
    colour: Colour | None = None if light == "none" else light
    source: Literal["text", "symbol"] = "text" if any(char.isalnum() for char in written) else "symbol"
    return Declared(colour=colour, as_written=written, source=source, trend=trend)


def _ticked(text: str) -> str | None:
    """The word whose box is ticked where a form shows all of its choices ("☒ Ja ☐ Nej")."""
    pairs = [(match["box"], match["word"]) for match in patterns().checked.finditer(text)]
    ticked = [word for box, word in pairs if box in scale_data()["boxes"]["checked"]]
    return ticked[0] if len(ticked) == 1 and len(pairs) > 1 else None


@cache
def usual_scale() -> Scale:
    """The built-in scale, for readers: they know no municipality's own words."""
    return Scale.default()
