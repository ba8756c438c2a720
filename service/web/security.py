"""Who asks: a program with a token or a signed-in browser, what they may do, and that the browser's user meant it."""

import getpass
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Depends, Query, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from ljuskoll.service.store.access import Role, User
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import Database
from ljuskoll.service.store.people import SESSION_HOURS, has_tokens, sign_in, sign_out, signed_in, user_of
from ljuskoll.service.web.errors import RefusedError, SignInNeededError

COOKIE: Final = "ljuskoll_session"
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
SIGN_IN_PATH: Final = "/logga-in"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HERE = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_NOBODY: Final = "okänd"

_BEARER = HTTPBearer(auto_error=False, description="En nyckel från `ljuskoll token add`.")
_SESSION = APIKeyCookie(name=COOKIE, auto_error=False, description="Den som har loggat in på sidorna.")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; `csrf` is what a browser must send back with all that changes something, None for a token."""

    user: User
    csrf: str | None


class Guard:
    """Knows visitors by their secrets. While `is_open` and no token exists, everyone on this computer is let in."""

    def __init__(self, database: Database, is_open: bool) -> None:
        self._database = database
        self._is_open = is_open
        self._local = Visitor(User(_local_name(), "administer"), secrets.token_urlsafe(32))

    def visitor(self, token: str | None, session_secret: str | None, host: str) -> Visitor | None:
        """Who asks; None where the secrets are wrong or missing. Raises 400 for a foreign host name in open mode.

        Without that, a page from elsewhere could let its own name point here and read everything.
        """
        with self._database.reading() as session:
            if token is not None:
                user = user_of(session, token)
                return Visitor(user, None) if user else None
            if session_secret is not None and (found := signed_in(session, session_secret)):
                return Visitor(found.user, found.csrf)
            if not self._is_open or has_tokens(session):
                return None
        if not _HERE.fullmatch(host):
            raise RefusedError(400, "Adressen hör inte till den här datorn. Öppna http://127.0.0.1 i stället.")
        return self._local

    def sign_in(self, token: str) -> str | None:
        """The secret of a new session; None where the token is wrong. Either is logged."""
        with self._database.writing() as session:
            secret = sign_in(session, token)
            user = user_of(session, token)
            log(session, user.name if user else _NOBODY, "sign_in" if secret else "sign_in_refused")
        return secret

    def sign_out(self, secret: str) -> None:
        """End a session, which is logged."""
        with self._database.writing() as session:
            if found := signed_in(session, secret):
                log(session, found.user.name, "sign_out")
            sign_out(session, secret)

    def log_unmasked(self, user: User, target: str) -> None:
        """Note that a user has seen texts unmasked."""
        with self._database.writing() as session:
            log(session, user.name, "unmasked", target)


async def visitor(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    cookie: Annotated[str | None, Depends(_SESSION)],
) -> Visitor:
    """Who asks. Raises 401 where nobody is known by what was sent, 403 where a browser did not send its own secret."""
    found = await _known(request, bearer, cookie)
    if found is None:
        raise RefusedError(401, "Logga in eller ange en nyckel som gäller.", {"WWW-Authenticate": "Bearer"})
    return await _meant(request, found)


async def page_visitor(request: Request) -> Visitor:
    """As `visitor`, for pages: leads to the sign-in where nobody is known."""
    found = await _known(request, None, request.cookies.get(COOKIE))
    if found is None:
        raise SignInNeededError
    return await _meant(request, found)


def current(role: Role) -> Callable[..., User]:
    """The dependency that gives the user, who has at least this role. Raises 403 for others."""

    def user(one: Annotated[Visitor, Depends(visitor)]) -> User:
        return require(one.user, role)

    return user


def visiting(role: Role) -> Callable[..., Visitor]:
    """As `current`, for pages, with the secret that their forms must send back."""

    def one(found: Annotated[Visitor, Depends(page_visitor)]) -> Visitor:
        require(found.user, role)
        return found

    return one


def require(user: User, role: Role) -> User:
    """The user, who has at least this role. Raises 403 for others."""
    if not user.may(role):
        raise RefusedError(403, f"Det här kräver rollen {role}; «{user.name}» har rollen {user.role}.")
    return user


def guard_of(request: Request) -> Guard:
    """The app's guard."""
    guard: Guard = request.app.state.guard
    return guard


def may_unmask(
    request: Request,
    user: Annotated[User, Depends(current("read"))],
    unmasked: Annotated[
        bool, Query(description="Visa texterna omaskade; kräver rollen review och antecknas i loggen.")
    ] = False,
) -> bool:
    """Whether texts are shown as they are: that needs a role of its own, and is logged."""
    if unmasked:
        guard_of(request).log_unmasked(require(user, "review"), request.scope["path"][:200])
    return unmasked


def let_in(request: Request, response: Response, token: str) -> bool:
    """Sign a browser in: whether the token was right; the answer then carries the session's cookie.

    Raises 403 where a page from elsewhere asks.
    """
    _refuse_foreign(request)
    secret = guard_of(request).sign_in(token.strip())
    if secret is None:
        return False
    is_https = request.scope["scheme"] == "https"
    response.set_cookie(COOKIE, secret, max_age=SESSION_HOURS * 3600, httponly=True, samesite="strict", secure=is_https)
    return True


def let_out(request: Request, response: Response) -> None:
    """Sign a browser out."""
    if secret := request.cookies.get(COOKIE):
        guard_of(request).sign_out(secret)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


Reading: TypeAlias = Annotated[User, Depends(current("read"))]
Reviewing: TypeAlias = Annotated[User, Depends(current("review"))]
Administering: TypeAlias = Annotated[User, Depends(current("administer"))]
"""The user of an endpoint that asks for this role."""
Unmasked: TypeAlias = Annotated[bool, Depends(may_unmask)]


async def _known(request: Request, bearer: HTTPAuthorizationCredentials | None, cookie: str | None) -> Visitor | None:
    token = bearer.credentials if bearer else None
    return await run_in_threadpool(guard_of(request).visitor, token, cookie, request.headers.get("host", ""))


async def _meant(request: Request, found: Visitor) -> Visitor:
    """The visitor; raises 403 where something is changed from a browser without the secret that its pages know."""
    if found.csrf is None or request.method in _SAFE:
        return found
    sent = request.headers.get(CSRF_HEADER) or await _form_field(request)
    if not secrets.compare_digest(sent.encode("utf-8", "replace"), found.csrf.encode()):
        await request.close()
        raise RefusedError(
            403,
            f"Sidans kod saknas eller är för gammal. Ladda om sidan; program skickar {CSRF_HEADER} från /api/v1/me.",
        )
    return found


async def _form_field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    value: Any = (await request.form()).get(CSRF_FIELD)
    return value if isinstance(value, str) else ""


def _refuse_foreign(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise RefusedError(403, "Logga in från den här tjänstens egen sida.")


def _local_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "lokal"
