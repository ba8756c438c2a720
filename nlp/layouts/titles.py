"""Titles of assignments with the boards that stand in parentheses before or after them."""

import re
from dataclasses import dataclass

from ljuskoll.nlp.layouts.entries import MAX_TITLE, ends_sentence
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.labels import asks, is_no_board, names_number, shall, takes_board

MAX_SENTENCE_TITLE = 160
_AFTER = re.compile(r"(?P<title>\S.*?)\s*\((?P<boards>[^()]{1,120})\)\s*[.:]?")
_BEFORE = re.compile(r"\((?P<boards>[^()]{1,120})\)\s*[.:–-]?\s*(?P<title>\S.*)")
_CHART_LABEL = re.compile(r"(?:\S+ ){1,3}\d[\d,.]*\s?%")
_ALONE = re.compile(r"\((?P<boards>[^()]{1,120})\)\s*[.:•·–-]?")
_ENDING = re.compile(r"(?P<title>\S.*?)(?:\s+[–—|/-]\s+|\s*[|/]\s*|,\s+|\s*\[)(?P<boards>[^\[\]]{2,120}?)\]?")
_OPENING = re.compile(r"\[?(?P<boards>[^\[\]:]{2,120}?)(?:\]\s*|\s*[:|]\s*|\s+[–—-]\s+)(?P<title>\S.*)")
_CODED = re.compile(r"(?P<title>\S.*?\s(?P<last>\S+))\s+(?P<boards>[A-ZÅÄÖ]{2,5}(?:\s*[,/]\s*[A-ZÅÄÖ]{2,5})*)")
_CODE_NUMBER = r"[A-ZÅÄÖ]{1,3}\s?\d{1,3}(?:[:.]\d{1,3})+|[A-ZÅÄÖ]{1,2}\d{1,3}(?=[.:)])"
_LEADING_NUMBER = re.compile(
    rf"^(?:[-–•*●■○□▪◦◆►▶]|(?:19|20)\d\d:\d{{1,3}}(?=\s+[A-ZÅÄÖ])|\d{{1,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+\.?|(?:{_CODE_NUMBER})[.:)]?)\s+"
)
_OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÅÄÖ])")
_LONE_NUMBER = re.compile(
    rf"(?:[^\W\d_]+\s+|#\s?)?(?:nr\.?\s+)?(?:\d{{1,3}}(?:[.:]\d{{1,3}})*[.:)]?|{_CODE_NUMBER})", re.I
)
_UNKNOWN_CODE = re.compile(r"[A-ZÅÄÖ]{2,5}(?:\s*[,/]\s*[A-ZÅÄÖ]{2,5})*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its boards, and the boards as written."""

    text: str
    boards: tuple[str, ...]


def board_title(text: str, boards: BoardTable) -> Title | None:
    """A title with its boards in parentheses at either end; None where there are none or the text is a sentence."""
    if len(text) > MAX_TITLE:
        return None
    for pattern in (_AFTER, _BEFORE):
        match = pattern.fullmatch(text)
        if match is None or boards.resolve(match["title"]):
            continue
        named = boards.split(match["boards"])
        if named and not ends_sentence(match["title"]):
            return Title(match["title"].strip(), named)
    return None


def code_title(text: str) -> Title | None:
    """A title that ends in what looks like a board's code, though no table has it ("Bygg en bro (QNX)")."""
    match = _AFTER.fullmatch(text)
    if match is None or len(text) > MAX_TITLE or not _UNKNOWN_CODE.fullmatch(match["boards"]):
        return None
    if any(is_no_board(code) for code in re.split(r"\s*[,/]\s*", match["boards"])):
        return None
    return Title(match["title"].strip(), tuple(re.split(r"\s*[,/]\s*", match["boards"])))


def boards_alone(text: str, boards: BoardTable) -> tuple[str, ...]:
    """The boards of a line that holds nothing else than boards in parentheses."""
    match = _ALONE.fullmatch(text)
    return () if match is None else boards.split(match["boards"])


def loose_board_title(text: str, boards: BoardTable) -> Title | None:
    """A title with boards at either end in brackets, after a dash or the like: for what is known to be a title."""
    if found := board_title(text, boards):
        return found
    coded = _CODED.fullmatch(text)
    named = boards.split(coded["boards"]) if coded is not None and not takes_board(coded["last"]) else ()
    if coded is not None and named:
        return Title(coded["title"].rstrip(" -–—,|/["), named)
    for pattern in (_ENDING, _OPENING):
        match = pattern.fullmatch(text)
        named = boards.split(match["boards"]) if match is not None else ()
        if match is not None and named and not boards.resolve(match["title"]) and not boards.find(match["title"]):
            return Title(match["title"].strip(" -–—"), named)
    return None


def promised_by(title: str, boards: BoardTable) -> tuple[str, ...]:
    """The boards that a title begins with as those who are to do it ("TN ska bygga en brygga")."""
    who, shall_, _ = title.partition(f" {shall()} ")
    return boards.split(who) if shall_ else ()


def without_number(text: str) -> str:
    """A title without the bullet, number or code before it ("12. ", "U3:4 ")."""
    return _LEADING_NUMBER.sub("", text)


def without_outline(text: str) -> str:
    """A heading without its chapter's number ("2.1 Trygg skola"), which is no part of the goal's words."""
    match = _OUTLINE.match(text)
    return text[match.end() :] if match is not None else text


def is_number(text: str) -> bool:
    """Whether a line is nothing but an assignment's number ("Uppdrag 12", "12.", "U3:4")."""
    match = _LONE_NUMBER.fullmatch(text.strip())
    first = text.split()[0] if match is not None else ""
    return match is not None and (not first.isalpha() or names_number(first))


def without_full_stop(text: str) -> str:
    """A title that was written as one short sentence, without its full stop; other texts as they are."""
    return text[:-1] if len(text) <= MAX_SENTENCE_TITLE and text.endswith(".") and ". " not in text else text


def looks_like_title(text: str) -> bool:
    """Whether a block can be a title: words, no sentence with a full stop, not too long, no label of a chart."""
    is_written = 0 < len(text) <= MAX_TITLE and (not ends_sentence(text.strip()) or asks(text.strip()))
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return is_written and letters > digits and _CHART_LABEL.fullmatch(text.strip()) is None
