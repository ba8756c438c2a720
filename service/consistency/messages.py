"""Findings put into words: the assignment, board and period, both sides with place, and a question for the board."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ljuskoll.nlp.followup import Claim, Colour, Period, Place
from ljuskoll.service.record import Record

MAX_QUOTE = 160
MAX_TITLE = 120
"""Longer texts are shortened in messages; the evidence holds them whole."""


@cache
def _text() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "messages.toml").read_text(encoding="utf-8"))


def declared_vs_phrase(record: Record, declared: Colour, phrase: Colour) -> str:
    """The light does not agree with the status sentence."""
    text = _text()["declared_vs_phrase"]
    quote = shortened(record.phrase.text if record.phrase else "", MAX_QUOTE)
    message = text["text"].format(subject=_subject(record), light=_light(record), quote=quote, where=_where(record))
    return f"{message} {text.get(f'{declared}_{phrase}', text['other'])}"


def declared_vs_comment(record: Record, declared: Colour, supported: Colour) -> str:
    """The light does not agree with what the comment supports."""
    text = _text()["declared_vs_comment"]
    quote = next((shortened(part.text, MAX_QUOTE) for part in record.assessment.evidence), "")
    message = text["text" if quote else "text_bare"].format(
        subject=_subject(record),
        light=_light(record),
        supported=_text()["supported"][supported],
        quote=quote,
        where=_where(record),
    )
    return f"{message} {text.get(f'{declared}_{supported}', text['other'])}"


def over_time(before: Record, after: Record, reopened: bool) -> str:
    """What was foretold or reported as done is reported as not done."""
    text = _text()["over_time"]
    name = "reopened" if reopened else "missed"
    message = text[name].format(
        subject=_subject(after), before=_side(text["side"], before), after=_side(text["later"], after)
    )
    return f"{message} {text[f'{name}_question']}"


def aggregate(claims: Sequence[tuple[Claim, int, int]], path: str, population: int) -> str:
    """Claims of one sentence, each with the least and the greatest number that the lights allow."""
    text = _text()["aggregate"]
    first = claims[0][0]
    noun = _text()["noun"][first.kind]
    counts = ", ".join(_count(text, *claim) for claim in claims)
    quote = shortened(first.text, MAX_QUOTE)
    where = _place(path, first.places)
    message = text["text"].format(quote=quote, where=where, population=population, noun=noun, counts=counts)
    return f"{message} {text['question'].format(noun=noun)}"


def shortened(text: str, limit: int) -> str:
    """The text on one line, cut after a whole word where it is too long."""
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def _count(text: dict[str, str], claim: Claim, low: int, high: int) -> str:
    names = claim.outcomes or claim.colours
    status = "/".join(_text()["status"][name] for name in names)
    counted = str(low) if low == high else text["several"].format(low=low, high=high)
    return text["count"].format(claimed=claim.count, status=status, counted=counted)


def _subject(record: Record) -> str:
    text = _text()["subject"]
    board = ", ".join(record.board_names or record.boards) or text["no_board"]
    assignment = f"«{shortened(record.assignment, MAX_TITLE)}»"
    return str(text["text"].format(assignment=assignment, board=board, period=_period(record.period)))


def _side(template: str, record: Record) -> str:
    quote = ""
    if record.phrase:
        quote = _text()["light"]["quoted"].format(quote=shortened(record.phrase.text, MAX_QUOTE))
    return template.format(period=_period(record.period), light=_light(record), quote=quote, where=_where(record))


def _light(record: Record) -> str:
    text = _text()["light"]
    declared = record.declared
    light: str = text[(declared.colour if declared else None) or "none"]
    written = declared.as_written.strip() if declared and declared.source == "text" else ""
    if not written or written.casefold() in _text()["plain"]["words"]:
        return light
    return str(text["worded"].format(light=light, written=shortened(written, MAX_TITLE)))


def _period(period: Period | None) -> str:
    if period is None:
        return str(_text()["subject"]["no_period"])
    text = _text()["period"]
    if period.tertial is not None:
        return str(text["tertial"].format(tertial=period.tertial, year=period.year))
    if period.as_of is None:
        return str(period.year)
    month = text["months"][period.as_of.month - 1]
    return str(text["date"].format(day=period.as_of.day, month=month, year=period.as_of.year))


def _where(record: Record) -> str:
    return _place(record.document.path, record.places)


def _place(path: str, places: Sequence[Place]) -> str:
    if not places:
        return path
    text = _text()["where"]
    if places[0].cell:
        return str(text["cell"].format(path=path, cell=places[0].cell))
    return str(text["page"].format(path=path, page=places[0].page))
