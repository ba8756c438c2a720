"""A small reverse proxy on a real socket: it shows a service under a prefix, and says who asks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from serving import PATIENCE

HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


@dataclass
class Proxy:
    """Where the proxy answers, and which paths outside its prefix somebody has asked for."""

    address: str = ""
    outside: list[str] = field(default_factory=list)


@contextmanager
def proxied(address: str, prefix: str, *, strips: bool, says: Mapping[str, str] | None = None) -> Iterator[Proxy]:
    """Passes on what is below `prefix`, without it where `strips`, with these headers in the place of those sent."""
    proxy, there = Proxy(), urlsplit(address)
    says = {name.lower(): value for name, value in (says or {}).items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if not f"{urlsplit(self.path).path}/".startswith(f"{prefix}/"):
                proxy.outside.append(self.path)
                self._answer(404, [], b"")
                return
            kept = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            sent = {name: value for name, value in kept.items() if name.lower() not in says}
            forwarded = {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
            path = self.path[len(prefix) :] if strips else self.path
            connection = HTTPConnection(there.hostname or "", there.port, timeout=PATIENCE)
            try:
                connection.request(self.command, path if path.startswith("/") else f"/{path}", body,
                                   {**sent, **forwarded, **says, "Content-Length": str(len(body))})  # fmt: skip
                answer = connection.getresponse()
                self._answer(answer.status, answer.getheaders(), answer.read())
            finally:
                connection.close()

        do_GET = do_POST = do_DELETE = do_HEAD = _pass_on

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join(PATIENCE)
