"""The Swedish words around a report's own text, from words.toml."""

import tomllib
from importlib.resources import files

from ljuskoll.nlp.followup import Colour, Model


class Words(Model):
    """What words.toml holds."""

    columns: tuple[str, ...]
    columns_pdf: tuple[str, ...]
    menu: tuple[str, ...]
    breadcrumb: tuple[str, ...]
    cookies: str
    accept: str
    page: str
    lights: dict[Colour, str]


WORDS = Words.model_validate(tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8")))
