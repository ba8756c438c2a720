"""`ljuskoll serve` in a process of its own."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from serving import API, wait_until

COMMAND = str(Path(sys.executable).with_name("ljuskoll"))


@contextmanager
def serving(*arguments: str | Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of the service once it answers, and its process, which is killed in the end."""
    port = _free_port()
    command = [COMMAND, "serve", "--fast", "--port", str(port), *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until(lambda: process.poll() is not None or _answers(address))
            yield address, process
        finally:
            process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}{API}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
