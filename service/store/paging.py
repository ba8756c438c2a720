"""Pages of long lists: each says where the next begins, so that the last costs no more than the first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from ljuskoll.nlp.errors import UsageError

MOST = 500
"""So many rows at most stand on a page."""
LONGEST_MARK = 1000
LARGEST = 2**31 - 1
"""The largest whole number that a column holds in PostgreSQL."""
Item = TypeVar("Item")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows, and the mark by which the next page is asked for; None on the last."""

    items: tuple[Item, ...]
    next: str | None

    def shown(self, show: Callable[[Item], Shown]) -> "Page[Shown]":
        """The page with each row turned into what is shown of it."""
        return Page(tuple(map(show, self.items)), self.next)


def page_of(
    session: Session,
    query: Select[Item],
    columns: Sequence[InstrumentedAttribute[Any]],
    mark: str | None,
    limit: int,
) -> Page[Item]:
    """The rows of a query in the order of these columns, from the mark on: `limit`, but 1 at least and MOST at most.

    Raises UsageError for a mark that no page gave.
    """
    most = max(1, min(limit, MOST))
    if mark is not None:
        query = query.where(tuple_(*columns) > tuple_(*_values(mark, columns)))
    rows = session.scalars(query.order_by(*columns).limit(most + 1)).all()
    kept = tuple(rows[:most])
    return Page(kept, _mark(kept[-1], columns) if len(rows) > most else None)


def _mark(row: object, columns: Sequence[InstrumentedAttribute[Any]]) -> str:
    values = [getattr(row, column.key) for column in columns]
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _values(mark: str, columns: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        values = json.loads(urlsafe_b64decode(mark[:LONGEST_MARK] + "=" * (-len(mark) % 4)))
    except ValueError as error:
        raise UsageError("Sidmärket kan inte läsas. Börja om från listans början.") from error
    is_right = isinstance(values, list) and len(values) == len(columns)
    if not is_right or not all(map(_fits, values, columns)):
        raise UsageError("Sidmärket hör inte till den här listan. Börja om från listans början.")
    return list(values)


def _fits(value: object, column: InstrumentedAttribute[Any]) -> bool:
    if type(value) is not column.type.python_type:
        return False
    return value.isprintable() if isinstance(value, str) else abs(value) <= LARGEST  # type: ignore[arg-type]
