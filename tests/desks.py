"""What the tests of the review share: a desk, documents sent in, and waiting until all has been read."""

import io
import time
from pathlib import Path

from ljuskoll.models.judging import Judging
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.receiving import send_in
from ljuskoll.service.store.access import User
from ljuskoll.service.store.documents import Received, Said
from ljuskoll.service.store.jobs import progress

REVIEWER = User("Kim", "review")
ARCHIVE = Path(__file__).parents[1] / "corpora" / "example" / "archive"
PATIENCE = 240.0
"""Seconds."""


def new_desk(folder: Path) -> Desk:
    """An empty desk with the fast judge."""
    return open_desk(folder, judging=Judging(fast=True))


def send(desk: Desk, name: str, content: bytes, said: Said = Said()) -> Received:  # noqa: B008
    return send_in(desk, REVIEWER, name, io.BytesIO(content), said)


def settle(desk: Desk) -> None:
    """Wait until nothing is left to read or check."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with desk.database.reading() as session:
            now = progress(session)
        if not (now.waiting or now.working or now.checking):
            return
        time.sleep(0.05)
    raise AssertionError(f"still busy after {PATIENCE} seconds: {now}")
