"""What stands around the text on each page of a text that was copied from pages: headers, footers, page numbers."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import pairwise

from ljuskoll.nlp.readers.clean import single_spaced

_WORDS = "|".join(tomllib.loads((files("ljuskoll.nlp.readers.pdf") / "margins.toml").read_text("utf-8"))["page_words"])
_TOTAL = r"\s*(?:\(\s*\d+\s*\)|(?:/|av\b)\s*\d+)"
_PAGE = re.compile(
    rf"(?:(?<!\S)(?:{_WORDS})\s*(?P<said>\d+)(?:{_TOTAL})?|(?<!\S)(?P<of>\d{{1,4}})\s*\(\s*\d+\s*\))(?!\w)", re.I
)
_EDGE = " -–—|·•"
MAX_LINE = 160
MIN_PAGES = 2
_ENDS = (".", "!", "?", ":", ";")


def without_page_lines(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without lines that come again with the next page's number, and these lines, once each.

    A sentence that goes on after such lines is whole again.
    """
    lines = text.split("\n")
    dropped = _with_neighbours(lines, _page_lines(lines))
    if not dropped:
        return text, ()
    margins = dict.fromkeys(single_spaced(lines[at]) for at in sorted(dropped))
    return "\n".join(_kept(lines, dropped)), tuple(margins)


def _page_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines that are the same but for the page's number, which grows from each to the next."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        if (read := _read(line)) is not None:
            found.setdefault(read[0], []).append((read[1], at))
    runs = (run for run in found.values() if len(run) >= MIN_PAGES and _grows([page for page, _ in run]))
    return frozenset(at for run in runs for _, at in run)


def _read(line: str) -> tuple[str, int] | None:
    """A line without the page's number at its beginning or end, and that number; None where it has none."""
    text = single_spaced(line).strip(_EDGE)
    match = next((one for one in _PAGE.finditer(text) if one.start() == 0 or one.end() == len(text)), None)
    if match is None or len(text) > MAX_LINE:
        return None
    return f"{text[: match.start()]}#{text[match.end() :]}", int(match["said"] or match["of"])


def _grows(numbers: Sequence[int]) -> bool:
    return all(first < second for first, second in pairwise(numbers))


def _with_neighbours(lines: Sequence[str], found: frozenset[int]) -> frozenset[int]:
    """The lines with those right beside them that are the same on each page, and stand nowhere else."""
    beside: dict[str, set[int]] = {}
    for at in found:
        for near in (at - 1, at + 1):
            if 0 <= near < len(lines) and near not in found and (text := single_spaced(lines[near])):
                beside.setdefault(text, set()).add(near)
    everywhere = {at: single_spaced(line) for at, line in enumerate(lines)}
    more = (
        places
        for text, places in beside.items()
        if len(places) >= MIN_PAGES and places == {at for at, other in everywhere.items() if other == text}
    )
    return found.union(*more)


def _kept(lines: Sequence[str], dropped: frozenset[int]) -> Iterator[str]:
    """The other lines: one empty line where some were dropped, none where a sentence goes on."""
    last, blanks, is_cut = "", 0, False
    for at, line in enumerate(lines):
        is_page = "\f" in line
        if at in dropped or not line.strip():
            is_cut, blanks = is_cut or at in dropped, blanks + 1
            if is_page:
                yield "\f"
            continue
        if blanks and not (is_cut and last and line.strip()[0].islower() and not last.endswith(_ENDS)):
            yield from [""] * (1 if is_cut else blanks)
        yield line
        last, blanks, is_cut = line.rstrip(), 0, False
