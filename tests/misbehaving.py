"""Work for tests that hangs, grows or dies on demand; imported by name in the reading processes."""

import os
import time
from multiprocessing import parent_process
from pathlib import Path

import psutil

from ljuskoll.nlp.errors import SourceGoneError

_HOARD: list[bytearray] = []
"""What a process keeps from one task to the next."""


def behave(task: str) -> str:
    """What the process does with a task, "kind:value"."""
    kind, _, value = task.partition(":")
    return _KINDS[kind](value)


def _hang(_value: str) -> str:
    while True:
        time.sleep(0.05)


def _grow(_value: str) -> str:
    while True:
        _hoard("16")
        time.sleep(0.01)


def _hoard(megabytes: str) -> str:
    _HOARD.append(bytearray(int(megabytes) * 1024 * 1024))
    return _where()


def _give_up(reason: str) -> str:
    raise SourceGoneError(reason)


def _die(_value: str) -> str:
    os._exit(7)


def _murder(value: str) -> str:
    """Takes the process along that asked for it."""
    parent = parent_process()
    assert parent is not None and parent.pid is not None
    psutil.Process(parent.pid).kill()
    return _hang(value)


def _stumble(mark: str) -> str:
    """Dies the first time."""
    if Path(mark).exists():
        return f"up again in {_where()}"
    Path(mark).touch()
    return _die(mark)


def _hold(mark: str) -> str:
    """Until the file is gone."""
    while Path(mark).exists():
        time.sleep(0.01)
    return mark.upper()


def _where(_value: str = "") -> str:
    return str(os.getpid())


_KINDS = {
    "say": str.upper,
    "hang": _hang,
    "grow": _grow,
    "hoard": _hoard,
    "give up": _give_up,
    "die": _die,
    "murder": _murder,
    "stumble": _stumble,
    "hold": _hold,
    "where": _where,
}
