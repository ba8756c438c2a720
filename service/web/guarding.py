"""Knowing who asks: by a token, by a session of a browser, by the proxy's word, or by being on this computer."""

import getpass
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from ljuskoll.service.store.access import User
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import Database
from ljuskoll.service.store.people import has_tokens, named_user, own_key, sign_in, sign_out, signed_in, user_of
from ljuskoll.service.web.behind import Behind
from ljuskoll.service.web.errors import RefusedError

_HERE = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)
_NOBODY: Final = "okänd"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; `csrf` is what a browser must send back with all that changes something, None for a token.

    `has_session`: who has signed in here, and so can sign out.
    """

    user: User
    csrf: str | None
    has_session: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows of who sends it: a token, whom a trusted proxy names, a session, and how it came here."""

    token: str | None
    named: str | None
    session: str | None
    host: str
    is_forwarded: bool


class Guard:
    """Knows visitors by what they show. While `is_open` and no token exists, everyone on this computer is let in."""

    def __init__(self, database: Database, is_open: bool, behind: Behind) -> None:
        self._database = database
        self._is_open = is_open
        self._behind = behind
        self._local = Visitor(User(_local_name(), "administer"), secrets.token_urlsafe(32))
        with database.writing() as session:
            self._key = own_key(session)

    def visitor(self, shown: Shown) -> Visitor | None:
        """Who asks; None where the secrets are wrong or missing. Raises 403 for whom the proxy names but nobody knows.

        In open mode raises 400 for a foreign host name, by which a page from elsewhere could read everything, and for
        what has passed a proxy, by which everyone on the network could.
        """
        with self._database.reading() as session:
            if shown.token is not None:
                user = user_of(session, shown.token)
                return Visitor(user, None) if user else None
            if shown.named is not None:
                return self._named(session, shown.named)
            if shown.session is not None and (found := signed_in(session, shown.session)):
                return Visitor(found.user, found.csrf, has_session=True)
            if not self._is_open or has_tokens(session):
                return None
        if shown.is_forwarded:
            raise RefusedError(400, "Granskningen är öppen utan inloggning och får därför inte nås genom en proxy.")
        if not _HERE.fullmatch(shown.host):
            raise RefusedError(400, "Adressen hör inte till den här datorn. Öppna http://127.0.0.1 i stället.")
        return self._local

    def _named(self, session: Session, name: str) -> Visitor:
        user = named_user(session, name, self._behind.default_role)
        if user is None:
            raise RefusedError(
                403,
                f"Du är inloggad som «{name}», men har ingen behörighet i ljuskoll. "
                "Be den som sköter ljuskoll hos er att lägga till dig med just det namnet.",
            )
        return Visitor(user, hmac.new(self._key, name.encode(), "sha256").hexdigest())

    @property
    def root(self) -> str:
        """The path under which a proxy shows the service."""
        return self._behind.root

    @property
    def has_names(self) -> bool:
        """Whether a proxy names visitors."""
        return self._behind.user_header is not None

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


def _local_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "lokal"
