"""`ljuskoll serve`, `token` and `forget` as they are run: in processes of their own."""

import shutil
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from processes import COMMAND, serving
from serving import ARCHIVE

pytestmark = pytest.mark.processes


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARCHIVE, tmp_path / "arkiv"))


def test_an_imported_archive_is_shown_at_once_and_the_open_door_is_said_loudly(archive: Path) -> None:
    with serving("--archive", archive) as (address, process):
        page = httpx.get(f"{address}/granska", trust_env=False)
        assert page.status_code == 200
        assert "avvikelse" in page.text
        process.send_signal(signal.SIGTERM)
        out, errors = process.communicate(timeout=60)
        assert out == f"Öppna {address}/\n"
        assert errors.startswith("VARNING: Ingen inloggning.")
    assert (archive / "granskning" / "granskning.db").is_file()


def test_with_a_token_everyone_needs_one(archive: Path) -> None:
    made = run("token", "add", "Eva", "--role", "read", "--archive", archive)
    assert made.returncode == 0
    with serving("--archive", archive) as (address, process):
        url = f"{address}/api/v1/findings"
        assert httpx.get(url, trust_env=False).status_code == 401
        headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
        assert httpx.get(url, headers=headers, trust_env=False).status_code == 200
        assert run("token", "revoke", "Eva", "--archive", archive).returncode == 0
        assert httpx.get(url, headers=headers, trust_env=False).status_code == 401
        process.terminate()
        assert "VARNING" not in process.communicate(timeout=60)[1]
    listed = run("token", "list", "--archive", archive).stdout
    assert "Eva" in listed
    assert made.stdout.strip() not in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "--host", "0.0.0.0"], "inloggning krävs"),
        (["serve", "--archive", "finns-inte"], "är ingen mapp från ljuskoll import"),
        (["serve", "--database", "nonsens://x"], "Databasens adress kan inte användas"),
        (["token", "add", "Eva", "--role", "kung"], "Rollen «kung» finns inte"),
        (["token", "revoke", "Eva"], "har ingen nyckel"),
        (["forget", "finns-inte.pdf"], "inget sådant dokument"),
    ],
    ids=lambda value: value[0] + value[-1] if isinstance(value, list) else "",
)
def test_wrong_usage_is_said_and_is_status_two(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run(*arguments, "--data", tmp_path / "data")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = run("serve", "--data", tmp_path / "data", "--port", str(listener.getsockname()[1]))
    assert done.returncode == 2
    assert "Kör tjänsten redan?" in done.stderr


def test_forgetting_an_archives_document_leaves_no_trace_in_it(archive: Path) -> None:
    name = _first_document(archive)
    done = run("forget", name, "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert name in done.stdout
    left = [path for path in archive.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]
    assert left == []


def _first_document(archive: Path) -> str:
    line = (archive / "documents.jsonl").read_text(encoding="utf-8").splitlines()[0]
    return line.split('"path": "')[1].split('"')[0]
