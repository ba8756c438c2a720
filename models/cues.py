"""Finding the words and expressions that speak for how an assignment stands (their list: cues.toml)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens

PSEUDO = "pseudo"


@cache
def cue_data() -> dict[str, Any]:
    """cues.toml as it stands."""
    data: dict[str, Any] = tomllib.loads((files(__package__) / "cues.toml").read_text(encoding="utf-8"))
    return data


@cache
def _lexicon() -> Lexicon:
    return Lexicon.of(cue_data()["cues"])


def find_cues(tokens: Tokens) -> list[Tag]:
    """The cues of one sentence by kind; the same words may be cues of several kinds."""
    tags = _lexicon().find(tokens)
    harmless = [tag for tag in tags if tag.kind == PSEUDO]
    if not harmless:
        return tags
    return [tag for tag in tags if not any(one.first <= tag.first < one.last for one in harmless)]
