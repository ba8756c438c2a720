"""One process apart: it does one piece of work after the other, and is ended where a piece breaks a limit."""

import logging
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import current_process, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal, TypeAlias

import psutil

from ljuskoll.nlp.errors import LjuskollError

Breach: TypeAlias = Literal["time", "memory", "crash"]
Outcome: TypeAlias = bytes | Breach
"""The pickled answer to a piece of work, or the limit that it broke."""

TICK = 0.2
"""Seconds between two looks at a process."""
MEGABYTE = 1024 * 1024
WORN = 0.75
"""A process that still holds this share of the memory it was given for its work afterwards is not kept for the next."""
_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_OURS = __name__.partition(".")[0] + "."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and megabytes of memory of its process with all that it starts."""

    seconds: float = 300.0
    megabytes: int = 3000


class DiedAtStartError(RuntimeError):
    """A process could not even start: a fault of the installation, not of a file."""


def packed(work: Callable[[Any], Any], task: object) -> bytes:
    """The message that has a process do `work` (a function of a module, which is imported there) with a task."""
    return pickle.dumps((work, task), pickle.HIGHEST_PROTOCOL)


def unpacked(answer: bytes) -> Any:
    """What the work gave. Raises the LjuskollError that it raised, which ends more than one file."""
    given, error = pickle.loads(answer)
    if error is not None:
        raise error
    return given


class OwnProcess:
    """A process that is kept from one piece of work to the next. Where it broke a limit or died, `stop` it.

    `module` is what the process that it is forked from has imported, unless `warm_up` says otherwise. `pipe` can be
    waited for: it has something to be read when the process is ready, has an answer or is gone.
    """

    def __init__(self, module: str) -> None:
        context: Any = get_context(_METHOD)
        if _METHOD == "forkserver":
            context.set_forkserver_preload(_preload or [module])
        self.pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there,), daemon=True)
        with _children_allowed():
            self._process.start()
        there.close()
        self.is_ready = False
        self.is_used = False
        self._since: float | None = None
        self._looked = 0.0
        self._bare = self._held = 0.0

    def give(self, message: bytes) -> None:
        """Hand over a piece of work (`packed`), once the process is ready."""
        self.is_used = True
        self._since = monotonic()
        with suppress(OSError):
            self.pipe.send_bytes(message)

    def outcome(self, limits: Limits) -> Outcome | None:
        """What has become of the piece of work, None where that is still open; "crash" also where an idle one is gone.

        Raises DiedAtStartError.
        """
        try:
            while self.pipe.poll():
                answer: bytes = self.pipe.recv_bytes()
                if self.is_ready:
                    return self._judged(answer, limits)
                self.is_ready = True
                self._bare = _megabytes(_member(self._process.pid))
        except (EOFError, OSError) as error:
            if not self.is_ready:
                raise DiedAtStartError("a reading process ended before its first task") from error
            return "crash"
        return self._breach(limits)

    def ask(self, message: bytes, limits: Limits) -> Outcome:
        """Do a piece of work and wait for what becomes of it. Raises DiedAtStartError."""
        while not self.is_ready:
            wait([self.pipe])
            self.outcome(limits)
        self.give(message)
        while (outcome := self.outcome(limits)) is None:
            wait([self.pipe], TICK)
        return outcome

    def is_worn(self, limits: Limits) -> bool:
        """Whether it holds so much memory that the next file would be blamed for it."""
        return self._held - self._bare > WORN * (limits.megabytes - self._bare)

    def kill(self) -> None:
        """End it with all that it has started; whoever waits for its answer hears that it crashed."""
        for process in _family(self._process.pid):
            with suppress(psutil.Error):
                process.kill()

    def stop(self) -> None:
        """End it; nothing can be asked of it any more."""
        self.kill()
        self._process.join()
        self.pipe.close()

    def _judged(self, word: bytes, limits: Limits) -> Outcome:
        """The answer, unless it took too much: what is given up must not depend on when we happened to look."""
        self._since = None
        answer: bytes
        seconds, answer = pickle.loads(word)
        self._held = _megabytes(_member(self._process.pid))
        if seconds > limits.seconds:
            return "time"
        return "memory" if self._held > limits.megabytes else answer

    def _breach(self, limits: Limits) -> Breach | None:
        now = monotonic()
        if self._since is None or now - self._looked < TICK:
            return None
        self._looked = now
        if now - self._since > limits.seconds:
            return "time"
        return "memory" if _megabytes(_family(self._process.pid)) > limits.megabytes else None


_preload: list[str] = []
"""What the process that others are forked from imports; where nothing is named, the module of its first work."""
_starting = Lock()


def warm_up() -> None:
    """Have what is imported here ready in processes to come, so that each starts at once; before the first of them."""
    if _METHOD == "forkserver":
        _preload[:] = [name for name in sys.modules if name.startswith(_OURS)]
        context: Any = get_context(_METHOD)
        context.set_forkserver_preload(_preload)
        Thread(target=context.Process(target=_idle, daemon=True).start, daemon=True).start()


def _idle() -> None:
    """The work of a process that is only to be the first."""


@contextmanager
def _children_allowed() -> Iterator[None]:
    """A Dask worker is a daemon, which may have no children lest these outlive it; ours end with their parent."""
    me = current_process()
    with _starting:
        is_daemon, me.daemon = me.daemon, False
        try:
            yield
        finally:
            me.daemon = is_daemon


def _serve(pipe: Connection) -> None:
    """The process' life: says that it is ready, then an answer for each piece of work, until the other end is gone.

    What libraries warn of would quote the texts on standard error, where a service's log goes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    warnings.simplefilter("ignore")
    Thread(target=_end_with_parent, daemon=True).start()
    pipe.send_bytes(b"")
    with suppress(EOFError, OSError):
        while True:
            work, task = pickle.loads(pipe.recv_bytes())
            started = monotonic()
            answer = pickle.dumps(_given(work, task), pickle.HIGHEST_PROTOCOL)
            pipe.send_bytes(pickle.dumps((monotonic() - started, answer), pickle.HIGHEST_PROTOCOL))


def _given(work: Callable[[Any], Any], task: object) -> tuple[Any, LjuskollError | None]:
    try:
        return work(task), None
    except LjuskollError as error:
        return None, error


def _end_with_parent() -> None:
    """What hangs when the program is killed does not go on without it."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _member(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [psutil.Process(pid)]
    return []


def _family(pid: int) -> list[psutil.Process]:
    found = _member(pid)
    with suppress(psutil.Error):
        for process in found[:]:
            found += process.children(recursive=True)
    return found


def _megabytes(processes: list[psutil.Process]) -> float:
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total / MEGABYTE
