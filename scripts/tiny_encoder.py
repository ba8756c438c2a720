"""Writes tests/data/encoder: an encoder with random weights, small enough to be tracked. Needs the extra `training`."""

import string
from pathlib import Path

import torch

from ljuskoll.models.encoder.export import export, write
from ljuskoll.models.encoder.network import Network
from ljuskoll.models.encoder.piece_model import vocabulary_of
from ljuskoll.models.encoder.pieces import SPACE, Piece, Special, Vocabulary
from ljuskoll.models.encoder.pretrained import Sizes

TARGET = Path(__file__).parents[1] / "tests" / "data" / "encoder"
LONGEST = 48
WORDS = """det inte är klart ut och uppdrag mål nås bro byggd under året
prognos utfall vid april augusti slut s n"""
SYLLABLES = "de en er ar ing på lä ny st ut upp ån"
LETTERS = string.ascii_lowercase + string.digits + "åäö.,;<>/%"
NORMALISER = {"\n": " ", "\t": " ", "\u00a0": " ", "\u200b": "", "\ufb01": "fi", "½": "1/2"}


def vocabulary() -> Vocabulary:
    """Letters, parts of words and words; the longer a piece, the better its score."""
    syllables, words = SYLLABLES.split(), WORDS.split()
    texts = [SPACE, *LETTERS, *syllables, *(SPACE + one for one in (*LETTERS, *syllables, *words))]
    scored = {text: -8.0 + len(text) - 0.01 * place for place, text in enumerate(texts)}
    special = [(text, 0.0) for text in ("<s>", "<pad>", "</s>", "<unk>")]
    pieces = tuple(Piece(text, score) for text, score in (*special, *scored.items()))
    return vocabulary_of(pieces, Special(0, 1, 2, 3), NORMALISER)


def network(pieces: int) -> Network:
    """One layer of random weights, large enough that each token matters."""
    torch.manual_seed(1)
    made = Network(Sizes(width=16, layers=1, heads=2, inner=32, pieces=pieces, positions=LONGEST, epsilon=1e-12))
    torch.nn.init.normal_(made.head.stage.weight)
    return made


if __name__ == "__main__":
    read = vocabulary()
    write(export(network(len(read.pieces)), read, LONGEST, corpus="none"), TARGET)
