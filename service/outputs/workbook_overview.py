"""The sheet Översikt: figures, what was checked, and the declared lights by board and period as table and chart."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from xlsxwriter.worksheet import Worksheet

from ljuskoll.nlp.followup import Period
from ljuskoll.service.outputs.tally import COLOURS, Lights, count_lights, declared_colour, findings_by_record
from ljuskoll.service.outputs.wording import WORDS, boards_label, colour_label, period_label
from ljuskoll.service.outputs.workbook_cells import Book, Cell, set_up_print
from ljuskoll.service.record import DocumentStatus, FindingKind, Record, Result, Severity

_TEXT = WORDS["sheets"]["overview"]
_WIDTHS = (40, 16, 10, 16, 10, 10, 10, 12)
_BARS = {
    "green": ("#2E7D32", "#FFFFFF"),
    "yellow": ("#F2C230", "#000000"),
    "red": ("#B3261E", "#FFFFFF"),
    None: ("#6B7680", "#FFFFFF"),
}
"""The colours of a bar and of the number in it."""
_FIRST_LIGHT = 3
_LABELS = len(_WIDTHS)
"""The column of the lights' counts, and the hidden one of the chart's labels."""
_CHART_ROW = 4


def write_overview(book: Book, result: Result) -> None:
    """Add the sheet from the top: warning, figures, checks, then lights with their chart."""
    sheet = book.workbook.add_worksheet(_TEXT["name"])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(_LABELS, _LABELS, 30, None, {"hidden": True})
    sheet.set_row(0, 28)
    sheet.hide_gridlines(2)
    row = _write_top(book, sheet, result)
    row = _write_rows(book, sheet, row, _TEXT["figures"], [], _figures(result))
    row = _write_rows(book, sheet, row, _TEXT["checks"], _TEXT["checks_columns"], _checks(result))
    _write_lights(book, sheet, row, result)
    set_up_print(sheet, _TEXT["name"])


def _write_top(book: Book, sheet: Worksheet, result: Result) -> int:
    made_by = _TEXT["made_by"].format(version=result.run.version, model=result.run.model)
    top = [Cell(_TEXT["heading"], "title"), Cell(_TEXT["warning"], "warning"), Cell(_TEXT["sorting"], "plain")]
    for row, cell in enumerate([*top, Cell(made_by, "plain")]):
        book.write(sheet, row, 0, cell)
    return len(top) + 2


def _write_rows(
    book: Book, sheet: Worksheet, row: int, title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> int:
    """Write a title, headings and rows from `row` on; returns the row after them and an empty one."""
    book.write(sheet, row, 0, Cell(title, "subtitle"))
    head = [[Cell(heading, f"head_source{'_centre' if n else ''}") for n, heading in enumerate(headings)]]
    head = head if headings else []
    sheet.set_row(row, 20)
    for number, cells in enumerate([*head, *rows], start=row + 1):
        for column, cell in enumerate(cells):
            book.write(sheet, number, column, cell)
    return row + len(head) + len(rows) + 2


def _figures(result: Result) -> list[list[Cell]]:
    withheld = sum(record.assessment.colour is None for record in result.records)
    statuses = [(WORDS["statuses"][s], sum(d.status == s for d in result.documents)) for s in get_args(DocumentStatus)]
    severities = [(WORDS["severities"][s], sum(f.severity == s for f in result.findings)) for s in get_args(Severity)]
    return [
        [Cell(_TEXT["documents"], "strong"), Cell(len(result.documents), "number")],
        *_parts(statuses),
        [Cell(_TEXT["records"], "strong"), Cell(len(result.records), "number")],
        *_parts([(_TEXT["assessed"], len(result.records) - withheld), (_TEXT["withheld"], withheld)]),
        [Cell(_TEXT["findings"], "strong"), Cell(len(result.findings), "number")],
        *_parts(severities),
    ]


def _parts(counts: Sequence[tuple[str, int]]) -> list[list[Cell]]:
    return [[Cell(_TEXT["of_which"].format(label=label)), Cell(count, "number")] for label, count in counts]


def _checks(result: Result) -> list[list[Cell]]:
    """One row a check, those that were not made among them; checks that we do not know come last."""
    kinds = [*get_args(FindingKind), *sorted(set(result.run.checks) - set(get_args(FindingKind)))]
    rows = []
    for kind in kinds:
        count = result.run.checks.get(kind)
        numbers = (count.checked, count.abstained, count.unflagged, count.flagged) if count else ()
        cells = [Cell(number, "number") for number in numbers] or [Cell(_TEXT["unchecked"], "number"), *[Cell()] * 3]
        rows.append([Cell(WORDS["findings"].get(kind, kind)), *cells])
    return rows


def _write_lights(book: Book, sheet: Worksheet, row: int, result: Result) -> None:
    found = findings_by_record(result.findings)
    ordered = sorted(result.records, key=_group_order)
    groups = count_lights(ordered, found, lambda record: (boards_label(record), period_label(record.period)))
    rows = [[Cell(board), Cell(period, "number"), *_counts(lights)] for (board, period), lights in groups.items()]
    for number, (board, period) in enumerate(groups, start=row + 2):
        label = _TEXT["chart_label"].format(board=board, period=period)
        book.write(sheet, number, _LABELS, Cell(label, "plain"))
    _write_rows(book, sheet, row, _TEXT["lights"], _TEXT["lights_columns"], [*rows, *_totals(result)])
    if rows:
        _insert_chart(book, sheet, row + 2, len(rows))


def _totals(result: Result) -> list[list[Cell]]:
    """The findings about no record, if there are any, and the sums of all."""
    lights = Lights(Counter(declared_colour(record) for record in result.records), {f.id for f in result.findings})
    loose = sum(not finding.records for finding in result.findings)
    blank = [Cell()] * len(COLOURS)
    rest = [[Cell(_TEXT["no_record"]), Cell(), Cell(), *blank, Cell(loose, "number")]] if loose else []
    return [*rest, [Cell(_TEXT["total"], "strong"), Cell(), *_counts(lights)]]


def _group_order(record: Record) -> tuple[str, tuple[int, str, str]]:
    return boards_label(record), _period_order(record.period)


def _period_order(period: Period | None) -> tuple[int, str, str]:
    if period is None:
        return 0, "", ""
    return period.year, period.as_of.isoformat() if period.as_of else "", period_label(period)


def _counts(lights: Lights) -> list[Cell]:
    shown = [Cell(lights.colours[colour], "number") for colour in COLOURS]
    return [Cell(lights.records, "number"), *shown, Cell(len(lights.findings), "number")]


def _insert_chart(book: Book, sheet: Worksheet, first: int, count: int) -> None:
    """A bar a row of the table; words and numbers stand in the bars, so that colour is never alone."""
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    last, name = first + count - 1, _TEXT["name"]
    for column, colour in enumerate(COLOURS, start=_FIRST_LIGHT):
        fill, ink = _BARS[colour]
        chart.add_series(
            {
                "name": colour_label(colour),
                "categories": [name, first, _LABELS, last, _LABELS],
                "values": [name, first, column, last, column],
                "fill": {"color": fill},
                "data_labels": {"value": True, "num_format": "0;;", "font": {"color": ink}},
                "gap": 40,
            }
        )
    chart.set_title({"name": _TEXT["chart"], "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.show_hidden_data()
    chart.set_size({"width": 640, "height": max(240, 110 + 26 * count)})
    sheet.insert_chart(_CHART_ROW, _LABELS + 1, chart, {"description": _TEXT["chart_description"]})
