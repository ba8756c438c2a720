"""Web pages from planning systems: tables within the cells of a table, and the tables that only lay out a page."""

import pytest

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.readers import read_document
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
Row = tuple[str, str | None, str]
HEAD = "<tr><td><b>Aktivitet</b></td><td><b>Status</b></td><td><b>Slutdatum</b></td></tr>"
ROWS: list[Row] = [
    ("Rusta simhallens bastu", "yellow", "Anbuden blev dyrare än väntat."),
    ("Öppna en fritidsbank", "green", "Den öppnade i maj."),
]


def page(body: str) -> str:
    return f"<html><body><h1>Uppföljning av aktiviteter per 31 augusti 2023</h1>{body}</body></html>"


def badge(colour: str, words: str) -> str:
    return f'<table><tr><td bgcolor="{colour}" width=12>&nbsp;</td><td>&nbsp;{words}</td></tr></table>'


def row(title: str, status: str, comment: str) -> str:
    below = f"<tr><td colspan=3><i>Kommentar</i><br>{comment}</td></tr>"
    return f"<tr><td>{title}</td><td>{status}</td><td>2023-12-31</td></tr>{below}"


def read(text: str) -> Document:
    return read_document("sida.html", text.encode())


def rows(text: str) -> list[Row]:
    found = extract("sida.html", text.encode(), VOCABULARY).followups
    return [(f.assignment, f.declared.colour if f.declared else None, f.comment) for f in found]


LIGHTS = {"yellow": badge("#ffc000", "Avvikelse"), "green": badge("#00b050", "Enligt plan"), None: ""}


def test_a_light_in_a_table_of_its_own_is_a_cells_light() -> None:
    body = "".join(row(title, LIGHTS[colour], comment) for title, colour, comment in ROWS)
    assert rows(page(f"<table>{HEAD}{body}</table>")) == ROWS


def test_one_row_is_enough_and_a_colour_that_is_no_light_is_one_among_others() -> None:
    title, colour, comment = ROWS[0]
    body = row(title, LIGHTS[colour], comment)
    assert rows(page(f"<table>{HEAD}{body}</table>")) == ROWS[:1]
    dropped = row("Flytta torgmarknaden", badge("#000000", "Utgår"), "Nämnden gick inte vidare.")
    found = rows(page(f"<table>{HEAD}{body}{dropped}</table>"))
    assert found == [ROWS[0], ("Flytta torgmarknaden", "red", "Nämnden gick inte vidare.")]


def test_a_frame_around_a_cells_text_is_no_layout() -> None:
    head = "<tr><th>Uppdrag</th><th>Status</th><th>Kommentar</th></tr>"
    body = "".join(
        f"<tr><td>{title}</td><td>{'Gul' if colour == 'yellow' else 'Grön'}</td>"
        f"<td><table border=1><tr><td>{comment}</td></tr></table></td></tr>"
        for title, colour, comment in ROWS
    )
    assert rows(page(f"<table>{head}{body}</table>")) == ROWS


@pytest.mark.parametrize(
    "inner",
    [
        f"<table><tr><td>Meny</td></tr></table></td><td><h2>Läget</h2><table>{HEAD}</table>",
        "<table><tr><td>Meny</td></tr></table></td><td><table><tr><td>A</td><td>1</td></tr><tr><td>B</td></tr></table>",
        "<table><tr><td>Vi vill vara en kommun som tar vara på alla, och det syns.</td></tr></table></td><td>Text",
    ],
    ids=["headings", "data inside", "frames without headings above"],
)
def test_a_page_laid_out_by_tables_is_no_table(inner: str) -> None:
    layout = f"<table><tr><td></td><td>Kommunen</td></tr><tr><td>{inner}</td></tr></table>"
    assert all(len(table.rows[0]) < 3 or "Aktivitet" in table.rows[0][0].text for table in read(layout).tables())
    assert not any("Kommunen" in cell.text for table in read(layout).tables() for line in table.rows for cell in line)


def test_the_rows_of_a_table_within_a_cell_are_no_rows_of_the_table_around_it() -> None:
    body = "".join(row(title, LIGHTS[colour], comment) for title, colour, comment in ROWS)
    (table,) = read(page(f"<table>{HEAD}{body}</table>")).tables()
    assert [len(line) for line in table.rows] == [3] * 5
    assert [cell.text for cell in table.rows[1]] == ["Rusta simhallens bastu", "Avvikelse", "2023-12-31"]


def test_a_comments_label_on_a_line_of_its_own_is_no_comment() -> None:
    head = "<tr><th>Uppdrag</th><th>Status</th><th>Kommentar</th></tr>"
    cells = "<tr><td>Rusta torget</td><td>Gul</td><td>Kommentar<br>Anbuden är inne.</td></tr>"
    other = "<tr><td>Bygg bron</td><td>Grön</td><td>Kommentarer kom in i juni.<br>De är besvarade.</td></tr>"
    assert rows(page(f"<table>{head}{cells}{other}</table>")) == [
        ("Rusta torget", "yellow", "Anbuden är inne."),
        ("Bygg bron", "green", "Kommentarer kom in i juni.\nDe är besvarade."),
    ]
