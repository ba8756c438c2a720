"""Personal numbers, addresses, telephone numbers and persons' names hidden in a text, character for character."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ljuskoll.service.masking.names import find_names
from ljuskoll.service.masking.numbers import MASK, masked_numbers

__all__ = ["MASK", "is_code", "leaving", "masked"]

_CODE = re.compile("[0-9a-f]{64}|[a-z_]*")
_OFFICIALS: ContextVar[Collection[str]] = ContextVar("officials", default=())


@contextmanager
def leaving(officials: Collection[str]) -> Iterator[None]:
    """While the block runs, the names of these officials are left readable."""
    token = _OFFICIALS.set(officials)
    try:
        yield
    finally:
        _OFFICIALS.reset(token)


def is_code(value: str) -> bool:
    """Whether it is an id, or a value such as "not_started": no text of anyone's, whatever its figures look like."""
    return _CODE.fullmatch(value) is not None


def masked(text: str) -> str:
    """The text with personal data as dots; as long as the text itself.

    Numbers and addresses are found exactly, names as well as lists of names and what stands around them can tell.
    Names of officials that are left (`leaving`), and of those named with a public office, stay readable.
    """
    officials = _OFFICIALS.get()
    text = masked_numbers(text)
    pieces: list[str] = []
    done = 0
    for start, end in find_names(text):
        if not _is_one_of(text[start:end], officials):
            pieces += (text[done:start], MASK * (end - start))
            done = end
    return "".join((*pieces, text[done:]))


def _is_one_of(name: str, officials: Collection[str]) -> bool:
    plain = " ".join(name.split())
    return plain in officials or plain.removesuffix("s") in officials
