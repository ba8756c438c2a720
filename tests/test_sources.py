"""Which files there are, and reading them from disks that fail, files that change and folders that go away."""

import errno
import os
import pickle
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ljuskoll.nlp.errors import FileAccessError, SourceGoneError, UsageError
from ljuskoll.service.disk import ACCESS, WAITS, may_pass
from ljuskoll.service.settings import Settings
from ljuskoll.service.sources import SETTLING, SourceFile, find_files
from ljuskoll.service.zips.opened import close_zips
from test_import import without_privilege
from zipping import put

TEXT = "Uppdraget är genomfört.".encode()
FAILING = Path("/proc/self/mem")
"""A file that is there, and whose first byte can never be read."""


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_zips()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A source with a file, one in a folder and one in a zip file."""
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_bytes(TEXT)
    (tmp_path / "in" / "b" / "b.txt").write_bytes(TEXT)
    put(tmp_path / "in" / "c.zip", {"c.txt": TEXT})
    return tmp_path / "in"


def found(*sources: Path) -> list[SourceFile]:
    return find_files(sources, sources[0].parent / "ut")


def never(seconds: float) -> None:
    pytest.fail(f"waited {seconds} s for nothing")


def test_files_are_sorted_by_path_and_source(tmp_path: Path) -> None:
    for name in ("x/b/1.txt", "x/b.txt", "x/ö.txt", "x/a-b/1.txt", "x/a/2.txt", "y/b.txt", "y/B.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    files = found(tmp_path / "x", tmp_path / "y", tmp_path / "x" / "b.txt")
    order = [("B.txt", 1), ("a-b/1.txt", 0), ("a/2.txt", 0), ("b.txt", 0), ("b.txt", 1), ("b.txt", 2)]
    assert [(file.relative, file.source) for file in files] == [*order, ("b/1.txt", 0), ("ö.txt", 0)]


def test_the_output_and_settings_are_no_input(folder: Path) -> None:
    for name in ("ut", "b/ut", "utan"):
        (folder / name).mkdir()
        (folder / name / "d.txt").touch()
    (folder / "b" / "ljuskoll.toml").write_text('municipality = "Storvik"\n', encoding="utf-8")
    (folder / "b" / "gammal ljuskoll.toml").touch()
    files = {file.relative: file.settings.municipality for file in find_files([folder], folder / "b" / ".." / "ut")}
    inner = {"b/b.txt": "Storvik", "b/ut/d.txt": "Storvik", "b/gammal ljuskoll.toml": "Storvik"}
    assert files == {"a.txt": None, "c.zip/c.txt": None, "utan/d.txt": None, **inner}


def test_a_source_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match="saknad: finns inte"):
        found(folder, folder / "saknad")


def test_links_neither_loop_nor_hide_other_files(folder: Path) -> None:
    try:
        (folder / "b" / "runt").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege on this system")
    (folder / "b" / "sig själv").symlink_to(folder / "b" / "sig själv")
    (folder / "b" / "ingenstans.zip").symlink_to(folder / "saknas")
    (folder / "b" / "länk.txt").symlink_to(folder / "a.txt")
    files = {file.relative: file for file in found(folder)}
    assert sorted(files) == ["a.txt", "b/b.txt", "b/ingenstans.zip", "b/länk.txt", "b/sig själv", "c.zip/c.txt"]
    assert files["b/länk.txt"].read() == TEXT
    for name in ("b/ingenstans.zip", "b/sig själv"):
        with pytest.raises(FileAccessError, match="kan inte läsas"):
            files[name].read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_told_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "b" / "rör.txt")
    os.mkfifo(folder / "b" / "rör.zip")
    pipes = [file for file in found(folder) if "rör" in file.relative]
    assert len(pipes) == 2
    for pipe in pipes:
        with pytest.raises(FileAccessError, match="ingen vanlig fil"):
            pipe.read()


def test_what_may_not_be_read_is_told(folder: Path) -> None:
    prefix = without_privilege()
    for name in ("a.txt", "b", "c.zip"):
        (folder / name).chmod(0)
    (folder / "d.txt").touch()
    program = (
        "import sys; from pathlib import Path; from ljuskoll.service.sources import find_files\n"
        "for one in find_files([Path(sys.argv[1])], Path('ut')): print(one.relative, one.error)"
    )
    command = [*prefix, sys.executable, "-c", program, folder]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    (folder / "b").chmod(0o700)
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert (told["a.txt"], told["d.txt"]) == ("None", "None")
    assert told["b"].startswith("Mappen kan inte öppnas")
    assert told["c.zip"].startswith("Filen kan inte läsas")
    assert len(told) == 4


def test_a_file_goes_to_other_processes_small_and_whole(folder: Path) -> None:
    for file in found(folder):
        packed = pickle.dumps(file)
        assert len(packed) < 1000
        assert pickle.loads(packed).read() == TEXT


def test_a_file_that_carries_its_bytes_needs_no_folder(folder: Path) -> None:
    held = [file.held() for file in found(folder)]
    close_zips()
    shutil.rmtree(folder)
    for file in pickle.loads(pickle.dumps(held)):
        assert file.read() == file.read_as(sha256(TEXT).hexdigest()) == TEXT


def test_little_is_kept_for_a_file(tmp_path: Path) -> None:
    for number in range(100):
        below = tmp_path / "in" / f"Nämnd {number}" / "2021"
        below.mkdir(parents=True)
        for tertial in range(20):
            (below / f"Uppföljning tertial {tertial}.pdf").touch()
    put(tmp_path / "in" / "a.zip", {f"Nämnd {number}/2021/Uppföljning.pdf": b"" for number in range(2000)})
    tracemalloc.start()
    files = found(tmp_path / "in")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(files) == 4000
    assert held / len(files) < 1500


needs_failing = pytest.mark.skipif(not FAILING.exists(), reason="this system has no file that always fails")


@needs_failing
def test_what_may_pass_is_tried_again_before_it_is_told(tmp_path: Path) -> None:
    waited: list[float] = []
    with pytest.raises(FileAccessError, match="Input/output error") as raised:
        SourceFile(FAILING, "a.txt", 0, Settings(), root=tmp_path.parent).read(waited.append)
    assert tuple(waited) == WAITS
    assert raised.value.component == ACCESS


@needs_failing
@pytest.mark.parametrize("name", ["a.txt", "c.zip"])
def test_what_passes_is_read(folder: Path, name: str) -> None:
    (file,) = (file for file in found(folder) if file.path.name == name)
    whole = folder.parent / "hel"
    file.path.rename(whole)
    file.path.symlink_to(FAILING)
    waited: list[float] = []

    def mend(seconds: float) -> None:
        waited.append(seconds)
        file.path.unlink()
        file.path.symlink_to(whole)

    assert file.read(mend) == TEXT
    assert waited == [WAITS[0]]


@needs_failing
def test_a_zip_file_that_fails_while_it_is_looked_into(folder: Path) -> None:
    whole = (folder / "c.zip").rename(folder.parent / "hel")
    (folder / "c.zip").symlink_to(FAILING)

    def mend(_seconds: float) -> None:
        (folder / "c.zip").unlink()
        (folder / "c.zip").symlink_to(whole)

    assert [file.relative for file in find_files([folder], folder / "ut", mend)] == ["a.txt", "b/b.txt", "c.zip/c.txt"]


@needs_failing
def test_a_zip_file_that_goes_on_failing_has_a_line(folder: Path) -> None:
    (folder / "c.zip").unlink()
    (folder / "c.zip").symlink_to(FAILING)
    waited: list[float] = []
    files = find_files([folder], folder / "ut", waited.append)
    assert [file.relative for file in files] == ["a.txt", "b/b.txt", "c.zip"]
    assert "Filen kan inte läsas" in str(files[-1].error)
    assert tuple(waited) == WAITS


@pytest.mark.parametrize("number", [errno.EIO, errno.ETIMEDOUT, errno.EBUSY, errno.EAGAIN])
def test_errors_that_may_pass(number: int) -> None:
    assert may_pass(OSError(number, os.strerror(number)))


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EINVAL])
def test_errors_that_stay(number: int) -> None:
    assert not may_pass(OSError(number, os.strerror(number)))


def test_a_file_that_has_gone_is_told_at_once(folder: Path) -> None:
    files = found(folder)
    (folder / "a.txt").unlink()
    (folder / "c.zip").unlink()
    for file in (files[0], files[2]):
        with pytest.raises(FileAccessError, match="kan inte läsas"):
            file.read(never)
    assert files[1].read(never) == TEXT


def moved(source: Path) -> None:
    source.rename(source.with_name("borta"))


def emptied(source: Path) -> None:
    """What a shared folder leaves behind when it is disconnected."""
    moved(source)
    source.mkdir()


@pytest.mark.parametrize("away", [moved, emptied])
def test_a_folder_that_has_gone_is_no_fault_of_its_files(folder: Path, away: Callable[[Path], None]) -> None:
    files = found(folder)
    assert files[2].read() == TEXT
    away(folder)
    for file in files:
        with pytest.raises(SourceGoneError, match="Kör samma kommando igen") as raised:
            file.read(never)
        assert str(folder) in str(raised.value)
    shutil.rmtree(folder, ignore_errors=True)
    (folder.parent / "borta").rename(folder)
    assert [file.read(never) for file in files] == [TEXT] * 3


def test_a_source_that_is_a_zip_file_and_has_gone(folder: Path) -> None:
    (in_zip,), (alone,) = found(folder / "c.zip"), found(folder / "a.txt")
    (folder / "c.zip").unlink()
    (folder / "a.txt").unlink()
    with pytest.raises(SourceGoneError, match=r"c\.zip"):
        in_zip.read(never)
    with pytest.raises(FileAccessError):
        alone.read(never)


def test_a_file_is_read_as_what_it_was(folder: Path) -> None:
    for file in found(folder):
        assert file.read_as(sha256(TEXT).hexdigest(), never) == TEXT


@pytest.mark.parametrize("number", [0, 2])
def test_a_file_that_changes_is_looked_at_twice(folder: Path, number: int) -> None:
    file = found(folder)[number]
    whole = file.path.read_bytes()

    def change(_seconds: float = 0) -> None:
        put(file.path, {"c.txt": b"annat"})

    def mend(_seconds: float) -> None:
        file.path.write_bytes(whole)

    change()
    assert file.read_as(sha256(TEXT).hexdigest(), mend) == TEXT
    change()
    waited: list[float] = []
    with pytest.raises(FileAccessError, match="ändrades medan den lästes") as raised:
        file.read_as(sha256(TEXT).hexdigest(), waited.append)
    assert (waited, raised.value.component) == ([SETTLING], ACCESS)
