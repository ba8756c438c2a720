"""Word files to follow-ups, in the layouts that municipalities use, as python-docx and LibreOffice save them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Made
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from docx.table import _Cell as MadeCell

from docx_parts import saved
from ljuskoll.nlp.extract import extract_document
from ljuskoll.nlp.readers.docx.read import read_docx
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

Row = tuple[str, tuple[str, ...], str | None, str | None, str]
"""Assignment, boards, colour, source of the colour, comment."""

BRIDGE, HARBOUR, PLAN = "Bron är klar och invigd.", "Arbetet är delvis utfört.", "Arbetet har inte påbörjats."
COLOURS = {"green": "00B050", "yellow": "FFC000", "red": "C00000"}
WORDS = {"green": "Grön", "yellow": "Gul", "red": "Röd"}
ROWS = (
    ("Bygg en bro", "KS", "green", BRIDGE),
    ("Rusta hamnen", "TN", "yellow", HARBOUR),
    ("Ta fram en skolplan", "BUN", "red", PLAN),
)
HEADINGS = ("Uppdrag", "Nämnd", "Status", "Kommentar")


def report() -> Made:
    made = docx.Document()
    made.core_properties.title = ""
    made.add_heading("Uppföljning av uppdrag per 31 augusti 2023", 0)
    made.add_paragraph("Här följer kommunstyrelsen upp de uppdrag som fullmäktige har gett nämnderna i årets budget.")
    return made


def shade(cell: MadeCell, fill: str) -> None:
    element = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(element))


def fill(holder: Made | MadeCell, *rows: tuple[str, ...]) -> list[list[MadeCell]]:
    """A table with these texts, and its cells."""
    found = holder.add_table(0, len(rows[0]))
    for texts in rows:
        for cell, text in zip(found.add_row().cells, texts, strict=True):
            cell.text = text
    return [list(row.cells) for row in found.rows]


def shaded_cells() -> Made:
    made = report()
    cells = fill(made, HEADINGS, *((title, board, "", comment) for title, board, _, comment in ROWS))
    for cell in cells[0]:
        shade(cell, "1F4E79")
    for line, (_, _, colour, _) in zip(cells[1:], ROWS, strict=True):
        shade(line[2], COLOURS[colour])
    return made


def signs_in_cells() -> Made:
    made = report()
    cells = fill(made, HEADINGS, *((title, board, "●", comment) for title, board, _, comment in ROWS))
    for line, (_, _, colour, _) in zip(cells[1:], ROWS, strict=True):
        line[2].paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(COLOURS[colour])
    return made


def headings_with_labels() -> Made:
    made = report()
    for title, board, colour, comment in ROWS:
        made.add_heading(title, 2)
        for label, value in (("Status", WORDS[colour]), ("Ansvarig nämnd", board), ("Kommentar", comment)):
            paragraph = made.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(value)
    return made


def labels_on_lines() -> Made:
    made = report()
    for title, board, colour, comment in ROWS:
        made.add_heading(title, 2)
        made.add_paragraph(f"Status: {WORDS[colour]}\nAnsvarig nämnd: {board}\nKommentar: {comment}")
    return made


def bulleted_list() -> Made:
    made = report()
    for title, board, _, comment in ROWS:
        made.add_paragraph(f"{title} ({board})", style="List Bullet")
        made.add_paragraph(comment)
    return made


def discs_before_titles() -> Made:
    made = report()
    for title, board, colour, comment in ROWS:
        paragraph = made.add_paragraph()
        paragraph.add_run("● ").font.color.rgb = RGBColor.from_string(COLOURS[colour])
        paragraph.add_run(f"{title} ({board})").bold = True
        made.add_paragraph(comment)
    return made


def nested_in_a_layout_table() -> Made:
    made = report()
    page = made.add_table(1, 1).cell(0, 0)
    page.text = "Mål 1 En trygg kommun"
    fill(page, HEADINGS, *((title, board, WORDS[colour], comment) for title, board, colour, comment in ROWS))
    return made


def two_header_rows() -> Made:
    made = report()
    rows = ((title, board, WORDS[colour], comment) for title, board, colour, comment in ROWS)
    cells = fill(made, ("Uppdrag", "Nämnd", "Uppföljning", ""), ("", "", "Status", "Kommentar"), *rows)
    cells[0][2].merge(cells[0][3])
    for column in (0, 1):
        cells[0][column].merge(cells[1][column])
    return made


def merged_goals() -> Made:
    made = report()
    rows = [("", title, board, WORDS[colour], comment) for title, board, colour, comment in ROWS]
    cells = fill(made, ("Mål", *HEADINGS), *rows)
    cells[1][0].merge(cells[2][0]).paragraphs[0].text = "Trygg kommun"
    cells[3][0].text = "Lärande kommun"
    return made


def goals_between_rows() -> Made:
    made = report()
    rows: list[tuple[str, ...]] = [HEADINGS]
    for title, board, colour, comment in ROWS:
        rows += [(f"Mål {len(rows)} Ett mål", "", "", ""), (title, board, WORDS[colour], comment)]
    cells = fill(made, *rows)
    for number, fills in ((1, "FF0000"), (3, "92D050"), (5, "FFFF00")):
        shade(cells[number][0].merge(cells[number][3]), fills)
    return made


def forms() -> Made:
    made = report()
    for title, board, colour, comment in ROWS:
        values = (title, board, WORDS[colour], comment)
        for line in fill(made, *zip(("Uppdrag", "Ansvarig nämnd", "Status", "Kommentar"), values, strict=True)):
            shade(line[0], "E2EFDA")
        made.add_paragraph()
    return made


def light_beside_each_title() -> Made:
    made = report()
    for title, board, colour, comment in ROWS:
        ((_, light),) = fill(made, (f"{title} ({board})", ""))
        shade(light, COLOURS[colour])
        made.add_paragraph(comment)
    return made


def whole_rows_shaded() -> Made:
    made = report()
    cells = fill(made, HEADINGS, *((title, board, "", comment) for title, board, _, comment in ROWS))
    for line, (_, _, colour, _) in zip(cells[1:], ROWS, strict=True):
        for cell in line:
            shade(cell, COLOURS[colour])
    return made


LAYOUTS: dict[Callable[[], Made], str | None] = {
    shaded_cells: "fill",
    signs_in_cells: "symbol",
    headings_with_labels: "text",
    labels_on_lines: "text",
    bulleted_list: None,
    discs_before_titles: "symbol",
    nested_in_a_layout_table: "text",
    two_header_rows: "text",
    merged_goals: "text",
    goals_between_rows: "text",
    forms: "text",
    light_beside_each_title: "fill",
    whole_rows_shaded: "fill",
}


def found_in(data: bytes) -> list[Row]:
    extraction = extract_document(read_docx(data), Vocabulary())
    assert not extraction.signals
    assert all(one.period is not None and one.period.tertial == 2 for one in extraction.followups)
    return [
        (
            one.assignment,
            one.boards,
            one.declared.colour if one.declared else None,
            one.declared.source if one.declared else None,
            one.comment,
        )
        for one in extraction.followups
    ]


def expected(source: str | None) -> list[Row]:
    return [(title, (board,), colour if source else None, source, comment) for title, board, colour, comment in ROWS]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_each_layout_gives_its_follow_ups(layout: Callable[[], Made]) -> None:
    assert found_in(saved(layout())) == expected(LAYOUTS[layout])


def test_goals_of_merged_cells_and_of_rows_between() -> None:
    for layout, goals in (
        (merged_goals, ["Trygg kommun", "Trygg kommun", "Lärande kommun"]),
        (goals_between_rows, ["Mål 1 Ett mål", "Mål 3 Ett mål", "Mål 5 Ett mål"]),
    ):
        extraction = extract_document(read_docx(saved(layout())), Vocabulary())
        assert [one.goal for one in extraction.followups] == goals


@pytest.mark.parametrize("text", ["En vanlig text om bron.", "Bron byggdes 2019 och invigdes av kungen."])
def test_other_documents_have_no_follow_ups(text: str) -> None:
    made = docx.Document()
    made.add_heading("Om kommunen", 0)
    for line in fill(made, ("Namn", "Telefon"), (text, "0123-45"), ("Reception", "0123-67")):
        shade(line[0], "C6EFCE")
    made.add_paragraph(text)
    assert extract_document(read_docx(saved(made)), Vocabulary()).followups == ()


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All layouts as LibreOffice saves them, by way of its own format."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    for layout in LAYOUTS:
        (folder / f"{layout.__name__}.docx").write_bytes(saved(layout()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for source, kind in (("docx", "odt"), ("odt", "docx")):
        files = [str(folder / f"{layout.__name__}.{source}") for layout in LAYOUTS]
        command = [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=280)
    return folder


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_libreoffices_files_give_the_same(layout: Callable[[], Made], libreoffice: Path) -> None:
    assert found_in((libreoffice / f"{layout.__name__}.docx").read_bytes()) == expected(LAYOUTS[layout])
