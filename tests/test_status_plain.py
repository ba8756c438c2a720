"""Status as it is plainly stated: decisions, judgements, ends and what comes, and nouns that the title names."""

import pytest

from ljuskoll.nlp.language.status import find_status, main_phrase

STATUS = (
    ("Översynen hinns med.", "on_track"),
    ("Nämnden valde i mars, efter samråd med byalaget, att lägga ned satsningen.", "cancelled"),
    ("Styrelsen fattade i maj beslut om att lägga ner arbetet.", "cancelled"),
    ("Någon ombyggnad blir inte av, sedan nämnden beslutat att projektet läggs ned.", "cancelled"),
    ("Eftersom fullmäktige strök projektet finns inget att redovisa.", "cancelled"),
    ("Arbetet avslutas utan ansökan.", "cancelled"),
    ("Uppdraget blir inte av i år.", "off_track"),
    ("Blev inte av.", "off_track"),
    ("Ombyggnaden blir inte av.", "cancelled"),
    ("Klart och invigt den 11 juni.", "completed"),
    ("Förslaget är framtaget och klart i december.", "on_track"),
    ("Uppdraget är avslutat och utgår ur kommande rapporter.", "completed"),
    ("Uppdraget utgår ur planen.", "cancelled"),
    ("Slutredovisas härmed.", "completed"),
    ("I år når vi bara en bit på vägen.", "partial"),
    ("Något genomförande under 2024 är inte att räkna med.", "off_track"),
    ("Vi anser därför att målet är nått.", "completed"),
    ("Åtgärden beräknas då vara klar i december.", "on_track"),
    ("Planen är försenad.", "off_track"),
    ("Planen är att uppdraget slutförs i höst.", "on_track"),
    ("Planen håller.", "on_track"),
    ("Prognosen är att samtliga hinns med.", "on_track"),
    ("Prognosen för helåret är att målet nås.", "on_track"),
    ("Arbetet försenades under våren.", "off_track"),
    ("Arbetet försenas till november.", "on_track"),
    ("Det innebär att lokalerna är klara och att programmet går som planerat.", "on_track"),
    ("Indikatorn uppgick till 81 procent och målet är därmed uppfyllt.", "completed"),
    ("Policyn är framtagen men ännu inte antagen.", "partial"),
    ("Projektet är avslutat och kommer inte att följas upp.", "completed"),
    ("Taxan är framtagen och antogs av fullmäktige i november.", "completed"),
    ("Den försenade renoveringen är nu klar.", "completed"),
    ("Den beslutade omställningen är genomförd.", "completed"),
    ("Ej mätt.", "unclear"),
    ("Inte fullt ut.", "partial"),
    ("Gäller fr.o.m. 1 juni.", "completed"),
    ("Eftersom ingen mätning genomförts saknas underlag.", "unclear"),
    ("Lotsen kan inte startas i år.", "off_track"),
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
    "Fyra har börjat.",
    "De står på tur i höst.",
    "Återstår: skyltar och belysning.",
    "Flytten avbröts två gånger.",
    "Planen håller hög klass.",
    "Ventilationen var inte godkänd i maj.",
    "Klassrummen är orörda.",
    "Underlagsarbetet har bedrivits i god takt.",
    "Skulden var lika stor vid utgången av året.",
    "Grannkommunen har redan nått sitt mål.",
    "Slutbesiktning sker i vecka 9.",
    "Vi arbetar med målet varje dag.",
    "När vi inte målet höjs avgiften.",
    "Når vi inte målet höjs avgiften.",
    "Polisens uppdrag har försenats.",
    "Förra årets resultat var gott och målet nåddes.",
    "Förseningen beror på att målet ändrats.",
)


@pytest.mark.parametrize(("text", "outcome"), STATUS)
def test_plain_statements(text: str, outcome: str) -> None:
    phrase = main_phrase(find_status(text, year=2024))
    assert phrase is not None
    assert phrase.outcome == outcome


@pytest.mark.parametrize("text", NONE)
def test_no_statement_of_the_whole(text: str) -> None:
    assert find_status(text, year=2024) == ()


@pytest.mark.parametrize(
    ("text", "title", "outcome"),
    [
        ("Kartläggningen är inte inledd.", "Kartlägga bullret vid skolorna", "not_started"),
        ("Kartläggningen är inte inledd.", "Ta fram en bullerplan", None),
        ("Kartläggningen är klar.", "Kartlägga och åtgärda bullret", None),
        ("Upphandlingen följer tidplanen.", "Upphandla ny växel", "on_track"),
        ("Testet utfördes i juni.", "Återläsningstest av arkiv", "completed"),
        ("Tjänsten togs i drift i maj.", "Införa e-tjänst för bygglov", "completed"),
        ("Testet är klart.", "Återläsningstest och ny rutin", None),
    ],
)
def test_what_the_title_names_is_the_whole(text: str, title: str, outcome: str | None) -> None:
    phrase = main_phrase(find_status(text, year=2024, title=title))
    assert (phrase and phrase.outcome) == outcome
