"""The pieces as a SentencePiece model, written once, when the encoder is made; needs protobuf (Apache-2.0, BSD-3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sentencepiece import sentencepiece_model_pb2

from ljuskoll.models.encoder.pieces import Piece, Special, Vocabulary

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_UNIGRAM = 1
"""Numbers of the model's own format (sentencepiece_model.proto)."""


def vocabulary_of(pieces: Sequence[Piece], special: Special, normaliser: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with these pieces, by id; the same pieces give the same bytes."""
    model: Any = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]  # protobuf makes it at run time
    kinds = {**dict.fromkeys(special, _CONTROL), special.unknown: _UNKNOWN}
    for id_, piece in enumerate(pieces):
        model.pieces.add(piece=piece.text, score=piece.score, type=kinds.get(id_, _NORMAL))
    names = [pieces[id_].text for id_ in special]
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size = _UNIGRAM, len(pieces)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = special
    trainer.bos_piece, trainer.pad_piece, trainer.eos_piece, trainer.unk_piece = names
    rule = model.normalizer_spec
    # The vocabulary normalises by itself, since it must know where each character stood.
    rule.name = "identity"
    rule.add_dummy_prefix = rule.remove_extra_whitespaces = rule.escape_whitespaces = False
    return Vocabulary(bytes(model.SerializeToString(deterministic=True)), normaliser)


def kept(vocabulary: Vocabulary, ids: Sequence[int]) -> Vocabulary:
    """The vocabulary with these ids alone, which become 0, 1, 2 ... in this order."""
    special = Special(*(ids.index(one) for one in vocabulary.special))
    return vocabulary_of([vocabulary.pieces[one] for one in ids], special, vocabulary.normaliser)
