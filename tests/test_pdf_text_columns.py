"""A table in one of two columns of running text."""

from ljuskoll.nlp.readers.pdf.text_columns import text_columns
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines

LEFT = "en rad text som löper på i vänster spalt"
RIGHT = "en rad text som löper på i höger spalt"


HEADINGS = ("Nyckeltal", "Utfall", "Mål")
BOLD = frozenset({*HEADINGS, "Uppdrag", "Nämnd"})


def page(*rows: tuple[str, ...]) -> list[Line]:
    """Lines of two columns, the right one of up to three cells."""
    places = ((50.0, 5.0), (300.0, 5.0), (440.0, 5.0), (490.0, 5.0))
    return make_lines(
        [
            Word(text, (x, 100.0 + 13 * number, x + letter * len(text), 110.0 + 13 * number), 10.0, text in BOLD)
            for number, row in enumerate(rows)
            for (x, letter), text in zip(places, row, strict=False)
            if text
        ]
    )


TEXT = [(LEFT, RIGHT)] * 7
ROWS = [(LEFT, "Besök i stadens simhall", "412", "400"), (LEFT, "Lån per invånare och år", "5,1", "6,0")]


def test_a_table_in_the_right_column_is_parted_from_the_left_one() -> None:
    stretches = [[word.text for word in words] for words in text_columns(page(*TEXT, (LEFT, *HEADINGS), *ROWS))]
    assert stretches[0] == [LEFT] * 10
    assert stretches[1][-9:] == [*HEADINGS, *ROWS[0][1:], *ROWS[1][1:]]


def test_two_columns_without_a_table_are_read_as_before() -> None:
    assert text_columns(page(*TEXT, *TEXT)) == []


def test_headings_on_both_sides_are_those_of_one_table() -> None:
    assert text_columns(page(*TEXT, ("Uppdrag", *HEADINGS), *ROWS)) == []


def test_headings_with_nothing_above_on_the_other_side_may_be_those_of_one_table() -> None:
    assert text_columns(page(("Vad ska göras", *HEADINGS), *ROWS * 4)) == []


def test_a_table_over_the_gutter_whose_rows_begin_like_headings_is_left_whole() -> None:
    rows = [("Nämnd", *HEADINGS), *[("Mål för året", "Uppdrag", "5,1", "6,0")] * 8]
    assert text_columns(page(*rows)) == []
