"""Fine-tuning: batches, rates, steps and checkpoints; a run that was broken off goes on as if it had not been."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ljuskoll.models.encoder.examples import Example, Examples, Options, Unit, batches_of
from ljuskoll.models.encoder.inputs import Input
from ljuskoll.models.encoder.network import OUTCOMES, Network
from ljuskoll.models.encoder.objective import Gold, objective
from ljuskoll.nlp.errors import UsageError

_MOMENTS = (0.9, 0.98)
_LONGEST_STEP = 1.0
"""The gradient's length is cut to this."""
_LEAST_RATE = 0.01
"""The rate falls to this share of itself."""
_AT_ONCE = 32
"""Texts that are read together where nothing is learnt."""
_EPOCHS = 1000
"""More epochs than any run has: apart by so much, no two runs' seeds meet."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken: its epoch (from 1) and number (from 1) of `total`, and the loss before it."""

    epoch: int
    number: int
    total: int
    loss: float
    ends_epoch: bool


@dataclass(slots=True)
class Learner:
    """A network that learns, after `epochs` of them; `corpus` and `pieces` are fingerprints of what it reads."""

    network: Network
    optimiser: torch.optim.Optimizer
    options: Options
    corpus: str
    pieces: str
    epochs: int = 0

    def save(self, path: Path) -> None:
        """Writes a checkpoint, as a whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        torch.save({"run": self._run(), "epochs": self.epochs, **self._states()}, part)
        part.replace(path)

    def resume(self, path: Path) -> None:
        """Goes on from a checkpoint. Raises UsageError where that is of another run."""
        saved = torch.load(path, map_location="cpu", weights_only=True)
        if saved["run"] != self._run():
            raise UsageError(
                f"{path} hör till en annan träning (andra texter eller inställningar). Börja om från början."
            )
        self.network.load_state_dict(saved["network"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.epochs = saved["epochs"]

    def _run(self) -> dict[str, Any]:
        return {**asdict(self.options), "corpus": self.corpus, "pieces": self.pieces}

    def _states(self) -> dict[str, Any]:
        return {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}


def learner(network: Network, options: Options, corpus: str, pieces: str) -> Learner:
    """A learner at the start: which parts learn, and at which rates."""
    network.requires_grad_(False)
    groups: list[dict[str, Any]] = []
    learning = [*network.body.layers[options.frozen :]]
    for depth, layer in enumerate(reversed(learning)):
        groups += _groups(layer, options.rate * options.layer_decay**depth, options)
    groups += _groups(network.head, options.head_rate, options)
    return Learner(network, torch.optim.AdamW(groups, betas=_MOMENTS), options, corpus, pieces)


def learn(learner: Learner, examples: Examples) -> Iterator[Step]:
    """Takes the steps of the epochs that are left; each epoch is the same whatever came before in this process."""
    options = learner.options
    plan = [batches_of(examples, options, epoch) for epoch in range(options.epochs)]
    total, number = sum(map(len, plan)), sum(map(len, plan[: learner.epochs]))
    states = lowest_states(learner.network, [one.read for one in examples], options.frozen)
    for epoch in range(learner.epochs, options.epochs):
        torch.manual_seed(options.seed * _EPOCHS + epoch)
        learner.network.train()
        for batch in plan[epoch]:
            loss = _step(learner, batch, states, _rate(number, total, options.warm_up))
            number += 1
            ends = number == sum(map(len, plan[: epoch + 1]))
            learner.epochs += ends
            yield Step(epoch + 1, number, total, loss, ends)


def lowest_states(network: Network, inputs: Sequence[Input], count: int) -> list[Tensor]:
    """The states (token, width) of each text after the layers that do not learn, computed once for all epochs."""
    network.eval()
    states = [torch.empty(0)] * len(inputs)
    with torch.no_grad():
        for some in _by_length(inputs):
            ids, mask = _padded([inputs[one].ids for one in some])
            for one, found in zip(some, network.body.below(ids, mask, count), strict=True):
                states[one] = found[: len(inputs[one].ids)].clone()
    return states


def scores_of(network: Network, inputs: Sequence[Input]) -> NDArray[np.float64]:
    """Scores (text, outcome) as they are while nothing is learnt."""
    network.eval()
    scores = np.zeros((len(inputs), len(OUTCOMES)))
    with torch.no_grad():
        for some in _by_length(inputs):
            ids, mask = _padded([inputs[one].ids for one in some])
            stages = torch.tensor([inputs[one].stage for one in some])
            scores[some] = network.scores(network.body.below(ids, mask, 0), mask, stages, 0).double().numpy()
    return scores


def _step(learner: Learner, batch: Sequence[Unit], states: Sequence[Tensor], rate: float) -> float:
    """One step of all weights at this share of their rates; the loss before it."""
    examples = [one for unit in batch for one in unit]
    gold = _gold(batch, examples)
    mask = _mask([one.read.ids for one in examples])
    lowest = nn.utils.rnn.pad_sequence([states[one.number] for one in examples], batch_first=True)
    scores = learner.network.scores(lowest, mask, gold.stages, learner.options.frozen)
    loss = objective(learner.options).loss(scores, gold)
    for group in learner.optimiser.param_groups:
        group["lr"] = group["base"] * rate
    learner.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    weights = [one for group in learner.optimiser.param_groups for one in group["params"]]
    nn.utils.clip_grad_norm_(weights, _LONGEST_STEP)
    learner.optimiser.step()
    return float(loss.detach())


def _gold(batch: Sequence[Unit], examples: Sequence[Example]) -> Gold:
    starts = np.cumsum([0, *map(len, batch)]).tolist()
    pairs = [(start, start + 1) for start, unit in zip(starts, batch, strict=False) if len(unit) > 1]
    return Gold(
        stages=torch.tensor([one.read.stage for one in examples]),
        outcomes=torch.tensor([OUTCOMES.index(one.outcome) for one in examples]),
        weights=torch.tensor([one.weight for one in examples]),
        pairs=torch.tensor(pairs, dtype=torch.int64),
    )


def _groups(part: nn.Module, rate: float, options: Options) -> Iterator[dict[str, Any]]:
    """A part's weights with their rate; vectors (biases and norms) are not drawn towards zero."""
    for one in part.requires_grad_(True).parameters():
        decay = options.weight_decay if one.dim() > 1 else 0.0
        yield {"params": [one], "lr": rate, "base": rate, "weight_decay": decay}


def _rate(number: int, total: int, warm_up: float) -> float:
    """The share of the full rate after so many steps."""
    falling = (total - number) / (total * (1 - warm_up))
    return min(1.0, (number + 1) / (warm_up * total), max(_LEAST_RATE, falling))


def _by_length(inputs: Sequence[Input]) -> Iterator[list[int]]:
    """The places of the inputs in lots of about the same length."""
    order = sorted(range(len(inputs)), key=lambda one: len(inputs[one].ids))
    for start in range(0, len(order), _AT_ONCE):
        yield order[start : start + _AT_ONCE]


def _padded(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids (text, token), and which of them are no padding; what padding holds is never seen."""
    return nn.utils.rnn.pad_sequence([torch.tensor(one) for one in texts], batch_first=True), _mask(texts)


def _mask(texts: Sequence[Sequence[int]]) -> Tensor:
    """Which places of a batch (text, token) hold a token."""
    lengths = torch.tensor([len(one) for one in texts])
    return torch.arange(int(lengths.max())) < lengths[:, None]
