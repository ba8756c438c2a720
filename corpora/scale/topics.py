"""What there is to follow up: the titles of our own comments, by the board that they were written for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from ljuskoll.corpora.comments import Comment, load_comments
from ljuskoll.corpora.reports.description import texts
from ljuskoll.nlp.followup import Kind, Tertial
from ljuskoll.nlp.vocabulary.municipalities import find_municipality

ReportKind: TypeAlias = Literal["assignment", "goal"]
"""What a municipality follows up: assignments with activities, or goals with indicators."""

_KINDS: Mapping[ReportKind, frozenset[Kind]] = {
    "assignment": frozenset({"assignment", "activity"}),
    "goal": frozenset({"goal", "indicator"}),
}
_LEAST_TOPICS = 14
"""A board with fewer titles makes no report of its own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One title with the comments that were written for it, by tertial."""

    title: str
    comments: tuple[Comment, ...]

    def at(self, tertial: Tertial) -> Comment:
        """What is said of it in a tertial: its own comment, else that of the nearest one."""
        return min(self.comments, key=lambda comment: abs(comment.tertial - tertial))


@cache
def topics_by_board(kind: ReportKind) -> Mapping[str, tuple[Topic, ...]]:
    """The topics of each board that has enough of them. No title is in two boards; the test split is left alone."""
    by_title: dict[str, list[Comment]] = {}
    for comment in _comments():
        if comment.kind in _KINDS[kind]:
            by_title.setdefault(comment.assignment.casefold(), []).append(comment)
    by_board: dict[str, list[Topic]] = {}
    for comments in by_title.values():
        first = comments[0]
        by_board.setdefault(first.board, []).append(Topic(first.assignment, tuple(comments)))
    return {board: tuple(topics) for board, topics in by_board.items() if len(topics) >= _LEAST_TOPICS}


def _comments() -> list[Comment]:
    """All that may stand in any municipality's report, whatever its layout and the program that makes it."""
    found = sorted((*texts().values(), *load_comments("dev")), key=lambda comment: comment.id)
    unfit = (_is_scanned, _is_beyond_fonts, _names_a_municipality)
    return [comment for comment in found if not any(is_so(comment) for is_so in unfit)]


def _is_scanned(comment: Comment) -> bool:
    return comment.phenomenon == "ocr_noise"


def _is_beyond_fonts(comment: Comment) -> bool:
    """Whether it has letters that the standard fonts of a PDF have not."""
    try:
        f"{comment.assignment}{comment.comment}".encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


def _names_a_municipality(comment: Comment) -> bool:
    said = [comment.assignment, comment.comment]
    return find_municipality("", said, []) is not None or comment.municipality in " ".join(said)
