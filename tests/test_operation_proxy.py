"""Behind a reverse proxy under a path: nothing leads outside it, whether the proxy takes the path away or not."""

import asyncio
import re
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review.correcting import correct
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.web.app import create_app
from ljuskoll.service.web.behind import Behind, Front, behind
from ljuskoll.service.web.security import COOKIE
from proxying import proxied
from serving import API, PATIENCE, served, token_for

pytestmark = pytest.mark.processes

ROOT = "/kommun/ljuskoll"
ADDRESS = re.compile(r' (?:href|src|action|data-boxes|data-next)="([^"]*)"')
FEW = 2
"""So many addresses of each kind are followed."""


def kind_of(address: str) -> str:
    """What addresses that differ by an id alone have in common."""
    return re.sub(r"[0-9a-f]{64}|=[^&]*", "*", address)


def walk(browser: httpx.Client) -> tuple[set[str], set[str]]:
    """All addresses on all pages, and the kinds of those that were opened."""
    waiting, seen, opened = [f"{ROOT}/"], {f"{ROOT}/"}, Counter[str]()
    while waiting:
        address = waiting.pop()
        if urlsplit(address).path.startswith(f"{ROOT}{API}/exports"):
            continue
        answer = browser.get(address)
        is_picture = "/pages/" in address
        assert answer.status_code == 200 or (is_picture and answer.status_code == 404), (address, answer.status_code)
        opened[kind_of(address)] += 1
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        forms = set(re.findall(r'<form[^>]* action="([^"]*)"', answer.text))
        for found in map(unescape, ADDRESS.findall(answer.text)):
            link = found.partition("#")[0]
            if link and link not in seen:
                seen.add(link)
                if found not in map(unescape, forms) and opened[kind_of(link)] + _kinds(waiting)[kind_of(link)] < FEW:
                    waiting.append(link)
    return seen, set(opened)


def _kinds(addresses: list[str]) -> Counter[str]:
    return Counter(map(kind_of, addresses))


def sign_in(browser: httpx.Client, token: str) -> None:
    """Be led to the sign-in and back."""
    asked = f"{ROOT}/granska?standing=open&kind=over_time"
    page = browser.get(asked)
    assert page.url.path == f"{ROOT}/logga-in"
    target = re.search(r'name="target" value="([^"]*)"', page.text)
    assert target
    answer = browser.post(f"{ROOT}/logga-in", data={"token": token, "target": unescape(target[1])})
    assert answer.url.raw_path.decode() == asked


@pytest.mark.parametrize("strips", [True, False], ids=["stripped", "kept"])
def test_no_page_link_or_form_leads_outside_the_root(desk: Desk, strips: bool) -> None:
    token = token_for(desk, "Anna", "administer")
    with (
        served(desk, behind=behind(f"{ROOT}/", ["127.0.0.1"])) as address,
        proxied(address, ROOT, strips=strips) as proxy,
        httpx.Client(base_url=proxy.address, follow_redirects=True, timeout=PATIENCE, trust_env=False) as browser,
    ):
        sign_in(browser, token)
        (cookie,) = (one for one in browser.cookies.jar if one.name == COOKIE)
        assert cookie.path == ROOT
        seen, opened = walk(browser)
        assert proxy.outside == []
        assert [one for one in seen if not one.startswith(f"{ROOT}/")] == []
        for page in ("/granska/*", "/uppdrag/*", "/dokument/*", "/administration", "/enighet", "/static/page.js"):
            assert f"{ROOT}{page}" in opened, page
        described = browser.get(f"{ROOT}{API}/openapi.json").json()
        assert described["servers"] == [{"url": ROOT}]
        first = browser.get(f"{ROOT}/granska/nasta?standing=open")
        csrf = re.search(r'name="csrf" value="([^"]+)"', first.text)
        assert csrf
        sent = {"csrf": csrf[1], "verdict": "agree"}
        after = browser.post(f"{first.url.path}/beslut", params={"standing": "open"}, data=sent)
        assert after.status_code == 200
        assert after.url.path.startswith(f"{ROOT}/granska/") and after.url.path != first.url.path
        browser.post(f"{ROOT}/logga-ut", data={"csrf": csrf[1]})
        assert browser.get(f"{ROOT}/").url.path == f"{ROOT}/logga-in"
        assert proxy.outside == []


def test_a_text_that_looks_like_an_address_is_left_as_it_is(desk: Desk) -> None:
    with desk.database.reading() as session:
        record = next(iter(all_findings(session, SYSTEM, FindingFilter()))).records[0]
    text = '/granska " href="/granska" src="/x'
    correct(desk, SYSTEM, record, {"goal": "/mål/1", "comment": text})
    token = token_for(desk, "Anna", "review")
    with served(desk, behind=behind(ROOT)) as address, httpx.Client(base_url=address, trust_env=False) as browser:
        assert browser.post("/logga-in", data={"token": token}).headers["location"] == f"{ROOT}/"
        page = browser.get(f"{ROOT}/uppdrag/{record}").text or ""
        assert 'name="goal" value="/mål/1"' in page
        assert text in unescape(page)


def test_without_a_root_nothing_is_added(desk: Desk) -> None:
    token = token_for(desk, "Anna", "review")
    with served(desk) as address, httpx.Client(base_url=address, trust_env=False) as browser:
        assert browser.post("/logga-in", data={"token": token}).headers["location"] == "/"
        assert 'href="/granska' in browser.get("/").text
        assert "servers" not in browser.get(f"{API}/openapi.json").json()
        assert browser.get(f"{ROOT}/granska").status_code == 404


@pytest.mark.parametrize("root", ["/granska", "/static", "/api", "/api/v1/records"])
def test_a_root_that_is_a_page_of_ours_is_refused(desk: Desk, root: str) -> None:
    with pytest.raises(UsageError, match="egna sidor"):
        create_app(desk, Reader(desk, workers=0), behind=behind(root))


@pytest.mark.parametrize("root", ["", "/", "/granskning", "/ljuskoll/", "/a/b-c_d.e~f"])
def test_roots(desk: Desk, root: str) -> None:
    asked = behind(root)
    assert asked.root == root.rstrip("/")
    create_app(desk, Reader(desk, workers=0), behind=asked)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"root": "ljuskoll"}, "--root-path"),
        ({"root": "/ljus koll"}, "--root-path"),
        ({"root": '/l"'}, "--root-path"),
        ({"root": "//värd"}, "--root-path"),
        ({"trusted": ["proxy.kommun.se"]}, "--trusted-proxy"),
        ({"trusted": ["10.0.0.1", "0.0.0.0/0"]}, "alla adresser"),
        ({"trusted": ["::/0"]}, "alla adresser"),
        ({"user_header": "X-User"}, "kräver --trusted-proxy"),
        ({"user_header": "X User", "trusted": ["10.0.0.1"]}, "--user-header"),
        ({"default_role": "read"}, "--default-role"),
    ],
    ids=str,
)
def test_options_that_cannot_hold_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        behind(**options)  # type: ignore[arg-type]


def inside(trusting: Behind, client: tuple[str, int] | None, *headers: tuple[bytes, bytes], path: str = "/") -> Scope:
    """What stands behind the front sees of a request from an address."""
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    async def nothing(*_: object) -> Message:
        return {}

    scope = {"type": "http", "client": client, "headers": list(headers), "path": path, "scheme": "http"}
    asyncio.run(Front(app, trusting)(scope, nothing, nothing))
    return seen[0]


NAMING = behind(ROOT, ["10.0.0.0/28", "2001:db8::/64"], "X-User")


@pytest.mark.parametrize(
    ("client", "named"),
    [
        (("10.0.0.7", 1), (b"Eva", b"Bo")),
        (("::ffff:10.0.0.7", 1), (b"Eva", b"Bo")),
        (("2001:db8::5", 1), (b"Eva", b"Bo")),
        (("10.0.0.16", 1), ()),
        (("2001:db8:0:1::5", 1), ()),
        (("testclient", 1), ()),
        (None, ()),
    ],
    ids=str,
)
def test_a_name_reaches_the_inside_by_a_trusted_proxy_alone_and_never_as_a_header(
    client: tuple[str, int] | None, named: tuple[bytes, ...]
) -> None:
    sent = [(b"x-user", b"Eva"), (b"X-USER", b"Bo"), (b"x-users", b"kvar"), (b"x-forwarded-for", b"198.51.100.9")]
    seen = inside(NAMING, client, *sent)
    assert seen["state"]["named"] == named
    assert [name for name, _ in seen["headers"]] == [b"x-users", b"x-forwarded-for"]
    assert (seen["client"] or ("",))[0] == ("198.51.100.9" if named else (client or ("",))[0])


@pytest.mark.parametrize(
    ("path", "below"),
    [
        (ROOT, "/"),
        (f"{ROOT}/", "/"),
        (f"{ROOT}/granska", "/granska"),
        ("/granska", "/granska"),
        (f"{ROOT}er/granska", f"{ROOT}er/granska"),
        (f"{ROOT}{ROOT}", ROOT),
    ],
)
def test_paths_inside_are_below_the_root(path: str, below: str) -> None:
    assert inside(NAMING, None, path=path)["path"] == below
