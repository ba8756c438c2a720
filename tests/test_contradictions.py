"""The archives with planted contradictions: whole in themselves, readable, and the measured ones kept apart."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ljuskoll.corpora.contradictions import (
    Archive,
    ArchiveSplit,
    NearMiss,
    Planted,
    load_archives,
    load_title_lists,
    write_archive,
)
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import

ROOT = Path(__file__).parents[1]
SPLITS: tuple[ArchiveSplit, ...] = ("dev", "mended", "test")
ARCHIVES = [pytest.param(archive, id=archive.name) for split in SPLITS for archive in load_archives(split)]
RUN = 9
"""So many words in a row are no longer what anyone would write."""
READS_ARCHIVES = re.compile(r"corpora\.contradictions|/ .(contradictions|titles).(?: /|$)|Checked\.of", re.MULTILINE)


def sentences(archive: Archive, doc: str | None = None) -> Iterator[str]:
    for report in archive.reports:
        if doc in (None, report.doc):
            yield from report.prose
            for goal in report.goals.values():
                yield from goal


def test_the_splits_hold_archives() -> None:
    names = [archive.name for split in SPLITS for archive in load_archives(split)]
    assert len(names) == len(set(names))
    assert min(len(load_archives("dev")), len(load_archives("test"))) >= 3
    municipalities = [archive.municipality for split in SPLITS for archive in load_archives(split)]
    assert len(set(municipalities)) == len(municipalities)


@pytest.mark.parametrize("archive", ARCHIVES)
def test_what_is_planted_exists(archive: Archive) -> None:
    rows = {(row.doc, row.key) for row in archive.rows}
    assert archive.planted
    assert archive.near
    every: tuple[Planted | NearMiss, ...] = (*archive.planted, *archive.near)
    for one in every:
        assert set(one.rows) <= rows
        assert one.sentence is None or one.sentence in set(sentences(archive, one.doc))
    for planted in archive.planted:
        assert planted.rows or planted.sentence or planted.period or planted.plan
        assert planted.plan is None or planted.plan in {item.text for item in archive.plan}


@pytest.mark.parametrize("archive", ARCHIVES)
def test_an_archive_is_whole(archive: Archive) -> None:
    docs = [report.doc for report in archive.reports]
    assert len(docs) == len(set(docs))
    assert {row.doc for row in archive.rows} == set(docs)
    for report in archive.reports:
        assert set(report.goals) <= {row.goal for row in archive.rows if row.doc == report.doc}
        assert (report.level == "board") is (report.board is not None)


@pytest.mark.parametrize("archive", ARCHIVES)
def test_near_misses_are_not_what_is_planted(archive: Archive) -> None:
    planted = {(one.kind, one.rows, one.sentence) for one in archive.planted}
    assert not [one for one in archive.near if (one.kind, one.rows, one.sentence) in planted]


@pytest.mark.parametrize("split", ["dev", "test"])
def test_title_lists_hold_both_the_same_and_others(split: ArchiveSplit) -> None:
    assert load_title_lists(split)
    for lists in load_title_lists(split):
        keys = [{key for row in rows for key in row[0].split("|")} for rows in (lists.earlier, lists.later)]
        assert keys[0] & keys[1]
        assert keys[0] != keys[1]


def test_every_row_of_a_written_archive_is_read(tmp_path: Path) -> None:
    archive = next(one for one in load_archives("dev") if one.name == "granlunda")
    write_archive(archive, tmp_path / "archive")
    result = run_import([tmp_path / "archive"], tmp_path / "out", Options()).result
    written = Counter((archive.path(row.doc), row.assignment, row.light, row.comment) for row in archive.rows)
    read = Counter(
        (one.document.path, one.assignment, one.declared.colour if one.declared else None, one.comment)
        for one in result.records
    )
    assert read == written
    assert {item.text for item in archive.plan} <= {plan.text for plan in result.plans}
    assert {plan.years for plan in result.plans} == {(archive.plan_year,)}
    periods = {report.doc: (report.year, report.tertial) for report in archive.reports}
    docs = {archive.path(doc): doc for doc in periods}
    for one in result.records:
        assert one.period is not None
        assert (one.period.year, one.period.tertial) == periods[docs[one.document.path]]
    levels = {document.path: document.level for document in result.documents if document.path in docs}
    assert levels == {archive.path(report.doc): report.level for report in archive.reports}


def reading(rooms: tuple[str, ...]) -> set[str]:
    paths = (path for room in rooms for path in (ROOT / room).rglob("*.py"))
    return {
        path.relative_to(ROOT).as_posix() for path in paths if READS_ARCHIVES.search(path.read_text(encoding="utf-8"))
    }


def test_only_the_evaluation_reads_the_archives_of_the_test_split() -> None:
    assert reading(("nlp", "models", "service", "corpora")) == {"corpora/contradictions.py"}
    for path in reading(("scripts",)):
        code = (ROOT / path).read_text(encoding="utf-8")
        assert set(re.findall(r"(?:load_archives|load_title_lists)\(([^)]*)\)", code)) <= {'"dev"'}
    assert "evaluation/contradiction_run.py" in reading(("evaluation",))


def test_the_scores_are_learnt_from_the_dev_split() -> None:
    code = (ROOT / "evaluation" / "contradiction_run.py").read_text(encoding="utf-8")
    learning = code[code.index("def learn_and_write") :]
    assert set(re.findall(r"(?:load_archives|load_title_lists)\(([^)]*)\)", learning)) == {'"dev"'}
    assert "test" not in learning


def test_what_was_mended_stays_so() -> None:
    checked = [Checked.of(archive) for archive in load_archives("mended")]
    assert sum(bool(one.found(planted)) for one in checked for planted in one.archive.planted) >= 67
    assert not [found.message for one in checked for found in one.result.findings if one.is_false_flag(found)]


def runs(split: ArchiveSplit) -> set[tuple[str, ...]]:
    words = (re.findall(r"\w+", row.comment.casefold()) for archive in load_archives(split) for row in archive.rows)
    return {tuple(found[at : at + RUN]) for found in words for at in range(len(found) - RUN + 1)}


def test_comments_share_no_words_between_the_splits() -> None:
    dev, test = runs("dev") | runs("mended"), runs("test")
    assert min(len(dev), len(test)) > 1000
    assert not dev & test
