"""A PostgreSQL of the tests' own, thrown away after them."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
"""The system's account that runs the server where the tests run as root, whom PostgreSQL refuses to serve."""
SETTINGS = ("fsync=off", "unix_socket_directories=''", "listen_addresses=127.0.0.1", "max_connections=200")


def missing() -> str | None:
    """What the tests on PostgreSQL lack on this machine."""
    if find_spec("psycopg") is None:
        return "psycopg (the extra `postgres`) is not installed"
    if _binaries() is None:
        return "PostgreSQL's programs (initdb, pg_ctl) are not on this machine"
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; the address of its first database."""
    binaries = _binaries()
    assert binaries is not None
    with TemporaryDirectory() as temporary:
        folder, port = Path(temporary) / "data", _free_port()
        folder.mkdir()
        if _is_root():
            Path(temporary).chmod(0o755)
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        _run(binaries / "initdb", "-D", folder, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"port={port}"))
        _run(binaries / "pg_ctl", "-D", folder, "-w", "-o", options, "-l", folder / "log", "start")
        try:
            yield f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{port}/postgres"
        finally:
            _run(binaries / "pg_ctl", "-D", folder, "-w", "-m", "immediate", "stop")


def _binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else sorted(DEBIAN.glob("*/bin"), reverse=True)
    return next((folder for folder in folders if shutil.which("initdb", path=str(folder))), None)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(*command: object) -> None:
    account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": ()} if _is_root() else {}
    arguments = [str(part) for part in command]
    subprocess.run(arguments, check=True, cwd="/", stdout=subprocess.DEVNULL, **account)  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
