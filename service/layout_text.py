"""A suggested `[layout]` as TOML that works as it is, with Swedish comments on what to decide."""

import json
from collections.abc import Iterator

from ljuskoll.nlp.layouts.suggestion import Guess, Suggestion
from ljuskoll.nlp.vocabulary.columns import holdings

WIDTH = 50
_RESERVED = ("title", "pages", "board")


def layout_lines(suggestion: Suggestion, *, has_records: bool) -> Iterator[str]:
    """The lines of a `ljuskoll.toml`; comments alone where there is nothing to suggest."""
    yield ""
    if not (suggestion.guesses or suggestion.title or suggestion.grades):
        yield "# Inget att föreslå: inga tabeller eller ledtexter som liknar en uppföljning."
        return
    if has_records:
        yield "# Dokumentet läses redan. Spara detta i ljuskoll.toml i dokumentets mapp bara om något lästes fel."
    else:
        yield "# Spara detta i ljuskoll.toml i dokumentets mapp. Kontrollera gissningarna; okänt är bortkommenterat."
    yield f"# Kolumntyper: {', '.join(holdings())}."
    yield "[layout]"
    yield "# Läs bara dessa sidor:"
    yield '# pages = "1-10"'
    if suggestion.title is not None:
        yield f"title = {quoted(suggestion.title)}  # så känns titlarna igen"
    if suggestion.board is not None:
        yield f"board = {quoted(suggestion.board)}  # nämnden på raden före (before) eller efter (after) titeln"
    for guess in suggestion.guesses:
        yield _guess(guess)
    if suggestion.grades:
        yield ""
        yield "[scale]"
        yield "# ATT BESTÄMMA: byt none mot green, yellow eller red där ordet står för ett ljus."
        yield from (f'{quoted(word)} = "none"  # {times} gånger' for word, times in suggestion.grades)


def _guess(guess: Guess) -> str:
    sample = f"  # till exempel: {_printable(guess.sample)[:WIDTH]}" if guess.sample else ""
    if guess.holds is None or guess.heading.strip() in _RESERVED:
        return f'# {quoted(guess.heading)} = ""{sample}'
    return f"{quoted(guess.heading)} = {quoted(guess.holds)}{sample}"


def quoted(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
