"""Makes the docs' pictures of pages: the review of the example archive and its report, all in one size."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn
from picture import ROOT, WIDTH, chromium, save
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.reporting import make_report
from ljuskoll.service.review.desk import open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web.app import create_app

ARCHIVE = ROOT / "corpora" / "example" / "archive"
HEIGHT = 1000
PORT = 8478
DECIDED = ["h", "h", "s", "h"]
"""Keys pressed before the pictures are taken, so that they show a review that has begun."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        out = Path(name) / "ut"
        write_result(run_import([ARCHIVE], out, Options()).result, out)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        size = {"width": WIDTH, "height": HEIGHT}
        with serving(out) as address:
            take_review(browser.new_page(viewport=size, base_url=address, locale="sv-SE"))
        take_report(browser.new_page(viewport=size, locale="sv-SE"), make_report(out, None, unmasked=False))
        browser.close()


@contextmanager
def serving(out: Path) -> Iterator[str]:
    """The address of the review of an import."""
    desk = open_desk(out / "granskning", archive=out, sources=[ARCHIVE])
    server = uvicorn.Server(uvicorn.Config(create_app(desk, Reader(desk), is_open=True), port=PORT, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.1)
    try:
        yield f"http://127.0.0.1:{PORT}"
    finally:
        server.should_exit = True
        thread.join()
        desk.database.close()


def take_review(page: Page) -> None:
    page.goto("/dokument")
    while page.locator("[data-jobs]").count():
        sleep(0.5)
        page.reload()
    take(page, "dokument.png")
    page.goto("/granska/nasta?standing=open")
    for key in DECIDED:
        with page.expect_navigation():
            page.keyboard.press(key)
    page.goto("/granska/nasta?kind=declared_vs_comment")
    page.locator(".sheet rect").first.wait_for()
    take(page, "granskning.png")
    page.keyboard.press("f")
    page.keyboard.press("1")
    page.locator("#ratta-1").scroll_into_view_if_needed()
    take(page, "ratta.png")
    page.goto("/")
    take(page, "oversikt.png")


def take_report(page: Page, report: Path) -> None:
    page.goto(f"{report.as_uri()}#avvikelser")
    take(page, "rapport.png")


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "() => { for (const one of document.querySelectorAll('.who > span')) one.textContent = 'Granskare'; }"
    )
    save(Image.open(io.BytesIO(page.screenshot(animations="disabled"))), name)


if __name__ == "__main__":
    main()
