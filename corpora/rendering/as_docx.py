"""A story as a Word document by python-docx."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from ljuskoll.corpora.rendering.icons import icon, sign
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
    Rules,
    Story,
    plain,
)

_DATE = datetime(2024, 1, 1)
_ZIP_DATE = (2024, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"[^<>]+(?=</dcterms:modified>)")
_FIELDS = re.compile(r"(\{number\}|\{total\})")
_STYLES: dict[Rules, str | None] = {"full": "Table Grid", "none": None, "zebra": None, "half": None}
_LOOKS = {"small": 8.5, "body": 10.0, "label": 10.0, "light": 10.0}


def docx_file(story: Story) -> bytes:
    """The story as DOCX, the same bytes every time. A shape becomes a picture of it."""
    document = Document()
    _prepare(document, story)
    for element in story.elements:
        _add(document, element, story)
    buffer = BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def repacked(package: bytes) -> bytes:
    """A ZIP package with all its dates set to one day, also the one that openpyxl takes from the clock on saving."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(f"{_DATE.isoformat()}Z".encode(), part)
            target.writestr(zipfile.ZipInfo(name, _ZIP_DATE), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _prepare(document: DocumentType, story: Story) -> None:
    properties = document.core_properties
    properties.title, properties.author = story.title, story.municipality
    properties.created = properties.modified = _DATE
    document.styles["Normal"].font.name = "Liberation Sans"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    for level, size in ((1, 20), (2, 15), (3, 12.5), (4, 10.5)):
        font = document.styles[f"Heading {level}"].font
        font.size, font.color.rgb, font.name = Pt(size), RGBColor(0x1F, 0x3C, 0x5A), "Liberation Sans"
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    if story.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Pt(57)
    section.header.paragraphs[0].text = f"{story.municipality}\t\t{story.period}"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{story.footer}\t\t")
    for part in _FIELDS.split(story.page_number):
        if part in ("{number}", "{total}"):
            _field(footer, "PAGE" if part == "{number}" else "NUMPAGES")
        else:
            footer.add_run(part)


def _field(paragraph: DocxParagraph, instruction: str) -> None:
    field, run, text = _made("w:fldSimple", instr=instruction), _made("w:r"), _made("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add(document: DocumentType, element: Element, story: Story) -> None:
    if isinstance(element, Heading):
        _fill(document.add_heading(level=element.level), element.line)
    elif isinstance(element, Paragraph):
        _paragraph(document, element)
    elif isinstance(element, Grid):
        _table(document, element)
        document.add_paragraph()
    elif isinstance(element, Columned):
        _columns(document, element, story)
    elif isinstance(element, Contents):
        _contents(document, element, story)
    elif isinstance(element, Picture):
        size = (Pt(element.width), Pt(element.height))
        document.add_paragraph().add_run().add_picture(BytesIO(element.data), *size)
    elif isinstance(element, NewPage):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _paragraph(document: DocumentType, paragraph: Paragraph) -> None:
    made = document.add_paragraph(style="List Bullet" if paragraph.item else None)
    _fill(made, paragraph.line, _LOOKS[paragraph.look])
    if paragraph.look in ("label", "light"):
        made.paragraph_format.space_after = Pt(2)
        made.paragraph_format.keep_with_next = True
    if paragraph.edge:
        borders = _made("w:pBdr")
        borders.append(_border("w:left", paragraph.edge, 48))
        made._p.get_or_add_pPr().append(borders)


def _columns(document: DocumentType, columned: Columned, story: Story) -> None:
    """Two columns are a section of their own, between two that have one."""
    _column_section(document, 1)
    for element in columned.elements:
        _add(document, element, story)
    _column_section(document, 2)


def _column_section(document: DocumentType, columns: int) -> None:
    """Ends the section so far, which has `columns` columns, at this paragraph."""
    paragraph = document.add_paragraph()
    properties = _made("w:sectPr")
    properties.append(_made("w:type", val="continuous"))
    last: Any = document.sections[-1]._sectPr
    for tag in ("w:pgSz", "w:pgMar"):
        copy = _made(tag)
        for name, value in last.find(qn(tag)).attrib.items():
            copy.set(name, value)
        properties.append(copy)
    properties.append(_made("w:cols", num=str(columns), space="360"))
    paragraph._p.get_or_add_pPr().append(properties)


def _contents(document: DocumentType, contents: Contents, story: Story) -> None:
    """Lines as Word leaves them in the file: heading, tab, page number (as it was when last counted)."""
    document.add_heading(contents.title, level=2)
    headings = [one for one in story.elements if isinstance(one, Heading) and 1 < one.level <= contents.depth]
    for number, heading in enumerate(headings):
        text = f"{plain(heading.line).strip()}\t{2 + number // 6}"
        document.add_paragraph(text).paragraph_format.tab_stops.add_tab_stop(Pt(470))


def _fill(paragraph: DocxParagraph, line: Line, size: float | None = None) -> None:
    for part in line:
        if isinstance(part, Mark):
            _picture(paragraph, part)
            continue
        run = paragraph.add_run(part.text)
        run.bold = part.bold or None
        if size is not None:
            run.font.size = Pt(size)
        if part.colour:
            run.font.color.rgb = RGBColor.from_string(part.colour.strip("#"))
            run.font.size = Pt(13)


def _picture(paragraph: DocxParagraph, mark: Mark) -> None:
    data = sign(mark.sign) if mark.shape == "sign" else icon(mark.colour)
    shape = paragraph.add_run().add_picture(BytesIO(data), Emu(Pt(11)))
    properties: Any = shape._inline.docPr
    properties.set("descr", mark.alt)


def _table(document: DocumentType, grid: Grid) -> None:
    rows = [*grid.header, *grid.rows]
    table = document.add_table(len(rows), len(grid.widths), style=_STYLES[grid.rules])
    table.autofit = False
    width = (document.sections[-1].page_width or Pt(595)) - Pt(114)
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(round(width * share))
    matrix = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column_index = 0
        for cell in row:
            while (number, column_index) in taken:
                column_index += 1
            _cell(matrix, cell, (number, column_index), grid)
            taken |= {(number + y, column_index + x) for y in range(cell.rows) for x in range(cell.columns)}
    for row_made in table.rows[: len(grid.header)]:
        row_made._tr.get_or_add_trPr().append(_made("w:tblHeader"))


def _cell(matrix: Sequence[Sequence[_Cell]], cell: Cell, at: tuple[int, int], grid: Grid) -> None:
    row, column = at
    made = matrix[row][column]
    if cell.rows > 1 or cell.columns > 1:
        made = made.merge(matrix[row + cell.rows - 1][column + cell.columns - 1])
    for index, line in enumerate(cell.lines):
        paragraph = made.paragraphs[0] if index == 0 else made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _fill(paragraph, line, grid.size)
    body_row = row - len(grid.header)
    fill = cell.fill or ("#EEF2F6" if grid.rules == "zebra" and body_row >= 0 and body_row % 2 else None)
    if fill:
        made._tc.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=fill.strip("#")))
    if cell.edge or grid.rules == "half":
        borders = _made("w:tcBorders")
        if cell.edge:
            borders.append(_border("w:left", cell.edge, 48))
        if grid.rules == "half":
            borders.append(_border("w:bottom", "#8C98A4", 4))
        made._tc.get_or_add_tcPr().insert(0, borders)


def _border(tag: str, colour: str, size: int) -> Any:
    return _made(tag, val="single", sz=str(size), space="0", color=colour.strip("#"))


def _made(tag: str, **attributes: str) -> Any:
    """An XML element with attributes of Word's own namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
