"""Learning from reviewers' decisions: their lights are trusted, where they agree, and nothing gets worse in silence."""

import json
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ljuskoll.corpora.local_archive import MUNICIPALITY, LocalComment, load_local_archive
from ljuskoll.models.adaptation import FILE, load_adaptations
from ljuskoll.models.adapting import FEWEST, fit, labelled, tried
from ljuskoll.models.archive import RECORDS
from ljuskoll.models.classifier import Classifier, load_classifier
from ljuskoll.models.decisions import Decision, decide
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, FollowUp
from ljuskoll.service.cli import main

TURNED: dict[Colour, Colour] = {"green": "red", "yellow": "green", "red": "yellow"}
LAST = 2024


@cache
def shipped() -> Classifier:
    return load_classifier(fast=True)


@cache
def some() -> tuple[LocalComment, ...]:
    """A hundred comments whose right light a reviewer of the place knows."""
    known = [one for one in load_local_archive() if one.right]
    return tuple(random.Random(7).sample(known, 100))


def decision(followup: FollowUp, light: Colour | None, **changes: Any) -> Decision:
    made = {"verdict": "agree", "light": light, "who": "anna", "when": "2026-11-01T08:00:00Z", **changes}
    return Decision.model_validate({**followup.model_dump(), **made})


def write(folder: Path, decisions: Iterable[Decision]) -> Path:
    """The file as the service exports it, with what else it knows of a record."""
    rows = ({"id": "x", "document": {"path": "t1.pdf"}, **one.model_dump(mode="json")} for one in decisions)
    file = folder / "beslut.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def write_records(folder: Path, followups: Iterable[FollowUp]) -> Path:
    text = "".join(one.model_dump_json() + "\n" for one in followups)
    (folder / RECORDS).write_text(text, encoding="utf-8")
    return folder


def with_light(followup: FollowUp, light: Colour) -> FollowUp:
    assert followup.declared
    return followup.model_copy(update={"declared": followup.declared.model_copy(update={"colour": light})})


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return int(left.value.code or 0)


def counts(printed: str) -> dict[str, int]:
    """The numbers of the table of decisions, by the words beside them."""
    rows = (line.strip("│┃ ").split("│") for line in printed.splitlines() if line.count("│") == 3)
    return {row[0].strip(): int(row[1]) for row in rows}


def test_decisions_alone_bring_the_held_out_lights_nearer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, [decision(one.followup, one.right) for one in some()])
    assert run("train", "--decisions", file, "--fast") == 0
    printed = capsys.readouterr().out
    assert counts(printed)["Används"] == len(some())
    assert MUNICIPALITY in printed and "alla" in printed
    assert load_adaptations(tmp_path / FILE).only == MUNICIPALITY


def test_no_comment_is_judged_by_what_was_learnt_from_its_own_assignment() -> None:
    right = labelled([decision(one.followup, one.right).decided for one in some()], shipped(), trusted=True)
    trial = tried(right, shipped())
    assert (trial.year, trial.learnt_from, trial.held_out, trial.doubtful) == (None, 100, 100, 0)
    assert trial.after - trial.before >= 0.1
    assert tried(random.Random(3).sample(right, len(right)), shipped()) == trial
    one_title = [one.model_copy(update={"assignment": "Samma"}) for one in (one.followup for one in right)]
    with pytest.raises(UsageError, match="1 uppdrag"):
        tried(labelled(one_title, shipped(), trusted=True), shipped())


def test_decisions_that_teach_nothing_new_are_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = [(one, shipped().assess(one.comment, one.assignment, one.period).colour) for one in load_local_archive()]
    lit = [decision(one.followup, colour) for one, colour in shown if colour][: 2 * FEWEST]
    assert run("train", "--decisions", write(tmp_path, lit), "--fast") == 2
    captured = capsys.readouterr()
    assert "1.000" in captured.out
    assert "Inget har skrivits" in captured.err
    assert not (tmp_path / FILE).exists()


def test_reviewers_lights_replace_the_declared_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comments = [one for one in load_local_archive() if one.right]
    wrong = [
        with_light(one.followup, TURNED[one.right] if one.year < LAST else one.right) for one in comments if one.right
    ]
    archive = write_records(tmp_path, wrong)
    assert run("train", "--archive", archive, "--fast") == 2
    file = write(tmp_path, [decision(one.followup, one.right) for one in comments if one.year < LAST])
    assert run("train", "--archive", archive, "--decisions", file, "--fast", "--out", tmp_path / "ut") == 0
    assert str(LAST) in capsys.readouterr().out
    assert (tmp_path / "ut" / FILE).exists() and not (archive / FILE).exists()


def test_a_trusted_light_is_never_left_out_as_doubtful() -> None:
    lights = [TURNED[one.right] if number % 12 == 0 else one.right for number, one in enumerate(some()) if one.right]
    followups = [with_light(one.followup, light) for one, light in zip(some(), lights, strict=True)]
    assert fit(labelled(followups, shipped()), shipped()).doubtful > 0
    assert fit(labelled(followups, shipped(), trusted=True), shipped()).doubtful == 0


ONE, OTHER = (one.followup for one in load_local_archive()[:2])
LATER = "2026-11-02T08:00:00Z"


@pytest.mark.parametrize(
    ("decisions", "lights", "fates"),
    [
        ([decision(ONE, "red")], ["red"], {"used": 1}),
        ([decision(ONE, "red"), decision(OTHER, "green", who="bo")], ["red", "green"], {"used": 2}),
        ([decision(ONE, "red"), decision(ONE, "red", who="bo")], ["red"], {"used": 1, "repeated": 1}),
        ([decision(ONE, "red", when=LATER), decision(ONE, "green")], ["red"], {"used": 1, "repeated": 1}),
        ([decision(ONE, "red"), decision(ONE, None, when=LATER)], [], {"no_light": 1, "repeated": 1}),
        ([decision(ONE, "red"), decision(ONE, None, who="bo")], ["red"], {"used": 1, "no_light": 1}),
        ([decision(ONE, "red"), decision(ONE, "green", who="bo")], [], {"contested": 2}),
        ([decision(ONE, "red", others=1), decision(OTHER, "red", others=0)], ["red"], {"contested": 1, "used": 1}),
        ([decision(ONE, None, verdict="disagree")], [], {"no_light": 1}),
        ([decision(ONE.model_copy(update={"comment": " "}), "red")], [], {"not_learnable": 1}),
        ([decision(ONE.model_copy(update={"period": None}), "red")], [], {"not_learnable": 1}),
    ],
)
def test_each_decision_has_one_fate(decisions: Sequence[Decision], lights: list[Colour], fates: dict[str, int]) -> None:
    found = decide(decisions)
    assert [one.declared.colour for one in found.followups if one.declared] == lights
    assert {fate: count for fate, count in found.fates.items() if count} == fates
    assert sum(fates.values()) == len(decisions)


def test_what_reviewers_differ_on_is_not_learnt_from_its_declared_light_either() -> None:
    found = decide([decision(ONE, "red"), decision(ONE, "green", who="bo"), decision(OTHER, None)])
    assert found.covers(ONE) and not found.covers(OTHER)
    assert found.covers(with_light(ONE, "yellow"))
    assert not found.covers(ONE.model_copy(update={"municipality": "Grannby"}))


def test_the_table_says_what_became_of_the_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [decision(ONE, "red"), decision(ONE, "green", who="bo"), decision(OTHER, None)]
    assert run("train", "--decisions", write(tmp_path, made), "--fast") == 2
    assert counts(capsys.readouterr().out) == {
        "Används": 0,
        "Upprepar ett annat, eller ändrat senare": 0,
        "Utelämnas: granskare är oense": 2,
        "Utelämnas: utan ljus": 1,
        "Utelämnas: utan kommentar eller period": 0,
    }


def test_too_few_decisions_are_said_to_be_too_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = [decision(one.followup, one.right) for one in some()[: FEWEST - 1]]
    assert run("train", "--decisions", write(tmp_path, few), "--fast") == 2
    assert f"{FEWEST - 1} granskade kommentarer" in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"{", "rad 1"),
        (decision(ONE, "red").model_dump_json().encode() + b'\n\n{"assignment": "x"}', "rad 3: .*verdict"),
        (decision(ONE, "red").model_dump_json().replace('"agree"', '"kanske"').encode(), "rad 1: .*verdict"),
        (b"\xff\xfe{", "UTF-8"),
    ],
)
def test_an_unreadable_line_is_named(
    tmp_path: Path, content: bytes, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "beslut.jsonl"
    file.write_bytes(content)
    assert run("train", "--decisions", file, "--fast") == 2
    message = capsys.readouterr().err
    assert "beslut.jsonl" in message and place.partition(":")[0] in message and place.rpartition("*")[2] in message


def test_decisions_are_for_the_model_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("train", "--decisions", tmp_path / "beslut.jsonl", "--careful") == 2
    assert "--decisions" in capsys.readouterr().err
