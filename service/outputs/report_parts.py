"""Pieces that all parts of the report are put together from: sections, tables, lights and sources."""

from collections.abc import Iterable, Sequence
from typing import Any

from ljuskoll.nlp.followup import Place
from ljuskoll.service.outputs.markup import NOTHING, Child, Html, joined, tag
from ljuskoll.service.outputs.wording import WORDS, colour_label, load_text
from ljuskoll.service.record import Record, Severity

TEXT: dict[str, Any] = load_text("report_text.toml")
SYMBOLS = {
    "green": tag("circle", cx=8, cy=8, r=6.2),
    "yellow": tag("path", d="M8 1.6 15 14.2H1z"),
    "red": tag("rect", x=2, y=2, width=12, height=12),
    "none": tag("circle", cx=8, cy=8, r=5.6),
    "absent": tag("path", d="M3 8h10"),
}
"""A shape for each light, so that its colour is never alone."""
MAX_TITLE = 140
"""Longer titles are cut where they only name what is spoken of."""
BAR_HEIGHT = 10
LEAST = 3.0
"""The height of a bar, and the length of its shortest part."""
_LEVELS: dict[Severity, int] = {"high": 3, "medium": 2, "low": 1}
_ALPHABET = str.maketrans("åäöéü", "{|}eu")


def swedish(name: str) -> str:
    """What names are sorted by: å, ä and ö come last."""
    return name.casefold().translate(_ALPHABET)


def plural(forms: Sequence[str], count: int, **values: object) -> str:
    """The singular or the plural, with the count and the values filled in."""
    return forms[count != 1].format(count=count, **values)


def listed(parts: Sequence[str]) -> str:
    """The parts in a row: "a, b och c"."""
    return str(TEXT["and"]).join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def municipality_label(name: str | None) -> str:
    """The municipality's name, or that there is none."""
    return name or str(TEXT["no_municipality"])


def per_cent(part: float) -> int:
    """A share in whole per cent, never rounded to certainty."""
    return min(99, max(1, round(100 * part))) if 0 < part < 1 else round(100 * part)


def share(part: float) -> str:
    """A share in whole per cent, in words."""
    return str(TEXT["per_cent"].format(value=per_cent(part)))


def symbols() -> Html:
    """The shapes, drawn once and used wherever a light stands."""
    drawn = (tag("symbol", shape, id=f"s-{name}", viewBox="0 0 16 16") for name, shape in SYMBOLS.items())
    return tag("svg", *drawn, class_="symbols", aria_hidden="true", width=0, height=0)


def symbol(name: str) -> Html:
    """A light's shape without its word."""
    return tag("svg", tag("use", href=f"#s-{name}"), class_=f"s {name}", aria_hidden="true")


def light(colour: str | None, written: str = "") -> Html:
    """A light: its shape and its word, and how the report wrote it where that is another word."""
    word = colour_label(colour)
    own = written.strip()
    shown = word if not own or own.casefold().startswith(word.casefold()[:3]) else f"{word} (”{own}”)"
    return tag("span", symbol(colour or "none"), shown, class_="light")


def declared(record: Record) -> Html:
    """The light that the report shows, in its own words where it uses some."""
    if record.declared is None:
        return tag("span", symbol("none"), WORDS["records"]["not_shown"], class_="light")
    source = record.declared.source
    return light(record.declared.colour, record.declared.as_written if source == "text" else "")


def severity(level: Severity) -> Html:
    """How serious: bars, one to three, and the word."""
    bars = (
        tag("rect", x=1 + 5 * n, y=9 - 3 * n, width=4, height=4 + 3 * n, class_="on" if n < _LEVELS[level] else "off")
        for n in range(3)
    )
    drawn = tag("svg", *bars, class_="bars", viewBox="0 0 16 14", aria_hidden="true")
    return tag("span", drawn, WORDS["severities"][level], class_=f"severity {level}")


def stacked(parts: Iterable[tuple[str, int]], longest: int, most: int) -> Html:
    """A bar of counts by their class, `most` together as long as `longest`; what it shows stands in words beside it."""
    place, drawn = 0.0, []
    for name, count in parts:
        width = max(LEAST, longest * count / most) if count else 0.0
        if width:
            drawn.append(tag("rect", x=place, y=0, width=width - 1, height=BAR_HEIGHT, class_=f"bar {name}"))
        place += width
    if not drawn:
        return NOTHING
    size = {"width": round(place, 1), "height": BAR_HEIGHT}
    return tag("svg", *drawn, class_="stack", aria_hidden="true", viewBox=f"0 0 {place:.6g} {BAR_HEIGHT}", **size)


def section(id: str, title: str, *content: Child) -> Html:
    """A part of the report under a heading of the second level."""
    return tag("section", tag("h2", title, id=f"{id}-rubrik"), *content, id=id, aria_labelledby=f"{id}-rubrik")


def paragraph(text: Child, class_: str | None = None) -> Html:
    """A paragraph, nothing where there is no text."""
    return tag("p", text, class_=class_) if text else NOTHING


def details(summary: Child, *content: Child, class_: str | None = None) -> Html:
    """What is shown when it is asked for, and always in print."""
    return tag("details", tag("summary", summary), *content, class_=class_)


def link(target: str, label: Child, **attributes: str | None) -> Html:
    """A link within the page."""
    return tag("a", label, href=f"#{target}", **attributes)


def table(
    caption: Child, headings: Sequence[Child], rows: Sequence[Sequence[Child]], class_: str = "", sums: int = 0
) -> Html:
    """A table whose first column names its rows; numbers stand to the right; the last `sums` rows sum up the others."""
    numeric = [all(isinstance(row[n], int) for row in rows) for n in range(len(headings))] if rows else []
    head = (
        tag("th", heading, scope="col", class_="n" if numeric and numeric[n] else None)
        for n, heading in enumerate(headings)
    )
    body = [_row(row, class_="sum" if n >= len(rows) - sums else None) for n, row in enumerate(rows)]
    drawn = tag("table", tag("caption", caption), tag("thead", tag("tr", *head)), tag("tbody", *body), class_=class_)
    return scrolling(drawn, str(caption))


def _row(cells: Sequence[Child], class_: str | None) -> Html:
    first, *rest = cells
    others = (tag("td", cell, class_="n" if isinstance(cell, int) else None) for cell in rest)
    return tag("tr", tag("th", first, scope="row"), *others, class_=class_)


def scrolling(content: Html, label: str) -> Html:
    """What may be wider than a telephone, with a name and a place in the order of tabs so that keys can scroll it."""
    return tag("div", content, class_="scroll", role="region", aria_label=label, tabindex=0)


def facts(pairs: Sequence[tuple[str, Child]]) -> Html:
    """Names and what they stand for."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs), class_="facts")


def source(path: str, places: Sequence[Place]) -> Html:
    """The document and where in it: its page, or its cell."""
    text, place = TEXT["source"], places[0] if places else None
    where = place and (text["cell"].format(cell=place.cell) if place.cell else text["page"].format(page=place.page))
    return tag("span", tag("span", path, class_="path"), f", {where}" if where else None, class_="source")


def record_source(record: Record) -> Html:
    """Where a record stands."""
    return source(record.document.path, record.places)


def bullets(items: Sequence[Child], most: int, more: str) -> Html:
    """A list, and in words how many more there are than it shows."""
    shown = [tag("li", item) for item in items[:most]]
    rest = [tag("li", more.format(count=len(items) - most), class_="more")] if len(items) > most else []
    return tag("ul", joined([*shown, *rest]), class_="plain")
