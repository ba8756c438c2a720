"""Pictures of pages: persons' data are covered, quoted texts are found, and nothing harms the server."""

from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desks import ARCHIVE, new_desk, send
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.raw.lines import union
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.page_text import Letter, Quote, personal_boxes, quote_boxes
from ljuskoll.service.review.painting import COVER
from ljuskoll.service.review.pictures import forget_pictures, page_picture, page_size, text_boxes

DOCUMENTS = Path(__file__).parent / "documents"
LEFT, TOP, STEP, SIZE = 60, 780, 30, 11
HEIGHT = 842
MAIL = "anna.andersson@kommun.se"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk")


def pdf(*lines: str, pagesize: tuple[float, float] = (595, HEIGHT), **options: object) -> bytes:
    """A page with lines of text, each STEP points below the one before."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=pagesize, invariant=1, **options)
    canvas.setFont("Helvetica", SIZE)
    for number, line in enumerate(lines):
        canvas.drawString(LEFT, TOP - STEP * number, line)
    canvas.save()
    return buffer.getvalue()


def scan(*lines: str) -> bytes:
    """A page that is a picture."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, HEIGHT), invariant=1)
    canvas.drawImage(ImageReader(Image.new("RGB", (600, 850), "beige")), 0, 0, 595, HEIGHT)
    for number, line in enumerate(lines):
        canvas.drawString(LEFT, TOP - STEP * number, line)
    canvas.save()
    return buffer.getvalue()


def opened(png: bytes | None) -> Image.Image:
    assert png is not None
    return Image.open(BytesIO(png)).convert("RGB")


def covered(png: bytes | None, line: int) -> int:
    """The longest run of pixels of the covers' colour in the middle of a line's height."""
    image = opened(png)
    y = round((HEIGHT - (TOP - STEP * line) - 0.35 * SIZE) * image.height / HEIGHT)
    row = [image.getpixel((x, y)) == COVER for x in range(image.width)]
    return max((len(list(run)) for is_cover, run in groupby(row) if is_cover), default=0)


def test_persons_data_are_covered_and_the_rest_is_not(desk: Desk) -> None:
    page = pdf(f"Skriv till {MAIL} senast i maj.", "Kostnaden blev 1 234 567 kronor under 2021.")
    sent = send(desk, "a.pdf", page)
    masked, unmasked = (page_picture(desk, sent.sha256, 1, unmasked) for unmasked in (False, True))
    assert covered(masked, 0) > 150
    assert covered(masked, 1) < 5
    assert covered(unmasked, 0) < 5
    assert opened(masked).size == opened(unmasked).size


def test_a_cover_leaves_nothing_of_its_letters(desk: Desk) -> None:
    sent = send(desk, "a.pdf", pdf("ÅÄÖ.Åqgj@ÅÄÖqgj.se"))
    image = opened(page_picture(desk, sent.sha256, 1))
    seen = {colour for _, colour in image.getcolors(1000) or ()}
    assert seen == {COVER, (255, 255, 255)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mejla anna.anders", "son@kommun.se i dag."),
        ("Boende 19121212-", "1212 har flyttat."),
        ("Ring 070-123", "45 67."),
    ],
)
def test_what_goes_on_in_the_next_line_is_covered_in_both(desk: Desk, first: str, second: str) -> None:
    sent = send(desk, "a.pdf", pdf(first, second))
    png = page_picture(desk, sent.sha256, 1)
    assert covered(png, 0) > 20
    assert covered(png, 1) > 20


@pytest.mark.parametrize("lines", [(), ("Dnr KS 2021/123",)])
def test_a_scan_cannot_be_masked(desk: Desk, lines: tuple[str, ...]) -> None:
    sent = send(desk, "a.pdf", scan(*lines))
    assert page_picture(desk, sent.sha256, 1) is None
    assert page_picture(desk, sent.sha256, 1, unmasked=True) is not None
    assert page_picture(desk, sent.sha256, 1) is None


def test_a_picture_with_much_text_over_it_is_masked(desk: Desk) -> None:
    sent = send(desk, "a.pdf", scan(*["Uppdraget har genomförts enligt plan."] * 8, MAIL))
    assert covered(page_picture(desk, sent.sha256, 1), 8) > 100


def test_a_picture_file_is_shown_unmasked_alone(desk: Desk) -> None:
    buffer = BytesIO()
    Image.new("RGB", (827, 1169), "white").save(buffer, "PNG", dpi=(100, 100))
    sent = send(desk, "a.png", buffer.getvalue())
    assert page_picture(desk, sent.sha256, 1) is None
    assert page_picture(desk, sent.sha256, 1, unmasked=True) is not None
    width, height = page_size(desk, sent.sha256, 1) or (0, 0)
    assert (round(width), round(height)) == (595, 842)


def no_pictures() -> dict[str, bytes]:
    return {
        "text": b"Uppdrag: Bygg en bro",
        "web page": b"<html><body><p>Uppdrag</p></body></html>",
        "cut off": pdf("Hej")[:100],
        "locked": pdf("Hej", encrypt=StandardEncryption("hemligt")),
        "empty": b"",
    }


@pytest.mark.parametrize("kind", no_pictures())
def test_what_has_no_pages_has_no_pictures(desk: Desk, kind: str) -> None:
    sent = send(desk, kind, no_pictures()[kind])
    assert page_picture(desk, sent.sha256, 1) is None
    assert page_picture(desk, sent.sha256, 1, unmasked=True) is None
    assert page_size(desk, sent.sha256, 1) is None
    assert text_boxes(desk, sent.sha256, 1, [Quote("Uppdrag")]) == [[]]


@pytest.mark.parametrize("page", [0, -1, 2, 10**6])
def test_a_page_that_is_not_there_has_no_picture(desk: Desk, page: int) -> None:
    sent = send(desk, "a.pdf", pdf("Hej"))
    assert page_picture(desk, sent.sha256, page) is None


def test_a_document_that_is_not_here_has_no_picture(desk: Desk) -> None:
    assert page_picture(desk, "0" * 64, 1) is None


@pytest.mark.parametrize(
    ("size", "shown"), [((595, 842), (910, 1287)), ((2384, 1684), (1600, 1131)), ((100, 14_400), (35, 5000))]
)
def test_a_page_is_shown_in_a_size_for_the_screen(
    desk: Desk, size: tuple[float, float], shown: tuple[int, int]
) -> None:
    sent = send(desk, "a.pdf", pdf("Hej", pagesize=size))
    width, height = opened(page_picture(desk, sent.sha256, 1)).size
    assert abs(width - shown[0]) <= 1
    assert abs(height - shown[1]) <= 1


def test_a_page_is_painted_once_and_forgotten(desk: Desk) -> None:
    sent, other = send(desk, "a.pdf", pdf("Hej")), send(desk, "b.pdf", pdf("Hopp"))
    first = page_picture(desk, sent.sha256, 1)
    page_picture(desk, other.sha256, 1)
    kept = {path: path.stat().st_mtime_ns for path in (desk.folder / "pictures").rglob("*") if path.is_file()}
    assert len(kept) == 4
    assert page_picture(desk, sent.sha256, 1) == first
    assert all(path.stat().st_mtime_ns == painted for path, painted in kept.items())
    forget_pictures(desk, sent.sha256)
    left = [path for path in kept if path.exists()]
    assert len(left) == 2
    assert all(other.sha256 in path.name for path in left)


def lines(*texts: str) -> list[list[Letter]]:
    """Lines of letters six points wide and ten high, each line twelve below the one before."""
    return [
        [Letter(letter, (6.0 * x, 12.0 * y, 6.0 * x + 6, 12.0 * y + 10)) for x, letter in enumerate(text)]
        for y, text in enumerate(texts)
    ]


def marked(texts: list[str], boxes: list[BBox]) -> list[str]:
    """The text in each box."""
    return [texts[int(top // 12)][int(x0 // 6) : int(x1 // 6)] for x0, top, x1, _ in boxes]


@pytest.mark.parametrize(
    ("texts", "quote", "found"),
    [
        (["Uppdraget är klart."], "är klart", ["är klart"]),
        (["Nämnden antog pla-", "nen i maj."], "antog planen i maj", ["antog pla", "nen i maj"]),
        (["Antog  E-", "arkiv nu"], "antog e-arkiv", ["Antog  E", "arkiv"]),
        (["ﬁnans och café"], "finans och café", ["ﬁnans och café"]),
        (["Ett", "två", "tre"], "ett två tre", ["Ett", "två", "tre"]),
        (["Uppdraget är oklart."], "klart", []),
        (["Klarläggande"], "Klar", []),
        (["Uppdraget är klart."], "är slutfört", []),
        (["Uppdraget"], "", []),
        (["Uppdraget"], " – ", []),
        (
            ["Nämnden har beslutat om en ny plan"],
            "Nämnden har beslutat om en ny plan som gäller från nästa sida",
            ["Nämnden har beslutat om en ny plan"],
        ),
        (["en ny plan"], "Helt andra ord och en ny plan", []),
    ],
)
def test_a_quote_is_found_whatever_its_lines_and_hyphens(texts: list[str], quote: str, found: list[str]) -> None:
    (boxes,) = quote_boxes(lines(*texts), [Quote(quote)])
    assert marked(texts, boxes) == found


def test_of_equal_texts_the_nearest_is_meant() -> None:
    page = lines("Klart", "x", "Klart", "y", "Klart")
    tops = [quote_boxes(page, [Quote("klart", (0, y, 10, y + 5))])[0][0][1] for y in (0, 26, 50)]
    assert tops == [0, 24, 48]
    assert quote_boxes(page, [Quote("klart")])[0][0][1] == 0


def test_only_persons_data_have_boxes() -> None:
    texts = ["Mejla a@b.se nu, dnr 2021-1234", "eller 08-123 456 78 snart"]
    assert marked(texts, personal_boxes(lines(*texts))) == ["a@b.se", "08-123 456 78"]


def test_a_turned_page_has_its_boxes_where_they_are_seen(desk: Desk) -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(HEIGHT, 595), invariant=1)
    canvas.setPageRotation(90)
    canvas.drawString(LEFT, TOP, "Uppdraget")
    canvas.save()
    sent = send(desk, "a.pdf", buffer.getvalue())
    width, height = page_size(desk, sent.sha256, 1) or (0, 0)
    ((box,),) = text_boxes(desk, sent.sha256, 1, [Quote("Uppdraget")])
    assert (round(width), round(height)) == (842, 595)
    assert width - 75 < box[0] < box[2] <= width
    assert box[3] - box[1] > 2 * (box[2] - box[0])


def test_all_evidence_of_the_example_archive_is_found_within_its_row(tmp_path: Path) -> None:
    judging = Judging(fast=True)
    found = run_import([ARCHIVE], tmp_path / "out", Options(judging=judging)).result.records
    desk = open_desk(tmp_path / "desk", sources=[ARCHIVE], judging=judging)
    quotes = 0
    for record in found:
        page = record.places[0].page
        places = [place.bbox for place in record.places if place.page == page and place.bbox]
        if not places:
            continue
        row = union(places)
        texts = [record.assignment, *(one.text for one in record.assessment.evidence)]
        asked = [Quote(text, row) for text in texts]
        for boxes in text_boxes(desk, record.document.sha256, page, asked):
            quotes += 1
            assert boxes, record.assignment
            assert row[1] - 3 <= min(box[1] for box in boxes)
            assert max(box[3] for box in boxes) <= row[3] + 3
            assert all(one[1] < other[1] for one, other in pairwise(boxes))
    assert quotes > 100
