"""How far a stage of a long run has come, how fast it goes of late and what takes long: numbers, no words."""

from collections import deque
from collections.abc import Callable
from heapq import heappush, heappushpop

WINDOW = 60.0
"""Seconds of which the recent pace is taken, ..."""
STEPS = 30
"""... or so many steps, where these took longer."""
SLOW = 10.0
"""A file that takes more than so many seconds is slow."""
NAMED = 5
"""So many of the slowest files are kept."""


class Pace:
    """Steps of a stage, `done` of `total` (None: not known), on a clock (seconds). `before` were done when it began."""

    def __init__(self, clock: Callable[[], float], name: str, total: int | None = None, before: int = 0) -> None:
        self._clock = clock
        self.name = name
        self.total = total
        self.before = before
        self.done = before
        self.began = clock()
        self._samples = deque([(self.began, before)])

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        now = self._clock()
        if now - self._samples[-1][0] >= 1:
            self._samples.append((now, self.done))
        while len(self._samples) > 1 and self._is_enough(now, *self._samples[1]):
            self._samples.popleft()

    def _is_enough(self, now: float, since: float, before: int) -> bool:
        return since <= now - WINDOW and before <= self.done - STEPS

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return self._clock() - self.began

    @property
    def rate(self) -> float | None:
        """Steps a second of late, None where there were none."""
        since, before = self._samples[0]
        passed = self._clock() - since
        return (self.done - before) / passed if self.done > before and passed > 0 else None

    @property
    def mean_rate(self) -> float | None:
        """Steps a second from the beginning, None where there were none."""
        return (self.done - self.before) / self.seconds if self.done > self.before and self.seconds > 0 else None

    @property
    def left(self) -> float | None:
        """Seconds that what is left will take at the recent pace, None where that cannot be said."""
        rate = self.rate
        return None if self.total is None or rate is None else (self.total - self.done) / rate


class Files:
    """The files that are being read, and the slowest of those that were."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun: dict[str, float] = {}
        self._slowest: list[tuple[float, str]] = []

    def begin(self, path: str) -> None:
        """A file is being read; where it is begun anew, from now on."""
        self._begun[path] = self._clock()

    def end(self, path: str) -> None:
        """A file has been read."""
        begun = self._begun.pop(path, None)
        seconds = 0.0 if begun is None else self._clock() - begun
        if seconds > SLOW:
            (heappush if len(self._slowest) < NAMED else heappushpop)(self._slowest, (seconds, path))

    def slow_now(self, count: int) -> list[tuple[float, str]]:
        """The seconds and paths of the slow ones that are being read, the slowest first."""
        now = self._clock()
        taken = [(now - begun, path) for path, begun in self._begun.copy().items()]
        return sorted((one for one in taken if one[0] >= SLOW), reverse=True)[:count]

    @property
    def slowest(self) -> list[tuple[float, str]]:
        """The seconds and paths of the slow ones that have been read, the slowest first."""
        return sorted(self._slowest, reverse=True)
