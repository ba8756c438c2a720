"""Personal numbers, addresses, telephone numbers and persons' names hidden in a text, character for character."""

from collections.abc import Collection

from ljuskoll.service.masking.names import find_names
from ljuskoll.service.masking.numbers import MASK, masked_numbers

__all__ = ["MASK", "masked"]


def masked(text: str, officials: Collection[str] = ()) -> str:
    """The text with personal data as dots; as long as the text itself.

    Numbers and addresses are found exactly, names as well as lists of names and what stands around them can tell.
    Names of `officials`, and of those named with a public office, are left readable.
    """
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
