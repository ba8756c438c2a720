"""Damaged, huge and unusual workbooks end in a document or in an error that says what to do."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, InputError, UnsupportedTypeError
from ljuskoll.nlp.readers.sheets import sheet as xlsx_sheet
from ljuskoll.nlp.readers.sheets.xlsx import read_xlsx
from xlsx_books import GREEN, HEADINGS, RED, ROWS, YELLOW, lines, marks, paint, put, saved, tables

SHEET = "xl/worksheets/sheet1.xml"


def changed(data: bytes, part: str, change: Callable[[bytes], bytes] | None) -> bytes:
    """The workbook with one part changed, or left out."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif change is not None:
                new.writestr(name, change(old.read(name)))
    return buffer.getvalue()


def simple() -> bytes:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    put(book.active, (HEADINGS, *ROWS), head=True)
    return saved(book)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml", "[Content_Types].xml"])
def test_a_missing_part_that_only_adorns(part: str) -> None:
    assert tables(read_xlsx(changed(simple(), part, None))) == [[list(row) for row in (HEADINGS, *ROWS)]]


def test_missing_texts_show_as_unreadable() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(row, 0, line)
    document = read_xlsx(changed(buffer.getvalue(), "xl/sharedStrings.xml", None))
    assert tables(document)[0][1][0] == "\ufffd"
    assert any("Texter" in message for _, message in document.warnings)


def test_a_sheet_that_breaks_off_is_read_up_to_there() -> None:
    document = read_xlsx(changed(simple(), SHEET, lambda xml: xml[: xml.index(b'<row r="4"')]))
    assert [row[0] for row in tables(document)[0]] == ["Uppdrag", ROWS[0][0], ROWS[1][0]]
    assert any("skadat" in message for _, message in document.warnings)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", simple()[:300], changed(simple(), "xl/workbook.xml", None), changed(simple(), SHEET, None)],
)
def test_damaged_files(data: bytes) -> None:
    with pytest.raises(DamagedFileError):
        read_xlsx(data)


def test_the_binary_format() -> None:
    data = changed(simple(), "xl/workbook.xml", None)
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    with pytest.raises(UnsupportedTypeError):
        read_xlsx(buffer.getvalue())


_GOOD = simple()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_copies_end_in_a_document_or_an_input_error(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([info.filename for info in zipfile.ZipFile(BytesIO(_GOOD)).infolist()]))

    def harm(xml: bytes) -> bytes:
        harmed = bytearray(xml)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(harmed) - 1))
            harmed[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=6) | st.sampled_from(
                [b"-1", b"99999999999", b"<v>", b"</row>", b'"', b"XFD", b"1e999", b"&x;"]
            ))  # fmt: skip
        return bytes(harmed)

    try:
        document = read_xlsx(changed(_GOOD, part, harm))
    except InputError:
        return
    assert isinstance(document, Document)


def test_a_huge_range_of_nothing_is_quick() -> None:
    def harm(xml: bytes) -> bytes:
        merged = b'<mergeCells><mergeCell ref="F1:XFD1048576"/></mergeCells>'
        rules = b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1" dxfId="0">'
        rules += b"<formula>$A1=5</formula></cfRule></conditionalFormatting>"
        return xml.replace(b"</sheetData>", b"</sheetData>" + merged + rules).replace(b"A1:D4", b"A1:XFD1048576")

    document = read_xlsx(changed(simple(), SHEET, harm))
    assert tables(document) == [[list(row) for row in (HEADINGS, *ROWS)]]


def test_more_cells_than_any_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_CELLS", 15)
    with pytest.raises(FileTooLargeError, match="15"):
        read_xlsx(simple())


def test_the_strict_variant_has_other_namespaces() -> None:
    main, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/main"
    data = simple()
    for part in ("xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"):
        data = changed(data, part, lambda xml: xml.replace(main, strict))
    assert len(tables(read_xlsx(data))[0]) == 4


@pytest.mark.parametrize("template", [True, False])
def test_templates_and_workbooks_with_macros(template: bool) -> None:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    put(book.active, (HEADINGS, *ROWS))
    book.template = template
    macros = changed(
        saved(book),
        "[Content_Types].xml",
        lambda xml: xml.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        ),
    )
    assert len(tables(read_xlsx(macros))[0]) == 4


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_workbook_saved_by_libreoffice(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Uppdrag"
    put(sheet, (("Lägesrapport",), (), HEADINGS, *ROWS), head=True)
    for row, colour in enumerate((GREEN, YELLOW, RED), 4):
        paint(sheet, f"C{row}", colour)
        sheet[f"C{row}"] = None
    source = tmp_path / "bok.xlsx"
    source.write_bytes(saved(book))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(source)], check=True, capture_output=True, timeout=120)
    document = read_xlsx((tmp_path / "out" / "bok.xlsx").read_bytes())
    assert {cell: mark[0][1] for cell, mark in marks(document).items()} == {"C4": "green", "C5": "yellow", "C6": "red"}
    assert lines(document) == ["Lägesrapport"]
