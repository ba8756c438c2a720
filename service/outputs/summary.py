"""The short summary that an import prints in the terminal."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ljuskoll.service.outputs.files import WORKBOOK_NAME
from ljuskoll.service.outputs.report_parts import per_cent
from ljuskoll.service.outputs.tally import (
    COLOURS,
    Lights,
    Standing,
    claims_standing,
    count_lights,
    standing,
    surest_first,
)
from ljuskoll.service.outputs.wording import WORDS, boards_label, kind_label, load_text, period_label, printable
from ljuskoll.service.record import DocumentStatus, Finding, FindingEvidence, FindingKind, Record, Result

MAX_FINDINGS = 5
MAX_BOARDS = 12
MAX_TROUBLE = 5
MAX_QUOTE = 160
"""Most findings, boards and documents in trouble that are shown, and most characters of a quotation."""

_TEXT: dict[str, Any] = load_text("summary_text.toml")
_STYLES: dict[str | None, str] = {"green": "green", "yellow": "yellow", "red": "red", None: "dim"}
_TEXTS: tuple[FindingKind, ...] = ("declared_vs_phrase", "declared_vs_comment", "phrase_vs_comment")
_COMPARISONS: tuple[FindingKind, ...] = ("over_time", "across_documents")


def print_summary(result: Result, out: Path, console: Console) -> None:
    """Print what was read, found and checked, the surest findings, and last what to open."""
    printer = _Printer(console)
    _print_documents(printer, result)
    if result.records:
        printer.heading(_TEXT["lights"])
        console.print(_lights_table(printer, result.records))
    _print_checks(printer, result)
    _print_findings(printer, result)
    printer.blank()
    if result.run.unmasked_texts:
        printer.line(_TEXT["private"])
    printer.line(_TEXT["open"].format(path=out / WORKBOOK_NAME), style="bold", wrap=False)


class _Printer:
    """Prints texts as they are: no markup, no escape sequences, nothing that the terminal cannot encode."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def text(self, text: str, style: str = "") -> Text:
        encoding = self._console.encoding
        return Text(printable(text).encode(encoding, "replace").decode(encoding), style)

    def blank(self) -> None:
        self._console.print()

    def line(self, text: str, style: str = "", indent: int = 0, wrap: bool = True) -> None:
        shown = self.text(text, style)
        if wrap:
            self._console.print(Padding(shown, (0, 0, 0, indent), expand=False))
        else:
            self._console.print(shown, soft_wrap=True)

    def heading(self, text: str) -> None:
        self.blank()
        self.line(text, style="bold")


def _plural(name: str, count: int, **values: object) -> str:
    forms: Sequence[str] = _TEXT[name]
    return forms[count != 1].format(count=count, **values)


def _print_documents(printer: _Printer, result: Result) -> None:
    if not result.documents:
        printer.line(_TEXT["no_documents"], style="bold")
        return
    printer.line(_plural("read", len(result.documents)), style="bold")
    counts = Counter(document.status for document in result.documents)
    words = [f"{WORDS['statuses'][status]}: {counts[status]}" for status in get_args(DocumentStatus) if counts[status]]
    printer.line(" · ".join(words), indent=2)
    troubled = [document for document in result.documents if document.errors]
    for document in troubled[:MAX_TROUBLE]:
        printer.line(_TEXT["trouble"].format(path=document.path, message=document.errors[0].message), indent=2)
    if len(troubled) > MAX_TROUBLE:
        printer.line(_plural("more_trouble", len(troubled) - MAX_TROUBLE), indent=2)
    records, findings = _plural("records", len(result.records)), _plural("findings", len(result.findings))
    printer.line(_TEXT["found"].format(records=records, findings=findings))


def _lights_table(printer: _Printer, records: Sequence[Record]) -> Table:
    """The boards with most records first; those after the first few are one row, so that the sum is right."""
    groups = count_lights(records, {}, boards_label)
    ordered = sorted(groups.items(), key=lambda group: (-group[1].records, group[0]))
    shown, rest = ordered[:MAX_BOARDS], ordered[MAX_BOARDS:]
    if rest:
        shown.append((_plural("other_boards", len(rest)), _sum(lights for _, lights in rest)))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    styles = ["", *(_STYLES[colour] for colour in COLOURS)]
    for number, heading in enumerate(_TEXT["lights_columns"]):
        table.add_column(Text(heading, styles[number]), justify="right" if number else "left", overflow="fold")
    for label, lights in [*shown, (_TEXT["total"], _sum(groups.values()))]:
        table.add_row(printer.text(label), *_counts(lights))
    return table


def _sum(groups: Iterable[Lights]) -> Lights:
    return Lights(sum((lights.colours for lights in groups), Counter()))


def _counts(lights: Lights) -> list[Text]:
    numbers = {colour: lights.colours[colour] for colour in COLOURS}
    return [Text(str(number), _STYLES[colour] if number else "dim") for colour, number in numbers.items()]


def _print_checks(printer: _Printer, result: Result) -> None:
    """How many claims and comparisons were checked, how many of them disagree and how many were left open."""
    printer.heading(_TEXT["checks"])
    kinds: Mapping[str, tuple[FindingKind, ...]] = {
        "texts": _TEXTS,
        "comparisons": _COMPARISONS,
        "claims": ("aggregate",),
    }
    for name, group in kinds.items():
        counts = [result.run.checks[kind] for kind in group if kind in result.run.checks]
        abstained = sum(count.abstained for count in counts)
        flagged = _plural("flagged", sum(count.flagged for count in counts))
        line = _plural(name, sum(count.checked for count in counts), flagged=flagged)
        printer.line(line + (_TEXT["abstained"].format(count=abstained) if abstained else ""))


def _print_findings(printer: _Printer, result: Result) -> None:
    if not result.findings:
        checked = any(count.checked for count in result.run.checks.values())
        printer.heading(_TEXT["no_findings" if checked else "nothing_checked"])
        return
    records = {record.id: record for record in result.records}
    claims = claims_standing(result.documents)

    def find(evidence: FindingEvidence) -> Standing | None:
        record = records.get(evidence.record or "")
        return standing(record) if record else claims.get(evidence.text)

    printer.heading(_TEXT["surest"])
    for number, finding in enumerate(surest_first(result.findings)[:MAX_FINDINGS], start=1):
        _print_finding(printer, number, finding, [records[id_] for id_ in finding.records if id_ in records], find)


def _print_finding(
    printer: _Printer,
    number: int,
    finding: Finding,
    concerned: Sequence[Record],
    find: Callable[[FindingEvidence], Standing | None],
) -> None:
    kind = kind_label(finding).replace("\n", " ")
    printer.line(f"{number}. {per_cent(finding.score)} %  {kind}", style="bold")
    is_named = any(record.assignment in finding.message for record in concerned)
    for record in concerned if len(concerned) == 1 and not is_named else ():
        about = f"{record.assignment} ({boards_label(record)}, {period_label(record.period)})"
        printer.line(_shortened(about), indent=3)
    printer.line(finding.message, indent=3)
    unquoted = [evidence for evidence in finding.evidence if not _is_said(evidence, finding)]
    if not finding.evidence and concerned:
        printer.line(_source(standing(concerned[0])), style="dim", indent=5)
    for place, quoted in groupby(unquoted, key=find):
        for evidence in quoted:
            printer.line(_TEXT["quote"].format(text=_shortened(evidence.text)), style="italic", indent=3)
        if place:
            printer.line(_source(place), style="dim", indent=5)


def _is_said(evidence: FindingEvidence, finding: Finding) -> bool:
    """Whether the message tells it already: it quotes the text, or the evidence is a record's light."""
    return evidence.text in finding.message or (evidence.record is not None and evidence.start is None)


def _source(place: Standing) -> str:
    path, page = place
    return str(_TEXT["source" if page else "source_without_page"]).format(path=path, page=page)


def _shortened(text: str) -> str:
    return textwrap.shorten(printable(text), MAX_QUOTE, placeholder=" …")
