"""Status in workbooks however it is drawn: fills, borders, signs, formats, conditional formats, pictures."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl.styles import Border, Font, GradientFill, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageDraw

from xlsx_books import GREEN, HEADINGS, RED, ROWS, YELLOW, built, lines, marks, paint, put, tables, written


def test_fills_of_single_cells_are_lights_and_those_of_headings_and_stripes_are_not() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS, *ROWS), head=True)
        for column in "ABCD":
            paint(sheet, f"{column}1", GREEN)
            for row in (3, 5, 7):
                paint(sheet, f"{column}{row}", "E2EFDA")
        for row, colour in enumerate((GREEN, YELLOW, RED, GREEN, "FFC7CE", "A6A6A6"), 2):
            paint(sheet, f"C{row}", colour)

    assert {cell: mark[0][1] for cell, mark in marks(built(fill)).items()} == {
        "C2": "green", "C3": "yellow", "C4": "red", "C5": "green", "C6": "red", "C7": "grey",
    }  # fmt: skip


def test_a_painted_column_is_design_and_one_green_column_of_lights_is_not() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        for row in range(1, 5):
            paint(sheet, f"A{row}", "DDEBF7")
        for row in range(2, 5):
            sheet[f"C{row}"] = None
            paint(sheet, f"C{row}", GREEN)

    assert set(marks(built(fill))) == {"C2", "C3", "C4"}


def test_rows_painted_as_a_whole() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS, ROWS[0]), head=True)
        for row, colour in enumerate((GREEN, GREEN, RED, YELLOW), 2):
            for column in "ABCD":
                paint(sheet, f"{column}{row}", colour)

    found = marks(built(fill))
    assert [found[f"A{row}"][0][1] for row in range(2, 6)] == ["green", "green", "red", "yellow"]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor=Color(theme=6)), "green"),
        (PatternFill("solid", fgColor=Color(theme=6, tint=0.4)), "green"),
        (PatternFill("solid", fgColor=Color(theme=9, tint=-0.25)), "yellow"),
        (PatternFill("solid", fgColor=Color(indexed=10)), "red"),
        (PatternFill("lightUp", fgColor="FF" + RED, bgColor="FFFFFFFF"), "red"),
        (GradientFill(stop=("FFFFFF", GREEN)), "green"),
        (PatternFill("solid", fgColor=Color(theme=0)), None),
        (PatternFill("gray125"), None),
        (PatternFill("solid", fgColor="FFFFFFFF"), None),
        (PatternFill("solid", fgColor="FF000000"), None),
    ],
)
def test_colours_of_fills(fill: PatternFill | GradientFill, colour: str | None) -> None:
    def make(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        sheet["C3"].fill = fill

    found = marks(built(make))
    assert found == ({} if colour is None else {"C3": (("fill", colour, ""),)})


@pytest.mark.parametrize(("style", "is_framed", "count"), [("thick", False, 3), ("thin", False, 0), ("thick", True, 0)])
def test_heavy_left_borders(style: str, is_framed: bool, count: int) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS), head=True)
        colours = [GREEN] * 4 if is_framed else [None, GREEN, YELLOW, RED]
        for row, colour in enumerate(colours, 1):
            if colour:
                sheet[f"A{row}"].border = Border(left=Side(style=style, color="FF" + colour))

    found = marks(built(fill))
    assert list(found) == [f"A{row}" for row in (2, 3, 4)][:count]


def test_signs_in_colour_and_letters_of_symbol_fonts() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS, *ROWS))
        for cell, sign, font in (
            ("C2", "●", Font(color="FF" + GREEN)),
            ("C3", "l", Font(name="Wingdings", color="FF" + RED)),
            ("C4", "J", Font(name="Wingdings")),
            ("C5", "ü", Font(name="Wingdings")),
            ("C6", "Klar", Font(color="FF" + GREEN)),
        ):
            sheet[cell] = sign
            sheet[cell].font = font

    document = built(fill)
    assert [row[2] for row in tables(document)[0][1:6]] == ["●", "●", "☺", "✓", "Klar"]
    assert marks(document) == {"C2": (("symbol", "green", "●"),), "C3": (("symbol", "red", "●"),)}


def test_a_format_that_draws_the_status() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, (HEADINGS, *ROWS))
        for row, value in ((2, 1), (3, -1), (4, 2)):
            sheet[f"C{row}"] = value
            sheet[f"C{row}"].number_format = '[Color10]"●";[Red]"●"'
        sheet["C4"].number_format = ";;;"
        paint(sheet, "C4", YELLOW)

    document = built(fill)
    assert [row[2] for row in tables(document)[0][1:]] == ["●", "●", ""]
    assert marks(document) == {
        "C2": (("symbol", "green", "●"),), "C3": (("symbol", "red", "●"),), "C4": (("fill", "yellow", ""),),
    }  # fmt: skip


CONDITIONS: list[tuple[list[Any], list[dict[str, Any]], list[str | None]]] = [
    ([1, 2, 3], [{"type": "cell", "criteria": "==", "value": 1, "format": RED}], ["red", None, None]),
    ([1, 2, 3], [{"type": "cell", "criteria": "between", "minimum": 2, "maximum": 3, "format": GREEN}],
     [None, "green", "green"]),
    ([1, 2, 3], [{"type": "cell", "criteria": "not between", "minimum": 2, "maximum": 3, "format": GREEN}],
     ["green", None, None]),
    (["Gul", "gul", "Röd"], [{"type": "cell", "criteria": "==", "value": '"GUL"', "format": YELLOW}],
     ["yellow", "yellow", None]),
    (["Ej klar", "Klar", "Nej"], [{"type": "text", "criteria": "containing", "value": "klar", "format": GREEN}],
     ["green", "green", None]),
    (["Ej klar", "Klar", "Nej"], [{"type": "text", "criteria": "begins with", "value": "Ej", "format": RED}],
     ["red", None, None]),
    (["Ej klar", "Klar", "Nej"], [{"type": "text", "criteria": "not containing", "value": "klar", "format": RED}],
     [None, None, "red"]),
    ([1, 5, 9], [{"type": "cell", "criteria": "<", "value": 6, "format": RED, "stop_if_true": True},
                 {"type": "cell", "criteria": "<", "value": 10, "format": GREEN}], ["red", "red", "green"]),
    ([0.5, 0.95, 1], [{"type": "formula", "criteria": "=AND(C2>=0.9,C2<1)", "format": YELLOW}],
     [None, "yellow", None]),
    (["x", "y", "x"], [{"type": "formula", "criteria": '=IF($C2="x",TRUE,FALSE)', "format": RED}],
     ["red", None, "red"]),
    (["x gul", "y", "z"], [{"type": "formula", "criteria": '=ISNUMBER(SEARCH("gul",C2))', "format": YELLOW}],
     ["yellow", None, None]),
    ([10, 50, 90], [{"type": "3_color_scale", "min_color": "#F8696B", "mid_color": "#FFEB84", "max_color": "#63BE7B"}],
     ["red", "yellow", "green"]),
    ([10, 50, 90], [{"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#63BE7B"}], [None, None, None]),
    ([10, 50, 90], [{"type": "data_bar"}], [None, None, None]),
    ([1, 2, 3], [{"type": "no_blanks", "format": GREEN, "stop_if_true": True}], ["green", "green", "green"]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "rules", "colours"), CONDITIONS)
def test_conditional_formats(values: list[Any], rules: list[dict[str, Any]], colours: list[str | None]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, line in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(row, 0, line)
        sheet.write_column(1, 2, values)
        for rule in rules:
            look = {"format": book.add_format({"bg_color": f"#{rule['format']}"})} if "format" in rule else {}
            sheet.conditional_format("C2:C4", {**rule, **look})

    document = written(fill)
    found = marks(document)
    assert [found[f"C{row}"][0][1] if f"C{row}" in found else None for row in (2, 3, 4)] == colours
    assert not document.warnings


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"icon_style": "3_traffic_lights"}, [("red", ""), ("yellow", ""), ("green", "")]),
        ({"icon_style": "3_traffic_lights", "reverse_icons": True}, [("green", ""), ("yellow", ""), ("red", "")]),
        ({"icon_style": "3_symbols"}, [("red", ""), ("yellow", ""), ("green", "")]),
        ({"icon_style": "3_arrows"}, [("red", "↓"), ("yellow", "→"), ("green", "↑")]),
        ({"icon_style": "3_arrows_gray"}, [("grey", "↓"), ("grey", "→"), ("grey", "↑")]),
        ({"icon_style": "5_arrows"}, [("red", "↓"), ("yellow", "→"), ("green", "↑")]),
    ],
)
def test_icon_sets(options: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, line in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(row, 0, line)
        sheet.write_column(1, 2, [1, 2, 3])
        sheet.conditional_format("C2:C4", {"type": "icon_set", "icons_only": True, **options})

    document = written(fill)
    assert [marks(document)[f"C{row}"] for row in (2, 3, 4)] == [(("icon", *one),) for one in expected]
    assert [row[2] for row in tables(document)[0][1:]] == ["", "", ""]


def test_what_cannot_be_worked_out_is_told_once() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, line in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(row, 0, line)
        look = book.add_format({"bg_color": "#FF0000"})
        sheet.conditional_format("C2:C4", {"type": "duplicate", "format": look})
        sheet.conditional_format("C2:C4", {"type": "formula", "criteria": "=VLOOKUP(C2,F1:G9,2)>3", "format": look})
        sheet.conditional_format("A2:A4", {"type": "top", "value": 1, "format": look})

    document = written(fill)
    assert [message for _, message in document.warnings if "villkorsstyrd" in message] == [
        "Bladet «Blad1»: villkorsstyrd formatering som inte kunde räknas ut, i C2:C4, A2:A4. "
        "Färgerna där är inte lästa."
    ]
    assert not marks(document)


def disc(colour: str, size: int = 20) -> BytesIO:
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((1, 1, size - 2, size - 2), fill=f"#{colour}")
    buffer = BytesIO()
    image.save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def test_pictures_and_shapes_on_cells() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, line in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(row, 0, line)
        sheet.write_column(1, 2, ["", "", ""])
        place = {"x_offset": 6, "y_offset": 2, "x_scale": 0.7, "y_scale": 0.7}
        sheet.insert_image("C2", "a.png", {"image_data": disc(GREEN), "description": "Uppnått", **place})
        sheet.insert_image("C3", "b.png", {"image_data": disc(RED), **place})
        box = {"width": 14, "height": 14, "x_offset": 6, "y_offset": 2, "line": {"none": True}}
        sheet.insert_textbox("C4", "", {**box, "fill": {"color": f"#{YELLOW}"}})
        sheet.insert_image("F1", "logo.png", {"image_data": disc(GREEN, 400)})
        sheet.insert_textbox("A8", "Läget är gott.\nMer kommer i maj.", {"width": 300, "height": 90})

    document = written(fill)
    assert marks(document) == {
        "C2": (("icon", "green", "Uppnått"),), "C3": (("icon", "red", ""),), "C4": (("fill", "yellow", ""),),
    }  # fmt: skip
    assert lines(document) == ["Läget är gott.", "Mer kommer i maj."]
