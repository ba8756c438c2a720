"""Reading in processes of their own: a file that hangs, crashes or eats memory ends, named, and the rest goes on."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from time import monotonic
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import psutil

Task = TypeVar("Task")
Answer = TypeVar("Answer")

Breach: TypeAlias = Literal["time", "memory", "crash"]

TICK = 0.2
"""Seconds between two looks at the processes."""
MEGABYTE = 1024 * 1024
_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_OURS = __name__.partition(".")[0] + "."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and megabytes of memory of its process with all that it starts."""

    seconds: float = 300.0
    megabytes: int = 3000


@dataclass(slots=True)
class _Worker(Generic[Task]):
    """A process with the task that it has in hand since `started` (monotonic seconds)."""

    process: Any
    pipe: Connection
    task: Task | None = None
    number: int = -1
    started: float = field(default_factory=monotonic)
    is_ready: bool = False
    is_gone: bool = False


class _DiedAtStartError(RuntimeError):
    """A reading process could not even start: a fault of the installation, not of a file."""


def work_apart(
    work: Callable[[Task], Answer],
    tasks: Sequence[Task],
    count: int,
    limits: Limits,
    given_up: Callable[[Task, Breach], Answer],
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[Answer]:
    """The answers as they come, from `count` processes; where a task breaks a limit or its process, `given_up`'s.

    `work` is a function of a module (it is imported in the process). Processes that were given up are replaced.
    Ends, whatever is left to do, once `is_over` says so.
    """
    waiting = list(enumerate(tasks))[::-1]
    workers: list[_Worker[Task]] = []
    left = len(waiting)
    try:
        while left and not is_over():
            workers += [_start(work) for _ in range(min(count, left) - len(workers))]
            for worker in _spoken(workers):
                answer = _hear(worker)
                if answer is not _NOTHING:
                    left -= 1
                    yield answer
                if waiting and worker.is_ready and worker.task is None:
                    worker.number, worker.task = waiting.pop()
                    worker.started = monotonic()
                    with suppress(OSError):
                        worker.pipe.send(worker.task)
            for worker, breach in _broken(workers, limits):
                _stop(worker)
                workers.remove(worker)
                if worker.task is not None:
                    left -= 1
                    yield given_up(worker.task, breach)
    finally:
        for worker in workers:
            _stop(worker)


_NOTHING: Any = object()
_preload: list[str] = []
"""What the process that others are forked from imports; where nothing is named, the module of its first work."""


def warm_up() -> None:
    """Have what is imported here ready in processes to come, so that each starts at once; before the first of them."""
    if _METHOD == "forkserver":
        _preload[:] = [name for name in sys.modules if name.startswith(_OURS)]
        context: Any = get_context(_METHOD)
        context.set_forkserver_preload(_preload)
        Thread(target=context.Process(target=_idle, daemon=True).start, daemon=True).start()


def _idle() -> None:
    """The work of a process that is only to be the first."""


def _start(work: Callable[[Task], Answer]) -> _Worker[Task]:
    context: Any = get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(_preload or [work.__module__])
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _serve(pipe: Connection, work: Callable[[Task], Answer]) -> None:
    """The process' life: says that it is ready, then an answer for each task, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    pipe.send(None)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))


def _end_with_parent() -> None:
    """What hangs when the program is killed does not go on without it."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _spoken(workers: Sequence[_Worker[Task]]) -> list[_Worker[Task]]:
    pipes = wait([worker.pipe for worker in workers], timeout=TICK)
    return [worker for worker in workers if worker.pipe in pipes]


def _hear(worker: _Worker[Task]) -> Any:
    """The answer to the task in hand; `_NOTHING` for the first word and where the process is gone."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        worker.is_gone = True
        return _NOTHING
    if not worker.is_ready:
        worker.is_ready = True
        return _NOTHING
    worker.task = None
    return answer


def _broken(workers: Sequence[_Worker[Task]], limits: Limits) -> list[tuple[_Worker[Task], Breach]]:
    found: list[tuple[_Worker[Task], Breach]] = []
    for worker in workers:
        if worker.is_gone:
            if not worker.is_ready:
                raise _DiedAtStartError("a reading process ended before its first task")
            found.append((worker, "crash"))
        elif worker.task is not None and monotonic() - worker.started > limits.seconds:
            found.append((worker, "time"))
        elif worker.task is not None and _megabytes(worker.process.pid) > limits.megabytes:
            found.append((worker, "memory"))
    return found


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def _megabytes(pid: int) -> float:
    total = 0
    for process in _family(pid):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total / MEGABYTE


def _stop(worker: _Worker[Task]) -> None:
    for process in _family(worker.process.pid):
        with suppress(psutil.Error):
            process.kill()
    worker.process.join()
    worker.pipe.close()
