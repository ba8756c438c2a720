"""The network in torch: the encoder of Devlin et al. 2019 (BERT) and a head of our own over it."""

from collections.abc import Sequence
from typing import Final, get_args

import torch
from torch import Tensor, nn
from torch.nn import functional

from ljuskoll.models.encoder.inputs import STAGES
from ljuskoll.models.encoder.pretrained import Pretrained, Sizes
from ljuskoll.nlp.followup import Outcome

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""The outcomes in the order of the scores."""
_NOT_SEEN = -1e9
"""Added to what a token sees of padding."""


class Layer(nn.Module):  # type: ignore[misc]
    """Tokens look at each other, then each is worked on by itself; the sums are normed after either step."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.query_key_value = nn.Linear(sizes.width, 3 * sizes.width)
        self.attended = nn.Linear(sizes.width, sizes.width)
        self.attention_norm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.inner = nn.Linear(sizes.width, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.width)
        self.output_norm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, unseen: Tensor | None) -> Tensor:
        """The tokens' new states (text, token, width); `unseen` (text, 1, 1, token) is added to what is seen."""
        texts, tokens, width = states.shape
        split = self.query_key_value(states).view(texts, tokens, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=unseen)
        joined = seen.transpose(1, 2).reshape(texts, tokens, width)
        states = self.attention_norm(states + self.dropout(self.attended(joined)))
        return self.output_norm(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class Body(nn.Module):  # type: ignore[misc]
    """Embeddings and layers."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.pieces, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = nn.Dropout(dropout)

    def below(self, ids: Tensor, mask: Tensor | None, count: int) -> Tensor:
        """The states (text, token, width) after the embeddings and the `count` lowest layers, which are not trained."""
        states = self.norm(self.pieces(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers[:count]:
            states = layer(states, _unseen(mask))
        return states

    def above(self, states: Tensor, mask: Tensor | None, count: int) -> Tensor:
        """The states after all layers, given those after the `count` lowest."""
        states = self.dropout(states)
        for layer in self.layers[count:]:
            states = layer(states, _unseen(mask))
        return states


class Head(nn.Module):  # type: ignore[misc]
    """From states to scores: the mean over a pool and the first token, one hidden layer, and the stage's own scores."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.hidden = nn.Linear(2 * width, width)
        self.outcome = nn.Linear(width, len(OUTCOMES))
        self.stage = nn.Embedding(len(STAGES), len(OUTCOMES))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.stage.weight)

    def forward(self, states: Tensor, stage: Tensor, pools: Tensor) -> Tensor:
        """Scores (text, pool, outcome) of states (text, token, width), stages (text) and pools (text, pool, token)."""
        mean = pools @ states / pools.sum(-1, keepdim=True)
        first = states[:, :1].expand(-1, pools.shape[1], -1)
        hidden = torch.tanh(self.hidden(self.dropout(torch.cat([mean, first], -1))))
        return self.outcome(self.dropout(hidden)) + self.stage(stage)[:, None]


class Network(nn.Module):  # type: ignore[misc]
    """Body and head."""

    def __init__(self, sizes: Sizes, dropout: float = 0.0) -> None:
        super().__init__()
        self.sizes = sizes
        self.body = Body(sizes, dropout)
        self.head = Head(sizes.width, dropout)

    def forward(self, ids: Tensor, stage: Tensor, pools: Tensor) -> Tensor:
        """Scores (pool, outcome) of one text: ids (1, token), stage (1), pools (pool, token)."""
        states = self.body.above(self.body.below(ids, None, 0), None, 0)
        return self.head(states, stage, pools[None])[0]

    def scores(self, states: Tensor, mask: Tensor, stage: Tensor, count: int) -> Tensor:
        """Scores (text, outcome) of texts of several lengths, given their states after the `count` lowest layers."""
        states = self.body.above(states, mask, count)
        return self.head(states, stage, mask[:, None].to(states.dtype))[:, 0]


def fill(network: Network, pretrained: Pretrained, kept: Sequence[int]) -> Network:
    """Gives the body the pretrained weights, with the embeddings of the pieces that are kept."""
    sizes, body = pretrained.sizes, network.body

    def vector(name: str) -> Tensor:
        return torch.from_numpy(pretrained.tensor(name))

    def matrix(name: str, width: int = sizes.width) -> Tensor:
        return torch.from_numpy(pretrained.matrix(name, width))

    with torch.no_grad():
        body.pieces.weight.copy_(matrix("emb.word")[list(kept)])
        body.positions.weight.copy_(matrix("emb.pos") + matrix("emb.type")[0])
        _fill(body.norm, vector("emb.ln.w"), vector("emb.ln.b"))
        for index, layer in enumerate(body.layers):
            at = f"l{index}"
            layer.query_key_value.weight.copy_(torch.cat([matrix(f"{at}.{one}.w") for one in "qkv"]))
            layer.query_key_value.bias.copy_(torch.cat([vector(f"{at}.{one}.b") for one in "qkv"]))
            _fill(layer.attended, matrix(f"{at}.ao.w"), vector(f"{at}.ao.b"))
            _fill(layer.attention_norm, vector(f"{at}.aln.w"), vector(f"{at}.aln.b"))
            _fill(layer.inner, matrix(f"{at}.fi.w"), vector(f"{at}.fi.b"))
            _fill(layer.outer, matrix(f"{at}.fo.w", sizes.inner), vector(f"{at}.fo.b"))
            _fill(layer.output_norm, vector(f"{at}.oln.w"), vector(f"{at}.oln.b"))
    return network


def _fill(part: nn.Module, weight: Tensor, bias: Tensor) -> None:
    part.weight.copy_(weight)
    part.bias.copy_(bias)


def _unseen(mask: Tensor | None) -> Tensor | None:
    """From which tokens are real (text, token) to what is added to what others see of them."""
    if mask is None:
        return None
    return torch.zeros(mask.shape).masked_fill(~mask, _NOT_SEEN)[:, None, None, :]
