"""Reading on a Dask cluster: the same answers as at home, and what dies there costs no more than itself."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, LocalCluster

from ljuskoll.nlp.errors import LjuskollError, SourceGoneError, UsageError
from ljuskoll.service import cluster, cluster_worker
from ljuskoll.service.cluster import work_on_cluster
from ljuskoll.service.cluster_worker import VERSIONS
from ljuskoll.service.processes import Outcome, OwnProcess, packed, unpacked
from ljuskoll.service.workers import Breach, Limits, work_apart
from misbehaving import behave

pytestmark = pytest.mark.processes

ROOMY = Limits(seconds=60, megabytes=3000)
BESIDE = str(Path(__file__).parent)


def given_up(task: str, breach: Breach) -> str:
    return f"{task} {breach}"


def answers(address: str, tasks: list[str], limits: Limits = ROOMY, **options: Any) -> list[str]:
    return sorted(work_on_cluster(behave, tasks, address, limits, given_up, **options))


@contextmanager
def local(**scheduler: Any) -> Iterator[str]:
    """The address of a cluster of two workers, which import `misbehaving` wherever pytest was started."""
    free_port = {"dashboard_address": ":0"}  # another cluster may have the usual one
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BESIDE)
        with LocalCluster(n_workers=2, threads_per_worker=1, scheduler_kwargs=free_port | scheduler) as made:
            yield made.scheduler_address


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with local() as found:
        yield found


def test_the_answers_are_those_of_processes_at_home(address: str, tmp_path: Path) -> None:
    marks = [tmp_path / "here", tmp_path / "there"]
    tasks = [f"say:a{number}" for number in range(50)] + ["die:"]
    here, there = ([*tasks, f"stumble:{mark}"] for mark in marks)
    at_home = work_apart(behave, here, 2, ROOMY, given_up)
    assert _without_pids(answers(address, there)) == _without_pids(at_home)
    assert all(mark.exists() for mark in marks)


def _without_pids(found: Any) -> list[str]:
    return sorted(answer.rstrip("0123456789") if "again" in answer else answer for answer in found)


def test_work_is_done_in_processes_that_are_kept(address: str) -> None:
    with Client(address, set_as_default=False) as client:
        workers = set(client.run(os.getpid).values())
    pids = set(answers(address, [f"where:{number}" for number in range(20)]))
    assert 1 <= len(pids) <= 2
    assert not {str(pid) for pid in workers} & pids


@pytest.mark.parametrize(
    ("bad", "limits", "breach"),
    [("hang:", Limits(seconds=1), "time"), ("grow:", Limits(megabytes=400), "memory"), ("die:", ROOMY, "crash")],
)
def test_one_bad_task_is_named_and_the_others_are_done(address: str, bad: str, limits: Limits, breach: Breach) -> None:
    assert answers(address, ["say:a", bad, "say:b"], limits) == sorted(["A", "B", f"{bad} {breach}"])


def test_what_ends_more_than_one_file_is_raised_here(address: str) -> None:
    with pytest.raises(SourceGoneError, match="Mappen är borta"):
        answers(address, ["say:a", "give up:Mappen är borta", "hang:"])


def test_a_process_whose_run_ends_as_its_answer_comes_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = cluster_worker._Pool()

    class EndedLate(OwnProcess):
        def ask(self, message: bytes, limits: Limits) -> Outcome:
            outcome = super().ask(message, limits)
            pool.end("first")
            return outcome

    def ask(run: str) -> Outcome:
        return pool.ask(run, behave.__module__, packed(behave, "say:a"), ROOMY, False)

    monkeypatch.setattr(cluster_worker, "OwnProcess", EndedLate)
    assert unpacked(ask("first")) == "A"
    assert unpacked(ask("second")) == "A"
    assert ask("first") == "crash"
    pool.end("second")


def test_tasks_are_taken_as_they_are_needed_and_heard_of_when_they_are_begun(address: str) -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for number in range(200):
            taken += 1
            yield f"say:{number}"

    begun: list[str] = []
    working = work_on_cluster(behave, tasks(), address, ROOMY, given_up, begun=begun.append)
    assert taken == 0
    for answered, _ in enumerate(working, start=1):
        assert taken <= answered + 2 * cluster.IN_HAND
    assert taken == 200
    assert len(begun) == len(set(begun))
    assert set(begun) <= {f"say:{number}" for number in range(200)}


def test_only_what_is_being_done_has_begun_and_there_are_ticks_meanwhile(address: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    begun: list[str] = []
    counts: list[int] = []

    def tick() -> None:
        counts.append(len(begun))
        if counts.count(2) == 10:
            mark.unlink(missing_ok=True)

    tasks = [f"hold:{mark}"] * 4
    for _ in work_on_cluster(behave, tasks, address, ROOMY, given_up, begun=begun.append, tick=tick):
        assert not mark.exists()
    assert counts.count(2) >= 10
    assert len(begun) == 4


def test_a_task_may_hold_a_large_file(address: str) -> None:
    assert answers(address, ["say:" + "a" * 20_000_000]) == ["A" * 20_000_000]


def test_a_worker_that_dies_loses_nothing(address: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    begun: list[str] = []

    def tick() -> None:
        if len(begun) == 2 and mark.exists():
            with Client(address, set_as_default=False) as client:
                psutil.Process(min(client.run(os.getpid).values())).kill()
            mark.unlink()

    tasks = [f"hold:{mark}"] * 2 + [f"say:{number}" for number in range(20)]
    found = answers(address, tasks, begun=begun.append, tick=tick)
    assert found == sorted([str(mark).upper()] * 2 + [str(number) for number in range(20)])
    assert not mark.exists()


def test_a_task_that_kills_its_workers_is_given_up_alone() -> None:
    with local(allowed_failures=0) as address:
        assert answers(address, ["say:a", "murder:", "say:b", "say:c"]) == ["A", "B", "C", "murder: crash"]


def test_processes_end_when_the_answers_are_no_longer_wanted(address: str) -> None:
    working = work_on_cluster(behave, ["where:1", "hang:", "hang:", "hang:"], address, ROOMY, given_up)
    process = psutil.Process(int(next(working)))
    working.close()
    process.wait(10)
    assert answers(address, ["say:a", "say:b"]) == ["A", "B"]


def test_work_ends_once_it_is_over(address: str) -> None:
    given: list[str] = []
    for answer in work_on_cluster(behave, ["say:a", "hang:"], address, ROOMY, given_up, is_over=lambda: bool(given)):
        given.append(answer)
    assert given == ["A"]


@pytest.mark.parametrize("wrong", ["", "server", "tcp://", "http://server:80", "tcp://server:port"])
def test_what_is_no_address_is_said_at_once(wrong: str) -> None:
    with pytest.raises(UsageError, match=f"Dask-klustret {wrong} svarar inte"):
        answers(wrong, ["say:a"])


def test_where_there_is_no_cluster_nobody_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    with pytest.raises(UsageError, match=r"Dask-klustret tcp://127\.0\.0\.1:1 svarar inte"):
        answers("tcp://127.0.0.1:1", ["say:a"])


@contextmanager
def program(name: str, *arguments: str | Path, path: str = BESIDE) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask's, which is killed in the end."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *map(str, arguments), "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a scheduler without workers, and its process."""
    file = folder / "scheduler.json"
    with program("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file) as process:
        while not file.exists() or not file.read_text(encoding="utf-8").endswith("}"):
            time.sleep(0.05)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], process


def worker(address: str, path: str = BESIDE) -> Any:
    """A worker that joins the cluster, with what it imports first."""
    return program("worker", address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", path=path)


def wait_for_workers(address: str, count: int) -> None:
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def test_a_scheduler_that_is_lost_ends_the_run_at_once(tmp_path: Path) -> None:
    with scheduler(tmp_path) as (address, process), worker(address):
        working = work_on_cluster(behave, ["say:a", "hang:"], address, ROOMY, given_up)
        assert next(working) == "A"
        process.kill()
        started = time.monotonic()
        with pytest.raises(LjuskollError, match=f"Förbindelsen med Dask-klustret {address} bröts"):
            next(working)
        assert time.monotonic() - started < 10


def test_a_cluster_without_workers_is_not_waited_for_endlessly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "DESERTED", 2)
    with scheduler(tmp_path) as (address, _), pytest.raises(LjuskollError, match=f"{address} har inga arbetare"):
        answers(address, ["say:a"])


def test_a_cluster_that_loses_its_last_worker_is_not_waited_for_endlessly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "DESERTED", 2)
    with scheduler(tmp_path) as (address, _), worker(address) as process:
        working = work_on_cluster(behave, ["say:a", "hang:"], address, ROOMY, given_up)
        assert next(working) == "A"
        process.kill()
        with pytest.raises(LjuskollError, match="har inga arbetare"):
            next(working)


def other_version(folder: Path) -> str:
    """What a worker is to import first, for ljuskoll to be another version there."""
    made = folder / "other" / "ljuskoll-99.0.dist-info"
    made.mkdir(parents=True)
    (made / "METADATA").write_text("Metadata-Version: 2.1\nName: ljuskoll\nVersion: 99.0\n", encoding="utf-8")
    return os.pathsep.join([str(made.parent), BESIDE])


def no_ljuskoll(folder: Path) -> str:
    """What a worker is to import first, for ljuskoll to be missing there."""
    made = folder / "without" / "ljuskoll"
    made.mkdir(parents=True)
    (made / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'ljuskoll'\")", encoding="utf-8")
    return os.pathsep.join([str(made.parent), BESIDE])


@pytest.mark.parametrize(
    ("shadow", "said"),
    [
        (other_version, f"har ljuskoll 99.0 .*, men här körs {re.escape(VERSIONS)}"),
        (no_ljuskoll, r"kan inte ladda ljuskoll .*Installera ljuskoll\[cluster\]"),
    ],
)
def test_a_worker_with_another_ljuskoll_is_named(shadow: Any, said: str, tmp_path: Path) -> None:
    with scheduler(tmp_path) as (address, _), worker(address), worker(address, shadow(tmp_path)):
        wait_for_workers(address, 2)
        with pytest.raises(UsageError, match=f"Arbetaren tcp://127.0.0.1:[0-9]+ i Dask-klustret {said}"):
            answers(address, ["say:a"])


@pytest.mark.parametrize("shadow", [other_version, no_ljuskoll])
def test_a_worker_with_another_ljuskoll_that_joins_later_is_named(shadow: Any, tmp_path: Path) -> None:
    with scheduler(tmp_path) as (address, _), worker(address):

        def tasks() -> Iterator[str]:
            yield "say:a"
            with worker(address, shadow(tmp_path)):
                wait_for_workers(address, 2)
                yield from [f"say:{number}" for number in range(500)]

        working = work_on_cluster(behave, tasks(), address, ROOMY, given_up)
        with pytest.raises(UsageError, match=r"Arbetaren tcp://127.0.0.1:[0-9]+ i Dask-klustret (har|kan inte)"):
            list(working)


def test_workers_that_join_later_take_part(tmp_path: Path) -> None:
    seen: set[str] = set()
    with scheduler(tmp_path) as (address, _), worker(address):

        def tasks() -> Iterator[str]:
            yield "where:0"
            with worker(address):
                for number in range(1, 3000):
                    if len(seen) < 2:
                        time.sleep(0.01)
                        yield f"where:{number}"

        for answer in work_on_cluster(behave, tasks(), address, ROOMY, given_up):
            seen.add(answer)
        assert len(seen) == 2
