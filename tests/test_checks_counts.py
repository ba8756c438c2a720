"""Sentences that count, against the lights of what they count."""

import pytest

from findings import T2, claim, record, report, run_one
from ljuskoll.nlp.followup import Claim, Place, TableAccount, Unmatched
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.record import DocumentRecord, Record

WRONG_COUNTS = [
    report("ggggyyr", claim(3, "red")),
    report("ggggyyr", claim(3, "red", 7)),
    report("ggggyyr", claim(5, "green"), claim(1, "yellow"), claim(1, "red")),
    report("gggrrrr", claim(2, "off_track")),
    report("ggggyyr", claim(4, "off_track")),
    report("ggggyyr", claim(5, "completed", 7)),
    report("ggggyyr", claim(1, "partial")),
    report("gggrr", claim(0, "red")),
    report("ggg", claim(1, "red")),
    report("ggrrr", claim(1, "red", scope="B"), goals="AABBB"),
    report("ggrrr", claim(1, "red", scope="B")),
    report("gg-rrr", claim(2, "red")),
    report("gg-rrr", claim(3, "green"), claim(2, "red")),  # the five that have a light
    report("ggggyyr", claim(70, "green", is_share=True)),
    report("ggry", claim(75, "green", 4, is_share=True)),
    report("gggrr", claim(50, "green", is_share=True), claim(50, "red", is_share=True)),
]


@pytest.mark.parametrize("material", WRONG_COUNTS)
def test_a_wrong_count(material: tuple[list[Record], list[DocumentRecord]]) -> None:
    records, documents = material
    everything, counts = run_checks(records, documents)
    found = [finding for finding in everything if finding.kind != "completeness"]
    assert [(finding.kind, finding.severity) for finding in found] == [("aggregate", "medium")]
    assert found[0].evidence[0].text == "Räknemening."
    assert set(found[0].records) <= {one.id for one in records}
    assert counts["aggregate"].abstained == 0
    assert counts["aggregate"].checked == len(documents[0].claims)


RIGHT_COUNTS = [
    report("ggggyyr", claim(1, "red")),
    report("ggggyyr", claim(4, "green"), claim(2, "yellow"), claim(1, "red")),
    report("ggggyyr", claim(1, "off_track")),
    report("ggggyyr", claim(3, "off_track")),  # the yellow ones may be counted as not carried out
    report("gggrrr", claim(3, "off_track", 6)),
    report("ggggyyr", claim(2, "completed"), period=T2),  # green at T2 may be on track
    report("ggggyyr", claim(1, "not_started")),
    report("gg-rr", claim(3, "red")),
    report("ggrrr", claim(3, "red", scope="B"), goals="AABBB"),
    report("gg-rrr", claim(2, "green"), claim(3, "red")),
    report("ggggyyr", claim(57, "green", is_share=True)),
    report("ggggyyr", claim(58, "green", is_share=True)),  # rounded up
    report("gg-rr", claim(50, "red", is_share=True)),
    report("ggry", claim(50, "green", 4, is_share=True), claim(25, "red", 4, is_share=True)),
]


@pytest.mark.parametrize("material", RIGHT_COUNTS)
def test_a_count_that_can_be_right(material: tuple[list[Record], list[DocumentRecord]]) -> None:
    found, counts = run_checks(*material)
    assert {finding.kind for finding in found} <= {"completeness"}
    assert (counts["aggregate"].checked, counts["aggregate"].abstained) == (len(material[1][0].claims), 0)


UNREAD = TableAccount(
    page=1, rows_seen=3, records=2, unmatched=(Unmatched(page=1, text="?", reason="?", unexplained=True),)
)
UNJUDGED_COUNTS = [
    report("ggggyyr", claim(3, "red", 30)),
    report("ggggyyr", claim(9, "red")),
    report("---", claim(1, "red")),
    report("", claim(1, "red")),
    report("ggr", claim(2, "red", kind="goal")),
    report("ggr", claim(2, "red", scope="C"), goals="AAB"),
    report("ggr", claim(2, "red", period=T2)),
    report("ggr", claim(2, "red"), status="partial"),
    report("ggr", claim(10, "red", 5, is_share=True)),
    report("ggr", claim(1, "green"), claim(80, "red", is_share=True)),
    report("ggr", claim(2, "red"), tables=(UNREAD,)),
    report("yyr", claim(20, "green"), claim(3, "yellow"), claim(2, "red")),
]


@pytest.mark.parametrize("material", UNJUDGED_COUNTS)
def test_a_count_of_something_else(material: tuple[list[Record], list[DocumentRecord]]) -> None:
    found, counts = run_checks(*material)
    assert found == ()
    assert (counts["aggregate"].checked, counts["aggregate"].abstained) == (0, len(material[1][0].claims))


def test_a_finding_without_records_is_told_apart_by_its_sentence() -> None:
    records, documents = report("ggg", claim(1, "red", text="Ett är rött."), claim(2, "yellow", text="Två är gula."))
    found, _ = run_checks(records, documents)
    assert [finding.records for finding in found] == [(), ()]
    assert len({finding.id for finding in found}) == 2


def test_a_count_s_message_names_both_numbers() -> None:
    records, documents = report("ggrr", claim(1, "red", places=(Place(page=2),)))
    assert "2 röda i stället för 1" in run_checks(records, documents)[0][0].message
    assert "report.pdf, s. 2" in run_checks(records, documents)[0][0].message


def test_a_share_s_message_names_both_shares() -> None:
    records, documents = report("gggr", claim(50, "green", is_share=True))
    assert "75 procent gröna i stället för 50 procent" in run_checks(records, documents)[0][0].message


SHARE = claim(60, "green", is_share=True, text="Andel gröna: 60 procent")
NAMED = claim(60, "green", is_share=True, text="Andelen gröna uppdrag är 60 procent.")


TOLD = claim(60, "green", is_share=True, is_kind_told=True, text="Andel gröna: 60 procent")


@pytest.mark.parametrize(("told", "found"), [(SHARE, 0), (NAMED, 1), (TOLD, 1)])
def test_a_share_of_no_named_thing_where_goals_have_lights_too(told: Claim, found: int) -> None:
    records, documents = report("ggyr", told)
    assert len(run_one("aggregate", *records, documents=documents)) == 1
    goal = record("green", title="En trygg kommun", document="report", kind="goal")
    assert len(run_one("aggregate", *records, goal, documents=documents)) == found
