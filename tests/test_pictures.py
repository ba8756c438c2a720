"""Picture files: their pages, sizes, turns and paints, and the limits on them."""

import hashlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, InputError
from ljuskoll.nlp.readers import pictures, read_document
from ljuskoll.nlp.readers.ocr.tesseract import ocr_problem
from ljuskoll.nlp.readers.pdf import scans

FONT = ImageFont.load_default(36)


def page(text: str = "Simhallen byggs om", mode: str = "RGB") -> Image.Image:
    """A page of one line at 200 dots an inch."""
    image = Image.new("L", (700, 560), 255)
    ImageDraw.Draw(image).text((60, 80), text, fill=0, font=FONT)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def two_pages() -> bytes:
    second = page("Biblioteket har flyttat", "1")
    return saved(page(), "TIFF", save_all=True, append_images=[second], dpi=(200, 200), compression="tiff_lzw")


@pytest.fixture
def program() -> None:
    """Skips where Tesseract or its Swedish is missing."""
    if problem := ocr_problem():
        pytest.skip(problem)


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text is recognised: for tests of what else is in a file."""
    monkeypatch.setattr(scans, "ocr_problem", lambda: "Installera Tesseract.")


def lines(document: Document) -> list[tuple[int, str]]:
    return [(number, block.text) for number, block in document.blocks()]


def test_every_page_of_a_tiff_is_read(program: None) -> None:
    data = two_pages()
    document = read_document("x.tif", data)
    assert lines(document) == [(1, "Simhallen byggs om"), (2, "Biblioteket har flyttat")]
    assert (document.ocr, document.media_type, document.warnings) == (True, "image/tiff", ())
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def seen_through() -> bytes:
    drawn = Image.new("RGBA", (700, 560), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).text((60, 80), "Simhallen byggs om", fill=(0, 0, 0, 255), font=FONT)
    return saved(drawn, "PNG")


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(page().rotate(90, expand=True), "JPEG", exif=exif)


@pytest.mark.parametrize("data", [seen_through(), turned()], ids=["transparent", "turned by a camera"])
def test_a_picture_is_read_as_it_is_shown(program: None, data: bytes) -> None:
    assert lines(read_document("x", data)) == [(1, "Simhallen byggs om")]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (saved(page(), "PNG"), "image/png"),
        (saved(page(mode="P"), "PNG"), "image/png"),
        (saved(page(mode="I;16"), "PNG"), "image/png"),
        (saved(page(), "JPEG"), "image/jpeg"),
        (saved(page(mode="CMYK"), "JPEG"), "image/jpeg"),
        (saved(page(mode="1"), "TIFF", compression="group4"), "image/tiff"),
        (saved(page(), "GIF", save_all=True, append_images=[page("x")]), "image/gif"),
        (saved(page(), "BMP"), "image/bmp"),
    ],
)
def test_each_kind_is_one_page_that_says_what_to_install(blind: None, data: bytes, media_type: str) -> None:
    document = read_document("x", data)
    assert document.media_type == media_type
    assert [number for number, _ in document.warnings] == [1]
    assert document.warnings[0][1].endswith("Installera Tesseract.")


@pytest.mark.parametrize(
    ("size", "dpi", "points"),
    [
        ((1654, 2339), (200, 200), 595),
        ((1240, 1754), (150, 150), 595),
        ((3000, 4000), (72, 72), 595),
        ((4000, 3000), None, 793),
        ((1920, 1080), (96, 96), 1440),
        ((600, 400), (0, 0), 892),
    ],
)
def test_a_page_is_as_wide_as_its_dots_say_or_an_a4(size: tuple[int, int], dpi: Any, points: float) -> None:
    image = Image.new("L", size)
    if dpi:
        image.info["dpi"] = dpi
    assert image.width * pictures._points_a_pixel(image) == pytest.approx(points, abs=1)


def test_a_picture_named_pdf_is_told() -> None:
    with pytest.raises(DamagedFileError, match="PNG-bild"):
        read_document("x.pdf", saved(page(), "PNG"))


@pytest.mark.parametrize("data", [saved(page(), "PNG"), saved(page(), "JPEG"), two_pages(), saved(page(), "GIF")])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_cut_off_picture_ends_in_an_error_or_a_page(blind: None, data: bytes, share: float) -> None:
    try:
        document = read_document("x", data[: max(12, int(len(data) * share))])
    except InputError as error:
        assert "Hämta den på nytt" in error.message
    else:
        assert len(document.pages) == 1


def test_a_picture_of_too_many_pixels_is_refused(blind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 100_000)
    with pytest.raises(FileTooLargeError, match="bildpunkter"):
        read_document("x", saved(page(), "PNG"))


@pytest.mark.parametrize("size", [(14_000, 14_000), (9_000, 12_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(FileTooLargeError, match="100 miljoner bildpunkter"):
        read_document("x", saved(Image.new("1", size), "PNG"))


def test_a_file_of_too_many_pages_is_refused(blind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PAGES", 1)
    with pytest.raises(FileTooLargeError, match="1 sidor"):
        read_document("x", two_pages())


def test_a_text_that_begins_with_bm_is_no_picture() -> None:
    assert lines(read_document("x.txt", "BMI mäts i år.".encode())) == [(1, "BMI mäts i år.")]
