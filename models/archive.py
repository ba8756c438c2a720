"""An adaptation to each municipality, from an import, from reviewers' decisions or both; tried before it is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from ljuskoll.models.adaptation import FILE, Adaptation, Adaptations
from ljuskoll.models.adapting import Labelled, Trial, fit, labelled, tried
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.decisions import Decided, Decision, Fate, decide
from ljuskoll.models.lines import read_lines
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import FollowUp

RECORDS = "records.jsonl"
_UNKNOWN = "(okänd kommun)"
_NO_RECORD = "ingen uppföljning från ljuskoll import"
_NO_DECISION = "inget beslut från granskningen"
_COLUMNS = ("År", "Lärt av", "Utelämnade", "Prövat på", "Makro-F1 före", "Efter")
_ALL_YEARS = "alla"
_FATES: dict[Fate, str] = {
    "used": "Används",
    "repeated": "Upprepar ett annat, eller ändrat senare",
    "contested": "Utelämnas: granskare är oense",
    "no_light": "Utelämnas: utan ljus",
    "not_learnable": "Utelämnas: utan kommentar eller period",
}


def adapt(archive: Path | None, decisions: Path | None, out: Path, classifier: Classifier) -> None:
    """Tries an adaptation to each municipality, shows what it does, and writes those that help.

    Raises UsageError where something cannot be read, or no adaptation helps: then nothing is written.
    """
    console = Console()
    reviewed = decide(list(read_lines(decisions, Decision, _NO_DECISION)) if decisions else [])
    imported = list(read_lines(archive / RECORDS, FollowUp, _NO_RECORD)) if archive else []
    if decisions:
        console.print(_fates(reviewed))
    table = Table(Column("Kommun", no_wrap=True), *_COLUMNS, title=f"Mot {'granskares' if decisions else 'egna'} ljus")
    kept: dict[str, Adaptation] = {}
    for municipality, records, trial in _trials(imported, reviewed, classifier):
        table.add_row(municipality or _UNKNOWN, *_row(trial))
        if trial.helps:
            kept[municipality] = fit(records, classifier).adaptation
    if table.row_count:
        console.print(table)
    if not kept:
        raise UsageError("Ingen anpassning gjorde bedömningen bättre på det som hölls undan. Inget har skrivits.")
    out.mkdir(parents=True, exist_ok=True)
    text = Adaptations(municipalities=kept).model_dump_json(indent=1) + "\n"
    (out / FILE).write_text(text, encoding="utf-8", newline="\n")
    console.print(f"Använd den med: ljuskoll import ... --adaptation {out / FILE}", soft_wrap=True, highlight=False)


def by_municipality(followups: Iterable[FollowUp]) -> dict[str, list[FollowUp]]:
    """The follow-ups by municipality ("" for none)."""
    found: dict[str, list[FollowUp]] = defaultdict(list)
    for one in followups:
        found[one.municipality or ""].append(one)
    return found


def _trials(
    imported: Iterable[FollowUp], reviewed: Decided, classifier: Classifier
) -> Iterator[tuple[str, list[Labelled], Trial]]:
    """Each municipality with all that it can be learnt from; those that have too little are told so."""
    console, errors = Console(), Console(stderr=True)
    declared = by_municipality(one for one in imported if not reviewed.covers(one))
    trusted = by_municipality(reviewed.followups)
    for municipality in sorted({*declared, *trusted}):
        try:
            with console.status(f"Läser {municipality or _UNKNOWN}"):
                records = labelled(declared.get(municipality, ()), classifier)
                records += labelled(trusted.get(municipality, ()), classifier, trusted=True)
                trial = tried(records, classifier)
        except UsageError as error:
            errors.print(f"{municipality or _UNKNOWN}: {error}", soft_wrap=True, highlight=False)
            continue
        yield municipality, records, trial


def _fates(reviewed: Decided) -> Table:
    table = Table("Beslut", "Antal", title="Granskares beslut")
    for fate, text in _FATES.items():
        table.add_row(text, str(reviewed.fates[fate]))
    return table


def _row(trial: Trial) -> tuple[str, ...]:
    counts = (trial.year or _ALL_YEARS, trial.learnt_from, trial.doubtful, trial.held_out)
    return (*map(str, counts), f"{trial.before:.3f}", f"{trial.after:.3f}")
