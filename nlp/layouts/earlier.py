"""Earlier periods beside the report's own in one table, each with a status or comment of its own."""

from collections.abc import Iterator
from dataclasses import replace

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.layouts.cells import is_dash
from ljuskoll.nlp.layouts.chosen import period_of
from ljuskoll.nlp.layouts.drafts import Draft
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.vocabulary.labels import is_former
from ljuskoll.nlp.vocabulary.periods import PeriodMention, resolve_period


def with_earlier(columns: TableColumns) -> TableColumns:
    """The columns, with those of each period before the chosen one where they name several.

    A light alone beside those of the chosen period and one comment for all is the row's history.
    """
    own = period_of(columns.period_heading())
    if own is None:
        return columns
    told = [index for index, role in columns.roles.items() if role in ("status", "comment")]
    dated = {i: found for i in told if not is_former(columns.headings[i]) and (found := period_of(columns.headings[i]))}
    earlier = []
    for key in sorted({_order(mention) for mention in dated.values() if _order(mention) < _order(own)}, reverse=True):
        held = [index for index, mention in dated.items() if _order(mention) == key]
        status = next((index for index in held if columns.roles[index] == "status"), None)
        comments = tuple(index for index in held if columns.roles[index] == "comment")
        if comments or not columns.comments:
            earlier.append(replace(columns, status=status, comments=comments, marked=None))
    return replace(columns, earlier=tuple(earlier))


def _order(mention: PeriodMention) -> tuple[int, int, int]:
    return mention.year or 0, *(mention.as_of or (0, 0))


def earlier_drafts(draft: Draft) -> Iterator[Draft]:
    """The row as it stood in each earlier period that the table shows as well, where it says anything of its own."""
    for columns in draft.frame.columns.earlier:
        period = _earlier_period(draft.frame.period, columns.period_heading())
        before = Draft(
            frame=replace(draft.frame, columns=columns, period=period),
            title=draft.title,
            rows=draft.rows,
            goal=draft.goal,
            board=draft.board,
            kind=draft.kind,
            labels={role: text for role, text in draft.labels.items() if role == "board"},
        )
        own = [index for index in (columns.status, *columns.comments) if index is not None]
        if any(row[index].marks or not is_dash(row[index].text) for row in draft.rows for index in own):
            yield before


def _earlier_period(current: Period | None, heading: str) -> Period | None:
    """The period that a column's heading names, with the report's year where it names none."""
    mention = period_of(heading)
    if mention is None:
        return None
    year = mention.year or (current.year if current is not None else None)
    period = resolve_period([replace(mention, year=year)])
    is_full = period is not None and period.as_of is None and current is not None and current.is_year_end
    return Period.of_tertial(period.year, 3) if period is not None and is_full else period
