import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.nlp.language.topic import find_topic


def found(sentence: str) -> list[tuple[str, str]]:
    tokens = tokenise(sentence)
    return [(tag.kind, tokens.quoted(tag)) for tag in find_topic(tokens)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Uppdraget är avslutat.", [("whole", "Uppdraget")]),
        ("Kvar att göra är besiktningen.", [("part", "besiktningen")]),
        ("Projektet, som drivs av två nämnder och betalas av EU, ligger efter.", [("whole", "Projektet")]),
        ("Ena delen är klar, men den andra är försenad.", [("part", "Ena delen"), ("part", "den andra")]),
        ("I juni avslutades projektet.", [("whole", "projektet")]),
        ("Gatukontoret har inte påbörjat uppdraget.", [("whole", "uppdraget")]),
        ("Tyvärr kommer målet inte att nås.", [("whole", "målet")]),
        ("Arbete pågår.", [("whole", "Arbete")]),
        ("Strategin antogs i maj.", [("whole", "Strategin")]),
        ("Arbetet med etapp 3 har stannat av.", [("part", "Arbetet med etapp 3")]),
        ("Delar av uppdraget är utförda.", [("part", "Delar av uppdraget")]),
        ("Förstudien och upphandlingen är klara.", [("part", "Förstudien"), ("part", "upphandlingen")]),
        ("Steg 1 är klart men inte steg 2.", [("part", "Steg 1"), ("part", "steg 2")]),
        ("Utredningen presenterades i maj och är avslutad.", [("whole", "Utredningen")]),
    ],
)
def test_what_a_statement_is_about(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "För att klara målet krävs pengar.",
        "Medborgarförslaget besvarades i maj.",
        "Pengar till uppdraget har sökts.",
        "Målet beskrivs i bilagan.",
        "Projektet finansieras av länet.",
        "Målet är att alla ska lyckas.",
        "För att slutföra uppdraget krävs fler händer.",
        "När uppdraget är slutfört skrivs en rapport.",
        "Målet antogs av fullmäktige.",
        "Samarbetet fortsätter.",
        "Etappen omfattar tolv hus.",
    ],
)
def test_what_no_status_is_said_of(sentence: str) -> None:
    assert found(sentence) == []


WORDS = st.sampled_from(
    ["arbetet", "med", "att", "uppdraget", "är", "klart", ",", "som", "etapp 2", "inte", "kommer", "och"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14))
def test_any_text_gives_tags_in_order(words: list[str]) -> None:
    tokens = tokenise(" ".join(words))
    last = 0
    for tag in find_topic(tokens):
        assert last <= tag.first < tag.last <= len(tokens)
        last = tag.last
