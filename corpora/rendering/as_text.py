"""A story as plain text: paragraphs with empty lines between them, or one value a line."""

import unicodedata
from collections.abc import Iterator
from typing import Literal, TypeAlias

from ljuskoll.corpora.rendering.story import Columned, Grid, Heading, Paragraph, Story, plain

Writing: TypeAlias = Literal["utf-8", "cp1252", "utf-16", "decomposed"]


def text_file(story: Story, writing: Writing, *, tight: bool) -> bytes:
    """The story's words in one of several encodings; `tight` leaves out the empty lines."""
    joiner = "\n" if tight else "\n\n"
    text = joiner.join(_lines(story)) + "\n"
    if writing == "cp1252":
        return text.replace("−", "-").encode("cp1252")
    if writing == "decomposed":
        return unicodedata.normalize("NFD", text).encode()
    return text.encode(writing)


def _lines(story: Story) -> Iterator[str]:
    for element in story.elements:
        if isinstance(element, Heading | Paragraph):
            yield ("- " if isinstance(element, Paragraph) and element.item else "") + plain(element.line)
        elif isinstance(element, Columned):
            yield from (plain(inner.line) for inner in element.elements)
        elif isinstance(element, Grid):
            yield from _grid_lines(element)


def _grid_lines(grid: Grid) -> Iterator[str]:
    """The cells of a table, row by row and tabs between."""
    rows = [*grid.header, *grid.rows]
    yield "\n".join("\t".join(" ".join(plain(line) for line in cell.lines) for cell in row) for row in rows)
