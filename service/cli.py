"""The command line: options become one validated object, messages go to standard error, the pipeline does the work."""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ljuskoll.models.adaptation import load_adaptations
from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import AT_ONCE
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import LjuskollError, UsageError
from ljuskoll.service.archive.importing import Archived, check_archive, import_archive
from ljuskoll.service.corrections import Correction
from ljuskoll.service.inspection import print_inspection
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.report_sample import Sampling
from ljuskoll.service.outputs.summary_print import print_summary
from ljuskoll.service.question import Question
from ljuskoll.service.record import DocumentRecord
from ljuskoll.service.reporting import make_report
from ljuskoll.service.settings import parse_period
from ljuskoll.service.watching import watch
from ljuskoll.service.workers import Limits

ALL_READ, NOT_ALL_READ, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
COMMANDS = "ljuskoll.commands"
"""The entry point group by which the rooms above and below join the command line."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Läser, bedömer och kontrollerar kommuners uppföljningar.",
)
Fast: TypeAlias = Annotated[bool, typer.Option("--fast", help="Bedöm snabbt, utan den noggranna modellen.")]
AdaptationFile: TypeAlias = Annotated[
    Path | None, typer.Option("--adaptation", metavar="FILE", help="Anpassning till kommunen, från train --archive.")
]
"""The options of every command that judges."""
_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@app.command("import")
def import_(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Filer och mappar att läsa.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Mapp för resultatet.", show_default=False)],
    municipality: Annotated[str | None, typer.Option(help="Kommun för dokument som inte säger det.")] = None,
    period: Annotated[str | None, typer.Option(help="Period för dokument som inte säger det, t.ex. «T2 2021».")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="En oförklarad tabellrad ger slutkod 1.")] = False,
    password_file: Annotated[Path | None, typer.Option(help="Fil med lösenord till PDF:er, ett per rad.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Antal processer som läser.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Läs på ett Dask-kluster, t.ex. tcp://värd:8786.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Sekunder som en fil får ta.")] = Limits().seconds,
    memory: Annotated[int, typer.Option(min=500, help="MB minne som en fil får ta.")] = Limits().megabytes,
    fast: Fast = False,
    adaptation: AdaptationFile = None,
) -> None:
    """Läser filer, mappar och zip-filer, bedömer, kontrollerar och skriver allt till DIR.

    Det som har lästs sparas under tiden: samma kommando igen fortsätter där det slutade och läser bara det som är nytt.
    """
    passwords, judging, limits = _passwords(password_file), _judging(fast, adaptation), Limits(timeout, memory)
    options = Options(municipality, parse_period(period), passwords, workers, limits, judging, cluster)
    with watch(_errors) as watcher:
        archived = import_archive(sources, out, options, watcher)
    _finish(archived, out)
    raise typer.Exit(_exit_status(archived, strict=strict))


@app.command()
def check(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Mapp från ljuskoll import.", show_default=False)],
    fast: Fast = False,
    adaptation: AdaptationFile = None,
) -> None:
    """Kontrollerar på nytt det som en import har skrivit, med rättelser som gjorts sedan dess."""
    with watch(_errors) as watcher:
        archived = check_archive(directory, _judging(fast, adaptation), watcher)
    _finish(archived, directory)


@app.command()
def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Mapp från ljuskoll import.", show_default=False)],
    sample: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stickprov av det som inte flaggades.")] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Frö till stickprovet: samma frö, samma stickprov.")] = 0,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Visa namn, nummer och adresser.")] = False,
) -> None:
    """Skriver en rapport att läsa och dela, DIR/rapport.html, maskerad om inget annat sägs."""
    path = make_report(directory, Sampling(sample, seed) if sample else None, unmasked=unmasked)
    print(f"Öppna {path}")


@app.command()
def assess(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Fil med kommentarer, «-» för standard in.")] = "-",
    format: Annotated[str, typer.Option("--format", help="text: en kommentar; jsonl: en fråga per rad.")] = "text",
    fast: Fast = False,
    adaptation: AdaptationFile = None,
) -> None:
    """Bedömer vilket ljus en kommentar ger stöd för."""
    if format not in {"text", "jsonl"}:
        raise UsageError(f"Okänt format «{format}»: välj text eller jsonl.")
    text = _read_input(file)
    judging = _judging(fast, adaptation)
    only = judging.adaptations.only if judging.adaptations else None
    if format == "text":
        print(json.dumps(judging.classifier(only).assess(text.strip()).model_dump(mode="json"), ensure_ascii=False))
        return
    questions = list(_questions(text))
    with _progress() as bar:
        task = bar.add_task("Bedömer", total=len(questions))
        for question, answer in _answers(questions, judging, only):
            print(json.dumps({"id": question.id, **answer.model_dump(mode="json")}, ensure_ascii=False))
            bar.advance(task)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Filen att visa.", show_default=False)],
    layout: Annotated[bool, typer.Option("--layout", help="Bara förslaget till ljuskoll.toml.")] = False,
) -> None:
    """Visar vad som syns i en fil och varför den lästes så; skriver ut ett färdigt avsnitt till ljuskoll.toml."""
    print_inspection(file, Console(highlight=False, markup=False, soft_wrap=True), layout_only=layout)


def _answers(
    questions: Sequence[Question], judging: Judging, only: str | None
) -> Iterator[tuple[Question, Assessment]]:
    """Each question with its answer, in order; some are judged together, which is quicker."""
    for municipality, group in groupby(questions, lambda one: one.municipality or only):
        classifier = judging.classifier(municipality)
        asked = list(group)
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            yield from zip(some, classifier.assess_many(one.asked for one in some), strict=True)


def _judging(fast: bool, adaptation: Path | None) -> Judging:
    return Judging(fast, load_adaptations(adaptation) if adaptation else None)


def _questions(text: str) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Question.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UsageError(f'Rad {number}: {where} {first["msg"]}. Väntade {{"id", "comment"}}.') from error


def _read_input(file: str) -> str:
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: kan inte läsas som UTF-8-text ({error}).") from error


def _passwords(file: Path | None) -> tuple[str, ...]:
    if file is None:
        return ()
    try:
        return tuple(line for line in file.read_text(encoding="utf-8-sig").splitlines() if line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: lösenordsfilen kan inte läsas ({error}).") from error


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal)


def _finish(archived: Archived, out: Path) -> None:
    for correction in archived.unfit:
        _errors.print(_unfit(correction))
    console = Console(highlight=False)
    if archived.is_unchanged:
        console.print("Inget har ändrats sedan förra gången: det som ligger i mappen gäller.")
    print_summary(archived.summary, out, console)


def _unfit(correction: Correction) -> str:
    made = f"{correction.who}, {correction.when}"
    return f"Rättelsen av «{correction.field}» ({made}) passar inte längre: {correction.record}"


def _exit_status(archived: Archived, *, strict: bool) -> int:
    documents = archived.result.documents
    return NOT_ALL_READ if any(_is_left(document, strict=strict) for document in documents) else ALL_READ


def _is_left(document: DocumentRecord, *, strict: bool) -> bool:
    """Whether something of the document could not be read; `strict`: or not be explained."""
    unexplained = any(row.unexplained for table in document.tables for row in table.unmatched)
    return document.status in {"partial", "unreadable"} or (strict and unexplained)


def _mount(arguments: Sequence[str], group: str = COMMANDS) -> None:
    """Adds the commands of other rooms, which join by entry point so that nothing imports upwards.

    Only the one that is asked for is loaded: none waits for another's libraries.
    """
    entries = {entry.name: entry for entry in entry_points(group=group)}
    own = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    asked = next((argument for argument in arguments if argument in entries or argument in own), None)
    for name in sorted(entries) if asked is None else [asked] if asked in entries else []:
        command = entries[name].load()
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)


def main(arguments: list[str] | None = None) -> Any:
    """The program. Exits with 0 (all read), 1 (something could not be read), 2 (wrong usage) or 130 (interrupted)."""
    _mount(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=arguments, prog_name="ljuskoll")
    except UsageError as error:
        _errors.print(f"ljuskoll: {error}")
        sys.exit(WRONG_USAGE)
    except LjuskollError as error:
        _errors.print(f"ljuskoll: {error}")
        sys.exit(NOT_ALL_READ)
    except KeyboardInterrupt:
        _errors.print("Avbrutet. Kör samma kommando igen: det som redan har lästs är sparat.")
        sys.exit(INTERRUPTED)
