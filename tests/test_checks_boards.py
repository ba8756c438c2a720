"""Sentences that count one board's assignments, and assignments that leave the reports with a word."""

import pytest

from findings import claim, record
from ljuskoll.nlp.language.claims import find_claims
from ljuskoll.nlp.language.status import find_status
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.consistency.grounds import leaves_the_reports
from ljuskoll.service.record import DocumentRecord

NAMED = [
    ("Gatutekniska nämndens fyra uppdrag är alla gröna.", ["Gatutekniska nämnden"]),
    ("Idrotts- och omsorgsnämnden har fem uppdrag.", ["Idrotts- och omsorgsnämnden"]),
    ("Mark- och tekniska nämnden samt kommunstyrelsen", ["Mark- och tekniska nämnden", "Kommunstyrelsen"]),
    ("Omsorgsnämnden och socialnämnden", ["Omsorgsnämnden", "Socialnämnden"]),
    ("Den politiska nämnden i grannlandet", []),
    ("Social- och hyresnämnden", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_the_longest_name_is_the_board_s(text: str, expected: list[str]) -> None:
    assert [mention.name for mention in BoardTable.default().find(text)] == expected


COUNTED = [
    ("Gatutekniska nämndens fyra uppdrag är samtliga gröna.", [(4, 4)]),
    ("Idrotts- och omsorgsnämndens samtliga fyra uppdrag är gröna.", [(4, 4)]),
    ("Kostnämnden ansvarar för tre uppdrag, samtliga gröna.", [(3, 3)]),
    ("Kostnämnden har tre uppdrag och alla är klara.", [(3, 3)]),
    ("Av Mark- och tekniska nämndens fem uppdrag är tre gröna och två röda.", [(3, 5), (2, 5)]),
    ("Kostnämnden ansvarar för tre uppdrag.", []),
    ("Kostnämnden har tre uppdrag, och alla ska vara klara i maj.", []),
    ("Kostnämnden har tre uppdrag och alla kök är gröna.", []),
    ("Gatutekniska nämndens uppdrag är gröna.", []),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_counts_of_a_board(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(one.count, one.population) for one in find_claims(text)] == expected


@pytest.mark.parametrize(("reds", "found"), [(3, 0), (2, 1)])
def test_a_board_s_count_is_of_its_own_lights(reds: int, found: int) -> None:
    boards = ["Gatutekniska nämnden"] * 2 + ["Idrotts- och omsorgsnämnden"] * 3
    records = [
        record("green" if "Gatu" in board else "red", title=f"Ärende {number}", document="report").model_copy(
            update={"board_names": (board,)}
        )
        for number, board in enumerate(boards)
    ]
    claims = (claim(2, "green", board=boards[0]), claim(reds, "red", text="Fler röda.", board=boards[-1]))
    document = DocumentRecord(path="report.pdf", sha256="report", status="ok", claims=claims)
    findings, _ = run_checks(records, [document])
    assert sum(finding.kind == "aggregate" for finding in findings) == found


LEAVING = [
    ("Uppdraget är slutfört och kommer inte att tas upp i årsrapporten.", True),
    ("Uppdraget är avslutat och tas inte upp i årsuppföljningen.", True),
    ("Uppdraget är klart och redovisas inte i nästa rapport.", True),
    ("Uppdraget är klart och redovisas därmed inte vidare.", True),
    ("Uppdraget är klart och redovisas i årsrapporten.", False),
    ("Uppdraget är klart men frågan har inte tagits upp i nämnden.", False),
]


@pytest.mark.parametrize(("text", "leaves"), LEAVING)
def test_what_is_done_and_leaves_the_reports_is_done(text: str, leaves: bool) -> None:
    assert [span.outcome for span in find_status(text)][:1] == ["completed"]
    assert leaves_the_reports(text) is leaves


@pytest.mark.parametrize(
    "text", ["Uppdraget kommer inte att tas upp i år.", "Uppdraget har inte tagits upp av nämnden."]
)
def test_what_is_not_taken_up_is_not_begun(text: str) -> None:
    assert [span.outcome for span in find_status(text)] == ["not_started"]
    assert not leaves_the_reports(text)
