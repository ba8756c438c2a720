"""`ljuskoll.toml`: what a source folder says about its municipality, for all files below it."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

from pydantic import Field, ValidationError, field_validator

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Model, Outcome, Period
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.periods import read_period
from ljuskoll.nlp.vocabulary.scale_tables import Light
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.seasons import SEASONS, in_season, section_of, setting_key, split_season
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

FILE_NAME = "ljuskoll.toml"


class Settings(Model):
    """One municipality's own words.

    `scale` maps a shown word or symbol, or an outcome, to a light, `boards` a code or spelling to a full name,
    `phrases` a status phrase to its outcome. `layout` maps a column heading, a label or a column's number to what it
    holds, and says how titles are told, where boards stand and which pages to read. `period` is for documents that do
    not say. `officials` are persons whose names are left readable where texts are masked; those of a folder join those
    of the folders further out. [scale.forecast] and [scale.year_end] hold for that time of year and go before [scale];
    they are kept in `scale` with the section's name before the word ("forecast.Pågår"), as run.json has them too.
    """

    municipality: str | None = None
    period: str | None = None
    scale: dict[str, Light] = Field(default_factory=dict)
    boards: dict[str, str] = Field(default_factory=dict)
    layout: dict[str, str] = Field(default_factory=dict)
    phrases: dict[str, Outcome] = Field(default_factory=dict)
    officials: tuple[str, ...] = ()

    @field_validator("period")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        parse_period(value)
        return value

    @field_validator("scale", mode="before")
    @classmethod
    def _seasons_as_names(cls, value: object) -> object:
        return _flat(value) if isinstance(value, dict) else value

    @field_validator("scale")
    @classmethod
    def _one_meaning(cls, value: dict[str, Light]) -> dict[str, Light]:
        """A word has one light in a section, however it is written there: which one should win cannot be seen."""
        first: dict[str, str] = {}
        for name, light in value.items():
            other = first.setdefault(setting_key(name), name)
            if value[other] != light:
                words = " och ".join(f"«{split_season(each)[1]}»" for each in (other, name))
                raise UsageError(
                    f"{section_of(name)}: {words} är samma ord men har olika ljus ({value[other]}, {light})."
                    " Behåll ett av dem."
                )
        return value

    @field_validator("layout", mode="before")
    @classmethod
    def _page_as_text(cls, value: object) -> object:
        """`pages = 34` is as good as `pages = "34"`."""
        if isinstance(value, dict) and isinstance(pages := value.get("pages"), int) and not isinstance(pages, bool):
            return {**value, "pages": str(pages)}
        return value

    def over(self, outer: "Settings") -> "Settings":
        """These settings on top of those of a folder further out."""
        own = {setting_key(name) for name in self.scale}
        kept = {name: light for name, light in outer.scale.items() if setting_key(name) not in own}
        return Settings(
            municipality=self.municipality or outer.municipality,
            period=self.period or outer.period,
            scale=kept | self.scale,
            boards=outer.boards | self.boards,
            layout=outer.layout | self.layout,
            phrases=outer.phrases | self.phrases,
            officials=tuple(dict.fromkeys((*outer.officials, *self.officials))),
        )

    def vocabulary(self) -> Vocabulary:
        """The vocabulary with these settings. Raises UsageError for a column type that does not exist."""
        return Vocabulary(
            boards=BoardTable.default(self.boards or None),
            scale=Scale.default(self.scale or None),
            columns=Columns.default(self.layout or None),
            phrases=self.phrases,
            municipality=self.municipality,
            period=parse_period(self.period),
        )


def _flat(scale: dict[str, object]) -> dict[str, object]:
    """A scale with the words of its sections under one name each. Raises UsageError for an unknown section."""
    flat: dict[str, object] = {}
    for name, value in scale.items():
        season = next((season for season in SEASONS if season == name), None)
        if not isinstance(value, dict):
            flat[name] = value
        elif season is not None:
            flat |= {in_season(word, season): light for word, light in value.items()}
        else:
            raise UsageError(
                f"okänt avsnitt «[scale.{name}]». Kända: [scale.forecast] (rapporter före årets slut)"
                " och [scale.year_end] (helåret). Ord med punkt skrivs inom citattecken."
            )
    return flat


def parse_period(text: str | None) -> Period | None:
    """A period as a user writes it. Raises UsageError where it cannot be read."""
    if text is None:
        return None
    period = read_period(text)
    if period is None:
        raise UsageError(
            f"Perioden «{text}» kan inte tolkas. Skriv till exempel «T2 2021», «helår 2021» eller «2021-08-31»."
        )
    return period


def read_settings(path: Path) -> Settings:
    """The settings of one file. Raises UsageError with the file and what is wrong in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: filen kan inte läsas ({error.strerror}). Kontrollera behörigheten.") from error
    return parse_settings(data, str(path))


def parse_settings(data: bytes, where: str) -> Settings:
    """The settings that a file's bytes stand for. Raises UsageError with `where` and what is wrong."""
    try:
        settings = Settings.model_validate(tomllib.loads(_text(data)))
        settings.vocabulary()
        return settings
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{where}: filen är inte giltig TOML i UTF-8 ({error}).") from error
    except ValidationError as error:
        raise UsageError(f"{where}: {_explained(error)}") from error


def _text(data: bytes) -> str:
    """The text of a settings file, in UTF-8 or as PowerShell redirects it. Raises UnicodeDecodeError for all else."""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _explained(error: ValidationError) -> str:
    """The first thing that is wrong with a settings file, in Swedish."""
    first = error.errors()[0]
    section, *keys = (str(part) for part in first["loc"])
    where = f"[{section}] {'.'.join(keys)}" if keys else section
    if section == "scale" and keys:
        where = f"{section_of(keys[0])} {split_season(keys[0])[1]}"
    if first["type"] == "extra_forbidden":
        return f"okänd inställning «{where}». Kända: {', '.join(Settings.model_fields)}."
    if first["type"] == "literal_error":
        known = get_args(Outcome if section == "phrases" else Light)
        return f"«{where}» har ett okänt värde, «{first['input']}». Kända: {', '.join(known)}."
    if section == "officials":
        return '«officials» ska vara en lista med namn inom citattecken: officials = ["Förnamn Efternamn"].'
    if first["type"] == "string_type":
        return f"«{where}» ska vara text inom citattecken."
    if first["type"] == "dict_type":
        return f"«{where}» ska vara ett avsnitt: [{where}] på en egen rad och under den en rad per ord."
    return f"fel i «{where}» ({first['msg']})."


def settings_in(folder: Path, outer: Settings | None = None) -> Settings:
    """What holds in a folder: its own settings, where it has any, on top of the `outer` ones."""
    file, outer = folder / FILE_NAME, outer or Settings()
    return read_settings(file).over(outer) if file.is_file() else outer


def with_options(vocabulary: Vocabulary, municipality: str | None, period: Period | None) -> Vocabulary:
    """A vocabulary with the command line's municipality and period where the settings have none."""
    return replace(vocabulary, municipality=vocabulary.municipality or municipality, period=vocabulary.period or period)
