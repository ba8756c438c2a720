"""Words cut into pieces: SentencePiece's unigram model (Kudo 2018) with the pieces that Swedish uses.

A text is normalised character by character; each word, with a mark for the space before it, is then cut into the pieces
whose scores (logarithms of probabilities) sum to most. No piece reaches over a space, so words are independent.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Final, NamedTuple

from sentencepiece import SentencePieceProcessor

PIECES: Final = "pieces.model"
"""The pieces as SentencePiece's own file has them."""
CHARACTERS: Final = "characters.tsv"
"""What characters are replaced by, as SentencePiece's `--normalization_rule_tsv` has it: code points in base 16."""
SPACE = "\u2581"
"""The mark of a space, as SentencePiece writes it."""
_REPLACEMENT = "\ufffd"
_SURROGATES = dict.fromkeys(map(chr, range(0xD800, 0xE000)), _REPLACEMENT)
"""Halves of characters, which a text of a damaged file may hold and UTF-8 cannot."""
_REMEMBERED = 20_000
"""So many words are remembered with their pieces."""


class Piece(NamedTuple):
    """A piece of a word and its score."""

    text: str
    score: float


class Special(NamedTuple):
    """Ids with a meaning of their own: where a text starts, what fills a batch, where a part ends, and unknown."""

    start: int
    padding: int
    end: int
    unknown: int


class Token(NamedTuple):
    """A piece's id and the place in the text of the first character that it stands for."""

    id: int
    place: int


@dataclass(frozen=True)
class Vocabulary:
    """A SentencePiece model, and what characters are replaced by; an unknown character is a token of its own."""

    model: bytes
    normaliser: Mapping[str, str]

    def tokens(self, text: str) -> list[Token]:
        """The text's tokens in order."""
        return list(self._tokens(text))

    def ids(self, text: str) -> list[int]:
        """The ids of the text's tokens."""
        return [token.id for token in self._tokens(text)]

    def ids_within(self, word: str) -> list[int]:
        """The ids of a word without a space before it, as where it is the later part of a compound."""
        return [token.id for token in self._cut(word)]

    @cached_property
    def special(self) -> Special:
        """The ids with a meaning of their own."""
        model = self._processor
        return Special(model.bos_id(), model.pad_id(), model.eos_id(), model.unk_id())

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces by id."""
        model = self._processor
        return tuple(Piece(model.id_to_piece(id_), model.get_score(id_)) for id_ in range(model.get_piece_size()))

    @property
    def fingerprint(self) -> str:
        """sha256 of the vocabulary's files, one after the other."""
        return hashlib.sha256(b"".join(dump_vocabulary(self).values())).hexdigest()

    def _tokens(self, text: str) -> Iterator[Token]:
        for word in _words(*self._normal(text)):
            yield from (Token(id_, word.places[at]) for id_, at in self._cut(word.text))

    def _normal(self, text: str) -> tuple[str, list[int]]:
        """The text as pieces are written, led by a space, without double ones; and each character's place in `text`."""
        replaced = [self._replaced.get(character, character) for character in text]
        characters, places = [" "], [0]
        for place, shown in enumerate(replaced):
            for character in shown:
                if character != " " or characters[-1] != " ":
                    characters.append(character)
                    places.append(place)
        return "".join(characters).replace(" ", SPACE), places

    @cached_property
    def _replaced(self) -> dict[str, str]:
        return {**_SURROGATES, **self.normaliser}

    @cached_property
    def _cut(self) -> Callable[[str], tuple[Token, ...]]:
        """Cuts a word into tokens whose places are in the word."""
        return lru_cache(_REMEMBERED)(lambda word: tuple(self._search(word)))

    def _search(self, word: str) -> Iterator[Token]:
        """The library joins unknown characters that stand side by side; the encoder has learnt them one by one."""
        at = 0
        for piece in self._processor.encode_as_pieces(word):
            id_ = self._processor.piece_to_id(piece)
            is_unknown = id_ in self.special
            for first in range(at, at + len(piece)) if is_unknown else (at,):
                yield Token(self.special.unknown if is_unknown else id_, first)
            at += len(piece)

    @cached_property
    def _processor(self) -> Any:
        return SentencePieceProcessor(model_proto=self.model)


class _Word(NamedTuple):
    """A word as pieces are written, and the place of each of its characters."""

    text: str
    places: Sequence[int]


def _words(normal: str, places: Sequence[int]) -> list[_Word]:
    """The words of a normalised text, each led by the mark of a space, which stands where the word begins."""
    starts = [at for at, character in enumerate(normal) if character == SPACE]
    ends = [*starts[1:], len(normal)]
    return [
        _Word(normal[start:end], [places[min(start + 1, end - 1)], *places[start + 1 : end]])
        for start, end in zip(starts, ends, strict=True)
    ]


def dump_vocabulary(vocabulary: Vocabulary) -> dict[str, bytes]:
    """The vocabulary's files by name; the same vocabulary gives the same bytes."""
    lines = (f"{_codes(old)}\t{_codes(new)}\n" for old, new in sorted(vocabulary.normaliser.items()))
    return {PIECES: vocabulary.model, CHARACTERS: "".join(lines).encode()}


def load_vocabulary(folder: Traversable) -> Vocabulary:
    """The vocabulary of a folder. Raises ValueError where its files hold none."""
    lines = (folder / CHARACTERS).read_text(encoding="utf-8").splitlines()
    vocabulary = Vocabulary((folder / PIECES).read_bytes(), dict(map(_replacement, lines)))
    try:
        has_all = min(vocabulary.special) >= 0
    except RuntimeError as error:
        raise ValueError(f"{PIECES} is no model of SentencePiece") from error
    if not has_all:
        raise ValueError(f"{PIECES} lacks a special piece")
    return vocabulary


def _codes(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)


def _replacement(line: str) -> tuple[str, str]:
    old, new = ("".join(chr(int(code, 16)) for code in codes.split()) for codes in line.split("\t"))
    return old, new
