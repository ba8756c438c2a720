"""The workbook as people see it, opened with another library than the one that wrote it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs import workbook_cells, workbook_overview, workbook_sheet
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.workbook import workbook_bytes, write_workbook
from ljuskoll.service.outputs.workbook_cells import MAX_CHARACTERS, MAX_ROWS, cell_text
from ljuskoll.service.record import Result
from streaming import streamed

EXAMPLE = Path(__file__).parent / "outputs_example"
RECORD_HEADINGS = [
    *("Kommun", "År", "Period", "Nämnd", "Uppdrag", "Rapportens ljus", "Statusmening", "Kommentar"),
    *("Texten talar för", "Sannolikhet", "Avvikelser", "Dokument", "Sida", "id"),
]
FINDING_HEADINGS = [
    *("Allvar", "Säkerhet", "Typ", "Uppdrag", "Nämnd", "Period", "Meddelande", "Citat", "Texten talar för"),
    *("Rad i Uppdrag", "Dokument", "Sida", "Din bedömning"),
]


@pytest.fixture(scope="module")
def example() -> Result:
    return read_result(EXAMPLE)


@pytest.fixture(scope="module")
def book(example: Result) -> Any:
    return load_workbook(io.BytesIO(workbook_bytes(example)))


def opened(result: Result) -> Any:
    return load_workbook(io.BytesIO(workbook_bytes(result)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The cells of each row below the headings, by heading."""
    headings = [cell.value for cell in sheet[1]]
    return [dict(zip(headings, cells, strict=True)) for cells in sheet.iter_rows(min_row=2)]


def with_comments(result: Result, *comments: str) -> Result:
    changed = [record.model_copy(update={"comment": c}) for record, c in zip(result.records, comments, strict=False)]
    return result.model_copy(update={"records": tuple(changed), "findings": ()})


def test_the_sheets_have_the_contracts_names_and_order(book: Any) -> None:
    assert book.sheetnames == ["Uppdrag", "Avvikelser", "Dokument", "Översikt"]
    assert book.active.title == "Uppdrag"


@pytest.mark.parametrize(("sheet", "headings"), [("Uppdrag", RECORD_HEADINGS), ("Avvikelser", FINDING_HEADINGS)])
def test_headings(book: Any, sheet: str, headings: list[str]) -> None:
    assert [cell.value for cell in book[sheet][1]] == headings


def test_the_same_result_gives_the_same_bytes(example: Result) -> None:
    assert workbook_bytes(example) == workbook_bytes(example)


def test_a_result_that_stays_in_its_files_gives_the_same_bytes_and_leaves_none_behind(
    example: Result, tmp_path: Path
) -> None:
    parts, path = tmp_path / "delar", tmp_path / "bok.xlsx"
    parts.mkdir()
    verdicts = {example.findings[2].id: "Håller med"}
    write_workbook(streamed(example, tmp_path), path, verdicts, tmpdir=parts)
    assert path.read_bytes() == workbook_bytes(example, verdicts)
    assert list(parts.iterdir()) == []


def test_a_workbook_that_stops_midway_leaves_nothing(example: Result, tmp_path: Path) -> None:
    damaged = streamed(example, tmp_path)
    with (tmp_path / "documents.jsonl").open("ab") as file:
        file.write(b"{}\n")
    (tmp_path / "delar").mkdir()
    with pytest.raises(UsageError, match=r"documents\.jsonl, rad 7"):
        write_workbook(damaged, tmp_path / "bok.xlsx", tmpdir=tmp_path / "delar")
    assert not (tmp_path / "bok.xlsx").exists() and list((tmp_path / "delar").iterdir()) == []


def test_a_workbook_that_cannot_be_written_is_an_os_error(example: Result, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="saknas"):
        write_workbook(example, tmp_path / "saknas" / "bok.xlsx", tmpdir=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_heights_that_are_let_go_of_are_written_all_the_same(example: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    longer = example.model_copy(update={"records": example.records * 2})
    whole = workbook_bytes(longer)
    monkeypatch.setattr(workbook_sheet, "_KEPT_ROWS", 30)
    assert workbook_bytes(longer) == whole
    monkeypatch.setattr(workbook_sheet, "_KEPT_ROWS", 0)
    assert workbook_bytes(longer) != whole, "the notes of the headings are placed by the first heights"


def test_the_date_of_creation_is_fixed(book: Any) -> None:
    assert book.properties.created.isoformat() == "2000-01-01T00:00:00"


def test_every_record_is_a_row(book: Any, example: Result) -> None:
    assert [row["id"].value for row in rows(book["Uppdrag"])] == [record.id for record in example.records]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (2, ("Granvik", 2024, "T2", "Kultur- och fritidsnämnden", "Grön", "Grön", 0.96, 0)),
        (3, ("Granvik", 2024, "T2", "Kultur- och fritidsnämnden", "Grön", "Röd", 0.97, 1)),
        (8, ("Granvik", 2024, "T2", "Kommunstyrelsen, Tekniska nämnden", "Grön", "Går inte att avgöra", None, 0)),
        (9, ("Granvik", 2024, "T2", "Kommunstyrelsen", "Visas inte", "Röd", 0.63, 1)),
        (12, ("Granvik", 2024, "31 oktober", "Socialnämnden", "Ej mätbart", "Går inte att avgöra", None, 0)),
        (13, ("Granvik", 2024, "31 oktober", "Socialnämnden", "Gul (rättat)", "Gul", 0.94, 0)),
    ],
)
def test_a_record_in_words(book: Any, row: int, expected: tuple[Any, ...]) -> None:
    cells = rows(book["Uppdrag"])[row - 2]
    shown = (
        "Kommun",
        "År",
        "Period",
        "Nämnd",
        "Rapportens ljus",
        "Texten talar för",
        "Sannolikhet",
        "Avvikelser",
    )
    assert tuple(cells[heading].value for heading in shown) == expected


def test_a_model_that_withholds_its_colour_says_so(example: Result) -> None:
    record = example.records[0]
    assessment = record.assessment.model_copy(update={"colour": None, "abstained": True})
    result = example.model_copy(update={"records": (record.model_copy(update={"assessment": assessment}),)})
    assert rows(opened(result)["Uppdrag"])[0]["Texten talar för"].value == "Avstår"


def test_a_light_has_its_colour_and_its_word(book: Any) -> None:
    fills = {row["Rapportens ljus"].value: row["Rapportens ljus"].fill.fgColor.rgb for row in rows(book["Uppdrag"])}
    assert len({fills[word] for word in ("Grön", "Gul", "Röd", "Visas inte")}) == 4


def test_findings_stand_surest_first(book: Any, example: Result) -> None:
    scores = [row["Säkerhet"].value for row in rows(book["Avvikelser"])]
    assert scores == sorted((finding.score for finding in example.findings), reverse=True)


def test_links_lead_to_the_record_and_back_to_its_surest_finding(book: Any, example: Result) -> None:
    uppdrag, avvikelser = book["Uppdrag"], book["Avvikelser"]
    linked = 0
    for finding, row in zip(example.findings, rows(avvikelser), strict=True):
        link = row["Rad i Uppdrag"].hyperlink
        assert bool(link) == bool(finding.records)
        if link:
            sheet, place = link.location.split("!")
            assert sheet == "'Uppdrag'"
            assert rows(uppdrag)[uppdrag[place].row - 2]["id"].value == finding.records[0]
            linked += 1
    assert linked == 6
    for record, row in zip(example.records, rows(uppdrag), strict=True):
        concerned = [finding for finding in example.findings if record.id in finding.records]
        cell = row["Avvikelser"]
        assert cell.value == len(concerned) and bool(cell.hyperlink) == bool(concerned)
        if concerned:
            target = avvikelser[cell.hyperlink.location.split("!")[1]].row
            assert rows(avvikelser)[target - 2]["Meddelande"].value == concerned[0].message


def test_links_beyond_what_a_sheet_holds_are_plain_cells(example: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "MAX_LINKS", 2)
    cells = [row["Rad i Uppdrag"] for row in rows(opened(example)["Avvikelser"])]
    assert [cell.value for cell in cells if cell.hyperlink] == ["Rad 3", "Rad 16"]
    assert cells[2].value == "Rad 11"


def test_a_finding_tells_all_its_periods_documents_and_pages(book: Any) -> None:
    row = rows(book["Avvikelser"])[3]
    assert row["Period"].value == "2024 T2\n2024 T3"
    assert row["Dokument"].value == "2024/delårsrapport augusti.pdf\n2024/årsredovisning.pdf"
    assert (row["Sida"].value, row["Rad i Uppdrag"].value) == ("14\n44", "Rad 5, 16")


def test_a_finding_about_many_records_names_the_first_and_counts_the_rest(example: Result) -> None:
    finding = example.findings[0].model_copy(update={"records": tuple(record.id for record in example.records[:5])})
    row = rows(opened(example.model_copy(update={"findings": (finding,)}))["Avvikelser"])[0]
    assert row["Uppdrag"].value.split("\n")[3:] == ["… och 2 till"]
    assert row["Rad i Uppdrag"].value == "Rad 2, 3, 4 m.fl."


def test_a_counting_sentence_has_its_document_and_page(book: Any, example: Result) -> None:
    row = rows(book["Avvikelser"])[4]
    assert (row["Dokument"].value, row["Sida"].value) == ("2024/årsredovisning.pdf", 6)
    twice = example.model_copy(
        update={"documents": (*example.documents, example.documents[3].model_copy(update={"path": "b"}))}
    )
    assert rows(opened(twice)["Avvikelser"])[4]["Dokument"].value is None


def test_the_reader_answers_from_a_list(book: Any, example: Result) -> None:
    (choice,) = book["Avvikelser"].data_validations.dataValidation
    assert (choice.type, choice.formula1) == ("list", '"Håller med,Håller inte med,Fel i läsningen"')
    assert str(choice.sqref) == f"M2:M{len(example.findings) + 1}"
    assert book["Avvikelser"]["M1"].value == "Din bedömning"
    assert {row["Din bedömning"].value for row in rows(book["Avvikelser"])} == {None}


@pytest.mark.parametrize("sheet", ["Uppdrag", "Avvikelser", "Dokument"])
def test_a_table_is_frozen_filtered_wrapped_and_ready_to_print(book: Any, sheet: str) -> None:
    table = book[sheet]
    assert table.freeze_panes == "A2"
    assert table.auto_filter.ref == table.dimensions
    assert table.print_title_rows == "$1:$1"
    assert (table.page_setup.orientation, table.page_setup.fitToHeight) == ("landscape", 0)
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in table.oddFooter.right.text
    assert table["D2"].alignment.wrap_text or sheet == "Dokument"
    assert 15 <= table.row_dimensions[2].height <= 408.75


def test_a_long_comment_gets_a_high_row_but_never_higher_than_excel_allows(example: Result) -> None:
    sheet = opened(with_comments(example, "kort", "lång text " * 40, "lång text " * 4000))["Uppdrag"]
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] < heights[1] < heights[2] == 408.75


@pytest.mark.parametrize("text", ["=1+1", "+46 63", "-4 %", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.se", "007"])
def test_text_is_only_ever_text(example: Result, text: str) -> None:
    sheet = opened(with_comments(example, text))["Uppdrag"]
    cell = rows(sheet)[0]["Kommentar"]
    assert (cell.data_type, cell.value, cell.hyperlink, cell.quotePrefix) == ("s", text, None, True)


def test_no_cell_of_the_workbook_is_a_formula(example: Result) -> None:
    formula = "=cmd|' /C calc'!A0"
    record = example.records[0].model_copy(
        update={"municipality": formula, "boards": (formula,), "board_names": (), "assignment": formula, "id": formula}
    )
    document = example.documents[0].model_copy(update={"path": formula, "layout": formula})
    finding = example.findings[0].model_copy(update={"message": formula, "records": (formula,)})
    run = example.run.model_copy(update={"version": formula, "checks": {formula: example.run.checks["aggregate"]}})
    book = opened(Result(documents=(document,), records=(record,), plans=(), findings=(finding,), run=run))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == formula for cell in cells) >= 9
    assert {cell.data_type for cell in cells} == {"s", "n"}


@given(st.text())
@settings(max_examples=200)
def test_a_cells_text_holds_nothing_that_xlsx_cannot(text: str) -> None:
    kept = cell_text(text)
    allowed = {"\t", "\n"}
    assert all(letter >= " " or letter in allowed for letter in kept)
    assert cell_text(kept) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x07c\x1bd\ufffee\uffff", "abcde"),
        ("rad\r\nrad\rrad", "rad\nrad\nrad"),
        ("trasig \ud800 text", "trasig  text"),
        ("<r><t>x</t></r>", "<r><t>x</t></r> "),
        ("<r>öppen", "<r>öppen"),
        ("_x000D_", "_x000D_"),
        ("å" * MAX_CHARACTERS, "å" * MAX_CHARACTERS),
        ("å" * (MAX_CHARACTERS + 1), "å" * (MAX_CHARACTERS - 12) + "… (avkortat)"),
        ("🙂" * 16_383, "🙂" * 16_383),
        ("🙂" * 16_384, "🙂" * 16_377 + "… (avkortat)"),
    ],
)
def test_what_a_cell_holds(text: str, expected: str) -> None:
    assert cell_text(text) == expected
    assert len(cell_text(text).encode("utf-16-le")) // 2 <= MAX_CHARACTERS


def test_markup_in_a_text_stays_a_text(example: Result) -> None:
    texts = ("<r><t>fet</t></r>", "<b>&amp;</b>", "_x0041_")
    data = workbook_bytes(with_comments(example, *texts))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<r><t>fet" not in sheet and b"&lt;r&gt;&lt;t&gt;fet" in sheet and b">_x005F_x0041_<" in sheet
    shown = [row["Kommentar"].value for row in rows(load_workbook(io.BytesIO(data))["Uppdrag"])]
    assert shown[:2] == ["<r><t>fet</t></r> ", "<b>&amp;</b>"]


def test_more_rows_than_a_sheet_holds_are_refused(example: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ROWS == 1_048_575
    monkeypatch.setattr(workbook_cells, "MAX_ROWS", len(example.records))
    workbook_bytes(example)
    monkeypatch.setattr(workbook_cells, "MAX_ROWS", len(example.records) - 1)
    with pytest.raises(UsageError, match="Bladet Uppdrag skulle få 22 rader, men en arbetsbok rymmer högst 21"):
        workbook_bytes(example)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (0, ("Läst", 8, None, 4, 12, 8, 0, None)),
        (1, ("Läst", 0, "Samma innehåll som 2024/delårsrapport augusti.pdf, som är läst.", 0, 0, 0, 0, None)),
        (2, ("Läst", 4, None, 1, 6, 4, 0, "Sida 1: ”Resursfrågor” – raden har varken ljus eller kommentar")),
        (4, ("Ingen uppföljning", 0, None, 0, 0, 0, 0, None)),
        (5, ("Kunde inte läsas", 0, "Filen är avkortad och kan inte öppnas.", 0, 0, 0, 0, None)),
    ],
)
def test_a_document_in_words(book: Any, row: int, expected: tuple[Any, ...]) -> None:
    cells = rows(book["Dokument"])[row]
    shown = ("Status", "Uppföljningar", "Problem", "Tabeller", "Tabellrader", "Blev uppföljningar", "Oförklarade")
    values = tuple(cells[heading].value for heading in (*shown, "Rader som inte blev uppföljningar"))
    assert values == expected


def test_unexplained_rows_are_counted_and_shown(book: Any) -> None:
    cells = rows(book["Dokument"])[3]
    assert (cells["Status"].value, cells["Oförklarade"].value) == ("Delvis läst", 2)
    assert cells["Problem"].value == "Sida 52: En kolumn med symboler känns inte igen (unknown_layout)."
    assert cells["Rader som inte blev uppföljningar"].value.endswith("\n”⭘” – symbol utan rad")


def overview(book: Any) -> dict[str, tuple[Any, ...]]:
    """The rows of the overview by their first words; of equal ones the last."""
    return {row[0]: row[1:8] for row in book["Översikt"].iter_rows(values_only=True) if row[0]}


def test_the_overview_counts_and_warns(book: Any, example: Result) -> None:
    shown = overview(book)
    assert (shown["Dokument"][0], shown["Avvikelser"][0]) == (6, 8)
    assert shown["Uppföljningar"][0] == 22
    assert any("omaskerade texter" in words and "personuppgifter" in words for words in shown)
    assert shown["Ljus mot statusmening"][:4] == (15, 2, 11, 2)
    assert shown["Mellan dokument"][0] == "Inte prövad"
    assert shown["Summa"] == (None, len(example.records), 11, 5, 4, 2, 8)
    assert shown["Gäller ingen enskild uppföljning"][-1] == 2


def test_the_overviews_lights_add_up(book: Any) -> None:
    table = [
        row[1:8] for row in book["Översikt"].iter_rows(values_only=True) if row[1] and str(row[1]).startswith("2024")
    ]
    assert len(table) == 11
    sums = [sum(row[column] for row in table) for column in range(1, 6)]
    assert sums == [22, 11, 5, 4, 2]
    assert all(row[1] == sum(row[2:6]) for row in table)


def test_the_chart_shows_the_table(book: Any) -> None:
    sheet = book["Översikt"]
    (chart,) = sheet._charts
    assert (chart.type, chart.grouping, len(chart.series)) == ("bar", "stacked", 4)
    first = next(row[0].row for row in sheet.iter_rows() if row[1].value == "2024 T2")
    references = [series.val.numRef.f for series in chart.series]
    assert references == [f"Översikt!${column}${first}:${column}${first + 10}" for column in "DEFG"]
    assert chart.series[0].cat.strRef.f == f"Översikt!$I${first}:$I${first + 10}"
    assert sheet.cell(first, 9).value == "Barn- och utbildningsnämnden, 2024 T2"
    kept = [[point.v for point in series.val.numRef.numCache.pt] for series in chart.series]
    assert [sum(map(float, column)) for column in kept] == [11, 5, 4, 2]
    assert chart.series[0].cat.strRef.strCache.pt[0].v == sheet.cell(first, 9).value


def test_more_groups_than_a_chart_can_show_stand_in_the_table_alone(
    example: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_overview, "MAX_BARS", 10)
    book = opened(example)
    assert book["Översikt"]._charts == [] and overview(book)["Summa"][1] == len(example.records)


def test_a_result_without_anything_still_opens(example: Result) -> None:
    book = opened(Result(documents=(), records=(), plans=(), findings=(), run=example.run))
    assert book["Uppdrag"]["A2"].value == "Inga uppföljda uppdrag hittades i dokumenten."
    assert book["Avvikelser"]["A2"].value == "Inga avvikelser hittades."
    assert book["Översikt"]._charts == []
