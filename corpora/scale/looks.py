"""How series of reports look: the layouts, programs and drawings of the rendered corpus that need no other program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from ljuskoll.corpora.rendering import layouts
from ljuskoll.corpora.rendering.as_docx import docx_file
from ljuskoll.corpora.rendering.as_html import web_page
from ljuskoll.corpora.rendering.as_reportlab import reportlab_pdf
from ljuskoll.corpora.rendering.as_text import text_file
from ljuskoll.corpora.rendering.as_xlsx import openpyxl_file, xlsxwriter_file
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.story import Story
from ljuskoll.corpora.reports.description import data
from ljuskoll.corpora.scale.as_csv import csv_file
from ljuskoll.corpora.scale.words import load_archive_words

_OF_SOME_PAGES = (
    *("ruled", "borderless", "zebra", "merged", "grouped"),
    *("labelled", "coded", "coloured", "glued", "flattened"),
)
LAYOUTS: Mapping[str, Callable[[Setting], Story]] = {name: layouts.LAYOUTS[name] for name in _OF_SOME_PAGES}
"""The layouts in which reports of some pages are written; in two columns of text not every row is found."""

PROGRAMS: Mapping[str, tuple[str, Callable[[Story], bytes]]] = {
    "reportlab": ("pdf", reportlab_pdf),
    "docx": ("docx", docx_file),
    "openpyxl": ("xlsx", openpyxl_file),
    "xlsxwriter": ("xlsx", xlsxwriter_file),
    "html": ("html", web_page),
    "text": ("txt", lambda story: text_file(story, "utf-8", tight=False)),
    "csv": ("csv", csv_file),
}
"""Suffix and maker of each program's files: the same bytes every time, on all systems."""

_WORDINGS = 60
"""Settings differ in wordings, colours and the order of columns by what is left of their number after 2, 3, 4 and 5."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one series of reports looks; `number` chooses wordings, colours and the order of columns."""

    layout: str
    program: str
    drawing: str
    number: int

    @property
    def suffix(self) -> str:
        """What its files end with."""
        return PROGRAMS[self.program][0]


def choose_look(random: Random) -> Look:
    """One of the looks: the program first, as often as archive.toml says."""
    shares: dict[str, int] = load_archive_words()["producers"]
    (program,) = random.choices(list(shares), list(shares.values()))
    layout, drawing = random.choice(looks_of(program))
    return Look(layout, program, drawing, random.randrange(_WORDINGS))


@cache
def looks_of(program: str) -> tuple[tuple[str, str], ...]:
    """Layout and drawing of every look that a program makes."""
    rendered = [row[1:] for row in data("documents.toml")["documents"]]
    rendered += [(layout, "csv", drawing) for layout, drawing in load_archive_words()["csv"]["looks"]]
    fit = LAYOUTS.keys() - load_archive_words()["unfit"]["layouts"].get(program, [])
    return tuple(
        dict.fromkeys((layout, drawing) for layout, maker, drawing in rendered if maker == program and layout in fit)
    )
