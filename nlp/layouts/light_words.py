"""Words that stand below titles and only say what the light drawn beside each title shows."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ljuskoll.nlp.layouts.bodies import Body, Start
from ljuskoll.nlp.layouts.entries import ends_sentence

MAX_WORDS = 4
MIN_COLOURS = 2
_DRAWN = ("fill", "icon")


def with_light_words(starts: Sequence[Start], bodies: Sequence[Body]) -> tuple[list[Start], list[Body]]:
    """The starts with such words as what their light is called, and the bodies without them.

    They open most of the texts, each stands beside one colour alone, and one of them comes again.
    """
    openings = [_opening(start, body) for start, body in zip(starts, bodies, strict=True)]
    counts = Counter(opening for opening in openings if opening)
    colours: defaultdict[str, set[str | None]] = defaultdict(set)
    for start, opening in zip(starts, openings, strict=True):
        colours[opening].add(start.declared.colour if start.declared else None)
    shown = [colours[word] for word in counts]
    is_scale = all(len(one) == 1 for one in shown) and len(set().union(*shown)) >= MIN_COLOURS
    if not is_scale or counts.total() <= len(counts) or 2 * counts.total() <= len(starts):
        return list(starts), list(bodies)
    pairs = [
        (
            replace(start, declared=start.declared.model_copy(update={"as_written": opening})),
            replace(body, paragraphs=body.paragraphs[1:]),
        )
        if opening and start.declared
        else (start, body)
        for start, body, opening in zip(starts, bodies, openings, strict=True)
    ]
    return [start for start, _ in pairs], [body for _, body in pairs]


def _opening(start: Start, body: Body) -> str:
    """The few words on a line of their own with which the text below a drawn light begins; empty where it does not."""
    text = body.paragraphs[0] if len(body.paragraphs) > 1 else ""
    is_drawn = start.declared is not None and start.declared.source in _DRAWN
    is_short = is_drawn and len(text.split()) <= MAX_WORDS and not ends_sentence(text) and not text.endswith(":")
    return text if is_short else ""
