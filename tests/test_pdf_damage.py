"""Damaged, locked and scanned PDF files end in an error or a warning that says what to do, never in a crash."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pdfminer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.errors import DamagedFileError, EncryptedFileError, InputError
from ljuskoll.nlp.readers.pdf import scans as pdf_scans
from ljuskoll.nlp.readers.pdf.file import LIBRARY_ERRORS
from ljuskoll.nlp.readers.pdf.read import read_pdf

TEXT = "Nämnden har under året arbetat med att förbättra sina rutiner"


def pdf(*pages: Callable[[Canvas], None], **options: Any) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(canvas: Canvas) -> None:
    canvas.grid([50, 300, 500], [500, 600, 720])
    canvas.drawString(60, 700, TEXT)
    canvas.drawString(310, 510, "Klart")


def texts(document: Document) -> list[str]:
    return [block.text for _, block in document.blocks()]


GOOD = pdf(written, written, written)


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data", [b"", png(), b"%PDF-1.4\n", GOOD[:300], b"ren text"], ids=["empty", "png", "head", "cut", "text"]
)
def test_damaged_files_say_so(data: bytes) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_pdf(data)
    assert caught.value.component == "pdf"
    assert "Hämta" in caught.value.message or "Kontrollera" in caught.value.message


@settings(max_examples=60, deadline=None)
@given(
    st.floats(min_value=0, max_value=1),
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8),
)
def test_cut_and_changed_bytes_never_crash(share: float, changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for position, value in changes:
        data[position] = value
    try:
        document = read_pdf(bytes(data[: int(share * len(data))]))
    except InputError as error:
        assert error.message
    else:
        assert document.pages


def test_a_damaged_page_does_not_stop_the_others() -> None:
    good = b"/MediaBox [ 0 0 595.2756 841.8898 ]"
    first, second, rest = GOOD.split(good, 2)
    document = read_pdf(first + good + second + b"/MediaBox [ (a) (b) (c) (d)       ]" + rest)
    assert [page.number for page in document.pages] == [1, 3]
    assert [page for page, _ in document.warnings] == [2]


def test_missing_pages_are_told() -> None:
    document = read_pdf(GOOD.replace(b"/Count 3", b"/Count 7"))
    assert len(document.pages) == 3
    assert any("3 sidor" in message for _, message in document.warnings)


def locked(password: str) -> bytes:
    return pdf(
        lambda canvas: canvas.drawString(60, 700, TEXT), encrypt=StandardEncryption(password, "owner", canPrint=0)
    )


@pytest.mark.parametrize("passwords", [(), ("fel",), ("fel", "också fel")])
def test_a_locked_file_asks_for_its_password(passwords: tuple[str, ...]) -> None:
    with pytest.raises(EncryptedFileError, match="lösenord"):
        read_pdf(locked("hemligt"), passwords)


@pytest.mark.parametrize(("password", "passwords"), [("hemligt", ("fel", "hemligt")), ("", ())])
def test_a_file_opens_with_the_right_password(password: str, passwords: tuple[str, ...]) -> None:
    assert texts(read_pdf(locked(password), passwords)) == [TEXT]


@pytest.mark.parametrize(
    ("pages", "told"), [(1, "Installera Tesseract."), (3, "Installera Tesseract. (Gäller 2 sidor till.)")]
)
def test_a_scan_says_once_what_to_install(monkeypatch: pytest.MonkeyPatch, pages: int, told: str) -> None:
    def scan(canvas: Canvas) -> None:
        for _ in range(pages):
            canvas.drawImage(ImageReader(BytesIO(png())), 0, 0, *A4)
            canvas.showPage()

    monkeypatch.setattr(pdf_scans, "ocr_problem", lambda: "Installera Tesseract.")
    document = read_pdf(pdf(scan))
    assert list(document.items()) == [] and not document.ocr
    assert [number for number, _ in document.warnings] == [1]
    assert document.warnings[0][1].endswith(told)


def test_a_blank_file_is_told() -> None:
    assert read_pdf(pdf(lambda canvas: None)).warnings == ((None, "Filen innehåller ingen text."),)


def test_every_error_of_the_libraries_is_mapped() -> None:
    names = [f"pdfminer.{module.name}" for module in pkgutil.iter_modules(pdfminer.__path__)]
    modules = [importlib.import_module(name) for name in [*names, "pdfplumber.utils.exceptions"]]
    errors = {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Exception)
        and not issubclass(found, Warning)
        and found.__module__.startswith(("pdfminer", "pdfplumber"))
    }
    assert len(errors) > 10
    assert [error for error in errors if not issubclass(error, LIBRARY_ERRORS)] == []


def test_a_hundred_thousand_declared_pages_are_not_looked_for() -> None:
    document = read_pdf(GOOD.replace(b"/Count 3", b"/Count 100000"))
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert any("3 sidor" in message for _, message in document.warnings)


@pytest.mark.parametrize("count", [b"0", b"1", b"2", b"-3"])
def test_pages_that_are_not_declared_are_read_too(count: bytes) -> None:
    assert [page.number for page in read_pdf(GOOD.replace(b"/Count 3", b"/Count " + count)).pages] == [1, 2, 3]


def test_a_page_tree_that_holds_itself_ends() -> None:
    kids = re.search(rb"/Kids \[ (\d+ 0 R) (\d+ 0 R) (\d+ 0 R) \]", GOOD)
    tree = re.search(rb"(\d+) 0 obj\n<<\n/Count 3", GOOD)
    assert kids and tree
    itself = tree[1] + b" 0 R"
    document = read_pdf(GOOD.replace(kids[0], b"/Kids [ %b %b %b ]" % (itself, kids[2], itself)))
    assert document.pages and len(document.pages) <= 3


@pytest.mark.parametrize("size", [b"99999999 99999999", b"1 1", b"-5 -5", b"0 0", b"1e30 1e30"])
def test_pages_of_any_size_end(size: bytes) -> None:
    data = GOOD.replace(b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 %b ]" % size)
    assert data != GOOD
    try:
        document = read_pdf(data)
    except InputError as error:
        assert error.message
    else:
        assert len(document.pages) <= 3
