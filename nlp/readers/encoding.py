"""Bytes to text for the encodings that Swedish authorities use: UTF-8, UTF-16 and Windows-1252."""

import codecs
import re

from ljuskoll.nlp.errors import UnsupportedTypeError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
MOSTLY_UTF8 = 4
"""A text with this many good UTF-8 sequences for each bad byte is UTF-8 with damage, not Windows-1252."""


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of `data` and a warning where bytes had to be replaced.

    UTF-8 is tried before Windows-1252 since Swedish text in the latter is almost never valid UTF-8.
    Raises UnsupportedTypeError where the bytes are no text.
    """
    encoding = _by_mark(data) or _by_zeros(data)
    if encoding is not None:
        return _checked(data.decode(encoding, errors="replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(data):
        text, _ = _checked(data.decode("utf-8", errors="replace"))
        return text, "Filen är UTF-8 men har trasiga tecken, som visas som \ufffd."
    return _checked(data.decode("cp1252", errors="replace"))


def _by_mark(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return None
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    good = sum(1 for char in text if ord(char) > 127 and char != "\ufffd")
    return good > MOSTLY_UTF8 * text.count("\ufffd")


def _checked(text: str) -> tuple[str, str | None]:
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 200:
        raise UnsupportedTypeError(
            "Filens innehåll är inte text och av okänd typ. Spara den som PDF, HTML eller text.", "file"
        )
    return text, None
