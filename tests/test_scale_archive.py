"""Archives for tests of scale: the same bytes however they are made, nobody's real name, and every row is read."""

import re
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import load_comments
from ljuskoll.corpora.scale import __main__ as command
from ljuskoll.corpora.scale.archive import write_archive
from ljuskoll.corpora.scale.files import FILES_A_HOUSE, Planned, TrueFile, make_file, plan_file
from ljuskoll.corpora.scale.looks import LAYOUTS, PROGRAMS, looks_of
from ljuskoll.corpora.scale.names import fictional_names
from ljuskoll.corpora.scale.reports import report_setting
from ljuskoll.corpora.scale.topics import topics_by_board
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.vocabulary.municipalities import find_municipality, municipality_names
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import

SEED = 3
SMALL, LARGE = 12, FILES_A_HOUSE + 5
WORDS_IN_COMMON = 8
"""So many words in a row that also stand in a comment of the test split are too many."""


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def truth_of(path: Path) -> list[TrueFile]:
    return [TrueFile.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_sample(folder: Path, planned: list[Planned]) -> dict[str, TrueFile]:
    found = {}
    for one in planned:
        data, true = make_file(one)
        (folder / true.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / true.path).write_bytes(data)
        found[true.path] = true
    return found


def one_of_each_layout() -> list[Planned]:
    """For each program and layout the first report of the archive that has them."""
    wanted = {(program, layout) for program in PROGRAMS for layout, _ in looks_of(program)}
    found: dict[tuple[str, str], Planned] = {}
    for number in count():
        planned = plan_file(SEED, number)
        look = (planned.plan.look.program, planned.plan.look.layout)
        if planned.what == "report":
            found.setdefault(look, planned)
        if found.keys() == wanted:
            return list(found.values())
    raise AssertionError


def first(what: str) -> tuple[int, Planned]:
    return next((number, one) for number in count() if (one := plan_file(SEED, number)).what == what)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive in `archive`, with its truth beside it."""
    folder = tmp_path_factory.mktemp("scale")
    write_archive(folder / "archive", LARGE, SEED, truth=folder / "truth.jsonl")
    return folder


def test_the_same_bytes_by_one_process_and_by_two(archive: Path, tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", LARGE, SEED, workers=2, truth=tmp_path / "truth.jsonl")
    assert bytes_below(tmp_path) == bytes_below(archive)
    assert len(bytes_below(archive / "archive")) == LARGE


def test_a_smaller_archive_is_the_beginning_of_a_larger_one(archive: Path, tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", SMALL, SEED)
    small, large = bytes_below(tmp_path / "archive"), bytes_below(archive / "archive")
    assert small == {true.path: large[true.path] for true in truth_of(archive / "truth.jsonl")[:SMALL]}


def test_a_file_does_not_depend_on_those_made_before() -> None:
    late = make_file(plan_file(SEED, 70))
    for number in (0, 31, 69):
        make_file(plan_file(SEED, number))
    assert make_file(plan_file(SEED, 70)) == late


def test_another_seed_gives_another_archive() -> None:
    assert plan_file(1, 0).path != plan_file(2, 0).path
    assert make_file(plan_file(1, 0))[0] != make_file(plan_file(2, 0))[0]


def test_names_are_many_and_nobodys() -> None:
    names = fictional_names(SEED)
    real = {name.casefold() for name in municipality_names()}
    assert len(set(names)) == len(names) > 1000
    assert [name for name in names if name.casefold() in real or f"{name}s".casefold() in real] == []
    assert sorted(fictional_names(SEED + 1)) == sorted(names)


def test_names_are_read_as_they_are_written() -> None:
    assert [name for name in fictional_names(SEED) if find_municipality("", [], [f"{name}s kommun"]) != name] == []


def test_no_comment_is_of_the_test_split_or_names_a_municipality() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        found = re.findall(r"\w+", text.casefold())
        return {tuple(found[at : at + WORDS_IN_COMMON]) for at in range(len(found) - WORDS_IN_COMMON + 1)}

    used = [
        one
        for boards in (topics_by_board("assignment"), topics_by_board("goal"))
        for topics in boards.values()
        for topic in topics
        for one in topic.comments
    ]
    allowed = {one.id for split in ("train", "dev") for one in load_comments(split)}
    assert {one.id for one in used if one.voice != "rapporten"} <= allowed
    measured = set().union(*(runs(one.comment) for one in load_comments("test")))
    assert [one.id for one in used if runs(one.comment) & measured] == []
    assert [one.id for one in used if find_municipality("", [one.comment], [])] == []


def test_an_assignment_is_followed_through_the_year_with_mostly_the_light_of_its_comment() -> None:
    outcomes = {one.comment: one.outcome for split in ("train", "dev") for one in load_comments(split)}
    rows = [
        (planned.plan, row)
        for number in range(40 * FILES_A_HOUSE)
        if (planned := plan_file(SEED, number)).what == "report"
        for row in report_setting(planned.plan).description.rows
        if row.comment in outcomes
    ]
    agreeing = sum(row.outcome == outcomes[row.comment] for _, row in rows) / len(rows)
    assert 0.93 < agreeing < 0.99
    times = Counter((plan.house.name, plan.year, plan.board, row.title) for plan, row in rows)
    assert Counter(times.values()).most_common(1)[0][0] == 3
    years = Counter(name for name, title in {((p.house.name, r.title), p.year) for p, r in rows if p.board})
    assert max(years.values()) == 3


def test_reports_are_some_pages_with_about_ten_records(archive: Path) -> None:
    records = [true.records for true in truth_of(archive / "truth.jsonl") if true.what == "report"]
    assert min(records) >= 4
    assert max(records) <= 26  # a table of two periods has a record for each
    assert 7 < sum(records) / len(records) < 13
    sizes = [len(data) for data in bytes_below(archive / "archive").values()]
    assert sum(sizes) / len(sizes) < 50_000


def test_all_layouts_and_programs_come() -> None:
    looks = {(layout, program) for program in PROGRAMS for layout, _ in looks_of(program)}
    assert {layout for layout, _ in looks} == set(LAYOUTS)
    assert {program for _, program in looks} == set(PROGRAMS)


@pytest.mark.parametrize("what", ["damaged", "empty", "other"])
def test_what_is_no_report_gives_no_records(what: str, tmp_path: Path) -> None:
    _, planned = first(what)
    true = write_sample(tmp_path, [planned])
    (document,) = run_import([tmp_path], tmp_path / "out", Options(judging=Judging(fast=True))).result.documents
    assert (document.records, true[document.path].records) == (0, 0)
    assert document.status == ("empty" if what == "other" else "unreadable"), document


def test_a_copy_is_known_as_one(tmp_path: Path) -> None:
    number, planned = first("copy")
    write_sample(tmp_path, [plan_file(SEED, number - 1), planned])
    documents = run_import([tmp_path], tmp_path / "out", Options(judging=Judging(fast=True))).result.documents
    assert [one.path for one in documents if one.duplicate_of] == [planned.path]


def test_every_record_of_every_layout_is_read(tmp_path: Path) -> None:
    true = write_sample(tmp_path, one_of_each_layout())
    result = run_import([tmp_path], tmp_path / "out", Options(judging=Judging(fast=True))).result
    read = {one.path: (one.status, one.records) for one in result.documents}
    wrong = {path: (one, read[path]) for path, one in true.items() if read[path] != ("ok", one.records)}
    assert len(true) > 30
    assert wrong == {}
    assert {record.municipality == true[record.document.path].municipality for record in result.records} == {True}


def test_more_documents_than_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Begär färre dokument"):
        write_archive(tmp_path / "archive", len(fictional_names(SEED)) * FILES_A_HOUSE + 1, SEED)
    assert not (tmp_path / "archive").exists()


def test_the_command_writes_an_archive_and_refuses_a_folder_that_holds_one(tmp_path: Path) -> None:
    app, runner = Typer(), CliRunner()
    app.command()(command.main)
    arguments = ["--documents", "3", "--seed", "2", "--out", str(tmp_path / "a"), "--truth", str(tmp_path / "t.jsonl")]
    assert runner.invoke(app, arguments).exit_code == 0
    assert {one.path for one in truth_of(tmp_path / "t.jsonl")} == bytes_below(tmp_path / "a").keys()
    again = runner.invoke(app, arguments)
    assert again.exit_code == 2
    assert "inte tom" in again.stderr
    inside = runner.invoke(app, ["--documents", "1", "--out", str(tmp_path / "b"), "--truth", str(tmp_path / "b/t")])
    assert (inside.exit_code, (tmp_path / "b").exists()) == (2, False)
