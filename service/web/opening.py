"""Which review a command works on: the options that say so, and the desk opened for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.store.access import Role

DATA = Path("ljuskoll-data")
BESIDE = "granskning"
"""The folder of the review inside the import folder that it shows."""

Archive: TypeAlias = Annotated[
    Path | None, typer.Option("--archive", metavar="DIR", help="Mapp från ljuskoll import att granska.")
]
Data: TypeAlias = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Mapp för original och beslut.", show_default="vid arkivet")
]
Url: TypeAlias = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="PostgreSQL i stället för en fil i mappen.")
]


def review_folder(archive: Path | None, data: Path | None) -> Path:
    """Where the review lies: where `data` says, else in the import folder that it shows."""
    return data or (archive / BESIDE if archive else DATA)


@contextmanager
def opened_desk(
    archive: Path | None,
    data: Path | None,
    database: str | None,
    sources: tuple[Path, ...] = (),
    judging: Judging = SHIPPED,
) -> Iterator[Desk]:
    """The desk, closed in the end. Raises UsageError where folder, store or import cannot be used."""
    desk = open_desk(review_folder(archive, data), database, archive, sources, judging)
    try:
        yield desk
    finally:
        desk.database.close()


def role_of(name: str) -> Role:
    """The role of a name. Raises UsageError where there is none."""
    match name:
        case "read" | "review" | "administer":
            return name
    raise UsageError(f"Rollen «{name}» finns inte. Välj read, review eller administer.")
