"""The short summary that an import prints in the terminal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ljuskoll.service.outputs.report_parts import per_cent, plural
from ljuskoll.service.outputs.summary import FindingShown, GroupLights, Quotes, Summary
from ljuskoll.service.outputs.tally import COLOURS
from ljuskoll.service.outputs.wording import WORDS, load_text, printable
from ljuskoll.service.outputs.workbook import WORKBOOK_NAME
from ljuskoll.service.record import DocumentStatus, FindingKind

_TEXT: dict[str, Any] = load_text("summary_text.toml")
_STYLES: dict[str | None, str] = {"green": "green", "yellow": "yellow", "red": "red", None: "dim"}
_CHECKS: Final[Mapping[str, tuple[FindingKind, ...]]] = {
    "texts": ("declared_vs_phrase", "declared_vs_comment", "phrase_vs_comment"),
    "comparisons": ("over_time", "across_documents"),
    "claims": ("aggregate",),
}


def print_summary(summary: Summary, out: Path, console: Console) -> None:
    """Print what was read, found and checked, the surest findings, and last what to open in `out`."""
    printer = _Printer(console)
    _print_documents(printer, summary)
    if summary.records:
        printer.heading(_TEXT["lights"])
        console.print(_lights_table(printer, summary))
    _print_checks(printer, summary)
    _print_findings(printer, summary)
    printer.blank()
    if summary.unmasked_texts:
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
    return plural(_TEXT[name], count, **values)


def _print_documents(printer: _Printer, summary: Summary) -> None:
    if not summary.documents:
        printer.line(_TEXT["no_documents"], style="bold")
        return
    printer.line(_plural("read", summary.documents), style="bold")
    counts = [(status, summary.statuses.get(status, 0)) for status in get_args(DocumentStatus)]
    printer.line(" · ".join(f"{WORDS['statuses'][status]}: {count}" for status, count in counts if count), indent=2)
    for document in summary.trouble:
        printer.line(_TEXT["trouble"].format(path=document.path, message=document.message), indent=2)
    if more := summary.troubled - len(summary.trouble):
        printer.line(_plural("more_trouble", more), indent=2)
    records, findings = _plural("records", summary.records), _plural("findings", summary.findings)
    printer.line(_TEXT["found"].format(records=records, findings=findings))


def _lights_table(printer: _Printer, summary: Summary) -> Table:
    """The boards with most records first; those after the first few are one row, so that the sum is right."""
    rows = [(group.label, group) for group in summary.boards]
    if summary.more_boards:
        rows.append((_plural("other_boards", summary.more_boards), summary.others))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    styles = ["", *(_STYLES[colour] for colour in COLOURS)]
    for number, heading in enumerate(_TEXT["lights_columns"]):
        table.add_column(Text(heading, styles[number]), justify="right" if number else "left", overflow="fold")
    for label, lights in [*rows, (_TEXT["total"], summary.total)]:
        table.add_row(printer.text(label), *_counts(lights))
    return table


def _counts(lights: GroupLights) -> list[Text]:
    numbers = zip(COLOURS, lights.counts, strict=True)
    return [Text(str(number), _STYLES[colour] if number else "dim") for colour, number in numbers]


def _print_checks(printer: _Printer, summary: Summary) -> None:
    """How many claims and comparisons were checked, how many of them disagree and how many were left open."""
    printer.heading(_TEXT["checks"])
    for name, kinds in _CHECKS.items():
        counts = [summary.checks[kind] for kind in kinds if kind in summary.checks]
        abstained = sum(count.abstained for count in counts)
        flagged = _plural("flagged", sum(count.flagged for count in counts))
        line = _plural(name, sum(count.checked for count in counts), flagged=flagged)
        printer.line(line + (_TEXT["abstained"].format(count=abstained) if abstained else ""))


def _print_findings(printer: _Printer, summary: Summary) -> None:
    if not summary.findings:
        checked = any(count.checked for count in summary.checks.values())
        printer.heading(_TEXT["no_findings" if checked else "nothing_checked"])
        return
    printer.heading(_TEXT["surest"])
    for number, finding in enumerate(summary.surest, start=1):
        _print_finding(printer, number, finding)


def _print_finding(printer: _Printer, number: int, finding: FindingShown) -> None:
    printer.line(f"{number}. {per_cent(finding.score)} %  {finding.kind}", style="bold")
    for text in filter(None, (finding.about, finding.message)):
        printer.line(text, indent=3)
    for quotes in finding.quotes:
        _print_quotes(printer, quotes)
    if finding.more_quotes:
        printer.line(_plural("more_quotes", finding.more_quotes), style="dim", indent=5)


def _print_quotes(printer: _Printer, quotes: Quotes) -> None:
    for text in quotes.texts:
        printer.line(_TEXT["quote"].format(text=text), style="italic", indent=3)
    if quotes.path is not None:
        source = _TEXT["source" if quotes.page else "source_without_page"]
        printer.line(source.format(path=quotes.path, page=quotes.page), style="dim", indent=5)
