"""Claims with insertions and rough shares, green lights over figures, and what only looks like either."""

import pytest

from findings import T1, T2, T3, UNSURE, assessed, claim, findings, record, report, run_one
from ljuskoll.nlp.followup import Colour, Period
from ljuskoll.nlp.language.claims import find_claims
from ljuskoll.service.record import Record

# --- insertions and rough shares ------------------------------------------------------------------------------------

INSERTED = [
    ("Av nämndens sju uppdrag är, vintern till trots, fem gröna och två gula.", [(5, 7), (2, 7)]),
    ("Av sju uppdrag har, trots en sen start och många vakanser, fem genomförts.", [(5, 7)]),
    ("Målets fyra uppdrag är, så långt nämnden kan bedöma, samtliga gröna.", [(4, 4)]),
    ("Av åtta uppdrag är – glädjande nog – sex gröna och två röda.", [(6, 8), (2, 8)]),
    ("Nio uppdrag är, liksom i våras, gröna.", [(9, None)]),
]


@pytest.mark.parametrize(("text", "expected"), INSERTED)
def test_what_is_set_in_between_changes_no_count(text: str, expected: list[tuple[int, int | None]]) -> None:
    assert [(one.count, one.population) for one in find_claims(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Av sju uppdrag är, undantaget ett, samtliga gröna.",
        "Av sju uppdrag är, om vintern blir mild, fem gröna.",
        "Av sju uppdrag är, förutom tre som vilar, samtliga gröna.",
        "Av sju uppdrag är, som nämnden ska besluta, fem gröna.",
        "Cirka 60 procent av uppdragen är gröna.",
        "Knappt sju uppdrag är gröna.",
    ],
)
def test_what_leaves_out_or_makes_uncertain_is_no_count(text: str) -> None:
    assert find_claims(text) == ()


@pytest.mark.parametrize("word", ["Knappt", "Drygt", "Nästan", "Strax under"])
def test_a_rough_share(word: str) -> None:
    (found,) = find_claims(f"{word} 70 procent av målen är gröna.")
    assert (found.count, found.is_share, found.is_rough) == (70, True, True)
    (exact,) = find_claims("70 procent av målen är gröna.")
    assert not exact.is_rough


@pytest.mark.parametrize(
    ("lights", "said", "is_rough", "flagged"),
    [
        ("ggggyyr", 80, True, True),
        ("ggggyyr", 40, True, True),
        ("ggggyyr", 60, True, False),
        ("ggggyyr", 50, True, False),
        ("ggggyyr", 60, False, True),
        ("gggyy", 50, True, False),
    ],
)
def test_a_rough_share_may_be_ten_units_off(lights: str, said: int, is_rough: bool, flagged: bool) -> None:
    records, documents = report(lights, claim(said, "green", is_share=True, is_rough=is_rough))
    assert bool(run_one("aggregate", *records, documents=documents)) is flagged


# --- green over figures ---------------------------------------------------------------------------------------------

ABSENCE = "Sjukfrånvaron ska vara högst 7 procent"
ROAD = "Belägga Nygatan 2022–2024"
BELIED: list[tuple[Period, str, str]] = [
    (T1, ABSENCE, "Sjukfrånvaron var 8,1 procent i april. Vi räknar med att året slutar på 7,8 procent."),
    (T2, ABSENCE, "Sjukfrånvaron är 7,9 procent till och med augusti. Helårsprognosen är 7,6 procent."),
    (T3, ABSENCE, "Helåret slutade på 7,6 procent. Influensan kom tidigt och slog hårt mot förskolan."),
    (T3, "Minst 80 procent av eleverna ska nå målen", "Årets resultat blev 74 procent, efter en svår höst."),
    (T3, ROAD, "120 av årets 500 meter är belagda. Arbetet står still sedan i oktober."),
    (T3, ROAD, "Av årets 500 meter är 220 belagda, och entreprenören har avetablerat."),
    (T3, ROAD, "Sedan konkursen har bygget legat nere. Av årets 500 meter blev 120 belagda."),
]


def over(period: Period, title: str, comment: str, light: Colour = "green") -> Record:
    return record(light, None, period, title=title, comment=comment, assessment=assessed("green"))


@pytest.mark.parametrize(("period", "title", "comment"), BELIED)
def test_a_green_light_that_a_figure_belies(period: Period, title: str, comment: str) -> None:
    one = over(period, title, comment)
    (finding,) = run_one("light_vs_facts", one)
    assert (finding.kind, finding.records) == ("declared_vs_comment", (one.id,))
    (told, *_) = finding.evidence
    assert told.start is not None
    assert comment[told.start : told.end] == told.text


BORNE_OUT: list[tuple[Period, str, str]] = [
    (T1, ABSENCE, "Sjukfrånvaron var 8,1 procent i april. Vi räknar med att året slutar på 6,8 procent."),
    (T1, ABSENCE, "Sjukfrånvaron var 8,1 procent i april. I fjol slutade året på 7,8 procent."),
    (T1, ABSENCE, "Sjukfrånvaron var 8,1 procent i april, men höstens insatser väntas sänka den."),
    (T1, ABSENCE, "Sjukfrånvaron var 8,1 procent i april. Om inget görs slutar året på 7,8 procent."),
    (T2, ABSENCE, "Sjukfrånvaron är 6,9 procent till och med augusti. Helårsprognosen är 6,9 procent."),
    (T2, "Anordna 30 kurser", "20 kurser är hållna. Helårsprognosen är 28 kurser."),
    (T3, ABSENCE, "Helåret slutade på 6,6 procent."),
    (T3, "Antalet placeringar ska vara högst 20", "I januari var det 31 placeringar. På nyårsafton var de 18."),
    (T3, ROAD, "500 av årets 500 meter är belagda. Arbetet står still till våren."),
    (T3, ROAD, "120 av årets 500 meter är belagda. Vi arbetar på varje dag."),
    (T3, ROAD, "120 av årets 500 meter återstår, och arbetet står still över jul."),
    (T3, ROAD, "120 av 500 meter är belagda. Arbetet står still till våren, som planerat."),
    (T3, ROAD, "120 av årets 500 meter var belagda i oktober, då arbetet låg nere. Det återupptogs och blev klart."),
]


@pytest.mark.parametrize(("period", "title", "comment"), BORNE_OUT)
def test_a_green_light_that_figures_do_not_belie(period: Period, title: str, comment: str) -> None:
    assert run_one("light_vs_facts", over(period, title, comment)) == []


def test_only_a_green_light_is_held_against_the_figures() -> None:
    period, title, comment = BELIED[2]
    assert [run_one("light_vs_facts", over(period, title, comment, light)) for light in ("yellow", "red")] == [[], []]


# --- done, but a figure for all of it misses ------------------------------------------------------------------------

SHARE = "Minst 90 procent av barnen ska ha en egen plan"


@pytest.mark.parametrize(
    ("rest", "flagged"),
    [
        ("Sammantaget hade 84 procent av barnen en plan när året var slut.", True),
        ("Bland barnen i dess helhet hade 84 procent en plan när året gick ut.", True),
        ("Sammantaget hade 94 procent av barnen en plan när året var slut.", False),
        ("På Lindens avdelning hade 84 procent av barnen en plan.", False),
        ("Sammantaget hade 84 procent av barnen en plan förra året.", False),
        ("Sammantaget är 84 procent av personalen nöjd.", False),
    ],
)
def test_said_reached_over_a_figure_for_the_whole(rest: str, flagged: bool) -> None:
    comment = f"Målet har uppnåtts. {rest}"
    one = record("green", "completed", T3, text="Målet har uppnåtts.", title=SHARE, comment=comment)
    one = one.model_copy(update={"without_phrase": UNSURE})
    assert bool(run_one("said_reached", one)) is flagged


# --- empty words ----------------------------------------------------------------------------------------------------

DIALOG = "Frågan är viktig för hela verksamheten."
LONG = (
    "Frågan är sammansatt och berör flera delar av organisationen, varför en god dialog är av stor vikt; "
    "det strategiska arbetet bedrivs vidare och kommer att redovisas närmare framöver."
)


@pytest.mark.parametrize(
    ("text", "comment", "title", "flagged"),
    [
        ("Arbetet fortgår enligt rutin.", f"Arbetet fortgår enligt rutin. {DIALOG}", "Ta fram en vattenplan", True),
        ("Arbetet går enligt plan.", f"Arbetet går enligt plan. {DIALOG}", "Ta fram en vattenplan", False),
        (None, LONG, "Anta en strategi för skolskjuts", True),
        ("Arbetet fortgår enligt rutin.", "Arbetet fortgår enligt rutin.", "Ta fram en vattenplan", False),
        ("Arbetet beräknas bli klart.", f"Arbetet beräknas bli klart. {DIALOG}", "Ta fram en vattenplan", False),
        (None, LONG.replace("arbetet", "skolskjutsarbetet"), "Anta en strategi för skolskjuts", False),
        (None, f"{LONG} Upphandlingen av bussar är klar.", "Anta en strategi för skolskjuts", False),
        (None, LONG.replace("framöver", "i oktober 2023"), "Anta en strategi för skolskjuts", False),
    ],
)
def test_empty_words_beside_a_sentence_or_many(text: str | None, comment: str, title: str, flagged: bool) -> None:
    outcome = "on_track" if text else None
    one = record("green", outcome, T2, text=text, title=title, comment=comment, assessment=assessed("green"))
    if one.phrase is not None and text is not None:
        one = one.model_copy(update={"phrase": one.phrase.model_copy(update={"end": len(text)})})
    assert bool(run_one("empty_words", one)) is flagged


# --- what comes after, and steps of longer work ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "flagged"),
    [
        ("Garantibesiktningen görs hösten 2025.", False),
        ("Invigningen hålls i maj 2024.", False),
        ("Taket läggs först i maj 2024.", True),
        ("Garantibesiktningen görs 2025. Taket läggs först i maj 2024.", True),
    ],
)
def test_what_comes_after_takes_nothing_back(rest: str, flagged: bool) -> None:
    comment = f"Skolan är färdig. {rest}"
    one = record("green", "completed", T3, text="Skolan är färdig.", title="Bygga en skola", comment=comment)
    phrase = one.phrase and one.phrase.model_copy(update={"end": 17})
    one = one.model_copy(update={"phrase": phrase, "without_phrase": assessed("red", 0.7)})
    assert bool(run_one("phrase_vs_comment", one)) is flagged


@pytest.mark.parametrize(
    ("comment", "flagged"),
    [
        ("De 80 hushåll som skulle anslutas 2023 har anslutits. De andra 40 ansluts 2024.", False),
        ("De 80 hushåll som skulle anslutas 2023 har inte anslutits. De ansluts 2024.", True),
    ],
)
def test_the_part_that_was_the_year_s(comment: str, flagged: bool) -> None:
    one = record(
        "green", None, T3, title="Ansluta 120 hushåll 2023–2024", comment=comment, assessment=assessed("red", 0.95)
    )
    assert bool(findings(one)) is flagged


@pytest.mark.parametrize(
    ("title", "flagged"), [("Restaurera parken 2022–2025", False), ("Restaurera parken under 2023", True)]
)
def test_steps_of_longer_work_in_two_documents(title: str, flagged: bool) -> None:
    told = [("Årets steg är klart.", assessed("green")), ("Det var årets steg. Träd 2024.", assessed("red"))]
    pair = [
        record("green", None, T3, title=title, comment=comment, assessment=one, document=name)
        for name, (comment, one) in zip("ab", told, strict=True)
    ]
    assert bool(run_one("across_comments", *pair)) is flagged
