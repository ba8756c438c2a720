"""The sheet Översikt: figures, what was checked, and the declared lights by board and period as table and chart."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from ljuskoll.service.outputs.survey import Count, Survey
from ljuskoll.service.outputs.tally import COLOURS
from ljuskoll.service.outputs.wording import WORDS, colour_label
from ljuskoll.service.outputs.workbook_cells import Book, Cell, set_up_print
from ljuskoll.service.outputs.workbook_sheet import Sheet
from ljuskoll.service.record import AnyResult, DocumentStatus, FindingKind, Run, Severity

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
MAX_BARS = 400
"""Most groups that a chart can show; of more, the table alone tells."""


def write_overview(book: Book, result: AnyResult, seen: Survey, about: str = "") -> None:
    """Add the sheet from the top: warning, figures, checks, then lights with their chart.

    `about` is the one of several municipalities that the workbook is about: what was checked is then told of all.
    """
    sheet = book.workbook.add_worksheet(_TEXT["name"])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(_LABELS, _LABELS, 30, None, {"hidden": True})
    sheet.set_row(0, 28)
    sheet.hide_gridlines(2)
    row = _write_top(book, sheet, result.run, about)
    row = _write_rows(book, sheet, row, _TEXT["figures"], [], _figures(result, seen))
    checks = _TEXT["checks_of_all" if about else "checks"]
    row = _write_rows(book, sheet, row, checks, _TEXT["checks_columns"], _checks(result.run))
    groups = [_group_cells(*group, count) for group, count in seen.groups.items()]
    totals = _totals(seen, len(result.findings))
    _write_rows(book, sheet, row, _TEXT["lights"], _TEXT["lights_columns"], [*groups, *totals])
    if 0 < len(groups) <= MAX_BARS:
        _insert_chart(book, sheet, row + 2, groups)
    set_up_print(sheet, _TEXT["name"])


def _write_top(book: Book, sheet: Sheet, run: Run, about: str) -> int:
    heading = _TEXT["heading_of"].format(municipality=about) if about else _TEXT["heading"]
    made_by = _TEXT["made_by"].format(version=run.version, model=run.model)
    top = [Cell(heading, "title"), Cell(_TEXT["warning"], "warning"), Cell(_TEXT["sorting"], "plain")]
    for row, cell in enumerate([*top, Cell(made_by, "plain")]):
        book.write(sheet, row, 0, cell)
    return len(top) + 2


def _write_rows(
    book: Book, sheet: Sheet, row: int, title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> int:
    """Write a title, headings and rows from `row` on; returns the row after them and an empty one."""
    sheet.set_row(row, 20)
    book.write(sheet, row, 0, Cell(title, "subtitle"))
    head = [[Cell(heading, f"head_source{'_centre' if n else ''}") for n, heading in enumerate(headings)]]
    head = head if headings else []
    for number, cells in enumerate([*head, *rows], start=row + 1):
        for column, cell in enumerate(cells):
            book.write(sheet, number, column, cell)
    return row + len(head) + len(rows) + 2


def _figures(result: AnyResult, seen: Survey) -> list[list[Cell]]:
    statuses = [(WORDS["statuses"][status], seen.statuses.get(status, 0)) for status in get_args(DocumentStatus)]
    severities = [(WORDS["severities"][severity], seen.severities.get(severity, 0)) for severity in get_args(Severity)]
    assessed = len(result.records) - seen.withheld
    return [
        [Cell(_TEXT["documents"], "strong"), Cell(len(result.documents), "number")],
        *_parts(statuses),
        [Cell(_TEXT["records"], "strong"), Cell(len(result.records), "number")],
        *_parts([(_TEXT["assessed"], assessed), (_TEXT["withheld"], seen.withheld)]),
        [Cell(_TEXT["findings"], "strong"), Cell(len(result.findings), "number")],
        *_parts(severities),
    ]


def _parts(counts: Sequence[tuple[str, int]]) -> list[list[Cell]]:
    return [[Cell(_TEXT["of_which"].format(label=label)), Cell(count, "number")] for label, count in counts]


def _checks(run: Run) -> list[list[Cell]]:
    """One row a check, those that were not made among them; checks that we do not know come last."""
    kinds = [*get_args(FindingKind), *sorted(set(run.checks) - set(get_args(FindingKind)))]
    rows = []
    for kind in kinds:
        count = run.checks.get(kind)
        numbers = (count.checked, count.abstained, count.unflagged, count.flagged) if count else ()
        cells = [Cell(number, "number") for number in numbers] or [Cell(_TEXT["unchecked"], "number"), *[Cell()] * 3]
        rows.append([Cell(WORDS["findings"].get(kind, kind)), *cells])
    return rows


def _group_cells(board: str, period: str, count: Count) -> list[Cell]:
    """A group's row; last, in the hidden column, what its bar is called."""
    label = _TEXT["chart_label"].format(board=board, period=period)
    return [Cell(board), Cell(period, "number"), *_counts(count.colours, count.findings), Cell(label, "plain")]


def _totals(seen: Survey, findings: int) -> list[list[Cell]]:
    """The findings about no record, if there are any, and the sums of all."""
    colours = sum((count.colours for count in seen.groups.values()), Counter[str | None]())
    blank = [Cell()] * len(COLOURS)
    rest = [[Cell(_TEXT["no_record"]), Cell(), Cell(), *blank, Cell(seen.loose, "number")]] if seen.loose else []
    return [*rest, [Cell(_TEXT["total"], "strong"), Cell(), *_counts(colours, findings)]]


def _counts(colours: Counter[str | None], findings: int) -> list[Cell]:
    shown = [Cell(colours[colour], "number") for colour in COLOURS]
    return [Cell(colours.total(), "number"), *shown, Cell(findings, "number")]


def _insert_chart(book: Book, sheet: Sheet, first: int, groups: Sequence[Sequence[Cell]]) -> None:
    """A bar a row of the table; words and numbers stand in the bars, so that colour is never alone."""
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    last, name = first + len(groups) - 1, _TEXT["name"]
    for column, colour in enumerate(COLOURS, start=_FIRST_LIGHT):
        fill, ink = _BARS[colour]
        chart.add_series(
            {
                "name": colour_label(colour),
                "categories": [name, first, _LABELS, last, _LABELS],
                "categories_data": [group[_LABELS].value for group in groups],
                "values": [name, first, column, last, column],
                "values_data": [group[column].value for group in groups],
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
    chart.set_size({"width": 640, "height": max(240, 110 + 26 * len(groups))})
    sheet.insert_chart(_CHART_ROW, _LABELS + 1, chart, {"description": _TEXT["chart_description"]})
