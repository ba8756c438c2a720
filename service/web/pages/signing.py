"""Signing in and out, and the statement on accessibility, which everyone may read."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.responses import RedirectResponse

from ljuskoll.service.web.errors import RefusedError, SignInNeededError
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import SIGN_IN_PATH, Visitor, let_in, let_out, page_visitor

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What sign_in.html shows; `target` is where the visitor was going."""

    target: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """accessibility.html shows nothing that changes."""


async def _perhaps(request: Request) -> Visitor | None:
    """Who looks, where that is known and let in."""
    try:
        return await page_visitor(request)
    except (SignInNeededError, RefusedError):
        return None


@router.get(SIGN_IN_PATH)
def sign_in_page(request: Request, till: str = "/") -> Response:
    """The form to sign in."""
    return render(request, None, "sign_in.html", SignInPage(till))


@router.post(SIGN_IN_PATH)
def sign_in(
    request: Request, token: Annotated[str, Form(max_length=200)], target: Annotated[str, Form()] = "/"
) -> Response:
    """Sign in, and go on to where the visitor was going."""
    answer = RedirectResponse(_own(target), 303)
    if let_in(request, answer, token):
        return answer
    return render(request, None, "sign_in.html", SignInPage(target), TEXT["wrong_token"], 401)


@router.post("/logga-ut")
def sign_out(request: Request, _visitor: Annotated[Visitor, Depends(page_visitor)]) -> Response:
    """Sign out."""
    answer = RedirectResponse(SIGN_IN_PATH, 303)
    let_out(request, answer)
    return answer


@router.get("/tillganglighet")
def statement(request: Request, visitor: Annotated[Visitor | None, Depends(_perhaps)]) -> Response:
    """The template of the statement on accessibility."""
    return render(request, visitor, "accessibility.html", StatementPage())


def _own(target: str) -> str:
    """The target if it is a path of this service: nobody is led elsewhere."""
    is_own = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if is_own else "/"
