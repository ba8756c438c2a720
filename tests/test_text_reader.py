"""Text in every encoding and shape: nothing lost, lines joined only where they were broken for lack of room."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.document import Block, Document, Table
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, InputError, UnsupportedTypeError
from ljuskoll.nlp.readers import MAX_TEXT_BYTES, read_document

SWEDISH = "Åtgärden är påbörjad.\n\nÖvriga frågor återstår."


def read(data: bytes | str, name: str = "fil.txt") -> Document:
    return read_document(name, data if isinstance(data, bytes) else data.encode())


def texts(document: Document) -> list[str]:
    return [block.text for _, block in document.blocks()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_encoding_gives_the_same_composed_text(encoding: str, form: str) -> None:
    if (encoding, form) == ("cp1252", "NFD"):
        form = "NFC"  # Windows-1252 has no combining marks
    data = unicodedata.normalize(form, SWEDISH).encode(encoding)
    assert texts(read(data)) == ["Åtgärden är påbörjad.", "Övriga frågor återstår."]


def test_damaged_utf8_is_said_and_not_taken_for_another_encoding() -> None:
    data = "Många åtgärder är påbörjade på södra sidan, också på västra.".encode() + b"\xe5 slut"
    document = read(data)
    assert document.warnings
    assert texts(document)[0].startswith("Många åtgärder är påbörjade")


def test_invisible_characters_and_ligatures() -> None:
    assert texts(read("Upp\u00addraget\u00a0är \ufb01nansierat\u200b.")) == ["Uppdraget är finansierat."]


def test_lines_broken_for_lack_of_room_are_joined() -> None:
    text = (
        "Kommunen har under året arbetat med frågan på flera sätt och tillsatt en\n"
        "arbetsgrupp som leds av förvaltningen. Gruppen har träffats fyra gånger\n"
        "och lämnar sin rapport i juni, med förslag om barn- och utbildnings-\n"
        "nämndens IT-stöd.\n"
        "Ny rad som är kort\n"
        "En till\n"
    )
    joined, short, last = texts(read(text))
    assert joined.endswith("i juni, med förslag om barn- och utbildningsnämndens IT-stöd.")
    assert (short, last) == ("Ny rad som är kort", "En till")


def test_indented_lines_go_on_in_small_letters_and_labels_that_come_again_stand_alone() -> None:
    text = (
        "SÄVHULTS KOMMUN                                          Dnr 2024/11\n"
        "1. Bygga en bro över ån tillsammans med föreningarna\n"
        "   i socknen\n"
        "   Ansvarig: Tekniska nämnden\n"
        "   Bron är ritad och virket är beställt från sågen. Två\n"
        "   snickare börjar i maj.\n"
        "2. Ta fram nya regler för uthyrning av samlingslokalerna i byarna\n"
        "   Ansvarig: Kultur- och fritidsnämnden\n"
        "   Reglerna är antagna.\n"
    )
    assert texts(read(text))[1:] == [
        "1. Bygga en bro över ån tillsammans med föreningarna i socknen",
        "Ansvarig: Tekniska nämnden",
        "Bron är ritad och virket är beställt från sågen. Två snickare börjar i maj.",
        "2. Ta fram nya regler för uthyrning av samlingslokalerna i byarna",
        "Ansvarig: Kultur- och fritidsnämnden",
        "Reglerna är antagna.",
    ]


def test_short_lines_in_small_letters_stay_lines() -> None:
    words = ["delvis uppfyllt", "enligt plan", "ej påbörjat"]
    wide = "Alla nämnder har lämnat sina rapporter i tid och de är samlade här.\n"
    assert texts(read(wide * 3 + "\n" + "\n".join(words)))[-3:] == words


def test_a_status_in_small_letters_below_a_long_title_stays_a_line() -> None:
    wide = "Alla nämnder har lämnat sina rapporter i tid och de är samlade här, i en enda.\n\n"
    titles = "Bygga en bro över ån tillsammans med byns föreningar\npågår enligt plan\n"
    assert texts(read(wide * 3 + titles))[-2:] == titles.strip().split("\n")


def test_a_transcript_with_one_line_a_page_gives_pages_without_their_numbers() -> None:
    document = read("Framsida 1\nInledning om planen 2\nMål och medel 3\nSlutord 4")
    assert [(page.number, page.items[0].text) for page in document.pages if isinstance(page.items[0], Block)] == [
        (1, "Framsida"),
        (2, "Inledning om planen"),
        (3, "Mål och medel"),
        (4, "Slutord"),
    ]


def test_form_feeds_are_page_breaks() -> None:
    assert [page.number for page in read("ett\ftvå\ftre\f").pages] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uppdrag\tStatus\tNämnd\nBygg\tKlar\tKS\n", [["Uppdrag", "Status", "Nämnd"], ["Bygg", "Klar", "KS"]]),
        (
            'Uppdrag;Status;Text\nBygg;Klar;"med; tecken"\n',
            [["Uppdrag", "Status", "Text"], ["Bygg", "Klar", "med; tecken"]],
        ),
        ("| Uppdrag | Status |\n|---|---|\n| Bygg | Klar |\n", [["Uppdrag", "Status"], ["Bygg", "Klar"]]),
    ],
    ids=["tabs", "semicolons", "pipes"],
)
def test_separated_values_are_a_table(text: str, expected: list[list[str]]) -> None:
    (table,) = read(text).tables()
    assert [[cell.text for cell in row] for row in table.rows] == expected


def test_a_sentence_with_semicolons_is_no_table() -> None:
    assert not list(read("Först ett; sedan två; till sist tre.\nNästa mening; den har bara ett.\n").tables())


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("tom.txt", b"", DamagedFileError),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, DamagedFileError),
        ("fel.pdf", b"hej", DamagedFileError),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, DamagedFileError),
        ("rapport.docx", b"PK\x03\x04" + b"\0" * 50, DamagedFileError),
        ("okand.bin", bytes(range(256)) * 20, UnsupportedTypeError),
        ("stor.txt", b"a\n" * (MAX_TEXT_BYTES // 2 + 1), FileTooLargeError),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(name: str, data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as raised:
        read(data, name)
    assert raised.value.message.endswith(".")


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=300)


@given(LETTERS)
def test_no_letter_is_lost(text: str) -> None:
    """Every visible character ends up in a block or a cell, except separators of tables and marks of lists."""
    try:
        document = read(text.encode())
    except InputError:
        return
    found = "".join(texts(document)) + "".join(
        cell.text for _, item in document.items() if isinstance(item, Table) for row in item.rows for cell in row
    )
    wanted = [char for char in unicodedata.normalize("NFC", text) if char.isalpha()]
    kept = [char for char in unicodedata.normalize("NFC", found) if char.isalpha()]
    assert len(kept) >= len(wanted) or "<" in text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_clear_error(data: bytes) -> None:
    try:
        document = read(data, "vad-som-helst")
    except InputError as error:
        assert error.message
    else:
        assert len(document.sha256) == 64
