"""Which light each expression, sign and colour stands for: by the built-in scale, and by a municipality's own words."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.vocabulary.scale_words import alike, colour_names, expressions, scale_data
from ljuskoll.nlp.vocabulary.seasons import Season, section_of, setting_key, split_season

Light: TypeAlias = Literal["green", "yellow", "red", "none"]
_LIGHTS: tuple[Light, ...] = ("green", "yellow", "red", "none")


def own_lights(overrides: Mapping[str, str]) -> dict[str, Light]:
    """What a municipality says of words and outcomes, each under the key that settings are compared by.

    Raises UsageError for a light that is none.
    """
    return {setting_key(name): _checked(name, light) for name, light in overrides.items()}


def _checked(name: str, light: str) -> Light:
    if light not in _LIGHTS:
        where = f"ljuskoll.toml, {section_of(name)}: «{split_season(name)[1]}»"
        raise UsageError(f"{where} har okänt ljus «{light}» (kända: {', '.join(_LIGHTS)}).")
    return light


def words_of(own: Mapping[str, Light], season: Season | None) -> dict[str, Light]:
    """What a municipality says for one season, None for the whole year, without the season's name."""
    parts = ((*split_season(name), light) for name, light in own.items())
    return {word: light for of, word, light in parts if of == season}


def light_tables(
    outcomes: Mapping[str, Light], colour_lights: Mapping[str, Light], words: Mapping[str, Light]
) -> tuple[dict[str, Light], dict[str, Light]]:
    """The lights of all expressions and signs, and of colours, for these outcomes, colours and own words."""
    colours = {word: colour_lights[colour] for word, colour in colour_names().items() if colour in colour_lights}
    lights = {expression: outcomes[outcome] for expression, outcome in expressions().items() if outcome in outcomes}
    for table in ("symbols", "smileys"):
        for colour, symbols in scale_data()[table].items():
            if colour in colour_lights:
                lights |= dict.fromkeys(symbols, colour_lights[colour])
    return lights | colours | own_table(words), colours


def colour_lights_of(words: Mapping[str, Light]) -> dict[str, Light]:
    """The lights of the colours that are among a municipality's words, by the colour's name."""
    return {colour_names()[word]: light for word, light in words.items() if word in colour_names()}


def own_table(words: Mapping[str, Light]) -> dict[str, Light]:
    """A municipality's words, without outcomes, each with the signs that are like it."""
    own = {word: light for word, light in words.items() if word not in scale_data()["lights"]}
    return {like: light for word, light in own.items() for like in alike(word)}
