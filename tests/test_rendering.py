"""Our own descriptions become real files: the same bytes each time, with all that the description says."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import html
from pydantic import ValidationError

from ljuskoll.corpora.rendering import Report, load_report, render, render_archive

ROWS = [
    {"assignment": "Bygga en ny bro över Lillån", "board": "TN", "light": "green",
     "comment": "Bron är invigd.\nDen kostade mindre."},
    {"assignment": "Se över taxan & avgifterna", "board": "KS", "light": "yellow", "comment": "Delvis klart."},
    {"assignment": "Anlägga lekplats i <Norrby>", "board": None, "light": "red", "comment": "Försenat till nästa år."},
]  # fmt: skip
RENDERINGS = ["list_text", "table_html", "web_page", "table_pdf", "list_pdf"]


def report(rendering: str, **changes: Any) -> Report:
    described = {
        "file": "Lillådalen/2023/uppdrag.x",
        "rendering": rendering,
        "title": "Mål 4 – Trygga vägar",
        "municipality": "Lillådalens kommun",
        "period": "T2 2023",
        "intro": ["Här följs uppdragen upp."],
        "sections": [{"heading": "Gator", "text": ["Tre uppdrag."], "rows": ROWS, "closing": ["Målet nås delvis."]}],
        "footer": "Antagen i maj",
    }
    return Report.model_validate({**described, **changes})


def visible_text(rendering: str, data: bytes) -> str:
    if rendering.endswith("pdf"):
        with pdfplumber.open(BytesIO(data)) as pdf:
            text = " ".join(page.extract_text() for page in pdf.pages)
    elif rendering == "list_text":
        text = data.decode()
    else:
        text = html.fromstring(data.decode()).text_content()
    return " ".join(text.split())


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_same_bytes_every_time(rendering: str) -> None:
    assert render(report(rendering)) == render(report(rendering))


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_text_is_in_the_file(rendering: str) -> None:
    text = visible_text(rendering, render(report(rendering)))
    expected = [
        "Mål 4 – Trygga vägar",
        "Här följs uppdragen upp.",
        "Gator",
        "Tre uppdrag.",
        "Målet nås delvis.",
        "Antagen i maj",
    ]
    expected += ["Bron är invigd.", "Den kostade mindre.", "Delvis klart.", "Försenat till nästa år."]
    assert [phrase for phrase in expected if phrase not in text] == []
    if rendering not in ("table_pdf",):
        assert "<Norrby>" in text and "taxan & avgifterna" in text


def test_list_text_opens_each_assignment_with_a_lone_full_stop() -> None:
    lines = render(report("list_text")).decode().splitlines()
    at = lines.index("Bygga en ny bro över Lillån (TN)")
    assert lines[at - 1 : at + 5] == [
        ".",
        "Bygga en ny bro över Lillån (TN)",
        "",
        "Bron är invigd.",
        "",
        "Den kostade mindre.",
    ]


def test_list_text_with_the_board_first() -> None:
    lines = render(report("list_text", board_first=True)).decode().splitlines()
    at = lines.index("Bygga en ny bro över Lillån")
    assert lines[at - 1] == "(TN) ."
    assert lines[lines.index("Anlägga lekplats i <Norrby>") - 1] == "."


def test_table_html_has_a_real_table_and_alt_texts() -> None:
    page = html.fromstring(render(report("table_html")).decode())
    assert [cell.text for cell in page.iter("th")] == ["Uppdrag", "Ansvarig nämnd", "Status", "Kommentar"]
    assert [image.get("alt") for image in page.iter("img")] == ["Grön", "Gul", "Röd"]
    assert len(page.xpath("//main//tbody/tr")) == len(ROWS)


def test_web_page_has_the_colour_word_before_its_assignment() -> None:
    page = html.fromstring(render(report("web_page")).decode())
    before = [heading.getprevious().text for heading in page.iter("h4")]
    assert before == ["Grön", "Gul", "Röd"]
    assert [heading.text for heading in page.iter("h1")] == ["Mål 4 – Trygga vägar"]


@pytest.mark.parametrize(
    ("drawn", "kind", "count"),
    [("circle", "curves", 3), ("square", "rects", 3), ("fill", "rects", 3), ("word", "rects", 0)],
)
def test_table_pdf_draws_each_light_as_asked(drawn: str, kind: str, count: int) -> None:
    with pdfplumber.open(BytesIO(render(report("table_pdf", status_drawn=drawn)))) as pdf:
        page = pdf.pages[0]
        paints = [drawing["non_stroking_color"] for drawing in getattr(page, kind)]
        lights = [paint for paint in paints if max(paint) - min(paint) > 0.4]
        assert len(lights) == len(set(lights)) == count
        assert ("Grön" in page.extract_text()) == (drawn == "word")


def test_long_reports_have_several_numbered_pages() -> None:
    section = {"heading": "Gator", "rows": ROWS * 12}
    with pdfplumber.open(BytesIO(render(report("list_pdf", sections=[section])))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"Sida {number} ({len(pages)})" in text
        assert "Lillådalens kommun" in text


def test_render_archive_writes_numbered_descriptions_in_order(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "archive"
    source.mkdir()
    for number, rendering in ((2, "list_text"), (1, "list_pdf")):
        described = report(rendering, file=f"Lillådalen/2023/{number}.x").model_dump(mode="json")
        (source / f"{number}.json").write_text(json.dumps(described), encoding="utf-8")
    (source / "notes.json").write_text("[]", encoding="utf-8")
    written = render_archive(source, target)
    assert [path.relative_to(target).as_posix() for path in written] == ["Lillådalen/2023/1.x", "Lillådalen/2023/2.x"]
    assert written[0].read_bytes() == render(load_report(source / "1.json"))


@pytest.mark.parametrize("file", ["../x.pdf", "/etc/x.pdf", "a\\..\\x.pdf"])
def test_a_report_stays_inside_its_archive(file: str) -> None:
    with pytest.raises(ValidationError):
        report("list_text", file=file)
