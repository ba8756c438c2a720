"""Web pages: content kept in reading order, the site around it set aside, lights and alt texts seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.document import Block, Document, Table
from ljuskoll.nlp.readers import read_document


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html lang='sv'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_document("sida.html", page.encode())


def blocks(document: Document) -> list[Block]:
    return [block for _, block in document.blocks()]


PAGE = """<div class="cookie-banner"><p>Vi använder kakor</p></div>
<header><a href="/">Lillvik</a></header>
<nav><ul><li><a href="#">Start</a></li></ul></nav>
<ol class="breadcrumbs"><li><a href="#">Hem</a></li><li>Mål</li></ol>
<main><h1>Mål 3</h1><p>Första <b>stycket</b> med<br>radbrytning.</p>
<ul><li>en punkt</li><li>en punkt till</li></ul>
<ul><li><a href="#">länk</a></li><li><a href="#">länk två</a></li><li><a href="#">länk tre</a></li></ul>
<details><summary>Mer att läsa</summary><p hidden>Dold text som hör till innehållet.</p></details></main>
<footer><p>Lillviks kommun, Box 3</p></footer>"""


def test_content_is_kept_and_the_site_around_it_is_margin() -> None:
    document = read(PAGE, "<title>Mål 3 – Lillvik</title>")
    assert [(block.kind, block.text) for block in blocks(document)] == [
        ("heading", "Mål 3"),
        ("paragraph", "Första stycket med"),
        ("paragraph", "radbrytning."),
        ("item", "en punkt"),
        ("item", "en punkt till"),
        ("heading", "Mer att läsa"),
        ("paragraph", "Dold text som hör till innehållet."),
    ]
    assert document.title == "Mål 3 – Lillvik"
    assert "Lillviks kommun, Box 3" in document.margins
    assert "Vi använder kakor" in document.margins


def test_page_without_main_element() -> None:
    body = "<div id='navigation'><a href='#'>Meny</a></div><div><p>Text ett.</p>Lös text.<p>Text två.</p></div>"
    assert [block.text for block in blocks(read(body))] == ["Text ett.", "Lös text.", "Text två."]


@pytest.mark.parametrize(
    ("markup", "source", "colour", "text"),
    [
        ("<img src='x.png' alt='Grön'>", "text", None, "Grön"),
        ("<svg role='img' aria-label='Röd cirkel'><circle r='3'/></svg>", "text", None, "Röd cirkel"),
        ("<span class='dot' title='Gul'></span>", "text", None, "Gul"),
        ("<span class='status status-green'></span>", "fill", "green", ""),
        ("<span style='background: #C00000; width: 1em'></span>", "fill", "red", ""),
        ("<span style='background-color: rgb(255, 192, 0)'></span>", "fill", "yellow", ""),
        ("<img src='/bilder/status-green.png?v=2' alt=''>", "icon", "green", ""),
        ("<svg width='12'><circle r='5' fill='#00a000'/></svg>", "fill", "green", ""),
        ("<svg><path d='M0 0' style='stroke: none; fill: red'/></svg>", "fill", "red", ""),
    ],
)
def test_lights_beside_a_title(markup: str, source: str, colour: str | None, text: str) -> None:
    (block,) = blocks(read(f"<p>{markup} Bygg en bro</p>"))
    (mark,) = block.marks
    assert (block.text, mark.source, mark.colour, mark.text) == ("Bygg en bro", source, colour, text)


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='x.png' alt=''>",
        "<img src='/greenhouse.png' alt=''>",
        "<img src='http://[fel' alt=''>",
        "<svg width='400'><rect fill='red'/></svg>",
        "<svg>" + "<rect fill='red'/>" * 9 + "</svg>",
        "<svg><path d='M0 0' fill='none'/></svg>",
        "<span class='greenhouse'></span>",
        "<span class='text'>a</span>",
    ],
)
def test_what_is_no_light(markup: str) -> None:
    assert all(block.marks == () for block in blocks(read(f"<p>{markup} Bygg en bro</p>")))


def test_merged_cells_are_spread_out() -> None:
    body = """<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>
    <tr><td rowspan="2">x</td><td colspan="2">y</td></tr><tr><td>z</td><td bgcolor="#00A651">w</td></tr></table>"""
    (table,) = read(body).tables()
    assert [[cell.text for cell in row] for row in table.rows] == [["A", "B", "C"], ["x", "y", ""], ["x", "z", "w"]]
    assert table.header_rows == 1
    assert [mark.colour for mark in table.rows[2][2].marks] == ["green"]
    assert [cell.place is not None for cell in table.rows[1]] == [True, True, False]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("<h2>Mål</h2>{0}{0}", ["heading", "heading", "heading"]),
        ("<h2>Trygg by</h2>{0}<h2>Ren å</h2>{0}", ["heading", "paragraph", "heading", "paragraph"]),
    ],
)
def test_captions_of_several_tables_below_one_heading_are_headings(body: str, kinds: list[str]) -> None:
    table = "<table><caption>Nyckeltal</caption><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert [block.kind for block in blocks(read(body.format(table)))] == kinds


def test_bold_cells() -> None:
    body = "<tr><th>A</th><th>B</th></tr><tr><td><b>c</b></td><td><b>d</b> e</td></tr>"
    (table,) = read(f"<table>{body}</table>").tables()
    assert [[cell.is_bold for cell in row] for row in table.rows] == [[True, True], [True, False]]


def test_a_table_for_layout_alone_is_text() -> None:
    document = read("<table><tr><td><p>Ett</p><p>Två</p></td></tr></table>")
    assert not list(document.tables())
    assert [block.text for block in blocks(document)] == ["Ett", "Två"]


WORDS = st.text("abcdefgåäö", min_size=1, max_size=8)
TAGS = st.sampled_from(["p", "div", "span", "li", "h2", "b", "td", "section", "article", "dd"])


@given(st.lists(st.tuples(TAGS, WORDS), max_size=30))
def test_every_word_of_the_content_is_kept_in_order(parts: list[tuple[str, str]]) -> None:
    document = read("<main>" + "".join(f"<{tag}>{word}</{tag}> " for tag, word in parts) + "</main>")
    found: list[str] = []
    for _, item in document.items():
        rows = item.rows if isinstance(item, Table) else ()
        found += (
            [cell.text for row in rows for cell in row]
            if rows
            else item.text.split()
            if isinstance(item, Block)
            else []
        )
    assert found == [word for _, word in parts]
