from collections.abc import Sequence

import pytest

from ljuskoll.models.cues import compile_phrases, find_cues
from ljuskoll.models.dates import find_dates
from ljuskoll.models.figures import compare, find_targets
from ljuskoll.nlp.followup import Period

SPRING, AUTUMN, YEAR_END = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("på plats", "Allt är på  plats nu", "på  plats"),
        ("på plats", "Alla på platsen", None),
        ("försena*", "Bygget är Försenat.", "Försenat"),
        ("försena*", "Leveransförsening", None),
        ("{nästa,kommande} år", "klart kommande år", "kommande år"),
        ("{nästa,kommande} år", "nästa årtionde", None),
        ("inget _ talar emot", "inget i nuläget talar emot", "inget i nuläget talar emot"),
        ("inget _ talar emot", "inget talar emot", "inget talar emot"),
        ("inget _ talar emot", "inget. Mycket talar emot", None),
    ],
)
def test_the_notation(phrase: str, text: str, found: str | None) -> None:
    match = compile_phrases([phrase]).search(text)
    assert (match and match.group()) == found


@pytest.mark.parametrize(
    ("sentence", "kind", "there"),
    [
        ("Planen är antagen.", "done", True),
        ("Planen är inte antagen.", "done", False),
        ("Planen är inte antagen.", "not_done", True),
        ("Besiktningen gick utan anmärkning.", "negation", False),
        ("Inte minst har personalen bidragit.", "negation", False),
        ("Det går inte att bedöma.", "no_ground", True),
        ("Arbetet avbröts.", "cancelled", True),
        ("Leveransen kommer nästa vår.", "next_year", True),
        ("Leveransen kom förra våren.", "next_year", False),
    ],
)
def test_cues_of_a_sentence(sentence: str, kind: str, there: bool) -> None:
    assert (kind in {cue.kind for cue in find_cues(sentence)}) == there


@pytest.mark.parametrize(
    ("sentence", "period", "names"),
    [
        ("Driftstart sker i oktober.", AUTUMN, ["date_ahead"]),
        ("Avtalet skrevs i mars.", AUTUMN, ["date_past"]),
        ("Avtalet tecknas i mars när beslutet är fattat.", AUTUMN, ["date_beyond"]),
        ("Nytt möte i mars.", YEAR_END, ["date_bare"]),
        ("Montaget är bokat till vecka 40.", AUTUMN, ["date_ahead"]),
        ("Bron byggs 2026.", AUTUMN, ["next_year"]),
        ("Planen gäller 2023–2026.", AUTUMN, []),
        ("Vi väntar.", AUTUMN, []),
        ("Driftstart sker i oktober.", None, ["date_beyond"]),
    ],
)
def test_dates_of_a_sentence(sentence: str, period: Period | None, names: list[str]) -> None:
    assert list(find_dates(sentence, period)) == names


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("Andel nöjda ska vara minst 80 procent", [(80, "least")]),
        ("Sjukfrånvaron ska understiga 6,5 procent", [(6.5, "most")]),
        ("Kostnaden får högst uppgå till 900 tkr", [(900, "most")]),
        ("Kostnaden ska minska med 15 procent", [(15, "least")]),
        ("Plantera 1 500 träd", [(1500, "count")]),
        ("Besöka tolv skolor", [(12, "count")]),
        ("Index minst 72, högst 5 procent ändrade beslut", [(72, "least"), (5, "most")]),
        ("Andel behöriga 95 procent", [(95, "least")]),
        ("Ta fram en plan för 2025", []),
        ("Bygga en bro", []),
    ],
)
def test_targets_of_an_assignment(assignment: str, expected: Sequence[tuple[float, str]]) -> None:
    assert [(target.figure.value, target.sense) for target in find_targets(assignment)] == list(expected)


@pytest.mark.parametrize(
    ("assignment", "sentence", "names"),
    [
        ("Minst 80 procent nöjda", "Utfallet blev 83 %.", ["target_met"]),
        ("Minst 80 procent nöjda", "Utfallet blev 78,5 procent.", ["target_missed"]),
        ("Högst 28 dagar", "Mediantiden var 31 dagar.", ["target_missed"]),
        ("Högst 28 dagar", "Det kostade 12 kronor.", []),
        ("Genomföra 120 besök", "124 genomförda.", ["count_all"]),
        ("Genomföra 120 besök", "Sju besök har gjorts.", ["count_few"]),
        ("Genomföra 120 besök", "60 besök är gjorda.", ["count_some"]),
        ("Bygga en skola", "Nio av tolv salar är klara.", ["part_some"]),
        ("Bygga en skola", "12 av 12 salar är klara.", ["part_all"]),
        ("Bygga en skola", "En av salarna är klar.", []),
    ],
)
def test_figures_against_the_assignment(assignment: str, sentence: str, names: list[str]) -> None:
    assert list(compare(sentence, find_targets(assignment))) == names
