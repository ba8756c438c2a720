"""The commands that save a review and bring it back: `ljuskoll backup` and `ljuskoll restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review import backup as saving
from ljuskoll.service.review import restoring
from ljuskoll.service.store.database import FILE_NAME
from ljuskoll.service.web.opening import Archive, Data, Url, opened_desk, review_folder

_out = Console(highlight=False, markup=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
_CONTENTS = "{documents} dokument, {decisions} beslut, {corrections} rättelser och {originals} originalfiler"


def backup(
    target: Annotated[Path, typer.Argument(metavar="FIL", help="Ny fil (zip) att spara i.", show_default=False)],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Sparar hela granskningen i en fil, medan den används: beslut, rättelser, original, nycklar och importen."""
    folder = review_folder(archive, data)
    if database is None and not (folder / FILE_NAME).is_file():
        raise UsageError(
            f"I {folder} finns ingen granskning. Ange samma --archive, --data eller --database som för serve."
        )
    with opened_desk(None, folder, database) as desk, _telling("Sparar") as told:
        made = saving.back_up(replace(desk, archive=archive), target, told)
    size = target.stat().st_size / 1_000_000
    _out.print(f"{target} ({size:.1f} MB): {_contents(made)}. Texterna är omaskerade: förvara filen som originalen.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FIL", help="Fil från ljuskoll backup.", show_default=False)],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Återställer en granskning från ljuskoll backup, till mappar och en databas där ingenting finns."""
    with _telling("Återställer") as told:
        made = restoring.restore(source, review_folder(archive, data), database, archive, told)
    _out.print(f"Återställt från {made.made_at[:10]}: {_contents(made)}.")


def _contents(made: saving.Manifest) -> str:
    return _CONTENTS.format(originals=made.count(saving.ORIGINAL), **made.rows)


@contextmanager
def _telling(doing: str) -> Iterator[saving.Told]:
    """Shows on a terminal which part is being done."""
    if not _errors.is_terminal:
        yield lambda _name: None
        return
    with _errors.status(doing) as status:
        yield lambda name: status.update(f"{doing} {name}")
