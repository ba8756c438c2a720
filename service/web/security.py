"""Who asks: a program with a token, a signed-in browser or one whom the proxy names; what they may do and meant."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Depends, Query, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from ljuskoll.service.store.access import Role, User
from ljuskoll.service.store.people import SESSION_HOURS
from ljuskoll.service.web.behind import NAMED, is_forwarded
from ljuskoll.service.web.errors import RefusedError, SignInNeededError
from ljuskoll.service.web.guarding import Guard, Shown
from ljuskoll.service.web.guarding import Visitor as Visitor

COOKIE: Final = "ljuskoll_session"
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
SIGN_IN_PATH: Final = "/logga-in"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_LONGEST_NAME = 100

_BEARER = HTTPBearer(auto_error=False, description="En nyckel från `ljuskoll token add`.")
_SESSION = APIKeyCookie(name=COOKIE, auto_error=False, description="Den som har loggat in på sidorna.")


async def visitor(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    cookie: Annotated[str | None, Depends(_SESSION)],
) -> Visitor:
    """Who asks. Raises 401 where nobody is known by what was sent, 403 where a browser did not send its own secret."""
    found = await _known(request, bearer.credentials if bearer else None, cookie)
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


def root_of(request: Request) -> str:
    """The path under which the app is reached, "" for all of the host."""
    return guard_of(request).root


def may_unmask(
    request: Request,
    user: Annotated[User, Depends(current("read"))],
    unmasked: Annotated[
        bool, Query(description="Visa texterna omaskerade; kräver rollen review och antecknas i loggen.")
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
    age, is_https = SESSION_HOURS * 3600, request.scope["scheme"] == "https"
    path = _cookie_path(request)
    response.set_cookie(COOKIE, secret, age, path=path, httponly=True, samesite="strict", secure=is_https)
    return True


def let_out(request: Request, response: Response) -> None:
    """Sign a browser out."""
    if secret := request.cookies.get(COOKIE):
        guard_of(request).sign_out(secret)
    response.delete_cookie(COOKIE, path=_cookie_path(request), httponly=True, samesite="strict")


Reading: TypeAlias = Annotated[User, Depends(current("read"))]
Reviewing: TypeAlias = Annotated[User, Depends(current("review"))]
Administering: TypeAlias = Annotated[User, Depends(current("administer"))]
"""The user of an endpoint that asks for this role."""
Unmasked: TypeAlias = Annotated[bool, Depends(may_unmask)]


async def _known(request: Request, token: str | None, cookie: str | None) -> Visitor | None:
    host, has_passed = request.headers.get("host", ""), is_forwarded(request.scope)
    shown = Shown(token, _named(request), cookie, host, has_passed)
    found = await run_in_threadpool(guard_of(request).visitor, shown)
    request.state.role = found.user.role if found else None
    return found


def _named(request: Request) -> str | None:
    """Whom a trusted proxy names. Raises 400 where it names several, or none that can be a name."""
    given: tuple[bytes, ...] = getattr(request.state, NAMED, ())
    if len(given) > 1:
        raise RefusedError(400, "Proxyn säger flera namn. Den ska ersätta huvudet som kom, inte lägga till ett.")
    try:
        name = b"".join(given).decode().strip()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "Proxyn säger ett namn som inte är skrivet i UTF-8.") from error
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise RefusedError(400, "Proxyn säger ett namn som inte kan vara något namn.")
    return name or None


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


def _cookie_path(request: Request) -> str:
    return root_of(request) or "/"


async def _form_field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    value: Any = (await request.form()).get(CSRF_FIELD)
    return value if isinstance(value, str) else ""


def _refuse_foreign(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise RefusedError(403, "Logga in från den här tjänstens egen sida.")
