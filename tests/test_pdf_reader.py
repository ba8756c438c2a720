"""PDF files become documents: rendered reports, places, and that nothing is lost or read twice."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4

from ljuskoll.corpora.rendering import Report, render
from ljuskoll.nlp.document import Document
from ljuskoll.nlp.readers.pdf.read import read_pdf
from pdf_sheets import GREEN, LONG, RED, Sheet, blocks, cells, only_table, pdf, seen, texts


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
