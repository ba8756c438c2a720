"""Traffic lights drawn as three lamps: the one that is lit is the status, beside all of the text to its left."""

from ljuskoll.nlp.document import BBox, Mark, MarkColour, Place
from ljuskoll.nlp.readers.pdf.lamps import beside_text, with_one_lamp
from ljuskoll.nlp.readers.raw.lines import Word

GREY: MarkColour = "grey"


def lamps(*colours: MarkColour, step: float = 22.0, upright: bool = True) -> list[Mark]:
    """Lamps of 20 points below or beside each other, their tops `step` points apart."""
    spots = [(400.0, 100.0 + step * n) if upright else (400.0 + step * n, 100.0) for n in range(len(colours))]
    return [
        Mark("fill", colour, "", Place(2, (x, top, x + 20.0, top + 20.0)))
        for colour, (x, top) in zip(colours, spots, strict=True)
    ]


def seen(marks: list[Mark]) -> list[tuple[MarkColour | None, BBox | None]]:
    return [(mark.colour, mark.place.bbox if mark.place else None) for mark in with_one_lamp(marks)]


def test_three_lamps_are_the_one_that_is_lit() -> None:
    whole = (400.0, 100.0, 420.0, 164.0)
    assert seen(lamps("red", GREY, GREY)) == [("red", whole)]
    assert seen(lamps(GREY, "yellow", GREY)) == [("yellow", whole)]
    assert seen(lamps(GREY, GREY, "green")) == [("green", whole)]
    assert seen(lamps("green", GREY, GREY, upright=False)) == [("green", (400.0, 100.0, 464.0, 120.0))]


def test_other_marks_below_each_other_stay_what_they_are() -> None:
    others = [
        lamps(GREY, "green", GREY),
        lamps("green", GREY, "red"),
        lamps(GREY, GREY, GREY),
        lamps("red", GREY),
        lamps("red", GREY, GREY, GREY),
        lamps("red", GREY, GREY, step=30.0),
    ]
    for marks in others:
        assert with_one_lamp(marks) == marks


def test_lamps_stand_beside_the_first_line_of_the_text_to_their_left() -> None:
    lines = [
        Word("Målet nås inte", (50.0, 50.0, 300.0, 80.0), 30.0, True),
        *(Word("Ett stycke text", (50.0, top, 200.0, top + 14.0), 14.0) for top in (90.0, 110.0, 130.0)),
    ]
    assert beside_text((400.0, 125.0, 420.0, 189.0), lines) == (400.0, 90.0, 420.0, 104.0)


def test_a_single_light_stays_where_it_is_drawn() -> None:
    line = Word("Ett stycke text", (50.0, 90.0, 200.0, 104.0), 14.0)
    below = Word("Ett stycke till", (50.0, 110.0, 200.0, 124.0), 14.0)
    assert beside_text((400.0, 108.0, 420.0, 128.0), [line, below]) == (400.0, 108.0, 420.0, 128.0)
    assert beside_text((30.0, 90.0, 40.0, 124.0), [line, below]) == (30.0, 90.0, 40.0, 124.0)
