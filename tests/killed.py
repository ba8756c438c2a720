"""The program that test_kill.py kills: it takes in documents, reads them and records decisions, and notes each that
was kept in a file of its own, as someone would who was told so.

    python killed.py FOLDER NOTES MARKER
"""

import io
import json
import os
import sys
import time
from itertools import cycle
from pathlib import Path
from threading import Thread

from ljuskoll.models.judging import Judging
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.review.receiving import send_in
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.decisions import Decision, decide
from ljuskoll.service.store.documents import Said
from ljuskoll.service.store.findings import FindingFilter, list_findings

DOCUMENTS = 24
TEXT = Path(__file__).parent / "documents" / "a01.txt"
REVIEWER = User("Kim", "review")


def document(number: int) -> bytes:
    """One of the documents that are sent; they differ by a word."""
    return TEXT.read_bytes() + f"\n\nBilaga {number}\n".encode()


def note(path: Path, said: dict[str, str]) -> None:
    """Write down what was kept, to stay."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted(path: Path, name: str) -> list[dict[str, str]]:
    """What was written down; a last line that was cut off is none."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    return [said for line in lines if name in (said := json.loads(line))]


def send_all(desk: Desk, notes: Path) -> None:
    """Send what nobody has said was kept; the last that was kept is sent again, as if the answer had been lost."""
    for number in range(max(0, len(noted(notes, "document")) - 1), DOCUMENTS):
        received = send_in(desk, REVIEWER, f"{number}.txt", io.BytesIO(document(number)), Said())
        if number >= len(noted(notes, "document")):
            note(notes, {"document": received.sha256})
        time.sleep(0.3)


def decide_all(desk: Desk, notes: Path) -> None:
    """Decide about one finding after the other, over and over; the last that was kept is sent again, too."""
    count = max(0, len(noted(notes, "key")) - 1)
    for verdict in cycle(("agree", "disagree", "fault", "skip")):
        with desk.database.writing() as session:
            findings = list_findings(session, SYSTEM, FindingFilter(), limit=500).items
            finding = findings[count % len(findings)]
            row = decide(session, REVIEWER, finding, Decision(verdict=verdict, key=f"k{count}"))
        if count >= len(noted(notes, "key")):
            note(notes, {"key": f"k{count}", "finding": row.finding, "verdict": row.verdict})
        count += 1
        time.sleep(0.02)


def main(folder: Path, notes: Path, marker: Path) -> None:
    """Work until killed."""
    desk = open_desk(folder, judging=Judging(fast=True))
    Reader(desk, workers=2).start()
    Thread(target=send_all, args=(desk, notes.with_suffix(".documents")), daemon=True).start()
    marker.touch()
    decide_all(desk, notes.with_suffix(".decisions"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
