"""What the service does not take: too much, too slowly, too often; and what every answer has the browser refuse."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ljuskoll.service.web.errors import RefusedError, error_answer, internal_error
from ljuskoll.service.web.security import SIGN_IN_PATH

MEGABYTE: Final = 1024 * 1024
UPLOADS: Final = frozenset({"/api/v1/documents", "/dokument"})
STATIC: Final = "/static/"
MOST_CLIENTS: Final = 10_000
"""So many addresses are remembered at a time."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""On every answer."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of a file that is sent in and of any other body; seconds and pace (bytes a second) of a slow client.

    `rate` requests a second from one address in the long run, `burst` at once; the same of attempts to sign in.
    """

    upload: int = 200 * MEGABYTE
    body: int = 8 * MEGABYTE
    patience: float = 30.0
    pace: int = 8 * 1024
    rate: float = 500.0
    burst: int = 2000
    sign_in_rate: float = 0.1
    sign_in_burst: int = 10

    def of(self, path: str) -> int:
        """The most bytes of a body at this path; a form around a file takes some, too."""
        return self.upload + MEGABYTE if path in UPLOADS else self.body


class Bucket:
    """For each address so many requests at once, and `rate` a second from then on."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until the next request may come; 0: this one may."""
        now = self._clock()
        left, then = self._left.pop(address, (float(self._burst), now))
        left = min(float(self._burst), left + (now - then) * self._rate)
        self._left[address] = (max(0.0, left - 1) if left >= 1 else left, now)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self._rate


class Gate:
    """Everything that comes in passes here first, and every answer last."""

    def __init__(self, app: ASGIApp, bounds: Bounds) -> None:
        self._app, self._bounds = app, bounds
        self._all = Bucket(bounds.rate, bounds.burst)
        self._sign_in = Bucket(bounds.sign_in_rate, bounds.sign_in_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the beginning and end of the server's life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        try:
            if refused := self._refused(scope):
                await refused(scope, receive, answer.send)
            else:
                await self._app(scope, _Body(receive, self._bounds, scope["path"]).receive, answer.send)
        except ClientDisconnect:
            return
        except Exception as error:
            response = internal_error(error)
            if answer.has_begun:
                raise
            await response(scope, receive, answer.send)

    def _refused(self, scope: Scope) -> ASGIApp | None:
        """The answer to what is not let in at all."""
        address = scope["client"][0] if scope.get("client") else ""
        wait = self._all.wait(address)
        if not wait and scope["path"] == SIGN_IN_PATH and scope["method"] == "POST":
            wait = self._sign_in.wait(address)
        if wait:
            return error_answer(429, headers={"Retry-After": str(ceil(wait))})
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > self._bounds.of(scope["path"]):
            return error_answer(413)
        return None


class _Body:
    """A body as it comes in. Raises 413 where it grows too large, 408 where it comes too slowly."""

    def __init__(self, receive: Receive, bounds: Bounds, path: str) -> None:
        self._receive, self._bounds, self._most = receive, bounds, bounds.of(path)
        self._start: float | None = None
        self._size, self._is_whole = 0, False

    async def receive(self) -> Message:
        if self._is_whole:
            return await self._receive()
        self._start = monotonic() if self._start is None else self._start
        end = self._start + self._bounds.patience + self._size / self._bounds.pace
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, end - monotonic()))
        except TimeoutError as error:
            raise RefusedError(408, headers={"Connection": "close"}) from error
        self._size += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._size > self._most:
            raise RefusedError(413)
        return message


class _Answer:
    """An answer as it goes out, with the headers of all answers."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._path, self._send = scope["path"], send
        self.has_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-cache" if self._path.startswith(STATIC) else "no-store")
        await self._send(message)
