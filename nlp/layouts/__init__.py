"""Layouts: blocks and tables to follow-ups. Which of them fits is decided by what the document holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.followup import FollowUp, PlanItem, TableAccount
from ljuskoll.nlp.layouts import announced, coloured, flattened, listed, plan, run_in, sectioned, stated, tabled
from ljuskoll.nlp.layouts.groups import goals_over_tables
from ljuskoll.nlp.layouts.items import Parsed
from ljuskoll.nlp.layouts.signals import SAMPLE, Signal, unexplained
from ljuskoll.nlp.layouts.stream import Stream

_Layout: TypeAlias = Callable[[Stream, frozenset[int]], Parsed]
_BLOCK_LAYOUTS: tuple[_Layout, ...] = (coloured.parse, listed.parse, sectioned.parse, run_in.parse)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the layouts made of a document.

    `layout` names those that fitted, joined by "+"; `rest` are the indices of entries that none used;
    `signals` are signs of a follow-up that gave no record.
    """

    layout: str | None
    followups: tuple[FollowUp, ...]
    plans: tuple[PlanItem, ...]
    accounts: tuple[TableAccount, ...]
    signals: tuple[Signal, ...]
    rest: tuple[int, ...]


def read_layout(stream: Stream) -> Reading:
    """The follow-ups, or else the plan, in a document, and what speaks of a follow-up without having become one.

    A heading that is a record of its own, over a table of records of other kinds, is their goal: what stands there is
    then read once more.
    """
    reading, heads, tables = _read(stream)
    goals = goals_over_tables(stream, heads, tables)
    if not goals:
        return reading
    stream.take_as_goals(goals)
    return _read(stream)[0]


def _read(stream: Stream) -> tuple[Reading, frozenset[int], frozenset[int]]:
    """The reading, the headings that became titles, and the tables that became records."""
    tables, accounts = tabled.parse(stream)
    found = [tables] if tables.followups else []
    reads_page = stream.vocabulary.columns.reads_page
    free = frozenset(entry.index for entry in stream.blocks() if reads_page(entry.page)) - tables.used
    flat = flattened.parse(stream, free)
    found += [flat] if flat.followups else []
    free -= flat.used | flat.refused
    told = stated.parse(stream, free)
    found += [told] if told.followups else []
    free -= told.used
    waiting = list(_BLOCK_LAYOUTS)
    while waiting:
        parsed = [layout(stream, free) for layout in waiting]
        best = max(range(len(parsed)), key=lambda position: (len(parsed[position].followups), -position))
        if not parsed[best].followups:
            break
        found.append(parsed[best])
        free -= parsed[best].used
        waiting.pop(best)
    if not found and (last := announced.parse(stream, free)).followups:
        found.append(last)
    followups = tuple(followup for parsed in found for followup in parsed.followups)
    plans = () if followups else plan.parse(stream)
    used = frozenset(index for parsed in found for index in parsed.used) | tables.used
    refused = tuple(_refused(stream, flat.refused))
    plans = () if refused else plans
    signals = () if plans else (*refused, *unexplained(stream, used | flat.refused, has_records=bool(followups)))
    name = "+".join(dict.fromkeys(parsed.layout for parsed in found)) or (plan.NAME if plans else None)
    rest = tuple(entry.index for entry in stream.entries if entry.index not in used)
    heads = frozenset(index for parsed in found for index in parsed.heads)
    return Reading(name, followups, plans, accounts, signals, rest), heads, tables.used


def _refused(stream: Stream, indices: frozenset[int]) -> Iterator[Signal]:
    """One signal for each run of entries that look like follow-ups but can be read in no one way."""
    for index in sorted(indices):
        if index - 1 not in indices:
            entry = stream.entries[index]
            yield Signal(entry.page, entry.text[:SAMPLE], "uppradade celler")


__all__ = ["Reading", "Signal", "Stream", "read_layout"]
