"""From a comment to what the encoder reads: title, period and comment as ids, and what each version is pooled over."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ljuskoll.models.encoder.pieces import Vocabulary
from ljuskoll.models.encoder.years import as_learnt
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.stages import Stage, stage_of

STAGES: Final = (Stage.EARLY, Stage.MID, Stage.END)
"""The stages that the encoder tells apart, in the order of its weights."""
_LONGEST_TITLE = 40
"""Tokens of the title that are read ..."""
_TITLE_SHARE = 3
"""... by an encoder that reads as many as this times more."""
_BEFORE_CUT = 3
"""Of a comment that is too long, a third is read from its start and the rest from its end, where conclusions stand."""
_NO_PLACE = -1


@dataclass(frozen=True, slots=True)
class Input:
    """A comment as ids; `places` says where in the comment each token begins, -1 for those before and after it."""

    ids: tuple[int, ...]
    places: tuple[int, ...]
    stage: int


def input_of(comment: str, assignment: str, period: Period | None, vocabulary: Vocabulary, longest: int) -> Input:
    """The input of a comment: at most `longest` tokens, what is too much cut out of the comment's middle."""
    stage = known_stage(period)
    special = vocabulary.special
    title = vocabulary.ids(as_learnt(assignment, period))[: min(_LONGEST_TITLE, longest // _TITLE_SHARE)]
    head = [special.start, *title, special.end, *vocabulary.ids(_words_of(stage)), special.end]
    tokens = vocabulary.tokens(as_learnt(comment, period))
    room = max(0, longest - len(head) - 1)
    if len(tokens) > room:
        before = room // _BEFORE_CUT
        tokens = tokens[:before] + tokens[len(tokens) - room + before :]
    return Input(
        ids=(*head, *(token.id for token in tokens), special.end),
        places=(*[_NO_PLACE] * len(head), *(token.place for token in tokens), _NO_PLACE),
        stage=STAGES.index(stage),
    )


def pools_of(read: Input, sentences: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Which tokens each version is pooled over (1 + sentences, tokens): first all, then all but each sentence's."""
    places = np.array(read.places)
    pools = np.ones((1 + len(sentences), len(places)), dtype=np.float32)
    for row, (start, end) in enumerate(sentences, start=1):
        pools[row, (places >= start) & (places < end)] = 0
    return pools


def known_stage(period: Period | None) -> Stage:
    """The stage of the period, or the one that is read instead where it is not known."""
    stage = stage_of(period)
    return stage if stage in STAGES else Stage(_data()["unknown"]["stage"])


def _words_of(stage: Stage) -> str:
    return _data()["stages"][stage.value]


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "periods.toml").read_text(encoding="utf-8"))
