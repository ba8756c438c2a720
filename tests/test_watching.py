"""What is shown of an import while it goes on, on a clock of the test's own."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from ljuskoll.service.pace import Pace
from ljuskoll.service.record import DocumentRecord, Problem
from ljuskoll.service.watching import Display, Log, Watcher, watch


class Clock:
    """Seconds, which pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float, tick: Callable[[], None] = lambda: None) -> None:
        for _ in range(round(seconds * 5)):
            self.now += 0.2
            tick()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def console() -> Console:
    """One without a terminal, as the command line makes it."""
    return Console(file=io.StringIO(), highlight=False, markup=False, soft_wrap=True, width=200)


def written(console: Console) -> list[str]:
    """The lines so far, with plain spaces."""
    file: Any = console.file
    return str(file.getvalue()).replace("\u00a0", " ").splitlines()


def document(path: str, *problems: Problem) -> DocumentRecord:
    return DocumentRecord(path=path, sha256=None, status="unreadable" if problems else "ok", errors=problems)


DAMAGED = Problem(component="pdf", message="Filen är skadad.")
ON_PAGE = Problem(component="pdf", page=3, message="Sidan [kan] inte läsas.")


def test_the_one_that_shows_nothing_hears_all() -> None:
    with Watcher() as watcher:
        tell(watcher)


def tell(watcher: Watcher) -> None:
    watcher.stage("hashing", None)
    watcher.planned(2, 1)
    watcher.known(document("before.pdf"))
    watcher.begun("a.pdf")
    watcher.tick()
    watcher.read(document("a.pdf", DAMAGED))
    watcher.stage("checking", 3)
    watcher.step()


def test_each_stage_has_its_word(console: Console, clock: Clock) -> None:
    for name in ("hashing", "assembling", "checking", "writing"):
        with Log(console, clock) as log:
            log.stage(name, None)
            clock.pass_(31, log.tick)
    assert [line.split(":")[0] for line in written(console)[::2]] == [
        "Går igenom filerna",
        "Sammanställer",
        "Kontrollerar",
        "Skriver",
    ]


@pytest.mark.parametrize("kind", [Log, Display])
def test_each_problem_is_a_line_with_file_and_page(kind: type[Log | Display], console: Console, clock: Clock) -> None:
    with kind(console, clock) as watcher:
        watcher.planned(3, 1)
        watcher.known(document("old.pdf", DAMAGED))
        watcher.read(document("new.pdf", DAMAGED, ON_PAGE))
        watcher.read(document("good.pdf"))
    assert [line for line in written(console) if line.strip()] == [
        "old.pdf: Filen är skadad.",
        "new.pdf: Filen är skadad.",
        "new.pdf, sida 3: Sidan [kan] inte läsas.",
    ]


def test_a_short_import_has_no_line_in_the_log(console: Console, clock: Clock) -> None:
    with Log(console, clock) as log:
        log.planned(2, 0)
        log.begun("a.pdf")
        clock.pass_(28, log.tick)
        log.read(document("a.pdf"))
        log.stage("checking", 3)
        clock.pass_(28, log.tick)
    assert written(console) == []


def test_the_log_says_now_and_then_how_far_it_has_come(console: Console, clock: Clock) -> None:
    log = Log(console, clock)
    log.planned(10_000, 775)
    for number in range(426):
        log.begun(f"{number}.pdf")
        log.read(document(f"{number}.pdf"))
        clock.pass_(0.2 if number % 3 else 0, log.tick)
    assert written(console) == ["1 000 av 10 000 filer lästa (775 sedan tidigare), 7,5 filer/s, cirka 20 min kvar"]


def test_slow_files_are_named_while_nothing_is_read(console: Console, clock: Clock) -> None:
    log = Log(console, clock)
    log.planned(10, 0)
    for number in range(5):
        log.begun(f"2021/T{number}.pdf")
        clock.pass_(2, log.tick)
    clock.pass_(15, log.tick)
    log.begun("2022/new.pdf")
    clock.pass_(35, log.tick)
    assert written(console) == [
        "0 av 10 filer lästa; längst just nu: 2021/T0.pdf (30 s), 2021/T1.pdf (28 s), 2021/T2.pdf (26 s)",
        "0 av 10 filer lästa; längst just nu: 2021/T0.pdf (60 s), 2021/T1.pdf (58 s), 2021/T2.pdf (56 s)",
    ]


def test_the_end_of_reading_names_the_slowest_files(console: Console, clock: Clock) -> None:
    with Log(console, clock) as log:
        log.planned(8, 0)
        for seconds in (9, 11, 15, 12, 200, 14, 13, 1):
            log.begun(f"{seconds}.pdf")
            clock.pass_(seconds)
            log.read(document(f"{seconds}.pdf", *([DAMAGED] if seconds == 9 else [])))
        log.stage("checking", 290)
        clock.pass_(100)
    assert written(console)[-3:] == [
        "8 av 8 filer lästa (1 gick inte att läsa) på 5 min, 1,7 filer/min.",
        "Tog längst tid: 200.pdf (3 min), 15.pdf (15 s), 14.pdf (14 s), 13.pdf (13 s), 12.pdf (12 s).",
        "Kontrollerar: klart på 2 min.",
    ]


def test_an_import_that_is_broken_off_is_not_said_to_be_done(console: Console, clock: Clock) -> None:
    with pytest.raises(KeyboardInterrupt), Log(console, clock) as log:
        log.stage("checking", 290)
        clock.pass_(100)
        raise KeyboardInterrupt
    assert written(console) == []


def test_a_file_that_is_tried_again_is_slow_only_from_then_on(console: Console, clock: Clock) -> None:
    log = Log(console, clock)
    log.planned(10, 0)
    log.begun("a.pdf")
    clock.pass_(25, log.tick)
    log.begun("a.pdf")
    clock.pass_(6, log.tick)
    assert written(console) == ["0 av 10 filer lästa"]


def shown(display: Display) -> list[str]:
    """What the display draws, line by line, with single plain spaces and without its bar."""
    console = Console(file=io.StringIO(), width=200)
    console.print(display.shown())
    return [
        " ".join(line.replace("\u00a0", " ").replace("━", "").replace("╺", "").split()) for line in written(console)
    ]


def test_the_display_shows_bar_pace_and_slow_files(console: Console, clock: Clock) -> None:
    display = Display(console, clock)
    assert shown(display) == []
    display.planned(1000, 100)
    assert shown(display) == ["Läser 100 av 1 000 filer lästa", "100 sedan tidigare"]
    display.begun("2021/T1 [bilaga].pdf")
    for number in range(100):
        clock.pass_(0.4)
        display.read(document(f"{number}.pdf", *([DAMAGED] if number < 4 else [])))
    assert shown(display) == [
        "Läser 200 av 1 000 filer lästa · 2,5 filer/s · cirka 5 min kvar",
        "100 sedan tidigare · 4 gick inte att läsa",
        "2021/T1 [bilaga].pdf (40 s)",
    ]
    display.read(document("2021/T1 [bilaga].pdf"))
    display.stage("writing", None)
    clock.pass_(3)
    assert shown(display) == ["Skriver 3 s"]


def test_the_display_is_drawn_on_a_terminal_and_wiped_away() -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True, markup=False, highlight=False, width=120)
    with watch(terminal) as watcher:
        assert isinstance(watcher, Display)
        tell(watcher)
    output = "\n".join(written(terminal))
    assert "Kontrollerar" in output
    assert "a.pdf: Filen är skadad." in output
    assert output.rstrip().endswith("\x1b[2K")  # the last that is written wipes its line


def test_without_a_terminal_there_is_a_log(console: Console) -> None:
    assert isinstance(watch(console), Log)


@pytest.mark.parametrize(
    ("pauses", "rate", "left"),
    [
        ([1.0] * 200, 1.0, 800),
        ([1.0] * 200 + [0.1] * 700, 10.0, 10),  # the pace of late, not of all
        ([1.0] * 10 + [99.0], 0.1, 9890),  # not of a single file that held everything up
        ([], None, None),
    ],
)
def test_the_pace_is_that_of_late(clock: Clock, pauses: list[float], rate: float | None, left: float | None) -> None:
    pace = Pace(clock, "reading", 1000)
    for pause in pauses:
        clock.now += pause
        pace.step()
    assert pace.rate == (None if rate is None else pytest.approx(rate, rel=0.05))
    assert pace.left == (None if left is None else pytest.approx(left, rel=0.05))


def test_what_is_kept_of_a_long_run_is_little(clock: Clock) -> None:
    pace = Pace(clock, "reading", 100_000)
    for _ in range(100_000):
        clock.now += 0.02
        pace.step()
    assert len(pace._samples) < 70
