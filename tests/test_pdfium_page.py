"""pdfium reads pages as pdfplumber, the oracle, does: words, places of letters, shapes and pictures."""

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.colors import CMYKColor, Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf import file as pdf_file
from ljuskoll.nlp.readers.pdf.fallback import PlumberFile
from ljuskoll.nlp.readers.pdf.file import open_pdf
from ljuskoll.nlp.readers.pdf.pdfium_page import PdfiumPage
from ljuskoll.nlp.readers.pdf.read import page_lines
from ljuskoll.nlp.readers.raw.lines import Word, make_lines
from ljuskoll.nlp.readers.raw.page import RawPage, box, rule

ERRS = {
    "e03.pdf": "does not clip what is drawn",
    "e19.pdf": "does not clip what is drawn",
    "e20.pdf": "parts words at their narrowest letters",
    "f04.pdf": "does not clip what is drawn",
    "g01.pdf": "rounds type of 6.75 points the other way",
    "g15.pdf": "does not clip what is drawn",
    "k03.pdf": "joins some of the letters of a word that is set apart",
}
"""Documents that the oracle reads wrongly, seen in their painted pages."""
DOCUMENTS = sorted(path for path in (Path(__file__).parent / "documents").glob("*.pdf") if path.name not in ERRS)


def pdf(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def both(data: bytes) -> Iterator[tuple[RawPage, RawPage]]:
    """Each page as pdfium and as pdfplumber reads it."""
    file, oracle = open_pdf(data, ()), PlumberFile(data, "")
    for number in range(1, len(oracle) + 1):
        page = file.page(number)
        assert page is not None
        yield page.read(), oracle.read(number)
        page.close()
    file.close()


def only_page(*pages: Callable[[Canvas], None]) -> RawPage:
    ((mine, _),) = both(pdf(*pages))
    return mine


def words(page: RawPage) -> Counter[str]:
    return Counter(word for run in page.words for word in run.text.split())


def only_in_one(mine: RawPage, theirs: RawPage) -> tuple[list[BBox], list[BBox]]:
    """The boxes of shapes that only one of the pages has, at the same place to a hundredth of a point."""
    left, missing = [shape.bbox for shape in mine.shapes], []
    for shape in theirs.shapes:
        same = next((bbox for bbox in left if bbox == pytest.approx(shape.bbox, abs=0.01)), None)
        if same is None:
            missing.append(shape.bbox)
        else:
            left.remove(same)
    return left, missing


def texts(page: RawPage) -> list[str]:
    return [line.text for line in make_lines(page.words)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_golden_documents(path: Path) -> None:
    for mine, theirs in both(path.read_bytes()):
        assert (mine.width, mine.height) == pytest.approx((theirs.width, theirs.height), abs=0.01)
        assert words(mine) == words(theirs)
        assert {(word.size, word.bold) for word in mine.words} == {(word.size, word.bold) for word in theirs.words}
        assert only_in_one(mine, theirs) == ([], [])
        assert Counter(shape.fill for shape in mine.shapes) == Counter(shape.fill for shape in theirs.shapes)
        assert mine.pictures == [pytest.approx(bbox, abs=0.01) for bbox in theirs.pictures]


def written(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 500, "Nämnden har under året arbetat")
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(300, 450, "Uppdraget är klart")
    canvas.setFillColor(CMYKColor(1, 0, 0, 0))
    canvas.rect(100, 300, 50, 20, stroke=0, fill=1)


def turned_page(angle: int) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        width, height = A4
        if angle == 90:
            canvas.translate(height, 0)
        elif angle == 180:
            canvas.translate(width, height)
        elif angle == 270:
            canvas.translate(0, width)
        canvas.rotate(angle)
        written(canvas)

    return draw


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned(angle: int) -> None:
    ((mine, theirs),) = both(pdf(turned_page(angle)))
    assert texts(mine) == ["Nämnden har under året arbetat", "Uppdraget är klart"]
    assert [word.bold for word in mine.words] == [False, True]
    first, second = (word.bbox for word in mine.words)
    height = mine.height
    assert (first[0], first[3]) == pytest.approx((60, height - 500 + 2), abs=0.5)
    assert (second[0], second[3]) == pytest.approx((300, height - 450 + 2.6), abs=0.5)
    assert mine.shapes[0].bbox == pytest.approx((100, height - 320, 150, height - 300), abs=0.01)
    assert (mine.width, mine.height) == pytest.approx((theirs.width, theirs.height), abs=0.01)


def test_what_is_shown_begins_at_the_crop_box() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setCropBox((50, 100, 550, 800))
        written(canvas)

    ((mine, theirs),) = both(pdf(page))
    assert (mine.width, mine.height) == (500, 700)
    assert mine.words[0].bbox[0] == pytest.approx(10, abs=0.1)
    assert mine.shapes[0].bbox == pytest.approx(theirs.shapes[0].bbox, abs=0.01)


def test_words_keep_apart_what_stands_in_columns() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Helvetica", 10)
        text._code.append("[(Uppdrag ett)-4000(Klart)-800(nu)] TJ")
        canvas.drawText(text)

    assert [word.text for word in only_page(page).words] == ["Uppdrag ett", "Klart", "nu"]


def test_a_word_of_two_types_is_one() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Helvetica-Bold", 10)
        text.textOut("Fet")
        text.setFont("Helvetica", 10)
        text.textOut("stil och mager")
        canvas.drawText(text)

    assert texts(only_page(page)) == ["Fetstil och mager"]


def test_letters_of_a_run_tell_where_each_stands() -> None:
    for mine, theirs in both(pdf(lambda canvas: canvas.drawString(60, 700, "Klart nu"))):
        (run,) = mine.words
        letters = mine.letters(run)
        assert "".join(letter.text for letter in letters) == "Klart nu"
        assert letters[0].bbox[0] == pytest.approx(theirs.words[0].bbox[0], abs=0.1)
        assert letters[4].bbox[2] == pytest.approx(theirs.words[0].bbox[2], abs=0.1)
        assert letters[6].bbox[0] == pytest.approx(theirs.words[1].bbox[0], abs=0.1)


def test_a_run_over_two_cells_is_cut_between_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([50, 100, 200], [600, 650, 700])
        canvas.setFont("Courier", 10)
        canvas.drawString(64, 680, "Bro ja klar nu")
        canvas.drawString(60, 620, "Väg")
        canvas.drawString(110, 620, "Sen")

    (table,) = (line.table for line in page_lines(only_page(page)).lines() if line.table)
    assert [[cell.text for cell in row] for row in table.rows] == [["Bro ja", "klar nu"], ["Väg", "Sen"]]


def test_hyphens_at_line_ends() -> None:
    def page(canvas: Canvas) -> None:
        for number, line in enumerate(["Nämndens upphand-", "ling av mål- och", "budgetprocess"]):
            canvas.drawString(60, 700 - 14 * number, line)

    assert texts(only_page(page)) == ["Nämndens upphand-", "ling av mål- och", "budgetprocess"]


def test_ligatures_and_soft_hyphens() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        canvas.drawString(60, 700, "ﬁnt kommun\u00adnät")

    assert texts(only_page(page)) == ["fint kommunnät"]


def test_paints() -> None:
    def page(canvas: Canvas) -> None:
        for number, colour in enumerate([HexColor("#00A651"), Color(0, 0.6, 0, alpha=0.5), Color(0, 0, 0, alpha=0)]):
            canvas.setFillColor(colour)
            canvas.rect(50, 50 * number, 20, 20, stroke=0, fill=1)

    assert [shape.fill for shape in only_page(page).shapes] == [(0, 166, 81), (127, 204, 127), None]


def test_forms_are_drawn_where_they_are_put() -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("badge")
        canvas.rect(0, 0, 10, 10, stroke=0, fill=1)
        canvas.drawString(0, 20, "Klar")
        canvas.endForm()
        for x in (100, 300):
            canvas.saveState()
            canvas.translate(x, 400)
            canvas.scale(2, 2)
            canvas.doForm("badge")
            canvas.restoreState()

    ((mine, theirs),) = both(pdf(page))
    assert [shape.bbox for shape in mine.shapes] == [pytest.approx(shape.bbox, abs=0.01) for shape in theirs.shapes]
    assert [(word.text, word.size) for word in mine.words] == [(word.text, word.size) for word in theirs.words]


class LosesText(PdfiumPage):
    """A page of which pdfium finds nothing but a letter."""

    def __init__(self, document: object, number: int) -> None:
        super().__init__(document, number)
        self._text.text = self._text.text[:1]
        self._drawing = self._drawing._replace(texts=50)


def test_a_page_of_which_pdfium_finds_far_too_little_is_read_by_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(written)
    whole = next(both(data))[1]
    monkeypatch.setattr(pdf_file, "PdfiumPage", LosesText)
    page = open_pdf(data, ()).page(1)
    assert page is not None
    assert page.read().words == whole.words
    assert page.read().look((100, 300, 200, 600)) is not None


def test_text_that_is_printed_twice_to_look_bold_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0.0, 0.3):
            canvas.drawString(60 + shift, 700, "Dubbelt tryckt")

    for mine, theirs in both(pdf(page)):
        assert texts(mine) == texts(theirs) == ["Dubbelt tryckt"]


def test_a_page_made_by_hand_is_read_like_any_other() -> None:
    columns, heights = [50, 150, 250, 400], [100, 130, 160]
    rules = [rule(50, y, 400, y) for y in heights] + [rule(x, 100, x, 160) for x in columns]
    cells = [
        ("Uppdrag", 55, 105),
        ("Status", 155, 105),
        ("Kommentar", 255, 105),
        ("Bro", 55, 135),
        ("Invigd", 255, 135),
    ]
    raw = RawPage(
        number=7,
        width=600,
        height=800,
        words=[Word(text, (x, top, x + 30.0, top + 10.0), 10.0) for text, x, top in cells],
        shapes=[box((150, 130, 250, 160), (0, 166, 81)), *rules],
    )
    (table,) = (line.table for line in page_lines(raw).lines() if line.table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Uppdrag", "Status", "Kommentar"],
        ["Bro", "", "Invigd"],
    ]
    assert [mark.colour for mark in table.rows[1][1].marks] == ["green"]
