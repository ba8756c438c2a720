"""Workbooks: where tables begin, what cells show, and that nothing is lost."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from ljuskoll.nlp.document import Block, Cell, Table
from ljuskoll.nlp.extract import extract_document
from ljuskoll.nlp.readers.sheets.numbers import show_number, show_text
from ljuskoll.nlp.readers.sheets.text import paragraphs
from ljuskoll.nlp.readers.sheets.xlsx import read_xlsx
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from xlsx_books import GREEN, HEADINGS, RED, ROWS, YELLOW, built, lines, marks, paint, put, saved, tables, written


def test_a_table_with_title_lines_above_and_a_note_below() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Uppföljning av uppdrag"
        sheet["A1"].font = Font(bold=True, size=16)
        sheet.merge_cells("A1:D1")
        sheet["A2"] = "Period:"
        sheet["B2"] = "Tertial 2 2023"
        put(sheet, (HEADINGS, *ROWS), row=4, head=True)
        sheet["A9"] = "Siffrorna är preliminära."

    document = built(fill, "Uppdrag")
    (table,) = document.tables()
    assert lines(document) == ["Uppföljning av uppdrag", "Period:", "Tertial 2 2023", "Siffrorna är preliminära."]
    assert [row[0].text for row in table.rows] == ["Uppdrag", *(row[0] for row in ROWS)]
    assert table.header_rows == 1
    assert table.rows[1][2].place is not None and table.rows[1][2].place.cell == "Uppdrag!C5"
    title = next(block for _, block in document.blocks())
    assert (title.kind, title.level) == ("heading", 3)


def test_title_lines_right_above_the_headings() -> None:
    document = built(lambda sheet: put(sheet, (("Lägesrapport",), ("Period", "T1 2024"), HEADINGS, *ROWS)))
    assert lines(document) == ["Lägesrapport", "Period", "T1 2024"]
    assert tables(document) == [[list(row) for row in (HEADINGS, *ROWS)]]


def test_headings_with_gaps_are_no_title_lines() -> None:
    heads = ("Uppdrag", None, "Status", None)
    document = built(lambda sheet: put(sheet, (heads, *ROWS)))
    assert [row[0] for row in tables(document)[0]] == ["Uppdrag", *(row[0] for row in ROWS)]


def test_a_blank_row_within_a_table_parts_nothing() -> None:
    document = built(lambda sheet: put(sheet, (HEADINGS, ROWS[0], (), ROWS[1], (), ("Mål 2",), (), ROWS[2]), head=True))
    assert [row[0] for row in tables(document)[0]] == ["Uppdrag", ROWS[0][0], ROWS[1][0], "Mål 2", ROWS[2][0]]
    assert not lines(document)


def test_a_second_table_below_has_headings_of_its_own() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        put(sheet, (("Nyckeltal", "Utfall", "Mål"), ("Nöjda elever", 81, 85), ("Frånvaro", 7, 5)), row=7, head=True)

    first, second = tables(built(fill))
    assert len(first) == 4 and second == [
        ["Nyckeltal", "Utfall", "Mål"],
        ["Nöjda elever", "81", "85"],
        ["Frånvaro", "7", "5"],
    ]


def test_a_second_table_below_without_a_blank_row() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        sheet["A5"] = "Nyckeltal"
        put(sheet, (("Mått", "Utfall", "Mål", "Trend"), ("Nöjda", 81, 85, "Ökar")), row=6, head=True)

    document = built(fill)
    assert [len(table) for table in tables(document)] == [4, 2]
    assert lines(document) == ["Nyckeltal"]


def test_totals_in_bold_are_a_row_of_the_table() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (("Nämnd", "Antal", "Klara"), ("KS", 4, 3), ("TN", 2, 1), ("Summa", 6, 4)), head=True)
        for column in "ABC":
            sheet[f"{column}4"].font = Font(bold=True)

    assert [len(table) for table in tables(built(fill))] == [4]


def test_tables_side_by_side_are_apart() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        put(sheet, (HEADINGS, *ROWS[:2]), column=7, head=True)

    assert [len(table) for table in tables(built(fill))] == [4, 3]


def test_a_spacer_column_parts_no_table() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [row[:2] for row in (HEADINGS, *ROWS)], head=True)
        put(sheet, [row[2:] for row in (HEADINGS, *ROWS)], column=4, head=True)

    assert tables(built(fill)) == [[list(row) for row in (HEADINGS, *ROWS)]]


def test_a_legend_beside_the_table_is_none_of_its_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), row=2, head=True)
        for row, (colour, words) in enumerate(((GREEN, "Enligt plan"), (RED, "Nås inte")), 3):
            paint(sheet, f"G{row}", colour)
            sheet[f"H{row}"] = words

    document = built(fill)
    assert [len(row) for row in tables(document)[0]] == [4, 4, 4, 4]
    assert not marks(document)
    assert len(extract_document(document, Vocabulary()).followups) == 3


def test_two_rows_of_headings_with_merged_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (("Uppdrag", "Status", None, None, "Kommentar"), (None, "T1", "T2", "T3", None)), head=True)
        for merged in ("A1:A2", "B1:D1", "E1:E2"):
            sheet.merge_cells(merged)
        put(sheet, (("Bygga gångbro", "Grön", "Gul", "Röd", "Marken var för mjuk."),), row=3)

    (table,) = built(fill).tables()
    assert table.header_rows == 2
    assert [cell.text for cell in table.rows[1]] == ["", "T1", "T2", "T3", ""]


def test_merged_cells_are_read_once_and_what_they_cover_has_no_place() -> None:
    def fill(sheet: Worksheet) -> None:
        put(
            sheet,
            (("Nämnd", "Uppdrag", "Status"), ("TN", "Laga tak", "Klar"), (None, "Måla dörrar", "Klar")),
            head=True,
        )
        sheet.merge_cells("A2:A3")

    (table,) = built(fill).tables()
    above, below = table.rows[1][0], table.rows[2][0]
    assert (above.text, above.place and above.place.cell) == ("TN", "Blad1!A2")
    assert below == Cell("")


@pytest.mark.parametrize("how", ["table", "filter", "frozen"])
def test_the_sheet_says_where_the_headings_are(how: str) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (("Rapport", "Vår"), ("Skapad", "Idag"), HEADINGS, *ROWS))
        if how == "table":
            sheet.add_table(ExcelTable(displayName="T", ref="A3:D6"))
        elif how == "filter":
            sheet.auto_filter.ref = "A3:D6"
        else:
            sheet.freeze_panes = "A4"

    (table,) = built(fill).tables()
    at = [row[0].text for row in table.rows].index("Uppdrag")
    assert table.header_rows == at + 1


def test_headings_alone_above_a_blank_row_belong_to_the_rows_below() -> None:
    document = built(lambda sheet: put(sheet, (HEADINGS, (), *ROWS)))
    assert [len(table) for table in tables(document)] == [4]


def test_sheets_are_pages_and_hidden_ones_are_told() -> None:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = "T2 2023"
    put(book.active, (HEADINGS, *ROWS))
    for name, state in (("Underlag", "hidden"), ("Socialnämnden", "visible"), ("Listor", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        put(sheet, (HEADINGS, ROWS[0]))
    document = read_xlsx(saved(book))
    assert [page.number for page in document.pages] == [1, 2]
    assert lines(document) == ["T2 2023", "Socialnämnden"]
    assert [table.page for table in document.tables()] == [1, 2]
    assert any("Underlag, Listor" in message for _, message in document.warnings)


def test_a_hidden_sheet_with_the_choices_of_a_cell_is_not_told() -> None:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    put(book.active, (HEADINGS, *ROWS))
    sheet = book.create_sheet("Val")
    sheet.sheet_state = "hidden"
    put(sheet, (("Klar", "TN"), ("Pågår", "KS"), ("Ej påbörjad", "SN")))
    assert not read_xlsx(saved(book)).warnings


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS))
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = built(fill)
    assert tables(document) == [[list(row) for row in (HEADINGS, *ROWS)]]
    assert any("rader: 1, kolumner: 1" in message for _, message in document.warnings)
    assert not built(lambda sheet: put(sheet, (HEADINGS, *ROWS))).warnings


def test_title_margins_and_comments() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    book.properties.title = "Delår 2023"
    put(sheet, (HEADINGS, *ROWS))
    sheet.oddHeader.left.text = "Bergsjö kommun"
    sheet.oddHeader.left.font = "Arial,Bold"
    sheet.oddFooter.center.text = "Sida &P av &N"
    sheet["A2"].comment = Comment("Fråga Eva", "Bo")
    document = read_xlsx(saved(book))
    assert document.title == "Delår 2023"
    assert "Bergsjö kommun" in document.margins and not any("&" in text for text in document.margins)
    assert "Fråga Eva" not in str(document.pages)
    assert any("kommentarer" in message for _, message in document.warnings)


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (0.92, "0%", "92 %"),
        (0.925, "0.0 %", "92,5 %"),
        (1234.5, "#,##0", "1 235"),
        (1234567, "#,##0.00", "1 234 567,00"),
        (-3, "0;[Red]-0", "-3"),
        (0.1 + 0.2, "General", "0,3"),
        (12, '0 "kr"', "12 kr"),
        (2500000, '#,##0," tkr"', "2 500 tkr"),
        (1234, "#,##0\\ [$kr-41D]", "1 234 kr"),
        (95, '[>=100]"Grön";[>=91]"Gul";"Röd"', "Gul"),
        (5561234567, "000000\\-0000", "556123-4567"),
        (0, '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "-"),
        (3, ";;;", ""),
        (45169, "yyyy-mm-dd", "2023-08-31"),
        (45169, "mm-dd-yy", "2023-08-31"),
        (45169, "[$-41D]mmmm\\ yyyy", "augusti 2023"),
        (45169.5, "m/d/yy h:mm", "2023-08-31 12:00"),
        (0.5, "h:mm", "12:00"),
        (1.5, "[h]:mm", "36:00"),
        (45169, '"T2 "yyyy', "T2 2023"),
        (1e12, "yyyy-mm-dd", "1000000000000"),
    ],
)
def test_numbers_as_shown(number: float, code: str, shown: str) -> None:
    assert show_number(number, code).text == shown


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%;yYmMdhHsS[]"\\_*@-+Ee/ G<>=1', max_size=25))
def test_any_format_shows_something_or_nothing(number: float, code: str) -> None:
    assert "\n" not in show_number(number, code).text
    assert show_text("ord", code).text == "ord" or ";" in code


def test_dates_truths_and_errors() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (("Uppdrag", "Klart", "Datum", "Tid", "Värde"),))
        put(sheet, (("Laga tak", True, date(2023, 8, 31), time(9, 30), "#N/A"),), row=2)
        put(sheet, (("Måla hus", False, datetime(2023, 5, 1, 8, 15), time(10, 0), "'text"),), row=3)

    assert tables(built(fill))[0][1:] == [
        ["Laga tak", "Ja", "2023-08-31", "09:30", "#N/A"],
        ["Måla hus", "Nej", "2023-05-01 08:15", "10:00", "'text"],
    ]


@pytest.mark.parametrize(
    ("written_text", "read"),
    [
        ("Bygget\nstartar i maj.", "Bygget startar i maj."),
        ("Bygget är klart.\nInflyttning sker i maj.", "Bygget är klart.\nInflyttning sker i maj."),
        ("- takbyte\n- målning", "- takbyte\n- målning"),
        ("Klart.\n\nmen dyrt", "Klart.\nmen dyrt"),
        ("Tekniska nämnden\nSocialnämnden", "Tekniska nämnden\nSocialnämnden"),
        ("Samverkan med skolan,\nKarlstads buss och andra", "Samverkan med skolan, Karlstads buss och andra"),
        ("upphand-\nling", "upphandling"),
        ("  Två   ord ", "Två ord"),
    ],
)
def test_line_breaks_within_a_cell(written_text: str, read: str) -> None:
    assert paragraphs(written_text) == read


def test_rich_text_is_one_text() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS))
        sheet["D2"] = CellRichText(
            ["Bygget är ", TextBlock(InlineFont(b=True, color="FF" + RED), "försenat"), " igen."]
        )

    document = built(fill)
    assert tables(document)[0][1][3] == "Bygget är försenat igen."
    assert not marks(document)


def test_formulas_by_their_values_and_a_warning_where_there_are_none() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, values in enumerate((("Nämnd", "Antal"), ("KS", 4), ("TN", 3))):
            sheet.write_row(row, 0, values)
        sheet.write_formula("A4", '="Sum"&"ma"', None, "Summa")
        sheet.write_formula("B4", "=SUM(B2:B3)", None, 7)

    document = written(fill)
    assert tables(document)[0][-1] == ["Summa", "7"] and not document.warnings
    uncached = built(lambda sheet: put(sheet, (("Nämnd", "Antal"), ("KS", 4), ("Summa", "=SUM(B2:B2)"))))
    assert any("Öppna filen i Excel" in message for _, message in uncached.warnings)


SPOTS = st.tuples(st.integers(1, 14), st.integers(1, 9))


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(SPOTS, st.tuples(st.booleans(), st.sampled_from([None, GREEN, "DDEBF7"])), max_size=60),
    st.booleans(),
)
def test_every_text_turns_up_once(cells: dict[tuple[int, int], tuple[bool, str | None]], has_filter: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        for number, ((row, column), (is_bold, colour)) in enumerate(sorted(cells.items())):
            cell = sheet.cell(row, column, f"ord{number:03}")
            cell.font = Font(bold=is_bold)
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
        if has_filter:
            sheet.auto_filter.ref = "B2:E9"

    document = built(fill)
    found: list[str] = []
    for _, item in document.items():
        texts = [item.text] if isinstance(item, Block) else [cell.text for row in item.rows for cell in row]
        found += " ".join(texts).split()
        if isinstance(item, Table):
            assert len({len(row) for row in item.rows}) == 1
            assert item.header_rows <= len(item.rows)
    assert sorted(found) == [f"ord{number:03}" for number in range(len(cells))]


def test_a_workbook_with_goals_merged_downwards_and_lights_as_fills() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Uppföljning av uppdrag, tertial 2 2023"
        put(sheet, (("Mål", "Uppdrag", "Ansvarig nämnd", "Status", "Kommentar"),), row=3, head=True)
        rows = (
            ("Mål 1: Friska barn", "Rusta lekplatser", "TN", GREEN, "Alla lekplatser är rustade."),
            (None, "Ordna simskola", "KFN", RED, "Simskolan blir inte av i år."),
            ("Mål 2: Ren luft", "Byta bussar", "TN", YELLOW, "Hälften är bytta."),
        )
        for row, (goal, title, board, colour, comment) in enumerate(rows, 4):
            put(sheet, ((goal, title, board, None, comment),), row=row)
            paint(sheet, f"D{row}", colour)
        sheet.merge_cells("A4:A5")

    found = extract_document(built(fill), Vocabulary()).followups
    assert [(one.assignment, one.boards, one.declared and one.declared.colour) for one in found] == [
        ("Rusta lekplatser", ("TN",), "green"),
        ("Ordna simskola", ("KFN",), "red"),
        ("Byta bussar", ("TN",), "yellow"),
    ]
    assert {one.declared and one.declared.source for one in found} == {"fill"}
    assert {one.period and (one.period.year, one.period.tertial) for one in found} == {(2023, 2)}
    assert [one.places[-1].cell for one in found] == ["Blad1!E4", "Blad1!E5", "Blad1!E6"]


def test_boards_as_names_of_sheets() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for board, title in (("Tekniska nämnden", "Laga broar"), ("Socialnämnden", "Utbilda anhöriga")):
        sheet = book.create_sheet(board)
        put(sheet, (("Uppdrag", "Status", "Kommentar"), (title, "🟢", "Arbetet är klart.")), head=True)
    found = extract_document(read_xlsx(saved(book)), Vocabulary()).followups
    assert [(one.assignment, one.boards) for one in found] == [
        ("Laga broar", ("Tekniska nämnden",)), ("Utbilda anhöriga", ("Socialnämnden",)),
    ]  # fmt: skip
    assert [one.places[0].page for one in found] == [1, 2]
