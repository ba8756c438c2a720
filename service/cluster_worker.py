"""What a Dask worker does for `service/cluster.py`: each of its threads has files read by a process of its own."""

import platform
from collections import deque
from collections.abc import Callable
from importlib.metadata import version
from threading import Lock

from distributed import get_worker

from ljuskoll.nlp.errors import LjuskollError, UsageError
from ljuskoll.service.fingerprint import reader_fingerprint
from ljuskoll.service.processes import DiedAtStartError, Limits, Outcome, OwnProcess

VERSIONS = (
    f"ljuskoll {version('ljuskoll')} ({reader_fingerprint()[:8]})"
    f" på Python {'.'.join(platform.python_version_tuple()[:2])}"
)


class Call:
    """A call of `carry_out` that is made where its pickle is loaded: by a worker, for the scheduler only has the bytes.

    So the scheduler needs no ljuskoll, and a worker imports it in the thread that works for the task.
    """

    def __init__(self, *arguments: object) -> None:
        self._arguments = arguments

    def __reduce__(self) -> tuple[Callable[..., Outcome], tuple[object, ...]]:
        return carry_out, self._arguments


def versions() -> str:
    """What a worker runs."""
    return VERSIONS


def compare(ours: str, theirs: str, address: str) -> None:
    """Raises UsageError where the worker at an address has other versions than we have."""
    if ours != theirs:
        raise UsageError(
            f"Arbetaren {address} i Dask-klustret har {theirs}, men här körs {ours}. Installera samma version där."
        )


def carry_out(
    expected: str, run: str, number: int, module: str, message: bytes, limits: Limits, is_second: bool
) -> Outcome:
    """A worker's part: have a piece of work (`packed`) of a run done by a process of its own."""
    worker = get_worker()
    compare(expected, VERSIONS, worker.address)
    worker.log_event(run, number)
    try:
        return _pool.ask(run, module, message, limits, is_second)
    except DiedAtStartError as error:
        raise LjuskollError(f"Arbetaren {worker.address} i Dask-klustret kan inte starta läsprocesser.") from error


def end_processes(run: str) -> None:
    """A worker's part: end the processes that work for a run, and those that wait for the next task."""
    _pool.end(run)


class _Pool:
    """The processes of a worker: each of its threads takes one for a task and gives it back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[OwnProcess] = []
        self._busy: dict[OwnProcess, str] = {}
        self._ended: deque[str] = deque(maxlen=100)

    def ask(self, run: str, module: str, message: bytes, limits: Limits, is_second: bool) -> Outcome:
        """A second try is made by a fresh process. Raises DiedAtStartError."""
        process = self._taken(run, module, is_second)
        if process is None:
            return "crash"
        is_good = False
        try:
            outcome = process.ask(message, limits)
            is_good = isinstance(outcome, bytes) and not process.is_worn(limits)
        finally:
            self._give_back(process, is_good)
        return outcome

    def end(self, run: str) -> None:
        """End the processes that work for a run, and those that have nothing to do."""
        with self._lock:
            self._ended.append(run)
            idle, self._idle = self._idle, []
            for process, worked_for in self._busy.items():
                if worked_for == run:
                    process.kill()
        for process in idle:
            process.stop()

    def _taken(self, run: str, module: str, is_fresh: bool) -> OwnProcess | None:
        """None where the run has ended: the task was on its way to a thread of ours."""
        with self._lock:
            if run in self._ended:
                return None
            process = OwnProcess(module) if is_fresh or not self._idle else self._idle.pop()
            self._busy[process] = run
        return process

    def _give_back(self, process: OwnProcess, is_good: bool) -> None:
        with self._lock:
            is_good &= self._busy.pop(process) not in self._ended  # it may be killed already, its answer read
            if is_good:
                self._idle.append(process)
        if not is_good:
            process.stop()


_pool = _Pool()
