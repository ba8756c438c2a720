"""Models as JSON Lines: written one at a time, and gone through again and again without being held in memory."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ljuskoll.nlp.errors import UsageError

AnyModel = TypeVar("AnyModel", bound=BaseModel)


class Lines(Collection[AnyModel], Generic[AnyModel]):
    """The models of a file, read anew each time that they are gone through.

    Raises UsageError where the file cannot be read or a line is no such model.
    """

    def __init__(self, path: Path, model: type[AnyModel]) -> None:
        self.path = path
        self._model = model

    def __iter__(self) -> Iterator[AnyModel]:
        with self._opened() as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield parse(line, self._model, self.path.name, number)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)

    def among(self, spans: Iterable[tuple[int, int]]) -> Iterator[AnyModel]:
        """The models between places in the file, in bytes."""
        with self._opened() as file:
            for start, end in spans:
                file.seek(start)
                for line in file.read(end - start).split(b"\n"):
                    if line:
                        yield parse(line, self._model, self.path.name)

    def spans(self, key: Callable[[Any], str]) -> dict[str, list[tuple[int, int]]]:
        """Where the lines of each key stand, in bytes; `key` is of a line's data."""
        found: dict[str, list[tuple[int, int]]] = {}
        start = 0
        with self._opened() as file:
            for number, line in enumerate(file, start=1):
                end = start + len(line)
                if line.strip():
                    own = found.setdefault(self._keyed(line, key, number), [])
                    own.append((own.pop()[0], end) if own and own[-1][1] == start else (start, end))
                start = end
        return found

    def _keyed(self, line: bytes, key: Callable[[Any], str], number: int) -> str:
        try:
            return key(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{self.path.name}, rad {number} kan inte läsas.") from error

    @cached_property
    def _length(self) -> int:
        with self._opened() as file:
            return sum(1 for line in file if line.strip())

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise no_import_folder(self.path) from error


def no_import_folder(missing: Path) -> UsageError:
    """What is to be said where a file of an import folder is not there."""
    name = missing.name
    return UsageError(f"{missing.parent} är ingen mapp från ljuskoll import: {name} saknas eller går inte att läsa.")


def json_line(model: BaseModel, first: Iterable[str] = ()) -> bytes:
    """The model as JSON on a line of its own, with these keys `first`; lone surrogates are question marks."""
    data = model.model_dump(mode="json")
    return json_bytes({**{key: data[key] for key in first}, **data})


def json_bytes(data: Any, indent: int | None = None) -> bytes:
    """The data as JSON in UTF-8, ended by a line break."""
    return f"{json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)}\n".encode("utf-8", "replace")


def parse(text: bytes, model: type[AnyModel], name: str, number: int | None = None) -> AnyModel:
    """The model that the JSON stands for. Raises UsageError with the file's name, its line and the field."""
    try:
        return model.model_validate_json(text.decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} är skadad: texten är inte UTF-8.") from error
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        where = f"{name}, rad {number}" if number else name
        raise UsageError(f"{where} kan inte läsas{f' (fältet {field})' if field else ''}.") from error
