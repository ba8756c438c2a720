"""Who a trusted proxy says that asks is let in; who says so themselves is not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.audit import audit_log
from ljuskoll.service.store.people import revoke_token
from ljuskoll.service.web.behind import Behind, behind
from ljuskoll.service.web.limits import Bounds
from ljuskoll.service.web.security import CSRF_HEADER
from proxying import proxied
from serving import API, PATIENCE, client, opened, person, refusal, served, token_for
from test_api_limits import raw

pytestmark = pytest.mark.processes

HEADER = "X-Remote-User"
PROXY = behind("", ["127.0.0.1"], HEADER)
ELSEWHERE = behind("", ["192.0.2.0/24", "2001:db8::1"], HEADER, "administer")


@contextmanager
def named(address: str, name: str | bytes) -> Iterator[httpx.Client]:
    """A browser of which the proxy says this name."""
    with client(address) as one:
        one.headers = httpx.Headers(
            [*one.headers.raw, (HEADER.encode(), name.encode() if isinstance(name, str) else name)]
        )
        yield one


def test_the_proxys_word_lets_in_with_role_and_municipalities(desk: Desk) -> None:
    person(desk, "åsa@kommun.se", "review", "Granvik")
    with served(desk, behind=PROXY) as address, named(address, "åsa@kommun.se") as one:
        me = one.get("/me").json()
        assert (me["name"], me["role"], me["municipalities"]) == ("åsa@kommun.se", "review", ["Granvik"])
        page = one.get(f"{address}/granska")
        assert page.status_code == 200
        assert "åsa@kommun.se" in page.text
        assert "/logga-ut" not in page.text
        refusal(one.get("/audit"), 403)


def test_the_header_counts_whatever_its_case_and_only_once(desk: Desk) -> None:
    person(desk, "Anna", "read")
    with served(desk, behind=behind("", ["127.0.0.1"], "x-REMOTE-user")) as address, client(address) as one:
        assert one.get("/me", headers={"X-ReMoTe-UsEr": "Anna"}).json()["name"] == "Anna"
        assert one.get("/me", headers={"X-Remote-User": ""}).status_code == 401
        for twice in ([b"Anna", b"Bo"], [b"Anna", b"Anna"], [b"", b"Anna"]):
            headers = [(HEADER.encode(), name) for name in twice]
            assert "flera namn" in refusal(one.get("/me", headers=headers), 400)
        for odd in (b"\xff\xfe", b"x" * 101, "A\u200bnna".encode(), "An\u202ena".encode()):
            assert "Proxyn" in refusal(one.get("/me", headers=[(HEADER.encode(), odd)]), 400)


@pytest.mark.parametrize(
    "trusting", [Behind(), ELSEWHERE, behind("", ["127.0.0.1"])], ids=["none", "others", "no-name"]
)
def test_from_others_the_header_is_as_if_it_were_not_there(desk: Desk, trusting: Behind) -> None:
    person(desk, "Anna", "administer")
    with served(desk, behind=trusting) as address, named(address, "Anna") as one:
        refusal(one.get("/me"), 401)
        assert one.get(f"{address}/granska").status_code == 303
        token = token_for(desk, "Bo", "read")
        assert one.get("/me", headers={"Authorization": f"Bearer {token}"}).json()["name"] == "Bo"
        forged = {"Authorization": f"Bearer {token}", "X-Forwarded-For": "192.0.2.1"}
        assert one.get("/me", headers=forged).json()["name"] == "Bo"
        refusal(one.get("/me", headers={"X-Forwarded-For": "192.0.2.1"}), 401)


def test_a_proxy_puts_its_own_word_in_the_place_of_a_visitors(desk: Desk) -> None:
    person(desk, "Anna", "read")
    person(desk, "Chefen", "administer")
    with (
        served(desk, behind=PROXY) as address,
        proxied(address, "", strips=False, says={HEADER: "Anna"}) as proxy,
        named(proxy.address, "Chefen") as one,
    ):
        assert one.get("/me").json()["name"] == "Anna"


def test_whom_nobody_knows_is_told_whom_to_ask(desk: Desk) -> None:
    token_for(desk, "Nyckeln", "administer")
    person(desk, "Borta", "administer")
    with desk.database.writing() as session:
        revoke_token(session, "Borta")
    with served(desk, behind=PROXY) as address:
        for name in ("Okänd", "Borta", "Nyckeln", "ljuskoll", "<b>Elak</b>"):
            with named(address, name) as one:
                assert "Be den som sköter ljuskoll" in refusal(one.get("/me"), 403)
                page = one.get(f"{address}/granska")
                assert page.status_code == 403
                assert "Be den som sköter ljuskoll" in page.text and "<b>Elak" not in page.text
                assert one.get(f"{address}/tillganglighet").status_code == 200


def test_a_default_role_lets_in_names_that_nobody_registered(desk: Desk) -> None:
    token_for(desk, "Nyckeln", "administer")
    person(desk, "Anna", "review")
    person(desk, "Borta", "review")
    with desk.database.writing() as session:
        revoke_token(session, "Borta")
    with served(desk, behind=behind("", ["127.0.0.1"], HEADER, "read")) as address:
        roles = {}
        for name in ("Ny", "Anna", "Borta", "Nyckeln", "ljuskoll"):
            with named(address, name) as one:
                roles[name] = one.get("/me").json().get("role")
    assert roles == {"Ny": "read", "Anna": "review", "Borta": None, "Nyckeln": None, "ljuskoll": None}


def test_whoever_is_named_must_send_the_pages_secret_and_it_survives_a_restart(desk: Desk) -> None:
    person(desk, "Anna", "review")
    person(desk, "Bo", "review")
    with served(desk, behind=PROXY) as address, named(address, "Anna") as anna, named(address, "Bo") as bo:
        secret, other = (one.get("/me").json()["csrf"] for one in (anna, bo))
        assert secret and other and secret != other
        finding = anna.get("/findings").json()["items"][0]["id"]
        path, body = f"/findings/{finding}/decisions", {"verdict": "agree"}
        for wrong in ({}, {CSRF_HEADER: other}, {CSRF_HEADER: "fel"}):
            refusal(anna.post(path, json=body, headers=wrong), 403)
    with served(desk, behind=PROXY) as address, named(address, "Anna") as anna:
        assert anna.post(path, json=body, headers={CSRF_HEADER: secret}).status_code == 201
        form = {"file": ("a.txt", b"hej")}
        assert anna.post("/documents", files=form, data={"csrf": secret}).status_code == 202
        assert anna.get("/decisions").json()["items"][0]["who"] == "Anna"
    with desk.database.reading() as session:
        assert [one.who for one in audit_log(session).items if one.action == "upload"] == ["Anna"]


def test_another_review_has_another_secret(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    secrets = []
    with opened(tmp_path_factory.mktemp("annan")) as other:
        for one in (desk, other):
            person(one, "Anna", "read")
            with served(one, behind=PROXY) as address, named(address, "Anna") as anna:
                secrets.append(anna.get("/me").json()["csrf"])
    assert len(set(secrets)) == 2


def test_tokens_work_beside_the_proxy(desk: Desk) -> None:
    person(desk, "Anna", "read")
    token = token_for(desk, "Program", "review")
    with served(desk, behind=PROXY) as address:
        with client(address, token) as program:
            assert program.get("/me").json()["name"] == "Program"
        with named(address, "Anna") as both:
            assert both.get("/me", headers={"Authorization": f"Bearer {token}"}).json()["name"] == "Program"
            refusal(both.get("/me", headers={"Authorization": "Bearer fel"}), 401)
        with client(address) as browser:
            assert browser.post(f"{address}/logga-in", data={"token": token}).status_code == 303
            assert browser.get("/me").json()["name"] == "Program"


def test_several_behind_one_proxy_do_not_share_a_limit(desk: Desk) -> None:
    token_for(desk, "Anna", "read")
    wrong = {"token": "fel"}

    def statuses(trusting: Behind) -> list[int]:
        bounds = Bounds(sign_in_burst=2, sign_in_rate=0.001)
        with served(desk, behind=trusting, bounds=bounds) as address, client(address) as one:
            given = ["198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.1", "6.6.6.6, 198.51.100.1"]
            where = f"{address}/logga-in"
            return [one.post(where, data=wrong, headers={"X-Forwarded-For": each}).status_code for each in given]

    assert statuses(PROXY) == [401, 401, 401, 429, 429]
    assert statuses(Behind()) == [401, 401, 429, 429, 429]


def test_the_cookie_is_for_https_alone_where_a_trusted_proxy_says_so(desk: Desk) -> None:
    token = token_for(desk, "Anna", "read")

    def is_secure(trusting: Behind) -> bool:
        with served(desk, behind=trusting) as address, client(address) as one:
            headers = {"X-Forwarded-Proto": "https"}
            answer = one.post(f"{address}/logga-in", data={"token": token}, headers=headers)
            return "secure" in answer.headers["set-cookie"].lower()

    assert is_secure(PROXY)
    assert not is_secure(ELSEWHERE)


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "x-forwarded-host", "X-Real-IP", "Via"]
)
def test_what_has_passed_a_proxy_never_enters_by_the_open_door(desk: Desk, header: str) -> None:
    with served(desk, is_open=True) as address, client(address) as one:
        assert one.get("/me").json()["role"] == "administer"
        assert "proxy" in refusal(one.get("/me", headers={header: "x"}), 400)
        assert one.get(f"{address}/granska", headers={header: "x"}).status_code == 400
        assert one.get("/health", headers={header: "x"}).status_code == 200
        token = token_for(desk, "Anna", "read")
        assert one.get("/me", headers={header: "x", "Authorization": f"Bearer {token}"}).status_code == 200


def test_what_speaks_as_nginx_does_by_itself_never_enters_by_the_open_door(desk: Desk) -> None:
    with served(desk, is_open=True) as address:
        assert raw(address, f"GET {API}/me HTTP/1.1")[0] == 200
        assert raw(address, f"GET {API}/me HTTP/1.0")[0] == 400


def test_an_administrator_adds_whom_the_proxy_names(desk: Desk) -> None:
    person(desk, "Chefen", "administer")
    with served(desk, behind=PROXY) as address, named(address, "Chefen") as chief:
        page = chief.get(f"{address}/administration")
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert csrf
        form = {"csrf": csrf[1], "name": "Nils", "role": "read", "municipalities": "Granvik", "proxy": "yes"}
        answer = chief.post(f"{address}/administration/nycklar", data=form, follow_redirects=True)
        assert "Personen kommer nu in" in answer.text
        sent = {"name": "Program", "role": "read", "proxy": False}
        assert chief.post("/tokens", json=sent, headers={CSRF_HEADER: csrf[1]}).json()["token"]
        sent = {"name": "KOMMUN\\Ove", "role": "read", "proxy": True}
        assert chief.post("/tokens", json=sent, headers={CSRF_HEADER: csrf[1]}).json()["token"] is None
        listed = {one["name"]: one["proxy"] for one in chief.get("/tokens").json()["items"]}
        assert listed == {"Chefen": True, "Nils": True, "KOMMUN\\Ove": True, "Program": False}
        with named(address, "Nils") as nils:
            assert nils.get("/me").json()["municipalities"] == ["Granvik"]
            assert chief.delete("/tokens/Nils", headers={CSRF_HEADER: csrf[1]}).status_code == 204
            refusal(nils.get("/me"), 403)


def test_a_page_of_a_named_visitor_does_without_sign_in(desk: Desk) -> None:
    with served(desk, behind=behind("", ["127.0.0.1"], HEADER, "read")) as address:
        headers = {HEADER: "Ny"}
        with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, trust_env=False) as one:
            assert one.get("/").status_code == 200
            assert one.get("/administration").status_code == 403
