"""Status as it is plainly stated: decisions, judgements, words for what comes, and nouns that the title names."""

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
