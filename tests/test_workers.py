"""Reading in processes of their own: limits, crashes, and that nothing else suffers."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TypeAlias

import psutil
import pytest

from ljuskoll.nlp.errors import SourceGoneError
from ljuskoll.service import workers
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.turns import MANY, Turns
from ljuskoll.service.workers import Breach, Limits, work_apart

Answers: TypeAlias = Callable[..., list[str]]
ROOMY = Limits(seconds=60, megabytes=3000)


def given_up(task: str, breach: Breach) -> str:
    return f"{task} {breach}"


@pytest.fixture
def behave(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """The work; the processes import `misbehaving` by its name, wherever pytest was started."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    work: Callable[[str], str] = import_module("misbehaving").behave
    return work


@pytest.fixture
def answers(behave: Callable[[str], str]) -> Answers:
    """The sorted answers to tasks."""

    def answer(tasks: list[str], count: int = 2, limits: Limits = ROOMY) -> list[str]:
        return sorted(work_apart(behave, tasks, count, limits, given_up))

    return answer


def test_every_task_is_answered_once(answers: Answers) -> None:
    tasks = [f"say:a{number}" for number in range(25)]
    assert answers(tasks) == sorted(f"A{number}" for number in range(25))


def test_no_tasks_start_no_process(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "OwnProcess", lambda module: pytest.fail("a process was started"))
    assert answers([]) == []


def test_work_is_done_in_another_process_which_is_kept(answers: Answers) -> None:
    pids = set(answers(["where:1", "where:2", "where:3"], count=1))
    assert len(pids) == 1
    assert str(os.getpid()) not in pids


@pytest.mark.parametrize(
    ("bad", "limits", "breach"),
    [
        ("hang:", Limits(seconds=1, megabytes=3000), "time"),
        ("grow:", Limits(seconds=60, megabytes=400), "memory"),
        ("die:", ROOMY, "crash"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_one_bad_task_is_named_and_the_others_are_done(
    answers: Answers, bad: str, limits: Limits, breach: Breach, count: int
) -> None:
    tasks = ["say:a", bad, "say:b", "say:c"]
    assert answers(tasks, count, limits) == sorted(["A", "B", "C", f"{bad} {breach}"])


def test_a_task_whose_process_died_is_tried_once_more_last_and_in_a_fresh_process(
    behave: Callable[[str], str], tmp_path: Path
) -> None:
    begun: list[str] = []
    tasks = [f"stumble:{tmp_path / 'mark'}", "die:", "where:1", "where:2"]
    found = list(work_apart(behave, tasks, 1, ROOMY, given_up, begun=begun.append))
    assert begun == [*tasks, tasks[0], "die:"]
    first, second, third, last = found
    assert first == second
    assert third.startswith("up again in ")
    assert third.removeprefix("up again in ") != first
    assert last == "die: crash"


@pytest.mark.parametrize(("bad", "limits"), [("hang:", Limits(seconds=1)), ("grow:", Limits(megabytes=400))])
def test_a_task_that_broke_a_limit_is_not_tried_again(behave: Callable[[str], str], bad: str, limits: Limits) -> None:
    begun: list[str] = []
    assert len(list(work_apart(behave, [bad, "say:a"], 1, limits, given_up, begun=begun.append))) == 2
    assert begun == [bad, "say:a"]


def test_a_task_above_the_limit_of_time_is_given_up_even_where_it_was_answered(answers: Answers) -> None:
    assert answers(["say:a"], limits=Limits(seconds=0)) == ["say:a time"]


def test_a_process_that_has_grown_is_not_kept_lest_the_next_task_be_blamed(answers: Answers) -> None:
    room = 700  # what a process has imported depends on the tests before this one
    pids = answers([f"hoard:{room // 2}"] * 3, count=1, limits=Limits(seconds=60, megabytes=room))
    assert len(set(pids)) == 3
    pids = answers(["hoard:1"] * 3, count=1, limits=Limits(seconds=60, megabytes=room))
    assert len(set(pids)) == 1


def test_what_ends_more_than_one_file_is_raised_here(answers: Answers) -> None:
    with pytest.raises(SourceGoneError, match="Mappen är borta"):
        answers(["say:a", "give up:Mappen är borta", "hang:"])


def test_tasks_are_taken_as_they_are_needed(behave: Callable[[str], str]) -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield f"say:a{number}"

    working = work_apart(behave, tasks(), 2, ROOMY, given_up)
    assert taken == 0
    for answered in range(1, 21):
        next(working)
        assert taken <= answered + 4
    working.close()


def test_processes_end_when_the_answers_are_no_longer_wanted(behave: Callable[[str], str]) -> None:
    working = work_apart(behave, ["where:1", "hang:", "hang:"], 2, ROOMY, given_up)
    process = psutil.Process(int(next(working)))
    assert process.is_running()
    working.close()
    assert not process.is_running()


def test_there_are_ticks_while_nothing_is_answered(behave: Callable[[str], str]) -> None:
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    assert list(work_apart(behave, ["hang:"], 1, Limits(seconds=1), given_up, tick=tick)) == ["hang: time"]
    assert ticks >= 4


def test_not_even_what_crashed_is_kept_in_great_numbers() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while taken < 500:
            taken += 1
            yield taken

    turns = Turns(tasks())
    handed: Counter[int] = Counter()
    seconds = 0
    while (turn := turns.first) is not None:
        turns.take()
        handed[turn.task] += 1
        seconds += turn.is_second
        assert turns.is_kept(turn, "crash") is not turn.is_second
        assert taken - seconds <= MANY + 1
    assert handed == dict.fromkeys(range(1, 501), 2)


def test_only_bad_tasks(answers: Answers) -> None:
    assert answers(["die:1", "die:2", "die:3"]) == ["die:1 crash", "die:2 crash", "die:3 crash"]


@pytest.mark.parametrize(
    ("limits", "message"), [(Limits(seconds=0), "0 sekunder"), (Limits(megabytes=1), "1 MB minne")]
)
def test_files_above_the_limits_have_a_line_each_that_says_so(tmp_path: Path, limits: Limits, message: str) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_text(f"%PDF-1.7 {name}", encoding="utf-8")
    documents = run_import([tmp_path], tmp_path / "ut", Options(limits=limits)).result.documents
    assert [(document.path, document.status) for document in documents] == [
        ("a.pdf", "unreadable"),
        ("b.pdf", "unreadable"),
    ]
    assert all(message in problem.message for document in documents for problem in document.errors)


def test_work_ends_once_it_is_over(behave: Callable[[str], str]) -> None:
    over = Event()
    given = []
    for answer in work_apart(behave, ["say:a", "hang:", "say:b"], 1, ROOMY, given_up, over.is_set):
        given.append(answer)
        over.set()
    assert given == ["A"]


ORPHAN = """
from misbehaving import behave
from ljuskoll.service.workers import Limits, work_apart
if __name__ == "__main__":
    for answer in work_apart(behave, ["where:", "hang:"], 1, Limits(), lambda task, breach: ""):
        print(answer, flush=True)
"""


def test_what_hangs_does_not_outlive_a_killed_program(tmp_path: Path) -> None:
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    program = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert program.stdout is not None
    with program.stdout:
        reading = psutil.Process(int(program.stdout.readline()))
        assert reading.is_running()
        program.kill()
        program.wait()
    reading.wait(30)
