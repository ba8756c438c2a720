"""The command `ljuskoll evaluate`."""

from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console

from ljuskoll.corpora.names import load_name_sentences
from ljuskoll.corpora.sentences import SentenceSplit
from ljuskoll.evaluation.consistency import measure_example
from ljuskoll.evaluation.consistency_gate import (
    consistency_failures,
    contradiction_failures,
    load_consistency_floors,
    load_contradiction_floors,
)
from ljuskoll.evaluation.contradiction_run import learn_and_write, measure_contradictions
from ljuskoll.evaluation.contradiction_table import contradiction_tables
from ljuskoll.evaluation.extraction_gate import extraction_failures, load_extraction_floors
from ljuskoll.evaluation.extraction_run import measure_corpus, measure_rendered
from ljuskoll.evaluation.extraction_table import extraction_tables
from ljuskoll.evaluation.floors import FloorsWouldFallError, failures, load_floors, pinned, write_floors
from ljuskoll.evaluation.judgement_run import Measured, measure_judgement
from ljuskoll.evaluation.judgement_table import judgement_page, judgement_tables
from ljuskoll.evaluation.masking import load_masking_floors, masking_failures, measure_names
from ljuskoll.service.consistency.scoring import shipped_weights
from ljuskoll.service.masking.measured import write_figures


class Part(StrEnum):
    """What can be measured."""

    JUDGEMENT = "judgement"
    CONSISTENCY = "consistency"
    EXTRACTION = "extraction"
    MASKING = "masking"


def evaluate(
    part: Annotated[
        Part,
        typer.Argument(
            help="judgement: bedömning; consistency: kontrollerna på egna arkiv; extraction: läsning; masking: namn."
        ),
    ] = (Part.JUDGEMENT),
    corpus: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Färdig korpus för extraction; annars renderas den på nytt.")
    ] = None,
    report: Annotated[Path | None, typer.Option(metavar="FIL", help="Skriv en rapport med bilder (HTML).")] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Sätt golven strax under det uppmätta.")] = False,
    lower_because: Annotated[str, typer.Option(metavar="SKÄL", help="Tillåt att golv sänks, och varför.")] = "",
    learn: Annotated[bool, typer.Option("--learn", help="Lär först fyndens poäng av utvecklingsarkiven.")] = False,
) -> None:
    """Mäter bedömningen på egna texter, kontrollerna på egna arkiv, läsningen av egna rapporter eller maskningen."""
    console = Console()
    if part is Part.EXTRACTION:
        failed = _extraction(console, corpus)
    elif part is Part.CONSISTENCY:
        failed = _consistency(console, learn=learn)
    elif part is Part.MASKING:
        failed = _masking(console, pin=pin)
    else:
        measured = measure_judgement()
        if pin:
            _pin(console, measured, lower_because)
        failed = _judgement(console, measured, report)
    for failure in failed:
        console.print(f"Under golvet: {failure}", style="red")
    if failed:
        raise typer.Exit(1)


def _judgement(console: Console, measured: Measured, report: Path | None) -> list[str]:
    for table in judgement_tables(measured):
        console.print(table)
    if report:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(judgement_page(measured), encoding="utf-8", newline="\n")
    return list(failures(measured.corpus, measured.gated, load_floors()))


def _consistency(console: Console, *, learn: bool) -> list[str]:
    if learn:
        console.print(f"Poängen lärda: {learn_and_write()}")
        shipped_weights.cache_clear()
    measured = measure_contradictions()
    for table in contradiction_tables(measured):
        console.print(table)
    example = measure_example()
    console.print(
        f"Exempelarkivet: {example.found} av {example.planted} planterade avvikelser funna "
        f"({example.as_kind} av rätt typ), {example.unplanted} som ingen planterat."
    )
    return [
        *contradiction_failures(measured, load_contradiction_floors()),
        *consistency_failures(example, load_consistency_floors()),
    ]


def _pin(console: Console, measured: Measured, reason: str) -> None:
    try:
        floors = pinned(measured.corpus, measured.gated, load_floors(), reason)
    except FloorsWouldFallError as error:
        console.print(f"Golv skulle sänkas (ange --lower-because): {error}", style="red")
        raise typer.Exit(1) from None
    with as_file(files("ljuskoll.evaluation")) as folder:
        write_floors(floors, folder)


def _masking(console: Console, *, pin: bool) -> list[str]:
    measured = {split: measure_names(load_name_sentences(split)) for split in get_args(SentenceSplit)}
    for split, figures in measured.items():
        console.print(
            f"Namn i {figures.sentences} egna meningar ({split}): {figures.masked} av {figures.names} maskade"
            f" ({figures.recall:.3f}), precision {figures.precision:.3f}. Ingen garanti."
        )
    if pin:
        with as_file(files("ljuskoll.service.masking")) as folder:
            write_figures(measured["test"], folder)
    return list(masking_failures(measured["test"], load_masking_floors()))


def _extraction(console: Console, corpus: Path | None) -> list[str]:
    measured = measure_rendered() if corpus is None else measure_corpus(corpus)
    for table in extraction_tables(measured):
        console.print(table)
    for left_out in measured.left_out:
        console.print(f"Utelämnad: {left_out}", style="yellow")
    return list(extraction_failures(measured, load_extraction_floors()))
