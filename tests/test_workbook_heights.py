"""The height of a row: as many lines as textwrap makes of its longest cell, only quicker."""

import textwrap

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.service.outputs.workbook_heights import line_count, row_height

texts = st.one_of(
    st.text("ab1-. ,'\t\u00a0\u2028å", max_size=120), st.text(max_size=80), st.text("abcå- ", max_size=200)
)


@given(texts.map(lambda text: text.replace("\n", " ")), st.sampled_from([5, 7, 13, 20, 68]))
@case("Kultur- och fritidsnämndens e-tjänster", 13)
@case("  indraget", 5)
@case("barn--ungdom", 7)
def test_lines_are_counted_as_textwrap_does(text: str, room: int) -> None:
    assert line_count(text, room) == (len(textwrap.wrap(text, room)) or 1)


@given(
    st.lists(st.tuples(st.one_of(texts, st.text("ab \n\t", max_size=100)), st.sampled_from([6, 12, 56])), max_size=4)
)
def test_the_cell_with_most_lines_decides(cells: list[tuple[str, int]]) -> None:
    lines = [
        sum(len(textwrap.wrap(part, int((width - 1.5) * 1.25))) or 1 for part in text.split("\n"))
        for text, width in cells
    ]
    assert row_height(cells) == min(13.0 * max(lines, default=1) + 4, 408.75)


@pytest.mark.parametrize(("text", "height"), [("", 17.0), ("a", 17.0), ("a\n", 30.0), ("ord " * 100_000, 408.75)])
def test_heights_in_points(text: str, height: float) -> None:
    assert row_height([(text, 12)]) == height
