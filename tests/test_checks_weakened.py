"""Titles that quietly ask for less, and others that only say the same in other words."""

import pytest

from findings import T1, T2, record, run_one
from ljuskoll.nlp.followup import Period
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.consistency.weakened import asks_for_less

LESS = [
    ("Bygga 40 hyreslägenheter i Norrvik", "Planera för hyreslägenheter i Norrvik"),
    ("Bygga en bro över Lillån", "Förbereda byggandet av en bro över Lillån"),
    ("Renovera badhuset i Hult", "Ta fram ett förslag på renovering av badhuset i Hult"),
    ("Utbilda all personal i hjärt- och lungräddning", "Erbjuda personalen utbildning i hjärt- och lungräddning"),
    ("Halvera matsvinnet i skolköken", "Minska matsvinnet i skolköken"),
    ("Avveckla barackerna vid Ekskolan", "Minska antalet baracker vid Ekskolan"),
    ("Alla förskolor ska ha en utbildad kock", "De flesta förskolor ska ha en utbildad kock"),
    ("Införa nya scheman i alla områden", "Införa nya scheman i två områden"),
    ("Alla nyanställda ska få en mentor", "Nyanställda ska kunna få en mentor"),
    ("Installera solceller på tio skoltak", "Installera solceller på skoltak"),
    ("Öka antalet besök på biblioteken med 10 procent", "Öka antalet besök på biblioteken"),
    ("Ta fram och anta en översiktsplan", "Ta fram en översiktsplan"),
    ("Öppna två nya gruppbostäder", "Öppna en ny gruppbostad"),
    ("Svara på e-post inom ett dygn", "Svara på e-post inom tre dygn"),
    ("Bygga ut fibernätet till samtliga byar 2023", "Bygga ut fibernätet till samtliga byar 2025"),
]
SAME = [
    ("Bygga 40 hyreslägenheter i Norrvik", "Byggnation av 40 hyreslägenheter i Norrvik"),
    ("Alla förskolor ska ha en utbildad kock", "Samtliga förskolor ska ha utbildad kock"),
    ("Utreda behovet av en ny simhall", "Utredning av behovet av en ny simhall"),
    ("Förbereda införandet av e-arkivet", "Förberedelser för införandet av e-arkivet"),
    ("Ta fram en översiktsplan", "Uppdrag att ta fram en översiktsplan"),
    ("Anta en ny detaljplan för hamnen", "Ny detaljplan för hamnen ska antas"),
    ("Minska matsvinnet", "Minskat matsvinn i köken"),
    ("Halvera matsvinnet i skolköken", "Matsvinnet i skolköken ska halveras"),
    ("Anställa fem fältassistenter", "Anställning av 5 fältassistenter"),
    ("Erbjuda lovskola till alla i årskurs 9", "Lovskola erbjuds alla i årskurs 9"),
    ("Bygga en bro över Lillån", "Minska antalet olyckor på Storgatan"),
    ("Utbilda all personal i brandskydd", "Utbildning i brandskydd för all personal"),
]


@pytest.mark.parametrize(("one", "other"), LESS)
def test_less_is_asked_for(one: str, other: str) -> None:
    assert asks_for_less(Title.read(one), Title.read(other), same_year=True)


@pytest.mark.parametrize(("one", "other"), [*SAME, *((other, one) for one, other in SAME)])
def test_the_same_is_asked_for_in_other_words(one: str, other: str) -> None:
    assert not asks_for_less(Title.read(one), Title.read(other), same_year=True)


def test_what_comes_again_each_year_is_not_put_off() -> None:
    titles = Title.read("Bygga ut nätet i alla byar 2023"), Title.read("Bygga ut nätet i alla byar 2024")
    assert asks_for_less(*titles, same_year=True)
    assert not asks_for_less(*titles, same_year=False)


@pytest.mark.parametrize(("one", "other"), LESS)
def test_the_two_titles_are_one_finding(one: str, other: str) -> None:
    before = record("green", "on_track", T1, title=one, document="a")
    after = record("green", "on_track", T2, title=other, document="b")
    (finding,) = run_one("reworded", before, after)
    assert (finding.kind, finding.records) == ("over_time", (before.id, after.id))
    assert one in finding.message and other in finding.message


def test_a_number_of_things_falls_where_their_age_is_a_number_too() -> None:
    before = record("green", "on_track", T1, title="Hålla 120 samtal med invånare över 80 år", document="a")
    after = record("green", "on_track", T2, title="Hålla 80 samtal med invånare över 80 år", document="b")
    assert run_one("reworded", before, after)


def test_the_next_years_title_has_its_own_year() -> None:
    before = record("green", "on_track", T2, title="Genomföra medborgarenkäten 2023", document="a")
    after = record(
        "green", "on_track", Period.of_tertial(2024, 1), title="Genomföra medborgarenkäten 2024", document="b"
    )
    assert not run_one("reworded", before, after)
