"""What identifies a record or a line of a plan: its document and what it says, and no place, score or version."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping
from itertools import count
from typing import Any, Final

from ljuskoll.nlp.followup import FollowUp, PlanItem

ADDED: Final = "row"
"""The field name of a correction that adds or removes a whole row; it stands first in the identity of added ones."""
_BETWEEN = "\x1f"
_NOT_WORDS = re.compile(r"[^\w]+")


def read_identity(numbers: Counter[str], sha256: str, item: FollowUp | PlanItem) -> str:
    """The id of what was read from the document `sha256`; `numbers` counts equals within it."""
    key = _BETWEEN.join((sha256, *_key(item)))
    numbers[key] += 1
    return _digest(key, numbers[key])


def added_identity(document_sha256: str, row: Mapping[str, Any], taken: Container[str] = ()) -> str:
    """The id of a row that a person adds to a document: that of no read record, and none of `taken`.

    `row` holds at least the fields of a FollowUp by which records are told apart. Raises pydantic's ValidationError.
    """
    followup = FollowUp.model_validate({name: row[name] for name in ("kind", "assignment", "boards") if name in row})
    key = _BETWEEN.join((document_sha256, ADDED, *_key(followup)))
    return next(one for one in (_digest(key, number) for number in count(1)) if one not in taken)


def _key(item: FollowUp | PlanItem) -> tuple[str, ...]:
    if isinstance(item, PlanItem):
        return (item.section, item.unit, item.number or "", _normalised(item.text))
    return (item.kind, _normalised(item.assignment), *item.boards)


def _normalised(text: str) -> str:
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


def _digest(key: str, number: int) -> str:
    return hashlib.sha256(f"{key}{_BETWEEN}{number}".encode()).hexdigest()
