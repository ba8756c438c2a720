"""Status told by when it ends, by what is ahead of any report, and by clauses that correct one another."""

import pytest

from ljuskoll.nlp.language.status import find_status, main_phrase

STATUS = (
    ("Slutförandet beräknas ske i november.", "on_track"),
    ("Färdigställande är planerat till 2025.", "off_track"),
    ("Grunden är gjuten och driftstart beräknas till oktober.", "on_track"),
    ("Nytt slutdatum: juni 2025.", "off_track"),
    ("Slutleveransen skjuts upp till nästa år.", "off_track"),
    ("Slutdatumet ligger fast.", "on_track"),
    ("Målet väntas nås i februari.", "off_track"),
    ("Projektet blir inte klart förrän till våren.", "off_track"),
    ("Åtgärden påbörjas först i januari.", "not_started"),
    ("Uppdraget slutfördes i mars.", "completed"),
    ("Uppdraget får anses utfört i och med beslutet i maj.", "completed"),
    ("Översynen avslutas eftersom behovet inte längre finns.", "cancelled"),
    ("Resten av uppdraget återstår.", "partial"),
    ("Målet nås i stadsdelen, däremot inte på landsbygden.", "partial"),
    ("Genomfört på kvällstid, inte på helger.", "partial"),
    ("Delvis, en enhet saknas.", "partial"),
    ("Uppdraget är utfört i tre av våra fyra hus.", "partial"),
    ("Om vi når målet är osäkert.", "partial"),
    ("Huruvida uppdraget blir klart i år beror på vädret.", "partial"),
    ("Uppdraget har ännu inte startats utan inleds i maj.", "not_started"),
    ("Arbetet ligger nere tills avtalet är klart och har inte påbörjats.", "not_started"),
    ("Vi har inte haft tid för uppdraget.", "off_track"),
    ("Programmet har inte kunnat följas.", "off_track"),
    ("Vi räknar med att hinna klart före jul.", "on_track"),
    ("Nämnden lade uppdraget åt sidan.", "off_track"),
    ("Ny taxa är antagen.", "completed"),
    ("Arbetet har inletts men inte slutförts.", "partial"),
    ("Beslut fattades om att avbryta projektet.", "cancelled"),
    ("Uppdraget är under beredning.", "on_track"),
)
NONE = (
    "Slutbesiktning sker i vecka 9.",
    "Vi arbetar med målet varje dag.",
    "När vi inte målet höjs avgiften.",
    "Når vi inte målet höjs avgiften.",
    "Polisens uppdrag har försenats.",
    "Förra årets resultat var gott och målet nåddes.",
    "Förseningen beror på att målet ändrats.",
)


@pytest.mark.parametrize(("text", "outcome"), STATUS)
def test_statements(text: str, outcome: str) -> None:
    phrase = main_phrase(find_status(text, year=2024))
    assert phrase is not None
    assert phrase.outcome == outcome


@pytest.mark.parametrize("text", NONE)
def test_no_statement(text: str) -> None:
    assert find_status(text, year=2024) == ()
