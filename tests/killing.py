"""Killing a program again and again while it works: what it said was kept must be there when it starts again."""

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

START_SECONDS = 120.0


def kill_often(
    command: Sequence[str],
    kills: int,
    seed: int,
    longest: float,
    started: Callable[[], bool],
    killed: Callable[[], None] = lambda: None,
) -> None:
    """Start a command and kill it after at most `longest` seconds of work, so many times, at moments of the seed's.

    `started` says whether it has begun to work; `killed` is called when it is gone. Fails where it ends by itself.
    """
    draw = Random(seed)
    for _ in range(kills):
        process = subprocess.Popen(command)
        try:
            end = time.monotonic() + START_SECONDS
            while not started():
                assert process.poll() is None, "the program ended before it had begun"
                assert time.monotonic() < end, "the program does not begin"
                time.sleep(0.02)
            time.sleep(draw.uniform(0, longest))
            assert process.poll() is None, "the program ended by itself"
        finally:
            process.kill()
            process.wait()
        killed()


class Marker:
    """A file by which a program says that it has begun; taken away each time this is seen."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_there(self) -> bool:
        if not self._path.exists():
            return False
        self._path.unlink()
        return True
