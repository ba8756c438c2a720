"""People at work with a service that is killed under their hands: what was not answered they send again."""

import io
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

import httpx

from desks import ARCHIVE
from serving import client

PACE = 0.1
"""Seconds between two pieces of a file on its way, and between two pieces of anyone's work."""
PIECE = 512
"""Bytes."""
FILES = sorted(path for path in ARCHIVE.rglob("*") if path.suffix in {".pdf", ".html", ".txt"})
_MORE = {".pdf": "\n% {}\n", ".html": "\n<!-- {} -->\n", ".txt": "\n\nBilaga {}\n"}
_VERDICTS = ("agree", "disagree", "fault", "skip")


@dataclass
class Worker:
    """Someone with a token who does one piece of work after the other, with what the service said to each.

    `step` does the piece of a number on a subject (what it is about) and returns the answer; None: it cannot be done.
    `cut` counts the pieces that the service died over.
    """

    token: str
    step: Callable[[httpx.Client, int, str], object]
    subjects: str | None = None
    told: list[object] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    cut: int = 0

    def work(self, address: str) -> None:
        """Work until the service dies. What was answered last is sent again, as if the answer had been lost."""
        with suppress(httpx.TransportError), client(address, self.token) as http:
            for number in range(max(0, len(self.told) - 1), len(self.told)):
                assert self._done(http, number) in (self.told[number], None)
            for number in count(len(self.told)):
                self.told.append(self._done(http, number))
                time.sleep(PACE)

    def finish(self, address: str) -> None:
        """Send what was not answered."""
        with client(address, self.token) as http:
            self.told.append(self._done(http, len(self.told)))

    def _done(self, http: httpx.Client, number: int) -> object:
        if number == len(self.chosen):
            self.chosen.append(self._subject(http, number))
        try:
            return self.step(http, number, self.chosen[number])
        except httpx.TransportError:
            self.cut += 1
            raise

    def _subject(self, http: httpx.Client, number: int) -> str:
        if self.subjects is None:
            return ""
        items = http.get(self.subjects, params={"limit": 40}).raise_for_status().json()["items"]
        return str(items[number % len(items)]["id"])


class Slow(io.BytesIO):
    """A file on a slow way."""

    def read(self, size: int | None = -1) -> bytes:
        time.sleep(PACE)
        return super().read(PIECE if size is None or size < 0 else min(size, PIECE))


def content(number: int) -> bytes:
    """One of the documents that are sent; those of one file are read to the same records."""
    file = FILES[number % len(FILES)]
    return file.read_bytes() + _MORE[file.suffix].format(number).encode()


def upload(http: httpx.Client, number: int, _subject: str) -> object:
    """A document sent slowly."""
    body = content(number)
    name = f"{number}{FILES[number % len(FILES)].suffix}"
    taken = http.post("/documents", files={"file": (name, Slow(body))}).raise_for_status().json()
    assert taken["document"] == sha256(body).hexdigest()
    return taken["document"]


def decide(http: httpx.Client, number: int, finding: str) -> object:
    """A decision about a finding; each seventh time the latest is taken back instead."""
    if number % 7 == 6:
        return _number(http.post("/decisions/undo", json={"key": key(number)}))
    decision = {"verdict": _VERDICTS[number % len(_VERDICTS)], "key": key(number)}
    return _number(http.post(f"/findings/{finding}/decisions", json=decision))


def correct(http: httpx.Client, number: int, record: str) -> object:
    """A goal corrected to one that no other correction names."""
    http.post("/corrections", json={"record": record, "changes": {"goal": goal(number)}}).raise_for_status()
    return record


def key(number: int) -> str:
    """The mark of a decision."""
    return f"beslut-{number}"


def goal(number: int) -> str:
    """The goal that a correction puts in."""
    return f"Rättat mål {number}"


def _number(answer: httpx.Response) -> int | None:
    """The decision's; None where its finding is no longer made."""
    if answer.status_code == 404:
        return None
    made: dict[str, Any] = answer.raise_for_status().json()
    return int(made["id"])
