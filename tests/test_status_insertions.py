"""What stands inside a clause without being its statement: insertions, attributes, pronouns, fronted objects."""

import pytest

from ljuskoll.nlp.language.status import find_status

STATUS = (
    ("Målet om tryggare gator har, trots många insatser, inte uppnåtts.", "off_track"),
    ("Uppdraget att, i dialog med brukarna, se över tiderna är slutfört.", "completed"),
    ("Det av nämnden beställda programmet är framtaget.", "completed"),
    ("Beträffande målet om kortare köer görs bedömningen att det kommer att nås före årsskiftet.", "on_track"),
    ("Huruvida målet är uppnått kan vi inte avgöra.", "unclear"),
    ("Målet om fler lärlingar nådde vi med råge.", "completed"),
    ("Trots att alla har hjälpts åt når vi inte målet.", "off_track"),
    ("Eftersom avtalet överklagades och ligger hos rätten skjuts hela projektet fram till nästa år.", "off_track"),
    ("Det uppdrag som nämnden fick i mars har slutförts.", "completed"),
    ("Prognosen för målet är grön.", "on_track"),
    ("Status vid årets slut: ej påbörjat.", "not_started"),
    ("Skatehallen är rejält försenad.", "off_track"),
    ("Den nya utemiljön är ännu inte klar.", "off_track"),
    ("Med uppdraget om cykelställ har vi inte ens börjat.", "not_started"),
    ("Delvis uppfyllt är löftet om tryggare gångvägar.", "partial"),
    ("Därmed är nämndens åtagande om lovskola i alla kommundelar att anse som fullgjort.", "completed"),
    ("Sedan årsskiftet ligger projektet för fäfot.", "off_track"),
    ("Genom beslut i maj drogs uppdraget tillbaka.", "cancelled"),
    ("Vi är färdiga före jul.", "on_track"),
)
NONE = (
    "Enligt reglementet skall samtliga uppdrag vara genomförda och återrapporterade senast i december.",
    "Såframt bidraget beviljas kan uppdraget slutföras i höst.",
    "I föregående års årsredovisning angavs målet som delvis uppfyllt.",
    "Grönt betyder att åtgärden är genomförd.",
    "Uppdraget anses genomfört när alla har svarat.",
    "Ombyggnaden av grannhuset är försenad, men det påverkar inte oss.",
    "Förra nämnden hann inte slutföra sitt uppdrag.",
    "Målet infördes i budgeten för 2024.",
    "Nämndens arbete fortsätter.",
    "Konserten ställdes in på grund av regn.",
    "Tåget var försenat.",
    "Systemet låg nere i två dagar.",
    "Skåpbilen levererades i maj.",
    "Simhallen stod färdig 1974 och har inte rörts sedan dess.",
    "Inställda på grund av halka blev två av vandringarna.",
    "Omvandlingen vilar på tre ben.",
)


@pytest.mark.parametrize(("text", "outcome"), STATUS)
def test_statements_around_insertions(text: str, outcome: str) -> None:
    assert [span.outcome for span in find_status(text, year=2024)] == [outcome]


@pytest.mark.parametrize("text", NONE)
def test_what_is_said_of_another_matter(text: str) -> None:
    assert find_status(text, year=2024) == ()
