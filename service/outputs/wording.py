"""The Swedish that outputs share: the text files beside the code, and records' parts put into words."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ljuskoll.nlp.followup import Period
from ljuskoll.service.record import Finding, Record


def load_text(name: str) -> dict[str, Any]:
    """The texts in one TOML file beside this module."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


WORDS = load_text("workbook_text.toml")

# Control characters but tab and line feed, lone surrogates and the two noncharacters that XML forbids.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with line ends as line feeds and without what neither a cell nor a terminal can show."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def layout_label(layout: str | None) -> str:
    """The layouts that fitted, in words ("Lista med ljus + Tabell"); nothing where none did."""
    names: dict[str, str] = WORDS["layouts"]
    return " + ".join(names.get(name, name) for name in layout.split("+")) if layout else ""


def colour_label(colour: str | None) -> str:
    """The light as a word ("Grön"; "Utan ljus" for None)."""
    label: str = WORDS["colours"][colour or "none"]
    return label


def date_label(period: Period | None) -> str:
    """The part of a period within its year: "T2", "30 juni", or nothing."""
    if period is None:
        return ""
    if period.tertial is not None:
        return str(WORDS["periods"]["tertial"]).format(tertial=period.tertial)
    if period.as_of is None:
        return ""
    return f"{period.as_of.day} {WORDS['periods']['months'][period.as_of.month - 1]}"


def period_label(period: Period | None) -> str:
    """The period with its year: "2024 T2", "2024 30 juni", "2024"; "Period saknas" for None."""
    if period is None:
        return str(WORDS["periods"]["unknown"])
    return f"{period.year} {date_label(period)}".rstrip()


def boards_label(record: Record) -> str:
    """The full names of the record's boards, else its boards as written, else "Nämnd saknas"."""
    return ", ".join(record.board_names or record.boards) or str(WORDS["records"]["no_board"])


def kind_label(finding: Finding) -> str:
    """The finding's kind and, on lines of their own, the other kinds that it also is."""
    return "\n+ ".join(str(WORDS["findings"][kind]) for kind in (finding.kind, *finding.also))


def on_page(page: int | None, message: str) -> str:
    """What is told of a page, with the page where one is known ("Sida 3: ...")."""
    return str(WORDS["sheets"]["documents"]["problem"]).format(page=page, message=message) if page else message


def distinct(labels: Sequence[str]) -> list[str]:
    """The labels without empty ones and repetitions, in the order in which they first come."""
    return [label for label in dict.fromkeys(labels) if label]
