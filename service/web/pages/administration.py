"""Who may use the service, and what has been done with it."""

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.audit import audit_log, log
from ljuskoll.service.store.people import admit, revoke_token, tokens
from ljuskoll.service.store.schema import AuditRow, TokenRow
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.rendering import TEXT, lead_to, query_of, render
from ljuskoll.service.web.security import Visitor, guard_of, visiting

router = APIRouter()
HERE = "/administration"
AT_ONCE = 100
Administrator = Annotated[Visitor, Depends(visiting("administer"))]


@dataclass(frozen=True, slots=True)
class TokenItem:
    """Someone who has or had a token, or whom a proxy names; `municipalities` are those they are kept to, in words."""

    name: str
    role: str
    by_proxy: bool
    municipalities: str
    created_at: str
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class AdministrationPage:
    """What administration.html shows. `token` is a new one, shown this once; `items` are the log's lines."""

    tokens: tuple[TokenItem, ...]
    items: tuple[AuditRow, ...]
    has_proxy: bool
    first: str
    next: str
    token: str
    token_name: str


@router.get(HERE)
def administration(request: Request, visitor: Administrator, mark: str | None = None) -> Response:
    """Tokens and the log."""
    return render(request, visitor, "administration.html", _page(request, mark))


@router.post(f"{HERE}/nycklar")
def give_token(
    request: Request,
    visitor: Administrator,
    name: Annotated[str, Form(max_length=100)],
    role: Annotated[str, Form(max_length=20)],
    municipalities: Annotated[str, Form(max_length=2000)] = "",
    proxy: Annotated[str, Form()] = "",
) -> Response:
    """Give out a token, which stands on the answer and nowhere else; or let someone in whom the proxy names."""
    limits = [one.strip() for one in municipalities.split(";") if one.strip()] or None
    try:
        with desk_of(request).database.writing() as session:
            by = visitor.user.name
            token = admit(session, by, name.strip(), role, limits, by_proxy=bool(proxy))  # type: ignore[arg-type]
    except UsageError as error:
        return render(request, visitor, "administration.html", _page(request, None), str(error), 422)
    if token is None:
        return lead_to(HERE, "registered")
    return render(request, visitor, "administration.html", _page(request, None, token, name.strip()))


@router.post(f"{HERE}/nycklar/bort")
def end_token(request: Request, visitor: Administrator, name: Annotated[str, Form(max_length=100)]) -> Response:
    """Revoke a token."""
    try:
        with desk_of(request).database.writing() as session:
            revoke_token(session, name)
            log(session, visitor.user.name, "revoke_token", name)
    except UsageError as error:
        return render(request, visitor, "administration.html", _page(request, None), str(error), 422)
    return lead_to(HERE, "revoked")


def _page(request: Request, mark: str | None, token: str = "", name: str = "") -> AdministrationPage:
    with desk_of(request).database.reading() as session:
        given = tuple(map(_item, tokens(session)))
        lines = audit_log(session, mark, AT_ONCE)
    return AdministrationPage(
        tokens=given,
        items=lines.items,
        has_proxy=guard_of(request).has_names,
        first=HERE if mark else "",
        next=f"{HERE}{query_of({'mark': lines.next})}" if lines.next else "",
        token=token,
        token_name=name,
    )


def _item(row: TokenRow) -> TokenItem:
    limits = ", ".join(json.loads(row.municipalities)) if row.municipalities else TEXT["all_municipalities"]
    return TokenItem(row.name, row.role, row.digest is None, limits, row.created_at, row.revoked_at)
