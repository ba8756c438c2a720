"""Titles of assignments with the boards that stand in parentheses before or after them."""

import re
from dataclasses import dataclass

from ljuskoll.nlp.layouts.stream import MAX_TITLE, ends_sentence
from ljuskoll.nlp.vocabulary.boards import BoardTable

MAX_SENTENCE_TITLE = 160
_AFTER = re.compile(r"(?P<title>\S.*?)\s*\((?P<boards>[^()]{1,120})\)\s*[.:]?")
_BEFORE = re.compile(r"\((?P<boards>[^()]{1,120})\)\s*[.:–-]?\s*(?P<title>\S.*)")
_ALONE = re.compile(r"\((?P<boards>[^()]{1,120})\)\s*[.:•·–-]?")
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
    return Title(match["title"].strip(), tuple(re.split(r"\s*[,/]\s*", match["boards"])))


def boards_alone(text: str, boards: BoardTable) -> tuple[str, ...]:
    """The boards of a line that holds nothing else than boards in parentheses."""
    match = _ALONE.fullmatch(text)
    return () if match is None else boards.split(match["boards"])


def without_full_stop(text: str) -> str:
    """A title that was written as one short sentence, without its full stop; other texts as they are."""
    return text[:-1] if len(text) <= MAX_SENTENCE_TITLE and text.endswith(".") and ". " not in text else text


def looks_like_title(text: str) -> bool:
    """Whether a block can be a title: not empty, no sentence with a full stop, not too long."""
    return 0 < len(text) <= MAX_TITLE and not ends_sentence(text.strip()) and text.strip() not in {".", "-", "•"}
