"""Zip packages: told apart by what they hold, opened only where sizes and check sums are true and bounded."""

import struct
import zipfile
import zlib
from io import BytesIO

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.errors import (
    DamagedFileError,
    EncryptedFileError,
    FileTooLargeError,
    InputError,
    UnsupportedTypeError,
)
from ljuskoll.nlp.readers.docx.read import read_docx
from ljuskoll.nlp.readers.office import packages
from ljuskoll.nlp.readers.office.packages import is_encrypted_office, open_package, package_kind

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**parts: bytes | str) -> bytes:
    """A zip file with these parts, the same at any time of the day."""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def typed(content_type: str) -> bytes:
    types = f'<Types><Default Extension="xml" ContentType="text/xml"/><Override ContentType="{content_type}"/></Types>'
    return packed(**{"[Content_Types].xml": types, "del.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (typed(OPEN_XML + "wordprocessingml.document.main+xml"), "docx"),
        (typed(OPEN_XML + "wordprocessingml.template.main+xml"), "docx"),
        (typed("application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
        (typed("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "docx"),
        (typed(OPEN_XML + "spreadsheetml.sheet.main+xml"), "xlsx"),
        (typed(OPEN_XML + "spreadsheetml.template.main+xml"), "xlsx"),
        (typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "xlsx"),
        (typed("application/vnd.ms-excel.template.macroEnabled.main+xml"), "xlsx"),
        (packed(**{"word/document.xml": "<w/>"}), "docx"),
        (packed(**{"xl/workbook.xml": "<w/>"}), "xlsx"),
        (b"%PDF-1.7", None),
        (b"PK ar bokstaver i en text", None),
        (b"", None),
    ],
)
def test_kinds(data: bytes, kind: str | None) -> None:
    assert package_kind(data) == kind


def test_kinds_of_real_files() -> None:
    word, excel = BytesIO(), BytesIO()
    docx.Document().save(word)
    openpyxl.Workbook().save(excel)
    assert [package_kind(made.getvalue()) for made in (word, excel)] == ["docx", "xlsx"]
    assert "word/document.xml" in open_package(word.getvalue()).namelist()


def stream(name: str) -> bytes:
    return OLE + bytes(500) + f"{name}\0".encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (typed(OPEN_XML + "presentationml.presentation.main+xml"), UnsupportedTypeError, "PPTX.*PDF"),
        (typed("application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml"), UnsupportedTypeError, "PPTX"),
        (typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), UnsupportedTypeError, "XLSB.*XLSX"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), UnsupportedTypeError, "ODT.*DOCX"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), UnsupportedTypeError, "ODS.*XLSX"),
        (packed(**{"rapport.docx": "x"}), UnsupportedTypeError, "flera filer.*packa upp"),
        (packed(**{"brev.txt": "hej"}), UnsupportedTypeError, "ZIP-paket.*Spara"),
        (packed(), UnsupportedTypeError, "ZIP-paket"),
        (stream("EncryptedPackage"), EncryptedFileError, "lösenord.*spara"),
        (stream("WordDocument"), UnsupportedTypeError, "DOC.*DOCX"),
        (stream("Workbook"), UnsupportedTypeError, "XLS.*XLSX"),
        (stream("Book"), UnsupportedTypeError, "XLS.*XLSX"),
        (stream("PowerPoint Document"), UnsupportedTypeError, "PPT.*PDF"),
        (stream("Annat"), UnsupportedTypeError, "äldre.*DOCX"),
        (b"PK\x03\x04" + bytes(100), DamagedFileError, "skadad.*Hämta"),
        (packed(**{"word/document.xml": "<w/>" * 99})[:-30], DamagedFileError, "skadad"),
    ],
)
def test_what_no_reader_knows_is_told_by_its_name(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=told):
        package_kind(data)


def test_encrypted_office_files() -> None:
    assert is_encrypted_office(stream("EncryptedPackage"))
    assert not is_encrypted_office(stream("WordDocument"))
    assert not is_encrypted_office("EncryptedPackage".encode("utf-16-le"))


WHOLE = packed(**{"word/document.xml": "<w>" + "text " * 500 + "</w>", "word/media/bild.png": bytes(range(256)) * 9})
HEAD = WHOLE.index(b"PK\x01\x02")
"""Where the list of parts begins. Offsets within an entry: flags 8, check sum 16, packed size 20, true size 24."""


def changed(offset: int, value: int, size: str = "<L") -> bytes:
    data = bytearray(WHOLE)
    struct.pack_into(size, data, HEAD + offset, value)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", DamagedFileError),
        (WHOLE[: len(WHOLE) // 2], DamagedFileError),
        (WHOLE[:60] + b"\0" + WHOLE[61:], DamagedFileError),
        (changed(16, 12345), DamagedFileError),
        (changed(24, 10), DamagedFileError),
        (changed(24, 2508), DamagedFileError),
        (changed(24, 2**31), FileTooLargeError),
        (changed(8, 1, "<H"), EncryptedFileError),
    ],
)
def test_parts_that_are_not_what_they_declare(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error, match=r"\.$"):
        open_package(data)


def test_part_that_hides_more_than_it_declares() -> None:
    """The declared check sum fits what a reader sees who stops one byte after the declared size."""
    long = packed(**{"word/document.xml": b"0" * 5000})
    data, head = bytearray(long), long.index(b"PK\x01\x02")
    struct.pack_into("<L", data, head + 24, 10)
    struct.pack_into("<L", data, head + 16, zlib.crc32(b"0" * 11))
    with pytest.raises(FileTooLargeError):
        open_package(bytes(data))


@pytest.mark.parametrize("size", [packages.FREE_BYTES * 2, packages.MAX_XML_BYTES + 1])
def test_bombs_are_refused_by_what_they_declare(size: int) -> None:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        for _ in range(size // packages.CHUNK + 1):
            part.write(bytes(packages.CHUNK))
    with pytest.raises(FileTooLargeError, match=r"orimligt mycket.*Spara"):
        read_docx(stored.getvalue())


def test_bomb_of_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = packed(**{f"del{number}.xml": "<a/>" for number in range(30)})
    assert len(open_package(parts).namelist()) == 30
    monkeypatch.setattr(packages, "MAX_PARTS", 20)
    with pytest.raises(FileTooLargeError):
        open_package(parts)


def test_parts_that_together_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = packed(**{f"bild{number}.png": bytes(1000) for number in range(5)})
    assert open_package(parts)
    monkeypatch.setattr(packages, "MAX_BYTES", 4500)
    with pytest.raises(FileTooLargeError):
        open_package(parts)


@pytest.mark.parametrize("where", ["word/document.xml", "word/styles.xml"])
def test_nested_entities_are_not_unpacked(where: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "a" * 10}">' for n in range(9))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>'
    links = (
        '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/styles" Target="styles.xml"/></Relationships>'
    )
    parts = {"word/document.xml": text, "word/_rels/document.xml.rels": links, "word/styles.xml": "<a/>"}
    parts[where] = f"<!DOCTYPE a [{entities}]>" + parts[where].replace(">", ' x="&e8;">', 1)
    try:
        document = read_docx(packed(**parts))
    except DamagedFileError:
        assert where == "word/document.xml"
    else:
        assert [block.text for _, block in document.blocks()] == ["text"]
        assert document.warnings


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_changed_bytes_give_a_package_or_an_error_of_ours(position: int, value: int) -> None:
    data = WHOLE[:position] + bytes([value]) + WHOLE[position + 1 :]
    try:
        assert package_kind(data) in ("docx", None)
        opened = open_package(data)
    except InputError as error:
        assert error.message.endswith(".")
    else:
        assert all(opened.read(name) is not None for name in opened.namelist())
