"""The server around the app: it ends within seconds when it is told to, and everything goes well until then."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI
from uvicorn.server import HANDLED_SIGNALS

from ljuskoll.service.web.state import Life

GRACE: Final = 5
"""Seconds that requests in hand are given when the server is told to end."""


class Server(uvicorn.Server):
    """Serves an app. What a proxy says is the app's own matter, and so is the log."""

    def __init__(self, app: FastAPI, port: int = 0) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                port=port,
                ws="none",
                access_log=False,
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._life: Life = app.state.life

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told to end: from now on nothing new should be sent here."""
        self._life.is_ending = True
        super().handle_exit(sig, frame)


def serve_until_told(app: FastAPI, listener: socket.socket) -> None:
    """Serve until a signal says that it is enough; that is no fault, so the process goes on to its own end."""
    server = Server(app)
    with _heeding_signals(server):
        server.run(sockets=[listener])


@contextmanager
def _heeding_signals(server: Server) -> Iterator[None]:
    """Signals end the server from the first moment on, and no more than that when it raises them anew at its end."""
    before = {number: signal.signal(number, server.handle_exit) for number in HANDLED_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
