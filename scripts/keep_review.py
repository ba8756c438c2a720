"""Keeps a review as this version stores it in tests/reviews/<version>, for the tests of upgrading from it.

Run it once for each release, before the version is raised: .venv/bin/python scripts/keep_review.py
"""

import shutil
import sqlite3
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import httpx

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from desks import settle  # noqa: E402
from ljuskoll.models.judging import Judging  # noqa: E402
from ljuskoll.service.review.desk import open_desk  # noqa: E402
from serving import ARCHIVE, client, served, token_for  # noqa: E402

REPORT = """Uppföljning av nämndens uppdrag, helår 2023
Tekniska nämnden

Uppdrag: Bygg en gångbro över Kvarnån
Status: Grön
Kommentar: Bron är inte påbörjad. Upphandlingen avbröts i november och tas om först 2025.

Uppdrag: Byt ut belysningen i Parkskolan
Status: Grön
Kommentar: All belysning är utbytt och slutbesiktigad i oktober.
"""


def main() -> None:
    """Use a review as people do, and keep its store as SQL beside its originals, its import and a token."""
    kept = TESTS / "reviews" / version("ljuskoll")
    kept.mkdir(parents=True)
    shutil.copytree(ARCHIVE, kept / "arkiv")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = open_desk(folder, archive=kept / "arkiv", judging=Judging(fast=True))
        token = token_for(desk, "Eva", "administer")
        token_for(desk, "Ola", "read", "Lillådalen")
        with served(desk, workers=1) as address, client(address, token) as eva:
            eva.post("/documents", files={"file": ("broar.txt", REPORT.encode())}).raise_for_status()
            settle(desk)
            _use(eva)
            settle(desk)
        desk.database.close()
        shutil.copytree(folder / "original", kept / "original", ignore=shutil.ignore_patterns("incoming"))
        with sqlite3.connect(folder / "granskning.db") as store:
            (kept / "granskning.sql").write_text("\n".join(store.iterdump()) + "\n", encoding="utf-8", newline="\n")
    (kept / "token").write_text(token, encoding="utf-8")


def _use(eva: httpx.Client) -> None:
    findings = eva.get("/findings", params={"limit": 100}).json()["items"]
    for finding, verdict in zip(findings, ("agree", "disagree", "fault", "skip"), strict=False):
        sent = {"verdict": verdict, "light": "red" if verdict == "disagree" else None, "note": f"Om {verdict}"}
        eva.post(f"/findings/{finding['id']}/decisions", json=sent).raise_for_status()
    uploaded = next(one for one in eva.get("/documents").json()["items"] if one["name"] == "broar.txt")
    records = eva.get("/records", params={"document": uploaded["sha256"]}).json()["items"]
    own = next(one for one in findings if records[0]["id"] in one["records"])
    eva.post(f"/findings/{own['id']}/decisions", json={"verdict": "agree", "note": "Stämmer."}).raise_for_status()
    sent = {"record": records[1]["id"], "changes": {"comment": "All belysning är utbytt."}}
    eva.post("/corrections", json=sent).raise_for_status()


if __name__ == "__main__":
    main()
