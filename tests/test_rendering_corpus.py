"""The rendered corpus: what it consists of, that its truth is true, and that what cannot be made is said."""

import io
import re
import zipfile
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pypdfium2 as pdfium
import pytest
from docx import Document as open_docx
from lxml import html

from ljuskoll.corpora.rendering import __main__ as command
from ljuskoll.corpora.rendering import corpus
from ljuskoll.corpora.rendering.as_docx import docx_file
from ljuskoll.corpora.rendering.as_html import printable, web_page
from ljuskoll.corpora.rendering.as_reportlab import reportlab_pdf
from ljuskoll.corpora.rendering.as_text import text_file
from ljuskoll.corpora.rendering.as_xlsx import FOLLOWUP_SHEET, openpyxl_file, xlsxwriter_file
from ljuskoll.corpora.rendering.icons import icon, sign
from ljuskoll.corpora.rendering.pages import find_pages
from ljuskoll.corpora.rendering.scan import scanned
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.status import DRAWINGS, PALETTES, draw
from ljuskoll.corpora.rendering.story import Cell, Grid, Heading, Story, plain
from ljuskoll.corpora.reports.description import Assignment, data, load_descriptions, load_prose, load_words, texts
from ljuskoll.corpora.reports.truth import load_truth
from ljuskoll.nlp.vocabulary.municipalities import find_municipality

WORDS_IN_COMMON = 6
"""So many words in a row that also stand in a real document are too many."""

SMALL = "krakfors"


def setting(layout: str = "ruled", producer: str = "reportlab", drawing: str = "word", **changes: Any) -> Setting:
    fields = {"description": load_descriptions()[changes.pop("key", SMALL)], "number": 0, "matter": False} | changes
    return Setting(layout=layout, producer=producer, drawing=drawing, **fields)


@cache
def story(layout: str = "ruled", drawing: str = "word", number: int = 0) -> Story:
    return corpus.story_of(setting(layout, drawing=drawing, number=number))


def row(outcome: str) -> Assignment:
    return Assignment.model_validate(
        {"title": "Bygga en bro", "boards": ("Tekniska nämnden",), "outcome": outcome, "comment": "Bron byggs."}
    )


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in strings(one)]


def test_there_are_many_reports_of_invented_municipalities() -> None:
    reports = load_descriptions().values()
    assert len(reports) >= 40
    assert len({report.municipality for report in reports}) == len(reports)
    real = set((files("ljuskoll.nlp.vocabulary") / "municipalities.txt").read_text(encoding="utf-8").split("\n"))
    assert not {re.sub(r"s? (?:kommun|stad)$", "", report.municipality) for report in reports} & real
    assert {report.period.tertial for report in reports} == {1, 2, 3, None}
    assert {report.kind for report in reports} == {"assignment", "goal", "indicator", "activity"}
    assert len({board for report in reports for one in report.rows for board in one.boards}) > 50


def test_titles_within_a_report_are_unlike() -> None:
    for report in load_descriptions().values():
        titles = [one.title.casefold() for one in report.rows]
        assert len(set(titles)) == len(titles) >= 5, report.key


def test_every_layout_has_several_producers_and_drawings() -> None:
    producers, drawings = defaultdict(set), defaultdict(set)
    for one in corpus.load_settings():
        producers[one.layout].add(one.producer)
        drawings[one.layout].add(one.drawing)
    assert set(producers) == set(corpus.LAYOUTS)
    assert all(len(found) >= 2 for found in producers.values())
    assert all(len(found) >= 2 for layout, found in drawings.items() if layout != "glued")
    assert set(DRAWINGS) <= {drawing for found in drawings.values() for drawing in found}
    assert {"reportlab", "weasyprint", "libreoffice", "chromium", "docx", "openpyxl", "xlsxwriter", "html", "text"} <= {
        producer for found in producers.values() for producer in found
    }


def test_no_text_is_from_a_real_document(seeds: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        found = re.findall(r"\w+", text.casefold())
        return {tuple(found[at : at + WORDS_IN_COMMON]) for at in range(len(found) - WORDS_IN_COMMON + 1)}

    real = set().union(*(runs(path.read_text(encoding="utf-8")) for path in sorted(seeds.glob("*.txt"))))
    ours = [*strings(load_prose()), *strings(load_words()), *(one.comment for one in texts().values())]
    assert [text for text in ours if runs(text) & real] == []


@pytest.mark.parametrize(
    ("drawing", "outcome", "colour", "sources"),
    [
        ("word", "completed", "green", ("text",)),
        ("janej", "off_track", "red", ("text",)),
        ("percent", "partial", "yellow", ("text",)),
        ("progress", "on_track", "green", ("text",)),
        ("progress", "cancelled", "red", ("text",)),
        ("emoji", "not_started", "red", ("symbol",)),
        ("check", "completed", "green", ("symbol",)),
        ("check", "partial", "yellow", ("text",)),
        ("dot", "partial", "yellow", ("symbol",)),
        ("circle", "completed", "green", ("fill",)),
        ("four", "completed", "green", ("fill",)),
        ("edge", "off_track", "red", ("fill",)),
        ("fill", "partial", "yellow", ("fill",)),
        ("icon", "completed", "green", ("icon",)),
        ("alt", "completed", "green", ("text", "icon")),
        ("sign", "off_track", "red", ("icon",)),
        ("circle", "unclear", None, ("fill",)),
        ("word", "unclear", None, ("text",)),
    ],
)
def test_what_is_true_of_each_drawing(drawing: str, outcome: str, colour: str | None, sources: tuple[str, ...]) -> None:
    truth = draw(row(outcome), drawing, 0).truth
    assert (truth.colour, truth.sources) == (colour, sources)
    assert truth.as_written


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_lights_that_differ_are_drawn_differently(drawing: str) -> None:
    drawn = [draw(row(outcome), drawing, 0) for outcome in ("completed", "partial", "off_track")]
    assert len({(one.line, one.fill, one.edge) for one in drawn}) == 3


@pytest.mark.parametrize("layout", sorted(corpus.LAYOUTS.keys() - {"legend"}))
def test_every_assignment_is_a_record_of_its_story(layout: str) -> None:
    records, described = story(layout).records, load_descriptions()[SMALL]
    assert {record.assignment for record in records} == {one.title for one in described.rows}
    assert all(record.period == described.period and record.comment for record in records)
    text = web_page(story(layout)).decode()
    assert [record.assignment for record in records if record.assignment.split()[0] not in text] == []


def test_a_guide_to_the_colours_has_no_records() -> None:
    assert story("legend").records == ()
    assert "Betydelse för uppdrag" in web_page(story("legend")).decode()


def test_merged_cells_cover_the_whole_table() -> None:
    (grid,) = [element for element in story("merged").elements if isinstance(element, Grid)]
    assert sum(cell.rows * cell.columns for one in grid.rows for cell in one) == len(grid.rows) * len(grid.widths)


def test_a_table_of_contents_lists_every_assignment() -> None:
    described = setting("contents", key=SMALL, matter=True)
    page = html.fromstring(printable(corpus.story_of(described), hyphens=False))
    listed = [entry.text_content().strip() for entry in page.xpath("//nav[@class='toc']//a")]
    assert {one.title for one in described.description.rows} <= set(listed)


IN_PROCESS = {
    "reportlab": reportlab_pdf,
    "docx": docx_file,
    "openpyxl": openpyxl_file,
    "xlsxwriter": xlsxwriter_file,
    "html": web_page,
}


@pytest.mark.parametrize("producer", sorted(IN_PROCESS))
@pytest.mark.parametrize("drawing", ["word", "icon", "fill"])
def test_the_same_bytes_every_time(producer: str, drawing: str) -> None:
    made = IN_PROCESS[producer](story("ruled", drawing))
    assert made == IN_PROCESS[producer](story("ruled", drawing))


@pytest.mark.parametrize("producer", ["docx", "openpyxl", "xlsxwriter"])
def test_no_date_of_an_office_file_is_from_the_clock(producer: str) -> None:
    with zipfile.ZipFile(io.BytesIO(IN_PROCESS[producer](story()))) as package:
        properties = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"2024-01-01"}


def test_a_shape_a_fill_and_a_picture_are_drawn_and_nothing_is_written() -> None:
    colours = {value.casefold() for value in PALETTES[0].values()}
    for drawing, kind in (("circle", "curves"), ("square", "rects"), ("icon", "images")):
        with pdfplumber.open(io.BytesIO(reportlab_pdf(story("ruled", drawing)))) as pdf:
            shapes = [shape for page in pdf.pages for shape in getattr(page, kind)]
            text = " ".join(page.extract_text() for page in pdf.pages)
        painted = [shape for shape in shapes if kind == "images" or _hex(shape["non_stroking_color"]) in colours]
        assert len(painted) >= len(load_descriptions()[SMALL].rows), drawing
        assert not re.search(r"\b(?:Grön|Gul|Röd)\b", text)


def _hex(colour: Any) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour) if len(colour) == 3 else ""


def test_a_word_document_has_fills_spans_and_repeated_headings() -> None:
    table = open_docx(io.BytesIO(docx_file(story("merged", "fill")))).tables[0]
    xml = table._tbl.xml
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert "w:tblHeader" in xml and any(f'w:fill="{PALETTES[0][light][1:]}"' in xml for light in ("green", "red"))


@pytest.mark.parametrize("make", [openpyxl_file, xlsxwriter_file])
def test_a_workbook_has_the_followup_on_its_own_sheet(make: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make(story("ruled", "fill"))))
    sheet = book.worksheets[FOLLOWUP_SHEET - 1]
    written = [cell.value for one in sheet.iter_rows() for cell in one if cell.value]
    assert {one.title for one in load_descriptions()[SMALL].rows} <= set(written)
    fills = {cell.fill.fgColor.rgb[-6:] for one in sheet.iter_rows() for cell in one if cell.fill.fill_type}
    assert fills & {value[1:] for value in PALETTES[0].values()}


@pytest.mark.parametrize(
    ("writing", "sample"),
    [("utf-8", "nämnd".encode()), ("cp1252", "nämnd".encode("cp1252")), ("decomposed", "na\u0308mnd".encode())],
)
def test_text_files_come_in_several_encodings(writing: Any, sample: bytes) -> None:
    assert sample in text_file(story("flattened"), writing, tight=True)
    assert text_file(story("flattened"), "utf-16", tight=True).startswith((b"\xff\xfe", b"\xfe\xff"))


def test_a_scan_has_as_many_pages_and_no_text() -> None:
    pdf = reportlab_pdf(story())
    made = scanned(pdf, 1)
    with pdfplumber.open(io.BytesIO(pdf)) as before, pdfplumber.open(io.BytesIO(made)) as after:
        assert len(before.pages) == len(after.pages)
        assert [page.extract_text() for page in after.pages] == [""] * len(after.pages)
        assert all(page.images for page in after.pages)
    assert made == scanned(pdf, 1) != scanned(pdf, 2)


def test_pages_are_found_behind_a_table_of_contents() -> None:
    made = reportlab_pdf(corpus.story_of(setting("contents", matter=True, key="skogala")))
    titles = [one.title for one in load_descriptions()["skogala"].rows]
    pages = find_pages(made, titles)
    assert list(pages) == sorted(pages) and pages[0] > 1 and pages[-1] > pages[0] + 2
    document = pdfium.PdfDocument(made)
    first = re.sub(r"\W", "", document[pages[0] - 1].get_textpage().get_text_bounded())
    document.close()
    assert re.sub(r"\W", "", titles[0]) in first


def test_a_title_that_is_not_there_is_no_page() -> None:
    with pytest.raises(ValueError, match="Bygga en rymdhiss"):
        find_pages(reportlab_pdf(story()), ["Bygga en rymdhiss till månen"])


def test_icons_are_small_pictures() -> None:
    made = {icon("#00A651"), icon("#E2001A"), *(sign(kind) for kind in ("✓", "✗", "🙂", "😐", "🙁"))}
    assert len(made) == 7
    assert all(data.startswith(b"\x89PNG") and len(data) < 2048 for data in made)


def test_the_long_reports_hold_many_tables_and_chapters_of_other_things() -> None:
    told = [element for element in story("long").elements if isinstance(element, Heading) and element.level == 2]
    grids = [element for element in story("long").elements if isinstance(element, Grid)]
    assert len(told) > 12 and len(grids) > 40
    risks = [cell for grid in grids for one in grid.rows for cell in one if isinstance(cell, Cell) and cell.fill]
    assert len(risks) > 20
    events = [plain(heading.line) for heading in told]
    assert "Intern kontroll" in events and "Investeringar" in events


def test_a_corpus_is_written_with_its_truth(tmp_path: Path) -> None:
    settings = [setting("ruled"), setting("merged", "openpyxl", number=1), setting("coded", "text", "none", number=2)]
    assert corpus.render_corpus(tmp_path, settings) == ()
    truth = load_truth(tmp_path / corpus.TRUTH_NAME)
    assert [document.layout for document in truth] == ["ruled", "merged", "coded"]
    assert all((tmp_path / document.path).is_file() for document in truth)
    assert {record.page for record in truth[1].records} == {FOLLOWUP_SHEET}
    assert all(record.declared is None for record in truth[2].records)
    assert all(document.municipality == "Kråkfors kommun" for document in truth)


def test_what_cannot_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(corpus, "chromium", lambda: None)
    monkeypatch.setattr(corpus, "office", lambda: None)
    settings = [setting("ruled", "chromium"), setting("ruled", "libreoffice", number=1), setting("coded", number=2)]
    monkeypatch.setattr(command, "load_settings", lambda: settings)
    monkeypatch.setattr(command, "render_corpus", lambda out, chosen, workers: corpus.render_corpus(out, chosen))
    command.main(tmp_path)
    said = capsys.readouterr().err
    assert "Chromium finns inte" in said and "LibreOffice finns inte" in said and "1 dokument" in said
    assert [document.layout for document in load_truth(tmp_path / corpus.TRUTH_NAME)] == ["coded"]


def test_the_reports_name_their_municipality() -> None:
    for report in load_descriptions().values():
        assert find_municipality(report.title, [report.municipality], ()) is not None, report.municipality


def test_documents_name_known_reports_layouts_and_drawings() -> None:
    for name in ("documents", "golden"):
        for report, layout, _, drawing in data("documents.toml")[name]:
            assert report in load_descriptions() and layout in corpus.LAYOUTS
            assert drawing == "none" or drawing in DRAWINGS
