"""The archive at a glance: which reports are there and which are not, how files were read, and how surely."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ljuskoll.service.outputs.archive_overview import (
    UNDATED,
    ArchiveOverview,
    Reporter,
    Shelf,
    Slot,
    Sureness,
    archive_overview,
)
from ljuskoll.service.outputs.markup import NOTHING, Child, Html, joined, tag
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    TEXT,
    details,
    link,
    municipality_label,
    paragraph,
    plural,
    section,
    share,
    stacked,
    swedish,
    table,
)
from ljuskoll.service.outputs.wording import layout_label

_TEXT = TEXT["archive"]
BAR, BIN, TALLEST = 120, 9, 30
"""The length of the longest bar; the width of a histogram's bar and the height of its tallest."""
TALL = 20
"""A matrix of more rows scrolls within its own box."""


def archive_section(material: ReportMaterial) -> Html:
    """The matrix of reports, the layouts, and the judgements' sureness; sentences first, tables as proof."""
    overview = archive_overview(material.result)
    return section(
        "arkivet",
        _TEXT["heading"],
        tag("h3", _TEXT["parts"]["reports"]),
        paragraph(_reports(overview)),
        _matrix(overview),
        tag("h3", _TEXT["parts"]["layouts"]),
        paragraph(_read(overview)),
        _layouts(overview),
        tag("h3", _TEXT["parts"]["sureness"]),
        paragraph(_sure(overview.total)),
        _judgements(overview),
    )


def _reports(overview: ArchiveOverview) -> Html:
    """How much there is, and how much is missing, as far as that can be told."""
    if not overview.shelves:
        return NOTHING
    lacking = {name for (name, _), shelf in overview.shelves.items() if any(shelf.missing.values())}
    missing = sum(sum(shelf.missing.values()) for shelf in overview.shelves.values())
    if not overview.series:
        return joined([_TEXT["one_year"]])
    if not missing:
        return joined([_TEXT["nothing_missing"], " ", _TEXT["rule"]])
    all_of_them = len(overview.municipalities)
    where = plural(_TEXT["lacking"], len(lacking), all=all_of_them) + " " if all_of_them > 1 else ""
    return joined(
        [where, plural(_TEXT["missing"], missing), " ", link("kontroller", _TEXT["where"]), " ", _TEXT["rule"]]
    )


def _matrix(overview: ArchiveOverview) -> Html:
    """A row a municipality, one more for its boards' own reports; a column a year with a place for each period."""
    columns = list(_columns({slot for shelf in overview.shelves.values() for slot in shelf.documents}))
    reporters = sorted(overview.shelves, key=_order)
    rows = [[_reporter(one), *_cells(overview.shelves[one], columns)] for one in reporters]
    if not rows:
        return NOTHING
    kind = "matrix tall" if len(rows) > TALL else "matrix"
    heads = [_TEXT["municipality"], *(_year(slots) for slots in columns)]
    return joined([_legend(overview.shelves.values()), table(_TEXT["matrix"], heads, rows, class_=kind)])


def _columns(slots: Iterable[Slot]) -> Iterator[tuple[Slot, ...]]:
    """The slots of each year between the first and the last; years that nobody has follow as one column without any."""
    held = {year: {slot.part for slot in some} for year, some in groupby(sorted(slots), key=lambda slot: slot.year)}
    undated = held.pop(UNDATED.year, None)
    last = min(held, default=0)
    for year, parts in held.items():
        if year > last + 1:
            yield (Slot(last + 1, 0), Slot(year - 1, 0))
        yield tuple(Slot(year, part) for part in sorted(parts | {1, 2, 3}))
        last = year
    if undated:
        yield (UNDATED,)


def _year(slots: Sequence[Slot]) -> Html:
    if slots == (UNDATED,):
        return Html(_TEXT["undated"])
    years = "–".join(dict.fromkeys(str(slot.year) for slot in slots))
    parts = (tag("span", _TEXT["slots"][str(slot.part)], class_="t") for slot in slots if slot.part)
    return joined([years, tag("span", *parts, class_="ts", aria_hidden="true")])


def _order(reporter: Reporter) -> tuple[bool, str, bool]:
    municipality, is_boards = reporter
    return municipality is None, swedish(municipality or ""), is_boards


def _reporter(reporter: Reporter) -> Html:
    municipality, is_boards = reporter
    name = municipality_label(municipality)
    if not is_boards:
        return joined([name])
    return joined([tag("span", f"{name}, ", class_="h"), tag("span", _TEXT["boards"], class_="own")])


def _cells(shelf: Shelf, columns: Sequence[Sequence[Slot]]) -> Iterator[Html]:
    for slots in columns:
        places = (_place(shelf.documents.get(slot, 0), shelf.missing.get(slot, 0), slot) for slot in slots if slot.part)
        yield tag("span", *places, class_="ts")


def _place(documents: int, missing: int, slot: Slot) -> Html:
    """A tile with the number of documents, hollow where reports are missing; what colours say is said, too."""
    if not documents and not missing:
        return tag("span", class_="t")
    name = tag("span", f" {_TEXT['slots'][str(slot.part)]}: ", class_="h")
    told = plural(_TEXT["gap"], missing) if missing else None
    gap = tag("span", f" ({told})" if documents else told, class_="h") if missing else None
    kind = "t gap" if missing else "t has"
    return tag("span", name, documents or None, gap, class_=kind, title=told)


def _legend(shelves: Iterable[Shelf]) -> Html:
    """What the tiles stand for, those that there are."""
    gaps = [shelf.documents.get(slot, 0) for shelf in shelves for slot in shelf.missing]
    keys = [("has", "2", True), ("gap", "", 0 in gaps), ("gap", "2", any(gaps))]
    items = (
        tag("li", tag("span", shown, class_=f"t {kind}", aria_hidden="true"), _TEXT["keys"][f"{kind}{shown}"])
        for kind, shown, is_there in keys
        if is_there
    )
    return tag("ul", *items, class_="legend tiles", aria_label=TEXT["legend"])


def _read(overview: ArchiveOverview) -> str:
    """How many documents a layout fitted, and what became of the others."""
    read = sum(reading.documents for reading in overview.readings.values())
    partial = sum(reading.partial for reading in overview.readings.values())
    parts = [plural(_TEXT["fitted"], read, all=overview.documents)]
    parts += [plural(_TEXT["partial"], partial)] if partial else []
    parts += [
        plural(_TEXT["unread"][kind], overview.unread[kind]) for kind in _TEXT["unread"] if overview.unread.get(kind)
    ]
    return " ".join(parts)


def _layouts(overview: ArchiveOverview) -> Html:
    """A row a layout, those that read most first, then what none read."""
    readings, unread = overview.readings, overview.unread
    most = max((*(one.documents for one in readings.values()), *unread.values(), 1))
    rows: list[list[Child]] = []
    for name in sorted(readings, key=lambda name: (-readings[name].documents, layout_label(name))):
        one = readings[name]
        bar = stacked((("whole", one.documents - one.partial), ("part", one.partial)), BAR, most)
        records = overview.sureness[name].records if name in overview.sureness else 0
        rows.append([layout_label(name), bar, one.documents, one.partial, records, one.unexplained])
    for kind, label in _TEXT["kinds"].items():
        if count := unread.get(kind, 0):
            rows.append(
                [label, stacked((("unread", count),), BAR, most), count, count if kind == "partial" else 0, 0, 0]
            )
    return table(_TEXT["layouts"], _TEXT["layouts_columns"], rows, class_="narrow") if rows else NOTHING


def _sure(total: Sureness) -> str:
    if not total.records:
        return str(_TEXT["no_records"])
    parts = [plural(_TEXT["judged"], total.judged, all=total.records)]
    parts += [plural(_TEXT["withheld"], total.withheld)] if total.withheld else []
    parts += [plural(_TEXT["without_comment"], total.without_comment)] if total.without_comment else []
    parts += [_TEXT["median"].format(median=share(total.median), mean=share(total.mean))] if total.judged else []
    parts += [plural(_TEXT["ocr"], total.ocr)] if total.ocr else []
    return " ".join(parts)


def _judgements(overview: ArchiveOverview) -> Html:
    """A row a layout and, on request, one a municipality."""
    if not overview.total.records:
        return NOTHING
    layouts = sorted(overview.sureness, key=lambda name: (-overview.sureness[name].records, layout_label(name)))
    shown = [
        _judged_table("layout", overview.sureness, {name: layout_label(name) or _TEXT["no_layout"] for name in layouts})
    ]
    names = sorted(overview.by_municipality, key=lambda name: _order((name, False)))
    if len(names) > 1:
        labels = {name: municipality_label(name) for name in names}
        shown.append(details(_TEXT["by_municipality"], _judged_table("municipality", overview.by_municipality, labels)))
    return joined(shown)


def _judged_table(key: str, groups: Mapping[str | None, Sureness], labels: Mapping[str | None, str]) -> Html:
    rows = [[label, *_sureness(groups[name])] for name, label in labels.items()]
    return table(_TEXT["sureness"][key], [_TEXT[key], *_TEXT["sureness_columns"]], rows, class_="sure")


def _sureness(one: Sureness) -> list[Child]:
    parts = (("whole", one.judged), ("part", one.withheld), ("unread", one.without_comment))
    told = [share(one.judged / one.records)]
    told += [plural(_TEXT["abstains"], one.withheld)] if one.withheld else []
    told += [plural(_TEXT["silent"], one.without_comment)] if one.without_comment else []
    counts = joined([stacked(parts, BAR, one.records), tag("span", ", ".join(told), class_="words")])
    chances = _TEXT["chances"].format(median=share(one.median), mean=share(one.mean)) if one.judged else ""
    return [
        one.records,
        counts,
        joined([_histogram(one.bins), tag("span", chances, class_="words")]) if one.judged else NOTHING,
        share(one.shown / one.records),
        share(one.ocr / one.records),
    ]


def _histogram(bins: Sequence[int]) -> Html:
    """A bar for each tenth that the judgements' probabilities fall into."""
    words = ", ".join(
        _TEXT["bin"].format(low=10 * place, high=10 * place + 10, count=count)
        for place, count in enumerate(bins)
        if count
    )
    heights = [max(2, round(TALLEST * count / max(bins))) if count else 0 for count in bins]
    path = "".join(f"M{BIN * n} {TALLEST}v-{height}h{BIN - 1}v{height}z" for n, height in enumerate(heights) if height)
    width = BIN * len(bins)
    line = tag("path", d=f"M0 {TALLEST + 0.5}h{width}", class_="line")
    size = {"width": width, "height": TALLEST + 1}
    drawn = tag("path", tag("title", words), d=path, class_="bar whole")
    view = f"0 0 {width} {TALLEST + 1}"
    return tag("svg", line, drawn, class_="chances", role="img", aria_label=words, viewBox=view, **size)
