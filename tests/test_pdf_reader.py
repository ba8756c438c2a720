"""PDF files become documents: nothing is lost, nothing is read twice, and drawn status is seen."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.corpora.rendering import Report, render
from ljuskoll.nlp.document import Block, Document, Mark, Table
from ljuskoll.nlp.readers.pdf.read import read_pdf

GREEN, YELLOW, RED, BLUE = HexColor("#00A651"), HexColor("#FFC000"), HexColor("#E2001A"), HexColor("#1F5FBF")
COLUMNS = [60, 200, 260, 520]
TOP, ROW = 780, 40


class Sheet(Canvas):  # type: ignore[misc]
    """A canvas that is measured from the top."""

    def __init__(self, buffer: BytesIO, **options: Any) -> None:
        super().__init__(buffer, pagesize=A4, invariant=1, **options)

    def text(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 10) -> None:
        self.setFont(font, size)
        self.setFillColor(Color(0, 0, 0))
        self.drawString(x, y, text)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 10) -> None:
        for number, line in enumerate(lines):
            self.text(x, y - 1.3 * size * number, line, size=size)

    def table(self, rows: Sequence[Sequence[str]], x: Sequence[float] = COLUMNS, upright: bool = True) -> None:
        bottom = TOP - ROW * len(rows)
        for number in range(len(rows) + 1):
            self.line(x[0], TOP - ROW * number, x[-1], TOP - ROW * number)
        for side in x if upright else ():
            self.line(side, TOP, side, bottom)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.lines(x[column] + 4, TOP - ROW * number - 14, text.split("\n"), size=9)

    def cell(self, row: int, column: int, colour: Color) -> None:
        self.setFillColor(colour)
        width = COLUMNS[column + 1] - COLUMNS[column]
        self.rect(COLUMNS[column], TOP - ROW * (row + 1), width, ROW, stroke=0, fill=1)

    def dot(self, x: float, y: float, colour: Color, radius: float = 5) -> None:
        self.setFillColor(colour)
        self.circle(x, y, radius, stroke=0, fill=1)


def pdf(*pages: Callable[[Sheet], None], **options: Any) -> bytes:
    buffer = BytesIO()
    sheet = Sheet(buffer, **options)
    for page in pages:
        page(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def read(*pages: Callable[[Sheet], None]) -> Document:
    return read_pdf(pdf(*pages))


def blocks(document: Document) -> list[Block]:
    return [block for _, block in document.blocks()]


def texts(document: Document) -> list[str]:
    return [block.text for block in blocks(document)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def seen(marks: Sequence[Mark]) -> list[tuple[str, str | None]]:
    return [(mark.source, mark.colour) for mark in marks]


def all_texts(document: Document) -> list[str]:
    in_tables = [cell.text for table in document.tables() for row in table.rows for cell in row]
    return [*texts(document), *in_tables, *document.margins]


ROWS = [
    {"assignment": "Rusta upp parken vid torget", "board": "TN", "light": "green", "comment": "Parken är klar."},
    {"assignment": "Bygga ut fibernätet", "board": "KS", "light": "yellow", "comment": "Delvis klart.\nResten i år."},
    {"assignment": "Öppna en ny förskola", "board": "BUN", "light": "red",
     "comment": "Försenat. " + "Marken sanerades. " * 30},
]  # fmt: skip


def rendered(rendering: str, rows: int = 1, **changes: Any) -> Document:
    described = {
        "file": "x.pdf", "rendering": rendering, "title": "Uppdrag 2022", "municipality": "Storsjö kommun",
        "period": "T2 2022",
        "intro": ["Nämnderna har följt upp sina uppdrag och redovisar här hur långt arbetet har kommit."],
        "sections": [{"heading": "Mål 1 – Goda livsvillkor", "rows": ROWS * rows}], "footer": "Beslutad i maj",
    }  # fmt: skip
    return read_pdf(render(Report.model_validate({**described, **changes})))


@pytest.mark.parametrize("drawn", ["circle", "square", "fill"])
def test_drawn_lights_are_marks_of_their_cells(drawn: str) -> None:
    table = only_table(rendered("table_pdf", status_drawn=drawn))
    assert cells(table)[0] == ["Uppdrag", "Ansvarig", "Status", "Kommentar"]
    assert table.header_rows == 1
    marks = [[seen(cell.marks) for cell in row] for row in table.rows]
    assert marks[0] == [[], [], [], []]
    assert [row[2] for row in marks[1:]] == [[("fill", "green")], [("fill", "yellow")], [("fill", "red")]]
    assert all(row[column] == [] for row in marks for column in (0, 1, 3))


def test_a_status_word_is_text() -> None:
    table = only_table(rendered("table_pdf", status_drawn="word"))
    assert [row[2] for row in cells(table)] == ["Status", "Grön", "Gul", "Röd"]
    assert not any(cell.marks for row in table.rows for cell in row)


def test_paragraphs_of_a_cell_stand_on_lines_of_their_own() -> None:
    assert cells(only_table(rendered("table_pdf")))[2][3] == "Delvis klart.\nResten i år."


def test_a_row_that_breaks_over_a_page_is_whole_when_its_parts_are_put_together() -> None:
    tables = list(rendered("table_pdf", rows=4).tables())
    assert len(tables) > 1
    assert {tuple(cells(table)[0]) for table in tables} == {("Uppdrag", "Ansvarig", "Status", "Kommentar")}
    rows = [row for table in tables for row in cells(table)[1:]]
    parts = [row for row in rows if not row[0]]
    assert parts and all(row[1] == row[2] == "" for row in parts)
    comments = " ".join(row[3] for row in rows).split()
    assert Counter(comments) == Counter(" ".join(row["comment"] for row in ROWS * 4).split())  # type: ignore[misc]


def test_a_list_has_headings_by_rank_and_margins_apart() -> None:
    document = rendered("list_pdf", rows=4)
    assert document.title == "Uppdrag 2022"
    levels = {block.text: block.level for block in blocks(document) if block.kind == "heading"}
    assert levels["Uppdrag 2022"] == 1
    assert levels["Mål 1 – Goda livsvillkor"] == 2
    assert levels["Bygga ut fibernätet (KS)"] == 3
    assert "Delvis klart." in texts(document)
    assert {"Storsjö kommun", "T2 2022", "Beslutad i maj"} <= set(document.margins)
    assert not any("Sida" in text or "Storsjö" in text for text in texts(document))


def test_words_broken_in_text_and_in_cells_are_whole() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(
            [["Uppdrag", "Status", "Kommentar"], ["Utbyggnad av fjärr-\nvärmenätet", "Klart", "Mål- och\nbudget"]]
        )
        sheet.lines(
            60,
            500,
            ["Nämnden har under året arbetat med upphand-", "lingen av ny kollektivtrafik i hela IT-", "miljön."],
        )

    document = read(page)
    assert cells(only_table(document))[1] == ["Utbyggnad av fjärrvärmenätet", "Klart", "Mål- och budget"]
    assert texts(document) == [
        "Nämnden har under året arbetat med upphandlingen av ny kollektivtrafik i hela IT-miljön."
    ]


LONG = "Nämnden har under året arbetat med att förbättra sina rutiner"


def test_paragraphs_by_space_indent_and_short_last_lines() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 700, [LONG, "och resultatet är gott.", LONG, "och arbetet fortsätter."])
        sheet.lines(60, 600, ["Ett nytt stycke efter ett mellanrum."])

    assert texts(read(page)) == [
        f"{LONG} och resultatet är gott.",
        f"{LONG} och arbetet fortsätter.",
        "Ett nytt stycke efter ett mellanrum.",
    ]


def test_list_items_lose_their_bullets_but_figures_keep_their_minus() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 700, ["• Bygga en bro", "• Laga vägen", "- 5,2 mnkr mot budget"])

    assert [(block.kind, block.text) for block in blocks(read(page))][:2] == [
        ("item", "Bygga en bro"),
        ("item", "Laga vägen"),
    ]
    assert texts(read(page))[2] == "- 5,2 mnkr mot budget"


def test_rows_of_a_table_without_rules_are_not_run_together() -> None:
    def page(sheet: Sheet) -> None:
        for number, row in enumerate([("Sak", "Nivå"), ("Bro över ån", "Klar"), ("Ny väg", "Försenad")]):
            sheet.text(60, 700 - 13 * number, row[0])
            sheet.text(200, 700 - 13 * number, row[1])

    assert texts(read(page)) == ["Sak Nivå", "Bro över ån Klar", "Ny väg Försenad"]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = [f"Vänster spalt rad {name} med text" for name in "abcdefgh"]
    right = [f"Höger spalt rad {name} med mera text" for name in "abcdefgh"]

    def page(sheet: Sheet) -> None:
        sheet.text(60, 760, "Rubrik över båda spalterna som är lång nog att gå över hela sidans bredd", size=14)
        sheet.lines(60, 700, left)
        sheet.lines(320, 700, right)

    text = " ".join(texts(read(page))[1:])
    assert text == " ".join([*left, *right])


def test_turned_text_is_kept_whole() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(200, 700, LONG)
        sheet.saveState()
        sheet.translate(80, 300)
        sheet.rotate(90)
        sheet.text(0, 0, "Gröna mål nås")
        sheet.restoreState()

    assert sorted(texts(read(page))) == ["Gröna mål nås", LONG]


def test_characters_are_cleaned() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(sheet: Sheet) -> None:
        sheet.text(60, 700, "Bygga\u00a0ut kommun\u00adnätet ﬁnt", font="Vera")
        sheet.text(60, 600, "Dubbelt tryckt")
        sheet.text(60.2, 600, "Dubbelt tryckt")

    assert texts(read(page)) == ["Bygga ut kommunnätet fint", "Dubbelt tryckt"]


def test_places_are_boxes_from_the_top_left() -> None:
    data = pdf(lambda sheet: sheet.text(60, 700, LONG))
    document = read_pdf(data)
    (block,) = blocks(document)
    (place,) = block.places
    assert place.page == 1 and place.bbox is not None
    assert place.bbox[0] == pytest.approx(60, abs=1)
    assert place.bbox[3] == pytest.approx(A4[1] - 700, abs=4)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document == read_pdf(data)


@pytest.mark.parametrize("number", ["Sida {} (4)", "{}/4", "{}", "- {} -", "s. {}", "Sidan {} av 4"])
def test_page_numbers_are_margins(number: str) -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 810, "Storsjö kommun", size=8)
            sheet.text(60, 700, f"Uppdrag {index} löper på enligt plan och väntas bli klart i tid.")
            sheet.text(300, 30, number.format(index), size=8)

        return draw

    document = read(*(page(index) for index in range(1, 5)))
    assert texts(document) == [f"Uppdrag {i} löper på enligt plan och väntas bli klart i tid." for i in range(1, 5)]
    assert document.margins == ("Storsjö kommun", *(number.format(i) for i in range(1, 5)))


def test_a_page_header_that_shifts_a_little_from_page_to_page_is_a_margin() -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 810 + 0.8 * (index % 3), "Storsjö kommun", size=8)
            sheet.text(300, 810 - 0.7 * (index % 2), "Delårsrapport", size=8)
            sheet.text(60, 700, f"Uppdrag {index} löper på enligt plan och väntas bli klart i tid.")

        return draw

    document = read(*(page(index) for index in range(1, 7)))
    assert texts(document) == [f"Uppdrag {i} löper på enligt plan och väntas bli klart i tid." for i in range(1, 7)]
    assert sorted(document.margins) == ["Delårsrapport", "Storsjö kommun"]


def test_headings_and_sentences_at_the_top_of_pages_are_no_margins() -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 790, f"Mål {index}", font="Helvetica-Bold", size=14)
            sheet.text(60, 700, f"Text om mål {index} som är lång nog för att vara brödtext.")
            sheet.text(60, 90 - 5 * index, "Uppdraget är genomfört.")

        return draw

    document = read(*(page(index) for index in range(1, 5)))
    assert [text for text in texts(document) if text.startswith("Mål")] == [f"Mål {i}" for i in range(1, 5)]
    assert texts(document).count("Uppdraget är genomfört.") == 4
    assert document.margins == ()


def test_a_table_of_contents_is_no_text() -> None:
    def page(sheet: Sheet) -> None:
        for number, title in enumerate(["Inledning", "Uppdragen", "Ekonomi"]):
            sheet.text(60, 700 - 20 * number, f"{title} {'.' * 40} {number + 3}")
        sheet.text(60, 500, LONG)

    document = read(page)
    assert texts(document) == [LONG]
    assert len(document.margins) == 3


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


@pytest.mark.parametrize(("left", "right"), [("Delår 2020", "Sida 1 (1)"), ("Antagen av nämnden", "7")])
def test_what_stands_beside_a_page_number_is_a_footer(left: str, right: str) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 700, LONG)
        sheet.text(60, 30, left, size=8)
        sheet.text(500, 30, right, size=8)

    document = read(page)
    assert (texts(document), document.margins) == ([LONG], (left, right))


def test_a_figure_below_a_text_is_no_page_number_that_takes_what_stands_beside_it() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 80, [LONG, "Antal platser"])
        sheet.text(500, 67, "7")

    assert "Antal platser" in " ".join(texts(read(page)))


def test_a_heading_of_the_whole_page_parts_the_columns_above_it_from_those_below() -> None:
    def page(sheet: Sheet) -> None:
        for top, name in ((700, "Första"), (500, "Andra")):
            sheet.text(60, top + 40, f"{name} målet", size=14)
            for x, side in ((60, "vänster"), (320, "höger")):
                sheet.lines(x, top, [f"{name} {side} rad {letter} med text" for letter in "abcdefgh"])

    text = " ".join(texts(read(page)))
    places = [text.index(part) for part in ("Första v", "Första h", "Andra målet", "Andra v", "Andra h")]
    assert places == sorted(places)


def test_an_abbreviation_at_the_start_of_a_line_is_no_list_item() -> None:
    lines = ["Bron är försenad och arbetet på den södra delen börjar", "v. 12 när isen har gått."]
    assert texts(read(lambda sheet: sheet.lines(60, 700, lines))) == [" ".join(lines)]


def characters(texts: Sequence[str]) -> Counter[str]:
    return Counter(re.sub(r"\s", "", "".join(texts)))


grid = st.integers(min_value=0, max_value=5)
boxes = st.lists(st.tuples(grid, grid, grid, grid, st.sampled_from([None, GREEN, RED])), max_size=12)
jitters = st.floats(min_value=-25, max_value=25, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(grid, grid), min_size=1), boxes, jitters)
def test_every_character_is_read_once(
    places: set[tuple[int, int]], drawn: list[tuple[int, int, int, int, Color | None]], jitter: float
) -> None:
    def page(sheet: Sheet) -> None:
        for x0, y0, x1, y1, colour in drawn:
            if colour is not None:
                sheet.setFillColor(colour)
            box = (40 + 80 * x0 + jitter, 40 + 130 * y0 + jitter, 80 * (x1 - x0), 130 * (y1 - y0))
            sheet.rect(*box, stroke=1, fill=colour is not None)
        for column, row in places:
            sheet.lines(50 + 80 * column, 60 + 130 * row, [f"ord{column}{row}x", "Mer."])

    data = pdf(page)
    with pdfplumber.open(BytesIO(data)) as opened:
        expected = Counter(char["text"] for char in opened.pages[0].chars if not char["text"].isspace())
    assert characters(all_texts(read_pdf(data))) == expected
