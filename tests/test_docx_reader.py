"""Word files: text as a person sees it, pages, and broken files."""

import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docx_parts import R, W, cell, grid, par, row, run, saved, table, texts
from ljuskoll.nlp.document import Block, Document
from ljuskoll.nlp.errors import DamagedFileError, InputError
from ljuskoll.nlp.readers.docx.read import MEDIA_TYPE, read_docx

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def template() -> dict[str, bytes]:
    stored = BytesIO()
    made = docx.Document()
    made.core_properties.title = ""
    made.save(stored)
    with zipfile.ZipFile(stored) as package:
        return {name: package.read(name) for name in package.namelist()}


TEMPLATE = template()


def package(body: str, parts: dict[str, str | bytes] | None = None, without: tuple[str, ...] = ()) -> bytes:
    """A Word file with this body; `parts` replace those of python-docx's own template."""
    document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in (TEMPLATE | {"word/document.xml": document} | (parts or {})).items():
            if name not in without:
                made.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def read(body: str, **parts: str | bytes) -> Document:
    return read_docx(package(body, {f"word/{name}.xml": part for name, part in parts.items()}))


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for _, block in document.blocks()]


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


LONG = "En brödtext som är så lång att den säger hur stor texten i dokumentet brukar vara."
BEGIN, THEN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (run("sam\u00adman") + "<w:r><w:softHyphen/></w:r>" + run("satt"), "sammansatt"),
        (run("IT") + "<w:r><w:noBreakHyphen/></w:r>" + run("plan\u00a0ett"), "IT-plan ett"),
        (run("Namn") + "<w:r><w:tab/></w:r>" + run("  värde "), "Namn värde"),
        (run("a\u030angstro\u0308m"), "ångström"),
        (run("hel") + run("het"), "helhet"),
        (f"<w:ins>{run('ny ')}</w:ins><w:del><w:r><w:delText>gammal</w:delText></w:r></w:del>{run('text')}", "ny text"),
        (f"<w:moveFrom>{run('flyttad')}</w:moveFrom><w:moveTo>{run('hit')}</w:moveTo>", "hit"),
        (run("dold", "<w:vanish/>") + run("synlig", '<w:vanish w:val="0"/>'), "synlig"),
        (f"{BEGIN}<w:r><w:instrText>DATE</w:instrText></w:r>{run('kod')}{THEN}{run('3 maj')}{END}{run(' kl 8')}",
         "3 maj kl 8"),
        (f'<w:fldSimple w:instr="TITLE">{run("Rapport")}</w:fldSimple>', "Rapport"),
        (f'<w:hyperlink r:id="rId99">{run("en länk")}</w:hyperlink>', "en länk"),
        (f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{run('Gul')}</w:sdtContent></w:sdt>", "Gul"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Välj')}</w:sdtContent></w:sdt>{run('a')}",
         "a"),
        (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>{run("☒")}'
         f"</w:sdtContent></w:sdt>{run(' Ja')}", "☒ Ja"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
         f"</w:ffData></w:fldChar></w:r>{END}{run(' Nej')}", "☒ Nej"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Röd"/>'
         f'<w:listEntry w:val="Grön"/></w:ddList></w:ffData></w:fldChar></w:r>{END}', "Grön"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" klart"), "✓ klart"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>' + run(" klart"), "✓ klart"),
        (run("J", '<w:rFonts w:ascii="Wingdings"/>') + run(" bra"), "☺ bra"),
        (run("\uf0b7", '<w:rFonts w:ascii="Symbol"/>') + run(" text"), "text"),
        (run("text") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" vidare"), "text vidare"),
        (f"<mc:AlternateContent><mc:Choice>{run('en')}</mc:Choice><mc:Fallback>{run('två')}</mc:Fallback>"
         "</mc:AlternateContent>", "en"),
        (run("första raden,") + "<w:r><w:br/></w:r>" + run("som går vidare"), "första raden, som går vidare"),
        ("<w:ruby><w:rt>" + run("uttal") + "</w:rt><w:rubyBase>" + run("ord") + "</w:rubyBase></w:ruby>", "ord"),
    ],
)  # fmt: skip
def test_a_paragraph_says_what_a_person_sees(content: str, seen: str) -> None:
    assert texts(read(f"<w:p>{content}</w:p>")) == [seen]


def test_labels_on_lines_of_their_own_are_blocks_of_their_own() -> None:
    lines = run("Status: Gul") + "<w:r><w:br/></w:r>" + run("Ansvarig: KS")
    heading = style("Heading1")
    document = read(f"<w:p>{lines}</w:p><w:p><w:pPr>{heading}</w:pPr>{lines}</w:p>")
    assert texts(document) == ["Status: Gul", "Ansvarig: KS", "Status: Gul Ansvarig: KS"]


def test_paragraph_with_a_deleted_end_goes_on_in_the_next() -> None:
    assert texts(read(par("Första ", "<w:rPr><w:del/></w:rPr>") + par("och andra") + par("tredje"))) == [
        "Första och andra",
        "tredje",
    ]


STYLES = f"""<w:styles {NAMESPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="R2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Eget"><w:name w:val="KF uppdragsnamn"/><w:basedOn w:val="R2"/></w:style>
<w:style w:type="paragraph" w:styleId="Niv"><w:name w:val="Avsnitt"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Text"><w:name w:val="Ingress"/><w:basedOn w:val="R2"/>
<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>
<w:style w:type="paragraph" w:styleId="Inn1"><w:name w:val="toc 1"/></w:style></w:styles>"""


@pytest.mark.parametrize(
    ("properties", "look", "kind", "level"),
    [
        (style("R2"), "", "heading", 2),
        (style("Eget"), "", "heading", 2),
        (style("Niv"), "", "heading", 3),
        ('<w:outlineLvl w:val="0"/>', "", "heading", 1),
        (style("Rubrik3"), "", "heading", 3),
        (style("Rubrik"), "", "heading", 1),
        ("", '<w:b/><w:sz w:val="28"/>', "heading", 1),
        ("", '<w:sz w:val="40"/>', "heading", 1),
        ("", "<w:b/>", "heading", 1),
        (style("R2") + '<w:outlineLvl w:val="9"/>', "", "paragraph", None),
        (style("Text"), "", "paragraph", None),
        (style("A"), "", "paragraph", None),
        (style("Underrubrik"), "", "heading", 2),
        (style("Tabellrubrik4"), "", "paragraph", None),
        ("", '<w:b w:val="0"/>', "paragraph", None),
        ("", '<w:b/><w:sz w:val="10"/>', "paragraph", None),
        ("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", "", "item", None),
        ("<w:numPr><w:numId w:val='0'/></w:numPr>", "", "paragraph", None),
        (style("Punktlista2"), "<w:b/>", "item", None),
    ],
)
def test_headings_and_items(properties: str, look: str, kind: str, level: int | None) -> None:
    document = read(par("Bygg en bro", properties, look) + par(LONG), styles=STYLES)
    first = next(block for _, block in document.blocks())
    assert (first.kind, first.level, first.text) == (kind, level, "Bygg en bro")


NUMBERING = f"""<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="5">
<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num></w:numbering>"""


@pytest.mark.parametrize(("depth", "kind"), [(0, "heading"), (1, "item")])
def test_bold_items_with_numbers_are_headings_and_those_with_bullets_are_not(depth: int, kind: str) -> None:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    document = read(par("Bygg en bro", numbered, "<w:b/>") + par(LONG), numbering=NUMBERING)
    assert blocks(document)[0] == (kind, "Bygg en bro")


def test_what_looks_like_a_heading_lies_below_the_styled_heading_above_it() -> None:
    document = read(par("Mål 1", style("R2")) + par("Bygg en bro", look="<w:b/>") + par(LONG), styles=STYLES)
    assert [block.level for _, block in document.blocks()] == [2, 3, None]


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("• en punkt", "item", "en punkt"),
        ("– ett streck", "item", "ett streck"),
        ("1. ett nummer", "item", "1. ett nummer"),
        ("- 5 procent", "paragraph", "- 5 procent"),
        ("•", "paragraph", "•"),
        ("2023 var ett bra år", "paragraph", "2023 var ett bra år"),
    ],
)
def test_typed_bullets(text: str, kind: str, seen: str) -> None:
    assert blocks(read(par(text) + par(LONG)))[0] == (kind, seen)


def test_contents_are_left_out_and_what_follows_is_not() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{par('Innehåll')}{par('Kapitel 3')}</w:sdtContent></w:sdt>"
        + par("Kapitel 4", style("Inn1"))
        + f'<w:p><w:hyperlink w:anchor="_Toc55">{run("Kapitel 5")}</w:hyperlink></w:p>'
        + f"<w:p>{BEGIN}<w:r><w:instrText> PAGEREF _Toc7 \\h</w:instrText></w:r>{THEN}{run('7')}{END}</w:p>"
        + f'<w:p><w:hyperlink w:anchor="bilaga">{run("Se bilagan")}</w:hyperlink></w:p>'
        + f"<w:sdt><w:sdtPr><w:richText/></w:sdtPr><w:sdtContent>{par('Kapitel 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(read(body, styles=STYLES)) == ["Se bilagan", "Kapitel 1"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = (
        f"<w:txbxContent>{par('I rutan')}{table(row(cell('A'), cell('B')), row(cell('c'), cell('d')))}</w:txbxContent>"
    )
    variants = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    document = read(f"<w:p><w:r>{variants}</w:r>{run('Ankaret')}</w:p>{par('Efter')}")
    assert texts(document) == ["Ankaret", "I rutan", "Efter"]
    assert [grid(found) for found in document.tables()] == [[["A", "B"], ["c", "d"]]]


BREAK = '<w:r><w:br w:type="page"/></w:r>'
SEEN = "<w:r><w:lastRenderedPageBreak/></w:r>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (par("a") + par("b"), [1, 1]),
        (par("a") + f"<w:p>{BREAK}</w:p>" + par("b"), [1, 2]),
        (par("a") + f"<w:p>{BREAK}</w:p><w:p>{SEEN}{run('b')}</w:p>", [1, 2]),
        (par("a") + f"<w:p>{SEEN}{run('b')}</w:p>" + par("c", "<w:pageBreakBefore/>"), [1, 2, 3]),
        (par("a", "<w:sectPr/>") + par("b") + "<w:sectPr/>", [1, 2]),
        (par("a", "<w:sectPr/>") + par("b") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', [1, 1]),
        (par("a", "<w:pageBreakBefore/>") + par("b"), [1, 1]),
        (par("a") + "<w:p><w:r><w:br/></w:r></w:p>" + par("b"), [1, 1]),
    ],
)
def test_pages(body: str, pages: list[int]) -> None:
    document = read(body)
    assert [block.places[0].page for _, block in document.blocks()] == pages
    assert [number for number, _ in document.items()] == pages
    assert [page.number for page in document.pages] == list(range(1, max(pages) + 1))


def test_paragraph_over_a_page_break_stands_on_both_pages() -> None:
    (block,) = (block for _, block in read(f"<w:p>{run('en ')}{SEEN}{run('text')}</w:p>").blocks())
    assert ([place.page for place in block.places], block.text) == ([1, 2], "en text")


def test_rows_of_a_table_over_pages_stand_on_their_own_page() -> None:
    turned = f"<w:tc><w:p>{SEEN}{run('b')}</w:p></w:tc>"
    document = read(
        table(row(cell("A"), cell("B")), row(turned, turned.replace("b<", "c<")), row(cell("d"), cell("e")))
    )
    (found,) = document.tables()
    assert [[one.place and one.place.page for one in line] for line in found.rows] == [[1, 1], [2, 2], [2, 2]]


def test_headers_footers_and_title() -> None:
    made = docx.Document()
    made.core_properties.title = "Delårsrapport för Lillvik"
    made.sections[0].header.paragraphs[0].text = "Lillviks kommun"
    made.sections[0].footer.paragraphs[0].text = "Sida 1"
    made.add_heading("Mål 1", 1)
    document = read_docx(saved(made))
    assert (document.title, document.margins) == ("Delårsrapport för Lillvik", ("Lillviks kommun", "Sida 1"))
    assert (document.media_type, texts(document), len(document.sha256)) == (MEDIA_TYPE, ["Mål 1"], 64)


@pytest.mark.parametrize("title", ["", "Word Document", "Microsoft Word - rapport 3.doc", "Rapport.docx", "Dokument1"])
def test_titles_that_are_none_give_way_to_the_first_heading(title: str) -> None:
    made = docx.Document()
    made.core_properties.title = title
    made.add_paragraph("Löptext.")
    made.add_heading("Uppföljning 2023", 1)
    assert read_docx(saved(made)).title == "Uppföljning 2023"


STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def test_strict_files_read_the_same() -> None:
    body = par("Mål", '<w:outlineLvl w:val="0"/>') + table(row(cell("A"), cell("B")), row(cell("c"), cell("d")))
    usual = package(body)
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(usual)) as source, zipfile.ZipFile(stored, "w") as made:
        for name in source.namelist():
            part = source.read(name).decode("utf-8", "surrogateescape")
            for transitional, strict in STRICT.items():
                part = part.replace(transitional, strict)
            made.writestr(name, part.encode("utf-8", "surrogateescape"))
    assert read_docx(stored.getvalue()).pages == read_docx(usual).pages


@pytest.mark.parametrize("part", ["styles", "settings", "numbering", "theme/theme1", "fontTable", "webSettings"])
@pytest.mark.parametrize("broken", [None, b"", b"<w:styles", b"inget xml"])
def test_missing_or_broken_parts_take_no_text_away(part: str, broken: bytes | None) -> None:
    name = f"word/{part}.xml"
    data = package(par("text"), {} if broken is None else {name: broken}, (name,) if broken is None else ())
    assert texts(read_docx(data)) == ["text"]


def test_cut_text_is_read_as_far_as_it_goes_and_told() -> None:
    whole = f"<w:document {NAMESPACES}><w:body>{par('ett')}{par('två')}".encode()
    document = read_docx(package("", {"word/document.xml": whole}))
    assert texts(document) == ["ett", "två"]
    assert "skadad" in document.warnings[0][1]
    assert read_docx(package(par("ett"))).warnings == ()


@pytest.mark.parametrize("text", [b"", b"inte xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_text_that_cannot_be_read(text: bytes) -> None:
    with pytest.raises(DamagedFileError, match="Word"):
        read_docx(package("", {"word/document.xml": text}))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<w:p/>", "ingen text"),
        ('<w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r></w:p>', "OCR"),
        (par("a") + '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>', "kalkylblad"),
        (par("a") + '<w:altChunk r:id="rId9"/>', "inte läses"),
    ],
)
def test_what_is_not_read_is_told(body: str, told: str) -> None:
    ((page, message),) = read(body).warnings
    assert (page, told in message) == (None, True)


REPORT = package(
    par("Uppföljning", style("Heading1"))
    + table(row(cell("Uppdrag"), cell("Status")), row(cell("Bygg en bro"), cell("Grön", '<w:shd w:fill="00B050"/>')))
    + "".join(par(f"Stycke {number} med text.") for number in range(40))
)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(REPORT) - 1), st.integers(1, 255), st.booleans())
def test_damaged_copies_are_read_or_refused(position: int, change: int, cut: bool) -> None:
    flipped = bytes([REPORT[position] ^ change])
    data = REPORT[:position] if cut else REPORT[:position] + flipped + REPORT[position + 1 :]
    try:
        document = read_docx(data)
    except InputError as error:
        assert error.message.endswith(".")
    else:
        assert document.pages


CHUNKS = st.text("abcdefgåäöÅÄÖ .,:–-", min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "cell", "sdt", "ins", "box"]), CHUNKS), max_size=12))
def test_every_letter_survives_in_order(parts: list[tuple[str, str]]) -> None:
    wrap = {
        "p": par,
        "cell": lambda text: table(row(cell(text), cell("x")), row(cell("y"), cell("z"))),
        "sdt": lambda text: f"<w:sdt><w:sdtContent>{par(text)}</w:sdtContent></w:sdt>",
        "ins": lambda text: f"<w:p><w:ins>{run(text)}</w:ins></w:p>",
        "box": lambda text: (
            f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{par(text)}</w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r></w:p>"
        ),
    }
    document = read("".join(wrap[kind](text) for kind, text in parts))
    found = []
    for _, item in document.items():
        found += [item.text] if isinstance(item, Block) else [text for line in grid(item) for text in line]
    written = [text + ("xyz" if kind == "cell" else "") for kind, text in parts]
    assert letters("".join(found)) == letters("".join(written))


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
