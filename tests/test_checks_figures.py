"""Figures over time, figures against what a sentence claims, and what only looks like either."""

import pytest

from findings import T1, T2, T3, UNSURE, assessed, record, run_one
from ljuskoll.nlp.followup import Colour, Period
from ljuskoll.service.record import Finding

NEXT = Period.of_tertial(2024, 1)
WELLS = "Laga 60 brunnar"


def told(before: str, after: str, periods: tuple[Period, Period] = (T1, T2), title: str = WELLS) -> list[Finding]:
    pair = [
        record("green", None, day, title=title, comment=text)
        for day, text in zip(periods, (before, after), strict=True)
    ]
    return run_one("figure", *pair)


# --- counts since the year began ------------------------------------------------------------------------------------

FALLING = [
    ("Sedan årsskiftet har 41 brunnar lagats.", "31 brunnar har lagats sedan årets början."),
    ("Hittills i år har 41 brunnar lagats, varav nio i skogen.", "Sedan nyår har 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Från januari till och med augusti lagades 31 brunnar."),
    ("Under årets första fyra månader har tolv brunnar lagats.", "Sedan nyår har elva brunnar lagats."),
    ("Januari–april lagades 41 brunnar.", "Under årets första åtta månader har 31 brunnar lagats. Resten tas i höst."),
    ("Sedan den 1 januari har nio nya brunnar lagats.", "Åtta brunnar har lagats sedan årsskiftet."),
    ("Vi har gjort 41 besök sedan januari.", "Vi har genomfört 31 besök sedan januari."),
    ("41 brunnar är lagade och kontrollerade sedan nyår.", "31 brunnar är kontrollerade sedan nyår."),
    ("Två snickare har sedan årsskiftet lagat 41 brunnar.", "Två snickare har sedan årsskiftet lagat 31 brunnar."),
    ("Under året har hittills 41 brunnar lagats.", "I år har hittills 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 av 60 brunnar lagats.", "Sedan årsskiftet har 31 av 60 brunnar lagats."),
    ("2,4 kilometer ledning har bytts sedan nyår.", "1,9 kilometer ledning har bytts sedan nyår."),
]


@pytest.mark.parametrize(("before", "after"), FALLING)
def test_a_count_since_the_year_began_does_not_fall(before: str, after: str) -> None:
    (finding,) = told(before, after)
    assert (finding.kind, finding.severity, len(finding.records)) == ("over_time", "medium", 2)
    assert [one.text in (before, after) or one.text in after for one in finding.evidence] == [True, True]


STANDING = [
    ("Sedan årsskiftet har 31 brunnar lagats.", "Sedan årsskiftet har 41 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 41 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Under sommaren har 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "I augusti lagades 11 brunnar."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 pumpar bytts."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar fått nytt lock."),
    ("Sedan årsskiftet har 41 brunnar besiktigats.", "Sedan årsskiftet har 31 brunnar godkänts."),
    ("41 anmälningar har kommit in sedan nyår.", "31 anmälningar har avgjorts sedan nyår."),
    ("41 besök har bokats sedan nyår.", "31 besök har gjorts sedan nyår."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 djupa brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 borrbrunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar lagats i Norrby."),
    ("I Sörby har 41 brunnar lagats sedan nyår.", "I Norrby har 31 brunnar lagats sedan nyår."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar på skolgårdar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har ytterligare 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Av brunnarna är 19 kvar att laga sedan årsskiftet."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 procent av brunnarna lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har i snitt 31 brunnar lagats per månad."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar lagats. Förra siffran har rättats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar lagats, efter ny definition."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "31 brunnar har lagats sedan nyår; tio räknades dubbelt i våras."),
    ("Sedan årsskiftet har omkring 41 brunnar lagats.", "Sedan årsskiftet har 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Under årets första tre månader lagades 31 brunnar."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet ska 31 brunnar ha lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "Sedan årsskiftet 2022 har 31 brunnar lagats."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "31 brunnar har lagats sedan nyår, tio färre än i fjol."),
    ("Sedan årsskiftet har tre snickare lagat 31 brunnar.", "Sedan årsskiftet har två snickare lagat 41 brunnar."),
    ("Sedan årsskiftet är 41 platser bemannade.", "Sedan årsskiftet är 31 platser bemannade."),
    ("Sedan årsskiftet finns 41 lagade brunnar.", "Sedan årsskiftet finns 31 lagade brunnar."),
    ("Sedan årsskiftet har 41 brunnar lagats.", "31 brunnar har lagats."),
]


@pytest.mark.parametrize(("before", "after"), STANDING)
def test_a_count_that_may_be_lower(before: str, after: str) -> None:
    assert told(before, after) == []


def test_a_count_begins_anew_with_the_year() -> None:
    lower = ("41 brunnar har lagats sedan nyår.", "31 brunnar har lagats sedan nyår.")
    assert told(*lower, (T3, NEXT)) == []
    assert len(told(*lower, (T2, T3))) == 1


def test_the_message_names_both_figures_and_asks() -> None:
    (finding,) = told(*FALLING[0])
    for part in ("«Laga 60 brunnar» (Tekniska nämnden, T2 2023)", "41 brunnar", "31 brunnar", "T1 2023", "s. 3"):
        assert part in finding.message
    assert finding.message.endswith("?")


BENCHES, NURSES = "Sätta upp 50 parkbänkar 2023", "Utbilda 90 sjuksköterskor i sårvård"
PLAIN_BEFORE = [
    (WELLS, "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "I april var 41 av 60 brunnar lagade och klara.", "Sedan årsskiftet är 31 brunnar lagade."),
    (BENCHES, "20 bänkar uppe i stadsparken.", "14 bänkar är monterade sedan nyår."),
    (NURSES, "55 sjuksköterskor har genomgått kursen.", "Sedan nyår har 48 sjuksköterskor utbildats."),
]


@pytest.mark.parametrize(("title", "before", "after"), PLAIN_BEFORE)
def test_a_plain_count_of_what_the_title_counts_is_no_more_than_the_years(title: str, before: str, after: str) -> None:
    (finding,) = told(before, after, title=title)
    assert (finding.kind, finding.severity) == ("over_time", "medium")


PLAIN_STANDING = [
    (WELLS, "31 brunnar är lagade.", "41 brunnar har lagats sedan nyår."),
    (WELLS, "Sedan nyår har 41 brunnar lagats.", "31 brunnar är lagade."),
    (WELLS, "41 brunnar är besiktigade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar är lagade eller påbörjade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar är lagade.", "31 brunnar är lagade och besiktigade sedan nyår."),
    (WELLS, "41 brunnar är lagade.", "31 brunnar i Norrby har lagats sedan nyår."),
    (WELLS, "Totalt är 41 brunnar lagade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "Vid årsskiftet var 41 brunnar lagade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar lagades i fjol.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar lagades 2022.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar ska lagas.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "410 brunnar är lagade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 pumpar är lagade.", "31 brunnar har lagats sedan nyår."),
    (WELLS, "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår. Uppgiften i våras var fel."),
    ("Laga brunnar", "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår."),
    ("Laga 60 brunnar 2022-2025", "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår."),
    ("Laga 60 brunnar till 2026", "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår."),
    (NURSES, "55 sjuksköterskor är anmälda till kursen.", "Sedan nyår har 48 sjuksköterskor utbildats."),
    (NURSES, "55 sjuksköterskor har genomgått kursen.", "Sedan nyår har 48 sjuksköterskor anställts."),
]


@pytest.mark.parametrize(("title", "before", "after"), PLAIN_STANDING)
def test_a_plain_count_that_says_nothing_of_the_year(title: str, before: str, after: str) -> None:
    assert told(before, after, title=title) == []


def test_a_plain_count_of_work_that_is_not_new_may_hold_the_years_before() -> None:
    texts = ("Nio brunnar är lagade.", "41 brunnar är lagade.", "31 brunnar har lagats sedan nyår.")
    days = (T3, NEXT, Period.of_tertial(2024, 2))
    three = [record("green", title=WELLS, comment=text, period=day) for day, text in zip(days, texts, strict=True)]
    assert run_one("figure", *three) == []
    assert len(run_one("figure", *three[1:])) == 1


# --- earlier measurements -------------------------------------------------------------------------------------------

SHARE = "Minst 90 procent av proverna ska vara godkända"
MISQUOTED = [
    ("Höstens mätning visar 84 procent.", "I mars var det 88 procent, jämfört med 81 procent i höstens mätning 2023."),
    ("Vid höstens provtagning och höstens mätning blev det 84,2 procent.", "88, mot 82,4 vid höstens mätning 2023."),
    ("Höstmätningen gav 84 procent.", "Nu 88 procent, upp från 79 procent i höstmätningen 2023."),
]
QUOTED = [
    ("Höstens mätning visar 84 procent.", "I mars var det 88 procent, jämfört med 84 procent i höstens mätning 2023."),
    ("Höstens mätning visar 84,4 procent.", "I mars 88 procent, jämfört med 84 procent i höstens mätning 2023."),
    ("Höstens mätning visar 84 procent.", "I mars 88 procent, jämfört med 81 procent i höstens mätning 2022."),
    ("Höstens mätning visar 84 procent.", "I mars 88 procent, jämfört med 81 procent i vårens mätning 2023."),
    ("Höstens mätning visar 84 procent.", "I mars 88 procent, jämfört med 81 procent i riket."),
    ("Höstens mätning visar 84 procent.", "88 procent, mot 81 procent i höstens mätning 2023 med annan mätmetod."),
    ("Höstens mätning visar 84 procent.", "88, mot 81 vid höstens mätning 2023. Siffran har korrigerats."),
    ("Höstens mätning visar 84 procent, i Norrby 81.", "88, mot 81 vid höstens mätning 2023."),
    ("Höstens mätning omfattar 84 prover.", "I mars 88 procent, jämfört med 81 vid höstens mätning 2023."),
    ("Höstens mätning omfattar 340 prover.", "I mars 88 procent, jämfört med 81 procent i höstens mätning 2023."),
    ("Höstens mätning visar 84 procent.", "I mars 88 procent, och målet för höstens mätning 2024 är 90 procent."),
]


@pytest.mark.parametrize(("before", "after"), MISQUOTED)
def test_an_earlier_measurement_quoted_with_another_figure(before: str, after: str) -> None:
    (finding,) = told(before, after, (T3, NEXT), SHARE)
    assert (finding.kind, finding.checks) == ("over_time", ("figure",))
    assert after in finding.message and "T3 2023" in finding.message


@pytest.mark.parametrize(("before", "after"), QUOTED)
def test_an_earlier_measurement_that_may_be_quoted_rightly(before: str, after: str) -> None:
    assert told(before, after, (T3, NEXT), SHARE) == []


# --- said to be reached ---------------------------------------------------------------------------------------------

ABSENCE, PLAYGROUNDS = "Sjukfrånvaron ska vara högst 7,0 procent", "Rusta upp lekplatserna i Vallby och Sörby"
REACHED, CARRIED_OUT = "Målet är nått.", "Uppdraget är genomfört."


def said(title: str, phrase: str, rest: str, colour: Colour = "red", period: Period = T3) -> list[Finding]:
    one = record(
        "green",
        "completed",
        period,
        text=phrase,
        title=title,
        comment=f"{phrase} {rest}",
        without_phrase=assessed(colour),
    )
    return run_one("said_reached", one)


BELIED = [
    (ABSENCE, REACHED, "Sjukfrånvaron blev 7,4 procent.", "high"),
    (ABSENCE, REACHED, "Utfall 7,4 procent, skolan 9,6.", "high"),
    (ABSENCE, REACHED, "7,4 procent för helåret, mot 6,6 procent i juni.", "high"),
    ("Minst 80 procent av eleverna ska nå målen", REACHED, "I år nådde 76 procent av eleverna målen.", "high"),
    ("Svarstiden ska vara högst 5 dagar", REACHED, "Snittet för året blev 6,2 dagar.", "high"),
    ("Svarstiden ska vara högst 5 dagar", REACHED, "I maj tog det 4 dagar. Helårssnittet 5,8.", "high"),
    (PLAYGROUNDS, CARRIED_OUT, "Vallby är klart. I Sörby står arbetet still.", "low"),
    (PLAYGROUNDS, CARRIED_OUT, "Vallby är klart. Sörby är fortfarande stoppat av länsstyrelsen.", "low"),
]
TRUE = [
    (ABSENCE, REACHED, "Sjukfrånvaron blev 6,8 procent.", "green"),
    (ABSENCE, REACHED, "Sjukfrånvaron blev 6,8 procent, i köken 9,1.", "red"),
    (ABSENCE, REACHED, "Hemvården ligger på 9,1 procent.", "red"),
    (ABSENCE, REACHED, "I fjol var sjukfrånvaron 7,9 procent.", "red"),
    (ABSENCE, REACHED, "Sjukfrånvaron minskade från 7,9 procent.", "red"),
    (ABSENCE, REACHED, "I riket är sjukfrånvaron 7,9 procent.", "red"),
    (ABSENCE, REACHED, "Svarsfrekvensen var 64 procent.", "red"),
    (ABSENCE, REACHED, "I februari var sjukfrånvaron 9,3 procent, helåret slutade på 6,9.", "red"),
    ("Minst 90 procent av fakturorna ska betalas i tid", REACHED, "92,1 procent av 8 900 fakturor kom i tid.", "red"),
    ("Minst 90 procent av fakturorna ska betalas i tid", REACHED, "7 procent av fakturorna är på papper.", "red"),
    ("Bygga 40 lägenheter i Sörby", CARRIED_OUT, "38 lägenheter är uthyrda.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "Gungorna i Sörby stod still i juli men lagades.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "I Sörby står inget still längre.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "Bussen till grannkommunen står still.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "I Sörby står arbetet still. Sörby invigdes ändå i december.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "I Vallby och Sörby står en buss still.", "red"),
    (PLAYGROUNDS, CARRIED_OUT, "Sörby ligger nere vid ån och är klart.", "green"),
]


@pytest.mark.parametrize(("title", "phrase", "rest", "severity"), BELIED)
def test_a_sentence_that_a_figure_or_a_part_belies(title: str, phrase: str, rest: str, severity: str) -> None:
    (finding,) = said(title, phrase, rest) if severity == "high" else said(title, phrase, rest, "yellow")
    assert (finding.kind, finding.severity) == ("phrase_vs_comment", severity)
    assert phrase in finding.message and finding.message.endswith("?")
    assert finding.suggested == ("red" if severity == "high" else "yellow")


@pytest.mark.parametrize(("title", "phrase", "rest", "colour"), TRUE)
def test_a_sentence_that_may_be_true(title: str, phrase: str, rest: str, colour: Colour) -> None:
    assert said(title, phrase, rest, colour) == []


def test_before_the_year_s_end_a_bound_may_still_be_kept() -> None:
    assert said(ABSENCE, REACHED, "Sjukfrånvaron blev 7,4 procent.", period=T2) == []


# --- figures of months and of the year ------------------------------------------------------------------------------

WAITING = "Svarstiden ska vara högst 5 dagar"


def test_the_year_s_figure_decides_over_a_month_s() -> None:
    good = assessed("green", 0.9)
    month = "Stark höst: 4,1 dagar i november och fina omdömen av dem som svarat."
    whole = f"{month} Helårssnittet 5,8."
    assert run_one("declared_vs_comment", record("red", title=WAITING, comment=whole, assessment=good)) == []
    assert len(run_one("declared_vs_comment", record("red", title=WAITING, comment=month, assessment=good))) == 1


def test_a_report_without_a_light_whose_figure_misses_has_warned() -> None:
    first = record("green", None, T1, title=WAITING, comment="4,6 dagar till och med april.")
    last = record("red", None, T3, title=WAITING, comment="5,9 dagar för helåret.")
    for figure, found in (("5,8", 0), ("4,8", 1)):
        between = record(None, None, T2, title=WAITING, comment=f"{figure} dagar till och med augusti.")
        assert len(run_one("missed", first, between, last)) == found


# --- background with figures ----------------------------------------------------------------------------------------

PARTLY = "Uppdraget bedöms delvis bli genomfört."
BACKGROUND = [
    ("Kommunen har 340 brunnar. Vattnet provtas av laboratoriet.", True),
    ("Den äldsta brunnen är 9 meter djup.", True),
    ("Två av 12 montörer slutade i maj.", False),
    ("Leveransen av 40 pumpar kommer i december.", False),
    ("Hittills är 12 brunnar lagade.", False),
]


@pytest.mark.parametrize(("text", "found"), BACKGROUND)
def test_a_figure_that_is_background_explains_no_light(text: str, found: bool) -> None:
    after = record("yellow", "partial", T2, text=PARTLY, title=WELLS, comment=f"{PARTLY} {text}", without_phrase=UNSURE)
    assert len(run_one("unexplained", record("green", None, T1, title=WELLS), after)) == found


def test_what_its_judge_goes_by_explains_the_light() -> None:
    after = record(
        "yellow",
        "partial",
        T2,
        text=PARTLY,
        title=WELLS,
        comment=f"{PARTLY} {BACKGROUND[0][0]}",
        without_phrase=assessed("yellow"),
    )
    assert run_one("unexplained", record("green", None, T1, title=WELLS), after) == []


def test_the_evidence_stands_where_it_says() -> None:
    (finding,) = said(ABSENCE, REACHED, "Arbetet pågick hela året.  Utfall 7,4 procent.")
    comment = f"{REACHED} Arbetet pågick hela året.  Utfall 7,4 procent."
    told = finding.evidence[-1]
    assert told.text == comment[told.start : told.end] == "Utfall 7,4 procent."


HOMES = "Gå igenom fallrisken hemma hos 70 personer"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("52 av 70 personer har fått besök.", "Nu har 33 av 70 personer fått besök."),
        ("52 av 70 klara.", "33 hem genomgångna av 70. Resten tas i höst."),
        ("52 hem besökta av de 70.", "41 av 70 hem är klara."),
    ],
)
def test_a_count_of_the_titles_whole_does_not_fall_within_the_year(before: str, after: str) -> None:
    (finding,) = told(before, after, title=HOMES)
    assert "räknar färre" in finding.message
    assert [one.text.rstrip(".") for one in finding.evidence] == [
        text.split(". ")[0].rstrip(".") for text in (before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("33 av 70 personer har fått besök.", "52 av 70 personer har fått besök."),
        ("52 av 70 personer har fått besök.", "Tre sjuksköterskor saknas."),
        ("52 av 70 personer har fått besök.", "33 av 70 personer har fått besök, siffran i T1 är rättad."),
        ("52 av 70 personer har fått besök.", "Av 33 tillfrågade tackade 20 ja."),
        ("52 av 60 anställda har gått kursen.", "33 av 60 anställda har gått kursen."),
    ],
)
def test_other_counts_of_a_whole_may_be_lower(before: str, after: str) -> None:
    assert told(before, after, title=HOMES) == []


def test_a_measured_share_may_fall() -> None:
    title = "Minst 70 procent av eleverna ska vara behöriga"
    assert told("52 av 70 elever var behöriga.", "48 av 70 elever var behöriga.", title=title) == []
