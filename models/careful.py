"""The careful judge: the fast one's log-odds and the encoder's, weighed together where the fast one is unsure."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import JsonValue

from ljuskoll.models.encoder.encoder import NETWORK, Encoder, load
from ljuskoll.models.features import Part, Reading
from ljuskoll.models.judge import Floats, lights_of
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.followup import Model, Outcome, Period

CARD: Final = "careful.json"


class Weighing(Model):
    """How both judges count, chosen on comments of which neither has learnt (`weighing`).

    Each judge's log-odds are divided by a temperature of its own, `fast` or `encoder`; the encoder's then count
    `weight` and the fast one's the rest, divided by `temperature`. Where the fast judge alone gives a light a
    probability of `clear` or more, the encoder is not asked.
    """

    weight: float
    fast: float
    encoder: float
    temperature: float
    clear: float

    def mixed(self, fast: Floats, encoder: Floats) -> Floats:
        """Calibrated log-odds from those of both judges (version, outcome), whose columns are the same outcomes."""
        weighed = self.weight * (encoder / self.encoder) + (1 - self.weight) * (fast / self.fast)
        return weighed / self.temperature


class Card(Model):
    """What is written beside an encoder: sha256 of its network and of the fast judge that it is weighed with."""

    encoder: str
    judge: str
    weighing: Weighing
    figures: dict[str, JsonValue]


@dataclass(frozen=True)
class Careful:
    """A weighing with its encoder, which `make` loads when the first comment needs it; `fingerprint` is the card's."""

    weighing: Weighing
    make: Callable[[], Encoder]
    fingerprint: str = ""

    def is_clear(self, by_outcome: Floats, outcomes: tuple[Outcome, ...], period: Period | None) -> bool:
        """Whether the fast judge's probabilities (outcome,) of a comment need no second opinion."""
        lights, _ = lights_of(by_outcome, outcomes, period)
        return bool(lights.max() >= self.weighing.clear)

    def by_outcome(self, reading: Reading, fast: Floats, outcomes: tuple[Outcome, ...]) -> Floats:
        """Probabilities (version, outcome) of a comment and its shortened versions.

        `fast` are the fast judge's log-odds of the same versions, with a column an outcome.
        """
        return softmax(self.weighing.mixed(fast, encoder_scores(self.encoder, reading, outcomes)), 1.0)

    def load(self) -> None:
        """Loads the encoder, if it is not loaded yet: once, before several threads need it."""
        _ = self.encoder

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded once."""
        return self.make()


def encoder_scores(encoder: Encoder, reading: Reading, outcomes: tuple[Outcome, ...]) -> Floats:
    """The encoder's log-odds (version, outcome): of the comment, then without each of the sentences `left_out` in turn.

    A status phrase that stands apart is read as the comment's first sentence, which every version has.
    """
    before = f"{_text(reading.heading)} " if reading.heading else ""
    sentences = [reading.parts[index].sentence for index in reading.left_out]
    offsets = [(len(before) + sentence.start, len(before) + sentence.end) for sentence in sentences]
    scores = encoder.scores(before + _text(reading.parts), offsets, reading.title, reading.period)
    return scores[:, [encoder.outcomes.index(one) for one in outcomes]]


def _text(parts: tuple[Part, ...]) -> str:
    return parts[0].sentence.tokens.text if parts else ""


def load_careful(folder: Traversable) -> Careful | None:
    """The careful judge of a folder; None where its card or its network is missing."""
    if not ((folder / CARD).is_file() and (folder / NETWORK).is_file()):
        return None
    data = (folder / CARD).read_bytes()
    card = Card.model_validate_json(data)
    return Careful(card.weighing, lambda: _encoder(folder, card), hashlib.sha256(data).hexdigest())


def _encoder(folder: Traversable, card: Card) -> Encoder:
    encoder = load(folder)
    if encoder.fingerprint != card.encoder:
        raise ValueError(f"{CARD} is of another encoder than {NETWORK}")
    return encoder
