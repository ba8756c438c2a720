"""The example archive: every row that its descriptions hold comes out of the rendered files, word for word."""

from pathlib import Path

import pytest

from ljuskoll.corpora.rendering import Report, Row, load_report
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

EXAMPLE = Path(__file__).parents[1] / "corpora" / "example"
REPORTS = sorted(EXAMPLE.glob("source/[0-9]*.json"))


def expected(report: Report) -> list[tuple[str, tuple[str, ...], str | None, str]]:
    rows = [row for section in report.sections for row in section.rows]
    return [(row.assignment, _boards(row), row.light, "\n".join(row.paragraphs)) for row in rows]


def _boards(row: Row) -> tuple[str, ...]:
    return (row.board,) if row.board else ()


def found(followup: FollowUp) -> tuple[str, tuple[str, ...], str | None, str]:
    light = followup.declared.colour if followup.declared else None
    return followup.assignment, followup.boards, light, followup.comment


@pytest.mark.parametrize("description", REPORTS, ids=lambda path: path.stem)
def test_every_row_comes_out_as_it_was_written(description: Path) -> None:
    report = load_report(description)
    path = EXAMPLE / "archive" / report.file
    extraction = extract(path.name, path.read_bytes(), Vocabulary())
    assert [found(followup) for followup in extraction.followups] == expected(report)
    assert {followup.municipality for followup in extraction.followups} == {"Lillådalen"}
    tertial, year = report.period.removeprefix("T").split()
    periods = {(f.period.year, f.period.tertial) for f in extraction.followups if f.period}
    assert periods == {(int(year), int(tertial))}
    assert extraction.signals == ()


def test_there_are_descriptions() -> None:
    assert len(REPORTS) == 8
