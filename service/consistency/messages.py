"""Findings put into words: the assignment, board and period, both sides with place, and a question for the board."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Claim, Colour, Declared, Period, Place
from ljuskoll.service.record import DocumentRecord, PlanRecord, Record
from ljuskoll.service.shortening import shortened

MAX_QUOTE = 160
MAX_TITLE = 120
"""Longer texts are shortened in messages; the evidence holds them whole."""


@cache
def _text() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "messages.toml").read_text(encoding="utf-8"))


def declared_vs_phrase(record: Record, phrase: Colour) -> str:
    """The light does not agree with the status sentence."""
    return _told(
        "declared_vs_phrase",
        _question(record.declared, phrase),
        subject=_subject(record),
        light=_light(record),
        quote=_phrase(record),
        where=_where(record),
    )


def declared_vs_comment(record: Record, supported: Colour) -> str:
    """The light does not agree with what the comment supports."""
    return _told(
        "declared_vs_comment",
        _question(record.declared, supported),
        subject=_subject(record),
        light=_light(record),
        supported=_text()["supported"][supported],
        quotes=_quotes(record.assessment),
        where=_where(record),
    )


def light_vs_facts(record: Record, supported: Colour, told: str) -> str:
    """The light is green, and a figure of the comment says otherwise."""
    return _told(
        "light_vs_facts",
        subject=_subject(record),
        light=_light(record),
        supported=_text()["supported"][supported],
        quote=shortened(told, MAX_QUOTE),
        where=_where(record),
    )


def phrase_vs_comment(record: Record, supported: Colour, rest: Assessment) -> str:
    """The status sentence does not agree with the rest of its comment."""
    return _told(
        "phrase_vs_comment",
        supported,
        subject=_subject(record),
        quote=_phrase(record),
        supported=_text()["supported"][supported],
        quotes=_quotes(rest),
        where=_where(record),
    )


def said_reached(record: Record, supported: Colour, told: str) -> str:
    """The status sentence says done, and a figure or a part of the comment says otherwise."""
    return _told(
        "said_reached",
        supported,
        subject=_subject(record),
        phrase=_phrase(record),
        told=_text()["said_reached"]["missed" if supported == "red" else "still"],
        quote=shortened(told, MAX_QUOTE),
        where=_where(record),
    )


def over_time(check: str, before: Record, after: Record) -> str:
    """Two reports of one assignment that do not agree; `check` says how."""
    text = _text()["over_time"]
    sides = {"before": _side(text["side"], before), "after": _side(text["side"], after)}
    return _told(check, subject=_subject(after), **sides)


def figure(check: str, before: Record, was: str, after: Record, now: str) -> str:
    """A figure of an earlier report that a later one does not agree with; `was` and `now` tell them."""
    sides = {
        name: _text()["figure"]["side"].format(
            period=_period(record.period), quote=shortened(told, MAX_QUOTE), where=_where(record)
        )
        for name, record, told in (("before", before, was), ("after", after, now))
    }
    return _told(check, subject=_subject(after), **sides)


def vanished(record: Record, last: Record) -> str:
    """An assignment that was not finished is not in the year's last report."""
    side = _side(_text()["over_time"]["side"], record)
    return _told("vanished", subject=_subject(record), side=side, last=_period(last.period), path=last.document.path)


def reworded(before: Record, after: Record) -> str:
    """An assignment that asks for something else than before."""
    texts = {
        "was": shortened(before.assignment, MAX_TITLE),
        "then": _period(before.period),
        "then_where": _where(before),
    }
    return _told("reworded", subject=_subject(after), where=_where(after), **texts)


def across_documents(check: str, one: Record, other: Record) -> str:
    """Two documents about one assignment and period that do not agree; `check` says in what."""
    side = _text()["across_documents"]["side"]
    sides = [
        side.format(light=_light(record), quotes=_phrase_or_quotes(record), where=_where(record))
        for record in (one, other)
    ]
    return _told(check, subject=_subject(one), one=sides[0], other=sides[1])


def lacks(what: str, record: Record) -> str:
    """A record lacks a status or a comment, which its neighbours have."""
    return _told(f"lacks_{what}", subject=_subject(record), light=_light(record), where=_where(record))


def document_lacks(what: str, document: DocumentRecord, lacking: int, records: Sequence[Record]) -> str:
    """Most of a document's records lack a status or a comment."""
    noun = _text()["noun"][records[0].kind]
    return _told(f"document_lacks_{what}", path=document.path, lacking=lacking, records=len(records), noun=noun)


def empty_words(record: Record) -> str:
    """A comment says nothing of its assignment."""
    quote = shortened(record.comment, MAX_QUOTE)
    return _told("empty_words", subject=_subject(record), quote=quote, where=_where(record))


def missing_report(municipality: str, board: str, period: Period) -> str:
    """A period's report is not in the archive."""
    whose = _text()["missing_report"]["board" if board else "municipality"]
    whose = whose.format(municipality=municipality, board=board)
    return _told("missing_report", whose=whose, period=_period(period), year=period.year)


def unfollowed(items: Sequence[PlanRecord]) -> str:
    """Goals and key figures of a plan that are not followed up."""
    text = _text()["unfollowed_plan"]
    named = ", ".join(text["item"].format(text=shortened(item.text, MAX_TITLE), unit=item.unit) for item in items)
    years = "–".join(str(year) for year in sorted({items[0].years[0], items[0].years[-1]}))
    where = _place(items[0].document.path, items[0].places)
    return _told("unfollowed_plan", where=where, years=years, count=len(items), items=named)


def aggregate(claims: Sequence[tuple[Claim, int, int]], path: str, population: int) -> str:
    """Claims of one sentence, each with the least and the greatest number that the lights allow."""
    text = _text()["aggregate"]
    first = claims[0][0]
    noun = _text()["noun"][first.kind]
    counts = ", ".join(_count(text, *claim, population) for claim in claims)
    quote = shortened(first.text, MAX_QUOTE)
    where = _place(path, first.places)
    message = text["text"].format(quote=quote, where=where, population=population, noun=noun, counts=counts)
    return f"{message} {text['question'].format(noun=noun)}"


def _told(name: str, question: str = "question", **parts: object) -> str:
    """The finding's sentence and the question that a reviewer could put to the board, where there is one."""
    text = _text()[name]
    return f"{text['text'].format(**parts)} {text.get(question, text.get('question', ''))}".strip()


def _question(declared: Declared | None, supported: Colour) -> str:
    return f"{declared.colour if declared else None}_{supported}"


def _phrase(record: Record) -> str:
    return shortened(record.phrase.text if record.phrase else "", MAX_QUOTE)


def _quotes(assessment: Assessment) -> str:
    """The first part of the evidence, quoted; nothing where there is none."""
    quoted = _text()["quotes"]["text"]
    return next((quoted.format(quote=shortened(part.text, MAX_QUOTE)) for part in assessment.evidence), "")


def _phrase_or_quotes(record: Record) -> str:
    return _text()["quotes"]["text"].format(quote=_phrase(record)) if record.phrase else _quotes(record.assessment)


def _count(text: dict[str, str], claim: Claim, low: int, high: int, population: int) -> str:
    names = claim.outcomes or claim.colours
    status = "/".join(_text()["status"][name] for name in names)
    numbers = [round(100 * number / population) if claim.is_share else number for number in (low, high)]
    counted = str(numbers[0]) if low == high else text["several"].format(low=numbers[0], high=numbers[1])
    return text["share" if claim.is_share else "count"].format(claimed=claim.count, status=status, counted=counted)


def _subject(record: Record) -> str:
    text = _text()["subject"]
    board = ", ".join(record.board_names or record.boards) or text["no_board"]
    assignment = f"«{shortened(record.assignment, MAX_TITLE)}»"
    return str(text["text"].format(assignment=assignment, board=board, period=_period(record.period)))


def _side(template: str, record: Record) -> str:
    quote = _text()["light"]["quoted"].format(quote=_phrase(record)) if record.phrase else ""
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
