"""Finding the words and expressions that speak for how an assignment stands (their list: cues.toml)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens
from ljuskoll.nlp.language.word_files import word_file

PSEUDO = "pseudo"


def cue_data() -> Mapping[str, Any]:
    """cues.toml as it stands."""
    return word_file(__package__, "cues.toml")


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
