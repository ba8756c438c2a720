"""Small tables written as text, and what is read of them."""

import re
import tomllib
from pathlib import Path

from ljuskoll.nlp.document import Block, Cell, Document, Item, Mark, MarkColour, Page, Place, Table
from ljuskoll.nlp.extract import Extraction, extract_document
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

_MARK = re.compile(r"^\[(green|yellow|red|grey|blue)\]\s*")
HEADING = "Uppföljning av uppdrag T2 2023"


def cell(text: str, page: int = 1) -> Cell:
    """A cell; "[green] text" is drawn in green, "¶" parts paragraphs, "<" is the covered part of a merged cell."""
    text = text.strip()
    if text == "<":
        return Cell("")
    place = Place(page, (0.0, 0.0, 10.0, 10.0))
    match = _MARK.match(text)
    colours: dict[str, MarkColour] = {
        "green": "green",
        "yellow": "yellow",
        "red": "red",
        "grey": "grey",
        "blue": "blue",
    }
    marks = (Mark("fill", colours[match[1]], "", place),) if match else ()
    return Cell(_MARK.sub("", text).replace("¶", "\n"), place, marks)


def table(text: str, page: int = 1, header_rows: int = 0) -> Table:
    """A table of lines with "|" between the cells."""
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return Table(tuple(tuple(cell(text, page) for text in row) for row in padded), page, header_rows)


def document(*items: Item, heading: str = HEADING) -> Document:
    """A document with one heading above its items."""
    pages: dict[int, list[Item]] = {1: [Block(heading, (Place(1),), "heading", 1)]}
    page = 1
    for item in items:
        page = item.page if isinstance(item, Table) else item.places[0].page if item.places else page
        pages.setdefault(page, []).append(item)
    return Document("0" * 64, "text/plain", tuple(Page(number, tuple(found)) for number, found in pages.items()))


def read(*items: Item | str, heading: str = HEADING) -> Extraction:
    made = [table(item) if isinstance(item, str) else item for item in items]
    return extract_document(document(*made, heading=heading), Vocabulary())


def colour(followup: FollowUp) -> str | None:
    return followup.declared.colour if followup.declared else None


def rows(extraction: Extraction) -> list[tuple[str, str | None, str]]:
    return [(f.assignment, colour(f), f.comment) for f in extraction.followups]


def reasons(extraction: Extraction, number: int = 0) -> list[str]:
    return [row.reason for row in extraction.accounts[number].unmatched]


def is_exact(extraction: Extraction) -> bool:
    return all(a.rows_seen == a.records - a.earlier + len(a.unmatched) for a in extraction.accounts)


BRIDGE = ("Bygg en bro vid ån", "green", "Bron invigdes i maj.")
SQUARE = ("Rusta upp torget", "red", "Upphandlingen fick göras om.")
BOTH = [BRIDGE, SQUARE]

_DATA = tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))
BUILDS: dict[str, str] = _DATA["builds"]
OTHERS: dict[str, str] = _DATA["others"]
PERIODS: dict[str, str] = _DATA["periods"]
HEAD = "Uppdrag | Nämnd | Status | Kommentar"
