"""`ljuskoll inspect`: what it prints is a `ljuskoll.toml` with which odd documents are read as they should be."""

import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from ljuskoll.service.inspection import print_inspection
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import read_files
from ljuskoll.service.record import FileResult
from ljuskoll.service.sources import find_files

ROWS = (
    ("Bygg en bro vid ån", "TN", "Bron invigdes i maj och har redan fått flera tusen besökare."),
    ("Rusta upp torget", "KS", "Upphandlingen fick göras om eftersom inget anbud höll budgeten."),
    ("Ta fram en trädplan", "SBN", "Planen är på remiss hos nämnderna till och med oktober i år."),
    ("Ordna en marknad", "KFN", "Marknaden hölls i augusti och lockade många från hela länet."),
    ("Minska matsvinnet", "BUN", "Köken väger allt som slängs och planerar portionerna bättre."),
)


def inspected(file: Path, *, layout_only: bool = False) -> str:
    console = Console(width=200, highlight=False, markup=False, soft_wrap=True)
    with console.capture() as captured:
        print_inspection(file, console, layout_only=layout_only)
    return captured.get()


def imported(folder: Path) -> FileResult:
    (result,) = read_files(find_files([folder], folder / "ut"), Options())
    return result


def html(headings: tuple[str, ...], grades: tuple[str, ...], columns: str, rows: int = 5) -> str:
    """A page with one table; `columns` is the order of title (t), board (b), grade (g) and comment (c)."""
    lines = []
    for (title, board, comment), grade in list(zip(ROWS, grades, strict=False))[:rows]:
        cells = {"t": title, "b": board, "g": grade, "c": comment, "n": str(len(lines) + 1)}
        lines.append("".join(f"<td>{cells[column]}</td>" for column in columns))
    head = "".join(f"<td>{heading}</td>" for heading in headings)
    body = "".join(f"<tr>{line}</tr>" for line in ([head] if headings else []) + lines)
    return f"<html><body><h1>Läget i kommunen 2023</h1><table>{body}</table></body></html>"


LEVELS = ("Nivå A", "Nivå C", "Nivå A", "Nivå B", "Nivå B")
THUMBS = ("Tumme upp", "Tumme ned", "Tumme upp", "Tumme upp", "Tumme mitt emellan")
ODD = {
    "questions": (html(("Vad", "Vem", "Hur går det?", "Berättelse"), LEVELS, "tbgc"), LEVELS),
    "another order": (html(("Berättelse", "Bedömt så här", "Vem", "Vad vi lovat"), THUMBS, "cgbt"), THUMBS),
    "numbers first": (html(("Nr", "Löfte", "Betyg", "Så gick det"), LEVELS, "ntgc"), LEVELS),
    "no headings": (html((), LEVELS, "tbgc"), LEVELS),
    "no headings, comment first": (html((), THUMBS, "cgbt"), THUMBS),
}


@pytest.mark.parametrize(("page", "grades"), ODD.values(), ids=ODD)
def test_what_inspect_prints_reads_an_odd_table(page: str, grades: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "odd.html"
    file.write_text(page, encoding="utf-8")
    before = imported(tmp_path)
    assert before.records == ()
    assert before.document.status == "partial"
    assert "unknown_layout" in before.document.errors[0].message

    (tmp_path / "ljuskoll.toml").write_text(inspected(file), encoding="utf-8")
    after = imported(tmp_path)
    assert after.document.status == "ok"
    assert [(r.assignment, r.comment) for r in after.records] == [(title, comment) for title, _, comment in ROWS]
    assert [r.declared and (r.declared.colour, r.declared.as_written) for r in after.records] == [
        (None, grade) for grade in grades
    ]
    if "TN" in page:
        assert [r.boards for r in after.records] == [(board,) for _, board, _ in ROWS]


def test_the_lights_are_what_the_user_decides(tmp_path: Path) -> None:
    file = tmp_path / "odd.html"
    file.write_text(ODD["questions"][0], encoding="utf-8")
    printed = inspected(file)
    assert "ATT BESTÄMMA" in printed
    lights = {"Nivå A": "green", "Nivå B": "yellow", "Nivå C": "red"}
    for word, light in lights.items():
        assert f'"{word}" = "none"' in printed
        printed = printed.replace(f'"{word}" = "none"', f'"{word}" = "{light}"')
    (tmp_path / "ljuskoll.toml").write_text(printed, encoding="utf-8")
    records = imported(tmp_path).records
    assert [r.declared and r.declared.colour for r in records] == [lights[grade] for grade in LEVELS]


def test_known_lights_need_no_scale(tmp_path: Path) -> None:
    grades = ("Grön", "Röd", "Grön", "Gul", "Gul")
    (tmp_path / "odd.html").write_text(html(("Vad", "Vem", "Hur", "Text"), grades, "tbgc"), encoding="utf-8")
    printed = inspected(tmp_path / "odd.html")
    assert "scale" not in tomllib.loads(printed)
    (tmp_path / "ljuskoll.toml").write_text(printed, encoding="utf-8")
    assert [r.declared and r.declared.as_written for r in imported(tmp_path).records] == list(grades)


def test_what_is_printed_does_not_change_what_is_read_already(tmp_path: Path) -> None:
    page = html(("Uppdrag", "Nämnd", "Utfall", "Kommentar"), ("Grön", "Röd", "Grön", "Gul", "Gul"), "tbgc")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    before = imported(tmp_path)
    assert len(before.records) == 5
    (tmp_path / "ljuskoll.toml").write_text(inspected(tmp_path / "a.html"), encoding="utf-8")
    assert imported(tmp_path).records == before.records


@pytest.mark.parametrize(
    "text",
    [
        "Uppföljning T2 2023\n\nBygg en bro (TN)\n\nBron är klar.\n\nRusta torget (KS)\n\nDet dröjer.\n",
        "Protokoll\n\nNämnden beslutar att godkänna rapporten.\n",
        'Citat "och" \\ bakstreck\tTrio\x0b\nUppdrag\tStatus\n"Bygg" \\ riv\tKlar\nRusta "torget"\tGul\n',
        "Rubrik [med] klamrar = ett\n\n[layout]\n\n# inte en kommentar\n\n🟢 Bygg\n",
    ],
    ids=["a list", "minutes", "odd characters", "text like TOML"],
)
def test_all_that_is_printed_is_valid_toml(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    for layout_only in (False, True):
        tomllib.loads(inspected(file, layout_only=layout_only))
    (tmp_path / "ljuskoll.toml").write_text(inspected(file), encoding="utf-8")
    assert imported(tmp_path).document.status in {"ok", "empty", "partial"}


def test_what_was_seen_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        "<h1>Uppföljning T2 2023</h1><p>Teckenförklaring:</p><p>Grön = uppfyllt, röd = inte uppfyllt</p>"
        "<table><tr><th>Uppdrag</th><th>Status</th></tr><tr><td>Bygg en bro</td>"
        '<td style="background-color:#00aa00"></td></tr><tr><td></td><td></td></tr></table>',
        encoding="utf-8",
    )
    printed = inspected(file)
    for words in ("rubrik 1", "tabell, 3 rader", "fill: green", "Teckenförklaring", "Vald layout: tabled", "tom rad"):
        assert words in printed
    assert "coloured: 0 uppföljningar (kräver" in printed
    assert inspected(file, layout_only=True) in printed
    assert "Vald layout" not in inspected(file, layout_only=True)


def test_unknown_tables_are_named_for_the_user_to_decide(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in [("Gata", "Löpmeter"), ("Åvägen", 120)])
    (tmp_path / "a.html").write_text(f"<table>{rows}</table>", encoding="utf-8")
    printed = inspected(tmp_path / "a.html")
    assert '# "Gata" = ""' in printed
    assert tomllib.loads(printed) == {"layout": {}}


def test_a_long_document_is_summed_up(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>Stycke nummer {number} om ingenting särskilt.</p>" for number in range(3000))
    rows = "".join(f"<tr><td>Bygg bro {n}</td><td>Grön</td></tr>" for n in range(2000))
    page = f"{paragraphs}<table><tr><th>Uppdrag</th><th>Status</th></tr>{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    printed = inspected(tmp_path / "a.html")
    assert len(printed.splitlines()) < 150
    assert "till" in printed
