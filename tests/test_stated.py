"""`[layout]` for text without tables: how titles are told, where the board stands, what labels mean."""

import pytest

from ljuskoll.nlp.document import Block, Document, Page, Place
from ljuskoll.nlp.layouts import Stream
from ljuskoll.nlp.layouts.signals import unexplained
from ljuskoll.nlp.layouts.stated import parse
from ljuskoll.nlp.layouts.text_suggestion import looks_labelled, suggest_for_text
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

BRIDGE = ("Bygg en bro vid ån", ("TN",), "Nivå A", "Bron invigdes i maj och har redan fått flera tusen besökare.")
SQUARE = ("Rusta upp torget", ("KS",), "Nivå C", "Upphandlingen fick göras om eftersom inget anbud höll budgeten.")
PLAN = ("Ta fram en trädplan", ("SBN",), "Nivå A", "Planen är på remiss hos nämnderna till och med oktober i år.")
ROWS = (BRIDGE, SQUARE, PLAN)
GRADES = {"Nivå A": "green", "Nivå B": "yellow", "Nivå C": "red"}


def blocks(pattern: str) -> list[Block]:
    """Three assignments by a pattern of lines; "# " is a heading of level 3, "* " a list item."""
    made = [Block("Läget i vår kommun", (Place(1),), "heading", 1)]
    for number, (title, boards, grade, comment) in enumerate(ROWS, start=1):
        for line in pattern.split("\n"):
            text = line.format(title=title, board=boards[0], grade=grade, comment=comment, number=number)
            if text.startswith("# "):
                made.append(Block(text[2:], (Place(number),), "heading", 3))
            else:
                made.append(
                    Block(text.removeprefix("* "), (Place(number),), "item" if text[:2] == "* " else "paragraph")
                )
    return made


def stream(pattern: str, layout: dict[str, str] | None = None, scale: dict[str, str] | None = None) -> Stream:
    made = blocks(pattern)
    pages = tuple(Page(n, tuple(b for b in made if b.places[0].page == n)) for n in range(1, len(ROWS) + 1))
    vocabulary = Vocabulary(columns=Columns.default(layout), scale=Scale.default(scale))
    return Stream(Document("0" * 64, "text/plain", pages), vocabulary)


def read(found: Stream) -> list[tuple[str, tuple[str, ...], str | None, str]]:
    parsed = parse(found, frozenset(entry.index for entry in found.blocks()))
    return [(f.assignment, f.boards, f.declared and f.declared.as_written, f.comment) for f in parsed.followups]


PATTERNS = {
    "heading": ("# {title}\n{board}\n{grade}\n{comment}", {"title": "heading", "board": "after"}),
    "heading 3": ("# {title}\n{grade}\n{board}\n{comment}", {"title": "heading 3", "board": "after"}),
    "board before": ("{board}\n# {title}\n{grade}\n{comment}", {"title": "heading 3", "board": "before"}),
    "light before": ("{board}\n{grade}\n# {title}\n{comment}", {"title": "heading 3", "board": "before"}),
    "numbered": ("{number}. {title}\n{board}\n{grade}\n{comment}", {"title": "numbered", "board": "after"}),
    "item": ("* {title}\n{board}\n{grade}\n{comment}", {"title": "item", "board": "after"}),
    "word and number": (
        "Löfte {number}: {title}\nHos: {board}\nBetyg: {grade}\nSå gick det: {comment}",
        {"title": "Löfte", "Hos": "board", "Betyg": "status", "Så gick det": "comment"},
    ),
    "word on a line of its own": (
        "Löfte\n{title}\n{board}\n{grade}\n{comment}",
        {"title": "löfte", "board": "after"},
    ),
}


@pytest.mark.parametrize(("pattern", "layout"), PATTERNS.values(), ids=PATTERNS)
def test_the_same_three_assignments_however_titles_are_told(pattern: str, layout: dict[str, str]) -> None:
    assert read(stream(pattern, layout, GRADES)) == list(ROWS)


def test_without_a_rule_nothing_is_read() -> None:
    assert read(stream(PATTERNS["heading"][0], {}, GRADES)) == []


def test_only_the_pages_that_are_named() -> None:
    pattern, layout = PATTERNS["heading"]
    assert [row[0] for row in read(stream(pattern, {**layout, "pages": "2-3"}, GRADES))] == [SQUARE[0], PLAN[0]]


def test_a_title_that_gives_no_record_is_said() -> None:
    found = stream("# {title}", {"title": "heading 3"})
    parsed = parse(found, frozenset(entry.index for entry in found.blocks()))
    signals = unexplained(found, parsed.used, has_records=False)
    assert [signal.sample for signal in signals if signal.what == "titel enligt [layout]"] == [row[0] for row in ROWS]


@pytest.mark.parametrize("name", ["heading", "board before", "numbered", "item", "word and number"])
def test_the_suggestion_reads_them_as_well(name: str) -> None:
    suggested = suggest_for_text(stream(PATTERNS[name][0]))
    assert suggested.title is not None
    layout = {guess.heading: guess.holds for guess in suggested.guesses if guess.holds} | {"title": suggested.title}
    if suggested.board is not None:
        layout["board"] = suggested.board
    scale = dict.fromkeys((word for word, _ in suggested.grades), "none")
    assert read(stream(PATTERNS[name][0], layout, scale)) == list(ROWS)


def test_labels_that_look_like_a_follow_up() -> None:
    assert looks_labelled(stream(PATTERNS["word and number"][0]))
    assert not looks_labelled(stream("Telefon: 0600-1{number}\nBesök: Torget {number}\nPost: Box {number}"))
    assert not looks_labelled(stream("# {title}\n{comment}"))
