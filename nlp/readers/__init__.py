"""Readers: one a format, bytes to `Document`. Which reader a file gets is decided by its content, not by its name."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, UnsupportedTypeError
from ljuskoll.nlp.readers.docx.read import read_docx
from ljuskoll.nlp.readers.encoding import decode
from ljuskoll.nlp.readers.html.read import read_html
from ljuskoll.nlp.readers.office.packages import package_kind
from ljuskoll.nlp.readers.pdf.read import read_pdf
from ljuskoll.nlp.readers.pictures import read_picture
from ljuskoll.nlp.readers.sheets.delimited import looks_delimited, read_delimited
from ljuskoll.nlp.readers.sheets.xlsx import read_xlsx
from ljuskoll.nlp.readers.text import read_text

MAX_TEXT_BYTES = 10 * 1024 * 1024
"""Above this a text or web page is no report but a dump, and reading it whole would hold up the batch."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|table|div|h[1-6]|p|ul)\b", re.IGNORECASE)
_PICTURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG"), "en PNG-bild"),
    (re.compile(rb"\xff\xd8\xff"), "en JPEG-bild"),
    (re.compile(rb"GIF8"), "en GIF-bild"),
    (re.compile(rb"II\*\0|MM\0\*"), "en TIFF-bild"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "en BMP-bild"),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "ett ZIP-paket (till exempel DOCX eller XLSX)"),
    (b"\xd0\xcf\x11\xe0", "ett Office-dokument i äldre format"),
    (b"{\\rtf", "ett RTF-dokument"),
    (b"\x1f\x8b", "en GZIP-fil"),
)


def read_document(name: str, data: bytes, passwords: Sequence[str] = ()) -> Document:
    """Reads one file's bytes; `name` serves messages alone. Raises an InputError that says what to do."""
    if not data:
        raise DamagedFileError("Filen är tom (0 byte). Hämta den på nytt.", "file")
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, passwords)
    picture = next((words for signature, words in _PICTURES if signature.match(data)), None)
    kind = picture or next((words for signature, words in _OTHERS if data.startswith(signature)), None)
    suffix = PurePath(name).suffix.lower()
    if kind is not None and suffix == ".pdf":
        raise DamagedFileError(f"Filen heter .pdf men är {kind}. Hämta rätt fil eller spara den som PDF.", "file")
    if picture is not None:
        return read_picture(data)
    package = package_kind(data)
    if package is not None:
        return (read_docx if package == "docx" else read_xlsx)(data, passwords)
    if kind is not None:
        raise UnsupportedTypeError(
            f"Filen är {kind}, en typ som inte läses. Spara den som PDF, DOCX, XLSX, HTML eller text.", "file"
        )
    if suffix == ".pdf":
        raise DamagedFileError("Filen heter .pdf men saknar PDF-huvud. Hämta den på nytt.", "file")
    if len(data) > MAX_TEXT_BYTES:
        limit = MAX_TEXT_BYTES // 1024 // 1024
        raise FileTooLargeError(f"Textfilen är större än {limit} MB. Dela den och läs in delarna.", "text")
    text, warning = decode(data)
    warnings = () if warning is None else ((None, warning),)
    if _HTML.search(text[:5000]):
        return read_html(text, data, warnings)
    return (read_delimited if looks_delimited(text) else read_text)(text, data, warnings)
