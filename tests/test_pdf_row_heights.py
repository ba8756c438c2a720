"""Tables printed from a spreadsheet: rows far higher than their text, between rules, cells set in their middle."""

from ljuskoll.nlp.readers.pdf.cells import Edge
from ljuskoll.nlp.readers.pdf.columns import Backdrop, find_unruled
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines

SIZE, HEIGHT, LETTER = 10.0, 842.0, 5.0
HEADINGS = {50: "Uppdrag", 200: "Status", 234: "Kommentar"}
"""The second and the third stand closer together than columns otherwise do."""


def words(x: float, top: float, text: str, bold: bool) -> Word:
    """A text as one word, as it is read from a file that draws a line at a time."""
    return Word(text, (x, top, x + LETTER * len(text), top + SIZE), SIZE, bold)


def page(*rows: tuple[float, dict[int, str]], bold: frozenset[int] = frozenset({0})) -> list[Line]:
    return make_lines(
        [words(x, top, text, n in bold) for n, (top, texts) in enumerate(rows) for x, text in texts.items()]
    )


def rules(*heights: float) -> Backdrop:
    return Backdrop(tuple[Edge, ...]((height, 48.0, 460.0) for height in heights))


def tables(lines: list[Line], backdrop: Backdrop) -> list[list[list[str]]]:
    found = find_unruled(lines, 1, HEIGHT, (), backdrop)
    return [[[cell.text for cell in row] for row in one.table.rows] for one in found]


ROWS = (
    (100.0, HEADINGS),
    (114.0, {50: "Kultur- och fritidsnämnden"}),
    (160.0, {50: "Öppna ett nytt bibliotek", 200: "Klart", 234: "Invigt i mars."}),
    (244.0, {234: "Två av fyra planer är"}),
    (250.5, {50: "Rusta upp fotbollsplanerna", 200: "Delvis"}),
    (257.0, {234: "klara."}),
    (314.0, {50: "Tekniska nämnden"}),
    (356.0, {50: "Bygg om torget vid"}),
    (362.5, {200: "Pågår", 234: "Upphandlas i höst."}),
    (369.0, {50: "stationen"}),
)
RULES = (112.0, 126.0, 210.0, 312.0, 326.0, 410.0)
EXPECTED = [
    ["Uppdrag", "Status", "Kommentar"],
    ["Kultur- och fritidsnämnden", "", ""],
    ["Öppna ett nytt bibliotek", "Klart", "Invigt i mars."],
    ["Rusta upp fotbollsplanerna", "Delvis", "Två av fyra planer är klara."],
    ["Tekniska nämnden", "", ""],
    ["Bygg om torget vid stationen", "Pågår", "Upphandlas i höst."],
]


def test_rows_between_rules_hold_together_however_high_they_are() -> None:
    lines = page(*ROWS, bold=frozenset({0, 1, 6}))
    assert tables(lines, rules(*RULES)) == [EXPECTED]


def test_one_text_alone_between_the_table_and_the_rule_of_the_footer_is_no_row() -> None:
    below = (470.0, {50: "Källa: egna system"})
    lines = page(*ROWS, below, bold=frozenset({0, 1, 6}))
    assert tables(lines, rules(*RULES, 520.0)) == [EXPECTED]


def test_a_single_row_set_in_its_middle_is_one_row() -> None:
    lines = page(ROWS[0], *ROWS[3:6])
    assert tables(lines, rules(112.0, 312.0)) == [[EXPECTED[0], EXPECTED[3]]]


def test_headings_close_together_are_one_where_one_of_them_is_unknown() -> None:
    lines = page((100.0, {50: "Uppdrag", 200: "Nämnd", 231: "i stort"}), (114.0, {50: "Bygg", 200: "TN"}))
    assert all(len(table[0]) == 2 for table in tables(lines, rules()))
