"""Titles that run on into their comments: in bold ("**Bygg en bro.** Anbuden har kommit in. 🟢"), or with a board in
parentheses at their end ("Bygg en bro (TN). Anbuden har kommit in.").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ljuskoll.nlp.document import Block, Item
from ljuskoll.nlp.language.status import says_outright
from ljuskoll.nlp.layouts.labels import fits, read_label, role_of, split_labels
from ljuskoll.nlp.layouts.prepare import Numbered, with_parts
from ljuskoll.nlp.layouts.titles import looks_like_title
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

MIN_BOARDED = 3
"""So many items with a board after the title are a list of assignments."""
_BOARDED = re.compile(
    r"(?P<title>[^.!?]{6,160}\((?P<boards>[^()]{2,60})\))[.:]?\s+(?P<comment>[A-ZÅÄÖ0-9].*\S)", re.DOTALL
)
MIN_LIT = 2
"""So many titles whose comments have a light make a list."""


def with_bold_titles_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Sequence[Numbered]:
    """The items with bold beginnings as headings of their own where several are titles over texts with a light.

    The light is drawn in the text, stands after it alone, or is its last word.
    """
    split: dict[int, tuple[Block, Block]] = {}
    lit = 0
    for at, (_, item) in enumerate(items):
        parts = _lead_and_rest(item, vocabulary) if isinstance(item, Block) else None
        if parts is not None:
            split[at] = parts
            following = items[at + 1][1] if at + 1 < len(items) else None
            lit += _ends_in_light(parts[1], following, vocabulary)
    if lit < MIN_LIT or 2 * lit < len(split):
        return items
    return with_parts(items, split)


def with_boarded_titles_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Sequence[Numbered]:
    """The items of lists with title and comment apart where most of them have a board between the two."""
    listed = [at for at, (_, item) in enumerate(items) if isinstance(item, Block) and item.kind == "item"]
    split: dict[int, tuple[Block, Block]] = {}
    for at in listed:
        item = items[at][1]
        match = _BOARDED.fullmatch(item.text) if isinstance(item, Block) and not item.marks else None
        if isinstance(item, Block) and match is not None and vocabulary.boards.split(match["boards"]):
            title = replace(item, text=match["title"])
            split[at] = title, replace(item, text=match["comment"], kind="paragraph")
    if len(split) < MIN_BOARDED or 2 * len(split) < len(listed):
        return items
    return with_parts(items, split)


def _lead_and_rest(block: Block, vocabulary: Vocabulary) -> tuple[Block, Block] | None:
    """A text's bold beginning, where it can be a title, and the sentences after it."""
    if block.lead is None:
        return None
    title, rest = block.text[: block.lead.length].strip(), block.text[block.lead.length :].strip()
    is_apart = title.endswith((".", ":")) or rest.startswith(("–", "—", "-", ":"))
    title, rest = title.rstrip(" .:"), rest.lstrip(" :–—-")
    if not is_apart or " " not in title or rest[:1].islower() or not rest or not looks_like_title(title):
        return None
    if role_of(title, vocabulary) is not None or vocabulary.scale.read(title) is not None:
        return None
    if says_outright(title, vocabulary.phrases):
        return None
    head = replace(block, text=title, kind="heading", level=block.lead.level, marks=(), lead=None)
    return head, replace(block, text=rest, kind="paragraph", lead=None)


def _ends_in_light(block: Block, following: Item | None, vocabulary: Vocabulary) -> bool:
    scale = vocabulary.scale
    label = read_label(split_labels(block.text, vocabulary)[-1], vocabulary)
    if label is not None and label.role == "status" and fits("status", label.value, vocabulary):
        return True
    is_alone = isinstance(following, Block) and not following.text
    marks = (*block.marks, *(following.marks if is_alone and isinstance(following, Block) else ()))
    return scale.split_closing(block.text) is not None or any(scale.mark_colour(mark) is not None for mark in marks)
