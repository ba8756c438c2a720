"""Which sentences count assignments by status, and which only look as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.claims import ClaimSpan, find_claims

COUNTS = [
    ("80 procent av målen är uppfyllda.", ["80% completed goal"]),
    ("80 % av uppdragen är genomförda.", ["80% completed assignment"]),
    ("Vid årets slut är 70 procent av målen gröna.", ["70% green goal"]),
    ("30 % av uppdragen är röda och 70 % är gula.", ["30% red assignment", "70% yellow assignment"]),
    ("Två tredjedelar av uppdragen är slutförda.", ["67% completed assignment"]),
    ("Av tio aktiviteter är 40 procent inte påbörjade.", ["40%/10 not_started activity"]),
    ("Hälften av nämndens åtta mål är uppnådda.", ["50%/8 completed goal"]),
    ("Tre uppdrag blev inte genomförda.", ["3 off_track assignment"]),
    ("Tre uppdrag har inte genomförts.", ["3 off_track assignment"]),
    ("Fyra uppdrag har inte kunnat genomföras under året.", ["4 off_track assignment"]),
    ("Fem av uppdragen är gröna.", ["5 green assignment"]),
    ("Ett av målen nås inte.", ["1 off_track goal"]),
    ("Två mål uppnås ej.", ["2 off_track goal"]),
    ("Samtliga tolv uppdrag är genomförda.", ["12/12 completed assignment"]),
    ("Sju av nio aktiviteter är slutförda.", ["7/9 completed activity"]),
    ("Under året har sex av åtta uppdrag genomförts.", ["6/8 completed assignment"]),
    ("Vid årets slut är 14 av 20 delmål helt uppfyllda.", ["14/20 completed goal"]),
    ("Även om två uppdrag inte blev genomförda så är läget gott.", ["2 off_track assignment"]),
    ("Uppföljningen visar att fem av de åtta målen är uppnådda.", ["5/8 completed goal"]),
    ("Det innebär att elva uppdrag är genomförda.", ["11 completed assignment"]),
    ("Endast två indikatorer är gröna.", ["2 green indicator"]),
    ("Inget av uppdragen är rött.", ["0 red assignment"]),
    ("Två åtgärder är ännu inte påbörjade.", ["2 not_started activity"]),
    ("Ett uppdrag är avbrutet.", ["1 cancelled assignment"]),
    ("Av kommunens 15 mål är tio uppnådda.", ["10/15 completed goal"]),
    (
        "9 av 24 delmål är uppfyllda, 11 är inte uppfyllda och fyra är delvis uppfyllda.",
        ["9/24 completed goal", "11/24 off_track goal", "4/24 partial goal"],
    ),
    (
        "Av årets tio uppdrag är sju gröna, två gula och ett rött.",
        ["7/10 green assignment", "2/10 yellow assignment", "1/10 red assignment"],
    ),
    (
        "Sammantaget är sex mål gröna, två gula och tre röda.",
        ["6 green goal", "2 yellow goal", "3 red goal"],
    ),
    (
        "Åtta av tretton uppdrag bedöms bli genomförda, tre bedöms bli delvis genomförda och två bedöms inte bli "
        "genomförda.",
        ["8/13 on_track assignment", "3/13 partial assignment", "2/13 off_track assignment"],
    ),
    (
        "Fyra nyckeltal är uppnådda, fem är inte fullt ut uppnådda medan ett inte är uppnått.",
        ["4 completed indicator", "5 partial indicator", "1 off_track indicator"],
    ),
    (
        "Fem uppdrag är genomförda, tre pågår och två är inte påbörjade.",
        ["5 completed assignment", "2 not_started assignment"],
    ),
    ("Fyra uppdrag under målet är gröna, ett är gult.", ["4 green assignment", "1 yellow assignment"]),
    ("Åtta uppdrag är inte gröna.", ["8 yellow/red assignment"]),
    (
        "Två av målets fyra uppdrag är gröna och två är gula.",
        ["2/4 green assignment", "2/4 yellow assignment"],
    ),
    (
        "Av Bygg- och miljönämndens sju uppdrag är fem gröna, ett gult och ett rött.",
        ["5/7 green assignment", "1/7 yellow assignment", "1/7 red assignment"],
    ),
    (
        "Styrelsen har åtta uppdrag, av vilka sex är gröna och två gula.",
        ["6/8 green assignment", "2/8 yellow assignment"],
    ),
    (
        "Bokslutet gäller tolv uppdrag: nio gröna, två gula och ett rött.",
        ["9/12 green assignment", "2/12 yellow assignment", "1/12 red assignment"],
    ),
    (
        "Av de elva uppdrag som följs upp redovisas sju som gröna, tre som gula och ett som rött.",
        ["7/11 green assignment", "3/11 yellow assignment", "1/11 red assignment"],
    ),
    ("Under målet redovisas fyra gröna och två röda uppdrag.", ["4 green assignment", "2 red assignment"]),
    ("7 av 12 redovisade uppdrag är gröna.", ["7/12 green assignment"]),
    ("Nio av elva uppdrag är gröna när våren summeras.", ["9/11 green assignment"]),
    ("Sju av tio uppdrag är gröna, de övriga tre gula.", ["7/10 green assignment", "3/10 yellow assignment"]),
    ("Till och med augusti är fem av sju mål gröna.", ["5/7 green goal"]),
    (
        "Vi har 14 uppdrag kvar i nuläget: nio är gröna, ett är gult och fyra är röda.",
        ["9/14 green assignment", "1/14 yellow assignment", "4/14 red assignment"],
    ),
    (
        "12 mål följs upp, varav 7 är gröna, 3 är gula och 2 är röda.",
        ["7/12 green goal", "3/12 yellow goal", "2/12 red goal"],
    ),
    ("Våra åtta uppdrag fördelar sig på sex gröna och två röda.", ["6/8 green assignment", "2/8 red assignment"]),
    ("Målen är nio: sju gröna och två gula.", ["7/9 green goal", "2/9 yellow goal"]),
    ("Läget: fyra gröna, ett gult och två röda mål.", ["4 green goal", "1 yellow goal", "2 red goal"]),
    ("Året slutade med sex gröna uppdrag och två röda.", ["6 green assignment", "2 red assignment"]),
    ("De fyra målen är alla gröna.", ["4/4 green goal"]),
    ("Målets fem uppdrag är samtliga gröna.", ["5/5 green assignment"]),
    ("Alla våra sex uppdrag är gröna.", ["6/6 green assignment"]),
    ("Sex uppdrag har grön status, två röd.", ["6 green assignment", "2 red assignment"]),
    ("När vi stänger året är hela nio av tio mål i hamn.", ["9/10 completed goal"]),
    (
        "Läget är gott. Sexton uppdrag är klara, men tre är inte klara.",
        ["16 completed assignment", "3 off_track assignment"],
    ),
    ("Andelen gröna mål är 45 procent.", ["45% green goal"]),
    ("Andelen gröna mål uppgick till 45 %, vilket är bättre än väntat.", ["45% green goal"]),
    ("Andelen röda uppdrag var 15 procent, jämfört med 20 procent i fjol.", ["15% red assignment"]),
    ("Andelen röda uppdrag ligger på 15 procent mot 20 procent i våras.", ["15% red assignment"]),
    ("Vid årets slut är andelen genomförda aktiviteter 90 procent.", ["90% completed activity"]),
    ("Andelen uppdrag som är gula utgör 30 procent.", ["30% yellow assignment"]),
    ("Andelen delvis uppfyllda mål var knappt 30 procent.", ["30% partial goal"]),
    ("Andel gula uppdrag: 30 procent", ["30% yellow assignment"]),
    ("Andel röda: 12 %", ["12% red assignment"]),
    ("Antal gula mål: 4 av 9", ["4/9 yellow goal"]),
    ("Antalet röda uppdrag är två.", ["2 red assignment"]),
]

NO_COUNTS = [
    "Andelen gröna mål ska vara minst 45 procent.",
    "Andelen gröna mål har ökat till 45 procent.",
    "Andelen gröna mål har ökat med 45 procent.",
    "Andelen gröna mål var i fjol 45 procent.",
    "Andelen gröna mål var 45 procent i nämnden.",
    "Andelen gröna mål beräknas uppgå till 45 procent.",
    "Om andelen gröna mål är 45 procent är vi nöjda.",
    "Andelen inte gröna mål är 45 procent.",
    "Andelen gröna inköp är 45 procent.",
    "Andelen gröna är 45 procent.",
    "Kommunens andel gröna mål är 45 procent.",
    "Andel röda: 12 procent av bilarna",
    "Röda uppdrag: 3",
    "Antal röda uppdrag: 3, 7 och 9",
    "Antalet röda uppdrag är två fler än i fjol.",
    "Tre uppdrag gavs till nämnden.",
    "Nio nyckeltal följs under året.",
    "Fem medarbetare har slutat.",
    "Inom två uppdrag pågår arbete tillsammans med regionen.",
    "Målet är att fem uppdrag ska vara genomförda 2026.",
    "Målet är att sex uppdrag är genomförda.",
    "Om två uppdrag inte genomförs behöver planen ses över.",
    "Fem uppdrag ska genomföras under nästa år.",
    "Fem uppdrag kommer att vara genomförda i juni.",
    "Minst tre uppdrag är genomförda.",
    "Drygt tjugo uppdrag är genomförda.",
    "Över 30 uppdrag är genomförda.",
    "Cirka tio mål är uppnådda.",
    "Flera uppdrag är inte genomförda.",
    "Samtliga uppdrag är genomförda.",
    "Ytterligare två uppdrag är genomförda.",
    "Två större uppdrag är genomförda.",
    "För förskolan är två mål uppnådda.",
    "Fem uppdrag är genomförda inom äldreomsorgen.",
    "Föregående år var fyra uppdrag röda.",
    "Två uppdrag var genomförda i april.",
    "Ett mål är uppnått när alla elever kan simma.",
    "Mål 3 är uppnått.",
    "Uppdrag 5 är inte genomfört.",
    "2023 uppdrag är gröna.",
    "Är tre uppdrag inte genomförda?",
    "Tre genomförda uppdrag har visat på behov av samordning.",
    "Två enheter är gröna och tre är gula.",
    "Tre av kommunstyrelsens uppdrag är röda.",
    "Fem uppdrag är försenade.",
    "Sju uppdrag är avslutade.",
    "Två förskolor är klara, en är inte påbörjad.",
    "Uppdraget är delvis genomfört.",
    "Nämnden har fem uppdrag, av vilka två är gröna.",
    "Våra fem uppdrag är gröna.",
    "I fjol slutade året med sex gröna uppdrag och två röda.",
    "Socialnämnden: sex gröna, ett gult och två röda uppdrag.",
    "Fem uppdrag får gröna tak.",
    "Målen är nio.",
    "40 procent av målet är uppnått.",
    "Hälften av uppdraget är genomfört.",
    "72,5 procent av målen är gröna.",
    "Minst 70 procent av målen är gröna.",
    "Ungefär hälften av uppdragen är gröna.",
    "Ambitionen är att 70 procent av uppdragen är gröna.",
    "70 procent av eleverna är klara.",
    "12 mål följs upp, varav 7 är gröna.",
    "Två gröna bussar och tre röda cyklar är köpta.",
    "",
]


def told(claim: ClaimSpan) -> str:
    count = f"{claim.count}%" if claim.is_share else str(claim.count)
    number = count if claim.population is None else f"{count}/{claim.population}"
    return f"{number} {'/'.join(claim.outcomes or claim.colours)} {claim.kind}"


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_counts_are_found(text: str, expected: list[str]) -> None:
    assert [told(claim) for claim in find_claims(text)] == expected


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count(text: str) -> None:
    assert find_claims(text) == ()


def test_a_narrowed_count_is_a_claim_only_with_its_own_total() -> None:
    assert [told(claim) for claim in find_claims("Tre av fullmäktiges nio uppdrag är röda.")] == ["3/9 red assignment"]
    assert find_claims("Tre av fullmäktiges uppdrag är röda.") == ()


def test_the_claims_of_a_sentence_share_its_offsets() -> None:
    text = "Året blev bra.  Fyra mål är gröna, ett är rött. Mer följer."
    claims = find_claims(text)
    assert {(claim.start, claim.end, claim.text) for claim in claims} == {(16, 47, text[16:47])}
    assert text[16:47] == "Fyra mål är gröna, ett är rött."


@given(
    st.lists(
        st.sampled_from(
            ["tre", "8", "av", "uppdrag", "målen", "är", "inte", "gröna", "genomförda", ",", "och", "ska", "kök", "?"]
        )
    )
)
def test_every_claim_quotes_its_sentence(words: list[str]) -> None:
    text = " ".join(words)
    for claim in find_claims(text):
        assert claim.text == text[claim.start : claim.end]
        assert bool(claim.outcomes) is not bool(claim.colours)
        assert 0 <= claim.count <= 999
