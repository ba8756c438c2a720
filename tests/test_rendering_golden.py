"""Small rendered documents of every layout: each is read as its truth says."""

import shutil
from pathlib import Path

import pytest

from ljuskoll.corpora.rendering.corpus import load_golden_settings, path_of, render_corpus
from ljuskoll.corpora.reports.truth import TrueDocument, load_truth
from ljuskoll.evaluation.extraction import compare
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

GOLDEN = Path(__file__).parent / "golden" / "rendered"
MOST_BYTES = 3_000_000
DOCUMENTS = load_truth(GOLDEN / "truth.jsonl") if (GOLDEN / "truth.jsonl").is_file() else ()


def test_the_samples_are_those_of_the_corpus_and_small(regenerate: bool) -> None:
    if regenerate:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        assert render_corpus(GOLDEN, load_golden_settings()) == ()
    documents = load_truth(GOLDEN / "truth.jsonl")
    assert [document.path for document in documents] == [path_of(setting) for setting in load_golden_settings()]
    assert sum(path.stat().st_size for path in GOLDEN.rglob("*") if path.is_file()) < MOST_BYTES


def test_nothing_is_written_anew(regenerate: bool) -> None:
    assert not regenerate


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.path for document in DOCUMENTS])
def test_a_sample_is_read_as_its_truth_says(document: TrueDocument) -> None:
    if document.ocr and shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not on this machine")
    data = (GOLDEN / document.path).read_bytes()
    compared = compare(document, extract(document.path, data, Vocabulary()).followups)
    assert (compared.missed, compared.false, compared.wrong) == ((), (), ())
