"""Damaged copies of every golden file, through the whole import: a line each, no crash, no hang, no fault of ours."""

import random
from pathlib import Path

import pytest

from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import

TESTS = Path(__file__).parent
GOLDEN = sorted(
    path
    for folder in (TESTS / "documents", TESTS / "golden" / "rendered", TESTS.parent / "corpora" / "example" / "archive")
    for path in folder.rglob("*")
    if path.is_file() and path.suffix not in {".json", ".toml"}
)


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes with one of the faults that disks, mail and half-finished downloads make."""
    chance = random.Random(seed)
    place = chance.randrange(len(data))
    length = chance.randrange(1, 400)
    match seed % 5:
        case 0:
            return data[:place]
        case 1:
            return data[:place] + chance.randbytes(length) + data[place + length :]
        case 2:
            return data[:place] + data[place + length :]
        case 3:
            return data[:place] + bytes(length) + data[place + length :]
    flipped = bytearray(data)
    for _ in range(20):
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def check(folder: Path, files: list[Path], seeds: range) -> None:
    for number, path in enumerate(files):
        for seed in seeds:
            copy = folder / f"{seed + number}" / f"{path.stem}-{seed}{path.suffix}"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(damaged(path.read_bytes(), seed + number))
    imported = run_import([folder], folder / "ut", Options(workers=2))
    documents = imported.result.documents
    assert len(documents) == len(files) * len(seeds)
    ours = {
        document.path: problem.message
        for document in documents
        for problem in document.errors
        if problem.component in {"internal", "limits"}
    }
    assert not ours


def test_one_damaged_copy_of_a_third_of_the_files(tmp_path: Path) -> None:
    check(tmp_path, GOLDEN[::3], range(1))


@pytest.mark.soak
def test_many_damaged_copies_of_every_file(tmp_path: Path) -> None:
    check(tmp_path, GOLDEN, range(7))
