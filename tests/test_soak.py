"""Slow: many documents, and many random inputs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.errors import InputError
from ljuskoll.nlp.readers import read_document
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import

pytestmark = pytest.mark.soak
DOCUMENTS = Path(__file__).parent / "documents"
TEXTS = sorted(DOCUMENTS.glob("*.txt"))
PDFS = sorted(DOCUMENTS.glob("*.pdf"))
COPIES = 12


def test_hundreds_of_documents_give_the_same_bytes_with_workers(tmp_path: Path) -> None:
    for copy in range(COPIES):
        for path in TEXTS:
            (tmp_path / "in" / str(copy)).mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / str(copy) / path.name).write_bytes(path.read_bytes() + b"\n" * (copy + 1))
    for workers in (1, 2):
        imported = run_import([tmp_path / "in"], tmp_path / "none", Options(workers=workers))
        write_result(imported.result, tmp_path / str(workers))
    assert len(imported.result.documents) == COPIES * len(TEXTS)
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PDFS), st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
def test_damaged_pdfs_are_read_or_said_to_be_damaged(path: Path, place: int, junk: bytes) -> None:
    data = bytearray(path.read_bytes())
    place %= len(data)
    data[place : place + len(junk)] = junk
    try:
        document = read_document(path.name, bytes(data))
    except InputError as error:
        assert error.message
    else:
        assert document.pages
