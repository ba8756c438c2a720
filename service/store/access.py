"""Who may do what, and which documents, records and findings someone may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select

from ljuskoll.service.store.schema import CorrectionRow, DecisionRow, DocumentRow, FindingRow, RecordRow

Role: TypeAlias = Literal["read", "review", "administer"]
RANKS: Mapping[Role, int] = MappingProxyType({"read": 0, "review": 1, "administer": 2})
"""Each role may do all that a lower one may."""


Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])
Limited: TypeAlias = type[DocumentRow] | type[RecordRow] | type[FindingRow] | type[DecisionRow] | type[CorrectionRow]
"""The tables of which someone may see a part."""


@dataclass(frozen=True, slots=True)
class User:
    """A person or program. `municipalities` None: all; else those alone, and the documents that they sent in."""

    name: str
    role: Role
    municipalities: frozenset[str] | None = None

    def may(self, role: Role) -> bool:
        """Whether the user has this role or a higher one."""
        return RANKS[self.role] >= RANKS[role]


SYSTEM = User("ljuskoll", "administer")
"""The service itself."""


def seen_by(user: User, table: Limited) -> ColumnElement[bool] | None:
    """The condition that keeps rows of a table to what the user may see; None where that is everything."""
    if user.municipalities is None:
        return None
    document = or_(DocumentRow.municipality.in_(user.municipalities), DocumentRow.received_by == user.name)
    if table is DocumentRow:
        return document
    if table is CorrectionRow:
        return CorrectionRow.document.in_(select(DocumentRow.sha256).where(document))
    own = select(DocumentRow.sha256).where(DocumentRow.received_by == user.name)
    return or_(table.municipality.in_(user.municipalities), table.document.in_(own))  # type: ignore[union-attr]


def only_seen(query: Query, user: User, table: Limited) -> Query:
    """The query, kept to what the user may see."""
    condition = seen_by(user, table)
    return query if condition is None else query.where(condition)
