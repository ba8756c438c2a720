"""What the service keeps out: strangers, forged forms, too much, too slowly, too often; and what it never gives out."""

import csv
import io
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
import openpyxl
import pytest

from ljuskoll.service.masking import MASK
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import Options, run_import
from ljuskoll.service.reporting import make_report
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.store.people import revoke_token
from ljuskoll.service.web.limits import HEADERS, Bounds, Bucket
from ljuskoll.service.web.security import COOKIE, CSRF_HEADER
from serving import API, administered, client, served, token_for

NUMBER = "811228-9874"
"""A made-up personal identity number with a right check digit."""
MAIL = "kim.larsson@granvik.example"
BOUNDS = Bounds(upload=50_000, body=40_000, patience=1.0, pace=50_000)


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


@pytest.fixture(scope="module")
def eva(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An administrator of a desk that no test changes."""
    with administered(tmp_path_factory.mktemp("eva"), bounds=BOUNDS) as one:
        yield one


def refusal(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "details"}
    return str(error["message"])


def reader(desk: Desk, address: str, *municipalities: str) -> httpx.Client:
    return client(address, token_for(desk, "Läsaren", "read", *municipalities))


def first_record(caller: httpx.Client) -> dict[str, Any]:
    return dict(caller.get("/records", params={"limit": 1}).json()["items"][0])


def corrected(caller: httpx.Client, **changes: Any) -> str:
    """The id of a record that now holds these values."""
    record = first_record(caller)["id"]
    answer = caller.post("/corrections", json={"record": record, "changes": changes})
    assert answer.status_code == 201, answer.text
    return str(record)


@contextmanager
def signed_in(address: str, token: str) -> Iterator[httpx.Client]:
    """A browser that has signed in."""
    with client(address) as browser:
        answer = browser.post(f"{address}/logga-in", data={"token": token, "target": "/"})
        assert answer.status_code == 303, answer.text
        yield browser


# Who is let in


@pytest.mark.parametrize("sent", [None, "Bearer", "Bearer fel", "Bearer \u00e5", "Basic YTpi", f"Bearer {'x' * 5000}"])
def test_without_a_token_that_holds_nobody_is_let_in(eva: httpx.Client, sent: str | None) -> None:
    address = str(eva.base_url).removesuffix(f"{API}/")
    headers = {} if sent is None else {"Authorization": sent.encode()}
    answer = httpx.get(f"{address}{API}/records", headers=headers)
    refusal(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    assert eva.get("/records").status_code == 200


def test_a_revoked_token_opens_nothing_and_ends_its_sessions(desk: Desk, address: str) -> None:
    token = token_for(desk, "Bo", "review")
    with client(address, token) as bo, signed_in(address, token) as browser:
        assert bo.get("/me").status_code == browser.get("/me").status_code == 200
        with desk.database.writing() as session:
            revoke_token(session, "Bo")
        refusal(bo.get("/me"), 401)
        refusal(browser.get("/me"), 401)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/documents", None),
        ("POST", f"/findings/{'0' * 64}/decisions", {"verdict": "agree"}),
        ("POST", "/decisions/undo", {}),
        ("POST", "/corrections", {"record": "0" * 64, "remove": True}),
        ("GET", f"/documents/{'0' * 64}/original", None),
        ("DELETE", f"/documents/{'0' * 64}", None),
        ("GET", "/audit", None),
        ("GET", "/tokens", None),
        ("POST", "/tokens", {"name": "Eva", "role": "administer"}),
        ("DELETE", "/tokens/Anna", None),
    ],
)
def test_a_reader_only_reads(desk: Desk, address: str, method: str, path: str, body: Any) -> None:
    with reader(desk, address) as one:
        assert one.get("/records").status_code == 200
        assert "kräver rollen" in refusal(one.request(method, path, json=body), 403)


def test_a_reviewer_neither_administers_nor_forgets(desk: Desk, address: str, anna: httpx.Client) -> None:
    document = first_record(anna)["document"]["sha256"]
    with client(address, token_for(desk, "Bo", "review")) as bo:
        refusal(bo.delete(f"/documents/{document}"), 403)
        refusal(bo.get("/audit"), 403)
    assert anna.get(f"/documents/{document}").status_code == 200


def test_a_browser_must_send_its_secret_back(desk: Desk, address: str) -> None:
    token = token_for(desk, "Bo", "review")
    with signed_in(address, token) as browser, signed_in(address, token) as other:
        cookie = next(one for one in browser.cookies.jar if one.name == COOKIE)
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "strict"
        finding = browser.get("/findings").json()["items"][0]["id"]
        path, body = f"/findings/{finding}/decisions", {"verdict": "agree"}
        secrets = [None, "", "fel", "å", other.get("/me").json()["csrf"]]
        for secret in secrets:
            headers = {} if secret is None else {CSRF_HEADER: secret.encode()}
            assert "kod saknas" in refusal(browser.post(path, json=body, headers=headers), 403)
        assert browser.get("/decisions").json()["items"] == []
        right = {CSRF_HEADER: browser.get("/me").json()["csrf"]}
        assert browser.post(path, json=body, headers=right).status_code == 201
        sent = browser.post("/documents", files={"file": ("a.txt", b"hej")}, data={"csrf": right[CSRF_HEADER]})
        assert sent.status_code == 202
        refusal(browser.post("/documents", files={"file": ("a.txt", b"hej")}, data={"csrf": "fel"}), 403)


def test_another_site_cannot_sign_a_browser_in(desk: Desk, address: str) -> None:
    form = {"token": token_for(desk, "Bo", "review"), "target": "/"}
    foreign = httpx.post(f"{address}/logga-in", data=form, headers={"Origin": "https://elak.example"})
    assert foreign.status_code == 403
    assert COOKIE not in foreign.cookies
    assert COOKIE in httpx.post(f"{address}/logga-in", data=form, headers={"Origin": address}).cookies


def test_guessing_tokens_is_slowed_down(anna: httpx.Client, address: str) -> None:
    answers = [httpx.post(f"{address}/logga-in", data={"token": "fel"}).status_code for _ in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert anna.get("/me").status_code == 200
    actions = [line["action"] for line in anna.get("/audit").json()["items"]]
    assert actions == ["sign_in_refused"] * 10


def test_without_tokens_this_computer_alone_is_let_in_and_only_by_its_own_name(desk: Desk) -> None:
    with served(desk, is_open=True) as address, client(address) as local:
        me = local.get("/me").json()
        assert me["role"] == "administer"
        for host in ("elak.example", "127.0.0.1.elak.example", "localhost.", "[", "", "127.0.0.1@elak"):
            refusal(local.get("/me", headers={"Host": host}), 400)
        for host in ("localhost:8472", "127.0.0.1", "[::1]:8472", "LOCALHOST"):
            assert local.get("/me", headers={"Host": host}).status_code == 200
        refusal(local.post("/decisions/undo", json={}), 403)
        refusal(local.post("/decisions/undo", json={}, headers={CSRF_HEADER: me["csrf"]}), 404)
        refusal(local.get("/me", headers={"Authorization": "Bearer fel"}), 401)
        token_for(desk, "Anna", "administer")
        refusal(local.get("/me"), 401)


def test_a_service_that_is_not_open_lets_nobody_in_without_tokens(desk: Desk, address: str) -> None:
    refusal(httpx.get(f"{address}{API}/me"), 401)


# Who may see what


def test_other_municipalities_are_as_if_they_were_not_there(desk: Desk, address: str, anna: httpx.Client) -> None:
    record = first_record(anna)
    finding = anna.get("/findings").json()["items"][0]["id"]
    document = record["document"]["sha256"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "agree"})
    corrected(anna, goal="Ett annat mål")
    with client(address, token_for(desk, "Sven", "review", "Storsjö")) as sven:
        for path in (f"/documents/{document}", f"/records/{record['id']}", f"/findings/{finding}"):
            refusal(sven.get(path), 404)
        for path in ("original", "pages/1", "pages/1/boxes"):
            refusal(sven.get(f"/documents/{document}/{path}"), 404)
        refusal(sven.get(f"/records/{record['id']}/neighbours"), 404)
        refusal(sven.get(f"/findings/{finding}/decisions"), 404)
        refusal(sven.post(f"/findings/{finding}/decisions", json={"verdict": "agree"}), 404)
        refusal(sven.post("/decisions", json={"findings": [finding], "verdict": "agree"}), 404)
        refusal(sven.post("/corrections", json={"record": record["id"], "remove": True}), 404)
        row = {"assignment": "Egen", "comment": "Klart."}
        refusal(sven.post("/corrections", json={"document": document, "row": row}), 404)
        for path in ("records", "findings", "documents", "decisions", "corrections", "agreement"):
            assert sven.get(f"/{path}").json()["items"] == [], path
        for name in ("records", "findings", "corrections", "decisions", "faults"):
            assert sven.get(f"/exports/{name}.jsonl").text == "", name
        book = openpyxl.load_workbook(io.BytesIO(sven.get("/exports/ljuskoll.xlsx").content))
        assert "Granvik" not in json.dumps([[str(cell) for cell in row] for sheet in book for row in sheet.values])
        assert sven.get("/overview").json() == {"rows": []}
        assert sven.get("/progress").json()["total"] == 0
    with reader(desk, address, "Granvik") as one:
        assert one.get(f"/records/{record['id']}").status_code == 200


def test_nobody_corrects_a_record_into_another_municipality(desk: Desk, address: str, anna: httpx.Client) -> None:
    record = first_record(anna)["id"]
    with client(address, token_for(desk, "Lotta", "review", "Granvik")) as lotta:
        change = {"record": record, "changes": {"municipality": "Storsjö"}}
        assert "inte tillgång" in refusal(lotta.post("/corrections", json=change), 400)


# Masking


def test_texts_are_masked_unless_a_reviewer_asks_and_that_is_logged(
    desk: Desk, address: str, anna: httpx.Client
) -> None:
    comment = f"Kontakta {MAIL} eller {NUMBER}. Uppdraget är klart."
    record = corrected(anna, comment=comment)
    with reader(desk, address) as one:
        shown = one.get(f"/records/{record}").json()["comment"]
        assert len(shown) == len(comment)
        assert "Uppdraget är klart." in shown
        answers = [one.get(path) for path in (f"/records/{record}", "/records", "/corrections", "/exports/records.csv")]
        answers += [one.get("/exports/corrections.jsonl"), one.get("/exports/records.parquet")]
        for answer in answers:
            assert NUMBER.encode() not in answer.content
            assert MAIL.encode() not in answer.content
        for path in ("/records", "/findings", "/documents", "/corrections", "/decisions", "/exports/records.jsonl"):
            refusal(one.get(path, params={"unmasked": "true"}), 403)
    assert anna.get(f"/records/{record}", params={"unmasked": "true"}).json()["comment"] == comment
    log = anna.get("/audit").json()["items"]
    assert [(line["who"], line["target"]) for line in log if line["action"] == "unmasked"] == [
        ("Anna", f"{API}/records/{record}")
    ]


def test_a_masked_text_is_not_corrected_back_as_it_is_shown(anna: httpx.Client) -> None:
    record = corrected(anna, comment=f"Kontakta {NUMBER}. Uppdraget är klart.")
    shown = anna.get(f"/records/{record}").json()["comment"]
    change = {"record": record, "changes": {"comment": shown.replace("klart", "slutfört")}}
    assert "maskerade tecken" in refusal(anna.post("/corrections", json=change), 400)
    assert NUMBER in anna.get(f"/records/{record}", params={"unmasked": "true"}).json()["comment"]


def test_an_archives_officials_are_left_readable(tmp_path: Path) -> None:
    sources, out = tmp_path / "källa", tmp_path / "ut"
    sources.mkdir()
    told = "Arbetet pågår enligt plan, berättar Siv Nordlander och Gunnel Nordlander."
    rows = "".join(f".\n{title} (TN)\n\n{told}\n\n" for title in ("Bygga en bro", "Laga en väg"))
    (sources / "t2.txt").write_text(f"Kommunens uppdrag – uppföljning per 31 augusti 2024\n\n{rows}", encoding="utf-8")
    (sources / "ljuskoll.toml").write_text('officials = ["Siv Nordlander"]\n', encoding="utf-8")
    write_result(run_import([sources], out, Options()).result, out)
    desk = open_desk(tmp_path / "desk", archive=out)
    with closing(desk.database), served(desk) as address, client(address, token_for(desk, "Eva", "read")) as one:
        record, _ = one.get("/records").json()["items"]
    page = make_report(out).read_text(encoding="utf-8")
    assert "Gunnel" not in page
    assert record["comment"] == told.replace("Gunnel Nordlander", MASK * 17)


def test_notes_and_questions_come_back_masked(anna: httpx.Client) -> None:
    finding = anna.get("/findings").json()["items"][0]["id"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "fault", "note": f"Ring {NUMBER}."})
    for path in (f"/findings/{finding}", "/decisions", "/exports/findings.jsonl", "/exports/faults.jsonl"):
        assert NUMBER not in anna.get(path).text, path
    answer = anna.post("/assess", json={"comment": f"Uppdraget är klart, säger {MAIL}."})
    assert answer.status_code == 200
    assert MAIL not in answer.text


def test_the_log_holds_no_texts(anna: httpx.Client) -> None:
    secret = "Hemliga ordalydelser"
    record = corrected(anna, comment=f"{secret}. Uppdraget är klart.")
    row = {"assignment": secret, "comment": f"{secret}. Klart."}
    document = anna.get(f"/records/{record}").json()["document"]["sha256"]
    assert anna.post("/corrections", json={"document": document, "row": row}).status_code == 201
    finding = anna.get("/findings").json()["items"][0]["id"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "agree", "note": secret})
    anna.post("/documents", files={"file": (f"{secret}.txt", secret.encode())})
    anna.get("/exports/records.csv", params={"board": secret, "unmasked": "true"})
    anna.get("/records", params={"board": secret, "unmasked": "true"})
    log = anna.get("/audit").json()["items"]
    assert [line["action"] for line in log] == ["correct", "correct", "upload", "unmasked", "export", "unmasked"]
    assert secret not in json.dumps(log, ensure_ascii=False)


# What is sent in


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


# What is given out


def test_markup_in_a_text_comes_back_as_data(anna: httpx.Client) -> None:
    comment = "<script>alert(1)</script> <img src=x onerror=alert(1)> Uppdraget är klart."
    record = corrected(anna, comment=comment)
    answer = anna.get(f"/records/{record}")
    assert answer.json()["comment"] == comment
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("title", ['=HYPERLINK("http://elak.example";"x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_a_formula_in_a_title_is_harmless(anna: httpx.Client, title: str) -> None:
    record = corrected(anna, assignment=title)
    text = anna.get("/exports/records.csv").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")}
    assert rows[record]["assignment"] == f"'{title}"
    sheet = openpyxl.load_workbook(io.BytesIO(anna.get("/exports/ljuskoll.xlsx").content))["Uppdrag"]
    cells = [cell for row in sheet.iter_rows() for cell in row if title.strip() in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_every_answer_tells_the_browser_what_to_refuse(desk: Desk, address: str, anna: httpx.Client) -> None:
    answers = [
        anna.get("/health"),
        anna.get("/records"),
        anna.get("/nej"),
        anna.get("/records", params={"limit": 0}),
        httpx.get(f"{address}{API}/records"),
        httpx.get(f"{address}/logga-in"),
        httpx.get(f"{address}/nej"),
        anna.get("/exports/records.csv"),
        anna.post("/assess", content=b"x" * (BOUNDS.body + 1)),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.url, name)
        assert answer.headers["cache-control"] == "no-store"
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_a_fault_of_ours_is_told_without_details_and_logged(
    desk: Desk, address: str, anna: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    record = corrected(anna, comment="Hemliga ordalydelser. Uppdraget är klart.")
    with desk.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE records SET data = 'trasig'")
    answer = anna.get(f"/records/{record}")
    message = refusal(answer, 500)
    (number,) = re.findall(r"[0-9a-f]{8}", message)
    assert f"fault {number}" in caplog.text
    assert "Traceback" in caplog.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
