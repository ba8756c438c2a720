"""An adaptation to each municipality of an import, tried on its last year before it is kept."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.table import Column, Table

from ljuskoll.models.adaptation import FILE, Adaptation, Adaptations
from ljuskoll.models.adapting import Trial, fit, labelled, tried
from ljuskoll.models.classifier import Classifier
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import FollowUp

RECORDS = "records.jsonl"
_UNKNOWN = "(okänd kommun)"


def adapt(archive: Path, out: Path, classifier: Classifier) -> None:
    """Tries an adaptation to each municipality, shows what it does, and writes those that help.

    Raises UsageError where there are no records, or no adaptation helps: then nothing is written.
    """
    console, errors = Console(), Console(stderr=True)
    columns = (Column("Kommun", no_wrap=True), "År", "Lärt av", "Utelämnade", "Prövat på", "Makro-F1 före", "Efter")
    table = Table(*columns, title="Mot kommunens egna ljus")
    kept: dict[str, Adaptation] = {}
    for municipality, followups in sorted(by_municipality(archive).items()):
        try:
            with console.status(f"Läser {municipality or _UNKNOWN}"):
                records = labelled(followups, classifier)
                trial = tried(records, classifier)
        except UsageError as error:
            errors.print(f"{municipality or _UNKNOWN}: {error}", soft_wrap=True, highlight=False)
            continue
        table.add_row(municipality or _UNKNOWN, *_row(trial))
        if trial.helps:
            kept[municipality] = fit(records, classifier).adaptation
    if table.row_count:
        console.print(table)
    if not kept:
        raise UsageError("Ingen anpassning gjorde bedömningen bättre på det sista året. Inget har skrivits.")
    out.mkdir(parents=True, exist_ok=True)
    text = Adaptations(municipalities=kept).model_dump_json(indent=1) + "\n"
    (out / FILE).write_text(text, encoding="utf-8", newline="\n")
    console.print(f"Använd den med: ljuskoll import ... --adaptation {out / FILE}", soft_wrap=True, highlight=False)


def by_municipality(archive: Path) -> dict[str, list[FollowUp]]:
    """The follow-ups that an import wrote, by municipality ("" for none). Raises UsageError where there are none."""
    found: dict[str, list[FollowUp]] = defaultdict(list)
    for one in _followups(archive / RECORDS):
        found[one.municipality or ""].append(one)
    return found


def _followups(file: Path) -> Iterator[FollowUp]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{file}: kan inte läsas. Ange mappen som ljuskoll import skrev till ({type(error).__name__})."
        ) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield FollowUp.model_validate_json(line, extra="ignore")
        except ValidationError as error:
            raise UsageError(f"{file}, rad {number}: ingen uppföljning från ljuskoll import.") from error


def _row(trial: Trial) -> tuple[str, ...]:
    counts = (trial.year, trial.learnt_from, trial.doubtful, trial.held_out)
    return (*map(str, counts), f"{trial.before:.3f}", f"{trial.after:.3f}")
