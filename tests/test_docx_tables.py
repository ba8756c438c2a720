"""Tables of Word files: merged cells, header rows, tables in tables, layout, and shades that are a status or design."""

import zipfile
from io import BytesIO

import docx
import pytest

from docx_parts import W, cell, grid, par, row, saved, table, texts
from ljuskoll.nlp.document import Block, Document
from ljuskoll.nlp.readers.docx.read import read_docx

HEADING = '<w:pStyle w:val="Heading1"/>'


def read(body: str) -> Document:
    """A Word file that has nothing but its text."""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        made.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return read_docx(stored.getvalue())


MERGED, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


@pytest.mark.parametrize(
    ("rows", "widths", "seen"),
    [
        ([row(cell("A"), cell("B", wide(2))), row(cell("c"), cell("d"), cell("e"))], (), [["A", "B", ""], [*"cde"]]),
        ([row(cell("A", MERGED), cell("B")), row(cell("x", GOES_ON), cell("c"))], (), [["A", "B"], ["", "c"]]),
        ([row(cell("A"), cell("B")), row(cell("c", GOES_ON), cell("d"))], (), [["A", "B"], ["c", "d"]]),
        ([row(cell("A", wide(2)), cell("B")), row(cell("c", wide(2)), cell("d"))], (), [["A", "B"], ["c", "d"]]),
        ([row(cell("A"), cell("B", wide(2))), row(cell("c", wide(2)), cell("d"))], (2000, 15, 2000),
         [["A", "B"], ["c", "d"]]),
        ([row(cell("A"), cell("B", wide(2))), row(cell("c", wide(2)), cell("d"))], (2000, 900, 2000),
         [["A", "B", ""], ["c", "", "d"]]),
        ([row(cell("A"), cell("B"), cell("C")), row(cell("d"), properties='<w:gridBefore w:val="2"/>')], (),
         [[*"ABC"], ["", "", "d"]]),
        ([row(cell("A"), cell("B")), row(cell("c"), properties='<w:gridAfter w:val="1"/>')], (),
         [["A", "B"], ["c", ""]]),
        ([row(cell("A"), cell("B")), f"<w:sdt><w:sdtContent>{row(cell('c'), cell('d'))}</w:sdtContent></w:sdt>"], (),
         [["A", "B"], ["c", "d"]]),
        ([row(cell("A"), f"<w:sdt><w:sdtContent>{cell('B')}</w:sdtContent></w:sdt>"), row(cell("c"), cell("d"))], (),
         [["A", "B"], ["c", "d"]]),
        ([row(cell("A"), cell("B")), row(cell("x"), cell("y"), properties="<w:del/>"), row(cell("c"), cell("d"))], (),
         [["A", "B"], ["c", "d"]]),
        ([row(cell("A"), cell("B")), row(f"<w:tc>{par('c')}{par('')}{par('d')}</w:tc>", cell(""))], (),
         [["A", "B"], ["c\nd", ""]]),
    ],
)  # fmt: skip
def test_cells_stand_where_they_begin(rows: list[str], widths: tuple[int, ...], seen: list[list[str]]) -> None:
    (found,) = read(table(*rows, widths=widths)).tables()
    assert grid(found) == seen


BOLD = "<w:tc>" + par("A", look="<w:b/>") + "</w:tc>"
HEADER = "<w:tblHeader/>"


@pytest.mark.parametrize(
    ("rows", "header_rows"),
    [
        ([row(cell("A"), cell("B"), properties=HEADER), row(cell("c"), cell("d"))], 1),
        ([row(BOLD, BOLD), row(BOLD, BOLD), row(cell("c"), cell("d"))], 2),
        ([row(BOLD, cell("B")), row(cell("c"), cell("d"))], 0),
        ([row(BOLD, BOLD), row(BOLD, BOLD)], 0),
        ([row(cell("A"), cell("B"), properties=HEADER), row(cell("c"), cell("d"), properties=HEADER)], 0),
        ([row(cell("A"), cell("B"), properties='<w:tblHeader w:val="0"/>'), row(cell("c"), cell("d"))], 0),
    ],
)
def test_header_rows(rows: list[str], header_rows: int) -> None:
    (found,) = read(table(*rows)).tables()
    assert found.header_rows == header_rows


def test_header_row_by_the_tables_style() -> None:
    made = docx.Document()
    for name, look in (("Light Grid Accent 1", "04A0"), ("Table Grid", "04A0"), ("Light Grid Accent 1", "0480")):
        found = made.add_table(2, 2, style=name)
        for one in found._cells:
            one.text = "text"
        found._tbl.tblPr.find(f"{{{W}}}tblLook").attrib.clear()
        found._tbl.tblPr.find(f"{{{W}}}tblLook").set(f"{{{W}}}val", look)
        made.add_paragraph("mellan")
    assert [found.header_rows for found in read_docx(saved(made)).tables()] == [1, 0, 0]


INNER = table(row(cell("U"), cell("S")), row(cell("u"), cell("s")))


def test_a_table_that_lays_out_a_page_is_its_contents_in_order() -> None:
    document = read(table(row(f"<w:tc>{par('ett')}{INNER}{par('tre')}</w:tc>")))
    assert [item.text if isinstance(item, Block) else grid(item) for _, item in document.items()] == [
        "ett",
        [["U", "S"], ["u", "s"]],
        "tre",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [row(cell("ett")), row(cell("två")), row(cell("tre"))],
        [row(cell("ett"), cell("")), row(cell("två"), cell("")), row(cell("tre"), cell(""))],
        [row(f"<w:tc>{par('ett')}{par('två')}{par('tre')}</w:tc>", cell(""))],
        [row(f"<w:tc>{par('ett', HEADING)}{par('två')}</w:tc>", cell("tre"))],
    ],
)
def test_tables_for_layout_alone(rows: list[str]) -> None:
    document = read(table(*rows))
    assert (texts(document), list(document.tables())) == (["ett", "två", "tre"], [])


def test_a_table_alone_in_a_cell_beside_its_heading_is_kept() -> None:
    document = read(table(row(cell("Nämnden"), f"<w:tc><w:p/>{INNER}<w:p/></w:tc>")))
    assert texts(document) == ["Nämnden"]
    assert [grid(found) for found in document.tables()] == [[["U", "S"], ["u", "s"]]]


def test_covered_cells_have_no_place_and_bold_cells_say_so() -> None:
    bold = f"<w:tc>{par('B', look='<w:b/>')}</w:tc>"
    rows = [row(cell("A", MERGED), bold, cell("C")), row(cell("", GOES_ON), cell("d", wide(2)))]
    (found,) = read(table(*rows, row(cell("e"), cell(""), cell("f")))).tables()
    assert [[cell.place is not None for cell in line] for line in found.rows] == [
        [True, True, True],
        [False, True, False],
        [True, True, True],
    ]
    assert [cell.is_bold for cell in found.rows[0]] == [False, True, False]


def test_a_table_in_a_cell_comes_after_its_table() -> None:
    nested = f"<w:tc>{par('före')}{INNER}{par('efter')}</w:tc>"
    single = f"<w:tc>{table(row(cell('ensam')))}{table(row(cell('x'), cell('y')))}<w:p/></w:tc>"
    document = read(table(row(cell("A"), cell("B")), row(cell("c"), nested), row(cell("d"), single)))
    assert [grid(found) for found in document.tables()] == [
        [["A", "B"], ["c", "före\nefter"], ["d", "ensam\nx\ny"]],
        [["U", "S"], ["u", "s"]],
    ]


def shaded(text: str, fill: str) -> str:
    return cell(text, f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")


def lights(*rows: str) -> list[list[str | None]]:
    """The colours of the fills in the cells of the one table."""
    (found,) = read(table(*rows)).tables()
    assert {mark.source for line in found.rows for one in line for mark in one.marks} <= {"fill"}
    return [[one.marks[0].colour if one.marks else None for one in line] for line in found.rows]


PLAIN = row(cell("Uppdrag"), cell("Nämnd"), cell("Status"))


def line(title: str, fill: str, word: str = "") -> str:
    return row(cell(title), cell("KS"), shaded(word, fill))


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        ([PLAIN, line("a", "00B050"), line("b", "FFC000"), line("c", "C00000")], ["green", "yellow", "red"]),
        ([PLAIN, line("a", "C6EFCE"), line("b", "FFEB9C"), line("c", "FFC7CE")], ["green", "yellow", "red"]),
        ([PLAIN, line("a", "00B050"), line("b", "00B050"), line("c", "00B050")], ["green", "green", "green"]),
        ([PLAIN, line("a", "00B050", "Klar"), line("b", "", "Ej mätt"), line("c", "A6A6A6")], ["green", None, "grey"]),
        ([PLAIN, line("a", "0070C0"), line("b", "00B050"), line("c", "FFFFFF")], ["blue", "green", None]),
        ([PLAIN, line("a", "auto"), line("b", "F2F2F2"), line("c", "ingen")], [None, None, None]),
    ],
)
def test_shaded_cells_of_a_status_column(rows: list[str], seen: list[str | None]) -> None:
    assert [found[2] for found in lights(*rows)] == [None, *seen]
    assert all(found[:2] == [None, None] for found in lights(*rows))


def band(fill: str, *words: str) -> str:
    return row(*(shaded(word, fill) for word in words))


@pytest.mark.parametrize(
    "rows",
    [
        [band("00B050", "Uppdrag", "Nämnd", "Status"), line("a", ""), line("b", "")],
        [PLAIN, band("E2EFDA", "a", "KS", "Klar"), band("", "b", "KS", "Klar"), band("E2EFDA", "c", "KS", "Klar")],
        [row(shaded(word, "92D050"), cell("x"), cell("y")) for word in "abcd"],
        [PLAIN, row(cell("Mål 1", '<w:gridSpan w:val="3"/><w:shd w:fill="FF0000"/>')), line("a", "")],
        [PLAIN, row(shaded("Mål 1", "FF0000"), shaded("", "FF0000"), shaded("", "FF0000")), line("a", "")],
        [row(cell("Grön", '<w:shd w:fill="00B050"/>'), cell("Gul"), properties=HEADER), row(cell("x"), cell(""))],
        [PLAIN, line("a", "808080"), line("b", "")],
    ],
)
def test_design_is_no_status(rows: list[str]) -> None:
    assert {colour for found in lights(*rows) for colour in found} == {None}


def test_rows_that_have_different_lights_from_end_to_end() -> None:
    rows = [band("1F4E79", *"ABC"), band("92D050", *"abc"), band("FFFF00", *"def"), band("92D050", *"ghi")]
    assert lights(*rows) == [[None] * 3, ["green"] * 3, ["yellow"] * 3, ["green"] * 3]


def test_lights_side_by_side_in_one_row() -> None:
    rows = [row(*map(cell, ("Uppdrag", "T1", "T2"))), row(cell("a"), shaded("", "00B050"), shaded("", "00B050"))]
    assert lights(*rows) == [[None, None, None], [None, "green", "green"]]


@pytest.mark.parametrize(
    ("shade", "colour"),
    [
        ('<w:shd w:val="clear" w:fill="00b050"/>', "green"),
        ('<w:shd w:val="solid" w:color="FF0000" w:fill="FFFFFF"/>', "red"),
        ('<w:shd w:val="pct75" w:color="FF0000" w:fill="FFFFFF"/>', "red"),
        ('<w:shd w:val="pct5" w:color="FF0000" w:fill="FFFFFF"/>', None),
        ('<w:shd w:val="clear" w:fill="auto" w:themeFill="accent6"/>', "green"),
        ('<w:shd w:val="clear" w:themeFill="accent4" w:themeFillTint="99"/>', "yellow"),
        ('<w:shd w:val="clear" w:themeFill="accent6" w:themeFillShade="BF"/>', "green"),
        ('<w:shd w:val="clear" w:themeFill="background1"/>', None),
        ('<w:shd w:val="clear" w:themeFill="accent9"/>', None),
    ],
)
def test_shades_of_all_kinds(shade: str, colour: str | None) -> None:
    assert lights(PLAIN, row(cell("a"), cell("KS"), cell("", shade)), line("b", ""))[1][2] == colour


def bordered(text: str, colour: str, size: int = 36, others: str = "") -> str:
    borders = f'<w:tcBorders><w:left w:val="single" w:sz="{size}" w:color="{colour}"/>{others}</w:tcBorders>'
    return row(cell(text, borders), cell("KS"))


SAME = '<w:right w:val="single" w:sz="36" w:color="FF0000"/>'


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        ([bordered("a", "00B050"), bordered("b", "FF0000")], ["green", "red"]),
        ([bordered("a", "00B050", 4), bordered("b", "FF0000", 4)], [None, None]),
        ([bordered("a", "FF0000", others=SAME), bordered("b", "00B050")], [None, "green"]),
        ([bordered("a", "00B050"), bordered("b", "00B050")], [None, None]),
        ([bordered("a", "000000"), bordered("b", "auto")], [None, None]),
    ],
)
def test_thick_coloured_left_borders(rows: list[str], seen: list[str | None]) -> None:
    assert [found[0] for found in lights(row(cell("Uppdrag"), cell("Nämnd")), *rows)] == [None, *seen]


def test_light_beside_the_only_text_of_a_row_goes_to_the_text() -> None:
    body = table(row(cell("Bygg en bro"), shaded("", "00B050"))) + table(row(shaded("", "FF0000"), cell("Rusta")))
    found = [(block.text, [mark.colour for mark in block.marks]) for _, block in read(body).blocks()]
    assert found == [("Bygg en bro", ["green"]), ("Rusta", ["red"])]


@pytest.mark.parametrize(
    ("fills", "seen"),
    [(("00B050", "FF0000"), ["green", "red"]), (("E2EFDA", "E2EFDA"), [None, None]), (("E2EFDA", ""), [None, None])],
)
def test_boxes_of_one_colour_are_design(fills: tuple[str, str], seen: list[str | None]) -> None:
    document = read(table(*(row(shaded("text", fill)) for fill in fills)))
    assert [block.marks[0].colour if block.marks else None for _, block in document.blocks()] == seen


def test_very_many_columns_and_spans() -> None:
    wild = row(cell("a", wide(10**9)), cell("b"), properties='<w:gridBefore w:val="99999999"/>')
    document = read(table(row(cell("A"), cell("B")), wild, row(cell("c", wide(-5)), cell("d", "<w:gridSpan/>"))))
    (found,) = document.tables()
    assert len({len(line) for line in found.rows}) == 1
    assert grid(found)[0][:2] == ["A", "B"]


def tabbed(*parts: str, properties: str = "") -> str:
    runs = "<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def test_tables_typed_with_tabs() -> None:
    lines = [tabbed("Uppdrag", "", "Nämnd", "Status"), tabbed("a", "KS", "Gul"), tabbed("b", "TN", "Grön")]
    document = read(par("före") + "".join(lines) + par("efter"))
    assert [grid(found) for found in document.tables()] == [
        [["Uppdrag", "Nämnd", "Status"], ["a", "KS", "Gul"], ["b", "TN", "Grön"]]
    ]
    assert texts(document) == ["före", "efter"]


@pytest.mark.parametrize(
    "lines",
    [
        [tabbed("a", "b", "c"), tabbed("d", "e", "f")],
        [tabbed("Namn", "a"), tabbed("Ort", "b"), tabbed("Tid", "c")],
        [tabbed("", "a", ""), tabbed("", "b", ""), tabbed("", "c", "")],
        [tabbed("a", "b", "c"), tabbed("d", "e", "f", "g"), tabbed("h", "i", "j")],
        [tabbed(*"abc", properties='<w:outlineLvl w:val="0"/>')] * 3,
    ],
)
def test_tabs_that_make_no_table(lines: list[str]) -> None:
    document = read("".join(lines))
    assert (list(document.tables()), len(texts(document))) == ([], len(lines))
