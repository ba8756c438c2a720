"""Which titles name the same assignment, and which records are linked between reports."""

import hashlib
from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.models.assessment import Assessment, Probabilities
from ljuskoll.nlp.followup import Kind, Period
from ljuskoll.service.consistency.linking import THRESHOLD, find_links, link
from ljuskoll.service.consistency.similarity import Rarity, similarity
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import DocumentRecord, Level, Record, Source

NOTHING = Assessment(
    colour=None, outcome="unclear", probabilities=Probabilities(green=0.334, yellow=0.333, red=0.333), abstained=True
)
T1, T2, T3 = (Period.of_tertial(2023, tertial) for tertial in (1, 2, 3))

SAME = [
    ("Ta fram en plan för skolskjutsar", "Framtagande av plan för skolskjutsar"),
    ("Ta fram en klimatplan", "Klimatplan"),
    ("Införa ett gemensamt kundregister", "Gemensamt kundregister"),
    ("Ta fram en lokalvårdspolicy", "Lokalvårdspolicyn"),
    ("Lokalvårdsplan", "Ta fram en plan för lokalvård"),
    ("Demensteam", "Team för demens"),
    ("Sänka sjukfrånvaron till högst 7 procent", "Sjukfrånvaron ska sänkas till högst 7 procent"),
    ("Utveckla samverkan mellan skola och socialtjänst", "Stärkt samverkan mellan socialtjänsten och skolan"),
    ("Rusta upp lekplatsen i Ekängen", "Upprustning av lekplats Ekängen"),
    ("12. Ta fram en biblioteksplan", "Biblioteksplan"),
    ("KF 4.2 Ta fram en biblioteksplan", "Ta fram ny biblioteksplan (KFN)"),
    ("Uppdrag 7: Revidera färdtjänstreglerna", "Revidering av färdtjänstreglerna"),
    ("Digitalisera bygglovsprocessen", "Bygglovsprocessen ska digitaliseras"),
    ("Införa e-arkiv 2023–2025", "Införande av e-arkiv 2023–2025"),
    ("Kartlägg tillgängligheten i kommunens badhus", "Kartläggning av tillgänglighet i badhusen"),
    ("Införa digital signering av beslut", "Införa digtial signering av besluten"),
]
OTHER = [
    ("Ta fram en kulturplan", "Ta fram en klimatplan"),
    ("Ta fram en trafikstrategi", "Ta fram en trafikplan"),
    ("Bygg ny förskola i Norrby", "Bygg ny förskola i Söderby"),
    ("Bygg ny förskola", "Bygg ny förskola i Norrby"),
    ("Bygg ny skola", "Bygg nytt skolbibliotek"),
    ("Björkskolan byggs ut", "Björnskolan byggs ut"),
    ("Utreda gemensam växel", "Införa gemensam växel"),
    ("Öka andelen ekologiska livsmedel", "Minska andelen ekologiska livsmedel"),
    ("Andel elever i årskurs 6 med godkänt", "Andel elever i årskurs 9 med godkänt"),
    ("Etapp 1 av Storgatan", "Etapp 2 av Storgatan"),
    ("Budget för 2023", "Budget för 2024"),
    ("Minska utsläppen från transporter", "Minska utsläppen från uppvärmning"),
    ("Minska sjukfrånvaron bland kvinnor", "Minska sjukfrånvaron bland män"),
    ("Fler praktikplatser för unga", "Fler praktikplatser för nyanlända"),
    ("Ta fram en policy för sociala medier", "Ta fram en policy för representation"),
    ("Ta fram en plan för äldreomsorgens lokaler", "Ta fram en plan för äldreomsorgens bemanning"),
    ("Utveckla arbetet", "Vidareutveckla arbetet"),
    ("Handlingsplan mot våld i nära relationer", "Handlingsplan mot hedersrelaterat våld"),
]


def alike(one: str, other: str) -> float:
    titles = Title.read(one), Title.read(other)
    return similarity(*titles, Rarity.among(titles))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_assignment_in_other_words(one: str, other: str) -> None:
    assert alike(one, other) >= THRESHOLD
    assert alike(other, one) == alike(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_assignment_in_like_words(one: str, other: str) -> None:
    assert alike(one, other) < THRESHOLD


def record(
    title: str,
    period: Period | None = T2,
    document: str = "",
    *,
    board: str | None = None,
    municipality: str | None = "Ekby",
    kind: Kind = "assignment",
    goal: str | None = None,
) -> Record:
    document = document or f"{period.as_of if period else None}"
    identity = f"{title}|{document}|{board}|{municipality}|{kind}|{goal}"
    return Record(
        id=hashlib.sha256(identity.encode()).hexdigest(),
        document=Source(path=f"{document}.pdf", sha256=document),
        assessment=NOTHING,
        kind=kind,
        municipality=municipality,
        period=period,
        goal=goal,
        boards=(board,) if board else (),
        board_names=(board,) if board else (),
        assignment=title,
    )


def document(sha256: str, archive: str = "", level: Level | None = None) -> DocumentRecord:
    return DocumentRecord(path=f"{sha256}.pdf", sha256=sha256, status="ok", archive=archive, level=level)


def linked(records: Sequence[Record], documents: Sequence[DocumentRecord] = ()) -> set[tuple[str, str]]:
    by_id = {record.id: record for record in records}
    return {(told(by_id[found.earlier]), told(by_id[found.later])) for found in find_links(records, documents).links}


def told(record: Record) -> str:
    assert record.period is not None
    return f"{record.assignment}@{record.period.as_of}"


def test_links_are_ordered_by_day_between_all_periods() -> None:
    records = [record("Ta fram en vattenplan", period) for period in (T3, T1, T2)]
    found = link(records, ())
    by_id = {record.id: record for record in records}
    days = [tuple(str(by_id[id].period.as_of) for id in (one.earlier, one.later)) for one in found]  # type: ignore[union-attr]
    assert sorted(days) == [("2023-04-30", "2023-08-31"), ("2023-04-30", "2023-12-31"), ("2023-08-31", "2023-12-31")]
    assert {one.similarity for one in found} == {1.0}


UNLINKED = {
    "too many years apart": (record("Vattenplan", T2), record("Vattenplan", Period.of_tertial(2026, 1))),
    "other municipality": (record("Vattenplan", T2), record("Vattenplan", T3, municipality="Viby")),
    "one without municipality": (record("Vattenplan", T2), record("Vattenplan", T3, municipality=None)),
    "other kind": (record("Vattenplan", T2), record("Vattenplan", T3, kind="goal")),
    "no day": (record("Vattenplan", T2), record("Vattenplan", Period(year=2023))),
    "no period": (record("Vattenplan", T2), record("Vattenplan", None)),
    "same day": (record("Vattenplan", T2, "a"), record("Vattenplan", T2, "b")),
}


@pytest.mark.parametrize("records", UNLINKED.values(), ids=UNLINKED.keys())
def test_what_is_never_linked(records: tuple[Record, Record]) -> None:
    assert link(records, ()) == ()


def test_without_municipality_only_within_an_archive() -> None:
    records = [record("Vattenplan", T2, "a", municipality=None), record("Vattenplan", T3, "b", municipality=None)]
    assert len(link(records, [document("a", "one"), document("b", "one")])) == 1
    assert link(records, [document("a", "one"), document("b", "two")]) == ()


def test_other_days_than_tertials_are_linked_too() -> None:
    june = Period.of_date(date(2023, 6, 30))
    assert len(link([record("Vattenplan", june), record("Vattenplan", T3)], ())) == 1


def test_the_best_of_like_titles_is_linked() -> None:
    records = [
        record("Bygg ny förskola i Norrby", T2),
        record("Bygg ny förskola i Söderby", T2),
        record("Ny förskola i Söderby", T3),
        record("Ny förskola i Norrby", T3),
    ]
    assert linked(records) == {
        ("Bygg ny förskola i Norrby@2023-08-31", "Ny förskola i Norrby@2023-12-31"),
        ("Bygg ny förskola i Söderby@2023-08-31", "Ny förskola i Söderby@2023-12-31"),
    }


def test_ambiguous_records_are_left_out_and_named() -> None:
    one = record("Energi- och klimatplan", T2)
    records = [one, record("Klimatplan för energi och transport", T3), record("Klimatplan för energi och handel", T3)]
    found = find_links(records, ())
    assert found.links == ()
    assert found.ambiguous == {one.id: tuple(sorted(other.id for other in records[1:]))}


def test_the_last_report_of_a_year_is_linked_to_the_first_of_the_next() -> None:
    later = [Period.of_tertial(2024, 1), Period.of_tertial(2024, 2)]
    records = [record("Ta fram en vattenplan", period) for period in (T2, T3, *later)]
    days = ("2023-08-31", "2023-12-31", "2024-04-30", "2024-08-31")
    pairs = {(0, 1), (1, 2), (2, 3)}
    assert linked(records) == {tuple(f"Ta fram en vattenplan@{days[n]}" for n in pair) for pair in pairs}


def test_documents_of_one_day_have_twins() -> None:
    records = [
        record("Ta fram en vattenplan", T2, "board", board="Tekniska nämnden"),
        record("Framtagande av vattenplan", T2, "municipality", board="Tekniska nämnden"),
        record("Ta fram en vattenplan", T2, "other", board="Socialnämnden"),
    ]
    (twins,) = find_links(records, ()).twins
    assert {twins.earlier, twins.later} == {records[0].id, records[1].id}


def test_an_equal_title_wins_over_a_like_one() -> None:
    records = [
        record("Ta fram en klimatplan", T2),
        record("Ta fram en klimatplan", T3),
        record("Framtagande av klimatplanen", T3),
    ]
    assert linked(records) == {("Ta fram en klimatplan@2023-08-31", "Ta fram en klimatplan@2023-12-31")}


def test_boards_tell_equal_titles_apart() -> None:
    titles = [
        record("Sänk sjukfrånvaron", period, board=board)
        for period in (T2, T3)
        for board in ("Byggnämnden", "Socialnämnden")
    ]
    found = find_links(titles, ())
    by_id = {record.id: record for record in titles}
    assert [by_id[one.earlier].boards == by_id[one.later].boards for one in found.links] == [True, True]
    assert found.ambiguous == {}


def test_equal_titles_without_boards_are_ambiguous() -> None:
    titles = [record("Sänk sjukfrånvaron", period, goal=goal) for period in (T2, T3) for goal in ("Mål 1", "Mål 2")]
    assert len(link(titles, ())) == 2
    bare = [one.model_copy(update={"goal": None}) for one in titles]
    assert link(bare, ()) == ()
    ambiguous = find_links(bare, ()).ambiguous
    assert {id: set(rivals) for id, rivals in ambiguous.items()} == {
        one.id: {other.id for other in bare if other.period != one.period} for one in bare
    }


def test_other_boards_hinder_like_titles_but_not_a_unique_equal_one() -> None:
    boards = ("Byggnämnden", "Socialnämnden")
    equal = [
        record("Ta fram en trygghetsplan", period, board=board) for period, board in zip((T2, T3), boards, strict=True)
    ]
    assert len(link(equal, ())) == 1
    like = [equal[0], record("Trygghetsplan", T3, board="Socialnämnden")]
    assert link(like, ()) == ()
    assert len(link([equal[0], record("Trygghetsplan", T3)], ())) == 1


def test_boards_own_reports_are_not_linked_with_each_other() -> None:
    records = [
        record("Sänk sjukfrånvaron", T2, "a", board="Byggnämnden"),
        record("Sänk sjukfrånvaron", T3, "b", board="Socialnämnden"),
    ]
    assert link(records, [document("a", level="board"), document("b", level="board")]) == ()


def test_an_assignment_in_two_documents_of_one_day_is_linked_to_both() -> None:
    records = [
        record("Ta fram en vattenplan", T2),
        record("Ta fram en vattenplan", T3, "board"),
        record("Framtagande av vattenplan", T3, "municipality"),
    ]
    assert linked(records) == {
        ("Ta fram en vattenplan@2023-08-31", "Ta fram en vattenplan@2023-12-31"),
        ("Ta fram en vattenplan@2023-08-31", "Framtagande av vattenplan@2023-12-31"),
    }


SYNONYMS = [
    ("Måltider för seniorer", "Måltider för äldre"),
    ("Råd för invånare", "Råd för medborgare"),
    ("Stöd till anhöriga", "Stöd till närstående"),
    ("Korta kön till komvux", "Korta kön till vuxenutbildningen"),
    ("Utbilda politiker", "Utbilda förtroendevalda"),
]
NO_SYNONYMS = [
    ("Lokaler för äldre", "Lokaler för ungdomar"),
    ("Stöd till anhöriga", "Stöd till brukare"),
    ("Korta kön till komvux", "Korta kön till yrkeshögskolan"),
    ("Utbilda politiker", "Utbilda personal"),
    ("Läxhjälp i Norrby", "Läxstöd i Söderby"),
]


@pytest.mark.parametrize(
    ("one", "other", "same"), [*((*pair, True) for pair in SYNONYMS), *((*pair, False) for pair in NO_SYNONYMS)]
)
def test_synonyms_name_the_same(one: str, other: str, same: bool) -> None:
    assert (len(link([record(one, T2), record(other, T3)], ())) == 1) is same


def in_one_board(earlier: Sequence[str], later: Sequence[str]) -> list[Record]:
    board = "Tekniska nämnden"
    return [record(title, period, board=board) for period, titles in ((T2, earlier), (T3, later)) for title in titles]


DIVIDED = ("Riktlinjer för sponsring och representation", ["Riktlinjer för sponsring", "Riktlinjer för representation"])


def test_a_divided_assignment_is_linked_to_both_parts() -> None:
    whole, parts = DIVIDED
    assert linked(in_one_board([whole], parts)) == {(f"{whole}@2023-08-31", f"{part}@2023-12-31") for part in parts}
    assert linked(in_one_board(parts, [whole])) == {(f"{part}@2023-08-31", f"{whole}@2023-12-31") for part in parts}


def test_what_is_no_part_of_an_assignment_is_not_linked_with_it() -> None:
    whole, parts = DIVIDED
    elsewhere = [record(part, T3, board="Socialnämnden") for part in parts]
    assert link([record(whole, T2, board="Tekniska nämnden"), *elsewhere], ()) == ()
    other = "Riktlinjer för bisysslor"
    assert linked(in_one_board([whole], [parts[0], other])) == {(f"{whole}@2023-08-31", f"{parts[0]}@2023-12-31")}


CODED = ("Mäta bullret", "Dränera ishallen", "Byta hissarna", "Sprida kunskap om odling i kolonilotter")
RENAMED = (*CODED[:3], "Kunskap om bin i kolonilotter")
CODES = {
    "the same": (("TN1", "TN2", "TN3", "TN4"), ("TN1", "TN2", "TN3", "TN4"), True),
    "another one": (("TN1", "TN2", "TN3", "TN4"), ("TN1", "TN2", "TN3", "TN5"), False),
    "chapters": (("1.1", "1.2", "1.3", "1.4"), ("1.1", "1.2", "1.3", "1.4"), False),
    "given anew": (("TN1", "TN2", "TN3", "TN4"), ("TN3", "TN1", "TN2", "TN4"), False),
    "too few": (("TN1", "TN2", "", "TN4"), ("TN1", "TN2", "", "TN4"), False),
    "none": (("", "", "", ""), ("", "", "", ""), False),
}


@pytest.mark.parametrize(("earlier", "later", "told"), CODES.values(), ids=CODES.keys())
def test_codes_tell_what_a_new_title_is(earlier: Sequence[str], later: Sequence[str], told: bool) -> None:
    coded = [
        [f"{code} {title}" for code, title in zip(codes, titles, strict=True)]
        for codes, titles in ((earlier, CODED), (later, RENAMED))
    ]
    assert len(link(in_one_board(*coded), ())) == (4 if told else 3)


CHANGED = [
    ("Plantera 50 träd vid torget", "Plantera 20 träd vid torget"),
    ("Bygga en cykelbro", "Utreda en cykelbro"),
    ("Byta 900 vattenmätare", "Byta 700 vattenmätare"),
]
NOT_CHANGED = [
    ("Byta 900 vattenmätare", "Byta 700 elstolpar"),
    ("Plantera 50 träd vid torget", "Laga 20 bänkar vid ån"),
    ("Utreda en cykelbro", "Bygga en cykelbro"),
    ("Etapp 1 av kajen", "Etapp 2 av kajen"),
    ("Budget för 2023", "Budget för 2024"),
]


@pytest.mark.parametrize(("earlier", "later"), CHANGED)
def test_what_asks_for_something_else_is_changed_and_not_linked(earlier: str, later: str) -> None:
    records = in_one_board([earlier], [later])
    found = find_links(records, ())
    assert [(one.earlier, one.later) for one in found.changed] == [(records[0].id, records[1].id)]
    assert found.links == ()
    claimed = find_links(in_one_board([earlier], [earlier, later]), ())
    assert (len(claimed.links), claimed.changed) == (1, ())
    elsewhere = [records[0], record(later, T3, board="Socialnämnden")]
    assert find_links(elsewhere, ()).changed == ()


@pytest.mark.parametrize(("earlier", "later"), NOT_CHANGED)
def test_what_is_another_matter_is_not_changed(earlier: str, later: str) -> None:
    found = find_links(in_one_board([earlier], [later]), ())
    assert (found.changed, found.links) == ((), ())


TITLES = st.sampled_from([title for pair in (*SAME, *OTHER) for title in pair])


@given(
    st.lists(
        st.builds(record, TITLES, st.sampled_from([T1, T2, T3]), board=st.sampled_from([None, "KS", "TN"])),
        max_size=14,
        unique_by=lambda one: one.id,
    ),
    st.randoms(use_true_random=False),
)
def test_links_do_not_depend_on_order(records: list[Record], random: Random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert find_links(shuffled, ()) == find_links(records, ())


@given(st.lists(st.builds(record, TITLES, st.sampled_from([T2, T3])), max_size=14, unique_by=lambda one: one.id))
def test_links_are_one_to_one_between_two_documents(records: list[Record]) -> None:
    ends = [id for found in link(records, ()) for id in (found.earlier, found.later)]
    assert len(ends) == len(set(ends))
