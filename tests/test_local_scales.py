"""A municipality's own five grades, which mean another thing at year-end than in a forecast: from file to finding."""

from pathlib import Path

import pytest

from ljuskoll.models.judging import SHIPPED
from ljuskoll.nlp.followup import Period
from ljuskoll.service.archive.importing import check_archive
from ljuskoll.service.consistency.lights import Lights
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import read_result, write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Result
from ljuskoll.service.watching import Watcher

SETTINGS = """
municipality = "Lillvik"

[scale]
"I mål" = "green"
"Stoppad" = "red"
"Blå" = "green"

[scale.forecast]
"Pågår" = "green"
"På väg dit" = "yellow"

[scale.year_end]
"Pågår" = "yellow"
"På väg dit" = "red"
"Blå" = "yellow"
partial = "red"
"""
ROWS = (
    ("Bygg en cykelväg", "I mål", "Cykelvägen är byggd och öppnad."),
    ("Ta fram en kulturplan", "Pågår", "Planen skrivs tillsammans med föreningarna."),
    ("Rusta upp torget", "På väg dit", "Uppdraget är delvis genomfört."),
    ("Måla om skolan", "Blå", "Uppdraget är delvis genomfört."),
    ("Anlägga en park", "Stoppad", "Uppdraget har avbrutits."),
)
FORECAST = {
    "Bygg en cykelväg": "green",
    "Ta fram en kulturplan": "green",
    "Rusta upp torget": "yellow",
    "Måla om skolan": "green",
    "Anlägga en park": "red",
}
YEAR_END = FORECAST | {"Ta fram en kulturplan": "yellow", "Rusta upp torget": "red", "Måla om skolan": "yellow"}


def as_table(period: str) -> str:
    rows = "".join(f"<tr><td>{title}</td><td>{grade}</td><td>{text}</td></tr>" for title, grade, text in ROWS)
    head = f"Uppföljning {period}, Lillviks kommun"
    columns = "<tr><th>Uppdrag</th><th>Status</th><th>Kommentar</th></tr>"
    return f"<html><head><title>{head}</title></head><body><h1>{head}</h1><table>{columns}{rows}</table></body></html>"


def as_lines(period: str) -> str:
    body = "".join(f"{title} – {grade}\n\n{text}\n\n" for title, grade, text in ROWS)
    return f"Uppföljning {period}, Lillviks kommun\n\n{body}"


REPORTS = {"html": as_table, "txt": as_lines}


def imported(folder: Path, kind: str, settings: str = SETTINGS, **periods: str) -> Result:
    source = folder / "in"
    source.mkdir()
    (source / "ljuskoll.toml").write_text(settings, encoding="utf-8")
    for name, period in periods.items():
        (source / f"{name}.{kind}").write_text(REPORTS[kind](period), encoding="utf-8")
    return run_import([source], folder / "out", Options()).result


def lights(result: Result, name: str) -> dict[str, str | None]:
    records = [record for record in result.records if record.document.path.startswith(name)]
    return {record.assignment: record.declared and record.declared.colour for record in records}


def against_phrase(result: Result) -> set[tuple[str, int | None, str | None]]:
    """The assignments whose light their status sentence contradicts, with the tertial and the light suggested."""
    records = {record.id: record for record in result.records}
    found = [finding for finding in result.findings if finding.kind == "declared_vs_phrase"]
    pairs = [(records[number], finding.suggested) for finding in found for number in finding.records]
    return {(record.assignment, record.period and record.period.tertial, light) for record, light in pairs}


@pytest.mark.parametrize("kind", REPORTS)
def test_five_grades_mean_what_their_time_of_year_says(kind: str, tmp_path: Path) -> None:
    result = imported(tmp_path, kind, forecast="T2 2023", year_end="helår 2023", october="per 31 oktober 2023")
    assert {document.status for document in result.documents} == {"ok"}
    assert lights(result, "forecast") == FORECAST
    assert lights(result, "october") == FORECAST
    assert lights(result, "year_end") == YEAR_END
    assert {record.declared.as_written for record in result.records if record.declared} == {row[1] for row in ROWS}


@pytest.mark.parametrize("kind", REPORTS)
def test_the_check_against_the_status_sentence_follows_the_local_meaning(kind: str, tmp_path: Path) -> None:
    result = imported(tmp_path, kind, forecast="T2 2023", year_end="helår 2023")
    assert against_phrase(result) == {("Måla om skolan", 2, "yellow")}
    write_result(result, tmp_path / "ut")
    check_archive(tmp_path / "ut", SHIPPED, Watcher())
    assert against_phrase(read_result(tmp_path / "ut")) == against_phrase(result)


def test_without_the_sections_the_same_reports_say_otherwise(tmp_path: Path) -> None:
    settings = SETTINGS.partition("[scale.forecast]")[0] + '"På väg dit" = "red"\n'
    result = imported(tmp_path, "html", settings, year_end="helår 2023")
    assert lights(result, "year_end") == FORECAST | {"Rusta upp torget": "red"}
    assert ("Rusta upp torget", 3, "yellow") in against_phrase(result)


def test_the_run_says_which_scale_held_when(tmp_path: Path) -> None:
    scale = imported(tmp_path, "txt", forecast="T2 2023").run.scales["Lillvik"]
    assert scale["Blå"] == "green"
    assert {name: light for name, light in scale.items() if name.startswith("year_end.")} == {
        "year_end.Pågår": "yellow",
        "year_end.På väg dit": "red",
        "year_end.Blå": "yellow",
        "year_end.partial": "red",
    }


def test_an_outcome_stands_for_the_light_of_its_time_of_year() -> None:
    lights = Lights({"Lillvik": {"partial": "green", "year_end.partial": "red", "forecast.not_started": "none"}})
    spring, year_end = Period.of_tertial(2023, 1), Period.of_tertial(2023, 3)
    assert [lights.of("partial", period, "Lillvik") for period in (spring, year_end, None)] == ["green", "red", "green"]
    assert [lights.own("partial", period, "Lillvik") for period in (spring, year_end)] == ["green", "red"]
    assert [lights.of("not_started", period, "Lillvik") for period in (spring, year_end)] == [None, "red"]
    assert lights.of("partial", year_end, "Annanstad") == "yellow"
    assert lights.own("partial", year_end, "Annanstad") is None
