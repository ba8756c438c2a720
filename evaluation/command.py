"""The command `ljuskoll evaluate`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ljuskoll.corpora.comments import load_comments
from ljuskoll.evaluation.consistency import measure_example
from ljuskoll.evaluation.extraction_gate import extraction_failures, load_extraction_floors
from ljuskoll.evaluation.extraction_run import measure_corpus, measure_rendered
from ljuskoll.evaluation.extraction_table import extraction_tables
from ljuskoll.evaluation.gate import consistency_failures, failures, load_consistency_floors, load_floors
from ljuskoll.evaluation.judgement import Judgement, measure

_NAMES = {"all": "alla", "hard": "svåra", "easy": "övriga"}


class Part(StrEnum):
    """What can be measured."""

    JUDGEMENT = "judgement"
    EXTRACTION = "extraction"


def evaluate(
    part: Annotated[Part, typer.Argument(help="judgement: bedömning och kontroller; extraction: läsning.")] = (
        Part.JUDGEMENT
    ),
    corpus: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Färdig korpus för extraction; annars renderas den på nytt.")
    ] = None,
) -> None:
    """Mäter bedömningen på egna kommentarer och kontrollerna på exempelarkivet, eller läsningen av egna rapporter."""
    console = Console()
    failed = _extraction(console, corpus) if part is Part.EXTRACTION else _judgement(console)
    for failure in failed:
        console.print(f"Under golvet: {failure}", style="red")
    if failed:
        raise typer.Exit(1)


def _judgement(console: Console) -> list[str]:
    measured = measure(load_comments())
    console.print(_table(measured))
    console.print(
        f"Statusmeningar: {measured.phrases.comments} kommentarer har en tydlig statusmening; "
        f"i {measured.phrases.agreement:.0%} av dem stämmer dess färg med hela kommentarens."
    )
    example = measure_example()
    console.print(
        f"Exempelarkivet: {example.found} av {example.planted} planterade avvikelser funna "
        f"({example.as_kind} av rätt typ), {example.unplanted} som ingen planterat."
    )
    return [*failures(measured, load_floors()), *consistency_failures(example, load_consistency_floors())]


def _extraction(console: Console, corpus: Path | None) -> list[str]:
    measured = measure_rendered() if corpus is None else measure_corpus(corpus)
    for table in extraction_tables(measured):
        console.print(table)
    for left_out in measured.left_out:
        console.print(f"Utelämnad: {left_out}", style="yellow")
    return list(extraction_failures(measured, load_extraction_floors()))


def _table(measured: Judgement) -> Table:
    headings = ("Del", "Antal", "Makro-F1", "Precision", "Täckning", "Kalibreringsfel", "Rätt utfall")
    table = Table(*headings, title="På våra egna texter, korsvis per författare")
    for name, part in measured.parts.items():
        values = (part.macro_f1, part.precision, part.coverage, part.calibration_error, part.outcome_accuracy)
        table.add_row(_NAMES.get(name, name), str(part.cases), *(f"{value:.3f}" for value in values))
    return table
