"""A review is saved while it is used, destroyed, and brought back: nothing is lost, and nothing is written over."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any
from zipfile import ZipFile

import pytest

from archiving import contents
from desks import send
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.importing import alone_in
from ljuskoll.service.record import Finding
from ljuskoll.service.review.backup import ARCHIVE, MANIFEST, ORIGINAL, STORE, Manifest, back_up
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.restoring import restore
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.decisions import Decision, Verdict, decide
from ljuskoll.service.store.dump import LEFT_OUT, dump
from ljuskoll.service.store.findings import FindingFilter, all_findings
from serving import ARCHIVE as IMPORTED
from serving import client, corrected, served, token_for

LJUSKOLL = Path(sys.executable).with_name("ljuskoll")
LISTS = ("/findings", "/records", "/documents", "/corrections", "/decisions", "/jobs")
TEXT = "Uppföljning 2023\n\nUppdrag: Bygg en gångbro\nStatus: Grön\nKommentar: Bron är invigd.\n".encode()
SETTINGS = 'municipality = "Lillådalen"\n'
FAST = Judging(fast=True)


@contextmanager
def desk_at(folder: Path, url: str | None = None) -> Iterator[Desk]:
    """The desk in a folder that holds an import and the review of it."""
    desk = open_desk(folder / "granskning", url, folder, judging=FAST)
    try:
        yield desk
    finally:
        desk.database.close()


@pytest.fixture
def used(tmp_path: Path, store_url: str) -> tuple[Path, str, str]:
    """A review that has been used, of an import: its folder, its store, and an administrator's token."""
    folder = tmp_path / "arkiv"
    shutil.copytree(IMPORTED, folder)
    with desk_at(folder, store_url) as desk:
        (desk.folder / "ljuskoll.toml").write_text(SETTINGS, encoding="utf-8")
        sent = send(desk, "bro.txt", TEXT)
        desk.originals.confirm(sent.sha256)
        token = token_for(desk, "Eva", "administer")
        with served(desk) as address, client(address, token) as eva:
            first, second, *_ = eva.get("/findings").json()["items"]
            for finding, verdict in ((first, "agree"), (second, "fault"), (first, "skip")):
                answer = eva.post(f"/findings/{finding['id']}/decisions", json={"verdict": verdict, "note": "Å, ä & ö"})
                assert answer.status_code == 201, answer.text
            corrected(eva, comment="Bron är inte invigd.")
    return folder, store_url, token


def saved(folder: Path, url: str, target: Path) -> Manifest:
    with desk_at(folder, url) as desk:
        return back_up(desk, target)


def rows(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that the store holds but who has saved and restored it."""
    with desk.database.reading() as session:
        tables = {name: [dict(row) for row in found] for name, found in dump(session)}
    tables["audit"] = [row for row in tables["audit"] if row["action"] not in ("backup", "restore")]
    return tables


def answers(desk: Desk, token: str) -> dict[str, Any]:
    """What the service answers to one who was there before."""
    with served(desk) as address, client(address, token) as one:
        found = {path: one.get(path).json() for path in LISTS}
        uploaded = next(item for item in found["/documents"]["items"] if item["name"] == "bro.txt")
        found["original"] = one.get(f"/documents/{uploaded['sha256']}/original").content
        found["workbook"] = one.get("/exports/records.csv").content
    return found


def files(folder: Path) -> dict[str, bytes]:
    """The import folder's own files."""
    return {name: data for name, data in contents(folder).items() if not name.startswith("granskning/")}


def test_what_is_destroyed_comes_back_whole(used: tuple[Path, str, str], tmp_path: Path, store_url: str) -> None:
    folder, url, token = used
    with desk_at(folder, url) as desk:
        told, imported = answers(desk, token), files(folder)
        before = rows(desk)
    made = saved(folder, url, tmp_path / "kopia.zip")
    assert made.rows["decisions"] == 3
    assert made.rows["corrections"] == 1
    assert made.count(ORIGINAL) == 1
    assert made.count(ARCHIVE) == len(imported)
    shutil.rmtree(folder)
    anew = tmp_path / "nytt" / "arkiv"
    restore(tmp_path / "kopia.zip", anew / "granskning", None, anew)
    assert files(anew) == imported
    with desk_at(anew) as desk:
        assert rows(desk) == before
        assert answers(desk, token) == told
        assert (desk.folder / "ljuskoll.toml").read_text(encoding="utf-8") == SETTINGS


def test_a_review_moves_to_postgresql_and_goes_on(tmp_path: Path, postgres_url: str) -> None:
    """New decisions are numbered after the old ones."""
    folder = tmp_path / "arkiv"
    shutil.copytree(IMPORTED, folder)
    with desk_at(folder) as desk:
        decide_on_first(desk, "agree")
        decide_on_first(desk, "skip")
        before = rows(desk)
        back_up(desk, tmp_path / "kopia.zip")
    anew = tmp_path / "nytt"
    restore(tmp_path / "kopia.zip", anew / "granskning", postgres_url, anew)
    with desk_at(anew, postgres_url) as desk:
        assert rows(desk) == before
        decide_on_first(desk, "disagree")
        assert [row["id"] for row in rows(desk)["decisions"]] == [1, 2, 3]


def decide_on_first(desk: Desk, verdict: Verdict) -> None:
    with desk.database.writing() as session:
        decide(session, User("Bo", "review"), next(iter(findings_of(desk))), Decision(verdict=verdict))


def test_saved_while_others_decide_it_holds_one_moment(used: tuple[Path, str, str], tmp_path: Path) -> None:
    """All that was decided before, and of the rest a beginning: each decision with what it made of its finding."""
    folder, url, _ = used
    with desk_at(folder, url) as desk:
        findings = findings_of(desk)
        over = Event()

        def go_on() -> int:
            number = 0
            while not over.is_set():
                with desk.database.writing() as session:
                    verdict = ("agree", "skip")[number % 2]
                    decide(session, User("Bo", "review"), findings[number % len(findings)], Decision(verdict=verdict))
                number += 1
            return number

        with ThreadPoolExecutor() as pool:
            decided = pool.submit(go_on)
            for number in range(3):
                back_up(desk, tmp_path / f"{number}.zip")
            over.set()
            count = decided.result()
        every = rows(desk)["decisions"]
    assert count > 3
    for number in range(3):
        anew = tmp_path / f"nytt-{number}"
        restore(tmp_path / f"{number}.zip", anew / "granskning", None, anew)
        with desk_at(anew) as desk:
            found = rows(desk)
        kept = found["decisions"]
        assert kept == every[: len(kept)]
        latest = {(row["finding"], row["who"]): row["id"] for row in kept if row["verdict"] != "undo"}
        assert {(row["finding"], row["who"]): row["decision"] for row in found["standings"]} == latest


def findings_of(desk: Desk) -> tuple[Finding, ...]:
    with desk.database.reading() as session:
        return tuple(all_findings(session, SYSTEM, FindingFilter()))


def test_who_was_signed_in_in_a_browser_signs_in_again(used: tuple[Path, str, str], tmp_path: Path) -> None:
    folder, url, _ = used
    made = saved(folder, url, tmp_path / "kopia.zip")
    assert not LEFT_OUT & set(made.rows)
    with ZipFile(tmp_path / "kopia.zip") as pack:
        assert not [name for name in pack.namelist() if "sessions" in name]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a small review without an import."""
    desk = open_desk(tmp_path / "liten", judging=FAST)
    send(desk, "bro.txt", TEXT)
    back_up(desk, tmp_path / "kopia.zip")
    desk.database.close()
    return tmp_path / "kopia.zip"


def test_only_its_owner_may_read_it(backup: Path) -> None:
    assert os.name == "nt" or backup.stat().st_mode & 0o077 == 0


def test_the_same_review_gives_the_same_members(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "nytt")
    desk = open_desk(tmp_path / "nytt", judging=FAST)
    back_up(desk, tmp_path / "igen.zip")
    desk.database.close()
    one, other = (manifest(path).members for path in (backup, tmp_path / "igen.zip"))
    log = f"{STORE}audit.jsonl"
    assert {**one, log: ""} == {**other, log: ""}


def manifest(path: Path) -> Manifest:
    with ZipFile(path) as pack:
        return Manifest.model_validate_json(pack.read(MANIFEST))


def test_an_existing_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "kopia.zip").write_bytes(b"annat")
    desk = open_desk(tmp_path / "liten", judging=FAST)
    with pytest.raises(UsageError, match="finns redan"):
        back_up(desk, tmp_path / "kopia.zip")
    desk.database.close()
    assert (tmp_path / "kopia.zip").read_bytes() == b"annat"


def test_an_import_that_is_being_written_is_not_saved(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    shutil.copytree(IMPORTED, folder)
    with desk_at(folder) as desk, alone_in(folder), pytest.raises(UsageError, match="en annan körning"):
        back_up(desk, tmp_path / "kopia.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["arkiv"]


def changed(backup: Path, **members: bytes | None) -> None:
    """Put these in the place of members, or take them away, and leave the rest."""
    with ZipFile(backup) as pack:
        content = {name: pack.read(name) for name in pack.namelist()}
    with ZipFile(backup, "w") as pack:
        for name, data in {**content, **members}.items():
            if data is not None:
                pack.writestr(name, data)


def renamed(backup: Path, table: str, other: str) -> None:
    """Let a table stand under another name, in the manifest too."""
    told, old, new = manifest(backup), f"{STORE}{table}.jsonl", f"{STORE}{other}.jsonl"
    rows = {other if name == table else name: count for name, count in told.rows.items()}
    members = {new if name == old else name: digest for name, digest in told.members.items()}
    with ZipFile(backup) as pack:
        lines = pack.read(old)
    told = told.model_copy(update={"rows": rows, "members": members})
    changed(backup, **{MANIFEST: told.model_dump_json().encode(), old: None, new: lines})


def original(backup: Path) -> str:
    return next(name for name in manifest(backup).members if name.startswith(ORIGINAL))


def spoil_a_byte(backup: Path) -> None:
    """In the text of an original."""
    with ZipFile(backup) as pack:
        member = pack.getinfo(original(backup))
    data = bytearray(backup.read_bytes())
    data[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 1
    backup.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a byte": spoil_a_byte,
    "its end": lambda backup: backup.write_bytes(backup.read_bytes()[:-40]),
    "another file": lambda backup: backup.write_bytes(b"%PDF-1.7"),
    "an empty file": lambda backup: backup.write_bytes(b""),
    "no manifest": lambda backup: changed(backup, **{MANIFEST: None}),
    "another manifest": lambda backup: changed(backup, **{MANIFEST: b"{}"}),
    "an original that was changed": lambda backup: changed(backup, **{original(backup): b"annat"}),
    "an original that is missing": lambda backup: changed(backup, **{original(backup): None}),
    "a table that is missing": lambda backup: changed(backup, **{f"{STORE}decisions.jsonl": None}),
    "a table that no version has": lambda backup: renamed(backup, "decisions", "annat"),
    "a file that nobody listed": lambda backup: changed(backup, **{"review/ny.txt": b"annat"}),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_backup_is_refused_whole(backup: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(backup)
    with pytest.raises(UsageError, match="ingen hel säkerhetskopia"):
        restore(backup, tmp_path / "nytt")
    assert not (tmp_path / "nytt").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", ["review/../../ute.txt", "/review/ute.txt", "review/C:ute.txt", "review\\ute.txt"])
def test_a_member_that_points_out_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    listed = manifest(backup)
    told = listed.model_copy(update={"members": {**listed.members, name: "0" * 64}})
    changed(backup, **{MANIFEST: told.model_dump_json().encode(), name: b"annat"})
    with pytest.raises(UsageError, match="ingen hel säkerhetskopia"):
        restore(backup, tmp_path / "nytt")
    assert not list(tmp_path.rglob("*ute.txt"))


def test_a_newer_backup_says_what_to_do(backup: Path, tmp_path: Path) -> None:
    newer = manifest(backup).model_copy(update={"format": 2, "version": "9.1"})
    changed(backup, **{MANIFEST: newer.model_dump_json().encode()})
    with pytest.raises(UsageError, match=r"ljuskoll 9\.1, som är nyare"):
        restore(backup, tmp_path / "nytt")


def test_newer_tables_say_what_to_do_and_leave_nothing(backup: Path, tmp_path: Path) -> None:
    newer = manifest(backup).model_copy(update={"revision": "9999"})
    changed(backup, **{MANIFEST: newer.model_dump_json().encode()})
    with pytest.raises(UsageError, match="nyare version"):
        restore(backup, tmp_path / "nytt")
    assert not (tmp_path / "nytt").exists()
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_written_over(backup: Path, tmp_path: Path) -> None:
    before = contents(tmp_path / "liten")
    with pytest.raises(UsageError, match="inte tom"):
        restore(backup, tmp_path / "liten")
    assert contents(tmp_path / "liten") == before


def test_a_store_that_holds_something_is_not_written_over(used: tuple[Path, str, str], tmp_path: Path) -> None:
    folder, url, _ = used
    saved(folder, url, tmp_path / "kopia.zip")
    with desk_at(folder, url) as desk:
        before = rows(desk)
    anew = tmp_path / "nytt"
    with pytest.raises(UsageError, match="Databasen är inte tom"):
        restore(tmp_path / "kopia.zip", anew / "granskning", url, anew)
    assert not anew.exists()
    with desk_at(folder, url) as desk:
        assert rows(desk) == before


def test_an_import_needs_a_place(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    shutil.copytree(IMPORTED, folder)
    with desk_at(folder) as desk:
        back_up(desk, tmp_path / "kopia.zip")
    with pytest.raises(UsageError, match="--archive"):
        restore(tmp_path / "kopia.zip", tmp_path / "nytt")


def test_a_forgotten_document_is_not_in_the_next_backup(tmp_path: Path) -> None:
    """A document that is being forgotten just now has lost its original first."""
    desk = open_desk(tmp_path / "liten", judging=FAST)
    sent = send(desk, "bro.txt", TEXT)
    desk.originals.forget(sent.sha256)
    made = back_up(desk, tmp_path / "kopia.zip")
    desk.database.close()
    assert made.rows["documents"] == 1
    assert made.count(ORIGINAL) == 0


@pytest.mark.soak
def test_by_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    shutil.copytree(IMPORTED, folder)
    with desk_at(folder) as desk:
        send(desk, "bro.txt", TEXT)
    missing = ljuskoll("backup", tmp_path / "k.zip", "--archive", tmp_path / "ingen")
    assert missing.returncode == 2
    assert "finns ingen granskning" in missing.stderr
    made = ljuskoll("backup", tmp_path / "k.zip", "--archive", folder)
    assert made.returncode == 0, made.stderr
    assert "1 originalfiler" in made.stdout
    back = ljuskoll("restore", tmp_path / "k.zip", "--archive", tmp_path / "nytt")
    assert back.returncode == 0, back.stderr
    assert files(tmp_path / "nytt") == files(folder)
    again = ljuskoll("restore", tmp_path / "k.zip", "--archive", tmp_path / "nytt")
    assert again.returncode == 2
    assert "inte tom" in again.stderr


def ljuskoll(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [str(LJUSKOLL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
