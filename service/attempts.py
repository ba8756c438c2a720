"""Which layouts were tried on a document, which of them won, and what each of the others would have needed."""

from collections.abc import Callable, Iterator

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.extract import Extraction
from ljuskoll.nlp.layouts import Stream, announced, coloured, flattened, listed, run_in, sectioned, stated, tabled
from ljuskoll.nlp.layouts.items import Parsed

WIDTH = 100
MAX_LEGEND = 10
_NEEDS: tuple[tuple[str, str, Callable[[Stream, frozenset[int]], Parsed]], ...] = (
    (flattened.NAME, "kolumnrubriker på var sin rad och cellerna på raderna efter", flattened.parse),
    (coloured.NAME, "ett ljus på raden före eller efter varje titel, eller i den", coloured.parse),
    (listed.NAME, "titlar med nämnd inom parentes, eller efter en punkt på egen rad", listed.parse),
    (sectioned.NAME, "titlar med «Status: ...», «Kommentar: ...» eller en statusmening under", sectioned.parse),
    (run_in.NAME, "punkter med titel och statusmening i samma stycke", run_in.parse),
    (announced.NAME, "rubriken «Uppföljning av uppdrag 2023» eller liknande, och numrerade titlar", announced.parse),
    (stated.NAME, "title = ... i [layout]", stated.parse),
)


def describe_attempts(stream: Stream, extraction: Extraction) -> Iterator[str]:
    """The legend, the signs that layouts go by, and how many follow-ups each layout finds on its own."""
    yield ""
    for index in sorted(stream.legend)[:MAX_LEGEND]:
        item = stream.entries[index].item
        text = item.text if isinstance(item, Block) else " | ".join(c.text for row in item.rows for c in row if c.text)
        yield f"Teckenförklaring: {text[:WIDTH]}"
    yield f"Tecken i texten: {_signs(stream)}"
    read = len(tabled.parse(stream)[0].followups)
    counts = f"{len(extraction.followups)} uppföljningar, {len(extraction.plans)} planrader"
    yield f"Vald layout: {extraction.layout or 'ingen passar'}; {counts}"
    yield f"  {tabled.NAME}: {read} uppföljningar (kräver kolumnrubriker som känns igen, eller [layout])"
    free = frozenset(entry.index for entry in stream.blocks())
    for name, needs, parse in _NEEDS:
        yield f"  {name}: {len(parse(stream, free).followups)} uppföljningar (kräver {needs})"


def _signs(stream: Stream) -> str:
    blocks = list(stream.blocks())
    lights = sum(stream.declared(entry.index) is not None for entry in blocks)
    labels = sum(stream.label(entry.index) is not None for entry in blocks)
    headings = sum(stream.is_heading(entry.index) for entry in blocks)
    tables = sum(1 for _ in stream.tables())
    return f"{lights} rader som bara är ett ljus, {labels} ledtexter, {headings} rubriker, {tables} tabeller"
