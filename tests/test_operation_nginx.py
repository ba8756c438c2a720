"""Behind a real nginx with the piece of configuration that we give: who has signed in there is let in, by that name."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.web.behind import behind
from serving import PATIENCE, opened, person, served, wait_until

pytestmark = pytest.mark.processes

PIECE = Path(__file__).parents[1] / "deploy" / "nginx.conf"
ROOT, HEADER, USUAL, USERS = "/ljuskoll", "X-Remote-User", "127.0.0.1:8472", "/etc/nginx/ljuskoll.users"
REVIEWER, STRANGER, PASSWORD = "anna@kommun.se", "bo@kommun.se", "hemligt"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        include {folder}/piece.conf;
    }}
}}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("desk")) as found:
        person(found, REVIEWER, "review")
        yield found


@contextmanager
def nginx(folder: Path, service: str) -> Iterator[str]:
    """The address of an nginx that includes our piece, with the service's own address in it."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not on this machine")
    piece = PIECE.read_text(encoding="utf-8")
    assert piece.count(USUAL) == 2 and piece.count(USERS) == 1
    users = folder / "users"
    users.write_text("".join(f"{name}:{{PLAIN}}{PASSWORD}\n" for name in (REVIEWER, STRANGER)), encoding="utf-8")
    written = piece.replace(USUAL, service.removeprefix("http://")).replace(USERS, str(users))
    (folder / "piece.conf").write_text(written, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    around = AROUND.format(folder=folder, port=port)
    if os.geteuid() == 0:  # its workers would be another user, who may not look in here
        around = f"user root;{around}"
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    with subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.PIPE) as process:
        try:
            wait_until(lambda: process.poll() is not None or answers(port))
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def address(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    trusting = behind(ROOT, ["127.0.0.1"], HEADER)
    with (
        served(desk, behind=trusting) as service,
        nginx(tmp_path_factory.mktemp("nginx"), service) as found,
    ):
        yield found


def visitor(address: str, name: str | None, **headers: str) -> httpx.Client:
    auth = (name, PASSWORD) if name else None
    return httpx.Client(base_url=address, auth=auth, headers=headers, timeout=PATIENCE, trust_env=False)


def test_nobody_comes_in_without_signing_in_there(address: str) -> None:
    with visitor(address, None, **{HEADER: REVIEWER}) as anyone:
        assert anyone.get(f"{ROOT}/").status_code == 401
        assert anyone.get(f"{ROOT}/api/v1/findings").status_code == 401


def test_who_has_signed_in_there_is_who_asks(address: str) -> None:
    with visitor(address, REVIEWER) as reviewer:
        moved = reviewer.get(ROOT)
        assert moved.status_code == 308 and moved.headers["location"].endswith(f"{ROOT}/")
        page = reviewer.get(f"{ROOT}/", follow_redirects=True)
        assert page.status_code == 200 and REVIEWER in page.text
        assert page.url.path.startswith(f"{ROOT}/") and page.url.port == httpx.URL(address).port
        assert reviewer.get(f"{ROOT}/api/v1/findings").status_code == 200


def test_a_name_that_the_visitor_writes_counts_for_nothing(address: str) -> None:
    with visitor(address, STRANGER, **{HEADER: REVIEWER}) as stranger:
        assert stranger.get(f"{ROOT}/api/v1/findings").status_code in {401, 403}


def test_a_large_document_comes_through_whole(address: str) -> None:
    with visitor(address, REVIEWER) as reviewer:
        token = reviewer.get(f"{ROOT}/api/v1/me").json()["csrf"]
        large = b"Uppdrag. " * 500_000  # nginx lets through a megabyte, unless told
        sent = reviewer.post(
            f"{ROOT}/api/v1/documents", files={"file": ("stor.txt", large)}, headers={"X-CSRF-Token": token}
        )
        assert sent.status_code == 202


def test_those_who_watch_over_it_need_no_sign_in(address: str) -> None:
    with visitor(address, None) as watcher:
        answer = watcher.get(f"{ROOT}/api/v1/ready")
        assert answer.status_code in {200, 503} and "serving" in answer.text
