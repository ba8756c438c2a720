"""The files that `make bench` reads: dense ruled tables, and a long annual report with a follow-up of a few pages.

All texts are our own: the comments of the corpus.
"""

import io
import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

import pypdfium2
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor, black, grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ljuskoll.corpora.comments import Comment, load_comments

REPORT_PAGES, FIRST_FOLLOW_UP, FOLLOW_UPS = 120, 60, 8
ROWS_A_PAGE, ROWS_OF_FOLLOW_UP = 17, 9
CHAPTERS = [
    "Inledning", "Omvärlden", "Befolkningen", "Arbetsmarknaden", "Personalen", "Ekonomisk översikt", "Räkenskaper",
    "Miljön", "Skolan", "Omsorgen", "Kulturen", "Tekniken",
]  # fmt: skip
ACCOUNTS = [
    "Verksamhetens intäkter", "Verksamhetens kostnader", "Avskrivningar", "Nettokostnader", "Skatteintäkter",
    "Generella statsbidrag", "Finansiella intäkter", "Finansiella kostnader", "Årets resultat",
    "Anläggningstillgångar", "Omsättningstillgångar", "Eget kapital", "Avsättningar", "Långfristiga skulder",
    "Kortfristiga skulder", "Soliditet", "Likvida medel", "Investeringar",
]  # fmt: skip
STATUS = {
    "completed": ("Genomfört", "#00A651"), "on_track": ("Pågår enligt plan", "#00A651"),
    "partial": ("Delvis genomfört", "#FFC000"), "off_track": ("Försenat", "#E2001A"),
    "not_started": ("Ej påbörjat", "#E2001A"), "cancelled": ("Utgår", "#E2001A"), "unclear": ("Ej bedömt", "#FFC000"),
}  # fmt: skip
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)
LEDGER = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, grey),
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#DDE6F0")),
    ]
)
SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=7, leading=8.5)
HEAD = ParagraphStyle("head", SMALL, fontName="Helvetica-Bold")
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=6)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=8)


class Dot(Flowable):  # type: ignore[misc]
    """A round status light."""

    def __init__(self, colour: Color) -> None:
        super().__init__()
        self.width = self.height = 10
        self.colour = colour

    def draw(self) -> None:
        self.canv.setFillColor(self.colour)
        self.canv.circle(6, 4, 4, stroke=0, fill=1)


def built(story: Sequence[Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, leftMargin=28, rightMargin=28).build(story, **options)
    return buffer.getvalue()


def comments() -> list[Comment]:
    """Those that the standard fonts can write."""
    plain = "–—”’…"
    return [one for one in load_comments() if all(ord(c) < 256 or c in plain for c in one.assignment + one.comment)]


def dense_tables(pages: int = 12) -> bytes:
    """Ruled tables of small type from edge to edge."""
    headings = ["Nr", "Uppdrag", "Nämnd", "Status", "Start", "Slut", "Kommentar"]
    rows: list[list[Any]] = [[Paragraph(text, HEAD) for text in headings]]
    for number, one in enumerate(islice(cycle(comments()), pages * ROWS_A_PAGE), start=1):
        word, _ = STATUS[one.outcome]
        dates = f"2022-0{number % 9 + 1}-15", f"2023-0{number % 7 + 1}-28"
        texts = [str(number), one.assignment, one.board, word, *dates, one.comment]
        rows.append([Paragraph(text, SMALL) for text in texts])
    return built([Table(rows, colWidths=[24, 108, 75, 48, 44, 44, 196], repeatRows=1, style=GRID)])


def follow_up(some: Sequence[Comment]) -> Iterator[Any]:
    rows: list[list[Any]] = [[Paragraph(text, HEAD) for text in ("Uppdrag", "Nämnd", "Status", "Kommentar")]]
    for one in some:
        light = Dot(HexColor(STATUS[one.outcome][1]))
        texts = [Paragraph(text, SMALL) for text in (one.assignment, one.board, one.comment[:330])]
        rows.append([texts[0], texts[1], light, texts[2]])
    yield Paragraph("Uppföljning av uppdrag 2022", TITLE)
    yield Table(rows, colWidths=[130, 80, 40, 220], style=GRID)


def ledger(rng: random.Random) -> Iterator[Any]:
    rows = [["Belopp i mnkr", "Not", "Bokslut 2021", "Budget 2022", "Bokslut 2022", "Avvikelse"]]
    for number, name in enumerate(ACCOUNTS * 2, start=1):
        rows.append([name, str(number), *(f"{rng.randint(-900, 900)},{rng.randint(0, 9)}" for _ in range(4))])
    yield Table(rows, colWidths=[160, 30, 70, 70, 70, 70], style=LEDGER)


def chart(rng: random.Random) -> Iterator[Any]:
    drawing, bars = Drawing(450, 180), VerticalBarChart()
    bars.width, bars.height = 420, 150
    bars.data = [[rng.randint(20, 90) for _ in range(12)] for _ in range(2)]
    bars.categoryAxis.categoryNames = ["j", "f", "m", "a", "m", "j", "j", "a", "s", "o", "n", "d"]
    drawing.add(bars)
    yield drawing


def prose(sentences: Sequence[str], rng: random.Random, paragraphs: int) -> Iterator[Any]:
    for _ in range(paragraphs):
        yield Paragraph(". ".join(rng.sample(sentences, 5)) + ".", BODY)


def page_parts(number: int, some: Sequence[Comment], sentences: Sequence[str], rng: random.Random) -> Iterator[Any]:
    if FIRST_FOLLOW_UP <= number < FIRST_FOLLOW_UP + FOLLOW_UPS:
        start = ROWS_OF_FOLLOW_UP * number
        yield from follow_up(list(islice(cycle(some), start, start + ROWS_OF_FOLLOW_UP)))
    elif number % 5 == 4:
        yield from ledger(rng)
        yield from prose(sentences, rng, 2)
    elif number % 10 == 8:
        yield from chart(rng)
        yield from prose(sentences, rng, 5)
    else:
        yield Spacer(1, 12)
        yield from prose(sentences, rng, 9)


def long_report() -> bytes:
    """A hundred and twenty pages: mostly running text, some ledgers and charts, eight pages of follow-up."""
    rng = random.Random(1)
    some = comments()
    sentences = [text for one in some for text in one.comment.rstrip(".").split(". ") if 40 < len(text) < 160]
    story: list[Any] = []
    for number in range(REPORT_PAGES):
        if number % 10 == 0:
            story.append(Paragraph(CHAPTERS[number // 10], TITLE))
        story += page_parts(number, some, sentences, rng)
        story.append(PageBreak())
    return built(story, onFirstPage=margins, onLaterPages=margins)


def margins(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(57, 815, "Storsjö kommun")
    canvas.drawRightString(540, 815, "Årsredovisning 2022")
    canvas.drawCentredString(297, 25, f"Sida {document.page} ({REPORT_PAGES})")


def repeated(data: bytes, pages: int) -> bytes:
    """The file's pages over and over until there are so many."""
    source, target = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(target) < pages:
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
    buffer = io.BytesIO()
    target.save(buffer)
    target.close()
    source.close()
    return buffer.getvalue()
