"""How the time of some work grows with the length of what it works on, in one run: a ratio, whatever the machine.

For regular expressions, whose steps are no calls that could be counted.
"""

import time
from collections.abc import Callable

ROUNDS = 3
TIMES = 8
"""How many times longer the longer one is: a time that grows with the square grows 64 times."""

AT_MOST = 24
"""Beyond this a time does not grow with the length alone; below it noise may have its share."""


def growth(work: Callable[[str], object], piece: str, length: int = 25_000) -> float:
    """How many times longer a text takes that is eight times as long: processor time, the least of some rounds."""
    short = piece * (length // len(piece))
    return _time(work, short * TIMES) / _time(work, short)


def _time(work: Callable[[str], object], text: str) -> float:
    return min(_once(work, text) for _ in range(ROUNDS))


def _once(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
