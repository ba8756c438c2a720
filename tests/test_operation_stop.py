"""`ljuskoll serve` told to end ends within seconds, whatever it is doing, and all is well; and its systemd unit."""

import configparser
import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from desks import new_desk
from ljuskoll.service.store.schema import JobRow
from processes import COMMAND, serving
from serving import API, client, wait_until

pytestmark = pytest.mark.processes

SECONDS = 60.0
"""In which it has to be over, on a machine that does much else as well; requests in hand are given five."""
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
DEPLOY = Path(__file__).parents[1] / "deploy"
LONG = "Uppföljning per 31 augusti 2024\n\n.\n" + "".join(
    f"Bygga bro {number} (TN)\n\nArbetet med bro {number} pågår enligt plan men kan bli försenat.\n\n"
    for number in range(80_000)
)
"""A document that takes some minutes to be read."""


def ended(process: "subprocess.Popen[str]", number: int = signal.SIGTERM) -> list[str]:
    """Tell it to end, which it must do in time and without a fault; the lines of its log."""
    process.send_signal(number)
    process.wait(SECONDS)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    return errors.splitlines()


@pytest.fixture
def held() -> Iterator[list[socket.socket]]:
    """Connections that are held until the test is over."""
    connections: list[socket.socket] = []
    yield connections
    for one in connections:
        one.close()


def test_by_a_service_manager_with_a_log_in_json(tmp_path: Path) -> None:
    with serving("--data", tmp_path / "data", "--log", "json") as (_, process):
        events = [json.loads(line) for line in ended(process, signal.SIGTERM)]
    told = [(one["event"], one["level"]) for one in events if one["event"] != "request"]
    assert told == [("open_without_sign_in", "warning"), ("start", "info"), ("stop", "info")]


@pytest.mark.soak
def test_by_a_person_with_a_log_to_read(tmp_path: Path) -> None:
    with serving("--data", tmp_path / "data", "--log", "text") as (address, process):
        httpx.get(f"{address}{API}/me", trust_env=False)
        warning, *lines = ended(process, signal.SIGINT)
    assert warning.startswith("VARNING: Ingen inloggning.")
    assert all(re.match(rf"{TIME} (INFO|WARNING|ERROR) \w+( \w+=\S+)*$", line) for line in lines)
    asked = f" INFO request method=GET route={API}/me status=200 "
    assert [line for line in lines if asked in line and line.endswith(" role=administer")]


def test_while_clients_hold_connections(tmp_path: Path, held: list[socket.socket]) -> None:
    with serving("--data", tmp_path / "data") as (address, process):
        place = urlsplit(address)
        start = f"POST {API}/assess HTTP/1.1\r\nHost: {place.netloc}\r\n"
        for words in ("", start, f"{start}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"):
            one = socket.create_connection((place.hostname or "", place.port or 0), timeout=SECONDS)
            one.sendall(words.encode())
            held.append(one)
        with httpx.Client(trust_env=False) as idle:
            assert idle.get(f"{address}{API}/health").status_code == 200
            ended(process)


@pytest.mark.soak
def test_while_a_document_is_read_which_then_waits(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving("--data", folder) as (address, process):
        with client(address) as one:
            csrf = {"X-CSRF-Token": one.get("/me").json()["csrf"]}
            job = one.post("/documents", files={"file": ("lång.txt", LONG.encode())}, headers=csrf).json()["job"]
            wait_until(lambda: one.get(f"/jobs/{job}").json()["state"] == "working")
            time.sleep(1.0)
            assert one.get(f"/jobs/{job}").json()["state"] == "working"
        ended(process)
    desk = new_desk(folder)
    with desk.database.reading() as session:
        waiting = session.get_one(JobRow, job)
    desk.database.close()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)


# The unit


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "ljuskoll.service", encoding="utf-8")
    return parser


def test_the_units_command_has_options_that_there_are() -> None:
    service = unit()["Service"]
    program, command, *options = shlex.split(service["ExecStart"])
    assert (Path(program).name, command) == ("ljuskoll", "serve")
    told = subprocess.run([COMMAND, "serve", "--help"], capture_output=True, text=True, encoding="utf-8", check=True)
    known = set(re.findall(r"--[a-z-]+", told.stdout))
    asked = {option.partition("=")[0] for option in options if option.startswith("--")}
    assert asked <= known and {"--log", "--data"} <= asked
    for name, value in (("ProtectSystem", "strict"), ("NoNewPrivileges", "yes"), ("Restart", "on-failure")):
        assert service[name] == value
    assert {"MemoryMax", "StateDirectory"} <= set(service) and service["User"] != "root"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd-analyze is not on this machine")
    program = shlex.split(unit()["Service"]["ExecStart"])[0]
    text = (DEPLOY / "ljuskoll.service").read_text(encoding="utf-8").replace(program, COMMAND)
    (tmp_path / "ljuskoll.service").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [analyse, "verify", "--man=no", str(tmp_path / "ljuskoll.service")], capture_output=True, text=True
    )
    assert [line for line in done.stderr.splitlines() if "ljuskoll" in line] == []


def test_the_proxys_settings_fit_the_unit() -> None:
    options = shlex.split(unit()["Service"]["ExecStart"])
    given = dict(option.split("=", 1) for option in options if option.startswith("--") and "=" in option)
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"location {given['--root-path']}/ {{" in nginx
    assert f"proxy_set_header {given['--user-header']} " in nginx
    for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto"):
        assert f"proxy_set_header {header} " in nginx
    assert f"client_max_body_size {int(given.get('--max-upload', 200)) + 1}m" in nginx
