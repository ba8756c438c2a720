"""Words cut into pieces as a plain search does it, whatever the text; each token knows where it stands."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.models.encoder.piece_model import kept, vocabulary_of
from ljuskoll.models.encoder.pieces import (
    CHARACTERS,
    PIECES,
    SPACE,
    Special,
    Vocabulary,
    dump_vocabulary,
    load_vocabulary,
)

FOLDER = Path(__file__).parent / "data" / "encoder"
SMALL = load_vocabulary(FOLDER)
TEXTS = st.text(max_size=40) | st.lists(st.sampled_from([*"abdeåäkl .,;/\n\t\u00a0\u200b½ﬁ漢▁", "<s>", "är"])).map(
    "".join
)


def normalised(vocabulary: Vocabulary, text: str) -> str:
    """The text as pieces are written."""
    shown = "".join(vocabulary.normaliser.get(character, character) for character in text)
    while "  " in shown:
        shown = shown.replace("  ", " ")
    return (shown if shown.startswith(" ") else f" {shown}").replace(" ", SPACE)


def best_pieces(vocabulary: Vocabulary, word: str) -> list[int]:
    """The pieces with the best sum by the definition: the best way to each place, from the best ways before it."""
    by_text = {piece.text: id_ for id_, piece in enumerate(vocabulary.pieces) if id_ not in vocabulary.special}
    unknown = min(piece.score for piece in vocabulary.pieces) - 10
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        ways = [(best[end - 1][0] + unknown, [*best[end - 1][1], vocabulary.special.unknown])]
        for start in range(end):
            id_ = by_text.get(word[start:end])
            if id_ is not None:
                ways.append((best[start][0] + vocabulary.pieces[id_].score, [*best[start][1], id_]))
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1][1]


@given(TEXTS)
def test_every_text_is_cut_as_the_definition_says(text: str) -> None:
    words = normalised(SMALL, text).split(SPACE)[1:]
    assert SMALL.ids(text) == [id_ for word in words for id_ in best_pieces(SMALL, SPACE + word)]


@given(TEXTS)
def test_tokens_stand_in_the_order_of_the_text(text: str) -> None:
    places = [token.place for token in SMALL.tokens(text)]
    assert places == sorted(places)
    assert all(0 <= place < max(1, len(text)) for place in places)


def shown(text: str) -> list[str]:
    return [SMALL.pieces[id_].text for id_ in SMALL.ids(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("det är klart", ["▁det", "▁är", "▁klart"]),
        ("det\n är\tklart", ["▁det", "▁är", "▁klart"]),
        ("  det", ["▁det"]),
        ("det ", ["▁det", "▁"]),
        ("", ["▁"]),
        ("klar", ["▁k", "l", "ar"]),
        ("½", ["▁1", "/", "2"]),
        ("de\u200bt", ["▁det"]),
        ("漢字", ["▁", "<unk>", "<unk>"]),
        ("\ud800", ["▁", "<unk>"]),
        ("<s>", ["▁<", "s", ">"]),
        ("</s> <pad>", ["▁<", "/", "s", ">", "▁<", "p", "a", "d", ">"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert shown(text) == pieces


def test_a_token_stands_where_its_first_letter_does() -> None:
    text = "det  är\nklar½"
    tokens = [(SMALL.pieces[token.id].text, text[token.place]) for token in SMALL.tokens(text)]
    told = [("▁det", "d"), ("▁är", "ä"), ("▁k", "k"), ("l", "l"), ("ar", "a"), ("1", "½"), ("/", "½"), ("2", "½")]
    assert tokens == told


def test_the_later_part_of_a_compound_has_no_space_before_it() -> None:
    assert [SMALL.pieces[id_].text for id_ in SMALL.ids_within("klar")] == ["k", "l", "ar"]


def test_a_vocabulary_that_was_written_is_the_same() -> None:
    written = dump_vocabulary(SMALL)
    assert written == {name: (FOLDER / name).read_bytes() for name in (PIECES, CHARACTERS)}
    assert SMALL.fingerprint == hashlib.sha256(b"".join(written.values())).hexdigest()
    assert vocabulary_of(SMALL.pieces, SMALL.special, SMALL.normaliser) == SMALL


def test_a_cut_vocabulary_counts_its_pieces_anew() -> None:
    ids = [0, 1, 2, 3, *sorted({4, *SMALL.ids("det klar")})]
    cut = kept(SMALL, ids)
    assert cut.special == SMALL.special
    assert [ids[id_] for id_ in cut.ids("det klar")] == SMALL.ids("det klar")
    assert [cut.pieces[id_].text for id_ in cut.ids("n")] == ["▁", "<unk>"]


@pytest.mark.parametrize(("name", "data"), [(PIECES, b""), (PIECES, b"{}"), (CHARACTERS, b"A"), (CHARACTERS, b"?\t1")])
def test_what_is_no_vocabulary_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    for known, written in dump_vocabulary(SMALL).items():
        (tmp_path / known).write_bytes(data if known == name else written)
    with pytest.raises(ValueError):
        load_vocabulary(tmp_path)


def test_special_pieces_may_stand_anywhere() -> None:
    last = len(SMALL.pieces)
    moved = vocabulary_of((*SMALL.pieces[4:], *SMALL.pieces[:4]), Special(*range(last - 4, last)), {})
    assert [moved.pieces[id_].text for id_ in moved.ids("det 漢")] == ["▁det", "▁", "<unk>"]
