"""Which of the base model's 250,000 pieces Swedish uses; without the others it is a fourth as large.

All pieces of our own texts (but for the test split) are kept, single letters, figures and signs, and then those that
the commonest words of wordfreq's Swedish list (Speer 2022; code Apache-2.0, data CC BY-SA 4.0) use most.
"""

import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ljuskoll.corpora.sentences import load_sentences
from ljuskoll.models.encoder.pieces import SPACE, Vocabulary
from ljuskoll.models.material import Material
from ljuskoll.nlp.errors import UsageError

SIZE = 26_000
"""Pieces that are kept."""
_FORMS = ((str, 0.80), (str.capitalize, 0.19), (str.upper, 0.01))
"""How a word of the list is written, and how often."""
_LATER = 0.10
"""How often a word is the later part of a compound ..."""
_SHORTEST_LATER = 4
"""... if it has so many letters."""
_SIGNS = "–—…”’“‘•€■□●○✓✔≥≤→−"
_LAST_WESTERN = "\u024f"
"""The last character of the blocks that hold the letters of western Europe."""
_SWEDISH = re.compile(rf"{SPACE}?[A-Za-zÅÄÖåäöÉéÜüÈèÁáÀàÆæØø]+")
_SINGLE = re.compile(rf"{SPACE}?(?:[^\W_]|[0-9]+|[!-/:-@\[-`{{-~§°±½¼²³£×·«»{_SIGNS}]+)")


def kept_pieces(
    vocabulary: Vocabulary, texts: Iterable[str], words: Mapping[str, float], size: int = SIZE
) -> list[int]:
    """The ids that are kept, in order: `size` of them, or more where the texts use more."""
    kept = {*vocabulary.special, *_single(vocabulary)}
    kept.update(id_ for text in texts for id_ in vocabulary.ids(text))
    wanted = _by_words(vocabulary, words)
    for id_ in sorted(wanted, key=lambda one: (-wanted[one], one)):
        if len(kept) >= size:
            break
        if _SWEDISH.fullmatch(vocabulary.pieces[id_].text):
            kept.add(id_)
    return sorted(kept)


def texts_of(material: Material) -> Iterator[str]:
    """Every comment and title that we wrote, and every marked-up sentence, but for the test split."""
    for one in (*material.comments, *material.development):
        yield f"{one.assignment} {one.comment}"
    sides = (side for pair in material.pairs for side in (pair.a, pair.b))
    variants = (text for group in material.groups for text in group.variants)
    for text in (*sides, *variants):
        yield f"{text.assignment} {text.comment}"
    for sentence in load_sentences("dev"):
        yield f"{sentence.assignment} {sentence.text}"


def swedish_words() -> Mapping[str, float]:
    """Swedish words and how often each is used. Raises UsageError where wordfreq is missing."""
    try:
        library = importlib.import_module("wordfreq")
    except ImportError as error:
        message = "Ordlistan saknas: paketet wordfreq är inte installerat. Installera ljuskoll[training]."
        raise UsageError(message) from error
    words: dict[str, float] = library.get_frequency_dict("sv", "best")
    return words


def _single(vocabulary: Vocabulary) -> Iterator[int]:
    """The ids of single letters, of figures and of signs that a Swedish text may hold."""
    for id_, piece in enumerate(vocabulary.pieces):
        known = all(one <= _LAST_WESTERN or one in SPACE + _SIGNS for one in piece.text)
        if piece.text == SPACE or (known and _SINGLE.fullmatch(piece.text)):
            yield id_


def _by_words(vocabulary: Vocabulary, words: Mapping[str, float]) -> dict[int, float]:
    """How often each piece is used, by how often each word is."""
    used: defaultdict[int, float] = defaultdict(float)
    for word, frequency in words.items():
        for form, share in _FORMS:
            for id_ in vocabulary.ids(form(word)):
                used[id_] += frequency * share
        if len(word) >= _SHORTEST_LATER:
            for id_ in vocabulary.ids_within(word):
                used[id_] += frequency * _LATER
    return used
