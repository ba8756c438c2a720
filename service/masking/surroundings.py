"""What stands around a possible name: a role, a label or an office before it; an office, an age or a thing after it."""

import re
from functools import cache

from ljuskoll.service.masking.words import (
    Role,
    contexts,
    is_about,
    is_label,
    is_never_after_person,
    is_of_kin,
    is_place,
    is_shortened,
    is_title,
    role_of,
)

SPACE = "[ \u00a0\u202f]"
_LOOK_BACK = 70
_LOOK_AHEAD = 60
_SENTENCE_ENDS = frozenset(".!?:;•–·*»|")
_AGE = re.compile(rf",?{SPACE}\(?(?:[1-9]?\d|1[01]\d){SPACE}?år\b")
_ONE = f"(?:det|den|ett|en|vårt|vår|våra|kommunens|regionens){SPACE}(?:[a-zåäö]+[at]{SPACE})?"
_SAID_TO_BE = re.compile(
    rf"(?:(?:,|{SPACE}och|{SPACE}samt){SPACE}[^\W\d_a-zåäö]\w+){{0,4}}"
    rf"(?:,{SPACE}{_ONE}(?P<noun>[\w-]+)|{SPACE}är{SPACE}(?:(?P<titled>(?:namnet|titeln)\b)|(?:{_ONE})?(?P<kind>[\w-]+)))"
)
_PARTY = re.compile(rf"{SPACE}\((?:S|M|C|L|V|MP|KD|SD|FI|-)\)")
_TITLE = re.compile(
    rf",{SPACE}(?:(?:tf|t\.f\.|bitr|bitr\.|biträdande|vik|vikarierande|leg|leg\.|fd|f\.d\.){SPACE})?([a-zåäö-]+)"
)
_LOWER_WORD = re.compile(rf"{SPACE}([^\W\d_]+)")


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a line or a cell begins here, so that any word has a capital."""
    before = text[max(0, start - _LOOK_BACK) : start]
    trimmed = before.rstrip(" \u00a0\u202f(\"”»'")
    return not trimmed or trimmed[-1] in _SENTENCE_ENDS or trimmed[-1].isspace()


def role_before(text: str, start: int) -> Role:
    """What the words before make of a name here: the role "likely" after a label, "" after nothing that tells."""
    before = text[max(0, start - _LOOK_BACK) : start]
    words = before.lower().split()
    if not words:
        return ""
    word = words[-1].strip("(\"”»'")
    plain = word.rstrip(".,:")
    if word.endswith(":") or "\n" in before[len(before.rstrip()) :] or (word.endswith(",") and plain == "hälsning"):
        return "person" if is_of_kin(plain) else "likely" if is_label(plain) else ""
    if plain in ("till", "för", "om", "av", "med") and len(words) > 1 and plain == word:
        return _role_of_phrase(words[-2], plain)
    role = role_of(plain)
    if word.endswith(".") and len(plain) > 2 and not is_shortened(plain):
        return ""
    apart = word.endswith(",") or "(" in words[-1] or before.endswith("(")
    return role if not apart else "likely" if role in ("person", "likely") else ""


def _role_of_phrase(word: str, preposition: str) -> Role:
    """Of "anhöriga till" and "detaljplanen för": the role of the word before the preposition."""
    if is_about(word):
        return "thing"
    return "likely" if preposition == "till" and role_of(word) in ("person", "likely") else ""


def is_official(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is named with a public office straight before or after."""
    before, after = _office()
    return bool(
        before.search(text[max(0, start - _LOOK_BACK) : start].lower())
        or after.match(text[end : end + _LOOK_AHEAD].lower())
    )


def is_thing(text: str, end: int) -> bool:
    """Whether the name that ends here is a place's or a thing's: "Anna Lindhs skola", "Mina meddelanden"."""
    if _partners().match(text, end) or _is_said_to_be_thing(text, end):
        return True
    following = _LOWER_WORD.match(text, end)
    if following is None:
        return False
    return is_never_after_person(following[1]) or (text[end - 1] == "s" and is_place(following[1]))


def _is_said_to_be_thing(text: str, end: int) -> bool:
    """Whether what follows says so: ", det nya systemet", " är namnet på", " och Viva är våra system"."""
    said = _SAID_TO_BE.match(text, end)
    return bool(said and (said["titled"] or role_of(said["noun"] or said["kind"]) == "thing"))


def is_famous(text: str, start: int) -> bool:
    """Whether somebody in a book, or long dead, is named here: they are in no follow-up in person."""
    return _famous().match(text, start) is not None


def is_in(text: str, start: int, end: int) -> bool:
    """Whether "i" stands before one word: a place or a system more often than a person, but for "i Annas grupp"."""
    return text[max(0, start - 3) : start].lower() == " i " and text[end - 1] != "s"


def is_told_after(text: str, end: int) -> bool:
    """Whether an age, a party or a title follows: ", 43 år", " (S)", ", enhetschef"."""
    if _AGE.match(text, end) or _PARTY.match(text, end):
        return True
    title = _TITLE.match(text, end)
    return bool(title and is_title(title[1]))


def does_as_persons(text: str, end: int) -> bool:
    """Whether a verb follows that has persons as its subject."""
    return _does().match(text, end) is not None


@cache
def _partners() -> re.Pattern[str]:
    return re.compile(rf"{SPACE}&{SPACE}(?:{'|'.join(contexts()['thing']['partners'].split())})\b")


@cache
def _famous() -> re.Pattern[str]:
    names = (" ".join(name.split()) for name in contexts()["thing"]["famous"].split("|"))
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})s?\b(?!{SPACE}[^\W\d_a-zåäö])")


@cache
def _does() -> re.Pattern[str]:
    phrases = "|".join(re.escape(" ".join(phrase.split())) for phrase in contexts()["person"]["does"].split("|"))
    return re.compile(rf"{SPACE}(?:{phrases})\b")


@cache
def _office() -> tuple[re.Pattern[str], re.Pattern[str]]:
    office = contexts()["office"]
    words = "|".join(
        rf"[\w-]*{word[1:]}" if word.startswith("*") else re.escape(word) for word in office["words"].split()
    )
    before = "|".join((*office["before"], rf"(?<![\w-])(?:{words})"))
    after = "|".join(office["after"]).replace("OFFICE", words)
    party = r"(?: \([a-zåäö]{1,3}\))?"
    return re.compile(rf"(?:{before}){SPACE}$"), re.compile(rf"{party},?{SPACE}(?:{after})")
