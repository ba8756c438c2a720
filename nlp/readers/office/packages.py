"""Zip packages of office programs: what a file holds, and opening one that may be broken or hostile."""

import copy
import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal, TypeAlias

from ljuskoll.nlp.errors import (
    DamagedFileError,
    EncryptedFileError,
    FileTooLargeError,
    InputError,
    UnsupportedTypeError,
)

COMPONENT = "package"
MAX_PARTS = 10_000
MAX_XML_BYTES = 256 * 1024 * 1024
"""Uncompressed bytes of one part of text; 20,000 rows take some 30 MB."""
MAX_BYTES = 1024 * 1024 * 1024
"""Uncompressed bytes of all parts together."""
MAX_RATIO = 250
"""Uncompressed to compressed bytes; equal rows by the thousand reach some 100, a bomb over 1,000."""
FREE_BYTES = 16 * 1024 * 1024
"""Below this no ratio is too high: little harm can be done."""
CHUNK = 1024 * 1024

Kind: TypeAlias = Literal["docx", "xlsx"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0"
_TYPES = "[Content_Types].xml"
_MAIN_TYPE = re.compile(
    rb"application/(?:vnd\.openxmlformats-officedocument\.|vnd\.ms-)"
    rb"(wordprocessingml|word|spreadsheetml|excel|presentationml|powerpoint)\.[\w.]*?(binary\.)?(?:\w+\.)?main(?:\+xml)?\"",
    re.IGNORECASE,
)
_MAIN_PARTS = {
    "word/document.xml": "wordprocessingml",
    "xl/workbook.xml": "spreadsheetml",
    "ppt/presentation.xml": "presentationml",
}
_FAMILIES: dict[str, Kind] = {
    "wordprocessingml": "docx",
    "word": "docx",
    "spreadsheetml": "xlsx",
    "excel": "xlsx",
}
_OPEN_DOCUMENT = {
    b"opendocument.text": ("ett ODT-dokument", "DOCX"),
    b"opendocument.spreadsheet": ("ett ODS-kalkylblad", "XLSX"),
    b"opendocument.presentation": ("en ODP-presentation", "PDF"),
}
_STREAMS = {
    "WordDocument": ("ett Word-dokument i äldre format (DOC)", "DOCX"),
    "Workbook": ("en Excel-bok i äldre format (XLS)", "XLSX"),
    "Book": ("en Excel-bok i äldre format (XLS)", "XLSX"),
    "PowerPoint Document": ("en PowerPoint-presentation i äldre format (PPT)", "PDF"),
}
_DAMAGED = "Filen är skadad eller avhuggen och går inte att öppna. Hämta den på nytt eller spara om den."
_BOMB = "Filen packar upp till orimligt mycket data och öppnas inte. Spara om den från Word eller Excel."
_LOCKED = "Filen är låst med lösenord. Öppna den i Word eller Excel, ta bort lösenordet och spara den på nytt."
_FAULTS = (KeyError, NotImplementedError, OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)


def package_kind(data: bytes) -> Kind | None:
    """What the bytes hold by their content types, macro and template variants too; None for what is no package.

    Raises UnsupportedTypeError for packages and older office files that no reader knows, EncryptedFileError for
    office files locked with a password, and DamagedFileError for packages whose list of parts is broken.
    """
    if data.startswith(_OLE):
        raise _old_office(data)
    if not data.startswith(_ZIP):
        return None
    archive = _directory(data)
    names = archive.namelist()
    family = _family(archive, names)
    if family in _FAMILIES:
        return _FAMILIES[family]
    what, instead = _other_package(archive, names, family)
    raise UnsupportedTypeError(f"Filen är {what}, en typ som inte läses. Spara den som {instead}.", COMPONENT)


def is_office_package(archive: zipfile.ZipFile) -> bool:
    """Whether an open zip file is one document of an office program, whether or not we can read it."""
    if _family(archive, archive.namelist()) is not None:
        return True
    mimetype = _beginning(archive, "mimetype")
    return any(ending in mimetype for ending in _OPEN_DOCUMENT)


def is_encrypted_office(data: bytes) -> bool:
    """Whether this is a DOCX or XLSX file locked with a password: an OLE file with an encrypted package in it."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package with every part read through once: sizes are true, check sums right, the whole of bounded size.

    Raises DamagedFileError, FileTooLargeError, or EncryptedFileError where parts are locked.
    """
    archive = _directory(data)
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise FileTooLargeError(_BOMB, COMPONENT)
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedFileError(_LOCKED, COMPONENT)
    left = MAX_BYTES
    for part in parts:
        _check_declared(part, left)
        left -= _true_size(archive, part)
    return archive


def _directory(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _FAULTS as error:
        raise DamagedFileError(_DAMAGED, COMPONENT) from error


def _family(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    """The program family by the main part's content type, else by the main part's name."""
    found = _MAIN_TYPE.search(_beginning(archive, _TYPES))
    if found is not None:
        return "binary" if found[2] else found[1].decode().lower()
    lowered = [name.lower().replace("\\", "/").lstrip("/") for name in names]
    return next((family for main, family in _MAIN_PARTS.items() if any(n.startswith(main) for n in lowered)), None)


def _other_package(archive: zipfile.ZipFile, names: list[str], family: str | None) -> tuple[str, str]:
    """What another package is, and what to save it as instead."""
    if family == "binary":
        return "en binär Excel-bok (XLSB)", "XLSX"
    if family in ("presentationml", "powerpoint"):
        return "en PowerPoint-presentation (PPTX)", "PDF"
    mimetype = _beginning(archive, "mimetype")
    for ending, told in _OPEN_DOCUMENT.items():
        if ending in mimetype:
            return told
    if any(name.endswith((".docx", ".xlsx", ".pdf")) for name in names):
        return "ett ZIP-arkiv med flera filer", "enskilda filer: packa upp arkivet"
    return "ett ZIP-paket", "PDF, DOCX, XLSX, HTML eller text"


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(CHUNK)
    except _FAULTS:
        return b""


def _old_office(data: bytes) -> InputError:
    if is_encrypted_office(data):
        return EncryptedFileError(_LOCKED, COMPONENT)
    for stream, (what, instead) in _STREAMS.items():
        if f"{stream}\0".encode("utf-16-le") in data:
            return UnsupportedTypeError(f"Filen är {what}. Öppna den och spara den som {instead}.", COMPONENT)
    return UnsupportedTypeError("Filen är i ett äldre Office-format. Spara den som DOCX eller XLSX.", COMPONENT)


def _check_declared(part: zipfile.ZipInfo, left: int) -> None:
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_dense = part.file_size > FREE_BYTES and part.file_size > MAX_RATIO * max(1, part.compress_size)
    if is_dense or part.file_size > (min(left, MAX_XML_BYTES) if is_text else left):
        raise FileTooLargeError(_BOMB, COMPONENT)


def _true_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The size of a part, read in pieces and checked against its check sum and the size that it declares."""
    longer = copy.copy(part)
    longer.file_size += 1
    size = 0
    try:
        with archive.open(longer) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
    except _FAULTS as error:
        raise DamagedFileError(_DAMAGED, COMPONENT) from error
    if size > part.file_size:
        raise FileTooLargeError(_BOMB, COMPONENT)
    if size < part.file_size:
        raise DamagedFileError(_DAMAGED, COMPONENT)
    return size
