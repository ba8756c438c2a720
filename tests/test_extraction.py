"""How the reading of rendered documents is measured, and the gate on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.reports.truth import TrueDocument, TrueLight, TruePhrase, TrueRecord, load_truth, write_truth
from ljuskoll.evaluation import command, extraction_run
from ljuskoll.evaluation.extraction import Compared, Figures, Share, compare, match
from ljuskoll.evaluation.extraction_gate import ExtractionFloors, extraction_failures, load_extraction_floors
from ljuskoll.evaluation.extraction_run import SCANNED, Measured, measure_corpus, measure_rendered, summarise
from ljuskoll.evaluation.extraction_table import extraction_tables
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Declared, FollowUp, Period, Phrase, Place

PERIOD = Period.of_tertial(2023, 2)
SENTENCE = "Uppdraget är genomfört."
NO_LIGHT = TrueLight(colour=None, as_written="Ej mätbart", sources=("text",))
COMMENT = f"{SENTENCE} Bron invigdes i juni och har redan fått sin första spricka."


def true_record(**changes: Any) -> TrueRecord:
    record = TrueRecord(
        kind="assignment",
        assignment="Bygga en ny bro över Kvarnån",
        boards=("TN",),
        board_names=("Tekniska nämnden",),
        period=PERIOD,
        declared=TrueLight(colour="green", as_written="Grön", sources=("text", "icon")),
        phrase=TruePhrase(text=SENTENCE, outcome="completed"),
        comment=COMMENT,
        page=3,
    )
    return record.model_copy(update=changes)


def followup(**changes: Any) -> FollowUp:
    found = FollowUp(
        period=PERIOD,
        boards=("TN",),
        board_names=("Tekniska nämnden",),
        assignment="Bygga en ny bro över Kvarnån",
        declared=Declared(colour="green", as_written="Grön", source="icon"),
        phrase=Phrase(text=SENTENCE, outcome="completed", start=0, end=len(SENTENCE)),
        comment=COMMENT,
        places=(Place(page=3),),
    )
    return found.model_copy(update=changes)


def document(*records: TrueRecord, layout: str = "ruled", ocr: bool = False) -> TrueDocument:
    return TrueDocument(
        path=f"{layout}/x.pdf",
        layout=layout,
        producer="scan" if ocr else "reportlab",
        drawing="word",
        municipality="Kråkfors kommun",
        ocr=ocr,
        records=records,
    )


def test_a_perfect_reading_has_perfect_figures() -> None:
    figures = compare(document(true_record()), [followup()]).figures
    assert (figures.precision, figures.recall, figures.f1, figures.false) == (1, 1, 1, 0)
    assert all(getattr(figures, name).value == 1 for name in ("declared", "boards", "period", "page", "comment"))


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("declared", {"declared": None}),
        ("declared", {"declared": Declared(colour="red", as_written="Grön", source="icon")}),
        ("declared", {"declared": Declared(colour="green", as_written="Grön", source="fill")}),
        ("boards", {"board_names": ()}),
        ("boards", {"board_names": ("Tekniska nämnden", "Kommunstyrelsen")}),
        ("period", {"period": None}),
        ("period", {"period": Period.of_tertial(2022, 2)}),
        ("page", {"places": (Place(page=2), Place(page=3))}),
        ("page", {"places": ()}),
        ("phrase", {"phrase": None}),
        ("phrase", {"phrase": Phrase(text=SENTENCE, outcome="partial")}),
        ("phrase", {"phrase": Phrase(text="Bron invigdes i juni.", outcome="completed")}),
        ("comment", {"comment": SENTENCE}),
        ("kind", {"kind": "goal"}),
    ],
)
def test_one_wrong_field_is_that_field_and_no_other(field: str, change: dict[str, Any]) -> None:
    compared = compare(document(true_record()), [followup(**change)])
    wrong = [name for name in ("declared", "boards", "period", "page", "phrase", "comment", "kind")
             if getattr(compared.figures, name).value < 1]  # fmt: skip
    assert wrong == [field]
    assert [text.split(":")[0] for text in compared.wrong] == [field]
    assert compared.figures.f1 == 1


@pytest.mark.parametrize(
    ("truth", "found", "is_right"),
    [
        (None, None, True),
        (None, Declared(colour="green", as_written="Grön", source="text"), False),
        (NO_LIGHT, None, True),
        (NO_LIGHT, Declared(colour=None, as_written="Ej mätbart", source="text"), True),
        (NO_LIGHT, Declared(colour="yellow", as_written="x", source="text"), False),
    ],
)
def test_what_is_no_light_must_not_become_one(truth: TrueLight | None, found: Declared | None, is_right: bool) -> None:
    figures = compare(document(true_record(declared=truth)), [followup(declared=found)]).figures
    assert figures.declared == Share(int(is_right), 1)


def test_a_comment_may_differ_in_a_letter_and_in_its_line_breaks() -> None:
    changed = COMMENT.replace(". ", ".\n").replace("spricka", "sprícka")
    assert compare(document(true_record()), [followup(comment=changed)]).figures.comment == Share(1, 1)


def test_what_a_document_does_not_say_is_not_measured() -> None:
    figures = compare(document(true_record(page=None, phrase=None)), [followup()]).figures
    assert (figures.page.of, figures.phrase.of, figures.phrase.value) == (0, 0, 1)


def test_records_are_matched_one_to_one() -> None:
    records = [true_record(assignment="Rusta upp lekplatsen i Norrby"), true_record()]
    found = [
        followup(assignment="BYGGA EN NY BRO ÖVER KVARNÅN."),
        followup(assignment="Bygga en ny bro över Kvarnån"),
        followup(assignment="Rusta upp lekplatsen i Nor­rby"),
        followup(assignment="Helt annat"),
    ]
    assert match(records, found) == ((0, 2), (1, 1))
    figures = compare(document(*records), found).figures
    assert (figures.matched, figures.false, figures.recall, figures.precision) == (2, 2, 1, 0.5)


def test_titles_that_are_merely_alike_are_not_the_same() -> None:
    assert (
        match([true_record(assignment="Införa e-arkiv")], [followup(assignment="Stadens e-arkiv ska tas i drift")])
        == ()
    )


def test_an_error_is_a_miss_of_everything() -> None:
    compared = compare(document(true_record()), [], "pdf: går inte att läsa")
    assert (compared.figures.f1, compared.missed) == (0, ("Bygga en ny bro över Kvarnån",))


def test_a_document_without_records_is_perfect_until_one_is_found() -> None:
    assert compare(document(layout="legend"), []).figures.f1 == 1
    compared = compare(document(layout="legend"), [followup()])
    assert (compared.figures.f1, compared.false) == (0, ("Bygga en ny bro över Kvarnån",))


def perfect(layouts: dict[str, float]) -> list[Compared]:
    names = [name for name in layouts if name != SCANNED]
    born = [compare(document(true_record(), layout=name), [followup()]) for name in names]
    return [*born, compare(document(true_record(), ocr=True), [followup()])]


def test_figures_are_grouped_with_scans_apart() -> None:
    measured = summarise(
        [
            compare(document(true_record()), [followup()]),
            compare(document(true_record(), ocr=True), []),
            compare(document(true_record(), layout="zebra"), [followup()]),
        ]
    )
    assert list(measured.layouts) == ["ruled", SCANNED, "zebra"]
    assert (measured.layouts["ruled"].f1, measured.layouts[SCANNED].f1) == (1, 0)
    assert list(measured.producers) == ["reportlab", "scan"]
    assert (measured.total.documents, measured.total.true, measured.total.matched) == (3, 3, 2)


def test_the_floors_are_the_bars_of_the_issue_or_higher() -> None:
    floors = load_extraction_floors()
    assert floors.total >= 0.98 and floors.fields >= 0.98
    assert floors.layouts[SCANNED] >= 0.85
    assert all(floor >= 0.95 for layout, floor in floors.layouts.items() if layout != SCANNED)


def test_perfect_figures_pass_the_gate() -> None:
    floors = load_extraction_floors()
    assert extraction_failures(summarise(perfect(floors.layouts)), floors) == ()


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda all_: [*all_, compare(document(true_record(), layout="zebra"), [])], "zebra: F1"),
        (lambda all_: [*all_, *[compare(document(true_record()), [])] * 3], "poster: F1"),
        (lambda all_: [*all_, compare(document(layout="long"), [followup()])], "long: 1 falska"),
        (lambda all_: [*all_, compare(document(true_record()), [followup(declared=None)])], "declared: "),
        (lambda all_: [*all_, compare(document(true_record(), layout="new"), [followup()])], "new: har inget golv"),
        (lambda all_: [one for one in all_ if one.document.layout != "zebra"], "zebra är inte mätt"),
    ],
)
def test_the_gate_can_fail(break_it: Callable[[list[Compared]], list[Compared]], said: str) -> None:
    floors = load_extraction_floors()
    failed = extraction_failures(summarise(break_it(perfect(floors.layouts))), floors)
    assert any(said in failure for failure in failed)


def test_scans_that_could_not_be_read_fail_no_floor() -> None:
    floors = ExtractionFloors(total=0.98, fields=0.98, layouts={"ruled": 0.95, SCANNED: 0.85})
    measured = summarise([compare(document(true_record()), [followup()])], ["skannat/x.pdf (Tesseract finns inte)"])
    assert extraction_failures(measured, floors) == ()


def evaluate(monkeypatch: pytest.MonkeyPatch, measured: Measured, *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(command, "measure_corpus", lambda _: measured)
    monkeypatch.setattr(command, "measure_rendered", lambda: measured)
    app = Typer()
    app.command()(command.evaluate)
    result = CliRunner().invoke(app, ["extraction", *arguments], env={"COLUMNS": "220"})
    return result.exit_code, result.stdout


@pytest.mark.parametrize("arguments", [(), ("--corpus", "somewhere")])
def test_the_command_shows_figures_by_layout_and_producer(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    status, text = evaluate(monkeypatch, summarise(perfect(load_extraction_floors().layouts)), *arguments)
    assert status == 0
    assert "tabell utan linjer" in text and "reportlab" in text and "1.000" in text


def test_the_command_fails_under_a_floor_and_says_which_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = [*perfect(load_extraction_floors().layouts), compare(document(true_record(), layout="zebra"), [])]
    status, text = evaluate(monkeypatch, summarise(compared, ["ruled/y.pdf (Chromium finns inte)"]))
    assert status == 1
    assert "Under golvet: zebra" in text and "zebra/x.pdf" in text and "Chromium finns inte" in text


def test_half_characters_can_be_shown() -> None:
    compared = compare(document(true_record()), [followup(assignment="\ud83d")])
    tables = list(extraction_tables(summarise([compared])))
    cells = [cell for table in tables for column in table.columns for cell in column.cells]
    assert all(str(cell).encode() for cell in cells)


LIST = """Uppdrag T2 2023
.
Bygga en ny bro över Kvarnån (TN)

Uppdraget är genomfört. Bron invigdes i juni och har redan fått sin första spricka.

.
Rusta upp lekplatsen i Norrby (KS)

Uppdraget är genomfört. Gungorna är på plats.
"""


def test_a_corpus_folder_is_read_as_an_import_reads_it(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    records = (
        true_record(declared=None, page=1),
        true_record(
            assignment="Rusta upp lekplatsen i Norrby",
            declared=None,
            board_names=("Kommunstyrelsen",),
            comment="Uppdraget är genomfört. Gungorna är på plats.",
            page=1,
        ),
    )
    listed = document(*records).model_copy(update={"path": "list.txt"})
    broken = document(true_record()).model_copy(update={"path": "broken.pdf"})
    write_truth(tmp_path / "truth.jsonl", [listed, broken])
    assert load_truth(tmp_path / "truth.jsonl") == (listed, broken)
    measured = measure_corpus(tmp_path)
    assert [one.figures.matched for one in measured.documents] == [2, 0]
    assert measured.documents[0].wrong == ()
    assert measured.documents[1].error is not None and measured.documents[1].error.startswith("pdf")


def test_without_tesseract_scans_are_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_run.shutil, "which", lambda _: None)
    write_truth(tmp_path / "truth.jsonl", [document(true_record(), ocr=True)])
    measured = measure_corpus(tmp_path)
    assert measured.documents == ()
    assert measured.left_out == ("ruled/x.pdf (Tesseract finns inte)",)


def test_a_folder_without_truth_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"truth\.jsonl"):
        measure_corpus(tmp_path)


def test_without_the_extra_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ljuskoll.corpora.rendering.corpus", None)
    with pytest.raises(UsageError, match="--corpus"):
        measure_rendered()


def test_shares_of_nothing_are_whole() -> None:
    assert Share().value == 1
    assert Figures().f1 == Figures().precision == Figures().recall == 1
