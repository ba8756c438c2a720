"""Tables whose columns only white space parts: on lines set by hand, six points a letter."""

import pytest

from ljuskoll.nlp.document import Mark
from ljuskoll.nlp.readers.pdf.columns import find_unruled
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines

SIZE = 10.0
HEIGHT = 842.0
LETTER = 5.0
HEADINGS = {50: "Uppdrag", 200: "Nämnd", 300: "Status", 360: "Kommentar"}


def words(x: float, top: float, text: str, bold: bool = False) -> list[Word]:
    """The words of a text that begins at `x`, a letter five points wide."""
    made = []
    for word in text.split():
        x1 = x + LETTER * len(word)
        if word == "●":
            made.append(Word("", (x, top, x1, top + SIZE), mark=Mark("fill", "green")))
        else:
            made.append(Word(word, (x, top, x1, top + SIZE), SIZE, bold))
        x = x1 + 2.5
    return made


def page(*rows: tuple[float, dict[int, str]], bold_first: bool = True) -> list[Line]:
    """Lines from (top, text by x)."""
    return make_lines(
        [
            word
            for number, (top, texts) in enumerate(rows)
            for x, text in texts.items()
            for word in words(x, top, text, bold_first and number == 0)
        ]
    )


def texts(lines: list[Line]) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in found.table.rows] for found in find_unruled(lines, 1, HEIGHT)]


ROWS = [
    (100.0, HEADINGS),
    (120.0, {50: "Bygg en gångbro över", 200: "TN", 300: "Grön", 360: "Bron är beställd och"}),
    (132.0, {50: "ån vid kvarnen", 360: "levereras i maj."}),
    (152.0, {50: "Skriv en matpolicy", 200: "BUN", 300: "Röd", 360: "Ingen har haft tid."}),
]
EXPECTED = [
    ["Uppdrag", "Nämnd", "Status", "Kommentar"],
    ["Bygg en gångbro över ån vid kvarnen", "TN", "Grön", "Bron är beställd och levereras i maj."],
    ["Skriv en matpolicy", "BUN", "Röd", "Ingen har haft tid."],
]


def test_rows_parted_by_space() -> None:
    assert texts(page(*ROWS)) == [EXPECTED]


def test_rows_set_without_space_are_parted_at_their_lights() -> None:
    tight = [(100.0 + 12 * number, texts) for number, (_, texts) in enumerate(ROWS)]
    assert texts(page(*tight)) == [EXPECTED]


def test_a_drawn_light_is_a_mark_of_its_cell() -> None:
    rows = [(top, {**texts, 300: "●"} if number in (1, 3) else texts) for number, (top, texts) in enumerate(ROWS)]
    (found,) = find_unruled(page(*rows), 1, HEIGHT)
    assert [[mark.colour for mark in row[2].marks] for row in found.table.rows] == [[], ["green"], ["green"]]


def test_the_headings_are_told_to_be_so() -> None:
    (found,) = find_unruled(page(*ROWS), 1, HEIGHT)
    assert found.table.header_rows == 1


def test_headings_on_two_lines_are_one_row() -> None:
    rows = [
        (100.0, {50: "Fullmäktiges", 200: "Ansvarig", 300: "Status", 360: "Kommentar"}),
        (112.0, {50: "uppdrag", 200: "nämnd"}),
        *((top + 14, texts) for top, texts in ROWS[1:]),
    ]
    lines = [
        line if line.bbox[1] > 113 else Line(tuple(w._replace(bold=True) for w in line.words)) for line in page(*rows)
    ]
    assert texts(lines) == [[["Fullmäktiges uppdrag", "Ansvarig nämnd", "Status", "Kommentar"], *EXPECTED[1:]]]


def test_a_sign_larger_than_its_line_parts_no_rows() -> None:
    lines = []
    for line in page(*ROWS):
        others = [word for word in line.words if word.text not in ("Grön", "Röd")]
        box = (300.0, line.bbox[1], 312.0, line.bbox[3] + 4)
        sign = [] if len(others) == len(line.words) else [Word("●", box, 1.4 * SIZE)]
        lines.append(Line(tuple(sorted([*others, *sign], key=lambda word: word.bbox[0]))))
    (table,) = texts(lines)
    assert [row[0] for row in table] == [row[0] for row in EXPECTED]


def test_a_heading_right_below_narrow_column_headings_is_a_row_of_its_own() -> None:
    section = {50: "Mål 1 Ett grönt samhälle där alla trivs och mår bra"}
    rows = [ROWS[0], (117.0, section), *((top + 20, texts) for top, texts in ROWS[1:])]
    assert texts(page(*rows)) == [[EXPECTED[0], [section[50], "", "", ""], *EXPECTED[1:]]]


def test_a_heading_between_rows_is_a_row_of_its_own() -> None:
    section = {50: "Mål 2 Ett grönt samhälle där alla trivs och mår bra"}
    rows = [*ROWS, (172.0, section), (192.0, {50: "Plantera träd", 200: "TN", 300: "Gul", 360: "Hälften står."})]
    assert texts(page(*rows)) == [
        [
            *EXPECTED,
            ["Mål 2 Ett grönt samhälle där alla trivs och mår bra", "", "", ""],
            ["Plantera träd", "TN", "Gul", "Hälften står."],
        ]
    ]


def test_a_heading_at_the_foot_of_a_page_is_no_row() -> None:
    tight = [(100.0 + 12 * number, texts) for number, (_, texts) in enumerate(ROWS)]
    section, foot = (
        {50: "Mål 2 Ett grönt samhälle där alla trivs och mår bra"},
        {50: "Delårsrapport", 300: "Sida 2 (3)"},
    )
    lines = page(*tight, (160.0, section), (300.0, foot))
    assert texts(lines) == [EXPECTED]
    assert find_unruled(lines, 1, HEIGHT)[0].end == len(tight)


def test_what_stands_around_the_table_is_left_alone() -> None:
    prose = {50: "Nämnden har under året arbetat med sina uppdrag och redovisar här hur det har gått för dem."}
    lines = page((60.0, prose), *ROWS, (190.0, {50: "Ekonomi"}), (215.0, prose), bold_first=False)
    (found,) = find_unruled(lines, 1, HEIGHT)
    assert (found.start, found.end) == (1, 5)


def test_a_page_number_below_the_table_is_none_of_its_cells() -> None:
    assert texts(page(*ROWS, (800.0, {480: "Sida 3 (14)"}))) == [EXPECTED]


def test_unknown_headings_need_three_columns_and_three_rows() -> None:
    strange = [(100.0, {50: "Vad", 200: "Vem", 300: "Nivå", 360: "Berättelse"}), *ROWS[1:]]
    assert [row[0] for row in texts(page(*strange))[0]] == ["Vad", *(row[0] for row in EXPECTED[1:])]
    assert texts(page(*strange[:3])) == []


def test_a_later_group_of_cards_in_the_same_columns_may_be_short() -> None:
    def card(top: float, title: str, told: str) -> list[tuple[float, dict[int, str]]]:
        return [(top, {40: "●", 60: title, 300: told}), (top + 12, {60: "Tekniska nämnden", 300: "och så vidare."})]

    first = [*card(100, "Bygg en gångbro", "Bron är beställd"), *card(140, "Måla om hallen", "Färgen är köpt")]
    first += card(180, "Rensa arkivet", "Alla lådor är tömda")
    last = card(280, "Skriv en ny matpolicy", "Ingen har haft tid")
    heading = (252.0, {40: "Mat"})
    found = texts(page(*first, heading, *last, bold_first=False))
    assert [len(rows) for rows in found] == [3, 1]
    assert found[1] == [["", "Skriv en ny matpolicy Tekniska nämnden", "Ingen har haft tid och så vidare."]]
    assert texts(page(heading, *last, bold_first=False)) == []


def test_signs_beside_one_column_of_text_make_no_table() -> None:
    rows = [(100.0 + 30 * n, {40: "●", 60: "●", 90: "Rensa arkivet i källaren"}) for n in range(5)]
    assert texts(page(*rows, bold_first=False)) == []


def test_a_table_goes_on_at_the_top_of_the_next_page() -> None:
    (found,) = find_unruled(page(*ROWS), 1, HEIGHT)
    going_on = page(
        (50.0, {50: "Måla om hallen", 200: "TN", 300: "Gul", 360: "Färgen är köpt men"}),
        (62.0, {360: "inte målaren."}),
        (82.0, {50: "Rensa arkivet", 200: "KS", 300: "Grön", 360: "Gjort."}),
        bold_first=False,
    )
    assert find_unruled(going_on, 2, HEIGHT) == []
    (second,) = find_unruled(going_on, 2, HEIGHT, found.columns)
    assert [row[0].text for row in second.table.rows] == ["Måla om hallen", "Rensa arkivet"]


NO_TABLES = {
    "two columns of running text": [
        (100.0 + 12 * n, {50: "text som löper på i den vänstra spalten", 300: "text som löper på i den högra spalten"})
        for n in range(12)
    ],
    "three columns of running text": [
        (100.0 + 12 * n, {50: "text som löper på i spalt", 220: "text som löper på i spalt", 390: "text som löper på"})
        for n in range(12)
    ],
    "prose": [
        (100.0 + 12 * n, {50: "en rad i ett stycke som är lagom lång och inte säger så mycket"}) for n in range(5)
    ],
    "a header line": [(30.0, {50: "Lillviks kommun", 260: "Delårsrapport", 450: "Sida 4"}), (100.0, {50: "Inledning"})],
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_no_table(name: str) -> None:
    assert texts(page(*NO_TABLES[name], bold_first=False)) == []
