"""Tables with several periods: which row and column is a record of which period."""

import pytest

from table_texts import BRIDGE, HEADING, PERIODS, SQUARE, colour, read


@pytest.mark.parametrize("text", PERIODS.values(), ids=PERIODS)
def test_each_period_with_a_status_and_comment_of_its_own_is_a_record(text: str) -> None:
    followups = read(text, heading="Uppföljning av uppdrag T2 2023").followups
    assert [(f.assignment, colour(f), f.comment, f.period and f.period.tertial) for f in followups] == [
        (*BRIDGE, 2),
        ("Bygg en bro vid ån", "yellow", "Bygget har börjat.", 1),
        (*SQUARE, 2),
        ("Rusta upp torget", "yellow", "Anbud har kommit in.", 1),
    ]


@pytest.mark.parametrize(
    ("heading", "tertials"), [("Uppdrag per 30 april 2023", [1, 1]), ("Uppdrag", [2, 1, 2, 1]), ("T3 2023", [2, 1] * 2)]
)
def test_of_several_periods_the_report_s_own_or_the_latest_and_those_before(heading: str, tertials: list[int]) -> None:
    followups = read(PERIODS["three periods, each with status and comment"], heading=heading).followups
    assert [f.period.tertial for f in followups if f.period] == tertials


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Uppdrag | T1 2023 | T2 2023\nBygg en bro | Gul | Grön\nRusta torget | | Röd",
            [(2, "green"), (1, "yellow"), (2, "red")],
        ),
        (
            "Uppdrag | Delår | Helår\nBygg en bro | Gul | Grön\nRusta torget | Röd | Röd",
            [(3, "green"), (2, "yellow"), (3, "red"), (2, "red")],
        ),
        (
            "Uppdrag | T1 | T2 | Kommentar\nBygg en bro | Gul | Grön | Klart.\nRusta torget | Gul | Röd | Nej.",
            [(2, "green"), (2, "red")],
        ),
        (
            "Uppdrag | Status föregående period | Status\nBygg en bro | Gul | Grön\nRusta torget | Gul | Röd",
            [(2, "green"), (2, "red")],
        ),
        (
            "Uppdrag | Bedömning T2 | Helårsbedömning\nBygg en bro | Gul | Grön\nRusta torget | Gul | Röd",
            [(2, "yellow"), (2, "yellow")],
        ),
    ],
    ids=["lights alone", "mid-year and year-end", "the history of a row", "a former status", "a forecast"],
)
def test_which_earlier_statuses_are_records(text: str, expected: list[tuple[int, str]]) -> None:
    heading = "Årsredovisning 2023, uppdrag" if "Helår\n" in text else HEADING
    assert [(f.period and f.period.tertial, colour(f)) for f in read(text, heading=heading).followups] == expected


def test_the_trend_of_the_same_period() -> None:
    extraction = read("""
Uppdrag | T1 | | | T2 | |
 | Status | Trend | Kommentar | Status | Trend | Kommentar
Bygg en bro | Gul | ↓ | Börjat. | Grön | ↑ | Klart.
Rusta torget | Gul | ↓ | Börjat. | Röd | → | Stopp.""")
    assert [f.declared and f.declared.trend for f in extraction.followups] == ["up", "down", "flat", "down"]


def test_a_caption_above_the_heading_says_the_period() -> None:
    text = "Uppdragslista per 31 augusti 2021 | < | <\n | |\nUppdrag | Status | Kommentar\nBygg en bro | Grön | Klart."
    (followup,) = read(text, heading="Uppdrag").followups
    assert followup.period is not None
    assert (followup.period.year, followup.period.tertial) == (2021, 2)


def test_a_period_in_a_column_is_that_of_its_row() -> None:
    extraction = read("Uppdrag | Period | Status\nBygg en bro | 2022T1 | Grön\nRusta torget | 2022 | Röd")
    assert [(f.period and (f.period.year, f.period.tertial)) for f in extraction.followups] == [(2022, 1), (2023, 2)]


def test_rows_with_earlier_periods_say_so_in_the_account() -> None:
    account = read(PERIODS["three periods, each with status and comment"]).accounts[0]
    assert account.earlier == account.records - 2 > 0
    assert not any(row.unexplained for row in account.unmatched)
