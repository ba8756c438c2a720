"""What a comment tells outright: work as planned, another year, figures against a target, or nothing at all."""

import pytest

from findings import T2, T3, record
from ljuskoll.nlp.followup import Period
from ljuskoll.service.consistency.empty_words import MOST_WORDS, is_empty
from ljuskoll.service.consistency.grounds import (
    expects_to_reach,
    figure_verdict,
    goes_on_as_planned,
    is_for_several_years,
    is_measured_once,
    leaves_it_open,
    leaves_the_reports,
    light_of_figures,
    names_a_time,
    says_next_year,
    stage_of,
)

AS_PLANNED = [
    "Årets etapp av ledningsbytet är gjord.",
    "Första etappen av kajen stod färdig i maj.",
    "Arbetet följer projektplanen.",
    "Resten byggs 2026, precis som planerat.",
    "Det här är ett flerårigt åtagande.",
    "Upprustningen av parken sker över flera år.",
    "Så som beslutet anger görs resten nästa år.",
    "Etapp 2 av cykelstråket påbörjas efter sommaren.",
    "Delmålet för 2025 är nått.",
    "Alla hus som skulle byggas under 2025 är byggda.",
    "Mätningen löper till 2028.",
    "Arbetet har hela tiden varit tänkt i två omgångar.",
    "Andra delen av kursen hålls i vår enligt fastställd plan.",
    "Insatserna för året är utförda.",
]
NOT_AS_PLANNED = [
    "Vi saknar ett program för ledningarna.",
    "Planen är försenad ett halvår.",
    "Arbetet blev dyrare än väntat.",
    "Bygget skjuts till nästa år på grund av överklagan.",
    "Kajen är inte färdig.",
    "Vi planerar ett möte i maj.",
    "Två av tre broar är lagade.",
    "Handläggaren slutade och ingen har tagit över.",
    "Planen antogs av fullmäktige i mars.",
    "Kursen gick i våras och hade trettio deltagare.",
    "Projektet blev klart senare än tänkt.",
    "Uppdraget görs när pengar finns.",
    "Tidplanen har spruckit.",
    "Det har inte gått som planerat.",
    "Skrivandet får tas om från början.",
    "Vi har inte följt projektplanen.",
    "",
]


@pytest.mark.parametrize("text", AS_PLANNED)
def test_work_that_keeps_to_its_plan(text: str) -> None:
    assert goes_on_as_planned(text)


@pytest.mark.parametrize("text", NOT_AS_PLANNED)
def test_work_of_which_no_plan_is_told(text: str) -> None:
    assert not goes_on_as_planned(text)


NEXT_YEAR = [
    ("Bryggan läggs ut i maj 2024.", T3),
    ("Bytet av fönster sker nästa år.", T2),
    ("Avtalet skrevs i juni. Flytten görs under 2024.", T2),
    ("Rapporten väntas först till sommaren 2024.", T3),
    ("Skissen blev klar i april och bygget börjar våren 2024.", T2),
    ("Arbetet tas upp igen under nästa år.", T3),
]
NOT_NEXT_YEAR: list[tuple[str, Period | None]] = [
    ("Bryggan lades ut i maj.", T3),
    ("Flytten görs i november.", T2),
    ("Under 2022 byttes alla dörrar.", T3),
    ("Nästa år kan bli dyrare, men bygget blev klart i november 2023.", T3),
    ("Avtalet löper ut 2024 men förlängdes i oktober.", T3),
    ("Bänkarna är målade.", T3),
    ("Bygget startar 2024.", None),
    ("", T2),
]


@pytest.mark.parametrize(("text", "period"), NEXT_YEAR)
def test_the_last_time_named_is_after_the_year(text: str, period: Period) -> None:
    assert says_next_year(text, period)


@pytest.mark.parametrize(("text", "period"), NOT_NEXT_YEAR)
def test_the_last_time_named_is_within_the_year(text: str, period: Period | None) -> None:
    assert not says_next_year(text, period)


@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("Byta fönster 2023–2025", True),
        ("Byta fönster 2023 - 25", True),
        ("Byta fönster 2023", False),
        ("Byta 10-15 fönster", False),
        ("Byta fönster 2023 och 2025", False),
    ],
)
def test_a_title_of_several_years(title: str, several: bool) -> None:
    assert is_for_several_years(record(title=title)) is several


PUPILS, SICK, TREES = (
    "Minst 80 procent av eleverna ska trivas",
    "Sjukfrånvaron ska vara högst 6 procent",
    "Plantera minst 50 träd",
)
VERDICTS = [
    (PUPILS, "Vid mätningen trivdes 84 procent av eleverna.", "met"),
    (PUPILS, "Vid mätningen trivdes 71 procent av eleverna.", "missed"),
    (SICK, "Sjukfrånvaron var 5,2 procent.", "met"),
    (SICK, "Sjukfrånvaron var 7,9 procent.", "missed"),
    (TREES, "Under året planterades 62 träd.", "met"),
    (TREES, "Under året planterades 31 träd.", "missed"),
    (TREES, "Träden är planterade.", None),
    (TREES, "Plantskolan ligger 12 kilometer bort.", None),
    (TREES, "Förra året planterades 31 träd.", None),
    (TREES, "", None),
    ("Ta fram en vattenplan", "71 procent av planen är skriven.", None),
    (PUPILS, "I norr trivdes 85 procent av eleverna. I söder trivdes 70 procent av eleverna.", None),
]


@pytest.mark.parametrize(("title", "comment", "verdict"), VERDICTS)
def test_figures_against_the_title_s_target(title: str, comment: str, verdict: str | None) -> None:
    assert figure_verdict(record(title=title, comment=comment)) == verdict


def test_figures_tell_the_light_of_one_year_at_its_end() -> None:
    title, comment = TREES, "Under året planterades 31 träd."
    assert light_of_figures(record(title=title, comment=comment)) == "red"
    assert light_of_figures(record(title=title, comment=comment, period=T2)) is None
    assert light_of_figures(record(title=f"{title} 2023–2025", comment=comment)) is None


@pytest.mark.parametrize(
    ("title", "comment", "light"),
    [
        (TREES, "I maj planterades 62 träd.", "green"),
        (SICK, "Sjukfrånvaron var 5,2 procent.", "green"),
        (SICK, "Sjukfrånvaron var 5,2 procent, men hösten är osäker.", None),
        (SICK, "Sjukfrånvaron var 5,2 procent. Huruvida det håller visar sig först i december.", None),
        ("Antalet fall ska vara högst 900", "Antalet fall var 322.", None),
        ("Konsulter får kosta högst 9 000 tkr", "Utfallet är 6 150 tkr.", None),
    ],
)
def test_figures_that_are_reached_already_tell_the_light_before_the_year_s_end(
    title: str, comment: str, light: str | None
) -> None:
    assert light_of_figures(record(title=title, comment=comment, period=T2)) == light


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("Värdet mäts en gång per år.", True),
        ("Enkäten görs en gång om året, i november.", True),
        ("Någon ny mätning görs inte.", True),
        ("Vattnet mäts varje vecka.", False),
        ("En gång om året träffas alla chefer.", False),
        ("", False),
    ],
)
def test_what_is_measured_once_a_year(text: str, once: bool) -> None:
    assert is_measured_once(text) is once


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Det mesta talar för att vi hinner.", True),
        ("Målet beräknas nås i december.", True),
        ("Vi räknar med att bli klara i tid.", True),
        ("Det mesta talar för att vi inte hinner.", False),
        ("Det mesta är gjort.", False),
        ("Räknat i kronor blev det dyrt.", False),
    ],
)
def test_what_is_expected_to_be_reached(text: str, expects: bool) -> None:
    assert expects_to_reach(text) is expects


def test_figures_of_several_years() -> None:
    title, comment = TREES, "Under året planterades 31 träd."
    assert light_of_figures(record(title=f"{title} 2023–2025", comment=comment)) is None


STAGES = [
    ("Kiosken har inte öppnat ännu.", "not_yet"),
    ("Bron är alltjämt inte besiktigad.", "not_yet"),
    ("Kursen startar först vecka 41.", "not_yet"),
    ("Kiosken är öppen sedan den 8 juni.", "since"),
    ("Kiosken invigdes den 8 juni.", "since"),
    ("I maj kunde kiosken öppnas.", "since"),
    ("Bron är klar.", "since"),
    ("Golvet är klart, men kiosken har ännu inte öppnat.", None),
    ("Kiosken öppnas den 3 november.", None),
    ("Sedan dess pågår arbetet.", None),
    ("Slutredovisas härmed.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "stage"), STAGES)
def test_what_is_there_and_what_is_not_yet(text: str, stage: str | None) -> None:
    assert stage_of(text) == stage


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Slutredovisas härmed.", True),
        ("Alla platser är tillsatta och uppdraget följs inte upp vidare.", True),
        ("Uppdraget utgår ur kommande rapporter.", True),
        ("Uppdraget redovisas inte fler gånger.", True),
        ("Uppdraget är avslutat och redovisas inte i fortsättningen.", True),
        ("Uppdraget slutredovisas i december.", False),
        ("Arbetet följs upp varje vecka.", False),
        ("Två kurser utgår ur programmet.", False),
    ],
)
def test_the_last_that_reports_tell(text: str, leaves: bool) -> None:
    assert leaves_the_reports(text) is leaves


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Om bygglovet kommer i maj hinner vi.", True),
        ("Det är osäkert om målet nås.", True),
        ("Huruvida vi hinner vet ingen.", True),
        ("Provet i maj är utslagsgivande.", True),
        ("Det kan gå hur som helst.", True),
        ("Provet görs i november.", True),
        ("Det kan räcka.", True),
        ("Först i maj öppnade vi.", False),
        ("Bygget har stoppats.", False),
        ("Pengarna lämnas tillbaka.", False),
    ],
)
def test_an_end_that_is_left_open(text: str, is_open: bool) -> None:
    assert leaves_it_open(text) is is_open


def test_whether_a_text_says_when() -> None:
    assert names_a_time("Planen antogs i november.", T3)
    assert not names_a_time("Planen är antagen.", T3)


EMPTY = [
    "Arbetet pågår löpande tillsammans med berörda aktörer.",
    "Frågan är viktig och finns med i det dagliga arbetet.",
    "Verksamheten arbetar målmedvet för att utveckla och förbättra kvaliteten.",
    "Insatser genomförs utifrån behov.",
    "Förvaltningen fortsätter att arbeta aktivt inom området.",
    "Uppdraget är prioriterat och hanteras i ordinarie verksamhet.",
    "Vi ser positivt på det fortsatta arbetet framåt.",
    "Samverkan sker med flera parter kring gemensamma utmaningar.",
    "Nämnden följer utvecklingen och återkommer vid behov.",
    "Ett långsiktigt och strukturerat arbete bedrivs i hela organisationen.",
    "Medarbetarnas engagemang är en förutsättning för goda resultat.",
    "Planering pågår och åtgärder vidtas efter hand.",
    "Arbetet sker i linje med tidigare inriktning.",
]
TELLING = [
    "Arbetet pågår med att lägga om taket på simhallen.",
    "Två möten har hållits.",
    "Bullret vid stationen mättes under hösten.",
    "Dialog förs med Trafikverket om viadukten.",
    "Samverkan sker med Länsstyrelsen.",
    "Arbetet pågår löpande, 3 av 8.",
    "Arbetet pågår löpande inom Skogsvik.",
    "Kocken har slutat.",
    "Pågår löpande.",
    "Klart.",
    "Verksamheten har bytt journalsystem och utbildat nattpersonalen.",
    "Uppdraget hanteras av arkivarien.",
    "Insatser mot klotter har gett renare tunnlar.",
    "Vi målar staket och krattar löv.",
    "",
]


@pytest.mark.parametrize("comment", EMPTY)
def test_words_that_fit_anything(comment: str) -> None:
    assert is_empty(comment)


@pytest.mark.parametrize("comment", TELLING)
def test_words_of_one_assignment(comment: str) -> None:
    assert not is_empty(comment)


def test_a_long_comment_says_something() -> None:
    sentence = "Arbetet pågår löpande. "
    assert is_empty(sentence * (MOST_WORDS // 3))
    assert not is_empty(sentence * (MOST_WORDS // 3 + 1))
