"""`python -m ljuskoll.corpora.scale --documents N --seed S --out DIR`: an archive for tests of scale."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ljuskoll.corpora.scale.archive import write_archive
from ljuskoll.nlp.errors import UsageError

_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def main(
    documents: Annotated[int, typer.Option(min=1, metavar="N", help="Antal filer.", show_default=False)],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Ny mapp för arkivet.", show_default=False)],
    seed: Annotated[int, typer.Option(metavar="S", help="Frö: samma frö, samma arkiv.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Antal processer som skriver.")] = 1,
    truth: Annotated[Path | None, typer.Option(metavar="FIL", help="Skriv facit: uppföljningar per fil.")] = None,
) -> None:
    """Skriver ett arkiv av påhittade kommuners rapporter för prov av skala, aldrig för att lära eller mäta omdöme."""
    with _progress() as bar:
        task = bar.add_task("Skriver", total=documents)
        try:
            write_archive(out, documents, seed, workers, truth, lambda written: bar.advance(task, written))
        except UsageError as error:
            _errors.print(str(error))
            raise typer.Exit(2) from error


def _progress() -> Progress:
    """A bar on a terminal; nothing where the output is not one."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal)


if __name__ == "__main__":
    typer.run(main)
