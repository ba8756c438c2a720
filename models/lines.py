"""Reading JSON Lines, with the line that is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ljuskoll.nlp.errors import UsageError

AnyModel = TypeVar("AnyModel", bound=BaseModel)


def read_lines(file: Path, model: type[AnyModel], wrong: str) -> Iterator[AnyModel]:
    """One model a line, other fields left out. Raises UsageError with the line and what is `wrong` with it."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: kan inte läsas som UTF-8-text ({type(error).__name__}).") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield model.model_validate_json(line, extra="ignore")
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise UsageError(f"{file}, rad {number}: {wrong} ({where or 'raden'}: {first['msg']}).") from error
