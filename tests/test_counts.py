"""What comments count of a whole."""

import pytest

from findings import record
from ljuskoll.service.consistency.counts import counted_of, counts_fewer, names_the_same

LOCKS = "Montera 120 lås"


@pytest.mark.parametrize(
    ("comment", "counted"),
    [
        ("96 av 120 lås sitter, 11 av 30 i norr.", {96}),
        ("24 lås återstår.", {96}),
        ("Nu är bara 24 kvar.", {96}),
        ("96 lås sitter, resten väntar på dörrar.", set()),
        ("Montören har 300 lås kvar på lagret.", set()),
    ],
)
def test_counts_of_the_whole_that_the_title_names(comment: str, counted: set[float]) -> None:
    assert counted_of(record(title=LOCKS, comment=comment)) == {120: frozenset(counted)}


def test_without_a_number_in_the_title_nothing_is_counted() -> None:
    assert counted_of(record(title="Montera lås", comment="96 av 120 lås sitter, 24 återstår.")) == {}


@pytest.mark.parametrize(
    ("later", "fewer"),
    [
        ("80 av 96 skåp är flyttade, resten i vår.", True),
        ("96 av 96 skåp är flyttade.", False),
        ("12 av 30 rum är målade.", False),
        ("Skåpen används.", False),
    ],
)
def test_some_of_a_number_after_all_of_it(later: str, fewer: bool) -> None:
    before = record(title="Flytta arkivet", comment="Nu är 96 av 96 skåp flyttade.")
    assert counts_fewer(before, record(title="Flytta arkivet", comment=later)) is fewer


@pytest.mark.parametrize(
    ("comment", "same"),
    [
        ("Av de 120 låsen är 24 ännu inte monterade.", True),
        ("De etthundratjugo låsen är på plats.", True),
        ("24 av 120 lås är inte monterade.", False),
        ("De 30 dörrarna i norr är kvar.", False),
    ],
)
def test_the_very_things_of_the_title(comment: str, same: bool) -> None:
    assert names_the_same(record(title=LOCKS, comment=comment)) is same
