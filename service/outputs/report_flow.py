"""The picture of how assignments moved: a box for each light and day, a band for all that went from one to another."""

from collections import Counter
from itertools import accumulate

from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report_courses import STATES, YearOfCourses
from ljuskoll.service.outputs.report_parts import SYMBOLS, TEXT

_TEXT = TEXT["movements"]
WIDTH, TOP, BOX, GAP = 720, 34, 128, 9
"""Of the picture: its width, the height of its headings, the width of a box and the space between boxes."""
LEAST, UNIT, TALLEST = 20.0, 11.0, 260.0
"""The least height of a box, that of one assignment, and that of all together."""


class _Layout:
    """Where the boxes stand."""

    def __init__(self, year: YearOfCourses) -> None:
        self.columns = [year.column(place) for place in range(len(year.labels))]
        unit = min(UNIT, TALLEST / max(1, len(year.states)))
        self.heights = [{s: max(LEAST, unit * n) for s, n in column.items() if n} for column in self.columns]
        self.height = TOP + max(sum(one.values()) + GAP * (len(one) - 1) for one in self.heights) + 2
        step = (WIDTH - BOX) / max(1, len(self.columns) - 1)
        self.lefts = [round(step * place, 1) for place in range(len(self.columns))]
        self.tops = [_tops(one) for one in self.heights]


def _tops(heights: dict[str, float]) -> dict[str, float]:
    states = [state for state in STATES if state in heights]
    tops = accumulate((heights[state] + GAP for state in states), initial=float(TOP))
    return dict(zip(states, tops, strict=False))


def flow_picture(year: YearOfCourses, title: str) -> Html:
    """The picture; what it shows stands in words and in a table beside it."""
    layout = _Layout(year)
    bands = joined(_bands(layout, place, year.moves(place)) for place in range(len(year.labels) - 1))
    boxes = joined(_box(layout, place, state) for place, tops in enumerate(layout.tops) for state in tops)
    heads = joined(_head(layout, place, label) for place, label in enumerate(year.labels))
    view = f"0 0 {WIDTH} {layout.height:.6g}"
    return tag("svg", bands, boxes, heads, class_="flow", viewBox=view, role="img", aria_label=title)


def _bands(layout: _Layout, place: int, moves: Counter[tuple[str, str]]) -> Html:
    """All bands between two days; at either end they share the box in proportion."""
    leaving, coming = dict(layout.tops[place]), dict(layout.tops[place + 1])
    x0, x1 = layout.lefts[place] + BOX, layout.lefts[place + 1]
    middle = (x0 + x1) / 2
    drawn = []
    for one in STATES:
        for other in STATES:
            count = moves[one, other]
            if not count:
                continue
            left = layout.heights[place][one] * count / layout.columns[place][one]
            right = layout.heights[place + 1][other] * count / layout.columns[place + 1][other]
            y0, y1 = leaving[one], coming[other]
            leaving[one], coming[other] = y0 + left, y1 + right
            path = (
                f"M{x0:.5g} {y0:.5g}C{middle:.5g} {y0:.5g} {middle:.5g} {y1:.5g} {x1:.5g} {y1:.5g}"
                f"V{y1 + right:.5g}"
                f"C{middle:.5g} {y1 + right:.5g} {middle:.5g} {y0 + left:.5g} {x0:.5g} {y0 + left:.5g}Z"
            )
            names = [_TEXT["states"][state].casefold() for state in (one, other)]
            drawn.append(
                tag("path", tag("title", _TEXT["band"].format(*names, count=count)), d=path, class_=f"band {one}")
            )
    return joined(drawn)


def _box(layout: _Layout, place: int, state: str) -> Html:
    x, y, height = layout.lefts[place], layout.tops[place][state], layout.heights[place][state]
    middle = y + height / 2
    shape = tag("g", SYMBOLS[state], class_="on", transform=f"translate({x + 8:.5g} {middle - 6:.5g}) scale(.75)")
    label = tag("text", _TEXT["states"][state], x=x + 28, y=round(middle + 4.5, 1))
    count = tag("text", layout.columns[place][state], x=x + BOX - 9, y=round(middle + 4.5, 1), class_="count")
    rect = tag("rect", x=x, y=y, width=BOX, height=height, rx=3)
    return tag("g", rect, shape, label, count, class_=f"box {state}")


def _head(layout: _Layout, place: int, label: str) -> Html:
    present = sum(layout.columns[place].values()) - layout.columns[place]["absent"]
    x = layout.lefts[place]
    name = tag("text", label, x=x, y=11, class_="day")
    return joined([name, tag("text", _TEXT["present"].format(count=present), x=x, y=26, class_="present")])
