"""The command `ljuskoll train`."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ljuskoll.models.training import load_material, write
from ljuskoll.models.training import train as train_model

_WORDS = {
    "macro_f1": "Makro-F1 över de tre färgerna",
    "precision": "Andel visade färger som är rätt",
    "coverage": "Andel kommentarer som får en färg",
    "calibration_error": "Kalibreringsfel",
    "outcome_accuracy": "Andel rätt utfall (sju klasser)",
}


def train(
    out: Annotated[Path | None, typer.Option(help="Mapp att skriva modellen till, i stället för i paketet.")] = None,
) -> None:
    """Tränar bedömningen på de egna kommentarerna och visar hur bra den blev."""
    trained = train_model(load_material())
    if out is None:
        with as_file(files("ljuskoll.models")) as package:
            write(trained, package / "artefacts")
    else:
        write(trained, out)
    table = Table("Mått", "Värde", title="På våra egna texter, utvecklingsdelen")
    for name, text in _WORDS.items():
        table.add_row(text, f"{trained.card['figures'][name]:.3f}")
    Console().print(table)
