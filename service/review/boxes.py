"""What the reviewer's eye is led to on a page: the assignment, its light, and the words that decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.raw.lines import union
from ljuskoll.service.record import Finding, Record
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.page_text import Quote
from ljuskoll.service.review.pictures import page_size, text_boxes

What: TypeAlias = Literal["assignment", "light", "evidence"]


@dataclass(frozen=True, slots=True)
class PageBox:
    """A place on a page in points, and what stands there."""

    what: What
    record: str | None
    bbox: BBox


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A page's size in points, and what is to be boxed on it."""

    width: float
    height: float
    boxes: tuple[PageBox, ...]


def boxes_on(
    desk: Desk, document: str, page: int, records: Sequence[Record], finding: Finding | None = None
) -> PageBoxes | None:
    """What to box of these records, and of a finding about them, on a page from 1; None where it has no picture."""
    size = page_size(desk, document, page)
    if size is None:
        return None
    here = [record for record in records if record.document.sha256 == document]
    boxes = (box for record in here for box in _boxes(desk, page, record, finding))
    return PageBoxes(*size, tuple(dict.fromkeys((*boxes, *_unowned(desk, document, page, finding)))))


def _boxes(desk: Desk, page: int, record: Record, finding: Finding | None) -> Iterator[PageBox]:
    places = [place.bbox for place in record.places if place.page == page and place.bbox is not None]
    near = union(places) if places else None
    title, light, comment, *boards = (
        Quote(text, near) for text in (record.assignment, _light_text(record), record.comment, *record.boards)
    )
    evidence = [Quote(text, near) for text in _evidence(record, finding)]
    found = text_boxes(desk, record.document.sha256, page, [title, light, comment, *boards, *evidence])
    of_title, of_light, of_rest = found[0], found[1], found[2 : 3 + len(boards)]
    if places:
        yield from (PageBox("assignment", record.id, box) for box in of_title or places[:1])
        unread = _unread(places, [box for some in (of_title, *of_rest) for box in some])
        yield from (PageBox("light", record.id, box) for box in of_light or unread)
    yield from (PageBox("evidence", record.id, box) for some in found[3 + len(boards) :] for box in some)


def _light_text(record: Record) -> str:
    """The light's own words, where it is shown in words."""
    return record.declared.as_written if record.declared and record.declared.source == "text" else ""


def _unread(places: Sequence[BBox], texts: Sequence[BBox]) -> list[BBox]:
    """The one cell where none of the texts stands: there is the light that is shown without words."""
    empty = [place for place in places if not any(_holds(place, text) for text in texts)]
    return empty if len(empty) == 1 and len(places) > 1 else []


def _holds(place: BBox, text: BBox) -> bool:
    x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _evidence(record: Record, finding: Finding | None) -> Iterable[str]:
    """The words that decided: those of the finding, or without one those of the record's own judgement."""
    if finding is not None:
        return [one.text for one in finding.evidence if one.record == record.id]
    phrase = (record.phrase.text,) if record.phrase else ()
    return (*phrase, *(one.text for one in record.assessment.evidence))


def _unowned(desk: Desk, document: str, page: int, finding: Finding | None) -> Iterator[PageBox]:
    """Evidence that stands in no record, such as a sentence that counts assignments."""
    texts = [one.text for one in finding.evidence if one.record is None] if finding else []
    found = text_boxes(desk, document, page, [Quote(text) for text in texts]) if texts else []
    yield from (PageBox("evidence", None, box) for some in found for box in some)
