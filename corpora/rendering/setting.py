"""One document to render: a report of ours in one layout, with the wordings and ways of drawing chosen for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ljuskoll.corpora.rendering.status import Drawn, draw
from ljuskoll.corpora.reports.description import Assignment, Description, load_words
from ljuskoll.corpora.reports.truth import TruePhrase, TrueRecord


@dataclass(frozen=True)
class Setting:
    """A report with a layout's choices; `number` is the document's place in the corpus and chooses wordings.

    `drawing` "none" shows no status; `matter` False leaves out what stands around the follow-up.
    """

    description: Description
    layout: str
    producer: str
    drawing: str
    number: int
    matter: bool = True

    @property
    def variant(self) -> int:
        """Which of three wordings is used."""
        return self.number % 3

    @cached_property
    def codes(self) -> bool:
        """Whether boards are written as codes where they have one."""
        return self.number % 2 == 1

    @property
    def noun(self) -> str:
        """What one row is ("Uppdrag")."""
        return str(load_words()["nouns"][self.description.kind])

    @property
    def plural(self) -> str:
        """What the rows are ("Indikatorer")."""
        return str(load_words()["plural"][self.description.kind])

    @property
    def period(self) -> str:
        """The period as headers write it."""
        period = self.description.period
        return f"T{period.tertial} {period.year}" if period.tertial else f"{period.as_of}"

    def heading(self, role: str) -> str:
        """The heading of a column."""
        wording = load_words()["headings"][role][self.variant]
        return str(wording).format(noun=self.noun, lower=self.noun.lower())

    def label(self, role: str) -> str:
        """A label before a colon."""
        return str(load_words()["labels"][role][self.variant])

    def boards(self, row: Assignment) -> tuple[str, ...]:
        """The row's boards as this document writes them."""
        codes: dict[str, str] = load_words()["codes"]
        return tuple(codes.get(board, board) for board in row.boards) if self.codes else row.boards

    def board_text(self, row: Assignment) -> str:
        """The row's boards in one text."""
        return ", ".join(self.boards(row))

    def drawn(self, row: Assignment) -> Drawn:
        """The row's status as this document draws it."""
        return draw(row, self.drawing, self.number)

    def record(self, row: Assignment, **changes: Any) -> TrueRecord:
        """What a reader must find of this row."""
        sentence = row.sentence
        names: dict[str, str] = load_words()["full_names"]
        record = TrueRecord(
            kind=self.description.kind,
            assignment=row.title,
            boards=self.boards(row),
            board_names=tuple(names.get(board, board) for board in row.boards),
            period=self.description.period,
            declared=None if self.drawing == "none" else self.drawn(row).truth,
            phrase=TruePhrase(text=sentence, outcome=row.outcome) if sentence else None,
            comment="\n".join(row.paragraphs),
        )
        return record.model_copy(update=changes)
