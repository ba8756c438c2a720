"""Work for test_workers.py that hangs, grows or dies on demand; imported by name in the reading processes."""

import os
import time


def behave(task: str) -> str:
    """What the process does with a task."""
    kind, _, value = task.partition(":")
    if kind == "hang":
        while True:
            time.sleep(0.05)
    if kind == "grow":
        held = []
        while True:
            held.append(bytearray(16 * 1024 * 1024))
            time.sleep(0.01)
    if kind == "die":
        os._exit(7)
    if kind == "where":
        return str(os.getpid())
    return value.upper()
