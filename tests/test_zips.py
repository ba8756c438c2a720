"""Zip files as sources: each file in them is a file of its own, and what cannot be read is told, never lost."""

import errno
import os
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import docx
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.errors import FileAccessError, InputError, UsageError
from ljuskoll.service.disk import may_pass
from ljuskoll.service.sources import SourceFile, find_files
from ljuskoll.service.zips import archive, members
from ljuskoll.service.zips.archive import open_archive
from ljuskoll.service.zips.opened import MOST, close_zips
from zipping import FLAGS, METHOD, SIZE, patched, put, renamed, zipped

TEXT = "Uppdraget är genomfört.".encode()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_zips()


def found(source: Path) -> list[SourceFile]:
    return find_files([source], source.parent / "ut")


def by_path(source: Path) -> dict[str, bytes | str]:
    """What each file holds, or what its line says."""
    return {file.relative: outcome(file) for file in found(source)}


def outcome(file: SourceFile) -> bytes | str:
    try:
        return file.read()
    except InputError as error:
        return error.message


def only(source: Path, data: bytes) -> tuple[str, bytes | str]:
    """The one file of a zip file with these bytes."""
    source.write_bytes(data)
    (one,) = by_path(source).items()
    return one


def test_files_in_a_zip_file_stand_as_in_a_folder(tmp_path: Path) -> None:
    contents = {"Östersund/2021/T1.txt": b"ett", "Östersund/": b"", "läs mig.txt": b"noll"}
    put(tmp_path / "in" / "nämnd" / "Arkiv.ZIP", contents)
    (tmp_path / "in" / "utanför.txt").write_bytes(b"ute")
    files = found(tmp_path / "in")
    assert [(file.relative, file.read()) for file in files] == [
        ("nämnd/Arkiv.ZIP/läs mig.txt", b"noll"),
        ("nämnd/Arkiv.ZIP/Östersund/2021/T1.txt", b"ett"),
        ("utanför.txt", b"ute"),
    ]
    assert [file.folder_municipality for file in files] == [None, "Östersund", None]
    assert by_path(tmp_path / "in" / "nämnd" / "Arkiv.ZIP") == {"läs mig.txt": b"noll", "Östersund/2021/T1.txt": b"ett"}


def test_only_archives_of_files_are_folders(tmp_path: Path) -> None:
    word = BytesIO()
    docx.Document().save(word)
    types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.main+xml"/>'
    documents = {
        "word.zip": word.getvalue(),
        "powerpoint.zip": zipped({"[Content_Types].xml": types, "ppt/a.xml": b"<a/>"}),
        "odt.zip": zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "text.zip": TEXT,
        "tom.zip": b"",
        "arkiv.zip.pdf": zipped({"a.txt": TEXT}),
        "zip": zipped({"a.txt": TEXT}),
    }
    for name, data in documents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "mapp.zip").mkdir()
    (tmp_path / "mapp.zip" / "a.txt").write_bytes(TEXT)
    archives = {"arkiv.zip": {"a.txt": TEXT}, "delar.zip": {"ppt/a.txt": TEXT, "xl/b.txt": TEXT, "mimetype": b"text"}}
    for name, contents in archives.items():
        put(tmp_path / name, contents)
    inside = {f"{name}/{file}": data for name, contents in archives.items() for file, data in contents.items()}
    assert by_path(tmp_path) == {**documents, "mapp.zip/a.txt": TEXT, **inside}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_usual_methods_are_read(tmp_path: Path, method: int) -> None:
    data = os.urandom(3_000_000) + bytes(3_000_000)
    assert only(tmp_path / "a.zip", zipped({"a.bin": data}, method)) == ("a.bin", data)


WHOLE = zipped({"a.txt": TEXT * 50, "b.txt": b"annat"})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (WHOLE[: len(WHOLE) // 2], "skadat, avhugget[^.]*[.] Hämta"),
        (WHOLE[:-10], "skadat, avhugget[^.]*[.] Hämta"),
        (b"PK\x03\x04" + bytes(100), "skadat, avhugget[^.]*[.] Hämta"),
        (zipped({}), "inga filer[^.]*[.] Hämta"),
        (zipped({"mapp/": b"", "__MACOSX/._a.txt": b"x", "mapp/under\\": b""}), "inga filer"),
        (zipped({"ljuskoll.toml": b""}), "inga filer"),
    ],
)
def test_a_zip_file_that_gives_nothing_has_a_line_itself(tmp_path: Path, data: bytes, told: str) -> None:
    name, said = only(tmp_path / "a.zip", data)
    assert name == "a.zip"
    assert re.search(told, str(said))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (patched(WHOLE, FLAGS, 1, first=1), "krypterad"),
        (patched(WHOLE, METHOD, 9, first=1), "Deflate64"),
        (patched(WHOLE, METHOD, 99, first=1), "(99)"),
        (patched(WHOLE, METHOD, zipfile.ZIP_BZIP2, first=1), "BZip2"),
        (patched(WHOLE, METHOD, zipfile.ZIP_LZMA, first=1), "LZMA"),
        (patched(WHOLE, SIZE, 4, "<I", first=1), "skadad"),
        (patched(WHOLE, SIZE, 6, "<I", first=1), "skadad"),
        (patched(WHOLE, SIZE, 2**30 + 1, "<I", first=1), "större än 1024 MB"),
        (patched(WHOLE, SIZE, 2**30, "<I", first=1), "orimligt mycket"),
        (patched(WHOLE, SIZE - 8, 7, "<I", first=1), "skadad"),
    ],
)
def test_one_file_that_cannot_be_read_leaves_the_others(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    read = by_path(tmp_path / "a.zip")
    assert read["a.txt"] == TEXT * 50
    assert told in str(read["b.txt"])


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("a/../../b.txt", "a/b.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("c:a.txt", "a.txt"),
        ("C:/D:..\\x/E:F:", "x"),
        ("\\\\server\\share\\a.txt", "server/share/a.txt"),
        ("..\\a.txt", "a.txt"),
        ("..", "namnlös"),
        ("../ljuskoll.toml", "ljuskoll.toml"),
    ],
)
def test_a_name_that_points_out_is_refused_and_kept_inside(tmp_path: Path, name: str, inside: str) -> None:
    path, said = only(tmp_path / "a.zip", zipped({name: b"x = "}))
    assert path == inside
    assert "pekar ut ur zip-arkivet" in str(said)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a..b.txt", "a..b.txt"),
        ("..dold/...txt", "..dold/...txt"),
        ("./a//b.txt", "a/b.txt"),
        ("mapp/A: mål.txt", "mapp/A: mål.txt"),
        ("mapp\\under\\a.txt", "mapp/under/a.txt"),
        ("10:30.txt", "10:30.txt"),
        ("a.txt\0.exe", "a.txt"),
        ("O\u0308sterlen/A\u030angbåt.txt", "Österlen/Ångbåt.txt"),
        ("mapp/__MACOSX/a.txt", "mapp/__MACOSX/a.txt"),
    ],
)
def test_other_odd_names_are_read(tmp_path: Path, name: str, path: str) -> None:
    assert only(tmp_path / "a.zip", zipped({name: TEXT})) == (path, TEXT)


@pytest.mark.parametrize(
    ("written", "encoding", "flags"),
    [
        ("Nämnd å.txt", "utf-8", 0),
        ("Nämnd å.txt", "utf-8", 0x800),
        ("Nämnd åäöÅÄÖé.txt", "cp437", 0),
        ("Nämnd åäöÅÄÖé.txt", "cp850", 0),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(
    tmp_path: Path, written: str, encoding: str, flags: int
) -> None:
    name = written.encode(encoding)
    assert only(tmp_path / "a.zip", renamed(zipped({"n" * len(name): TEXT}), name, flags)) == (written, TEXT)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_two(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("a.txt", b"ett"), ("a.txt", b"annat")]))
    files = found(tmp_path / "a.zip")
    assert [(file.relative, file.read()) for file in files] == [("a.txt", b"ett"), ("a.txt", b"annat")]


def test_a_link_has_no_content_of_its_own(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(info, "/etc/passwd")
    assert "länk" in str(by_path(tmp_path / "a.zip")["a.txt"])


def test_settings_in_a_zip_file_hold_there_on_top_of_the_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ljuskoll.toml").write_text(
        'municipality = "Yttre"\nofficials = ["Anna Ek"]\n', encoding="utf-8"
    )
    deepest = zipped({"a.txt": TEXT, "ljuskoll.toml": b'officials = ["Siv Ask"]'})
    contents = {
        "2021/T1/b.txt": TEXT,
        "2021/ljuskoll.toml": b'municipality = "Inre"',
        "2021/djup.zip": deepest,
        "2020/c.txt": TEXT,
        "20210/d.txt": TEXT,
    }
    put(tmp_path / "in" / "a.zip", contents)
    for source, prefix in ((tmp_path / "in", "a.zip/"), (tmp_path / "in" / "a.zip", "")):
        assert {file.relative: (file.settings.municipality, file.settings.officials) for file in found(source)} == {
            f"{prefix}2021/T1/b.txt": ("Inre", ("Anna Ek",)),
            f"{prefix}2021/djup.zip/a.txt": ("Inre", ("Anna Ek", "Siv Ask")),
            f"{prefix}2020/c.txt": ("Yttre", ("Anna Ek",)),
            f"{prefix}20210/d.txt": ("Yttre", ("Anna Ek",)),
        }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped({"djup.zip": zipped({"m/ljuskoll.toml": b"kommun = 1", "a.txt": b""})}), "kommun"),
        (patched(zipped({"djup.zip/m/ljuskoll.toml": b"", "a.txt": b""}), FLAGS, 1), "krypterad"),
    ],
)
def test_wrong_settings_in_a_zip_file_are_wrong_usage(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UsageError, match=told) as raised:
        found(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'a.zip'}/djup.zip/m/ljuskoll.toml: ")


def test_zip_files_in_zip_files_are_read_to_a_depth(tmp_path: Path) -> None:
    word = BytesIO()
    docx.Document().save(word)
    third = zipped({"c.txt": TEXT})
    second = zipped({"tre.zip": third, "b.txt": TEXT, "word.zip": word.getvalue(), "text.zip": TEXT})
    put(tmp_path / "a.zip", {"mapp/två.zip": second, "a.txt": TEXT, "trasig.zip": second[:200], "tom.zip": zipped({})})
    read = by_path(tmp_path / "a.zip")
    assert "djupt" in str(read.pop("mapp/två.zip/tre.zip"))
    assert "avhugget" in str(read.pop("trasig.zip"))
    assert "inga filer" in str(read.pop("tom.zip"))
    assert read == {
        "a.txt": TEXT,
        "mapp/två.zip/b.txt": TEXT,
        "mapp/två.zip/word.zip": word.getvalue(),
        "mapp/två.zip/text.zip": TEXT,
    }


def test_a_large_zip_file_in_a_zip_file(tmp_path: Path) -> None:
    data = os.urandom(archive.SPOOL_BYTES + 1)
    put(tmp_path / "a.zip", {"b.zip": zipped({"c.bin": data, "d.txt": TEXT})})
    assert by_path(tmp_path / "a.zip") == {"b.zip/c.bin": data, "b.zip/d.txt": TEXT}


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = bytes(20 * 1024 * 1024)
    put(tmp_path / "in" / "fil.zip", {"bomb.txt": bomb, "a.txt": TEXT, "jämn.txt": bytes(10 * 1024 * 1024)})
    put(tmp_path / "in" / "många.zip", {f"{number}.txt": bomb[: 15 * 1024 * 1024] for number in range(3)})
    put(tmp_path / "in" / "djup.zip", {"a.txt": TEXT, "b.zip": zipped({f"{n}.txt": bomb[: 2**23] for n in range(3)})})
    read = by_path(tmp_path / "in")
    told = {path: said for path, said in read.items() if isinstance(said, str)}
    assert sorted(told) == ["djup.zip/b.zip", "fil.zip/bomb.txt", "många.zip"]
    assert all("orimligt mycket data" in said for said in told.values())
    assert read["fil.zip/a.txt"] == read["djup.zip/a.txt"] == TEXT
    assert read["fil.zip/jämn.txt"] == bytes(10 * 1024 * 1024)


def test_a_size_that_lies_unpacks_little_more_than_it_says(tmp_path: Path) -> None:
    data = patched(zipped({"bomb.txt": bytes(200_000_000)}), SIZE, 1000, "<I")
    tracemalloc.start()
    _, said = only(tmp_path / "a.zip", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "skadad" in str(said)
    assert peak < 20_000_000


class Disconnected(BytesIO):
    """A file on a share that goes away after the first bytes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(size)


def test_a_share_that_goes_away_is_no_damage() -> None:
    """Python's own zipfile says of it that the file is no zip file."""
    with pytest.raises(OSError, match=os.strerror(errno.EIO)) as raised:
        open_archive(Disconnected(WHOLE))
    assert may_pass(raised.value)


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.zip", {f"{number}.txt": b"" for number in range(5)})
    monkeypatch.setattr(members, "MAX_FILES", 5)
    assert len(found(tmp_path)) == 5
    monkeypatch.setattr(members, "MAX_FILES", 4)
    assert "fler än" in str(by_path(tmp_path)["a.zip"])


def test_the_directory_is_not_read_for_each_file(tmp_path: Path) -> None:
    if not hasattr(psutil.Process(), "io_counters"):
        pytest.skip("this system does not count what a process reads")
    inner = {f"{number}.txt": os.urandom(50) for number in range(1000)}
    put(tmp_path / "a.zip", {**{f"{number}.txt": os.urandom(50) for number in range(1000)}, "b.zip": zipped(inner)})
    files = found(tmp_path)
    before = psutil.Process().io_counters().read_chars
    assert len({file.read() for file in files}) == 2000
    assert psutil.Process().io_counters().read_chars - before < 30 * (tmp_path / "a.zip").stat().st_size


def open_zips(folder: Path) -> int:
    return sum(Path(file.path).is_relative_to(folder) for file in psutil.Process().open_files())


def test_few_are_open_at_once_and_none_after_closing(tmp_path: Path) -> None:
    for number in range(6):
        put(tmp_path / f"{number}.zip", {"a.txt": str(number).encode()})
    assert [file.read() for file in found(tmp_path)] == [b"0", b"1", b"2", b"3", b"4", b"5"]
    assert open_zips(tmp_path) == MOST
    close_zips()
    assert open_zips(tmp_path) == 0


def test_threads_read_each_their_own(tmp_path: Path) -> None:
    for number in range(4):
        put(tmp_path / f"{number}.zip", {f"{n}.txt": f"{number} {n} ".encode() * 999 for n in range(40)})
    files = found(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(SourceFile.read, files))
    assert read == [f"{file.path.stem} {Path(file.relative).stem} ".encode() * 999 for file in files]


def test_a_zip_file_that_is_replaced_is_read_anew_or_told(tmp_path: Path) -> None:
    put(tmp_path / "a.zip", {"a.txt": b"ett", "b.txt": b"annat"})
    first, second = found(tmp_path)
    assert first.read() == b"ett"
    put(tmp_path / "a.zip", {"a.txt": b"nytt", "c.txt": b"annat"})
    assert first.read() == b"nytt"
    with pytest.raises(FileAccessError, match="ändrades medan"):
        second.read()
    put(tmp_path / "a.zip", {"a.txt": b"kvar"})
    with pytest.raises(FileAccessError, match="ändrades medan"):
        second.read()
    (tmp_path / "a.zip").write_bytes(TEXT)
    with pytest.raises(FileAccessError, match="ändrades medan"):
        first.read()


SAMPLE = zipped({"mapp/a.txt": TEXT * 9, "b.zip": zipped({"c.txt": TEXT}), "ö.txt": b"x"})


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=6),
    cut=st.integers(1, len(SAMPLE)) | st.just(len(SAMPLE)),
)
def test_whatever_is_broken_every_file_has_a_line(tmp_path: Path, changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SAMPLE)
    for place, value in changes:
        data[place] = value
    (tmp_path / "a.zip").write_bytes(data[:cut])
    read = by_path(tmp_path / "a.zip")
    assert read
    assert not any(path.startswith(("/", "../")) or "/../" in path for path in read)
    close_zips()
