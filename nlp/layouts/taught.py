"""What legends and coloured labels teach: which light a sign or a word of the document's own scale stands for."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import cast

from ljuskoll.nlp.document import Mark
from ljuskoll.nlp.readers.colours import LIGHTS
from ljuskoll.nlp.vocabulary.legends import LegendEntry, band_of, meaning_light
from ljuskoll.nlp.vocabulary.scale_tables import Light
from ljuskoll.nlp.vocabulary.scales import Scale

EITHER = " / "
MIN_COLOURS = 2
MAX_LABELS = 7
"""Words of a scale at most."""
MAX_SAID = 40
"""Characters of a sign with its word."""
MAX_WORD = 3
"""A meaning with more words is no word of the scale itself."""


def taught_lights(entries: Iterable[LegendEntry], scale: Scale) -> dict[str, Light]:
    """What the entries teach: signs and words their lights. Green, yellow and red stay what they are."""
    lights: dict[str, Light] = {}
    for entry in entries:
        if scale.trend(entry.meaning) is not None:
            continue
        read = scale.read(entry.meaning)
        fixed = scale.fixed(entry.key)
        if fixed is not None and (band := band_of(entry.meaning)) is not None:
            lights[band] = fixed
        elif fixed is None and not (read is None and _is_known_word(entry.key, scale)):
            light = _light(entry.meaning, scale)
            if light is not None:
                lights[entry.key] = cast(Light, light)
        elif fixed and read is not None and read.colour is not None and len(entry.meaning.split()) <= MAX_WORD:
            lights[entry.meaning.casefold().strip(" .")] = fixed
    return lights


def drawn_lights(marks: Iterable[Mark], scale: Scale) -> dict[str, Light]:
    """The lights of words that stand on coloured labels, where each has one colour and the labels have several.

    Few words that come again, or stand beside those of a usual scale in their colours, are a scale; many are labels of
    all sorts of things.
    """
    labels = [mark for mark in marks if mark.source == "fill" and any(map(str.isalpha, mark.text))]
    colours: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        colours[label.text.casefold().strip(" .")].add(label.colour if label.colour in LIGHTS else "none")
    shown = {colour for found in colours.values() for colour in found} - {"none"}
    if len(shown) < MIN_COLOURS or len(colours) > MAX_LABELS or any(len(found) > 1 for found in colours.values()):
        return {}
    unknown = {word: next(iter(found)) for word, found in colours.items() if scale.read(word) is None}
    agreeing = [
        word for word, found in colours.items() if (read := scale.read(word)) is not None and {read.colour} == found
    ]
    is_scale = len(labels) > len(colours) or len(agreeing) >= MIN_COLOURS
    return {word: cast(Light, light) for word, light in unknown.items()} if is_scale else {}


def said_lights(texts: Iterable[str], scale: Scale) -> dict[str, Light]:
    """The lights of words that come again after one sign of a colour each ("🟢 Rullar"): one word for every colour."""
    splits = [split for text in texts if len(text) <= MAX_SAID and (split := scale.split_symbol(text)) is not None]
    said = Counter((words.casefold(), declared.colour) for declared, words in splits if len(words.split()) <= MAX_WORD)
    colours = [colour for _, colour in said if colour is not None]
    words = [word for word, _ in said]
    is_scale = len(set(colours)) == len(colours) >= MIN_COLOURS and len(set(words)) == len(words)
    if not is_scale or said.total() <= len(said):
        return {}
    return {word: colour or "none" for word, colour in said if scale.read(word) is None}


def _light(meaning: str, scale: Scale) -> str | None:
    """The light of a meaning; none where it is one of several, one of which has no light ("Ej mätt / ej påbörjad")."""
    if EITHER in meaning and "none" in [_light(part, scale) for part in meaning.split(EITHER)]:
        return "none"
    read = scale.read(meaning)
    return meaning_light(meaning) if read is None else read.colour or "none"


def _is_known_word(sign: str, scale: Scale) -> bool:
    """Whether a sign is a word that says its own light: loose words about it do not change that."""
    is_word = scale.name_of(sign) is None and not scale.is_sign(sign) and len(sign) > 1
    return is_word and scale.read(sign) is not None
