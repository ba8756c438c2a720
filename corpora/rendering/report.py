"""The description of one report of ours: what it says and in which form it is rendered."""

from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from pydantic import field_validator

from ljuskoll.nlp.followup import Colour, Model

Rendering: TypeAlias = Literal["list_text", "table_html", "web_page", "table_pdf", "list_pdf"]
StatusDrawn: TypeAlias = Literal["circle", "fill", "word", "square"]


class Row(Model):
    """One assignment with its board, light and comment (paragraphs are separated by line breaks)."""

    assignment: str
    board: str | None = None
    light: Colour | None = None
    comment: str = ""

    @property
    def title(self) -> str:
        """The assignment with its board in parentheses at the end."""
        return f"{self.assignment} ({self.board})" if self.board else self.assignment

    @property
    def paragraphs(self) -> list[str]:
        """The comment's paragraphs."""
        return [line.strip() for line in self.comment.splitlines() if line.strip()]


class Section(Model):
    """A part of a report: heading, paragraphs, rows, closing paragraphs."""

    heading: str | None = None
    text: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    closing: tuple[str, ...] = ()


class Report(Model):
    """One report; `file` is its path in the archive, with "/"; lists show no lights."""

    file: str
    rendering: Rendering
    title: str
    municipality: str
    period: str
    intro: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    footer: str = ""
    status_drawn: StatusDrawn = "circle"
    board_first: bool = False

    @field_validator("file")
    @classmethod
    def _stays_inside_the_archive(cls, value: str) -> str:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or "\\" in value:
            raise ValueError(f"not a path inside the archive: {value}")
        return value


def load_report(path: Path) -> Report:
    """The report that this JSON file describes; pydantic's ValidationError says what is wrong with it."""
    return Report.model_validate_json(path.read_bytes())
