"""People and programs: tokens, browsers where they have signed in, and those whom a proxy names.

Only digests of tokens and of sessions' secrets are kept.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.access import RANKS, SYSTEM, Role, User
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import TIME, alone, now
from ljuskoll.service.store.schema import FactRow, SessionRow, TokenRow

SESSION_HOURS = 12
KEY = "key"
"""The fact that holds the store's own random key."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user in a browser, and the secret that forms there must send back."""

    user: User
    csrf: str


def add_token(session: Session, name: str, role: Role, municipalities: Iterable[str] | None = None) -> str:
    """A new token, told this once. Raises UsageError where the name is taken or empty, or the role unknown."""
    token = secrets.token_urlsafe(32)
    _add(session, name, role, municipalities, _digest(token))
    return token


def add_person(session: Session, name: str, role: Role, municipalities: Iterable[str] | None = None) -> None:
    """Someone whom a trusted proxy will name: there is no token. Raises UsageError as `add_token` does."""
    _add(session, name, role, municipalities, None)


def admit(
    session: Session, by: str, name: str, role: Role, municipalities: Iterable[str] | None = None, *, by_proxy: bool
) -> str | None:
    """Let a person or program in, which is logged as done by `by`: the new token, None for whom a proxy names.

    Raises UsageError as `add_token` does.
    """
    add = add_person if by_proxy else add_token
    token = add(session, name, role, municipalities)
    log(session, by, "add_token", name)
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


def named_user(session: Session, name: str, default: Role | None = None) -> User | None:
    """The person whom a trusted proxy names; of those whom nobody has registered a user with the default role, if any.

    None for all others: whoever is revoked, and a name that belongs to a token or to the service itself.
    """
    row = session.scalar(select(TokenRow).where(TokenRow.name == name))
    if row is not None:
        return _user(row) if row.digest is None and row.revoked_at is None else None
    return User(name, default) if default and name != SYSTEM.name else None


def own_key(session: Session) -> bytes:
    """The store's random key, made when it is first needed; it lasts as long as the store."""
    alone(session, KEY)
    row = session.get(FactRow, KEY)
    if row is None:
        row = FactRow(name=KEY, value=secrets.token_hex(32))
        session.add(row)
    return bytes.fromhex(row.value)


def sign_in(session: Session, token: str) -> str | None:
    """The secret of a new session; None where the token is wrong or revoked."""
    row = session.scalar(select(TokenRow).where(TokenRow.digest == _digest(token), TokenRow.revoked_at.is_(None)))
    if row is None:
        return None
    session.execute(delete(SessionRow).where(SessionRow.expires_at < now()))
    secret = secrets.token_urlsafe(32)
    expires = (datetime.now(UTC) + timedelta(hours=SESSION_HOURS)).strftime(TIME)
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


def _add(session: Session, name: str, role: Role, municipalities: Iterable[str] | None, digest: str | None) -> None:
    if not name.strip() or name == SYSTEM.name or role not in RANKS:
        raise UsageError(f"Ange ett namn, inte «{SYSTEM.name}», och en roll: {', '.join(RANKS)}.")
    alone(session, "add_token")
    if session.scalar(select(TokenRow.id).where(TokenRow.name == name)) is not None:
        raise UsageError(f"«{name}» finns redan, kanske återkallad: inget namn används två gånger. Välj ett annat.")
    limits = None if municipalities is None else json.dumps(sorted(municipalities), ensure_ascii=False)
    session.add(TokenRow(name=name, role=role, municipalities=limits, digest=digest, created_at=now()))


def _user(row: TokenRow) -> User:
    limits = None if row.municipalities is None else frozenset(json.loads(row.municipalities))
    return User(row.name, row.role, limits)  # type: ignore[arg-type]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
