"""What is true of each rendered document: its records as a careful reader would write them down."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from ljuskoll.nlp.followup import Colour, Kind, Model, Outcome, Period

Source = Literal["text", "symbol", "icon", "fill"]


class TrueLight(Model):
    """The status as the document shows it; `sources` are the ways in which it may rightly be said to be shown.

    `colour` None: shown, but no light.
    """

    colour: Colour | None
    as_written: str
    sources: tuple[Source, ...]


class TruePhrase(Model):
    """The status sentence of a comment."""

    text: str
    outcome: Outcome


class TrueRecord(Model):
    """One follow-up. `declared` None: no status is shown; `phrase` None: not known.

    `page` is where it starts, from 1 (sheets likewise); None where the file does not say (a Word document).
    """

    kind: Kind
    assignment: str
    boards: tuple[str, ...]
    board_names: tuple[str, ...]
    period: Period
    declared: TrueLight | None = None
    phrase: TruePhrase | None = None
    comment: str = ""
    page: int | None = 1


class TrueDocument(Model):
    """One rendered file below the corpus' folder (`path` with "/") and its records in order."""

    path: str
    layout: str
    producer: str
    drawing: str
    municipality: str
    ocr: bool = False
    records: tuple[TrueRecord, ...]


def write_truth(path: Path, documents: Iterable[TrueDocument]) -> None:
    """One document a line."""
    path.write_bytes("".join(document.model_dump_json() + "\n" for document in documents).encode())


def load_truth(path: Path) -> tuple[TrueDocument, ...]:
    """The documents of a truth.jsonl; pydantic's ValidationError says what is wrong with it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(TrueDocument.model_validate_json(line) for line in lines if line.strip())
