"""The pages in a real browser: by keyboard alone, on a phone, in the dark, and as axe sees them."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ljuskoll.models.judging import Judging
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Finding
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.decisions import standings
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.store.records import find_record
from serving import served
from test_example import EXAMPLE

pytestmark = pytest.mark.processes

ARCHIVE = EXAMPLE / "archive"
UPLOADED = ARCHIVE / "Lillådalen" / "2024" / "arsuppfoljning-2024.pdf"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE = 90_000.0
"""Milliseconds that a document may take to be read."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An import of the example archive, without the report that a test sends in."""
    folder = tmp_path_factory.mktemp("arkiv")
    shutil.copytree(ARCHIVE, folder / "filer", ignore=shutil.ignore_patterns(UPLOADED.name))
    judging = Judging(fast=True)
    write_result(run_import([folder / "filer"], folder / "ut", Options(judging=judging)).result, folder / "ut")
    return folder


@pytest.fixture
def desk(archive: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(archive / "ut", tmp_path / "ut")
    desk = open_desk(tmp_path / "granskning", None, tmp_path / "ut", [archive / "filer"], Judging(fast=True))
    yield desk
    desk.database.close()


@pytest.fixture
def open_page(browser: Browser, desk: Desk) -> Iterator[Callable[..., Page]]:
    """Opens a path of the service in a new window; at the end nothing may have gone wrong in any of them."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []
    with served(desk, workers=1, is_open=True) as address:

        def opened(path: str, **options: Any) -> Page:
            contexts.append(browser.new_context(base_url=address, viewport=options.pop("viewport", DESK), **options))
            page = contexts[-1].new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
            page.goto(path)
            return page

        yield opened
        for context in contexts:
            context.close()
    assert troubles == []


def findings(desk: Desk) -> list[Finding]:
    with desk.database.reading() as session:
        return list(all_findings(session, SYSTEM, FindingFilter()))


def verdicts(desk: Desk) -> dict[str, tuple[str, str | None, str]]:
    with desk.database.reading() as session:
        found = standings(session, [one.id for one in findings(desk)])
    return {finding: (one.verdict, one.light, one.note) for finding, (one,) in found.items()}


def at(page: Page) -> str:
    """The id of the finding that is open."""
    found = re.search(r"/granska/(\w{64})", page.url)
    assert found, page.url
    return found[1]


def pressed(page: Page, *keys: str) -> None:
    """Press keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])
    page.wait_for_load_state()


DROPPED = """([names, text]) => {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File([`${name}\n${text}`], name, { type: "text/plain" }));
  const target = document.querySelector("[data-upload]");
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def test_files_are_dropped_on_the_page_and_each_tells_how_far_it_has_come(open_page: Callable[..., Page]) -> None:
    page = open_page("/dokument")
    names = ["första.txt", "andra.txt", "tredje.txt"]
    page.evaluate(
        DROPPED, [names, "Uppföljning per 31 augusti 2024\n\n.\nBygga en bro (TN)\n\nArbetet pågår enligt plan.\n"]
    )
    lines = page.locator("[data-files] li")
    expect(lines).to_have_count(len(names))
    for line, name in zip(lines.all(), names, strict=True):
        expect(line.get_by_role("link", name=name)).to_be_visible(timeout=PATIENCE)
        expect(line).to_contain_text("Läst", timeout=PATIENCE)
        expect(line.get_by_role("progressbar")).to_have_attribute("value", "1")


def test_a_document_is_sent_in_read_reviewed_by_keyboard_and_taken_out(
    desk: Desk, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/dokument")
    page.set_input_files("input[type=file]", UPLOADED)
    page.get_by_role("button", name="Ladda upp").click()
    line = page.locator("[data-files] li")
    expect(line).to_contain_text(UPLOADED.name)
    expect(line).to_contain_text("Läst", timeout=PATIENCE)
    page.set_input_files("input[type=file]", UPLOADED)
    page.get_by_role("button", name="Ladda upp").click()
    expect(line.last).to_contain_text("Fanns redan")
    line.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UPLOADED.name)
    until_checked(desk, page)

    page.goto("/")
    pressed(page, "g")
    before = [one.id for one in findings(desk)]
    assert len(before) > 11
    expected: dict[str, tuple[str, str | None, str]] = {}
    steps: list[tuple[tuple[str, ...], tuple[str, str | None]]] = [
        (("h",), ("agree", None)),
        (("e", "3"), ("disagree", "red")),
        (("e", "1"), ("disagree", "green")),
        (("e", "0"), ("disagree", None)),
        (("f", "2"), ("fault", None)),
        (("s",), ("skip", None)),
        (("h",), ("agree", None)),
        (("h",), ("agree", None)),
        (("e", "2"), ("disagree", "yellow")),
        (("h",), ("agree", None)),
    ]
    for keys, decision in steps:
        expected[at(page)] = (*decision, "")
        pressed(page, *keys)
        expect(page.locator("#upplasning")).not_to_be_empty()
    assert list(expected) == before[:10]
    assert verdicts(desk) == expected

    pressed(page, "u")
    assert at(page) == before[9]
    expect(page.locator("#upplasning")).to_have_text("Beslutet är ångrat.")
    page.keyboard.press("a")
    page.keyboard.type("hej: se sidan 2, u och n är text här")
    page.keyboard.press("Escape")
    pressed(page, "h")
    assert verdicts(desk)[before[9]] == ("agree", None, "hej: se sidan 2, u och n är text här")
    here = at(page)
    pressed(page, "n")
    assert at(page) != here and len(verdicts(desk)) == 10

    page.goto("/granska")
    page.get_by_label("Typ").select_option("over_time")
    page.get_by_role("button", name="Visa", exact=True).click()
    shown = page.locator(".queue > li")
    expect(shown).to_have_count(sum(one.kind == "over_time" for one in findings(desk)))
    with page.expect_download() as download:
        page.get_by_role("link", name="Arbetsbok (Excel)").click()
    download.value.save_as(tmp_path / "bok.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bok.xlsx")
    assert book.sheetnames[:2] == ["Uppdrag", "Avvikelser"]


def until_checked(desk: Desk, page: Page) -> None:
    """Wait until the checks that follow a reading have been run."""
    page.goto("/dokument")
    for _ in range(600):
        if not page.locator("[data-jobs]").count():
            return
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError("the checks were never done")


def test_keys_can_be_switched_off_and_never_act_in_a_field(desk: Desk, open_page: Callable[..., Page]) -> None:
    first = findings(desk)[0].id
    page = open_page(f"/granska/{first}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("h")
    page.get_by_label("Stäng av tangenterna").check()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.get_by_text("Rätta det som är fel läst").first.click()
    page.get_by_label("Uppdrag", exact=True).first.focus()
    page.keyboard.press("h")
    page.wait_for_timeout(300)
    assert at(page) == first and verdicts(desk) == {}
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile("keys-off"))


def test_the_page_is_shown_with_boxes_over_what_the_finding_stands_on(
    desk: Desk, open_page: Callable[..., Page]
) -> None:
    found = next(one for one in findings(desk) if one.kind == "declared_vs_phrase" and ".pdf" in one.message)
    page = open_page(f"/granska/{found.id}")
    for what in ("assignment", "light", "evidence"):
        expect(page.locator(f".sheet rect.{what}").first).to_be_visible(timeout=PATIENCE)
    sheet = page.locator(".sheet").bounding_box()
    box = page.locator(".sheet rect.evidence").first.bounding_box()
    assert sheet and box
    assert sheet["x"] < box["x"] and box["x"] + box["width"] < sheet["x"] + sheet["width"]
    expect(page.locator(".leaf")).to_be_in_viewport()
    expect(page.locator(".sheet rect.evidence").first).to_be_in_viewport()


def test_a_fault_is_corrected_on_the_spot_by_keyboard(desk: Desk, open_page: Callable[..., Page]) -> None:
    found = next(one for one in findings(desk) if one.kind == "declared_vs_phrase")
    page = open_page(f"/granska/{found.id}")
    page.keyboard.press("f")
    page.keyboard.press("1")
    expect(page.get_by_label("Uppdrag", exact=True).first).to_be_focused()
    page.get_by_label("Ljus i rapporten").first.select_option("red")
    with page.expect_navigation():
        page.get_by_label("Period", exact=True).first.press("Enter")
    expect(page.locator("#besked")).to_have_text("Rättelsen är sparad. Kontrollerna görs om.")
    until_checked(desk, page)
    assert found.id not in {one.id for one in findings(desk)}
    page.goto("/passar-inte")
    expect(page.locator("main")).to_contain_text("Fel i läsningen")


PATHS = ["/", "/granska", "/granska/nasta", "/dokument", "/enighet", "/passar-inte", "/administration",
         "/tillganglighet", "/logga-in"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(desk: Desk, open_page: Callable[..., Page], scheme: Any) -> None:
    page = open_page("/tillganglighet", color_scheme=scheme)
    found = {}
    for path in all_paths(desk):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details:not([name])').forEach((one) => { one.open = true; })")
        for violation in Axe().run(page).response["violations"]:
            found[path, violation["id"]] = [node["html"] for node in violation["nodes"]]
    assert found == {}


def test_a_phone_never_scrolls_sideways(desk: Desk, open_page: Callable[..., Page]) -> None:
    page = open_page("/tillganglighet", viewport=PHONE)
    for path in all_paths(desk):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details:not([name])').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path


def all_paths(desk: Desk) -> list[str]:
    """Every page, with one finding of each kind, a record and a document."""
    one_a_kind = {one.kind: one for one in findings(desk)}
    record = next(one.records[0] for one in one_a_kind.values() if one.records)
    with desk.database.reading() as session:
        found = find_record(session, SYSTEM, record)
    assert found
    own = [f"/granska/{one.id}" for one in one_a_kind.values()]
    return PATHS + own + [
        f"/uppdrag/{record}", f"/dokument/{found.document.sha256}",
    ]  # fmt: skip


def test_without_programs_a_reviewer_decides_all_the_same(desk: Desk, open_page: Callable[..., Page]) -> None:
    first, second, *_ = findings(desk)
    page = open_page(f"/granska/{first.id}", java_script_enabled=False)
    page.locator("summary", has_text="Håller inte med").click()
    page.get_by_role("button", name="Gul").click()
    assert at(page) == second.id
    assert verdicts(desk) == {first.id: ("disagree", "yellow", "")}
    page.get_by_role("button", name="Ångra").click()
    assert at(page) == first.id
    assert verdicts(desk) == {}
