"""Scanned pages as they are read: words with places, tables and marks; pages without text; searchable scans."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Block, Document, Mark, Table
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.readers.ocr import cells
from ljuskoll.nlp.readers.ocr.tesseract import ocr_problem
from ljuskoll.nlp.readers.pdf.read import read_pdf
from ljuskoll.nlp.readers.pdf.scans import NOTHING_READ
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

Draw: TypeAlias = Callable[[Canvas], None]
WIDTH, HEIGHT = 595.0, 330.0
DOT = 72 / 200
"""Points a pixel."""
GREEN, RED, NAVY, PALE_BLUE = (0.1, 0.65, 0.3), (0.85, 0.1, 0.1), (0.12, 0.22, 0.4), (0.56, 0.67, 0.86)
ROWS = (
    ("Uppdrag", "Nämnd", "Läge", "Kommentar"),
    ("Rusta upp badhuset", "KFN", "", "Bygget pågår och följer planen."),
    ("Öppna ny förskola", "BUN", "", "Invigningen ägde rum i maj."),
    ("Måla rådhusets fönster", "TN", "", "Arbetet är inställt på grund av kölden."),
)
FILLS = (None, GREEN, GREEN, RED)
EDGES = (50, 200, 255, 305, 545)


@pytest.fixture(autouse=True)
def program() -> None:
    """Skips where Tesseract or its Swedish is missing."""
    if problem := ocr_problem():
        pytest.skip(problem)


def pdf(draw: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def painted(draw: Draw, degrees: float = 0.0) -> Image.Image:
    """The page in pixels, turned by some degrees, with a scanner's noise."""
    source = pdfium.PdfDocument(pdf(draw))
    image: Image.Image = source[0].render(scale=1 / DOT).to_pil().convert("RGB")
    source.close()
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
    noise = np.random.default_rng(7).normal(0, 5, (turned.height, turned.width, 1))
    return Image.fromarray(np.clip(np.asarray(turned) * 0.98 + noise, 0, 255).astype(np.uint8))


def bound(picture: Image.Image, above: Draw = lambda canvas: None) -> bytes:
    """A PDF page of the picture alone, and what is drawn above it."""

    size = picture.width * DOT, picture.height * DOT

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        above(canvas)

    return pdf(draw, size)


@cache
def read(draw: Draw, degrees: float = 0.0) -> Document:
    return read_pdf(bound(painted(draw, degrees)))


def marks(document: Document) -> list[Mark]:
    blocks = [mark for _, block in document.blocks() for mark in block.marks]
    return blocks + [mark for table in document.tables() for row in table.rows for cell in row for mark in cell.marks]


def texts(document: Document) -> list[str]:
    return [block.text for _, block in document.blocks()]


def write(canvas: Canvas, top: float, text: str, x: float = 60, size: float = 11, **font: Any) -> None:
    canvas.setFont(font.get("name", "Helvetica"), size)
    canvas.setFillColorRGB(*font.get("rgb", (0, 0, 0)))
    canvas.drawString(x, HEIGHT - top, text)


def letter(canvas: Canvas) -> None:
    write(canvas, 90, "Lindö kommun följer upp", size=20, name="Times-Bold")
    write(canvas, 150, "Årets mål är att fler äldre får färsk mat från köken på Ängö och Åkerö. Gåvorna räck-")
    write(canvas, 165, "te till två nya spisar, och mål- och budgetprocessen går vidare efter semestern.")
    write(canvas, 220, "Plan för gräsmattor", size=18, name="Helvetica-Bold", rgb=NAVY)
    write(canvas, 250, "Gräset klipps varannan vecka.")


def table(canvas: Canvas) -> None:
    write(canvas, 80, "Uppföljning per den 31 augusti 2022", size=16, name="Helvetica-Bold")
    for number, (row, fill) in enumerate(zip(ROWS, FILLS, strict=True)):
        top = 110 + 30 * number
        for left, right, text in zip(EDGES, EDGES[1:], row, strict=False):
            is_light = fill is not None and left == EDGES[2]
            canvas.setFillColorRGB(*(fill if is_light and fill else (1, 1, 1)))
            canvas.rect(left, HEIGHT - top - 30, right - left, 30, fill=1)
            write(canvas, top + 18, text, left + 5, 9)
    canvas.setFillColorRGB(*RED)
    canvas.circle(70, HEIGHT - 300, 6, stroke=0, fill=1)
    write(canvas, 304, "Bygga en bro vid Kvarnån", 90, 12)


def headed(canvas: Canvas) -> None:
    for top, height, rgb in ((100, 22, NAVY), (122, 22, PALE_BLUE)):
        canvas.setFillColorRGB(*rgb)
        canvas.rect(50, HEIGHT - top - height, 495, height, stroke=0, fill=1)
    for x, first, second in ((55, "Uppdrag", "Rubrik"), (250, "Tertial ett", "Status"), (400, "Tertial två", "Läge")):
        write(canvas, 116, first, x, 11, name="Helvetica-Bold", rgb=(1, 1, 1))
        write(canvas, 138, second, x, 11)


def columns(canvas: Canvas) -> None:
    for number in range(12):
        write(canvas, 60 + 14 * number, f"Vänster spalt har rad {number + 1} av texten om vatten.", 50, 10)
        write(canvas, 60 + 14 * number, f"Höger spalt har rad {number + 1} av texten om vägar.", 320, 10)


def test_words_stand_in_order_with_their_places() -> None:
    document = read(letter)
    assert document.ocr and document.warnings == ()
    assert texts(document)[0] == "Lindö kommun följer upp"
    paragraph = next(block for _, block in document.blocks() if block.text.startswith("Årets"))
    assert paragraph.text == (
        "Årets mål är att fler äldre får färsk mat från köken på Ängö och Åkerö. Gåvorna räckte till två nya spisar, "
        "och mål- och budgetprocessen går vidare efter semestern."
    )
    (place,) = paragraph.places
    assert place.page == 1 and place.bbox is not None
    assert place.bbox == pytest.approx((60, 141, 470, 168), abs=4)


def test_large_and_coloured_letters_are_text_and_no_marks() -> None:
    document = read(letter)
    assert "Plan för gräsmattor" in texts(document)
    assert marks(document) == []
    kinds = {block.text: block.kind for _, block in document.blocks()}
    assert kinds["Plan för gräsmattor"] == kinds["Lindö kommun följer upp"] == "heading"


@pytest.mark.parametrize("degrees", [0.0, 2.0])
def test_a_ruled_table_keeps_its_cells_and_their_fills(degrees: float) -> None:
    (found,) = read(table, degrees).tables()
    assert [tuple(cell.text for cell in row) for row in found.rows] == list(ROWS)
    assert [[mark.colour for cell in row for mark in cell.marks] for row in found.rows] == [
        [], ["green"], ["green"], ["red"],
    ]  # fmt: skip
    assert {mark.source for row in found.rows for cell in row for mark in cell.marks} == {"fill"}


def test_a_coloured_disc_is_a_mark_of_its_title() -> None:
    blocks = [block for _, block in read(table).blocks() if "Kvarnån" in block.text]
    assert [[mark.colour for mark in block.marks] for block in blocks] == [["red"]]


def test_records_from_pictures_say_so() -> None:
    found = extract("x.pdf", bound(painted(table)), Vocabulary()).followups
    lights = {one.assignment: one.declared.colour for one in found if one.declared and one.comment}
    assert lights == {"Rusta upp badhuset": "green", "Öppna ny förskola": "green", "Måla rådhusets fönster": "red"}
    assert all(one.ocr for one in found)


def test_light_and_dark_headings_are_read_on_grounds_of_two_paints() -> None:
    words = " ".join(
        [*texts(read(headed)), *(cell.text for one in read(headed).tables() for row in one.rows for cell in row)]
    )
    for expected in ("Uppdrag", "Tertial ett", "Tertial två", "Rubrik", "Status", "Läge"):
        assert expected in words


def test_columns_are_read_one_after_the_other() -> None:
    text = " ".join(texts(read(columns)))
    assert text.rindex("Vänster") < text.index("Höger")
    assert text.count("av texten om") == 24


def photograph() -> Image.Image:
    rough = np.random.default_rng(3).integers(0, 255, (9, 7, 3), dtype=np.uint8)
    return Image.fromarray(rough).resize((700, 900), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("picture", [Image.new("RGB", (700, 900), "white"), photograph()], ids=["blank", "photograph"])
def test_a_page_without_text_is_empty_and_no_fault(picture: Image.Image) -> None:
    document = read_pdf(bound(picture))
    assert [
        item for _, item in document.items() if isinstance(item, Table) or (isinstance(item, Block) and item.text)
    ] == []
    assert [message for page, message in document.warnings if page is not None] == []


def test_a_page_whose_text_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "recognise", lambda *_: [])
    assert (1, NOTHING_READ) in read_pdf(bound(painted(columns))).warnings


def test_a_layer_of_invisible_text_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def layer(canvas: Canvas) -> None:
        text = canvas.beginText(60, HEIGHT - 40)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.textLine("Vad bildläsaren förstod av sidan.")
        canvas.drawText(text)

    monkeypatch.setattr(cells, "recognise", lambda *_: pytest.fail("the page was recognised again"))
    document = read_pdf(bound(painted(table), layer))
    assert document.ocr
    assert any("Vad bildläsaren förstod av sidan." in text for text in texts(document))
    assert "red" in {mark.colour for mark in marks(document)}
