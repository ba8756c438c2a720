"""One shape for every error: {"error": {"code", "message", "details"}}, in Swedish and with the fitting status."""

import logging
import tomllib
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from importlib.resources import files
from secrets import token_hex
from typing import Any, TypeAlias
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse

from ljuskoll.nlp.errors import FileTooLargeError, InputError, LjuskollError

API = "/api/"
_LOG = logging.getLogger(__name__)
_WORDS = tomllib.loads((files(__package__) / "errors.toml").read_text(encoding="utf-8"))

ErrorPage: TypeAlias = Callable[[Request, int, str], Response]
"""Makes the page that tells of a status with a message."""


class RefusedError(HTTPException):
    """What is asked for cannot be had; the message is Swedish and says what to do. Without one the status says it."""

    def __init__(self, status: int, message: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message or message_of(status), headers)


class SignInNeededError(Exception):
    """A page that needs someone to sign in first; the answer leads to where that is done."""


def error_answer(
    status: int,
    message: str | None = None,
    details: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error in the one shape; without a message it says what the status says."""
    error = {"code": code_of(status), "message": message or message_of(status), "details": list(details)}
    return JSONResponse({"error": error}, status, headers)


def code_of(status: int) -> str:
    """The name of a status for programs."""
    return str(_WORDS["code"].get(str(status), HTTPStatus(status).name.lower()))


def message_of(status: int) -> str:
    """What a status says to people."""
    return str(_WORDS["status"].get(str(status), _WORDS["status"]["400"]))


def part_message(part: str) -> str:
    """What is wrong where a part of the service does not work."""
    return str(_WORDS["ready"][part])


def internal_error(error: Exception) -> JSONResponse:
    """The answer to a fault of ours: a number, under which the log tells more."""
    number = token_hex(4)
    _LOG.error("fault", exc_info=error, extra={"fields": {"number": number}})
    return error_answer(500, message_of(500).format(number=number))


def answer_errors(app: FastAPI, page: ErrorPage | None, sign_in: str) -> None:
    """Have all errors of the app answered: with `page` outside the API, where `sign_in` is the way in."""

    def answer(
        request: Request, status: int, message: str | None, details: Sequence[Mapping[str, str]] = ()
    ) -> Response:
        if page is None or request.scope["path"].startswith(API):
            return error_answer(status, message, details)
        return page(request, status, message or message_of(status))

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        found = answer(request, error.status_code, error.detail if isinstance(error, RefusedError) else None)
        found.headers.update(error.headers or {})
        return found

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, 422, None, [_detail(one) for one in error.errors()])

    def unusable(request: Request, error: Exception) -> Response:
        return answer(request, _status_of(error), str(error))

    def unknown(request: Request, _error: Exception) -> Response:
        way = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        target = f"{sign_in}?till={quote(way)}" if request.method == "GET" else sign_in
        return RedirectResponse(target, 303)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(LjuskollError, unusable)
    app.add_exception_handler(SignInNeededError, unknown)


def _status_of(error: Exception) -> int:
    if isinstance(error, FileTooLargeError):
        return 413
    return 422 if isinstance(error, InputError) else 400


def _detail(error: Mapping[str, Any]) -> dict[str, str]:
    """Which value is wrong and why; the value itself is not repeated."""
    words = _WORDS["value"].get(error["type"], _WORDS["other"]["value"])
    return {"field": ".".join(map(str, error["loc"])), "message": words.format_map(_Limits(error.get("ctx", {})))}


class _Limits(dict[str, Any]):
    """What pydantic says of a value's limits; a limit that it does not name is left open."""

    def __missing__(self, key: str) -> str:
        return "…"
