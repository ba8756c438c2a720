"""Whom the service keeps out: strangers and forged forms; and what it shows to whom."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import openpyxl
import pytest

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.people import revoke_token
from ljuskoll.service.web.security import COOKIE, CSRF_HEADER
from serving import API, administered, client, corrected, first_record, reader, refusal, served, token_for


@pytest.fixture(scope="module")
def eva(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An administrator of a desk that no test changes."""
    with administered(tmp_path_factory.mktemp("eva")) as one:
        yield one


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
