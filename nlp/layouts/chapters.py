"""The chapters of a long report that follow up no assignment: risks, investments, notes, the economy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ljuskoll.nlp.vocabulary.labels import is_foreign, is_hiding


class _Outline(Protocol):
    """What is needed to know of a stream: its headings."""

    @property
    def size(self) -> int:
        """The number of entries."""

    @property
    def has_headings(self) -> bool:
        """Whether the document marks its headings as such."""

    def heading_text(self, index: int) -> str | None:
        """The text of what ends a chapter or begins one, None for all else."""

    def level(self, index: int) -> int:
        """The heading level."""

    def opens_followup(self, index: int) -> bool:
        """Whether a heading says that follow-ups stand below it."""


@dataclass(frozen=True, slots=True)
class Chapters:
    """Which entries stand in such a chapter; hidden are those of chapters that show lights of their own."""

    foreign: frozenset[int]
    hidden: frozenset[int]

    @classmethod
    def of(cls, outline: _Outline) -> "Chapters":
        """The chapters of a document."""
        foreign: set[int] = set()
        hidden: set[int] = set()
        for index, is_hidden in _inside(outline):
            foreign.add(index)
            if is_hidden:
                hidden.add(index)
        return cls(frozenset(foreign), frozenset(hidden))

    def is_foreign(self, index: int) -> bool:
        """Whether the entry stands in a chapter that follows up no assignment."""
        return index in self.foreign

    def is_hidden(self, index: int) -> bool:
        """Whether that chapter shows lights of its own."""
        return index in self.hidden


def _inside(outline: _Outline) -> Iterator[tuple[int, bool]]:
    """Each entry within a chapter of this kind, and whether the chapter is hidden."""
    open_chapters: list[tuple[int, bool]] = []
    for index in range(outline.size):
        text = outline.heading_text(index)
        if text is not None:
            level = outline.level(index)
            if outline.has_headings:
                while open_chapters and open_chapters[-1][0] >= level:
                    open_chapters.pop()
            elif outline.opens_followup(index) or is_foreign(text):
                open_chapters.clear()
            if is_foreign(text):
                open_chapters.append((level, is_hiding(text)))
        if open_chapters:
            yield index, any(hiding for _, hiding in open_chapters)
