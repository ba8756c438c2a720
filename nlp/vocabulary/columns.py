"""What a column heading, a label or a section heading says about what stands in or below it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, TypeAlias, cast

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.vocabulary.words import either, load, without_rings

Role: TypeAlias = Literal[
    "title",
    "board",
    "person",
    "status",
    "comment",
    "trend",
    "target",
    "value",
    "number",
    "goal",
    "date",
    "period",
    "kind",
]
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
Position: TypeAlias = Literal["before", "after"]
MAX_HEADING = 60
"""Longer texts are no column headings, unless a user's own settings say so."""

MAX_WORDS_BEFORE = 3
"""A heading that ends with the kind of its titles has at most so many words before it."""

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PAGES = re.compile(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?")
_TITLES = re.compile(r"(heading)(?: ([1-6]))?|numbered|item")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds; `kind` is set for the column with the titles."""

    role: Role
    kind: Kind | None = None


def _data() -> dict[str, dict[str, list[str]]]:
    return load("columns.toml")


@cache
def _columns() -> dict[str, Column]:
    roles = {word: Column(cast(Role, role)) for role, words in _data()["roles"].items() for word in words}
    kinds = {word: Column("title", cast(Kind, kind)) for kind, words in _data()["kinds"].items() for word in words}
    return {**roles, **kinds}


@cache
def holdings() -> dict[str, Column]:
    """What a column can be said to hold in `[layout]`: "assignment", "goal", "board", "status" ..."""
    roles = {role: Column(cast(Role, role)) for role in _data()["roles"]}
    return roles | {kind: Column("title", cast(Kind, kind)) for kind in _data()["kinds"]}


def heading_of(role: Role) -> str:
    """The usual heading of a column, for one that the source heads otherwise."""
    return _data()["roles"][role][0].capitalize()


def heading_of_titles(kind: Kind) -> str:
    """The usual heading of a column of titles."""
    return _data()["kinds"][kind][0].capitalize()


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(":").strip()


def _asked(words: str) -> str:
    """A heading that asks, without its question mark ("Vad har vi gjort?"); "" where grades may answer as well."""
    return "" if words in _data()["questions"]["graded"] else words.rstrip("?").strip()


@cache
def _by_letters() -> dict[str, str]:
    """Every known heading by its letters without rings and dots."""
    return {without_rings(word): word for word in _columns()}


def _of_system(text: str) -> str:
    """A heading as an exporting system spells it ("Mal_namn", "StatusKod"), in plain words."""
    if not text.isascii():
        return _plain(text)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]", " ", text)
    words = _plain(apart).split()
    if " ".join(words) in _by_letters():
        return _by_letters()[" ".join(words)]
    words = [word for word in words if word not in _rows("system")]
    return _by_letters().get(" ".join(words), " ".join(_by_letters().get(word, word) for word in words))


@dataclass(frozen=True, slots=True)
class Columns:
    """The built-in headings, and what a user's `[layout]` says, which wins.

    `own` maps headings and labels (lower case), `numbered` columns from 1 in tables without headings. `title` is
    how titles are told outside of tables: "heading", "heading 3", "numbered", "item", or the word that they begin
    with. `board` is where a line with the board stands beside a title; `pages` are first and last pages to read.
    """

    own: tuple[tuple[str, Column], ...] = ()
    numbered: tuple[tuple[int, Column], ...] = ()
    title: str | None = None
    board: Position | None = None
    pages: tuple[tuple[int, int], ...] = ()

    @classmethod
    def default(cls, layout: Mapping[str, str] | None = None) -> "Columns":
        """With what `[layout]` in ljuskoll.toml says. Raises UsageError for what it cannot say."""
        own: list[tuple[str, Column]] = []
        numbered: list[tuple[int, Column]] = []
        options: dict[str, str] = {}
        for heading, holds in (layout or {}).items():
            if heading in ("title", "pages") or (heading == "board" and holds not in holdings()):
                options[heading] = holds
            elif re.fullmatch(r"\s*\d{1,2}\s*", heading):
                numbered.append((int(heading), _holding(heading, holds)))
            else:
                own.append((_plain(heading), _holding(heading, holds)))
        return cls(
            tuple(own),
            tuple(sorted(numbered, key=lambda pair: pair[0])),
            _title(options.get("title")),
            _position(options.get("board")),
            _page_ranges(options.get("pages")),
        )

    def reads_page(self, page: int) -> bool:
        """Whether follow-ups are looked for on a page."""
        return not self.pages or any(first <= page <= last for first, last in self.pages)

    def read(self, text: str) -> Column | None:
        """What a column headed by `text` holds; None where the heading says nothing."""
        if own := self.read_own(text):
            return own
        return _column_of(text)

    def read_own(self, text: str) -> Column | None:
        """What the user's own settings say of a heading or label."""
        words = _plain(text)
        return next((column for heading, column in self.own if words == heading), None)

    def label(self, text: str) -> Column | None:
        """What a label before a colon says, by its exact words alone."""
        return self.read_own(text) or _columns().get(" ".join(text.lower().split()))


@lru_cache(maxsize=20_000)
def _column_of(text: str) -> Column | None:
    """What a heading says by our own words, as people or systems spell it."""
    if len(text) > 2 * MAX_HEADING:
        return None
    spellings = dict.fromkeys((_plain(text), _of_system(text)))
    return next((column for words in spellings if (column := _of_words(words)) is not None), None)


def _of_words(words: str) -> Column | None:
    """What plain lower-case words say."""
    if not words or len(words) > MAX_HEADING:
        return None
    table = _columns()
    if words in table:
        return table[words]
    if table.get(words.split()[-1]) == Column("number"):
        return Column("number")
    if _asks_whether_done(words):
        return Column("status")
    for part in re.split(r"\s*/\s*|\s+och\s+|\s*\(", words)[:1]:
        if part in table:
            return table[part]
    asked = _asked(words)
    return (table.get(asked) or _beginning(asked) or _ending(asked)) if asked else None


def _beginning(words: str) -> Column | None:
    """The longest known heading that `words` begins with, if what follows is a period or a few words."""
    table = _columns()
    parts = words.split()
    for length in range(min(4, len(parts)), 0, -1):
        beginning = " ".join(parts[:length])
        if beginning in table and len(parts) - length <= 4:
            return table[beginning]
    return None


def _ending(words: str) -> Column | None:
    """What a short heading ends with ("Fullmäktiges uppdrag", "Nämndens kommentar")."""
    parts = words.split()
    column = _columns().get(parts[-1])
    is_told = column is not None and column.role in ("title", "status", "comment") and not is_weak_comment(parts[-1])
    return column if len(parts) <= MAX_WORDS_BEFORE + 1 and is_told else None


def _asks_whether_done(words: str) -> bool:
    """Whether a heading asks, or says, that a thing is done ("Målet nått?", "Nås målet?", "Uppdraget genomfört").

    Without a question the thing stands first: "Genomförda åtgärder" is a list of them.
    """
    forms = load("scales.toml")["forms"]
    done, things = {*forms["done"], *forms["reached"]}, {*forms["thing"], *_data()["questions"]["things"]}
    parts = [part for part in re.split(r"[\s()]+", words.replace("?", " ")) if part]
    told = [part for part in parts if part not in _data()["questions"]["small"]]
    if len(told) == 1 and told[0] in done:
        return any(part in _data()["questions"]["choices"] for part in parts)
    if len(told) != 2:
        return False
    if "?" in words and told[1] in _data()["questions"]["done"]:
        return told[0] in things
    if "?" in words and told[0] in done:
        return told[1] in things
    return told[0] in things and told[1] in done and ("?" in words or told == parts)


def _holding(heading: str, holds: str) -> Column:
    column = holdings().get(holds)
    if column is None:
        known = ", ".join(holdings())
        raise UsageError(f"ljuskoll.toml, [layout]: «{heading}» har okänd kolumntyp «{holds}» ({known}).")
    if heading.strip() == "0":
        raise UsageError("ljuskoll.toml, [layout]: kolumnerna räknas från «1», inte «0».")
    return column


def _title(value: str | None) -> str | None:
    """How titles are told. Raises UsageError for an empty word or a heading level that does not exist."""
    if value is None or _TITLES.fullmatch(value):
        return value
    if not value.strip() or value.startswith("heading "):
        raise UsageError(
            f"ljuskoll.toml, [layout]: title = «{value}» går inte att tolka. Skriv «heading», «heading 1» till "
            "«heading 6», «numbered», «item» eller det ord som titlarna börjar med."
        )
    return " ".join(value.split())


def _position(value: str | None) -> Position | None:
    if value not in (None, "before", "after"):
        raise UsageError(
            f"ljuskoll.toml, [layout]: board = «{value}» går inte att tolka. Skriv «before» (nämnden på raden "
            "före titeln) eller «after» (på raden efter)."
        )
    return cast("Position | None", value)


def _page_ranges(value: str | None) -> tuple[tuple[int, int], ...]:
    """ "34-41, 50" as ((34, 41), (50, 50)). Raises UsageError for anything else."""
    ranges = []
    for part in value.split(",") if value is not None else ():
        match = _PAGES.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise UsageError(
                f"ljuskoll.toml, [layout]: pages = «{value}» går inte att tolka. Skriv till exempel «34-41»."
            )
        ranges.append((first, last))
    return tuple(ranges)


@cache
def _rows(name: str) -> frozenset[str]:
    return frozenset(_data()["rows"][name])


def is_sex(text: str) -> bool:
    """Whether a cell says for whom a row's figures are ("Kvinnor", "K"), all of them too ("Totalt")."""
    return _plain(text).strip("–- .") in _rows("sexes") | _rows("both")


def is_both_sexes(text: str) -> bool:
    """Whether a cell or heading says that figures are for women and men together."""
    return _plain(text).strip("–- .") in _rows("both")


def without_sex(text: str) -> tuple[str, str] | None:
    """A title and the sex after it ("Sjukfrånvaro, kvinnor"); None where it has none."""
    match = re.fullmatch(r"(.{3,}?)(?:\s*[,:–]\s*|\s+-\s+|\s*\()(\w+(?: \w+)?)\)?", text)
    is_one = match is not None and len(match[2]) > 1 and is_sex(match[2])
    return (match[1], match[2]) if match is not None and is_one else None


def is_sum(text: str) -> bool:
    """Whether a row's title says that it sums up the rows above ("Totalt")."""
    return _plain(re.sub(r"[\d\s.,:%]+$", "", text)) in _rows("sums")


def without_counting(text: str) -> str:
    """A heading without the words that say that something is counted below it ("Antal gröna uppdrag": "gröna")."""
    return " ".join(word for word in text.split() if _plain(word) not in _rows("counting"))


def without_continued(text: str) -> str | None:
    """A title without the word that says that it goes on ("Bygg en bro, forts."); None where it has none."""
    words = "|".join(map(re.escape, sorted(_rows("continued"), key=len, reverse=True)))
    before = rf"\(?(?:{words})(?:[.):]+\s*|$)(?P<after>.*)"
    after = rf"(?P<before>.+?)[\s,–-]+\(?(?:{words})[.)]*"
    match = re.fullmatch(rf"(?:{before}|{after})", " ".join(text.split()), re.IGNORECASE)
    return None if match is None else (match["after"] or match["before"] or "").strip()


def is_weak_comment(text: str) -> bool:
    """Whether a heading means a comment only where a status stands beside it ("Beskrivning")."""
    return _plain(text) in _rows("weak_comments")


def is_plain_comment(text: str) -> bool:
    """Whether a heading says that what stands below it are comments, and nothing else ("Kommentar T2")."""
    return any(word in _rows("plain_comments") for word in _plain(text).split())


def is_name(text: str) -> bool:
    """Whether a heading only says that something's name stands below it ("Benämning")."""
    return _plain(text) in _rows("names")


def is_loose_title(text: str) -> bool:
    """Whether a label stands beside what is followed up where no other label does ("Beslut", "Motion")."""
    return _plain(text) in _rows("loose_titles")


def is_status_and_comment(text: str) -> bool:
    """Whether a heading says that status and comment stand together below it ("Status/kommentar")."""
    words = {word.lower() for word in _WORDS.findall(text)}
    return all(not words.isdisjoint(_data()["roles"][role]) for role in ("status", "comment"))


def asks_if_finished(text: str) -> bool:
    """Whether a heading asks if something is finished ("Avslutat"): a no says that it goes on, and no light."""
    return _plain(text) in _rows("finished")


def is_degree(text: str) -> bool:
    """Whether a heading stands above percentages that say how much is done ("Färdigställandegrad")."""
    return _plain(text).startswith(tuple(sorted(_rows("degrees"))))


def is_foreign_heading(text: str, sort: Literal["risk", "money", "people"]) -> bool:
    """Whether a column heading speaks of risks, money or people, as those of follow-ups seldom do."""
    words = [word.lower() for word in _WORDS.findall(text)]
    is_comment = any(word in _data()["roles"]["comment"] for word in words)
    return not (is_comment or _foreign(sort).isdisjoint(words))


@cache
def _foreign(sort: str) -> frozenset[str]:
    return frozenset(_data()["foreign"][sort])


def goal_heading(text: str) -> bool:
    """Whether a heading names a goal ("Mål 3 – Trygga barn"), not goals in general ("Mål och budget")."""
    words = _SECTION.sub("", text).lower().strip(" .:")
    data = _data()["goal_headings"]
    if any(words == no or words.startswith(f"{no} ") for no in data["not_goals"] if no != "mål") or words == "mål":
        return False
    if goals_among(words):
        return False
    return any(re.match(rf"{re.escape(word)}(?:\s+\d+|\s*[:–-]|\s+\S)", words) for word in data["words"])


def numbered_kind(text: str) -> Kind | None:
    """The kind of a line that is nothing but its word and a number ("Mål 3", "Indikator 2.1")."""
    match = re.fullmatch(r"([^\W\d_]+)\s+\d{1,3}(?:[.:]\d{1,3})*[.:]?", text.strip())
    column = _columns().get(match[1].lower()) if match is not None else None
    return column.kind if column is not None and column.role == "title" else None


def kinds_in(heading: str) -> tuple[Kind, ...]:
    """All kinds that a heading of titles names, in order ("Mål/uppdrag": goals and assignments)."""
    found = (_columns().get(part.strip()) for part in re.split(r"[/,&]|\boch\b", _plain(heading)))
    return tuple(dict.fromkeys(column.kind for column in found if column is not None and column.kind is not None))


def kind_of(text: str) -> Kind | None:
    """The kind that a cell is the word for ("Indikator"); None for all else."""
    column = _columns().get(_plain(text))
    return column.kind if column is not None else None


def goal_status(text: str) -> bool:
    """Whether a status, or its label, is a goal's ("Måluppfyllelse", "Målet är uppfyllt")."""
    return text.casefold().startswith(tuple(_data()["goal_headings"]["statuses"]))


def goals_among(text: str) -> bool:
    """Whether a heading speaks of goals and of something else beside them ("Nämndens mål och uppdrag")."""
    return _goals_among().match(_SECTION.sub("", text)) is not None


@cache
def _goals_among() -> re.Pattern[str]:
    others = [word for kind, words in _data()["kind_headings"].items() if kind != "goal" for word in words]
    goals, joints = either(_data()["goal_headings"]["plurals"]), either(_data()["goal_headings"]["joints"])
    joined = rf"(?:{goals})(?:\s*[,/]\s*|\s+(?:{joints})\s+)(?:{either(others)})"
    return re.compile(rf"(?:[^\W\d]+\s+){{0,3}}[^\W\d]*{joined}(?!\w)", re.IGNORECASE)


def kind_heading(text: str) -> Kind | None:
    """The kind of what stands below a section heading ("Nyckeltal 2022": indicators), None where it does not say."""
    words = {word.lower() for word in _WORDS.findall(text)}
    for kind, names in _data()["kind_headings"].items():
        if words & set(names):
            return cast(Kind, kind)
    return None
