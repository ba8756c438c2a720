"""What is sent in: names and paths that lead nowhere, too much, too slowly, too often, broken."""

import json
import socket
from collections.abc import Iterator
from time import monotonic, sleep
from urllib.parse import urlsplit

import httpx
import pytest

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.web.limits import Bounds, Bucket
from serving import API, administered, client, refusal, served, token_for

BOUNDS = Bounds(upload=50_000, body=40_000, patience=1.0, pace=50_000)


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


@pytest.fixture(scope="module")
def eva(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An administrator of a desk that no test changes."""
    with administered(tmp_path_factory.mktemp("eva"), bounds=BOUNDS) as one:
        yield one


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/tmp/delår.txt", "delår.txt"),
        ("..", ".."),
        ("rapport\u202etxt.exe", "rapporttxt.exe"),
    ],
)
def test_a_sent_name_leads_nowhere(desk: Desk, anna: httpx.Client, name: str, kept: str) -> None:
    before = set(desk.folder.parent.rglob("*"))
    answer = anna.post("/documents", files={"file": (name, b"Uppdraget \xc3\xa4r klart.")})
    assert answer.status_code == 202
    assert answer.json()["name"] == kept
    document = answer.json()["document"]
    new = {path for path in set(desk.folder.parent.rglob("*")) - before if path.is_file()}
    assert {path for path in new if "granskning.db" not in path.name} == {desk.originals.path(document)}
    original = anna.get(f"/documents/{document}/original")
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment;")
    assert "/" not in original.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "/exports/../../../etc/passwd",
        "/exports/..%2f..%2fgranskning.db",
        "/exports/granskning.db",
        "/documents/..%2f..%2fgranskning.db/original",
        "/documents/%2e%2e/original",
        "/records/..%5c..%5cgranskning.db",
        "/findings/%00",
        "/documents/" + "A" * 64,
    ],
)
def test_an_id_leads_nowhere(eva: httpx.Client, path: str) -> None:
    address = str(eva.base_url).removesuffix(f"{API}/")
    status, body = raw(address, f"GET {API}{path} HTTP/1.1", authorization=eva.headers["authorization"])
    assert status in (404, 422)
    assert set(json.loads(body)) == {"error"}


def raw(address: str, start: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """Status and body of the answer to a request that no client would send."""
    place = urlsplit(address)
    assert place.hostname and place.port
    lines = [
        start,
        f"Host: {place.netloc}",
        "Connection: close",
        *(f"{key}: {value}" for key, value in headers.items()),
    ]
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), content.decode()


def test_a_strangers_document_is_refused_before_it_is_read(eva: httpx.Client) -> None:
    head = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(BOUNDS.body)}
    status, _ = raw(str(eva.base_url).removesuffix(f"{API}/"), f"POST {API}/documents HTTP/1.1", **head)
    assert status == 401


def test_what_is_too_large_is_refused_and_not_kept(desk: Desk, anna: httpx.Client) -> None:
    just, over = b"x" * BOUNDS.upload, b"x" * (BOUNDS.upload + 1)
    assert "större än" in refusal(anna.post("/documents", files={"file": ("a.txt", over)}), 413)
    assert anna.post("/documents", files={"file": ("a.txt", just)}).status_code == 202
    assert "för stort" in refusal(anna.post("/assess", json={"comment": "x" * BOUNDS.body}), 413)
    assert list((desk.folder / "original" / "incoming").iterdir()) == []


@pytest.mark.parametrize("is_announced", [True, False])
def test_far_too_much_is_refused_while_it_comes(eva: httpx.Client, is_announced: bool) -> None:
    size = 3 * 1024 * 1024
    headers = {"Content-Type": "multipart/form-data; boundary=x"} | (
        {"Content-Length": str(size)} if is_announced else {}
    )
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'

    def chunks() -> Iterator[bytes]:
        yield start
        left = size - len(start)
        while left:
            piece = min(left, 65536)
            left -= piece
            yield b"x" * piece

    assert "för stort" in refusal(eva.post("/documents", content=chunks(), headers=headers), 413)


def test_who_sends_too_slowly_is_cut_off(eva: httpx.Client) -> None:
    address = str(eva.base_url).removesuffix(f"{API}/")
    place = urlsplit(address)
    assert place.hostname and place.port
    head = f"POST {API}/assess HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: {eva.headers['authorization']}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    begun = monotonic()
    with socket.create_connection((place.hostname, place.port), timeout=20) as slow:
        slow.sendall(head.encode())
        sleep(0.2)
        slow.sendall(b" ")  # and then no more: what is sent to a closed connection resets it, with the answer
        answer = b"".join(iter(lambda: slow.recv(4096), b""))
    assert monotonic() - begun < 10
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] == "timeout"
    assert eva.get("/me").status_code == 200


def test_who_asks_too_often_waits(desk: Desk) -> None:
    token = token_for(desk, "Anna", "read")
    with served(desk, bounds=Bounds(rate=0.01, burst=5)) as address, client(address, token) as anna:
        answers = [anna.get("/me") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    refusal(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 100


def test_a_bucket_fills_again_and_others_have_their_own() -> None:
    now = [0.0]
    bucket = Bucket(2.0, 3, lambda: now[0])
    assert [bucket.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert bucket.wait("b") == 0
    now[0] = 0.5
    assert [bucket.wait("a") for _ in range(2)] == [0, 0.5]
    now[0] = 100.0
    assert [bucket.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b'{"comment": "\\ud800"}', b"[" * 20_000, b"null", b'{"comment": 1e999}']
)
def test_a_broken_body_is_the_senders_mistake(eva: httpx.Client, body: bytes) -> None:
    answer = eva.post("/assess", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert set(answer.json()) == {"error"}


def test_a_broken_form_is_the_senders_mistake(eva: httpx.Client) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = eva.post("/documents", content=b"--y\r\nhej", headers={"Content-Type": kind})
        assert answer.status_code in (400, 422), answer.text
        assert set(answer.json()) == {"error"}
