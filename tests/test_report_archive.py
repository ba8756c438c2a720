"""The archive at a glance: what is there, what is missing, how it was read, how surely; what the page leaves out."""

import tracemalloc
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from ljuskoll.nlp.followup import Period, TableAccount, Unmatched
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.outputs.archive_overview import ArchiveOverview, Slot, archive_overview
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.report import report_page
from ljuskoll.service.outputs.report_findings import anchor
from ljuskoll.service.outputs.report_material import MOST_FINDINGS, MOST_MUNICIPALITIES
from ljuskoll.service.record import DocumentRecord, Level, Record, Result, Source
from ljuskoll.service.reporting import report_material
from ljuskoll.service.series import missing_periods

EXAMPLE = read_result(Path(__file__).parent / "outputs_example")
NOBODY = EXAMPLE.model_copy(update={"records": (), "documents": (), "findings": (), "plans": ()})
JUDGED = next(record for record in EXAMPLE.records if record.assessment.colour and record.comment)
BOARD = "Socialnämnden"
UNREAD = ("empty", "unreadable", "partial")
Page = html.HtmlElement


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def record(report: str, municipality: str | None = "Granvik", **fields: object) -> Record:
    """A record of the report "2022:1": the year and its tertial; "2022:6" is per 30 June, "" without period."""
    year, _, part = report.partition(":")
    period = None
    if year:
        period = (
            Period.of_tertial(int(year), int(part)) if part != "6" else Period(year=int(year), as_of=f"{year}-06-30")
        )
    document = Source(path=f"{municipality}/{report}.pdf", sha256=digest(f"{municipality}-{report}"))
    names = {"boards": (BOARD,), "board_names": (BOARD,)}
    made = {"id": document.sha256, "municipality": municipality, "period": period, "document": document}
    return JUDGED.model_copy(update={**names, **made, **fields})


def document(record: Record, level: Level | None = "municipality", **fields: object) -> DocumentRecord:
    made = {
        "path": record.document.path,
        "sha256": record.document.sha256,
        "status": "ok",
        "level": level,
        "records": 1,
    }
    return DocumentRecord.model_validate({"layout": "tabled", **made, **fields})


def archive(records: list[Record], documents: list[DocumentRecord] | None = None) -> Result:
    made = [document(one) for one in records] if documents is None else documents
    return NOBODY.model_copy(update={"records": tuple(records), "documents": tuple(made)})


def reports(text: str, municipality: str | None = "Granvik") -> list[Record]:
    """Records of "2022:13 2023:123": a report for each tertial of each year."""
    return [
        record(f"{year}:{part}", municipality)
        for year, parts in (one.split(":") for one in text.split())
        for part in parts
    ]


def section(result: Result) -> Page:
    (found,) = html.document_fromstring(report_page(report_material(result))).xpath("//section[@id='arkivet']")
    return found


def words(element: Page) -> str:
    return " ".join(element.text_content().split())


def matrix(result: Result) -> dict[str, list[str]]:
    (table,) = section(result).xpath(".//table[contains(@class, 'matrix')]")
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in table.iter("tr")}


@pytest.mark.parametrize(
    ("periods", "missing"),
    [
        ("2022:13 2023:123", {(2022, 2)}),
        ("2022:123 2023:12", set()),  # the last year is not over
        ("2022:23 2023:123 2024:3", {(2022, 1), (2024, 1), (2024, 2)}),
        ("2022:13 2023:13", set()),  # nobody reports at T2
        ("2022:12 2023:123", set()),  # a year's last report is not missed
        ("2022:3", set()),
        ("2021:123 2023:123", set()),  # nothing is expected in a year without reports
        ("", set()),
    ],
)
def test_what_is_missing_is_what_the_check_finds(periods: str, missing: set[tuple[int, int]]) -> None:
    result = archive(reports(periods))
    overview = archive_overview(result)
    found = {slot for shelf in overview.shelves.values() for slot, count in shelf.missing.items() if count}
    assert found == missing
    findings, _ = run_checks(result.records, result.documents)
    assert sum(finding.kind == "coverage" for finding in findings) == len(missing)


def test_missing_periods_come_in_order() -> None:
    assert list(missing_periods({2024: {3}, 2022: {1, 2, 3}, 2023: {2, 3}})) == [(2023, 1), (2024, 1), (2024, 2)]


def test_documents_are_counted_once_a_period_however_many_records_they_have() -> None:
    one = record("2023:1")
    earlier = [one.model_copy(update={"period": Period.of_tertial(2022, 3), "id": str(n)}) for n in range(3)]
    again = one.model_copy(update={"id": "again"})
    shelf = archive_overview(archive([one, *earlier, again], [document(one)])).shelves["Granvik", False]
    assert shelf.documents == {Slot(2023, 1): 1, Slot(2022, 3): 1}


def test_boards_own_reports_stand_apart_and_can_be_missing() -> None:
    common = reports("2022:123 2023:123")
    own = [
        one.model_copy(update={"id": f"own{n}", "document": Source(path=f"own{n}", sha256=f"own{n}")})
        for n, one in enumerate(reports("2022:13 2023:123"))
    ]
    own.append(own[1].model_copy(update={"id": "x", "boards": ("Byggnämnden",), "board_names": ("Byggnämnden",)}))
    result = archive([*common, *own], [*map(document, common), *(document(one, "board") for one in own[:-1])])
    overview = archive_overview(result)
    assert not any(overview.shelves["Granvik", False].missing.values())
    assert overview.shelves["Granvik", True].missing == {Slot(2022, 2): 1}
    assert matrix(result)["Granvik, nämndernas egna"] == ["T1: 1 T2: saknas T3: 1", "T1: 1 T2: 1 T3: 1"]
    assert matrix(result)["Granvik"] == ["T1: 1 T2: 1 T3: 1"] * 2


def test_the_matrix_names_rows_years_and_periods() -> None:
    names = ["Örby", "Åby", "Ekby", None]
    records = [one for name in names for one in reports("2020:13 2023:123", name)]
    result = archive([*records, record("2023:6", "Ekby"), record("", "Åby")])
    shown = matrix(result)
    assert list(shown) == ["Kommun", "Ekby", "Åby", "Örby", "Kommun saknas"]
    assert shown["Kommun"] == ["2020T1T2T3", "2021–2022", "2023T1T2T3annat", "Utan period"]
    assert shown["Ekby"] == ["T1: 1 T2: saknas T3: 1", "", "T1: 1 T2: 1 T3: 1 annat: 1", ""]
    assert shown["Åby"] == ["T1: 1 T2: saknas T3: 1", "", "T1: 1 T2: 1 T3: 1", "annat: 1"]
    assert shown["Kommun saknas"] == ["T1: 1 T3: 1", "", "T1: 1 T2: 1 T3: 1", ""]  # nothing is expected of nobody


def sentence(*periods: str) -> str:
    names = ("Ekby", "Viby", "Åby")
    records = [one for name, text in zip(names, periods, strict=False) for one in reports(text, name)]
    return words(section(archive(records)).xpath("./p")[0])


def test_what_is_missing_is_said() -> None:
    one, whole = "2022:13 2023:123", "2022:123 2023:123"
    assert sentence(one, one, whole).startswith(
        "För 2 av 3 kommuner saknas minst en rapport. Sammanlagt saknas 2 rapporter."
    )
    assert sentence(one).startswith("Sammanlagt saknas 1 rapport. Vilka står under")
    assert sentence(whole, whole).startswith("Ingen av de rapporter som går att vänta saknas.")
    assert sentence("2022:12", "2023:123").startswith("Varje kommun har rapporter från ett enda år")


def test_large_archives_scroll_in_a_box_of_their_own() -> None:
    many = [record("2023:1", f"Kommun {n}") for n in range(21)]
    for records, expected in ((many[:20], "matrix"), (many, "matrix tall")):
        (table,) = section(archive(records)).xpath(".//table[contains(@class, 'matrix')]")
        assert table.get("class") == expected
        assert (table.getparent().get("role"), table.getparent().get("tabindex")) == ("region", "0")


def test_documents_are_counted_by_what_read_them() -> None:
    records = reports("2022:123")
    lost = TableAccount(
        page=1, rows_seen=2, records=1,
        unmatched=(Unmatched(page=1, text="a", reason="b", unexplained=True), Unmatched(page=1, text="c", reason="d")),
    )  # fmt: skip
    documents = [
        document(records[0], tables=(lost,)),
        document(records[1], status="partial"),
        document(records[2], layout="tabled+listed"),
        document(records[0], path="kopia", duplicate_of=records[0].document.sha256),
        *(document(record("2030:1", str(n)), status=status, layout=None) for n, status in enumerate(UNREAD)),
    ]
    overview = archive_overview(archive(records, documents))
    tabled = overview.readings["tabled"]
    assert (tabled.documents, tabled.partial, tabled.unexplained) == (2, 1, 1)
    assert overview.unread == {"copy": 1, "empty": 1, "unreadable": 1, "partial": 1}
    assert sum(overview.unread.values()) + sum(one.documents for one in overview.readings.values()) == len(documents)
    assert overview.sureness["tabled"].records == 2 and overview.sureness["tabled+listed"].records == 1
    page = section(archive(records, documents))
    rows = [[words(cell) for cell in row] for row in page.xpath(".//table")[1].iter("tr")]
    assert rows[1] == ["Tabell", "", "2", "1", "2", "1"] and rows[2][0] == "Tabell + Lista"
    assert "3 av 7 dokument passade en layout. 1 av dem är bara delvis läst." in words(page)
    assert "1 kunde inte läsas. 1 är en kopia." in words(page)


def chance(top: float, *, colour: str | None = "green", **fields: object) -> Record:
    probabilities = JUDGED.assessment.probabilities.model_copy(update={"green": top, "yellow": 0.0, "red": 0.0})
    assessment = JUDGED.assessment.model_copy(update={"probabilities": probabilities, "colour": colour})
    return record("2023:1", assessment=assessment, **fields)


def test_how_sure_is_counted_over_what_was_judged() -> None:
    records = [chance(top) for top in (0.55, 0.9, 0.95, 1.0)]
    records += [chance(0.4, colour=None, ocr=True), chance(0.34, colour=None, comment=" ", declared=None)]
    total = archive_overview(archive(records)).total
    assert (total.records, total.judged, total.withheld, total.without_comment) == (6, 4, 1, 1)
    assert (total.ocr, total.shown) == (1, 5)
    assert total.bins == [0, 0, 0, 0, 0, 1, 0, 0, 0, 3]
    assert (total.median, total.mean) == (0.95, pytest.approx(0.85))
    page = section(archive(records))
    (picture,) = page.xpath(".//svg[@role='img']")
    assert picture.get("aria-label") == "50–60 %: 1, 90–100 %: 3"
    assert "67 %, 1 avstår, 1 utan kommentar" in words(page)
    assert "Hälften av bedömningarna är säkra till minst 95 %; i medel är de det till 85 %." in words(page)


@pytest.mark.parametrize(("tops", "median"), [([0.7], 0.7), ([0.6, 0.8], 0.8), ([0.5, 0.5, 0.9], 0.5), ([], 0.0)])
def test_half_of_the_judgements_are_as_sure_as_the_median(tops: list[float], median: float) -> None:
    assert archive_overview(archive([chance(top) for top in tops])).total.median == median


class Once(Collection[Record]):
    """Records that are made when they are asked for, and that tell how often they were gone through."""

    def __init__(self, count: int) -> None:
        self.count, self.times = count, 0

    def __iter__(self) -> Iterator[Record]:
        self.times += 1
        return (JUDGED.model_copy(update={"id": f"{n:064}"}) for n in range(self.count))

    def __len__(self) -> int:
        return self.count

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)


def peak(make: Callable[[], ArchiveOverview]) -> int:
    tracemalloc.start()
    try:
        make()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_records_are_gone_through_once_and_not_held() -> None:
    few, many = Once(200), Once(10_000)
    results = [NOBODY.model_copy(update={"records": records}) for records in (few, many)]
    archive_overview(results[0])
    low, high = (peak(lambda result=result: archive_overview(result)) for result in results)
    assert many.times == 1 and high < low + 100_000


def test_an_archive_without_anything_has_its_section() -> None:
    assert "Inga uppföljningar att bedöma." in words(section(NOBODY))


def test_names_are_only_names_and_masked_like_all_texts() -> None:
    hostile, mail = "<script>alert(1)</script>", "Ring eva.ek@granvik.se"
    rows = matrix(archive([record("2023:1", hostile), record("2023:1", mail)]))
    assert hostile in rows and not any("eva.ek" in name for name in rows)


def test_an_id_that_looks_like_a_telephone_number_is_none() -> None:
    number = "0059775485e0e02696c2724f8b377156b38092a8430a1126ef5700fe8bb4d760"
    result = archive([record("2023:1", id=number)])
    assert report_material(result).result.records[0].id == number
    assert "Granvik" in matrix(result)


def test_findings_beyond_what_a_browser_opens_are_counted() -> None:
    first = EXAMPLE.findings[0]
    made = [
        first.model_copy(update={"id": f"{n:064x}"[::-1], "severity": severity, "score": 0.5 + n / 10_000})
        for severity, some in (("low", range(30)), ("medium", range(30, MOST_FINDINGS + 20)))
        for n in some
    ]
    high = first.model_copy(update={"id": "f" * 64, "severity": "high", "score": 0.01})
    result = EXAMPLE.model_copy(update={"findings": (*made, high)})
    page = html.document_fromstring(report_page(report_material(result)))
    shown = page.xpath("//article[contains(@class, 'finding')]/@id")
    assert len(shown) == MOST_FINDINGS and shown[0] == anchor(high)
    assert f"Här visas de 1000 allvarligaste av {MOST_FINDINGS + 21} avvikelser" in words(page)
    assert "De andra 21 (21 låg) står i arbetsboken ljuskoll.xlsx." in words(page)
    assert {target.removeprefix("#") for target in page.xpath("//@href")} <= set(page.xpath("//@id"))


def test_all_is_shown_where_it_is_not_much() -> None:
    page = html.document_fromstring(report_page(report_material(EXAMPLE)))
    assert not [note for note in page.xpath("//p[@class='notice']") if "Här visas" in words(note)]


def test_municipalities_with_most_findings_are_shown_first() -> None:
    names = [f"Kommun {n:02}" for n in range(MOST_MUNICIPALITIES + 1)]
    records = [one for name in names for one in reports("2023:12", name)]
    finding = EXAMPLE.findings[0].model_copy(update={"records": (records[-1].id,), "evidence": ()})
    result = archive(records).model_copy(update={"findings": (finding,)})
    material = report_material(result)
    assert material.shown_municipalities == (*names[: MOST_MUNICIPALITIES - 1], names[-1])
    page = html.document_fromstring(report_page(material))
    for part in ("ljus", "rorelser", "prognoser"):
        told = words(page.xpath(f"//section[@id='{part}']")[0])
        assert "Här visas de 25 av 26 kommuner som har flest avvikelser." in told
    assert len(page.xpath("//section[@id='ljus']//table")) == MOST_MUNICIPALITIES
    assert len(matrix(result)) == len(names) + 1
