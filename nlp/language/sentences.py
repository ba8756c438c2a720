"""Where Swedish sentences begin and end, as offsets into the text."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ljuskoll.nlp.language.word_files import word_file

Offsets = tuple[int, int]

_BULLET = re.compile(r"[ \t]*(?:[-–—•·*▪●◦‣»><]+|\(?\d{1,2}[.)]|\(?[a-zA-Z]\))(?=\s)\s+")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*")
_OPENING = "\"'”“’»«([-–•"
_INITIAL = re.compile(r"[A-ZÅÄÖ]\.")
_NUMBERED = re.compile(r"\(?\d{1,2}\.")
_GLUED = re.compile(r"[A-ZÅÄÖ][a-zåäö]")
_MAX_HEADING_WORDS = 10
_LOOK_AHEAD = 40
_LONGEST = 1000
"""Characters; what goes on longer without a full stop is a list or a table, and is read piece by piece."""
_PIECE = re.compile(
    rf"\S(?:.{{{_LONGEST // 2},{_LONGEST - 2}}}[,;:)](?=\s)|.{{0,{_LONGEST - 2}}}\S(?!\S)|\S{{0,{_LONGEST - 1}}})",
    re.DOTALL,
)
"""As much as is read at once: up to the last comma or bracket of its second half, else the last whole word."""


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = word_file(__package__, "abbreviations.toml")
    inner, final, continuing = (frozenset(data[name]) for name in ("inner", "final", "continuing"))
    return inner, final, continuing


@lru_cache(maxsize=64)
def split_sentences(text: str) -> tuple[Offsets, ...]:
    """(start, end) of each sentence, in order and without overlap; list bullets and numbering stand outside.

    None has more than a thousand characters, so that what is looked for around a word takes time by the text's length.
    """
    return tuple(
        piece
        for paragraph in _paragraphs(text)
        for sentence in _sentences(text, *paragraph)
        if sentence[0] < sentence[1]
        for piece in _pieces(text, *sentence)
    )


def _paragraphs(text: str) -> Iterator[Offsets]:
    """Runs of lines that belong together; each without surrounding space or a leading bullet."""
    start = 0
    for line in re.finditer(r"\n", text):
        following = text.find("\n", line.end())
        if _breaks(text[start : line.start()], text[line.end() : following if following >= 0 else len(text)]):
            yield _inside(text, start, line.start())
            start = line.end()
    yield _inside(text, start, len(text))


def _breaks(before: str, after: str) -> bool:
    """Whether the line break between these is one between paragraphs, rather than a wrapped line."""
    words = before.rpartition("\n")[2].split()
    following = after.strip()
    if not words or not following:
        return True
    if _BULLET.match(following + " ") and not following[:1].isdigit():
        return True
    _, _, continuing = _abbreviations()
    last = words[-1].lower()
    if last in continuing or last.endswith((",", "-", "–")):
        return False
    if _STOP.search(last[-2:]):
        return _BULLET.match(after) is not None
    starts_anew = following[0].isupper() or _BULLET.match(after) is not None
    return starts_anew and (last.endswith(":") or len(words) <= _MAX_HEADING_WORDS)


def _inside(text: str, start: int, end: int) -> Offsets:
    """The same range without surrounding space and without a leading bullet or number."""
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    stripped = text[start:end].strip()
    if not stripped:
        return start, start
    start += text[start:end].index(stripped[0])
    return start, start + len(stripped)


def _sentences(text: str, start: int, end: int) -> Iterator[Offsets]:
    begun = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() > begun and _ends(text, begun, stop, end):
            yield begun, stop.end()
            begun = _inside(text, stop.end(), end)[0]
    if begun < end:
        yield begun, end


def _pieces(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The sentence itself, or, if it is longer than any, its pieces."""
    if end - start <= _LONGEST:
        yield start, end
        return
    yield from (piece.span() for piece in _PIECE.finditer(text, start, end))


def _ends(text: str, begun: int, stop: re.Match[str], end: int) -> bool:
    """Whether this punctuation ends the sentence that began at `begun`."""
    after = text[stop.end() : min(end, stop.end() + _LOOK_AHEAD)]
    if not after.strip():
        return True
    if not after[0].isspace():
        word = text[begun : stop.start()].rsplit(None, 1)[-1:] or [""]
        return word[0][-1:].islower() and len(word[0]) > 2 and _GLUED.match(after) is not None
    following = after.lstrip().lstrip(_OPENING).lstrip()[:1]
    if following.islower():
        return False
    return stop.group()[0] != "." or not _is_abbreviation(text[begun : stop.start() + 1], following)


def _is_abbreviation(sentence: str, following: str) -> bool:
    """Whether the full stop at the end of `sentence` belongs to its last word."""
    inner, final, _ = _abbreviations()
    written = sentence[-_LOOK_AHEAD:].split()[-2:] if len(sentence) > _LOOK_AHEAD else sentence.split()
    words = [word.lower() for word in written]
    last, last_two = words[-1].lstrip("(\"'”"), " ".join(words[-2:])
    initial = _INITIAL.fullmatch(written[-1]) is not None
    number = _NUMBERED.fullmatch(last) is not None and (len(words) == 1 or words[-2].endswith(":"))
    if initial or number or last in inner or last_two in inner:
        return True
    return following.isdigit() and (last in final or last_two in final)
