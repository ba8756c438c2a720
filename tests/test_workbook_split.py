"""An archive that is too large for one workbook: one a municipality, and one that leads to them."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs import workbook_cells
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.workbook import workbook_bytes, write_workbook
from ljuskoll.service.outputs.workbook_split import MAX_RECORDS, write_workbooks
from ljuskoll.service.record import Result
from streaming import streamed

TOWNS = ("Habo", "Håbo", None)
NAMES = ("ljuskoll.xlsx", "ljuskoll-habo.xlsx", "ljuskoll-habo-2.xlsx", "ljuskoll-utan-kommun.xlsx")


@pytest.fixture(scope="module")
def example() -> Result:
    return read_result(Path(__file__).parent / "outputs_example")


@pytest.fixture(scope="module")
def archive(example: Result) -> Result:
    """The example in each of the towns, with ids, documents and counting sentences of its own."""
    parts = [renamed(example, town, f"{number}") for number, town in enumerate(TOWNS)]
    return Result(
        documents=tuple(document for part in parts for document in part.documents),
        records=tuple(record for part in parts for record in part.records),
        plans=(),
        findings=tuple(
            sorted((finding for part in parts for finding in part.findings), key=lambda one: (-one.score, one.id))
        ),
        run=example.run,
    )


def renamed(result: Result, town: str | None, mark: str) -> Result:
    """The result as the town's, told apart by the mark."""
    text = Result(**{**dict(result), "plans": ()}).model_dump_json()
    for record in result.records:
        text = text.replace(record.id, f"{mark}{record.id[1:]}")
    for document in result.documents:
        if document.sha256:
            text = text.replace(document.sha256, f"{mark}{document.sha256[1:]}")
    text = text.replace('"path":"2024/', f'"path":"{mark}/2024/').replace("tre röda", f"tre röda i {mark}")
    read = Result.model_validate_json(text)
    renamed = tuple(record.model_copy(update={"municipality": town}) for record in read.records)
    findings = tuple(one.model_copy(update={"id": f"{mark}{one.id[1:]}"}) for one in read.findings)
    return read.model_copy(update={"records": renamed, "findings": findings})


@pytest.fixture(scope="module")
def books(archive: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("ut")
    assert write_workbooks(archive, folder, most=10) == NAMES
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    return {name: load_workbook(folder / name) for name in NAMES}


def column(sheet: Any, heading: str) -> list[Any]:
    """The values below the heading."""
    number = [cell.value for cell in sheet[1]].index(heading)
    return [row[number] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_what_one_workbook_holds_is_one(example: Result, tmp_path: Path) -> None:
    assert MAX_RECORDS == 500_000
    assert write_workbooks(example, tmp_path, most=len(example.records)) == NAMES[:1]
    assert (tmp_path / NAMES[0]).read_bytes() == workbook_bytes(example)
    assert [path.name for path in tmp_path.iterdir()] == [NAMES[0]]


def test_a_municipality_has_a_whole_workbook(books: dict[str, Any], archive: Result) -> None:
    for name, town in zip(NAMES[1:], TOWNS, strict=True):
        book = books[name]
        own = [record for record in archive.records if record.municipality == town]
        assert book.sheetnames == ["Uppdrag", "Avvikelser", "Dokument", "Översikt"]
        assert column(book["Uppdrag"], "id") == [record.id for record in own]
        assert book["Översikt"]["A1"].value == f"Översikt för {town or 'Utan kommun'}"
        assert "Vad som har prövats i alla kommuner tillsammans" in column(
            book["Översikt"], book["Översikt"]["A1"].value
        )


def test_its_links_lead_within_it(books: dict[str, Any], archive: Result) -> None:
    book = books["ljuskoll-habo-2.xlsx"]
    linked = [cell for (cell,) in book["Avvikelser"].iter_rows(min_row=2, min_col=10, max_col=10) if cell.hyperlink]
    assert len(linked) == 6
    records = {record.id: record for record in archive.records}
    for cell in linked:
        place = cell.hyperlink.location.split("!")[1]
        row = book["Uppdrag"][place].row
        found = records[book["Uppdrag"].cell(row, 14).value]
        assert book["Avvikelser"].cell(cell.row, 4).value.split("\n")[0] == found.assignment


def test_its_documents_and_findings_are_its_own(books: dict[str, Any], archive: Result) -> None:
    whole = books["ljuskoll.xlsx"]
    assert column(whole["Dokument"], "Dokument") == [document.path for document in archive.documents]
    for number, name in enumerate(NAMES[1:]):
        documents = column(books[name]["Dokument"], "Dokument")
        assert documents and all(path.startswith(f"{number}/") for path in documents)
        assert "Samma innehåll som " in "".join(filter(None, column(books[name]["Dokument"], "Problem")))
        quotes = column(books[name]["Avvikelser"], "Citat")
        assert f"”Av årets uppdrag är tre röda i {number}.”" in quotes
        assert not any(f"i {other}." in (quote or "") for quote in quotes for other in range(3) if other != number)
    unread = next(document.path for document in archive.documents if document.status == "unreadable")
    assert not any(unread in column(books[name]["Dokument"], "Dokument") for name in NAMES[1:])


def test_the_first_workbook_leads_to_the_others(books: dict[str, Any], archive: Result) -> None:
    book = books["ljuskoll.xlsx"]
    assert book.sheetnames == ["Arbetsböcker", "Avvikelser", "Dokument", "Översikt"]
    sheet = book["Arbetsböcker"]
    assert column(sheet, "Kommun") == ["Habo", "Håbo", "Utan kommun"]
    assert column(sheet, "Uppföljningar") == [22, 22, 22] and column(sheet, "Avvikelser") == [7, 7, 7]
    assert [sheet.cell(row, 5).hyperlink.target for row in (2, 3, 4)] == list(NAMES[1:])
    findings = book["Avvikelser"]
    assert column(findings, "Meddelande") == [finding.message for finding in archive.findings]
    assert findings["A1"].value == "Kommun" and set(column(findings, "Kommun")) == {"Habo", "Håbo", None}
    assert not any(cell.hyperlink for row in findings.iter_rows() for cell in row)
    (choice,) = findings.data_validations.dataValidation
    (cells,) = choice.sqref.ranges
    assert findings.cell(1, cells.min_col).value == "Din bedömning"


def test_a_result_that_stays_in_its_files_gives_the_same_bytes(archive: Result, tmp_path: Path) -> None:
    for name in ("en", "annan", "delar"):
        (tmp_path / name).mkdir()
    write_workbooks(archive, tmp_path / "en", most=10)
    write_workbooks(streamed(archive, tmp_path), tmp_path / "annan", tmpdir=tmp_path / "delar", most=10)
    for name in NAMES:
        assert (tmp_path / "en" / name).read_bytes() == (tmp_path / "annan" / name).read_bytes()
    assert list((tmp_path / "delar").iterdir()) == []


def test_a_share_is_the_municipalitys_own_result(archive: Result, example: Result, tmp_path: Path) -> None:
    write_workbooks(archive, tmp_path, most=10)
    own = renamed(example, "Habo", "0")
    held = {record.document.sha256 for record in own.records}
    kept = own.model_copy(
        update={
            "documents": tuple(one for one in own.documents if (one.duplicate_of or one.sha256) in held),
            "findings": tuple(one for one in own.findings if one.records or one.kind == "aggregate"),
        }
    )
    write_workbook(kept, tmp_path / "egen.xlsx", about="Habo")
    assert (tmp_path / "egen.xlsx").read_bytes() == (tmp_path / "ljuskoll-habo.xlsx").read_bytes()


def test_a_municipality_that_no_sheet_can_hold_is_refused_before_anything_is_written(
    archive: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_cells, "MAX_ROWS", 24)
    write_workbooks(archive.model_copy(update={"records": archive.records[:24]}), tmp_path, most=10)
    one = tuple(record.model_copy(update={"municipality": "Habo"}) for record in archive.records)
    (tmp_path / "ut").mkdir()
    with pytest.raises(UsageError, match="Bladet Uppdrag skulle få 66 rader"):
        write_workbooks(archive.model_copy(update={"records": one}), tmp_path / "ut", most=10)
    assert list((tmp_path / "ut").iterdir()) == []


@pytest.mark.parametrize(
    ("towns", "names"),
    [
        (("Ängelholms kommun", None), ["angelholms-kommun", "utan-kommun"]),
        (("Utan kommun", None), ["utan-kommun", "utan-kommun-2"]),
        (("EKBY", "Ekby"), ["ekby"]),
        (("Malmö/../x", "北"), ["malmo-x", "kommun"]),
        (("Åre", "Orsa", "Ängelholm"), ["orsa", "are", "angelholm"]),
    ],
)
def test_names_are_plain_and_each_another(
    example: Result, tmp_path: Path, towns: tuple[str | None, ...], names: list[str]
) -> None:
    records = tuple(
        record.model_copy(update={"municipality": town})
        for record, town in zip(example.records, towns * len(example.records), strict=False)
    )
    written = write_workbooks(example.model_copy(update={"records": records}), tmp_path, most=0)
    assert list(written) == ["ljuskoll.xlsx", *(f"ljuskoll-{name}.xlsx" for name in names)]
