"""Under a path behind a real proxy that signs people in: a real browser sends a document in and reviews a finding."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from desks import settle
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.decisions import history
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.web.behind import behind
from proxying import proxied
from serving import person, served
from test_browser import PATIENCE, UPLOADED, at, pressed
from test_browser import archive as archive
from test_browser import browser as browser
from test_browser import desk as desk

pytestmark = pytest.mark.processes

ROOT, HEADER, REVIEWER = "/kommun/ljuskoll", "X-Remote-User", "anna@kommun.se"


@pytest.fixture(params=[True, False], ids=["stripped", "kept"])
def open_page(request: pytest.FixtureRequest, browser: Browser, desk: Desk) -> Iterator[Callable[[str], Page]]:
    """Opens a path below the root; at the end nothing may have gone wrong, or have been asked for outside it."""
    person(desk, REVIEWER, "review")
    troubles: list[str] = []
    trusting, says = behind(ROOT, ["127.0.0.1"], HEADER), {HEADER: REVIEWER}
    with (
        served(desk, workers=1, behind=trusting) as address,
        proxied(address, ROOT, strips=request.param, says=says) as proxy,
        browser.new_context(base_url=proxy.address) as context,
    ):

        def opened(path: str) -> Page:
            page = context.new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
            page.goto(ROOT + path)
            return page

        yield opened
        context.close()
        assert proxy.outside == []
    assert troubles == []


def test_a_document_is_sent_in_and_a_finding_reviewed(desk: Desk, open_page: Callable[[str], Page]) -> None:
    page = open_page("/dokument")
    expect(page.get_by_text(REVIEWER)).to_be_visible()
    page.set_input_files("input[type=file]", UPLOADED)
    page.get_by_role("button", name="Ladda upp").click()
    line = page.locator("[data-files] li")
    expect(line).to_contain_text("Läst", timeout=PATIENCE)
    line.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UPLOADED.name)
    document = re.search(rf"{ROOT}/dokument/(\w{{64}})$", page.url)
    assert document
    settle(desk)
    with desk.database.reading() as session:
        found = next(all_findings(session, SYSTEM, FindingFilter(document=document[1])))
    page.goto(f"{ROOT}/granska/{found.id}")
    expect(page.locator(".sheet rect.assignment").first).to_be_visible(timeout=PATIENCE)
    first = at(page)
    pressed(page, "h")
    assert page.url.startswith(page.url.partition(ROOT)[0] + f"{ROOT}/granska/") and at(page) != first
    with desk.database.reading() as session:
        assert [(one.who, one.verdict) for one in history(session, SYSTEM, first).items] == [(REVIEWER, "agree")]
    pressed(page, "u")
    assert at(page) == first
