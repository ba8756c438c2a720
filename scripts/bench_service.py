"""Fifty reviewers deciding at once over HTTP, against a server process of its own."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection, socket
from threading import Barrier

from sqlalchemy import select

from ljuskoll.service.store.database import Database
from ljuskoll.service.store.jobs import claim, finish
from ljuskoll.service.store.people import add_token
from ljuskoll.service.store.schema import FindingRow

REVIEWERS, REQUESTS, ROUNDS = 50, 8, 5
START_SECONDS = 120
PREFIX = "/api/v1"
DECISION = '{"verdict": "agree", "note": "ok"}'


def decision_times(database: Database, folder: Path) -> tuple[float, float]:
    """The 95th percentile of a decision's time and of an empty endpoint's, in seconds, in rounds by turns."""
    with database.writing() as session:
        for job in claim(session, 1):
            finish(session, job.id)
        tokens = [add_token(session, f"granskare {number}", "review") for number in range(REVIEWERS)]
        findings = list(session.scalars(select(FindingRow.id).limit(REQUESTS * ROUNDS)))
    with server(folder) as port:
        return _measured(port, tokens, findings)


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """The port of `ljuskoll serve` over a folder."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("ljuskoll")
    process = subprocess.Popen([program, "serve", "--data", folder, "--port", str(port), "--fast"])
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            return create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _measured(port: int, tokens: Sequence[str], findings: Sequence[str]) -> tuple[float, float]:
    """Each reviewer keeps one connection; what is asked first, to open it, is not counted."""
    barrier = Barrier(len(tokens))
    deciding: list[float] = []
    empty: list[float] = []

    def review(token: str) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        ask = partial(_seconds, connection, headers)
        ask("GET", "/health")
        for number in range(ROUNDS):
            barrier.wait()
            empty.extend([ask("GET", "/health") for _ in range(REQUESTS)])
            barrier.wait()
            some = findings[number * REQUESTS : (number + 1) * REQUESTS]
            deciding.extend([ask("POST", f"/findings/{finding}/decisions", DECISION) for finding in some])
        connection.close()

    with ThreadPoolExecutor(len(tokens)) as threads:
        list(threads.map(review, tokens))
    return _late(deciding), _late(empty)


def _seconds(
    connection: HTTPConnection, headers: Mapping[str, str], method: str, path: str, body: str | None = None
) -> float:
    start = time.perf_counter()
    connection.request(method, PREFIX + path, body, dict(headers))
    answer = connection.getresponse()
    answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status}")
    return time.perf_counter() - start


def _late(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
