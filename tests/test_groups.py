"""What is checked together, and that nothing else has anything to do with it."""

from hypothesis import given
from hypothesis import strategies as st

from findings import T1, T3, record
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.consistency.groups import groups, united
from ljuskoll.service.record import DocumentRecord, Record

NAMES = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1))


@given(NAMES)
def test_sets_that_share_a_name_are_together_and_others_are_not(named: list[set[str]]) -> None:
    found = united(named, [""] * len(named))
    assert sorted(place for places in found for place in places) == list(range(len(named)))
    names = [set().union(*(named[place] for place in places)) for places in found]
    assert sum(map(len, names)) == len(set().union(*names)) if names else found == []
    for places in found:
        reached = named[places[0]]
        for _ in places:
            reached = reached.union(*(named[place] for place in places if named[place] & reached))
        assert reached == set().union(*(named[place] for place in places))


def document(sha256: str, archive: str = "") -> DocumentRecord:
    return DocumentRecord(path=f"{sha256}.pdf", sha256=sha256, status="ok", archive=archive)


def of(municipality: str | None, name: str) -> Record:
    return record("green", "completed", document=name).model_copy(update={"municipality": municipality})


def test_municipalities_are_apart_whatever_their_letters_case() -> None:
    records = [of("Ekby kommun", "a"), of("EKBY KOMMUN", "b"), of("Viks kommun", "c")]
    found = list(groups([document(name) for name in "abc"], records))
    assert [[one.path for one in group.documents] for group in found] == [["a.pdf", "b.pdf"], ["c.pdf"]]
    assert [len(group.records) for group in found] == [2, 1]


def test_a_document_of_two_municipalities_joins_them() -> None:
    records = [of("Ekby kommun", "a"), of("Viks kommun", "a"), of("Viks kommun", "b"), of("Näs kommun", "c")]
    found = list(groups([document(name) for name in "abc"], records))
    assert [len(group.records) for group in found] == [3, 1]


def test_what_names_no_municipality_is_checked_with_its_archive() -> None:
    documents = [document("a", "one"), document("b", "one"), document("c", "two"), document("d", "two")]
    found = list(groups(documents, [of(None, name) for name in "abc"]))
    assert [[one.path for one in group.documents] for group in found] == [["a.pdf", "b.pdf"], ["c.pdf", "d.pdf"]]


def test_what_names_no_municipality_is_of_the_only_one_in_its_archive() -> None:
    documents = [document("a", "one"), document("b", "one"), document("c", "two"), document("d", "two")]
    records = [of("Ekby kommun", "a"), of(None, "b"), of("Viks kommun", "c"), of(None, "d")]
    found = list(groups(documents, records))
    named = [[one.municipality for one in group.records] for group in found]
    assert named == [["Ekby kommun"] * 2, ["Viks kommun"] * 2]


def test_what_names_no_municipality_is_apart_among_several() -> None:
    documents = [document(name, "one") for name in "abc"]
    found = list(groups(documents, [of("Ekby kommun", "a"), of(None, "b"), of("Viks kommun", "c")]))
    named = [[one.municipality for one in group.records] for group in found]
    assert named == [["Ekby kommun"], [None], ["Viks kommun"]]


def test_a_report_without_the_municipalitys_name_is_linked_with_those_that_have_it() -> None:
    before = record("green", "on_track", T1, document="a").model_copy(update={"municipality": "Ekby kommun"})
    after = record("red", "off_track", T3, document="b", comment="Det blev inget.").model_copy(
        update={"municipality": None}
    )
    findings, _ = run_checks([before, after], [document("a", "one"), document("b", "one")])
    assert ("over_time", (before.id, after.id)) in {(one.kind, one.records) for one in findings}


def test_copies_are_left_out() -> None:
    copy = document("a").model_copy(update={"path": "kopia.pdf", "duplicate_of": "a"})
    (group,) = groups([copy, document("a")], [of("Ekby kommun", "a")])
    assert [one.path for one in group.documents] == ["a.pdf"]


def test_findings_about_a_municipality_do_not_depend_on_others_in_the_archive() -> None:
    own = [of("Ekby kommun", name).model_copy(update={"comment": ""}) for name in "ab"]
    others = [of("Viks kommun", name) for name in "cdefgh"]
    alone, counted = run_checks(own, [document(name) for name in "ab"])
    beside, all_counted = run_checks([*own, *others], [document(name) for name in "abcdefgh"])
    assert alone == tuple(one for one in beside if set(one.records) & {record.id for record in own})
    assert counted["declared_vs_phrase"].checked == len(own)
    assert all_counted["declared_vs_phrase"].checked == len(own) + len(others)


def test_nothing_to_check_counts_nothing() -> None:
    found, counts = run_checks([], [])
    assert found == ()
    assert {count.checked for count in counts.values()} == {0}
