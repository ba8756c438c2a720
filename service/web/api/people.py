"""Who may use the service, and the log of who did what; for administrators."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Response

from ljuskoll.service.store.audit import audit_log, log
from ljuskoll.service.store.people import admit, revoke_token, tokens
from ljuskoll.service.store.records import NO_NUL
from ljuskoll.service.store.schema import AuditRow, TokenRow
from ljuskoll.service.web.api.common import At, Limit, Mark, listed
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.schemas import AuditLine, Listed, TokenMade, TokenSeen
from ljuskoll.service.web.security import Administering
from ljuskoll.service.web.sent import TokenSent

router = APIRouter(tags=["Administration"])


@router.get("/tokens", summary="Vilka som har nycklar")
def all_tokens(desk: At, _user: Administering) -> Listed[TokenSeen]:
    """Revoked ones, too; the tokens themselves are not kept."""
    with desk.database.reading() as session:
        return Listed(items=tuple(map(_seen, tokens(session))), next=None)


@router.post("/tokens", status_code=201, summary="Ge ut en nyckel")
def make(desk: At, user: Administering, sent: TokenSent) -> TokenMade:
    """It is told this once. From the first one on, everyone needs one; whom the proxy names (`proxy`) gets none."""
    with desk.database.writing() as session:
        token = admit(session, user.name, sent.name, sent.role, sent.municipalities, by_proxy=sent.proxy)
    return TokenMade(name=sent.name, role=sent.role, token=token)


@router.delete("/tokens/{name}", status_code=204, summary="Återkalla en nyckel")
def revoke(
    desk: At, user: Administering, name: Annotated[str, Path(min_length=1, max_length=100, pattern=NO_NUL)]
) -> Response:
    """Whoever is signed in with it is signed out."""
    with desk.database.writing() as session:
        if not any(row.name == name and row.revoked_at is None for row in tokens(session)):
            raise RefusedError(404, f"«{name}» har ingen nyckel som gäller.")
        revoke_token(session, name)
        log(session, user.name, "revoke_token", name)
    return Response(status_code=204)


@router.get("/audit", summary="Vem som har gjort vad")
def audit(desk: At, _user: Administering, mark: Mark = None, limit: Limit = 100) -> Listed[AuditLine]:
    """From the beginning; ids and times, no texts."""
    with desk.database.reading() as session:
        return listed(audit_log(session, mark, limit).shown(_line))


def _line(row: AuditRow) -> AuditLine:
    return AuditLine.model_validate(row, from_attributes=True)


def _seen(row: TokenRow) -> TokenSeen:
    limits = None if row.municipalities is None else tuple(json.loads(row.municipalities))
    values = {name: getattr(row, name) for name in ("name", "role", "created_at", "revoked_at")}
    return TokenSeen(**values, municipalities=limits, proxy=row.digest is None)
