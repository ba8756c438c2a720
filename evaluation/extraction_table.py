"""The figures of the extraction as tables for people."""

from collections.abc import Iterator, Mapping

from rich.table import Table

from ljuskoll.evaluation.extraction import FIELDS, Compared, Figures
from ljuskoll.evaluation.extraction_run import Measured

_MOST_DOCUMENTS = 25
_SAMPLE = 60
_HEADINGS = ("Ljus", "Nämnd", "Period", "Sida", "Fras", "Kommentar", "Slag")
_LAYOUTS = {
    "ruled": "linjerad tabell",
    "borderless": "tabell utan linjer",
    "zebra": "tonade eller halvlinjerade rader",
    "breaks": "rader över sidbrott",
    "merged": "sammanslagna celler",
    "grouped": "flera rubrikrader",
    "labelled": "rubrik och etiketter",
    "contents": "med innehållsförteckning",
    "columns": "två spalter",
    "coded": "lista med nämnd",
    "coloured": "ljuset på egen rad",
    "glued": "hopskrivna etiketter",
    "flattened": "utplattad tabell",
    "legend": "teckenförklaring",
    "long": "lång årsredovisning",
    "scanned": "skannat",
}


def extraction_tables(measured: Measured) -> Iterator[Table]:
    """One table by layout, one by producer, and one of the documents that are not read right."""
    names = {layout: _LAYOUTS.get(layout, layout) for layout in measured.layouts}
    yield _figures_table("Läsning av våra egna renderade rapporter", "Layout", measured.layouts, names, measured.total)
    yield _figures_table("Samma rapporter efter program", "Program", measured.producers, {}, None)
    failing = [compared for compared in measured.documents if compared.missed or compared.false or compared.wrong]
    if failing:
        yield _documents_table(failing)


def _figures_table(
    title: str, first: str, groups: Mapping[str, Figures], names: Mapping[str, str], total: Figures | None
) -> Table:
    table = Table(first, "Dok.", "Poster", "Precision", "Täckning", "F1", *_HEADINGS, title=title)
    for group, figures in groups.items():
        table.add_row(names.get(group, group), *_cells(figures))
    if total is not None:
        table.add_section()
        table.add_row("alla", *_cells(total))
    return table


def _cells(figures: Figures) -> Iterator[str]:
    yield from (str(figures.documents), str(figures.true))
    yield from (f"{value:.3f}" for value in (figures.precision, figures.recall, figures.f1))
    for name in FIELDS:
        share = getattr(figures, name)
        yield f"{share.value:.3f}" if share.of else "–"


def _documents_table(failing: list[Compared]) -> Table:
    worst = sorted(failing, key=lambda one: (one.figures.f1, -len(one.wrong)))[:_MOST_DOCUMENTS]
    title = f"Dokument med fel ({len(worst)} av {len(failing)}, de sämsta först)"
    table = Table("Dokument", "Saknas", "Falska", "Fel fält", "Till exempel", title=title)
    for one in worst:
        example = one.error or next((sample for sample in (*one.false, *one.missed, *one.wrong)), "")
        counts = (len(one.missed), len(one.false), len(one.wrong))
        table.add_row(one.document.path, *map(str, counts), _printable(example[:_SAMPLE]))
    return table


def _printable(text: str) -> str:
    """A sample without what no terminal can write (half characters from a broken reading)."""
    return text.encode(errors="replace").decode()
