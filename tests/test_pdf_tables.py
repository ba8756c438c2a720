"""Tables in PDF pages: ruled, half ruled or painted, merged cells, and open at the foot of the page."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from reportlab.lib.colors import Color, HexColor

from ljuskoll.nlp.document import Block, Table
from pdf_sheets import COLUMNS, LONG, ROW, TOP, Sheet, cells, only_table, read, seen, texts


def test_words_in_a_table_are_no_blocks_and_words_outside_stay() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 800, "Före tabellen")
        sheet.table([["Uppdrag", "Status", "Kommentar"], ["Bro", "Klar", "Invigd"]])
        sheet.text(60, 600, "Efter tabellen")

    document = read(page)
    items = [item for _, item in document.items()]
    assert [type(item) for item in items] == [Block, Table, Block]
    assert texts(document) == ["Före tabellen", "Efter tabellen"]


def test_merged_cells_have_their_text_first() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["Mål", "Status", "Kommentar"], ["Väg", "Klar", "Invigd"]])
        sheet.setFillColor(Color(1, 1, 1))
        for y in (660, 620):
            sheet.line(60, y, 520, y)
        sheet.text(64, 680, "Delmål två gäller hela kommunen")
        for side in COLUMNS:
            sheet.line(side, 660, side, 620)
        for side in (60, 520):
            sheet.line(side, 700, side, 660)
        sheet.text(64, 640, "Bro")

    rows = cells(only_table(read(page)))
    assert rows[2:] == [["Delmål två gäller hela kommunen", "", ""], ["Bro", "", ""]]


def test_a_table_with_horizontal_rules_alone() -> None:
    rows = [
        ["Uppdrag", "Status", "Kommentar"],
        ["Bro", "Klar", "Invigd i maj"],
        ["Väg över\nån", "Sen", "Byggs nästa år"],
    ]
    table = only_table(read(lambda sheet: sheet.table(rows, upright=False)))
    assert cells(table) == [[text.replace("\n", " ") for text in row] for row in rows]


def test_a_frame_around_text_is_no_table() -> None:
    def page(sheet: Sheet) -> None:
        sheet.rect(50, 640, 400, 100)
        sheet.text(60, 700, LONG)

    document = read(page)
    assert list(document.tables()) == []
    assert texts(document) == [LONG]


def test_columns_open_at_the_foot_of_the_page_are_closed() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["Uppdrag", "Status", "Kommentar"], ["Bro", "Klar", "Invigd"]])
        for side in COLUMNS:
            sheet.line(side, TOP - 2 * ROW, side, TOP - 3 * ROW)
        sheet.lines(64, TOP - 2 * ROW - 14, ["Väg"])
        sheet.lines(264, TOP - 2 * ROW - 14, ["Fortsätter på nästa"])

    assert cells(only_table(read(page)))[2] == ["Väg", "", "Fortsätter på nästa"]


def test_a_painted_cell_that_ends_with_the_page_does_not_hide_that_its_row_is_open() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["Uppdrag", "Status", "Kommentar"], ["Bro", "", "Invigd"], ["Kaj", "", "Lagad"]])
        sheet.setFillColor(HexColor("#E2001A"))
        sheet.rect(COLUMNS[1], TOP - 4 * ROW, COLUMNS[2] - COLUMNS[1], ROW, stroke=0, fill=1)
        for side in COLUMNS:
            sheet.line(side, TOP - 3 * ROW, side, TOP - 4 * ROW)
        sheet.lines(64, TOP - 3 * ROW - 14, ["Väg"])
        sheet.lines(264, TOP - 3 * ROW - 14, ["Fortsätter på nästa"])

    row = only_table(read(page)).rows[3]
    assert [cell.text for cell in row] == ["Väg", "", "Fortsätter på nästa"]
    assert seen(row[1].marks) == [("fill", "red")]


HEADS = HexColor("#D9E2EC")


def painted(sheet: Sheet, top: float, sides: Sequence[float], height: float, colour: Color = HEADS) -> None:
    sheet.setFillColor(colour)
    for left, right in pairwise(sides):
        sheet.rect(left, top - height, right - left, height, stroke=0, fill=1)


def test_columns_are_parted_where_their_painted_headings_are() -> None:
    rows = [
        ["Uppdrag", "Nämnd", "Läge", "Kommentar"],
        ["Bro över ån", "TN", "", "Klar i maj."],
        ["Kaj", "KS", "", "Sen."],
    ]
    sides = [60, 150, 200, 260, 520]

    def page(sheet: Sheet) -> None:
        painted(sheet, TOP, sides, ROW)
        for number, colour in ((1, "#00A651"), (2, "#E2001A")):
            painted(sheet, TOP - ROW * number, sides[2:4], ROW, HexColor(colour))
        sheet.table(rows, sides, upright=False)

    table = only_table(read(page))
    assert cells(table) == rows
    assert [seen(row[2].marks) for row in table.rows[1:]] == [[("fill", "green")], [("fill", "red")]]


@pytest.mark.parametrize("stripes", [(), (1,), (1, 3), (2,)], ids=str)
def test_rows_below_painted_headings_stand_in_their_columns(stripes: Sequence[int]) -> None:
    sides = [60, 150, 200, 260, 520]
    rows = [["Uppdrag", "Nämnd", "Läge", "Kommentar"], ["Bro över\nån vid torget", "TN", "Klar", "Invigd i maj."]]
    rows += [["Kaj", "KS", "Sen", "Byggs om."], ["Park", "TN", "Klar", "Träden står."]]

    def page(sheet: Sheet) -> None:
        painted(sheet, TOP, sides, ROW)
        for number in stripes:
            painted(sheet, TOP - ROW * number, (sides[0], sides[-1]), ROW, HexColor("#EDF1F5"))
        for number, row in enumerate(rows):
            for x, text in zip(sides, row, strict=False):
                sheet.lines(x + 4, TOP - ROW * number - 14, text.split("\n"), size=9)

    assert cells(only_table(read(page))) == [[text.replace("\n", " ") for text in row] for row in rows]


def test_rows_painted_in_the_status_column_alone_between_stripes_painted_cell_by_cell() -> None:
    sides = [60, 110, 220, 300, 360, 520]
    rows = [["Mål", "Uppdrag", "Nämnd", "Läge", "Kommentar"], ["Trygg", "Bro", "TN", "Klar", "Invigd i maj."]]
    rows += [["", "Kaj vid torget", "KS", "Sen", "Byggs om."], ["Grön", "Park", "TN", "Klar", "Träden står."]]

    def page(sheet: Sheet) -> None:
        for number in (0, 1, 3):
            for edges in pairwise(sides if number == 0 else sides[1:]):
                painted(sheet, TOP - ROW * number, edges, ROW, HexColor("#EDF1F5"))
        for number, colour in ((1, "#00A651"), (2, "#E2001A"), (3, "#00A651")):
            painted(sheet, TOP - ROW * number, sides[3:5], ROW, HexColor(colour))
        sheet.line(sides[0], TOP - ROW * 3, sides[1], TOP - ROW * 3)
        for number, row in enumerate(rows):
            for x, text in zip(sides, row, strict=False):
                sheet.text(x + 4, TOP - ROW * number - 14, text, size=9)

    assert cells(only_table(read(page))) == rows


def test_a_page_header_far_above_a_table_is_none_of_its_headings() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, TOP + 24, "Lillvik", size=8)
        sheet.text(300, TOP + 24, "Delår", size=8)
        sheet.table(
            [["Uppdrag", "Läge", "Kommentar"], ["Bro", "Klar", "Invigd"], ["Kaj", "Sen", "Byggs"]], upright=False
        )
        sheet.line(COLUMNS[2], TOP, COLUMNS[2], TOP - 3 * ROW)

    assert "Lillvik" not in [text for row in cells(only_table(read(page))) for text in row]


def test_painted_headings_right_below_a_painted_row_begin_a_table_of_their_own() -> None:
    """A row that is cut at a page's foot leaves the headings again right below the row above."""
    sides = [60, 200, 260, 520]
    heads = ["Uppdrag", "Status", "Kommentar"]
    rows = [heads, ["Laga kajen", "Grön", "Klar i maj."], ["Bygg en bro", "Röd", "Ingen har haft tid."]]
    rows += [heads, ["Måla hallen", "Gul", "Färgen är köpt."]]

    def page(sheet: Sheet) -> None:
        for number, row in enumerate(rows):
            if number in (0, 2, 3):
                painted(sheet, TOP - ROW * number, sides if row is heads else [60, 520], ROW)
            for side, text in zip(sides, row, strict=False):
                sheet.text(side + 4, TOP - ROW * number - 14, text, size=9)

    found = [row for table in read(page).tables() for row in cells(table)]
    assert found == rows
