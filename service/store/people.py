"""Tokens for people and programs, and the browsers where they have signed in. Only digests of secrets are kept."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.access import RANKS, Role, User
from ljuskoll.service.store.database import alone, now
from ljuskoll.service.store.schema import SessionRow, TokenRow

SESSION_HOURS = 12


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user in a browser, and the secret that forms there must send back."""

    user: User
    csrf: str


def add_token(session: Session, name: str, role: Role, municipalities: Iterable[str] | None = None) -> str:
    """A new token, told this once. Raises UsageError where the name is taken or empty, or the role unknown."""
    if not name.strip() or role not in RANKS:
        raise UsageError(f"Ange ett namn och en roll: {', '.join(RANKS)}.")
    alone(session, "add_token")
    if session.scalar(select(TokenRow.id).where(TokenRow.name == name)) is not None:
        raise UsageError(f"«{name}» har redan en nyckel. Återkalla den först eller välj ett annat namn.")
    token = secrets.token_urlsafe(32)
    limits = None if municipalities is None else json.dumps(sorted(municipalities), ensure_ascii=False)
    session.add(TokenRow(name=name, role=role, municipalities=limits, digest=_digest(token), created_at=now()))
    return token


def revoke_token(session: Session, name: str) -> None:
    """End a token and all its sessions; its name stays taken. Raises UsageError where there is none."""
    token = session.scalar(select(TokenRow).where(TokenRow.name == name, TokenRow.revoked_at.is_(None)))
    if token is None:
        raise UsageError(f"«{name}» har ingen nyckel som gäller.")
    token.revoked_at = now()
    session.execute(delete(SessionRow).where(SessionRow.token == token.id))


def tokens(session: Session) -> tuple[TokenRow, ...]:
    """All tokens, revoked ones too, by name."""
    return tuple(session.scalars(select(TokenRow).order_by(TokenRow.name)))


def has_tokens(session: Session) -> bool:
    """Whether anyone has ever been given a token: then everyone needs one."""
    return bool(session.scalar(select(func.count()).select_from(TokenRow)))


def user_of(session: Session, token: str) -> User | None:
    """The user whose token this is; None where it is wrong or revoked."""
    row = session.scalar(select(TokenRow).where(TokenRow.digest == _digest(token), TokenRow.revoked_at.is_(None)))
    return _user(row) if row else None


def sign_in(session: Session, token: str) -> str | None:
    """The secret of a new session; None where the token is wrong or revoked."""
    row = session.scalar(select(TokenRow).where(TokenRow.digest == _digest(token), TokenRow.revoked_at.is_(None)))
    if row is None:
        return None
    session.execute(delete(SessionRow).where(SessionRow.expires_at < now()))
    secret = secrets.token_urlsafe(32)
    expires = (datetime.now(UTC) + timedelta(hours=SESSION_HOURS)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    csrf = secrets.token_urlsafe(32)
    session.add(SessionRow(digest=_digest(secret), token=row.id, csrf=csrf, expires_at=expires))
    return secret


def sign_out(session: Session, secret: str) -> None:
    """End the session with this secret, if there is one."""
    session.execute(delete(SessionRow).where(SessionRow.digest == _digest(secret)))


def signed_in(session: Session, secret: str) -> SignedIn | None:
    """Who has signed in with this secret; None where the session is over or its token revoked."""
    query = select(SessionRow, TokenRow).join(TokenRow, SessionRow.token == TokenRow.id)
    query = query.where(SessionRow.digest == _digest(secret), SessionRow.expires_at >= now())
    found = session.execute(query.where(TokenRow.revoked_at.is_(None))).one_or_none()
    return SignedIn(_user(found[1]), found[0].csrf) if found else None


def _user(row: TokenRow) -> User:
    limits = None if row.municipalities is None else frozenset(json.loads(row.municipalities))
    return User(row.name, row.role, limits)  # type: ignore[arg-type]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
