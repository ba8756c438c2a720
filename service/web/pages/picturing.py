"""The pictures that a page shows: which pages of which documents, or why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal, TypeAlias

from ljuskoll.service.outputs.wording import period_label
from ljuskoll.service.record import Record
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.web.pages.rendering import TEXT, query_of

State: TypeAlias = Literal["shown", "none", "missing"]
"""A picture; a document without pages; an original that is not here."""
PICTURED: Final = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """One page to look at. `image` and `boxes` are addresses, `where` says in words where in the document it is."""

    number: int
    state: State
    path: str
    label: str
    where: str
    image: str
    boxes: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page that records stand on: what leads to it among the other pages."""

    number: int
    sha256: str
    path: str
    page: int
    label: str
    cell: str | None

    @property
    def has_picture(self) -> bool:
        """Whether its document is made of pages or is a picture."""
        return PurePosixPath(self.path.lower()).suffix in PICTURED


def leaves(records: Iterable[Record]) -> tuple[Leaf, ...]:
    """The pages that records stand on, each once, in the records' order."""
    found: dict[tuple[str, int], Leaf] = {}
    for record in records:
        for place in record.places:
            key = record.document.sha256, place.page
            if key not in found and len(found) < MOST:
                label = TEXT["page_tab"].format(period=period_label(record.period), page=place.page)
                found[key] = Leaf(len(found), key[0], record.document.path, place.page, label, place.cell)
    return tuple(found.values())


def chosen_leaf(pages: Sequence[Leaf], number: int | None) -> Leaf | None:
    """The page with a number; without one the first that there is a picture of."""
    if number is not None and pages:
        return pages[number % len(pages)]
    return next((one for one in pages if one.has_picture), next(iter(pages), None))


def picture(desk: Desk, leaf: Leaf, unmasked: bool, about: dict[str, str]) -> Picture:
    """The picture of a page; `about` is what the boxes over it are about: a finding or a record, by id."""
    state: State = "shown"
    if not leaf.has_picture:
        state = "none"
    elif desk.originals.path(leaf.sha256) is None:
        state = "missing"
    base = f"/api/v1/documents/{leaf.sha256}/pages/{leaf.page}"
    where = TEXT["cell"].format(cell=leaf.cell) if leaf.cell else TEXT["page"].format(page=leaf.page)
    return Picture(
        number=leaf.number,
        state=state,
        path=leaf.path,
        label=TEXT["page_label"].format(page=leaf.page),
        where=where,
        image=base + query_of({"unmasked": "true" if unmasked else ""}),
        boxes=f"{base}/boxes{query_of(about)}",
    )
