"""Figures in a row of a table, as damaged or copied text has them, are read one by one and never crash."""

import pytest

from ljuskoll.nlp.language.figures import find_figures
from ljuskoll.nlp.language.phrases import tokenise


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("intäkter 4 205,1 301,0", [4205.1, 301.0]),
        ("kostnader 12 000 kr", [12000.0]),
        ("andelen är 48,8 procent", [48.8]),
        ("prognosen är 92–93 procent", [92.5]),
        ("åren 2023–2024", []),
        ("byggnader i riskklass 1 och 2", []),
        ("skola F–9 för 540 elever", [540.0]),
    ],
)
def test_a_number_has_one_decimal_comma(text: str, values: list[float]) -> None:
    assert [figure.value for figure in find_figures(tokenise(text).words)] == values
