"""The words around a report's titles and comments: labels, sub-headings, chapters, and who answers for what."""

import re
from functools import cache
from typing import Any

from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.words import either, load

MAX_CHAPTER_WORDS = 9
"""A longer heading names no chapter of an annual report."""
_AREA_ENDINGS = tuple(load("labels.toml")["followup"]["area_endings"])
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")


def _data() -> dict[str, Any]:
    return load("labels.toml")


@cache
def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(_data()[table][name])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" :.?!")


def is_other_label(text: str) -> bool:
    """Whether a label's value is neither board, status nor comment ("Handläggare")."""
    return _plain(text) in _words("labels", "other")


def is_told_status(text: str) -> bool:
    """Whether a label means a status before a colon, though it opens a sentence without one ("Målet bedöms")."""
    return _plain(text) in _words("labels", "status")


def tells_how_it_stands(name: str) -> bool:
    """Whether a weak label of the status has a comment after it, where a sentence follows ("Läge: utredningen ...")."""
    return _plain(name) in _words("labels", "how_it_stands")


def is_weak_status(text: str) -> bool:
    """Whether a label means a status only where a light follows ("Nuläge")."""
    return _plain(text) in _words("labels", "weak_status")


def says_progress(text: str) -> bool:
    """Whether a status says no more than that work goes on ("Pågår")."""
    return _plain(text) in _words("labels", "progress")


def may_name_person(text: str) -> bool:
    """Whether a label of the board can as well be followed by a person's name ("Ansvarig")."""
    return _plain(text) in _words("labels", "person_or_board")


def label_rest(text: str) -> bool:
    """Whether a label is one known word with nothing but what may follow it ("Kommentar till status")."""
    words = _plain(text).split()
    return len(words) > 1 and all(word in _words("labels", "rest") for word in words[1:])


def is_former(text: str) -> bool:
    """Whether a label speaks of a former period ("Föregående status")."""
    return any(word in _words("labels", "former") for word in _plain(text).split())


def is_subheading(text: str) -> bool:
    """Whether a heading is one within a comment ("Nästa steg")."""
    return _plain(text) in _words("subheadings", "words")


def heads_goals(text: str) -> bool:
    """Whether goals stand below a heading that names none itself ("Uppföljning av mål 2023").

    Or that says whose they are at the end of what it reports on ("Bedömning av fullmäktiges mål, helår 2026").
    """
    for mention in reversed(find_periods(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    words = _plain(_NUMBERING.sub("", text)).rstrip(" ,–-")
    return words in _words("followup", "goals") or _pattern_of_goals().search(words) is not None


@cache
def _pattern_of_goals() -> re.Pattern[str]:
    """The end of a heading that says what it reports on, where that is someone's goals."""
    goals, reports = either(_words("followup", "goals")), either(_words("followup", "reports_on"))
    return re.compile(rf"(?<!\w)(?:{reports})\s(?:{goals})$")


def names_no_goal(text: str) -> bool:
    """Whether a heading stands above what belongs to no goal ("Övriga uppdrag")."""
    return next(iter(_plain(text).split()), "") in _words("followup", "no_goal")


def names_area(text: str) -> bool:
    """Whether a heading says nothing but which part of the organisation the text is about ("Kultur och fritid")."""
    words = [part for word in _WORD.findall(text) for part in word.casefold().split("-") if part]
    return all(word in _words("followup", "areas") or word.endswith(_AREA_ENDINGS) for word in words)


def asks(text: str) -> bool:
    """Whether a text is one question that is answered by yes or no."""
    if not text.endswith("?") or re.search(r"[.!?]\s", text):
        return False
    return text.split()[0].casefold() in _words("followup", "questions")


def is_contents(text: str) -> bool:
    """Whether a heading stands above a table of contents."""
    return _plain(text) in _words("contents", "headings")


def is_foreign(text: str) -> bool:
    """Whether a heading opens a chapter that follows up no assignment ("Noter", "5 Finansiell analys 2023")."""
    return _is_made_of("words", text)


def is_hiding(text: str) -> bool:
    """Whether such a chapter shows lights of its own, of risks or investments."""
    return _is_made_of("hiding", text)


def says_followup(text: str) -> bool:
    """Whether a heading or title says that assignments, goals or the like are followed up below it."""
    return any(word.casefold() in _words("followup", "words") for word in _WORD.findall(text))


def announces_followup(text: str) -> bool:
    """Whether a document's title says that it reports on assignments or goals, and not only that there are some."""
    words = {word.casefold() for word in _WORD.findall(text)}
    told = words & _words("followup", "reporting") and words & _words("followup", "reported")
    return bool(told or words & _words("followup", "reports"))


def is_no_board(code: str) -> bool:
    """Whether a code is known to be something else than a board's: a party, an index, a law."""
    return code in _words("responsible", "no_codes")


def takes_board(word: str) -> bool:
    """Whether a board after this word is part of the sentence ("samverkan med KS")."""
    return word.casefold().strip(",") in _words("responsible", "prepositions")


def names_number(word: str) -> bool:
    """Whether a number after this word is that of an assignment ("Uppdrag 12"), no goal's or chapter's."""
    return word.casefold() in _words("followup", "numbered")


def board_of_heading(text: str, boards: BoardTable) -> str | None:
    """The one board, as written, of a heading that says nothing else than what of it is followed up, and when."""
    if len(text.split()) > MAX_CHAPTER_WORDS or not says_followup(text):
        return None
    named = boards.find(text)
    mentions = [mention for mention in named if mention.name not in _words("responsible", "givers")]
    if len(mentions) != 1:
        return None
    rest = text
    for one in reversed(named):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    for mention in reversed(find_periods(rest)):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    known = _words("followup", "words") | _words("foreign", "filler") | _words("responsible", "to")
    known |= _words("responsible", "given_by") if len(named) > 1 else frozenset()
    is_all = all(word.casefold() in known for word in _WORD.findall(rest))
    return _nominative(mentions[0].as_written, boards) if is_all else None


def boards_of_front(text: str, boards: BoardTable) -> tuple[str, ...]:
    """The boards, as written, that a line of a document's front names as those whose report it is.

    Who only gives assignments is none of them, and the municipality's own board only where it says that it is its own.
    """
    if text.casefold().startswith(tuple(_words("front", "others"))):
        return ()
    central, givers = _words("front", "central"), _words("responsible", "givers")
    return tuple(
        _nominative(mention.as_written, boards)
        for mention in boards.find(text)
        if mention.name not in givers
        and (mention.name not in central or _is_own(text[: mention.start], text[mention.end :]))
    )


def _is_own(before: str, rest: str) -> bool:
    """Whether what stands around a board's name says that it is about its own, or about what it alone is to do."""
    following = next(iter(_WORD.findall(rest.casefold())), "")
    is_given = not following and _ends_with("given_to", before.strip().casefold())
    return is_given or following in _words("front", "own")


def board_of_title(text: str, boards: BoardTable) -> str | None:
    """The board, as written, that a title gives its assignment to ("Tekniska nämndens uppdrag att ...")."""
    mentions = boards.find(text)
    if len(mentions) != 1 or mentions[0].name in _words("responsible", "givers"):
        return None
    before, after = text[: mentions[0].start].strip().casefold(), text[mentions[0].end :].strip()
    opens = not before and _pattern("after").match(after) is not None
    return _nominative(mentions[0].as_written, boards) if opens or _ends_with("before", before) else None


def board_given_to(text: str, boards: BoardTable) -> tuple[str, str] | None:
    """The words that say so, and the board, of a line about whose an assignment is and when it was given, no more."""
    match = _given().fullmatch(text)
    if match is None or _SENTENCE.search(match["when"]):
        return None
    board = match["board"] if boards.split(match["board"]) else _through().split(match["board"])[0]
    return (match["name"], board) if boards.split(board) else None


def opens_with_quality(text: str) -> bool:
    """Whether a title begins with a quality that alone would be a status ("God och nära service")."""
    first, _, rest = text.partition(" ")
    return bool(rest) and first.casefold() in _data()["titles"]["qualities"]


def shall() -> str:
    """The word between a board and what it is to do."""
    return str(_data()["responsible"]["shall"])


def board_of_comment(text: str, boards: BoardTable) -> str | None:
    """The board, as written, that a comment's sentence calls responsible; None where it names none, or several."""
    named = {
        mention.name: mention.as_written
        for mention in boards.find(text)
        if _ends_with("sentence_before", text[: mention.start].strip().casefold())
        or _pattern("sentence_after").match(text[mention.end :].strip())
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _nominative(text: str, boards: BoardTable) -> str:
    """A board's name as written, without the genitive's ending."""
    return text[:-1] if text.endswith("s") and boards.resolve(text[:-1]) else text


@cache
def _given() -> re.Pattern[str]:
    words = either(_data()["responsible"]["given_to"])
    when = r"(?P<when>[^:]{0,40}\d[^:]{0,20}?)"
    return re.compile(rf"(?P<name>(?i:{words})) (?P<board>[^,.§\d]{{3,90}}),\s*{when}\.?")


@cache
def _through() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{either(_data()['responsible']['given_through'])})\s+", re.IGNORECASE)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(_data()['responsible'][name])})(?!\w)", re.IGNORECASE)


def _ends_with(name: str, text: str) -> bool:
    return any(text.endswith(ending) for ending in _data()["responsible"][name])


@cache
def _chapters(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{either(_data()['foreign'][name])})(?![\w-])", re.IGNORECASE)


def _is_made_of(name: str, text: str) -> bool:
    """Whether a heading is made of a chapter's words, filler words and a period alone."""
    text = _NUMBERING.sub("", text)
    if len(text.split()) > MAX_CHAPTER_WORDS or not _chapters(name).search(text):
        return False
    for mention in reversed(find_periods(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    left = _WORD.findall(_chapters(name).sub(" ", text))
    return all(word.casefold() in _words("foreign", "filler") for word in left)
