"""A report as PDF pages with running header and footer: a ruled table, or a list of assignments."""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ljuskoll.corpora.rendering.report import Report, Row, Section, StatusDrawn
from ljuskoll.corpora.rendering.words import WORDS
from ljuskoll.nlp.followup import Colour

_LIGHTS: dict[Colour, Color] = {
    "green": HexColor("#00A651"),
    "yellow": HexColor("#FFC000"),
    "red": HexColor("#E2001A"),
}
_INK = HexColor("#1F3C5A")
_RULE = HexColor("#8C98A4")
_HEADER_FILL = HexColor("#D9E2EC")
_MARGIN = 22 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_STATUS_WIDTH = 44.0
_BOARD_WIDTH = 60.0
_ASSIGNMENT_SHARE = 0.38
"""Share of what board and status leave; the comment has the rest."""
_PADDING = 12.0
_MARK = 10.0
_LEAST_PART = 40
"""Points of a row that must stand on either page when it breaks."""

_LEAST_SECTION = 120
"""Points that must be left on a page for a section to begin there."""

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=6)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=12, textColor=_INK)
_HEADING = ParagraphStyle(
    "heading", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=10, spaceAfter=6, textColor=_INK
)
_ASSIGNMENT = ParagraphStyle("assignment", parent=_BODY, fontName="Helvetica-Bold", spaceBefore=8, keepWithNext=1)
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=11)
_CELL_BREAK = ParagraphStyle("cell_break", parent=_CELL, spaceBefore=4)
_COLUMN_HEADING = ParagraphStyle("column", parent=_CELL, fontName="Helvetica-Bold")


class StatusShape(Flowable):  # type: ignore[misc]
    """A light as a drawn circle or square without any text."""

    def __init__(self, light: Colour, drawn: StatusDrawn) -> None:
        super().__init__()
        self.width = self.height = _MARK
        self.hAlign = "CENTER"
        self._light, self._drawn = light, drawn

    def draw(self) -> None:
        """Paint the shape (called by reportlab)."""
        self.canv.setFillColor(_LIGHTS[self._light])
        if self._drawn == "circle":
            self.canv.circle(_MARK / 2, _MARK / 2, _MARK / 2, stroke=0, fill=1)
        else:
            self.canv.rect(0, 0, _MARK, _MARK, stroke=0, fill=1)


class _BreakingTable(Table):  # type: ignore[misc]
    """Breaks the row at the foot of a page when enough of it fits, as word processors do; else breaks between rows."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self.splitByRow = 0
        parts: list[Flowable] = super().split(availWidth, availHeight)
        self.splitByRow = 1
        return parts or list(super().split(availWidth, availHeight))


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """Draws headers and footers last, when the number of pages is known."""

    report: Report

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._finished: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._finished.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._finished, start=1):
            self.__dict__.update(state)
            self._draw_margins(WORDS.page.format(number=number, total=len(self._finished)))
            super().showPage()
        super().save()

    def _draw_margins(self, page: str) -> None:
        width, height = A4
        self.setFont("Helvetica", 8)
        self.setFillColor(_INK)
        self.drawString(_MARGIN, height - 13 * mm, self.report.municipality)
        self.drawRightString(width - _MARGIN, height - 13 * mm, self.report.period)
        self.drawString(_MARGIN, 11 * mm, self.report.footer)
        self.drawRightString(width - _MARGIN, 11 * mm, page)


def render_table_pdf(report: Report) -> bytes:
    """The report as ruled tables, one a section; lights as `status_drawn` says."""
    return _render(report, [part for section in report.sections for part in _table_section(section, report)])


def render_list_pdf(report: Report) -> bytes:
    """The report as headings, bold assignments and paragraphs."""
    return _render(report, [part for section in report.sections for part in _listed_section(section)])


def _render(report: Report, story: Sequence[Flowable]) -> bytes:
    buffer = BytesIO()
    canvas = type("ReportCanvas", (_NumberedCanvas,), {"report": report})
    frame = Frame(_MARGIN, 18 * mm, _WIDTH, A4[1] - 38 * mm, leftPadding=0, rightPadding=0)
    template = BaseDocTemplate(
        buffer, pagesize=A4, invariant=1, title=report.title, author=report.municipality, lang="sv-SE"
    )
    template.addPageTemplates(PageTemplate(frames=[frame]))
    opening = [_paragraph(report.title, _TITLE), *(_paragraph(text, _BODY) for text in report.intro)]
    template.build([*opening, *story], canvasmaker=canvas)
    return buffer.getvalue()


def _paragraph(text: str, style: ParagraphStyle) -> Flowable:
    return Paragraph(escape(text), style)


def _section_opening(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(_LEAST_SECTION)
    if section.heading:
        yield _paragraph(section.heading, _HEADING)
    for text in section.text:
        yield _paragraph(text, _BODY)


def _listed_section(section: Section) -> Iterator[Flowable]:
    yield from _section_opening(section)
    for row in section.rows:
        yield _paragraph(row.title, _ASSIGNMENT)
        for text in row.paragraphs:
            yield _paragraph(text, _BODY)
    for text in section.closing:
        yield _paragraph(text, _BODY)


def _table_section(section: Section, report: Report) -> Iterator[Flowable]:
    yield from _section_opening(section)
    if section.rows:
        yield _table(section.rows, report.status_drawn)
        yield Spacer(0, 10)
    for text in section.closing:
        yield _paragraph(text, _BODY)


def _table(rows: Sequence[Row], drawn: StatusDrawn) -> Flowable:
    heading = [_paragraph(column, _COLUMN_HEADING) for column in WORDS.columns_pdf]
    fills = [
        ("BACKGROUND", (2, number), (2, number), _LIGHTS[row.light])
        for number, row in enumerate(rows, start=1)
        if row.light and drawn == "fill"
    ]
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), _HEADER_FILL),
        ("BACKGROUND", (0, 1), (-1, -1), white),
        ("GRID", (0, 0), (-1, -1), 0.5, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        *fills,
    ]
    cells = [heading, *(_cells(row, drawn) for row in rows)]
    return _BreakingTable(
        cells,
        colWidths=_column_widths(rows),
        repeatRows=1,
        splitByRow=1,
        splitInRow=_LEAST_PART,
        style=TableStyle(style),
    )


def _column_widths(rows: Sequence[Row]) -> list[float]:
    """Wide enough that no word of a board's name is broken."""
    words = [word for row in rows for part in (row.board or "").split() for word in part.split("-")]
    longest = max((stringWidth(f"{word}-", _CELL.fontName, _CELL.fontSize) for word in words), default=0.0)
    board = max(_BOARD_WIDTH, longest + _PADDING)
    rest = _WIDTH - board - _STATUS_WIDTH
    return [_ASSIGNMENT_SHARE * rest, board, _STATUS_WIDTH, (1 - _ASSIGNMENT_SHARE) * rest]


def _cells(row: Row, drawn: StatusDrawn) -> list[list[Flowable]]:
    comment = [_paragraph(text, _CELL_BREAK if index else _CELL) for index, text in enumerate(row.paragraphs)]
    return [[_paragraph(row.assignment, _CELL)], [_paragraph(row.board or "", _CELL)], _status(row, drawn), comment]


def _status(row: Row, drawn: StatusDrawn) -> list[Flowable]:
    if row.light is None or drawn == "fill":
        return []
    return [_paragraph(WORDS.lights[row.light], _CELL) if drawn == "word" else StatusShape(row.light, drawn)]
