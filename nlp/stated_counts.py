"""What a document says of how many assignments have which status, in sentences and in tables that count."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ljuskoll.nlp.followup import Claim, Colour, FollowUp, Kind, Period
from ljuskoll.nlp.language.claims import find_claims
from ljuskoll.nlp.layouts import Reading, Stream
from ljuskoll.nlp.layouts.counted import CountedRow, counted_rows, sums_up
from ljuskoll.nlp.layouts.stream import Entry
from ljuskoll.nlp.vocabulary.columns import kind_heading


def find_counts(stream: Stream, reading: Reading) -> tuple[Claim, ...]:
    """What stands outside the follow-ups and counts them by status; nothing where there is nothing to count."""
    if not reading.followups:
        return ()
    told = (claim for index in reading.rest for claim in _sentences(stream, stream.entries[index]))
    tables = ((entry, counted_rows(stream, table)) for entry, table in stream.tables())
    tabled = (claim for entry, rows in tables if rows for claim in _table(stream, entry, rows, reading.followups))
    return (*told, *tabled)


def _sentences(stream: Stream, entry: Entry) -> Iterator[Claim]:
    above = stream.headings_above(entry.index)
    for span in find_claims(entry.text):
        yield Claim(
            text=span.text,
            count=span.count,
            is_share=span.is_share,
            is_rough=span.is_rough,
            population=span.population,
            outcomes=span.outcomes,
            colours=span.colours,
            kind=span.kind,
            scope=stream.goal(above),
            board=_board(span.text, stream),
            period=stream.period(entry.index, above),
            places=stream.places([entry.index]),
        )


def _board(sentence: str, stream: Stream) -> str | None:
    """The one board that a counting sentence names."""
    names = {mention.name for mention in stream.vocabulary.boards.find(sentence)}
    return names.pop() if len(names) == 1 else None


def _table(stream: Stream, entry: Entry, rows: Sequence[CountedRow], followups: Sequence[FollowUp]) -> Iterator[Claim]:
    """The claims of a table's rows that count what is known: a board's, a goal's, or all.

    A row of all that only sums up the others says nothing of its own.
    """
    above = stream.headings_above(entry.index)
    told = _told_kinds([*(row.label for row in rows), *(stream.entries[head].text for head in above[:1])])
    held = told or {followup.kind for followup in followups}
    if len(held) != 1:
        return
    (kind,) = held
    resolve = stream.vocabulary.boards.resolve
    goals = {_plain(followup.goal): followup.goal for followup in followups if followup.goal}
    parts = [row for row in rows if not row.is_of_all]
    known = [row for row in parts if resolve(row.label) or _plain(row.label) in goals]
    wholes = [row for row in rows if row.is_of_all and not (known and known == parts and sums_up(row, parts))]
    _, sections = stream.with_names((), above)
    section = sections[0] if len(sections) == 1 else None
    period = stream.period(entry.index, above)
    for row in known:
        yield from _row(stream, row, kind, period, goals.get(_plain(row.label)), resolve(row.label), is_told=bool(told))
    for row in wholes:
        yield from _row(stream, row, kind, period, stream.goal(above), section, is_told=bool(told))


def _row(
    stream: Stream,
    row: CountedRow,
    kind: Kind,
    period: Period | None,
    scope: str | None,
    board: str | None,
    *,
    is_told: bool,
) -> Iterator[Claim]:
    """A claim for each light of the row's statuses; those without a light only count in the total."""
    counts: Counter[Colour] = Counter()
    for status, count in row.counts:
        if (colour := stream.vocabulary.scale.at(status, period).colour) is not None:
            counts[colour] += count
    for colour, count in counts.items():
        yield Claim(
            text=_quoted(row),
            count=count,
            population=row.sum if row.total is None else row.total,
            colours=(colour,),
            kind=kind,
            is_kind_told=is_told,
            scope=scope,
            board=board,
            period=period,
            places=row.places,
        )


def _told_kinds(words: Sequence[str]) -> set[Kind]:
    """What a table counts as its labels or the heading above it say."""
    return {kind for text in words if (kind := kind_heading(text)) is not None}


def _quoted(row: CountedRow) -> str:
    """A row in one line: "Socialnämnden: Grön 2, Röd 1"."""
    counts = ", ".join(f"{status.as_written} {count}" for status, count in row.counts)
    return f"{row.label}: {counts}" if row.label else counts


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
