"""Makes docs/granskning.png and docs/oversikt.png: the review of the example archive, in one size."""

import shutil
import sys
import tempfile
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn
from playwright.sync_api import Page, sync_playwright

from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.review.desk import open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web.app import create_app

ROOT = Path(__file__).parents[1]
ARCHIVE = ROOT / "corpora" / "example" / "archive"
DOCS = ROOT / "docs"
SIZE = {"width": 1280, "height": 800}
TALL = 1240
PORT = 8478
DECIDED = ["h", "h", "s", "h"]
"""Keys pressed before the pictures are taken, so that they show a review that has begun."""


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("No Chromium on this machine (apt install chromium).")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_result(run_import([ARCHIVE], folder / "ut", Options()).result, folder / "ut")
        desk = open_desk(folder / "granskning", archive=folder / "ut", sources=[ARCHIVE])
        app = create_app(desk, Reader(desk), is_open=True)
        server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="error"))
        thread = Thread(target=server.run)
        thread.start()
        while not server.started:
            sleep(0.1)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                _take(browser.new_page(viewport=SIZE, base_url=f"http://127.0.0.1:{PORT}", locale="sv-SE"))
                browser.close()
        finally:
            server.should_exit = True
            thread.join()
            desk.database.close()


def _take(page: Page) -> None:
    page.goto("/dokument")
    while page.locator("[data-jobs]").count():
        sleep(0.5)
        page.reload()
    page.goto("/granska/nasta?standing=open")
    for key in DECIDED:
        with page.expect_navigation():
            page.keyboard.press(key)
    page.goto("/granska/nasta?kind=declared_vs_comment")
    page.locator(".sheet rect").first.wait_for()
    _save(page, "granskning.png")
    page.set_viewport_size({**SIZE, "height": TALL})
    page.goto("/")
    _save(page, "oversikt.png")


def _save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.locator(".who > span").evaluate("one => { one.textContent = 'Granskare'; }")
    page.screenshot(path=DOCS / name, animations="disabled")


if __name__ == "__main__":
    main()
