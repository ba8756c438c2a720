"""Where what stands below an assignment's title ends: at the next title, a section's heading, or a list's last item."""

import re
from collections.abc import Sequence

from ljuskoll.nlp.language.claims import find_claims
from ljuskoll.nlp.layouts.bodies import Start, is_label_value, title_level
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.labels import MAX_SHORT, role_of
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.vocabulary.labels import is_subheading

MAX_BODY = 20
"""Blocks between two assignments of a list; where there are more, something else stands between them."""
_RUNS_ON = re.compile(r"[^:]{2,60}:\s+[a-zåäö]")
"""Right below a title this begins a comment ("Insatser: sommarläger i juli"), and is no section's heading."""


def body_ends(stream: Stream, starts: Sequence[Start]) -> list[int]:
    """For each start the index at which its body ends: the next start, or a heading of a section before it.

    After the last assignment of a list or section any headline ends it, since nothing after it says that it goes on.
    """
    ends = []
    for position, start in enumerate(starts):
        is_last = position + 1 == len(starts)
        limit = len(stream.entries) if is_last else starts[position + 1].first
        is_last = is_last or limit - start.body > MAX_BODY
        is_last = is_last or any(_is_section(stream, index) for index in range(start.body, limit))
        list_end = _list_end(stream, start, limit)
        end = start.body
        while end < limit and end != list_end and not _ends_body(stream, end, is_last, start):
            end += 1
        ends.append(end)
    return ends


def _ends_body(stream: Stream, index: int, is_last: bool, start: Start) -> bool:
    entry = stream.entries[index]
    if entry.block is None:
        return True
    if stream.label(index) is not None or stream.field(index) is not None:
        return False
    if is_last and _opens_other_matter(stream, index):
        return True
    if is_label_value(stream, index):
        return False
    if entry.block.kind != "heading" and (stream.declared(index) is not None or _is_bare_label(stream, index)):
        return False
    if is_last and (_counts_assignments(entry.text) or stream.is_legend(index)):
        return True
    above = stream.level(max(start.body - 1, start.first, 0))
    level = stream.level(index)
    is_marked = entry.block.kind == "heading"
    if is_subheading(entry.text) and (not is_marked or level > min(above, title_level(stream, start))):
        return False
    if (is_marked and level <= above) or (stream.heading_text(index) and stream.is_foreign(index)):
        return True
    if index == start.body and not is_marked and _RUNS_ON.match(entry.text):
        return False
    if _is_section(stream, index):
        return True
    return is_last and stream.is_heading(index) and index > start.body and not (is_marked and above < level < UNMARKED)


def _opens_other_matter(stream: Stream, index: int) -> bool:
    """Whether a heading of what follows up nothing has a sentence below it ("Beslut", in minutes), and no value."""
    below = index + 1
    is_foreign = stream.heading_text(index) is not None and stream.is_foreign(index)
    return is_foreign and below < stream.size and ends_sentence(stream.entries[below].text)


def _is_bare_label(stream: Stream, index: int) -> bool:
    """Whether a line is nothing but a label of a detail or of the comment ("Slutdatum")."""
    text = stream.entries[index].text.rstrip(" :")
    return len(text) <= MAX_SHORT and role_of(text, stream.vocabulary) in (
        "comment",
        "other",
        "date",
        "target",
        "value",
    )


def _is_section(stream: Stream, index: int) -> bool:
    return stream.is_section(index) and not is_label_value(stream, index) and not is_subheading(stream.text(index))


def _list_end(stream: Stream, start: Start, limit: int) -> int:
    """Where the items end whose labels say what the assignment is; `limit` where it has no such items."""
    if start.body >= limit or stream.label(start.body) is None:
        return limit
    end = start.body
    while end < limit and (block := stream.entries[end].block) is not None and block.kind == "item":
        end += 1
    is_told = end < limit and stream.label(end) is not None
    return end if end > start.body and not is_told else limit


def _counts_assignments(text: str) -> bool:
    """Whether a paragraph begins by counting assignments by their status: a summary of the list, no comment."""
    claims = find_claims(text)
    return bool(claims) and claims[0].start == 0
