"""The review service answering on a real socket, as tests ask it through its front door."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx

from ljuskoll.models.judging import Judging
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.people import add_person, add_token
from ljuskoll.service.web.app import create_app
from ljuskoll.service.web.serving import Server

ARCHIVE = Path(__file__).parent / "outputs_example"
API = "/api/v1"
PATIENCE = 60.0


@contextmanager
def opened(folder: Path, archive: Path | None = ARCHIVE) -> Iterator[Desk]:
    """A desk in a folder, with its own copy of an import."""
    copy = None
    if archive is not None:
        copy = folder / "arkiv"
        shutil.copytree(archive, copy)
    desk = open_desk(folder / "granskning", archive=copy, judging=Judging(fast=True))
    try:
        yield desk
    finally:
        desk.database.close()


@contextmanager
def served(desk: Desk, workers: int = 0, reader: Reader | None = None, **options: Any) -> Iterator[str]:
    """The address of the service for a desk while it answers; without `workers` nothing is read or checked."""
    server = Server(create_app(desk, reader or Reader(desk, workers=workers), **options))
    thread = Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        assert server.started
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def wait_until(is_so: Any, patience: float = PATIENCE) -> None:
    end = monotonic() + patience
    while not is_so():
        assert monotonic() < end, "it took too long"
        sleep(0.02)


def token_for(desk: Desk, name: str, role: Any, *municipalities: str) -> str:
    with desk.database.writing() as session:
        return add_token(session, name, role, municipalities or None)


def person(desk: Desk, name: str, role: Any, *municipalities: str) -> None:
    """Someone whom the proxy names."""
    with desk.database.writing() as session:
        add_person(session, name, role, municipalities or None)


def client(address: str, token: str | None = None) -> httpx.Client:
    """A client of the API; paths are below /api/v1."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=address + API, headers=headers, timeout=PATIENCE, trust_env=False)


@contextmanager
def administered(folder: Path, **options: Any) -> Iterator[httpx.Client]:
    """An administrator's client of a service for a desk in a folder."""
    with opened(folder) as desk, served(desk, **options) as address:
        token = token_for(desk, "Eva", "administer")
        with client(address, token) as one:
            yield one


def refusal(answer: httpx.Response, status: int) -> str:
    """The message of an error of this status."""
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "details"}
    return str(error["message"])


def reader(desk: Desk, address: str, *municipalities: str) -> httpx.Client:
    """The client of one who only reads, of these municipalities or all."""
    return client(address, token_for(desk, "Läsaren", "read", *municipalities))


def first_record(caller: httpx.Client) -> dict[str, Any]:
    return dict(caller.get("/records", params={"limit": 1}).json()["items"][0])


def corrected(caller: httpx.Client, **changes: Any) -> str:
    """The id of a record that now holds these values."""
    record = first_record(caller)["id"]
    answer = caller.post("/corrections", json={"record": record, "changes": changes})
    assert answer.status_code == 201, answer.text
    return str(record)
