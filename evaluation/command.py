"""The command `ljuskoll evaluate`."""

import typer
from rich.console import Console
from rich.table import Table

from ljuskoll.corpora.comments import load_comments
from ljuskoll.evaluation.consistency import measure_example
from ljuskoll.evaluation.gate import consistency_failures, failures, load_consistency_floors, load_floors
from ljuskoll.evaluation.judgement import Judgement, measure

_NAMES = {"all": "alla", "hard": "svåra", "easy": "övriga"}


def evaluate() -> None:
    """Mäter bedömningen på egna kommentarer, korsvis per författare, och kontrollerna på exempelarkivet."""
    measured = measure(load_comments())
    console = Console()
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
    failed = [*failures(measured, load_floors()), *consistency_failures(example, load_consistency_floors())]
    for failure in failed:
        console.print(f"Under golvet: {failure}", style="red")
    if failed:
        raise typer.Exit(1)


def _table(measured: Judgement) -> Table:
    headings = ("Del", "Antal", "Makro-F1", "Precision", "Täckning", "Kalibreringsfel", "Rätt utfall")
    table = Table(*headings, title="På våra egna texter, korsvis per författare")
    for name, part in measured.parts.items():
        values = (part.macro_f1, part.precision, part.coverage, part.calibration_error, part.outcome_accuracy)
        table.add_row(_NAMES.get(name, name), str(part.cases), *(f"{value:.3f}" for value in values))
    return table
