"""Characters of symbol fonts as the signs that they draw."""

import unicodedata

from ljuskoll.nlp.document import MarkColour

_DINGBATS = {
    "l": "●", "n": "■", "m": "○", "o": "□", "u": "◆", "p": "▲", "q": "▼", "«": "★",
    "J": "☺", "K": "😐", "L": "☹", "ü": "✓", "û": "✗", "ý": "☒", "þ": "☑", "§": "▪", "Ø": "➢", "v": "❖",
    "à": "→", "á": "↑", "ß": "←", "â": "↓", "è": "➔", "é": "↑", "ê": "↓", "ä": "↗", "æ": "↘", "·": "•",
}  # fmt: skip
"""Wingdings by their Latin-1 codes."""
_WEBDINGS = {"n": "●", "g": "■", "a": "✓", "r": "✗", "5": "▲", "6": "▼", "3": "◀", "4": "▶"}
_ZAPF = {
    "l": "●", "m": "❍", "n": "■", "s": "▲", "t": "▼", "u": "◆", "H": "★", "3": "✓", "4": "✔", "5": "✕", "6": "✖",
    "7": "✗", "8": "✘",
}  # fmt: skip
_SYMBOL = {"‹": "←", "›": "↑", "ﬁ": "→", "ﬂ": "↓"}
"""Symbol by what its codes mean in the standard encoding."""
_BY_FONT = (("webdings", _WEBDINGS), ("wingdings", _DINGBATS), ("zapfdingbats", _ZAPF), ("symbol", _SYMBOL))
_EMOJI = {
    "✓": "✅", "✗": "❌", "↑": "⬆", "→": "➡", "↓": "⬇", "↗": "↗", "↘": "↘", "🙂": "🙂", "😐": "😐", "☹": "☹",
}  # fmt: skip
"""Emoji by the sign that their shape shows."""
_DISCS: dict[MarkColour, str] = {
    "green": "🟢", "yellow": "🟡", "red": "🔴", "blue": "🔵", "other": "🟣", "grey": "⚪",
}  # fmt: skip
_UNUSED_CODE = "(cid:127)"
"""Codes that Windows' encoding leaves unused draw a bullet, says the PDF reference; programs use the first."""
_PRIVATE_USE = 0xF000
_FIRST_SIGN = 0x2190
UNREADABLE = "\ufffd"


def readable(text: str, font: str) -> str:
    """The character's text with symbol fonts resolved; U+FFFD where the font does not say what it draws."""
    if text.startswith("(cid:"):
        return "•" if text == _UNUSED_CODE else UNREADABLE
    if len(text) != 1:
        return text
    in_private_use = _PRIVATE_USE <= ord(text) <= _PRIVATE_USE + 0xFF
    code = chr(ord(text) - _PRIVATE_USE) if in_private_use else text
    name = font.rsplit("+", 1)[-1].lower()
    for family, signs in _BY_FONT:
        if name.startswith(family):
            return signs.get(code, code)
    if in_private_use:
        return "•" if code in "·§" else _DINGBATS.get(code, code)
    return text


def emoji(colour: MarkColour | None, sign: str) -> str:
    """The emoji that is drawn with this colour and sign, as `picture_mark` tells them; "" where they do not say."""
    return _EMOJI.get(sign) or (_DISCS[colour] if colour else "")


def is_sign(text: str) -> bool:
    """Whether this is a drawn sign (disc, square, arrow, check mark ...) rather than a letter or punctuation."""
    return len(text) == 1 and ord(text) >= _FIRST_SIGN and unicodedata.category(text) in ("So", "Sm")
