"""Tables that are typed with tabs instead of drawn."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ljuskoll.nlp.document import Cell, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.docx.blocks import Draft

MIN_COLUMNS = 3
MIN_ROWS = 3


def with_tab_tables(items: Sequence[Draft | Table]) -> Iterator[Draft | Table]:
    """The items with paragraphs that follow each other and have equally many parts between tabs as tables."""
    for columns, run in groupby(items, key=_columns):
        rows = list(run)
        drafts = [row for row in rows if isinstance(row, Draft)]
        if columns >= MIN_COLUMNS and len(drafts) >= MIN_ROWS:
            yield _table(drafts)
        else:
            yield from rows


def _columns(item: Draft | Table) -> int:
    return 0 if isinstance(item, Table) or item.level is not None else len(item.parts)


def _table(drafts: Sequence[Draft]) -> Table:
    rows = []
    for draft in drafts:
        place = Place(draft.pages[0])
        rows.append(tuple(Cell(single_spaced(part.text), place, part.marks) for part in draft.parts))
    is_headed = drafts[0].bold and not any(draft.bold for draft in drafts[1:])
    return Table(tuple(rows), drafts[0].pages[0], int(is_headed))
