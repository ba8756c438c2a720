"""What each municipality of an archive keeps to, and what it follows up in a year."""

from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random

from ljuskoll.corpora.reports.description import load_descriptions
from ljuskoll.corpora.scale.looks import Look, choose_look
from ljuskoll.corpora.scale.names import fictional_names
from ljuskoll.corpora.scale.topics import ReportKind, Topic, topics_by_board
from ljuskoll.nlp.errors import UsageError

YEARS = 3
"""Years in a row of which a municipality has reports."""
_FIRST_YEARS = range(2017, 2023)
_BOARDS = 4
_ROWS = range(8, 14)
"""How many topics a board follows in a year."""
_NEW_A_YEAR = 4
"""So many of them are new the year after, in the same order of the board's topics."""


@dataclass(frozen=True, slots=True)
class House:
    """A municipality of an archive: the first of its `boards` report on their own, all of them in the common report.

    `looks` are those of the common report and of each board's; `wording` chooses among titles, `sentences` says
    whether comments begin with a status sentence.
    """

    seed: int
    number: int
    name: str
    kind: ReportKind
    first_year: int
    boards: tuple[str, ...]
    goals: tuple[str, ...]
    looks: tuple[Look, ...]
    wording: int
    sentences: bool

    def random(self, *key: object) -> Random:
        """The chances of one thing in this municipality, whatever else has been drawn."""
        return Random("/".join(str(part) for part in (self.seed, self.number, *key)))


@lru_cache(maxsize=4)
def make_house(seed: int, number: int) -> House:
    """The municipality by its number from 0. Raises UsageError where the names do not suffice."""
    names = fictional_names(seed)
    if number >= len(names):
        raise UsageError(f"Namnen räcker till {len(names)} kommuner. Begär färre dokument.")
    random = Random(f"{seed}/{number}")
    kind: ReportKind = "goal" if random.random() < 0.25 else "assignment"
    return House(
        seed=seed,
        number=number,
        name=names[number],
        kind=kind,
        first_year=random.choice(_FIRST_YEARS),
        boards=tuple(random.sample(sorted(topics_by_board(kind)), _BOARDS)),
        goals=random.choice(_goals()),
        looks=tuple(choose_look(random) for _ in range(_BOARDS)),
        wording=random.randrange(4),
        sentences=kind == "assignment" and random.random() < 0.4,
    )


@cache
def _goals() -> tuple[tuple[str, ...], ...]:
    """The goals of each of our reports that has some."""
    named = (tuple(goal.name for goal in report.goals) for report in load_descriptions().values())
    return tuple(names for names in named if len(names) > 1)


def followed(house: House, year: int, board: str) -> tuple[Topic, ...]:
    """What a board follows up in the municipality's year from 0: mostly that of the year before, and some new."""
    topics = list(topics_by_board(house.kind)[board])
    house.random(board).shuffle(topics)
    count = house.random(board, year).choice(_ROWS)
    return tuple(topics[(year * _NEW_A_YEAR + place) % len(topics)] for place in range(count))
