"""Signs in a Word file's text: characters of symbol fonts, and signs whose colour may be a status."""

import re

from ljuskoll.nlp.document import Mark, Place
from ljuskoll.nlp.readers.colours import RGB, colour_name
from ljuskoll.nlp.readers.symbols import is_sign, readable

_SYMBOL_FONTS = ("wingdings", "webdings", "zapfdingbats", "symbol")
_WINGDINGS_2 = {
    "P": "✓", "O": "✗", "R": "☑", "Q": "☒", "S": "☒", "T": "☒", "U": "☒", "V": "⊗", "£": "□", "¢": "■",
    "\x97": "●", "\x98": "●", "\x99": "○", "\x96": "•", "—": "●", "˜": "●", "™": "○",
}  # fmt: skip
_WINGDINGS_3 = {"p": "▲", "q": "▼", "t": "◄", "u": "►", "f": "←", "g": "→", "h": "↑", "i": "↓"}
_SYMBOL = {"·": "•", "¬": "←", "\xad": "↑", "®": "→", "¯": "↓", "Ö": "√"}
_OWN = {"wingdings 2": _WINGDINGS_2, "wingdings 3": _WINGDINGS_3, "symbol": _SYMBOL}
"""Fonts by the Latin-1 codes that Word files hold; the others are as in PDF files."""
_PRIVATE_USE = re.compile("[\uf000-\uf0ff]")
_FIRST_PRIVATE = 0xF000
_PLAIN = frozenset("●⬤⚫⚪○◯◉•■□▪▫◼◾◻◽⬛⬜◆◇★☆")
"""Signs that say nothing but their colour. Arrows, check marks and faces say more and stay in the text."""
_FIRST_EMOJI = 0x1F000


def is_symbol_text(text: str, font: str) -> bool:
    """Whether the characters are codes of a symbol font rather than letters."""
    return bool(_PRIVATE_USE.search(text)) or font.lower().startswith(_SYMBOL_FONTS)


def drawn_symbol(sign: str, font: str) -> str:
    """The sign that a character of a symbol font draws; "" for the ornaments that nobody has named."""
    code = chr(ord(sign) - _FIRST_PRIVATE) if _in_private_use(sign) else sign
    own = _OWN.get(font.lower())
    if own is not None and (code in own or own is not _SYMBOL):
        return own.get(code, " " if code.isspace() else "")
    drawn = readable(sign, font)
    return "" if _in_private_use(sign) and drawn.isalnum() else drawn


def coloured_signs(text: str, rgb: RGB | None, page: int) -> tuple[str, list[Mark]]:
    """The text without plain signs in a colour, which are bullets or lights, and all coloured signs as marks."""
    if rgb is None or text.isalnum():
        return text, []
    colour = colour_name(rgb)
    if colour in (None, "grey"):
        return text, []
    signs = [sign for sign in text if (is_sign(sign) and ord(sign) < _FIRST_EMOJI) or sign in _PLAIN]
    if not signs:
        return text, []
    kept = "".join(" " if sign in _PLAIN else sign for sign in text)
    return kept, [Mark("symbol", colour, "" if sign in _PLAIN else sign, Place(page)) for sign in signs]


def _in_private_use(sign: str) -> bool:
    return bool(_PRIVATE_USE.match(sign))
