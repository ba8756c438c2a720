"""Reading in processes of their own: limits, crashes, and that nothing else suffers."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TypeAlias

import psutil
import pytest

from ljuskoll.service import workers
from ljuskoll.service.pipeline import Options, run_import
from ljuskoll.service.workers import Breach, Limits, work_apart

Answers: TypeAlias = Callable[..., list[str]]
ROOMY = Limits(seconds=60, megabytes=3000)


def given_up(task: str, breach: Breach) -> str:
    return f"{task} {breach}"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The sorted answers to tasks; the processes import `misbehaving` by its name, wherever pytest was started."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    behave = import_module("misbehaving").behave

    def answer(tasks: list[str], count: int = 2, limits: Limits = ROOMY) -> list[str]:
        return sorted(work_apart(behave, tasks, count, limits, given_up))

    return answer


def test_every_task_is_answered_once(answers: Answers) -> None:
    tasks = [f"say:a{number}" for number in range(25)]
    assert answers(tasks) == sorted(f"A{number}" for number in range(25))


def test_no_tasks_start_no_process(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_start", lambda work: pytest.fail("a process was started"))
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


def test_work_ends_once_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    behave = import_module("misbehaving").behave
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
