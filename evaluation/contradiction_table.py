"""The figures of the checks as tables on a terminal."""

from collections.abc import Iterator

from rich.table import Table

from ljuskoll.evaluation.contradiction_figures import RECALL, ContradictionFigures

_RIVALS = {"ljuskoll": "ljuskoll", "cleanlab": "cleanlab på samma sannolikheter", "keywords": "nyckelord"}


def contradiction_tables(found: ContradictionFigures) -> Iterator[Table]:
    """A table a kind of figure; all are on archives of our own with planted contradictions."""
    kinds = Table("Slag", "Planterade", "Funna", "Fynd", "Rätta", "F1", title="Kontrollerna på egna arkiv")
    for name, one in found.kinds.items():
        kinds.add_row(name, *map(str, (one.planted, one.found, one.findings, one.right)), f"{one.f1:.3f}")
    yield kinds
    rankings = Table(
        "Ljus mot kommentar", "Medelprecision", f"Precision vid {RECALL:.1f}", "Högsta återfinning", title="Ordning"
    )
    for name, ranking in found.rankings.items():
        figures = (ranking.average_precision, ranking.precision_at_recall, ranking.highest_recall)
        rankings.add_row(_RIVALS[name], *(f"{figure:.3f}" for figure in figures))
    yield rankings
    rest = Table("Mått", "Värde", title="Övrigt")
    for label, value in _rest(found):
        rest.add_row(label, value)
    yield rest


def _rest(found: ContradictionFigures) -> Iterator[tuple[str, str]]:
    yield "Arkiv, rader, olästa", f"{found.archives}, {found.rows}, {found.unread}"
    yield "Planterade som hittats", f"{found.found} av {found.planted}"
    yield "Falska flaggor på 100 stämmiga rader", f"{found.false_share:.2f} ({found.false_flags} på {found.consistent})"
    yield "Nära ögat som flaggats", f"{found.near_misses_flagged} av {found.near_misses}"
    yield "Poängens kalibreringsfel, Brier", f"{found.calibration_error:.3f}, {found.brier:.3f}"
    for label, links in (("Länkar i arkiven", found.links), ("Länkar mellan titellistor", found.title_links)):
        yield label, f"{links.linked} av {links.pairs}, {links.wrong} fel ({links.right:.3f} av länkarna rätta)"
