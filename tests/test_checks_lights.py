"""Lights of titles that count what is delivered, or whose target is met already, against their figures."""

import pytest

from findings import T2, T3, assessed, record, run_one
from ljuskoll.models.assessment import Evidence
from ljuskoll.nlp.followup import Period

# --- counted deliveries ---------------------------------------------------------------------------------------------

PATHS = "Bygga 8 kilometer gångväg"
GONE = assessed("red", 0.95)
PARTS = [
    (PATHS, "Av de 8 kilometerna har 5,2 byggts."),
    (PATHS, "3,1 kilometer har byggts."),
    ("Plantera 40 hektar lövskog", "22 hektar har planterats under året."),
    ("Byta 30 dörrar", "12 av 30 dörrar är bytta."),
    ("Byta 30 dörrar", "12 dörrar har bytts."),
]
NO_PARTS = [
    (PATHS, "1,4 kilometer har byggts."),
    (PATHS, "Projekteringen är klar men byggstarten sköts upp."),
    ("Byta 30 dörrar", "4 av 30 dörrar är bytta."),
    ("Minst 80 procent ska vara nöjda", "Årets mätning visar att 65 procent är nöjda."),
    ("Siktdjupet ska vara minst 3 meter", "Siktdjupet uppmättes till 2,1 meter vid årets mätning."),
]


@pytest.mark.parametrize(("title", "comment"), PARTS)
def test_a_third_or_more_delivered_is_yellow_when_the_year_ends(title: str, comment: str) -> None:
    text = f"{comment} Resten flyttas till nästa år av brist på folk."
    assert run_one("declared_vs_comment", record("yellow", title=title, comment=text, assessment=GONE)) == []


@pytest.mark.parametrize(("title", "comment"), NO_PARTS)
def test_less_than_a_third_or_a_missed_level_is_not(title: str, comment: str) -> None:
    text = f"{comment} Resten flyttas till nästa år av brist på folk."
    assert len(run_one("declared_vs_comment", record("yellow", title=title, comment=text, assessment=GONE))) == 1


def test_a_green_light_over_some_of_the_deliveries_is_flagged_still() -> None:
    title, text = PARTS[-2]
    assert run_one("declared_vs_comment", record("green", title=title, comment=text, assessment=GONE))


# --- figures that meet the target already ---------------------------------------------------------------------------

HOPEFUL = assessed("yellow", 0.95)
SATISFIED = "Minst 80 procent av gästerna ska vara nöjda"


@pytest.mark.parametrize(
    ("title", "text", "period", "flags"),
    [
        (SATISFIED, "84 procent är nöjda. Kanske blir någon fler nöjd i höst.", T2, 0),
        (SATISFIED, "76 procent är nöjda. Kanske blir någon fler nöjd i höst.", T2, 1),
        ("Bjuda in gästerna", "84 procent är nöjda. Kanske blir någon fler nöjd i höst.", T2, 1),
        ("Högst 40 brunnar får sina under året", "31 brunnar har sinat. Kanske sinar några fler i höst.", T2, 1),
    ],
)
def test_doubt_beside_a_target_that_is_met(title: str, text: str, period: Period, flags: int) -> None:
    one = record("green", None, period, title=title, comment=text, assessment=HOPEFUL)
    assert len(run_one("declared_vs_comment", one)) == flags


# --- new things that are in use -------------------------------------------------------------------------------------

PIER = "Anlägga en ny brygga vid Sjövik"
USED = "Den nya bryggan är i bruk."
LATER = "Livbojarna ses över till våren 2024."


@pytest.mark.parametrize(
    ("title", "used", "later", "flags"),
    [
        (PIER, USED, LATER, 0),
        (PIER, "Nya bryggan används flitigt.", LATER, 0),
        ("Köpa in en ny färja till Sjövik", "Nya färjan används varje dag.", LATER, 0),
        ("Köpa in en ny färja till Sjövik", "Nya färjan används varje dag.", "Färjan målas till våren 2024.", 1),
        (PIER, USED, "Bryggan blir klar till våren 2024.", 1),
        (PIER, USED, "Livbojarna är för få, de byts till våren.", 0),
        (PIER, "Den nya bryggan är inte i bruk.", LATER, 1),
        (PIER, "Den nya bryggan är delvis i bruk.", LATER, 1),
        (PIER, "Den gamla bryggan är i bruk.", LATER, 1),
        (PIER, "Den nya parkeringen är i bruk.", LATER, 1),
        ("Rusta upp bryggan", USED, LATER, 1),
        ("Anlägga 3 nya bryggor", USED, LATER, 1),
    ],
)
def test_a_new_thing_in_use_with_wishes_for_later(title: str, used: str, later: str, flags: int) -> None:
    text = f"{used} {later}"
    against = Evidence(text=later, start=len(used) + 1, end=len(text), cue=later[:6])
    judged = GONE.model_copy(update={"evidence": (against,)})
    one = record("green", None, T3, title=title, comment=text, assessment=judged)
    assert len(run_one("declared_vs_comment", one)) == flags
