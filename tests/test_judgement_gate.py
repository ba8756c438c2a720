"""The gate of the judgement: floors that hold, that can fail, and that fall only with a reason."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import load_comments
from ljuskoll.corpora.sentences import load_sentences, parse_sentence
from ljuskoll.evaluation import command
from ljuskoll.evaluation.components import measure_components, mistakes_in
from ljuskoll.evaluation.floors import (
    NAME,
    Floors,
    FloorsWouldFallError,
    failures,
    load_floors,
    pinned,
    write_floors,
)
from ljuskoll.evaluation.judgement import Share
from ljuskoll.evaluation.judgement_run import Measured, measure_judgement
from ljuskoll.evaluation.margins import margin

WIDEST_MARGIN = 0.1
"""A floor further than this below what is measured would guard nothing."""


@cache
def measured() -> Measured:
    """The shipped judgement on the test split, without the baselines, which take long to fit."""
    return measure_judgement(beside=False)


def test_what_is_measured_passes_the_gate() -> None:
    assert failures(measured().corpus, measured().gated, load_floors()) == ()


def test_every_figure_has_a_floor_near_it() -> None:
    floors = load_floors().lowest
    assert floors.keys() == measured().gated.keys()
    for name, value in measured().gated.items():
        assert value - floors[name] < WIDEST_MARGIN, name


@pytest.mark.parametrize("name", ["macro_f1", "calibration", "pairs", "invariance", "faithfulness", "time.recall"])
def test_the_gate_fails_below_a_floor(name: str) -> None:
    worse = {**measured().gated, name: load_floors().lowest[name] - 0.001}
    (failure,) = failures(measured().corpus, worse, load_floors())
    assert failure.startswith(name)


def test_the_gate_fails_for_another_corpus_and_for_a_figure_that_is_not_measured() -> None:
    (failure,) = failures("another", measured().gated, load_floors())
    assert "another" in failure
    fewer = {name: value for name, value in measured().gated.items() if name != "pairs"}
    assert [one for one in failures(measured().corpus, fewer, load_floors()) if one.startswith("pairs")]


def test_floors_rise_freely_and_fall_only_with_a_reason(tmp_path: Path) -> None:
    before = Floors(corpus="old", lowest={"pairs": 0.5, "macro_f1": 0.7})
    higher = pinned("new", {"pairs": 0.7, "macro_f1": 0.71}, before)
    assert higher.lowest == {"pairs": 0.68, "macro_f1": 0.7}
    with pytest.raises(FloorsWouldFallError, match="pairs"):
        pinned("new", {"pairs": 0.4, "macro_f1": 0.71}, before)
    lower = pinned("new", {"pairs": 0.4, "macro_f1": 0.71}, before, reason="harder pairs")
    assert lower.lowest["pairs"] == 0.38
    (fallen,) = lower.lowered
    assert (fallen.figure, fallen.before, fallen.after, fallen.reason) == ("pairs", 0.5, 0.38, "harder pairs")
    write_floors(lower, tmp_path)
    assert Floors.model_validate(json.loads((tmp_path / NAME).read_text(encoding="utf-8"))) == lower


def test_the_judgement_is_measured_in_parts() -> None:
    parts = measured().judgement.parts
    assert parts["all"].cases == len(load_comments("test"))
    assert parts["hard"].cases + parts["easy"].cases == parts["all"].cases
    assert sum(parts[name].cases for name in ("T1", "T2", "T3")) == parts["all"].cases
    assert {comment.voice for comment in load_comments("test")} < set(parts)
    pairs = measured().judgement.pairs
    assert pairs["all"].of == sum(share.of for name, share in pairs.items() if name != "all")


def _evaluate(monkeypatch: pytest.MonkeyPatch, found: Measured, *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(command, "measure_judgement", lambda: found)
    app = Typer()
    app.command()(command.evaluate)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout


def test_the_command_shows_the_figures_and_writes_the_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    status, text = _evaluate(monkeypatch, measured(), "--report", str(tmp_path / "rapport.html"))
    assert status == 0
    assert f"{measured().judgement.parts['all'].macro_f1:.3f}" in text
    page = (tmp_path / "rapport.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert f"{measured().judgement.parts['all'].macro_f1:.3f}" in page
    assert "http" not in page, "the report needs no network"


def test_the_command_fails_under_a_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    worse = replace(measured().judgement, pairs={"all": Share(1, 100)})
    status, text = _evaluate(monkeypatch, replace(measured(), judgement=worse))
    assert status == 1
    assert "Under golvet: pairs" in text


def test_the_command_does_not_lower_a_floor_without_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    worse = replace(measured().judgement, pairs={"all": Share(1, 100)})
    before = load_floors()
    status, text = _evaluate(monkeypatch, replace(measured(), judgement=worse), "--pin")
    assert status == 1
    assert "--lower-because" in text
    assert load_floors() == before


def test_a_margin_has_an_interval_around_it() -> None:
    gold = ["green", "red", "yellow", None] * 20
    wrong = ["green", "green", "yellow", "red"] * 20
    better = margin("keywords", gold, gold, wrong)
    assert better.low <= better.difference <= better.high
    assert better.difference > 0.2
    assert margin("keywords", gold, gold, gold).difference == 0


@pytest.mark.parametrize(
    ("phenomenon", "written", "missed", "false"),
    [
        ("negation", "Bron är [inte] klar.", 0, 0),
        ("negation", "Bron är klar.", 0, 0),
        ("negation", "Bron [är] inte klar.", 1, 1),
        ("contrast", "Allt är klart, [men] dyrt.", 0, 0),
        ("contrast", "Allt är [klart], men dyrt.", 1, 1),
        ("sentences", "Bron är klar. | Vägen återstår.", 0, 0),
        ("sentences", "Bron är klar. Vägen återstår.", 0, 1),
    ],
)
def test_a_component_is_measured_by_its_marks(phenomenon: str, written: str, missed: int, false: int) -> None:
    mistakes = mistakes_in(parse_sentence(phenomenon, written))
    assert (len(mistakes.missed), len(mistakes.false)) == (missed, false)


def test_an_unclosed_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        parse_sentence("negation", "Bron är [inte klar.")


@pytest.mark.parametrize("split", ["dev", "test"])
def test_every_phenomenon_has_forty_sentences_half_of_them_without_marks(split: str) -> None:
    sentences = load_sentences(split)  # type: ignore[arg-type]
    for name, found in measure_components(sentences).items():
        marked = [bool(one.marks or one.outcome) for one in sentences if one.phenomenon == name]
        assert found.rows == len(marked) >= 40
        assert 0.35 < sum(marked) / len(marked) < 0.75, name
