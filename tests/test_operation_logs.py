"""The log tells what happened and never what anyone wrote: a marker is planted wherever a text can be."""

import json
import logging
import re
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.web.logs import Lines, Style, style_of
from processes import serving
from serving import API, client, opened, person, token_for, wait_until

pytestmark = pytest.mark.processes

MARKER = "ZZHEMLIGTZZ"
REPORT = f"Uppföljning per 31 augusti 2024\n\n.\nBygga {MARKER} (TN)\n\nArbetet med {MARKER} pågår enligt plan.\n"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def provoke(address: str, token: str, store: Path) -> str:
    """Ask the service all that can hold a text, make it fail, and return the number that it gives the fault."""
    with client(address, token) as anna:
        sent = anna.post(
            "/documents", files={"file": (f"{MARKER}.txt", REPORT.encode())}, data={"municipality": MARKER}
        )
        broken = anna.post("/documents", files={"file": (f"{MARKER}.pdf", b"%PDF-1.7 " + MARKER.encode())})
        assert sent.status_code == broken.status_code == 202
        wait_until(
            lambda: anna.get("/jobs").json() == {"waiting": 0, "working": 0, "done": 1, "failed": 1, "checking": False}
        )
        finding = anna.get("/findings").json()["items"][0]["id"]
        anna.post(f"/findings/{finding}/decisions", json={"verdict": "agree", "note": MARKER})
        anna.get("/records", params={"board": MARKER, MARKER: MARKER}, headers={MARKER: MARKER, "User-Agent": MARKER})
        anna.get(f"/{MARKER}", headers={"Cookie": f"ljuskoll_session={MARKER}; {MARKER}=1"})
        anna.get(f"/exports/{MARKER}")
        anna.request(MARKER, "/me")
        anna.post("/assess", content=MARKER.encode())
        anna.post(f"{address}/logga-in", data={"token": MARKER, "target": f"/{MARKER}"})
        anna.get(f"{address}/granska", params={"till": MARKER, "kind": MARKER})
        anna.get("/me", headers={"X-Forwarded-For": MARKER, "X-Remote-User": MARKER, "Authorization": MARKER})
        send_raw(address, f"GET /{MARKER}\x00 HTTP/1.1\r\n\r\n{MARKER}".encode())
        record = anna.get("/records", params={"limit": 1}).json()["items"][0]["id"]
        with sqlite3.connect(store) as connection:
            connection.execute("UPDATE records SET data = ? WHERE id = ?", (f'{{"comment": "{MARKER}"}}', record))
        connection.close()
        fault = anna.get(f"/records/{record}")
        assert fault.status_code == 500
        return re.findall(r"[0-9a-f]{8}", fault.json()["error"]["message"])[0]


def send_raw(address: str, content: bytes) -> None:
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
        connection.sendall(content)
        connection.recv(1000)


def test_no_text_name_or_path_reaches_the_log(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        token = token_for(desk, "Anna Hemlig", "administer")
        person(desk, "Person Hemlig", "read")
    options = ("--log", "json", "--data", tmp_path / "granskning", "--trusted-proxy", "127.0.0.1")
    with serving(*options, "--user-header", "X-Remote-User") as (address, process):
        assert httpx.get(f"{address}{API}/me", headers={"X-Remote-User": "Person Hemlig"}, trust_env=False).is_success
        number = provoke(address, token, tmp_path / "granskning" / "granskning.db")
        process.terminate()
        out, errors = process.communicate(timeout=60)
    for hidden in (MARKER, "Hemlig", "Traceback", str(tmp_path), token):
        assert hidden not in errors, next(line for line in errors.splitlines() if hidden in line)
    lines = [json.loads(line) for line in errors.splitlines()]
    assert all(re.fullmatch(TIME, line["time"]) and line["level"] and line["event"] for line in lines)
    assert [line["event"] for line in lines if line["event"] in ("start", "stop")] == ["start", "stop"]
    assert MARKER not in out
    check_requests([line for line in lines if line["event"] == "request"])
    check_jobs([line for line in lines if line["event"] == "job"])
    (fault,) = (line for line in lines if line["event"] == "fault")
    assert (fault["number"], fault["level"]) == (number, "error")
    assert fault["exception"].endswith("ValidationError")
    assert any(re.fullmatch(r"ljuskoll\.service\.store\.records:\d+:\w+", frame) for frame in fault["frames"])


def check_requests(lines: list[dict[str, Any]]) -> None:
    keys = {"time", "level", "event", "method", "route", "status", "ms", "role"}
    assert all(set(line) == keys and line["ms"] >= 0 for line in lines)
    seen = {(line["method"], line["route"], line["status"], line["role"]) for line in lines}
    assert {
        ("GET", f"{API}/health", 200, "-"),
        ("GET", f"{API}/me", 200, "read"),
        ("POST", f"{API}/documents", 202, "administer"),
        ("POST", f"{API}/findings/{{identity}}/decisions", 201, "administer"),
        ("GET", f"{API}/records", 200, "administer"),
        ("GET", "-", 404, "-"),
        ("POST", "/logga-in", 401, "-"),
        ("GET", f"{API}/records/{{identity}}", 500, "administer"),
    } <= seen
    assert {method for method, *_ in seen} == {"GET", "POST", "-"}


def check_jobs(lines: list[dict[str, Any]]) -> None:
    assert all({"number", "kind", "seconds", "outcome"} < set(line) for line in lines)
    told = {(line["kind"], line["outcome"]) for line in lines}
    assert {("read", "done"), ("read", "failed"), ("check", "done")} <= told


@pytest.mark.parametrize("style", ["json", "text"])
def test_of_what_others_log_only_the_place_is_told(style: Style) -> None:
    try:
        raise ValueError(MARKER)
    except ValueError:
        caught = sys.exc_info()
    for name in ("asyncio", "uvicorn.error", "py.warnings", "sqlalchemy.engine"):
        record = logging.getLogger(name).makeRecord(name, 40, "a.py", 1, f"{MARKER} %s", (MARKER,), caught, "work")
        line = Lines(style).format(record)
        assert MARKER not in line and "\n" not in line
        assert name in line and "a:1:work" in line
        assert "builtins.ValueError" in line and "test_of_what_others_log" in line


def test_our_own_events_are_told_without_what_was_raised() -> None:
    try:
        raise KeyError(MARKER) from ValueError(MARKER)
    except KeyError:
        caught = sys.exc_info()
    extra = {"fields": {"number": "1a"}}
    record = logging.getLogger("ljuskoll.x").makeRecord("ljuskoll.x", 40, "a.py", 1, "fault", (), caught, "work", extra)
    event = json.loads(Lines("json").format(record))
    assert (event["event"], event["number"], event["exception"]) == ("fault", "1a", "builtins.KeyError")
    assert MARKER not in json.dumps(event)


def test_a_style_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="json eller text"):
        style_of("xml")
