"""A reverse proxy in front of the service: under which path it shows it, and what it may tell of who asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.access import Role

Network: TypeAlias = IPv4Network | IPv6Network
NAMED: Final = "named"
"""Where in a request's state the names stand that a trusted proxy gives its sender."""
_PATH = re.compile(r"(/[\w.~-]+)+", re.ASCII)
_HEADER = re.compile(r"[A-Za-z0-9-]+")
_TOLD_BY_PROXIES = frozenset({"forwarded", "via", "x-real-ip"})
_BY_PROXIES = "x-forwarded-"


@dataclass(frozen=True, slots=True)
class Behind:
    """Which proxy the service stands behind: `root` is the path under which it is reached, "" for all of the host.

    From the networks `trusted` the header `user_header` tells who has signed in at the proxy; `default_role` is that
    of those whom nobody has registered, None where they are not let in.
    """

    root: str = ""
    trusted: tuple[Network, ...] = ()
    user_header: str | None = None
    default_role: Role | None = None

    @property
    def is_used(self) -> bool:
        """Whether there is a proxy: then others than this computer's users may reach the service."""
        return bool(self.root or self.trusted or self.user_header)


def behind(
    root: str = "", trusted: Iterable[str] = (), user_header: str | None = None, default_role: Role | None = None
) -> Behind:
    """The proxy that options tell of. Raises UsageError where they cannot hold together."""
    path = root.rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise UsageError(f"--root-path «{root}» är ingen sökväg. Den börjar med / och har inga mellanslag: /ljuskoll")
    networks = tuple(map(_network, trusted))
    if user_header is not None and not _HEADER.fullmatch(user_header):
        raise UsageError(f"--user-header «{user_header}» är inget namn på ett huvud. Till exempel X-Remote-User")
    if user_header is not None and not networks:
        raise UsageError("--user-header kräver --trusted-proxy: bara därifrån får huvudet säga vem som frågar.")
    if default_role is not None and user_header is None:
        raise UsageError("--default-role gäller den som proxyn har loggat in: ange också --user-header.")
    return Behind(path, networks, user_header, default_role)


def is_forwarded(request: Scope) -> bool:
    """Whether a request shows that it has passed a proxy; one that speaks HTTP/1.0 is no browser."""
    names = {name.decode("latin-1").lower() for name, _ in request["headers"]}
    has_told = bool(names & _TOLD_BY_PROXIES) or any(name.startswith(_BY_PROXIES) for name in names)
    return has_told or request.get("http_version") == "1.0"


class Front:
    """Everything passes here first: inside, paths and addresses are as if there were no proxy."""

    def __init__(self, app: ASGIApp, behind: Behind) -> None:
        self._behind = behind
        self._header = (behind.user_header or "").lower().encode()
        self._app = ProxyHeadersMiddleware(app, [str(network) for network in behind.trusted])  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the beginning and end of the server's life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)  # type: ignore[arg-type]
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._lead_within(message)
            await send(message)

        await self._app(self._seen(scope), receive, sent)  # type: ignore[arg-type]

    def _seen(self, scope: Scope) -> Scope:
        """The request with its path below the root, and with whom the proxy names, where it is to be believed."""
        client = _plain(scope["client"]) if scope.get("client") else None
        is_trusted = client is not None and _is_within(client[0], self._behind.trusted)
        named = [value for name, value in scope["headers"] if self._header and name.lower() == self._header]
        kept = [(name, value) for name, value in scope["headers"] if not self._header or name.lower() != self._header]
        state = {**scope.get("state", {}), NAMED: tuple(named) if is_trusted else ()}
        return {**scope, "client": client, "headers": kept, "path": self._below(scope["path"]), "state": state}

    def _below(self, path: str) -> str:
        """The path below the root, whether the proxy has taken that away or not."""
        root = self._behind.root
        return path[len(root) :] or "/" if root and f"{path}/".startswith(f"{root}/") else path

    def _lead_within(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        if self._behind.root and headers.get("location", "").startswith("/"):
            headers["location"] = self._behind.root + headers["location"]


def _network(written: str) -> Network:
    try:
        network = ip_network(written.strip(), strict=False)
    except ValueError as error:
        message = f"--trusted-proxy «{written}» är ingen adress. Ange proxyns IP-adress eller nät: 10.0.0.0/28"
        raise UsageError(message) from error
    if network.prefixlen == 0:
        raise UsageError(f"--trusted-proxy «{written}» är alla adresser: då kan vem som helst vara vem som helst.")
    return network


def _plain(client: tuple[str, int]) -> tuple[str, int]:
    """The address of who asks; IPv4 as such, where it comes in as IPv6."""
    try:
        address = ip_address(client[0])
    except ValueError:
        return client
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address), client[1]


def _is_within(host: str, networks: Iterable[Network]) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)
