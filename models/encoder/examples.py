"""What the encoder learns from, and how it is put into batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ljuskoll.models.encoder.inputs import Input, input_of
from ljuskoll.models.encoder.pieces import Vocabulary
from ljuskoll.models.material import Material
from ljuskoll.nlp.followup import Outcome, Period

_JITTER = 12
"""Texts that differ by fewer tokens may share a batch, whichever is longer."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the encoder is trained. `epochs` readings of the texts in batches of `budget` tokens, padding included.

    The highest layer learns at `rate`, each lower one at `layer_decay` of that above it, the head at `head_rate`; the
    `frozen` lowest layers and the embeddings do not learn. The rate rises during the first `warm_up` of the steps and
    falls to the end. Of a group, `variants` are drawn in each epoch, and each counts `variant_weight`. The loss has
    `smoothing` of its weight on all outcomes alike, `light_weight` on the lights, `pair_weight` on which side of a pair
    is which. One thread makes the sums, so that the same texts give the same weights.
    """

    epochs: int = 4
    budget: int = 1100
    rate: float = 1e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.93
    weight_decay: float = 0.01
    warm_up: float = 0.06
    dropout: float = 0.1
    frozen: int = 4
    variants: int = 2
    variant_weight: float = 0.5
    light_weight: float = 0.5
    pair_weight: float = 1.0
    smoothing: float = 0.05
    longest: int = 176
    seed: int = 1
    threads: int = 1


class Example(NamedTuple):
    """A text as the encoder reads it, its outcome, how much it counts, and its number among all examples."""

    read: Input
    outcome: Outcome
    weight: float
    number: int


Unit = tuple[Example, ...]
"""Examples that share a batch: one text, or both sides of a pair."""


@dataclass(frozen=True, slots=True)
class Examples:
    """All examples: `units` that are read in every epoch, and `groups` of which some variants are drawn."""

    units: tuple[Unit, ...]
    groups: tuple[Unit, ...]

    def __iter__(self) -> Iterator[Example]:
        return (one for some in (*self.units, *self.groups) for one in some)

    def drawn(self, options: Options, draw: random.Random) -> list[Unit]:
        """The units of an epoch."""
        some = [draw.sample(group, min(options.variants, len(group))) for group in self.groups]
        return [*self.units, *((one,) for group in some for one in group)]


def examples_of(material: Material, vocabulary: Vocabulary, options: Options) -> Examples:
    """The examples in an order that files do not change."""
    reader = _Reader(vocabulary, options.longest)
    comments = [
        (reader.example(one.comment, one.assignment, one.period, one.outcome),)
        for one in sorted(material.comments, key=lambda one: one.id)
    ]
    pairs = [
        tuple(reader.example(one.comment, one.assignment, one.period, one.outcome) for one in (pair.a, pair.b))
        for pair in sorted(material.pairs, key=lambda pair: pair.id)
    ]
    groups = [
        tuple(
            reader.example(one.comment, one.assignment, one.period, group.outcome, options.variant_weight)
            for one in group.variants
        )
        for group in sorted(material.groups, key=lambda group: group.id)
    ]
    return Examples((*comments, *pairs), tuple(groups))


def batches_of(examples: Examples, options: Options, epoch: int) -> list[list[Unit]]:
    """The batches of an epoch, each of texts of about the same length; the same epoch gives the same."""
    draw = random.Random(f"{options.seed} {epoch}")
    units = examples.drawn(options, draw)
    draw.shuffle(units)
    units.sort(key=lambda unit: _longest(unit) + draw.random() * _JITTER)
    batches: list[list[Unit]] = [[]]
    for unit in units:
        if batches[-1] and _padded([*batches[-1], unit]) > options.budget:
            batches.append([])
        batches[-1].append(unit)
    draw.shuffle(batches)
    return batches


class _Reader:
    """Makes examples and counts them."""

    def __init__(self, vocabulary: Vocabulary, longest: int) -> None:
        self._vocabulary = vocabulary
        self._longest = longest
        self._count = 0

    def example(
        self, comment: str, assignment: str, period: Period | None, outcome: Outcome, weight: float = 1.0
    ) -> Example:
        self._count += 1
        read = input_of(comment, assignment, period, self._vocabulary, self._longest)
        return Example(read, outcome, weight, self._count - 1)


def _longest(unit: Unit) -> int:
    return max(len(one.read.ids) for one in unit)


def _padded(units: Sequence[Unit]) -> int:
    return max(map(_longest, units)) * sum(map(len, units))
