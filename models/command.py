"""The command `ljuskoll train`."""

import importlib
from contextlib import AbstractContextManager, nullcontext
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ljuskoll.models.archive import adapt
from ljuskoll.models.artefact import Artefact, load_artefact
from ljuskoll.models.classifier import ARTEFACT, load_classifier
from ljuskoll.models.encoder.encoder import NETWORK, load
from ljuskoll.models.material import Material, load_material
from ljuskoll.models.training import train as train_model
from ljuskoll.models.training import write
from ljuskoll.models.weighing import card_of, write_card
from ljuskoll.nlp.errors import UsageError

_WORDS = {
    "macro_f1": "Makro-F1 över de tre färgerna",
    "precision": "Andel visade färger som är rätt",
    "coverage": "Andel kommentarer som får en färg",
    "calibration_error": "Kalibreringsfel",
    "outcome_accuracy": "Andel rätt utfall (sju klasser)",
}


CAREFUL = "careful"
"""The folder of the careful judge, beside the model of the fast one."""
_WORK = Path("out/careful")
"""Where checkpoints of the careful judge lie, if no other folder is named."""


def train(
    out: Annotated[Path | None, typer.Option(help="Mapp att skriva till, i stället för i paketet.")] = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Anpassa till en kommuns egna ljus: mappen som ljuskoll import skrev till."),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Anpassa till granskares beslut, ensamma eller tillsammans med --archive."),
    ] = None,
    careful: Annotated[
        bool, typer.Option("--careful", help="Träna den noggranna bedömningen (timmar; kräver extradelen training).")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Fortsätt en avbruten träning av den noggranna bedömningen.")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Anpassa bara den snabba bedömningen.")] = False,
) -> None:
    """Tränar bedömningen på de egna kommentarerna, eller anpassar den till en kommun, och visar hur bra den blev."""
    learnt_from = archive or (decisions.parent if decisions else None)
    if learnt_from:
        if careful or resume:
            raise UsageError("--archive och --decisions anpassar den modell som finns: utan --careful och --resume.")
        adapt(archive, decisions, out or learnt_from, load_classifier(fast))
        return
    if resume and not careful:
        raise UsageError("--resume gäller den noggranna bedömningen: skriv även --careful.")
    with _target(out) as target:
        if careful:
            _train_careful(out or target / CAREFUL, out or _WORK, resume)
        else:
            _train_fast(target)


def _train_fast(target: Path) -> None:
    material = load_material()
    trained = train_model(material)
    write(trained, target)
    if (target / CAREFUL / NETWORK).is_file():
        _weigh(load_artefact(trained.artefact), target / CAREFUL, material)
    table = Table("Mått", "Värde", title="På våra egna texter, utvecklingsdelen")
    for name, text in _WORDS.items():
        table.add_row(text, f"{trained.card['figures'][name]:.3f}")
    Console().print(table)


def _train_careful(target: Path, work: Path, resume: bool) -> None:
    try:
        careful = importlib.import_module("ljuskoll.models.encoder.careful")
    except ModuleNotFoundError as error:
        raise UsageError(f"Paketet {error.name} är inte installerat. Installera ljuskoll[training].") from error
    material = load_material()
    careful.train_careful(material, target, work, resume=resume)
    _weigh(load_artefact((files("ljuskoll.models") / ARTEFACT).read_bytes()), target, material)


def _weigh(fast: Artefact, target: Path, material: Material) -> None:
    """Weighs the encoder of a folder with the fast judge anew, since either has been learnt anew."""
    write_card(card_of(fast, load(target), material.development), target)


def _target(out: Path | None) -> AbstractContextManager[Path]:
    """The folder to write to: the one that was named, or the package's own."""
    return nullcontext(out) if out else as_file(files("ljuskoll.models") / "artefacts")
