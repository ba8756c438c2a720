"""Text as a person reads it: one form of every letter, no invisible characters, single spaces."""

import re
import unicodedata

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029\u000b]")


def clean_text(text: str) -> str:
    """NFC, ligatures resolved, soft hyphens and other invisible characters dropped, line ends as a line feed."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return _INVISIBLE.sub("", text.translate(_LIGATURES))


def single_spaced(text: str) -> str:
    """`clean_text` on one line: every run of white space becomes one space."""
    return _SPACES.sub(" ", clean_text(text).replace("\n", " ")).strip()
