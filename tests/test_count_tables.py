"""Tables that count assignments by status: accounted for, never read as follow-ups, and held against the lights."""

import pytest

from ljuskoll.nlp.document import Block, Place, Table
from ljuskoll.nlp.followup import Claim
from ljuskoll.nlp.layouts.counted import counted_rows
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from table_texts import document, read, table

FOLLOWED_UP = """
Uppdrag | Ansvarig nämnd | Status | Kommentar
Anlägga en lekplats | Tekniska nämnden | Grön | Lekplatsen invigdes i maj.
Byta gatubelysning | Tekniska nämnden | Grön | Alla armaturer är bytta.
Bygga en gångbro | Tekniska nämnden | Röd | Bron byggs först nästa år.
Öppna en träffpunkt | Socialnämnden | Gul | Lokalen är klar men inte bemannad.
Införa digital tillsyn | Socialnämnden | Grön | Tillsynen är igång på alla boenden."""

COUNTS = [
    # by board, with totals
    """Nämnd | Grön | Gul | Röd | Totalt
    Tekniska nämnden | 2 | 0 | 1 | 3
    Socialnämnden | 1 | 1 | 0 | 2
    Summa | 3 | 1 | 1 | 5""",
    # by board alone
    """Nämnd | Antal gröna | Antal gula | Antal röda
    Tekniska nämnden | 2 | - | 1
    Socialnämnden | 1 | 1 |""",
    # all, one row a status, with shares
    """Bedömning | Antal uppdrag | Andel
    Genomförda | 3 | 60 %
    Delvis genomförda | 1 | 20 %
    Ej genomförda | 1 | 20 %
    Totalt | 5 | 100 %""",
    # boards beside each other
    """Status | Tekniska nämnden | Socialnämnden
    Grön | 2 (67 %) | 1 (50 %)
    Gul | 0 (0 %) | 1 (50 %)
    Röd | 1 (33 %) | 0 (0 %)""",
    # parts that we do not know, but with sums
    """Område | Klara | Pågående | Ej påbörjade | Summa
    Trygghet | 4 | 1 | 0 | 5
    Miljö | 2 | 2 | 3 | 7""",
]


def read_counts(text: str) -> tuple[tuple[str, list[int], int | None], ...]:
    found = counted_rows(Stream(document(), Vocabulary()), table(text))
    return tuple((row.label, [count for _, count in row.counts], row.total) for row in found)


@pytest.mark.parametrize("text", COUNTS)
def test_a_table_that_counts(text: str) -> None:
    assert read_counts(text)


def test_what_it_counts() -> None:
    assert read_counts(COUNTS[0]) == (
        ("Tekniska nämnden", [2, 0, 1], 3),
        ("Socialnämnden", [1, 1, 0], 2),
        ("Summa", [3, 1, 1], 5),
    )
    assert read_counts(COUNTS[2]) == (("Antal uppdrag", [3, 1, 1], 5),)
    assert read_counts(COUNTS[3]) == (("Tekniska nämnden", [2, 0, 1], None), ("Socialnämnden", [1, 1, 0], None))


NO_COUNTS = [
    # bounds of a key figure's grades
    """Nyckeltal | Grön | Gul | Röd | Utfall
    Sjukfrånvaro, dagar | 5 | 6 | 8 | 7
    Väntetid, dagar | 10 | 14 | 20 | 12""",
    # ticks, with their sums
    """Uppdrag | Klart | Pågår | Ej påbörjat
    Bygg en bro | 1 | |
    Rusta torget | | 1 |
    Summa | 1 | 1 | 0""",
    # a legend of points
    """Grön | 3
    Gul | 2
    Röd | 1""",
    # words beside the numbers
    """Nämnd | Grön | Gul | Röd | Kommentar
    Socialnämnden | 2 | 1 | 0 | Träffpunkten saknar personal.""",
    # decimals
    """Nämnd | Grön | Gul | Röd
    Socialnämnden | 2,5 | 3,5 | 4,5""",
    FOLLOWED_UP,
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_a_table_that_does_not_count(text: str) -> None:
    assert read_counts(text) == ()


def claims_of(*items: Block | Table) -> tuple[Claim, ...]:
    extraction = read(*items)
    assert len(extraction.followups) == 5
    assert extraction.signals == ()
    assert not any(row.unexplained for account in extraction.accounts for row in account.unmatched)
    return extraction.claims


def heading(text: str) -> Block:
    return Block(text, (Place(1),), "heading", 1)


@pytest.mark.parametrize("text", COUNTS)
def test_its_rows_are_accounted_for(text: str) -> None:
    claims_of(table(text), table(FOLLOWED_UP))


def told(claims: tuple[Claim, ...]) -> list[tuple[str | None, str, int, int | None]]:
    return [(claim.board, claim.colours[0], claim.count, claim.population) for claim in claims]


def test_a_claim_for_each_light_of_a_board() -> None:
    by_board = [
        ("Tekniska nämnden", "green", 2, 3),
        ("Tekniska nämnden", "yellow", 0, 3),
        ("Tekniska nämnden", "red", 1, 3),
        ("Socialnämnden", "green", 1, 2),
        ("Socialnämnden", "yellow", 1, 2),
        ("Socialnämnden", "red", 0, 2),
    ]
    assert told(claims_of(table(COUNTS[0]), table(FOLLOWED_UP))) == by_board  # the sum says nothing of its own
    assert told(claims_of(table(COUNTS[3]), table(FOLLOWED_UP))) == by_board
    wrong = claims_of(table(COUNTS[0].replace("Summa | 3", "Summa | 4")), table(FOLLOWED_UP))
    assert told(wrong) == [*by_board, (None, "green", 4, 5), (None, "yellow", 1, 5), (None, "red", 1, 5)]


def test_all_of_a_document_and_what_is_not_known() -> None:
    assert told(claims_of(table(COUNTS[2]), table(FOLLOWED_UP))) == [
        (None, "green", 3, 5),
        (None, "yellow", 1, 5),
        (None, "red", 1, 5),
    ]
    assert claims_of(table(COUNTS[4]), table(FOLLOWED_UP)) == ()
    goals = heading("Måluppfyllelse")
    (first, *_) = claims_of(goals, table(COUNTS[1]), heading("Uppdrag"), table(FOLLOWED_UP))
    assert (first.kind, first.is_kind_told) == ("goal", True)
