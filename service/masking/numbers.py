"""Personal identity numbers, e-mail addresses and telephone numbers hidden in a text, character for character."""

import re

from stdnum import luhn
from stdnum.exceptions import InvalidComponent
from stdnum.se import personnummer

MASK = "•"
"""Each masked character is replaced by this one, so that offsets into the text still hold."""

_SPACE = "[ \u00a0\u202f]"
_DASH = "[-\u2010\u2011\u2013\u2212]"
_IDENTITY = re.compile(
    rf"(?<!\w)(?:(18|19|20)?(\d{{2}})(\d{{2}})(\d{{2}}){_SPACE}?(?:{_DASH}|\+)?{_SPACE}?(\d{{4}}))(?!\w)"
)
_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)++")
_MONEY = r"(?:kr\b|kronor|[tkm]?kr\b|mnkr|mdkr|mkr|miljon|miljard|procent|%|st\b)"
# Abroad, or with Sweden's own number before it: what groups thousands only, or has a unit, is an amount.
_ABROAD = re.compile(
    rf"(?<![\w+])(?:\+|00)(?!{_SPACE}?\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!{_SPACE}?\d))"
    rf"[1-9]\d{{0,2}}(?:{_SPACE}?\(0\))?(?:(?:{_SPACE}|{_DASH}){{0,2}}\d){{7,12}}(?!\d|{_SPACE}?{_MONEY})"
)
_SWEDEN = re.compile(
    rf"(?<![\w+])(?:\+|00)46(?:{_SPACE}|{_DASH})?(?:\(0\))?(?:(?:{_SPACE}|{_DASH}){{0,2}}\d){{7,10}}(?!\d|{_SPACE}?{_MONEY})"
)
_AREA = r"(?<![\w/])(?<!\d[.,:-])(?<!\w-)\(?0(?:8|[1-9]\d{1,2})\)?"
# What comes after the area's number never begins with 0; a message that quotes half a number ends in " …".
_NATIONAL = re.compile(
    rf"{_AREA}{_SPACE}?(?:{_DASH}|{_SPACE}|(?<=\))|/){_SPACE}?"
    rf"(?:[1-9]\d{{1,2}}(?:{_SPACE}\d{{2,3}}){{1,3}}|[1-9]\d{{1,2}}(?:{_DASH}\d{{2,3}}){{1,3}}|[1-9]\d{{4,7}}"
    rf"|[1-9]\d{{1,2}}(?:{_SPACE}\d{{2,3}})*(?={_SPACE}…))"
    rf"(?!\d|{_SPACE}?{_DASH}\d)"
)
_TOGETHER = re.compile(r"(?<![\w/])(?<!\d[.,:-])(?<!\w-)(?:07[02369]\d{7}|0(?:8|[1-9]\d{1,2})[1-9]\d{5,6})(?!\w)")


def masked_numbers(text: str) -> str:
    """The text with personal numbers, addresses and telephone numbers as dots; as long as the text itself."""
    text = _MAIL.sub(_dots, text)
    text = _IDENTITY.sub(lambda found: _dots(found) if _is_identity(found) else found.group(), text)
    for pattern in (_SWEDEN, _ABROAD, _NATIONAL):
        text = pattern.sub(lambda found: _dots(found) if _is_telephone(found) else found.group(), text)
    return _TOGETHER.sub(_dots, text)


def _dots(found: re.Match[str]) -> str:
    return MASK * len(found.group())


def _is_identity(found: re.Match[str]) -> bool:
    """Whether a date of birth (of a coordination number: with 60 added to the day) and its check digit are right."""
    century, year, month, day, rest = found.groups()
    born = int(day) - 60 if int(day) > 60 else int(day)
    is_date = any(_is_date(one + year, month, born) for one in ([century] if century else ["19", "20"]))
    return is_date and luhn.is_valid(year + month + day + rest)


def _is_date(year: str, month: str, day: int) -> bool:
    try:
        return bool(personnummer.get_birth_date(f"{year}{month}{day:02}-0000"))
    except InvalidComponent:
        return False


def _is_telephone(found: re.Match[str]) -> bool:
    """Whether there are as many digits as a telephone number has, or fewer because the text is cut off there."""
    digits = sum(character.isdigit() for character in found.group())
    return 7 <= digits <= 15 or found.string[found.end() : found.end() + 2].strip(" \u00a0\u202f") == "…"
