"""`ljuskoll.toml`: what a source folder says about its municipality, for all files below it."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, ValidationError, field_validator

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Model, Outcome, Period
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.periods import read_period
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

FILE_NAME = "ljuskoll.toml"


class Settings(Model):
    """One municipality's own words.

    `scale` maps a shown word or symbol to a light, `boards` a code or spelling to a full name, `layout` a column
    heading to what it holds, `phrases` a status phrase to its outcome. `period` is for documents that do not say.
    """

    municipality: str | None = None
    period: str | None = None
    scale: dict[str, Literal["green", "yellow", "red", "none"]] = Field(default_factory=dict)
    boards: dict[str, str] = Field(default_factory=dict)
    layout: dict[str, str] = Field(default_factory=dict)
    phrases: dict[str, Outcome] = Field(default_factory=dict)

    @field_validator("period")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        parse_period(value)
        return value

    def over(self, outer: "Settings") -> "Settings":
        """These settings on top of those of a folder further out."""
        merged = {name: getattr(outer, name) | getattr(self, name) for name in ("scale", "boards", "layout", "phrases")}
        return Settings(
            municipality=self.municipality or outer.municipality, period=self.period or outer.period, **merged
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
        settings = Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        settings.vocabulary()
        return settings
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: filen är inte giltig TOML i UTF-8 ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        allowed = f" Tillåtna utfall: {', '.join(get_args(Outcome))}." if where.startswith("phrases") else ""
        raise UsageError(f"{path}: fel i «{where}» ({first['msg']}).{allowed}") from error


def settings_below(root: Path, folders: Iterable[Path]) -> dict[Path, Settings]:
    """For each folder at or below `root` the settings of all folders on the way to it, the innermost winning."""
    found: dict[Path, Settings] = {}
    for folder in sorted(folders):
        outer = found.get(folder.parent, Settings()) if folder != root else Settings()
        file = folder / FILE_NAME
        found[folder] = read_settings(file).over(outer) if file.is_file() else outer
    return found


def with_options(vocabulary: Vocabulary, municipality: str | None, period: Period | None) -> Vocabulary:
    """A vocabulary with the command line's municipality and period where the settings have none."""
    return replace(vocabulary, municipality=vocabulary.municipality or municipality, period=vocabulary.period or period)
