"""What the page says where it shows only a part, so that a browser can open it: nothing is left out in silence."""

from collections import Counter
from typing import get_args

from ljuskoll.service.outputs.markup import NOTHING, Html
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import TEXT, listed, paragraph
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.record import Severity

_TEXT = TEXT["limits"]


def findings_note(material: ReportMaterial) -> Html:
    """How many findings are not shown, by severity, and where they stand; nothing where all are shown."""
    shown = material.shown_findings
    left = Counter(one.severity for one in material.result.findings)
    left.subtract(one.severity for one in shown)
    if not left.total():
        return NOTHING
    levels = [f"{left[level]} {WORDS['severities'][level].casefold()}" for level in get_args(Severity) if left[level]]
    all_of_them = len(material.result.findings)
    told = _TEXT["findings"].format(shown=len(shown), all=all_of_them, left=left.total(), levels=listed(levels))
    return paragraph(told, class_="notice")


def municipalities_note(material: ReportMaterial) -> Html:
    """How many municipalities are shown of all, and which; nothing where all are shown."""
    shown, all_of_them = len(material.shown_municipalities), len(material.municipalities)
    if shown == all_of_them:
        return NOTHING
    return paragraph(_TEXT["municipalities"].format(shown=shown, all=all_of_them), class_="notice")
