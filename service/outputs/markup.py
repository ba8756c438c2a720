"""HTML made of elements: every text is escaped, only what this module has made is taken as it stands."""

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from ljuskoll.service.outputs.wording import printable


class Html(str):
    """Markup that is finished; any other text is escaped wherever it is put into an element."""

    __slots__ = ()


Child: TypeAlias = "str | int | None"
"""What an element may hold: markup, a text, a number, or nothing."""

NOTHING = Html("")
# They turn the direction of all text after them, also of texts that are not theirs.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"input", "meta", "br"})


def text(value: Child) -> Html:
    """The value as markup: markup as it is, a text or number escaped, nothing for None."""
    if isinstance(value, Html):
        return value
    return NOTHING if value is None else Html(escape(plain(str(value))))


def plain(value: str) -> str:
    """The text without what cannot be shown and what turns the direction of other texts."""
    return _TURNING.sub("", printable(value))


def joined(parts: Iterable[Child], between: str = "") -> Html:
    """The parts after one another."""
    return Html(text(between).join(text(part) for part in parts))


def tag(name: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """An element. `class_` is class, `aria_label` is aria-label; True is an attribute alone, None and False none."""
    start = name + "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{start}>" if name in _VOID else f"<{start}>{joined(children)}</{name}>")


def _attribute(key: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    shown = f"{value:.6g}" if isinstance(value, float) else str(value)
    return f" {name}" if value is True else f' {name}="{text(shown)}"'
