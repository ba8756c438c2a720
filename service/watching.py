"""What is shown of an import while it goes on: a bar on a terminal, else a line now and then; problems as they come."""

import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from time import monotonic
from types import TracebackType
from typing import Any, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from ljuskoll.service.pace import Files, Pace
from ljuskoll.service.record import DocumentRecord

EVERY = 30.0
"""Seconds between two lines of a log; a stage that takes less has none."""
SLOW_SHOWN = 3
"""So many of the slow files that are being read are shown."""
BAR_WIDTH = 30
READING = "reading"
_TEXT: Any = tomllib.loads((files(__package__) / "watching_text.toml").read_text(encoding="utf-8"))


class Watcher:
    """Hears how an import goes on, and shows nothing of it. Entered before the first event, left after the last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing more will be heard."""

    def planned(self, files: int, read_before: int) -> None:
        """The stage of reading begins: so many files in all, of which so many were read in an earlier run."""

    def begun(self, path: str) -> None:
        """A file has been handed to a process."""

    def read(self, document: DocumentRecord) -> None:
        """A file has been read, well or not."""

    def known(self, document: DocumentRecord) -> None:
        """One of the files that were `read_before`."""

    def stage(self, name: str, total: int | None) -> None:
        """Another stage begins (a key of `[stages]` in watching_text.toml), of so many steps where that is known."""

    def step(self) -> None:
        """A step of the stage is done."""

    def tick(self) -> None:
        """Time has passed; to be called several times a second while nothing else is heard."""


def watch(console: Console) -> Watcher:
    """What suits where the console writes to."""
    return Display(console) if console.is_terminal else Log(console)


class _Telling(Watcher):
    """Keeps count, and prints each problem as a line with file and page."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._console = console
        self._clock = clock
        self._pace: Pace | None = None
        self._files = Files(clock)
        self._unreadable = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._turn_to(None)

    def planned(self, files: int, read_before: int) -> None:
        self._turn_to(Pace(self._clock, READING, files, read_before))

    def stage(self, name: str, total: int | None) -> None:
        self._turn_to(Pace(self._clock, name, total))

    def begun(self, path: str) -> None:
        self._files.begin(path)

    def read(self, document: DocumentRecord) -> None:
        self._files.end(document.path)
        self.known(document)
        self.step()

    def known(self, document: DocumentRecord) -> None:
        self._unreadable += document.status == "unreadable"
        for problem in document.errors:
            name = "problem" if problem.page is None else "problem_on_page"
            self._say(_said(name, path=document.path, page=problem.page, message=problem.message))
        self.tick()

    def step(self) -> None:
        if self._pace is not None:
            self._pace.step()
        self.tick()

    def _turn_to(self, pace: Pace | None) -> None:
        """One stage is over, where there was one, and another one begins."""
        if self._pace is not None:
            self._ended(self._pace)
        self._pace = pace

    def _ended(self, pace: Pace) -> None:
        """Say what is worth a line when a stage is over."""
        if pace.name == READING and self._files.slowest:
            self._say(_said("slowest", files=_listed(self._files.slowest)))

    def _say(self, line: str) -> None:
        self._console.print(line)

    def _beside(self, pace: Pace) -> list[str]:
        """What else is to be said of how many files have been read."""
        if pace.name != READING:
            return []
        counts = {"before": pace.before, "unreadable": self._unreadable}
        return [_said(name, count=_number(count)) for name, count in counts.items() if count]


class Log(_Telling):
    """Plain lines: how far it has come at most every `EVERY` seconds, and what each longer stage has taken."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(console, clock)
        self._told = clock()

    def tick(self) -> None:
        """A line, where it is time for one."""
        if self._pace is not None and self._clock() - self._told >= EVERY:
            self._told = self._clock()
            self._say(self._line(self._pace))

    def _turn_to(self, pace: Pace | None) -> None:
        super()._turn_to(pace)
        self._told = self._clock()

    def _ended(self, pace: Pace) -> None:
        if pace.seconds < EVERY:
            return
        taken = _said("taken", time=_duration(pace.seconds))
        if pace.name == READING:
            self._say(", ".join([f"{self._counted(pace)} {taken}", *_rate(pace, pace.mean_rate)]) + ".")
        else:
            self._say(_staged(pace, f"{_said('done')} {taken}."))
        super()._ended(pace)

    def _counted(self, pace: Pace) -> str:
        beside = ", ".join(self._beside(pace))
        return f"{_counted(pace)} ({beside})" if beside else _counted(pace)

    def _line(self, pace: Pace) -> str:
        text = ", ".join([self._counted(pace), *_rate(pace, pace.rate), *_left(pace)])
        slow = self._files.slow_now(SLOW_SHOWN)
        text = "; ".join([text, *([_said("now", files=_listed(slow))] if slow else [])])
        return text if pace.name == READING else _staged(pace, text)


class Display(_Telling):
    """A bar on a terminal, drawn anew by a thread of rich's, with the slow files that are being read below it."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(console, clock)
        self._live = Live(get_renderable=self.shown, console=console, transient=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()
        super().__exit__(kind, error, trace)

    def shown(self) -> Group:
        """What is on the screen now."""
        pace = self._pace
        if pace is None:
            return Group()
        bar = ProgressBar(
            total=pace.total,
            completed=pace.done,
            width=BAR_WIDTH,
            pulse=pace.total is None,
            animation_time=pace.seconds,
        )
        grid = Table.grid(padding=(0, 1))
        texts = [_counted(pace), *_rate(pace, pace.rate), *_left(pace)]
        grid.add_row(_TEXT["stages"][pace.name], bar, " · ".join(texts))
        lines = [" · ".join(self._beside(pace)), *(_file(*one) for one in self._files.slow_now(SLOW_SHOWN))]
        return Group(grid, *(Text(f"  {line}", "dim", no_wrap=True, overflow="ellipsis") for line in lines if line))


def _said(name: str, /, **values: object) -> str:
    return str(_TEXT[name]).format(**values)


def _staged(pace: Pace, text: str) -> str:
    return _said("stage", name=_TEXT["stages"][pace.name], text=text)


def _counted(pace: Pace) -> str:
    if pace.total is None:
        return _duration(pace.seconds)
    name = "files" if pace.name == READING else "progress"
    return _said(name, done=_number(pace.done), total=_number(pace.total))


def _rate(pace: Pace, rate: float | None) -> list[str]:
    if pace.name != READING or rate is None:
        return []
    name, shown = ("rate", rate) if rate >= 1 else ("rate_in_minutes", 60 * rate)
    return [_said(name, rate=f"{shown:.1f}".replace(".", ","))]


def _left(pace: Pace) -> list[str]:
    return [] if not pace.left else [_said("left", time=_duration(pace.left))]


def _listed(slow: Iterable[tuple[float, str]]) -> str:
    return ", ".join(_file(*one) for one in slow)


def _file(seconds: float, path: str) -> str:
    return _said("file", path=path, time=_duration(seconds))


def _duration(seconds: float) -> str:
    if seconds < 100:
        return _said("seconds", seconds=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 100:
        return _said("minutes", minutes=minutes)
    return _said("hours", hours=minutes // 60, minutes=minutes % 60)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")
