"""Originals: kept under their digests as they were sent, found among an import's sources, forgotten."""

import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from ljuskoll.nlp.errors import FileAccessError, FileTooLargeError
from ljuskoll.service.review.originals import Originals
from zipping import put

BODY = b"Uppdraget \xc3\xa4r genomf\xc3\xb6rt. " * 100_000
DIGEST = sha256(BODY).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "original")


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("way", ["file", "chunks"])
def test_what_is_sent_is_kept_under_its_digest(originals: Originals, way: str) -> None:
    chunks = [BODY[:7], b"", BODY[7:]]
    stored = originals.receive(io.BytesIO(BODY) if way == "file" else chunks, len(BODY))
    path = originals.path(DIGEST)
    assert (stored.sha256, stored.size) == (DIGEST, len(BODY))
    assert path is not None
    assert path.read_bytes() == BODY
    assert not path.stat().st_mode & 0o222


def test_one_byte_too_many_leaves_nothing(originals: Originals, tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError, match="större än 2 MB"):
        originals.receive(io.BytesIO(BODY), len(BODY) - 1)
    assert files_below(tmp_path) == []


def test_a_sender_that_breaks_off_leaves_nothing(originals: Originals, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield BODY
        raise ConnectionAbortedError

    with pytest.raises(FileAccessError, match="kan inte sparas"):
        originals.receive(broken())
    assert files_below(tmp_path) == []


def test_a_disk_that_takes_nothing_is_told(originals: Originals, tmp_path: Path) -> None:
    (tmp_path / "original" / "incoming").rmdir()
    with pytest.raises(FileAccessError, match="kan inte sparas på servern"):
        originals.receive([BODY])


def test_the_same_bytes_are_kept_once_though_sent_at_once(originals: Originals, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = set(pool.map(lambda _: originals.receive(io.BytesIO(BODY)).sha256, range(16)))
    assert stored == {DIGEST}
    originals.confirm(DIGEST)
    assert files_below(tmp_path) == [originals.path(DIGEST)]


def test_what_was_half_received_is_cleaned_away(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.receive([BODY])
    (tmp_path / "incoming" / "0f").write_bytes(b"half")
    originals.clean([DIGEST].__contains__)
    assert files_below(tmp_path) == [originals.path(DIGEST)]


def test_what_was_kept_but_never_listed_is_cleaned_away(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.receive([BODY])
    Originals(tmp_path).clean([].__contains__)
    assert files_below(tmp_path) == []


def test_what_was_confirmed_stays_though_the_store_does_not_list_it(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.confirm(originals.receive([BODY]).sha256)
    Originals(tmp_path).clean([].__contains__)
    assert files_below(tmp_path) == [originals.path(DIGEST)]


def test_what_is_listed_stays_though_it_was_being_received_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.confirm(originals.receive([BODY]).sha256)
    originals.receive([BODY])
    Originals(tmp_path).clean([DIGEST].__contains__)
    assert files_below(tmp_path) == [originals.path(DIGEST)]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST[:-1], DIGEST.upper(), f"{DIGEST}\n", "a" * 64])
def test_what_is_no_known_digest_has_no_path(originals: Originals, name: str) -> None:
    originals.receive([BODY])
    assert originals.path(name) is None
    originals.forget(name)
    assert originals.path(DIGEST) is not None


def test_what_is_forgotten_is_gone(originals: Originals, tmp_path: Path) -> None:
    originals.confirm(originals.receive([BODY]).sha256)
    originals.forget(DIGEST)
    assert originals.path(DIGEST) is None
    assert files_below(tmp_path) == []


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source folder with settings and one file."""
    folder = tmp_path / "källa" / "2021"
    folder.mkdir(parents=True)
    (folder.parent / "ljuskoll.toml").write_text('municipality = "Lillådalen"\n', encoding="utf-8")
    (folder / "t1.txt").write_bytes(BODY)
    return folder


def test_an_imports_original_is_found_with_its_settings(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "original", [source.parent, tmp_path / "finns inte"])
    found = originals.source(DIGEST)
    assert found is not None
    assert (found.path, found.relative, found.settings.municipality) == (source / "t1.txt", "2021/t1.txt", "Lillådalen")
    assert originals.path(DIGEST) == source / "t1.txt"


def test_a_single_file_can_be_a_source(tmp_path: Path, source: Path) -> None:
    assert Originals(tmp_path / "original", [source / "t1.txt"]).path(DIGEST) == source / "t1.txt"


def test_an_imports_original_is_never_taken_away(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "original", [source])
    originals.receive([BODY])
    originals.forget(DIGEST)
    assert originals.path(DIGEST) == source / "t1.txt"


def test_a_source_that_has_changed_is_no_longer_that_original(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "original", [source])
    file = source / "t1.txt"
    assert originals.path(DIGEST) == file
    file.write_bytes(BODY[:-1] + b"!")
    os.utime(file, (1, 1))
    assert originals.path(DIGEST) is None
    (source / "t2.txt").write_bytes(BODY)
    assert originals.path(DIGEST) == source / "t2.txt"


def test_a_file_in_a_zip_file_is_unpacked_when_it_is_asked_for_and_its_zip_stays(tmp_path: Path) -> None:
    archive = put(tmp_path / "arkiv" / "2031.zip", {"T1/rapport.txt": BODY, "T2/rapport.txt": b"en annan"})
    originals = Originals(tmp_path / "original", [tmp_path / "arkiv"])
    found = originals.source(DIGEST)
    assert found is not None and found.relative == "2031.zip/T1/rapport.txt"
    assert files_below(tmp_path / "original") == []
    path = originals.path(DIGEST)
    assert path is not None and path.read_bytes() == BODY
    assert files_below(tmp_path / "original") == [path]
    originals.forget(DIGEST)
    assert (files_below(tmp_path / "original"), archive.is_file()) == ([], True)
    archive.unlink()
    assert originals.path(DIGEST) is None
