"""A story as PDF pages by ReportLab."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as Prose
from reportlab.platypus.tableofcontents import TableOfContents

from ljuskoll.corpora.rendering.reportlab_marks import MarkedLine
from ljuskoll.corpora.rendering.story import (
    Cell,
    Columned,
    Contents,
    Element,
    Grid,
    Heading,
    Line,
    Mark,
    NewPage,
    Paragraph,
    Picture,
    Story,
    Text,
    plain,
)

_MARGIN, _TOP, _BOTTOM = 56.0, 68.0, 56.0
_RULE = HexColor("#8C98A4")
_BAND = HexColor("#EEF2F6")
_INK = HexColor("#1F3C5A")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=5)
_LOOKS = {
    "body": _BODY,
    "small": ParagraphStyle("small", parent=_BODY, fontSize=8.5, leading=11),
    "label": ParagraphStyle("label", parent=_BODY, spaceAfter=2),
    "light": ParagraphStyle("light", parent=_BODY, spaceBefore=6, spaceAfter=0, keepWithNext=1),
}
_HEADINGS = {
    1: ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=12, textColor=_INK),
    2: ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=12, spaceAfter=6,
                      textColor=_INK, keepWithNext=1),
    3: ParagraphStyle("h3", fontName="Helvetica-Bold", fontSize=12.5, leading=16, spaceBefore=9, spaceAfter=5,
                      textColor=_INK, keepWithNext=1),
    4: ParagraphStyle("h4", parent=_BODY, fontName="Helvetica-Bold", spaceBefore=8, spaceAfter=2, keepWithNext=1),
}  # fmt: skip
_DINGBATS = frozenset("✓✗●➚→➘")
"""Signs that the standard font ZapfDingbats has."""


def reportlab_pdf(story: Story) -> bytes:
    """The story as PDF, the same bytes every time. Emoji, smileys and arrows are beyond the standard fonts."""
    buffer = BytesIO()
    size = landscape(A4) if story.landscape else A4
    width = size[0] - 2 * _MARGIN
    template = _Template(buffer, pagesize=size, invariant=1, title=story.title, author=story.municipality, lang="sv-SE")
    frame = Frame(_MARGIN, _BOTTOM, width, size[1] - _TOP - _BOTTOM, leftPadding=0, rightPadding=0, id="body")
    template.addPageTemplates(PageTemplate(frames=[frame]))
    template.depth = max((element.depth for element in story.elements if isinstance(element, Contents)), default=0)
    flowables = [flowable for element in story.elements for flowable in _flowables(element, width)]
    canvas = type("StoryCanvas", (_NumberedCanvas,), {"story": story})
    template.multiBuild(flowables, canvasmaker=canvas)
    return buffer.getvalue()


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Tells the table of contents of each heading down to level `depth`."""

    depth = 0

    def afterFlowable(self, flowable: Flowable) -> None:
        level = getattr(flowable, "contents_level", None)
        if level is not None and level <= self.depth:
            self.notify("TOCEntry", (level - 2, flowable.contents_text, self.page))


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """Draws headers and footers last, when the number of pages is known."""

    story: Story

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._finished: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._finished.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._finished, start=1):
            self.__dict__.update(state)
            self._margins(self.story.page_number.format(number=number, total=len(self._finished)))
            super().showPage()
        super().save()

    def _margins(self, page: str) -> None:
        width, height = self._pagesize
        self.setFont("Helvetica", 8)
        self.setFillColor(_INK)
        self.drawString(_MARGIN, height - 40, self.story.municipality)
        self.drawRightString(width - _MARGIN, height - 40, self.story.period)
        self.drawString(_MARGIN, 30, self.story.footer)
        self.drawRightString(width - _MARGIN, 30, page)


def _flowables(element: Element, width: float) -> Iterator[Flowable]:
    if isinstance(element, Heading):
        heading = _line(element.line, _HEADINGS[element.level])
        if element.level > 1:
            heading.contents_level = element.level
            heading.contents_text = escape(plain(element.line).strip())
        yield heading
    elif isinstance(element, Paragraph):
        yield _paragraph(element, width)
    elif isinstance(element, Grid):
        yield from (_table(element, width), Spacer(0, 8))
    elif isinstance(element, Columned):
        inner = [flowable for one in element.elements for flowable in _flowables(one, width / 2 - 12)]
        yield BalancedColumns(inner, nCols=2, innerPadding=18, needed=90)
    elif isinstance(element, Contents):
        yield from _contents(element)
    elif isinstance(element, Picture):
        yield Image(BytesIO(element.data), element.width, element.height)
    elif isinstance(element, NewPage):
        yield PageBreak()


def _contents(contents: Contents) -> Iterator[Flowable]:
    yield Prose(escape(contents.title), _HEADINGS[2])
    table = TableOfContents()
    table.dotsMinLevel = 0
    table.levelStyles = [
        ParagraphStyle(f"toc{level}", parent=_BODY, spaceAfter=1, leftIndent=(level - 2) * 12)
        for level in range(2, contents.depth + 1)
    ]
    yield table


def _paragraph(paragraph: Paragraph, width: float) -> Flowable:
    style = _LOOKS[paragraph.look]
    if paragraph.item:
        style = ParagraphStyle("item", parent=style, leftIndent=14, bulletIndent=3)
        if any(isinstance(part, Mark) for part in paragraph.line):
            return _line(paragraph.line, style)
        return Prose(_markup(paragraph.line), style, bulletText="•")
    flowable = _line(paragraph.line, style)
    if paragraph.edge is None:
        return flowable
    rules = [("LINEBEFORE", (0, 0), (0, -1), 5, HexColor(paragraph.edge)), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    return Table([[flowable]], colWidths=[width], style=TableStyle(rules))


def _line(line: Line, style: ParagraphStyle) -> Flowable:
    marks = [part for part in line if isinstance(part, Mark)]
    return MarkedLine(line, style, _markup) if marks else Prose(_markup(line), style)


def _markup(line: Line) -> str:
    return "".join(_text(part) for part in line if isinstance(part, Text))


def _text(part: Text) -> str:
    text = "".join(
        f'<font name="ZapfDingbats">{char}</font>' if char in _DINGBATS else escape(char) for char in part.text
    )
    text = f'<font color="{part.colour}">{text}</font>' if part.colour else text
    return f"<b>{text}</b>" if part.bold else text


def _table(grid: Grid, width: float) -> Flowable:
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=grid.size, leading=grid.size * 1.3, spaceAfter=2)
    rows = [*grid.header, *grid.rows]
    cells: list[list[Any]] = [["" for _ in grid.widths] for _ in rows]
    commands: list[tuple[Any, ...]] = [*_rules(grid), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            cells[number][column] = [_line(line, style) for line in cell.lines]
            commands += _cell_style(cell, number, column, grid, number < len(grid.header))
            taken |= {(number + down, column + across) for down in range(cell.rows) for across in range(cell.columns)}
    return Table(
        cells,
        colWidths=[share * width for share in grid.widths],
        repeatRows=len(grid.header),
        splitByRow=1,
        splitInRow=40,
        style=TableStyle(commands),
    )


def _rules(grid: Grid) -> Iterator[tuple[Any, ...]]:
    yield ("TOPPADDING", (0, 0), (-1, -1), 3)
    if grid.rules == "half":
        yield ("LINEBELOW", (0, 0), (-1, -1), 0.5, _RULE)
    elif grid.rules == "zebra":
        first = len(grid.header)
        yield from (("BACKGROUND", (0, n), (-1, n), _BAND) for n in range(first + 1, first + len(grid.rows), 2))


def _cell_style(cell: Cell, row: int, column: int, grid: Grid, is_header: bool) -> Iterator[tuple[Any, ...]]:
    """A body's cell over several rows is boxed rather than spanned: ReportLab breaks no span over a page."""
    end = (column + cell.columns - 1, row + cell.rows - 1)
    if cell.columns > 1 or (cell.rows > 1 and is_header):
        yield ("SPAN", (column, row), end)
    if grid.rules == "full":
        yield ("BOX", (column, row), end, 0.5, _RULE)
    if cell.fill:
        yield ("BACKGROUND", (column, row), end, HexColor(cell.fill))
    if cell.edge:
        yield ("LINEBEFORE", (column, row), (column, end[1]), 6, HexColor(cell.edge))
        yield ("LEFTPADDING", (column, row), (column, end[1]), 10)
