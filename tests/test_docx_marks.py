"""Status drawn in Word files other than cells' shades: signs, shading, pictures, shapes, bars; and what is none."""

import base64
import zipfile
from io import BytesIO

import docx
import pytest
from docx.shared import Pt
from PIL import Image, ImageDraw

from docx_parts import R, W, run, saved
from ljuskoll.nlp.document import Document
from ljuskoll.nlp.readers.docx.read import read_docx

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
Seen = list[tuple[str, str | None, str]]


def read(body: str, pictures: dict[str, bytes] | None = None) -> Document:
    """A Word file with this body and pictures under the relationships rId1, rId2 ..."""
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/image" Target="media/{name}"/>'
        for number, name in enumerate(pictures or {}, start=1)
    )
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        made.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        made.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        for name, picture in (pictures or {}).items():
            made.writestr(f"word/media/{name}", picture)
    return read_docx(stored.getvalue())


def marks(document: Document) -> Seen:
    return [(mark.source, mark.colour, mark.text) for _, block in document.blocks() for mark in block.marks]


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


TITLE = run(" Bygg en bro")
GREEN, RED, THEME = colour("00B050"), colour("C00000"), '<w:color w:val="auto" w:themeColor="accent6"/>'
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'


@pytest.mark.parametrize(
    ("content", "text", "seen"),
    [
        (run("●", GREEN) + TITLE, "Bygg en bro", [("symbol", "green", "")]),
        (TITLE + run(" ■", RED), "Bygg en bro", [("symbol", "red", "")]),
        (run("●", THEME), "", [("symbol", "green", "")]),
        (run("l", WINGDINGS + colour("FFC000")) + TITLE, "Bygg en bro", [("symbol", "yellow", "")]),
        (f'<w:r><w:rPr>{RED}</w:rPr><w:sym w:font="Wingdings" w:char="F06E"/></w:r>', "", [("symbol", "red", "")]),
        (run("✓", GREEN), "✓", [("symbol", "green", "✓")]),
        (run("↑", RED), "↑", [("symbol", "red", "↑")]),
        (run("•", RED), "", [("symbol", "red", "")]),
        (run("●") + TITLE, "Bygg en bro", []),
        (run("●", colour("000000")), "●", []),
        (run("●", colour("7F7F7F")), "●", []),
        (run("✓"), "✓", []),
        (run("🟢", RED), "🟢", []),
        (run("Försenad", RED), "Försenad", []),
        (run("Bygg en bro (KS)", GREEN), "Bygg en bro (KS)", []),
    ],
)
def test_coloured_signs(content: str, text: str, seen: Seen) -> None:
    document = read(f"<w:p>{content}</w:p>")
    assert ([block.text for _, block in document.blocks()], marks(document)) == ([text], seen)


def test_signs_of_one_colour_throughout_are_bullets() -> None:
    bullets = "".join(f"<w:p>{run('■', GREEN)}{run(f' punkt {number}')}</w:p>" for number in range(3))
    assert marks(read(bullets)) == []
    assert len(marks(read(bullets + f"<w:p>{run('■', RED)}{run(' punkt')}</w:p>"))) == 4


def shading(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


PEN = '<w:highlight w:val="{}"/>'


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (run("   ", shading("00B050")) + TITLE, "green"),
        (run("\u00a0", PEN.format("red")) + TITLE, "red"),
        (run("Försenad", PEN.format("yellow")), "yellow"),
        (run("KLAR", shading("00B050")) + TITLE, "green"),
        (run("Status: ") + run("Nivå3", shading("FF0000")), "red"),
        (run("Bygg en bro") + "<w:r><w:tab/></w:r>" + run("x", shading("FF0000")), "red"),
        (run("Bygg en bro i ") + run("Norrhamn", PEN.format("yellow")), None),
        (run("Bygg ") + run("en", PEN.format("yellow")) + run(" bro"), None),
        (run("Bygg en bro", PEN.format("yellow")), None),
        (run("Bygg en bro", shading("C6EFCE")), None),
        (run("Klar", PEN.format("none")), None),
        (run("Klar", PEN.format("lightGray")), None),
    ],
)
def test_shaded_words(content: str, seen: str | None) -> None:
    assert marks(read(f"<w:p>{content}</w:p>")) == ([("fill", seen, "")] if seen else [])


@pytest.mark.parametrize(
    ("text", "fill", "seen"), [("Gul", "FFFF00", "yellow"), ("Bygg en bro", "FFFF00", None), ("", "00B050", None)]
)
def test_shaded_paragraphs(text: str, fill: str, seen: str | None) -> None:
    document = read(f"<w:p><w:pPr>{shading(fill)}</w:pPr>{run(text)}</w:p>")
    assert marks(document) == ([("fill", seen, "")] if seen else [])


def barred(colour: str) -> str:
    border = f'<w:pBdr><w:left w:val="single" w:sz="24" w:color="{colour}"/></w:pBdr>'
    return f"<w:p><w:pPr>{border}</w:pPr>{run('text')}</w:p>"


def test_bars_beside_paragraphs() -> None:
    assert marks(read(barred("00B050") + barred("FF0000"))) == [("fill", "green", ""), ("fill", "red", "")]
    assert marks(read(barred("00B050") + barred("00B050"))) == []
    assert marks(read(barred("000000") + barred("auto"))) == []


def picture(rgb: tuple[int, int, int], side: int = 32) -> bytes:
    drawn = Image.new("RGB", (side, side), "white")
    ImageDraw.Draw(drawn).ellipse((2, 2, side - 3, side - 3), fill=rgb)
    stored = BytesIO()
    drawn.save(stored, "PNG")
    return stored.getvalue()


def inline(points: float, described: str = "", link: str = "rId1") -> str:
    """A picture in the line, as Word writes it."""
    size = f'cx="{int(points * 12700)}" cy="{int(points * 12700)}"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="1" name="Bild 1" descr="{described}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{link}"/></pic:blipFill><pic:spPr><a:xfrm>'
        f"<a:ext {size}/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


EMF = base64.b64decode("AQAAAGwAAAAAAAAAAAAAAA8AAAAPAAAAAAAAAAAAAAA=") + bytes(60)


@pytest.mark.parametrize(
    ("content", "data", "seen"),
    [
        (inline(12), picture((0, 160, 70)), [("icon", "green", "")]),
        (inline(12, "Röd cirkel"), picture((200, 0, 0)), [("icon", "red", "Röd cirkel")]),
        (inline(12, "Grön"), EMF, [("icon", None, "Grön")]),
        (inline(12, "Grön"), b"ingen bild", [("icon", None, "Grön")]),
        (inline(12, "Grön", "rId7"), b"", [("icon", None, "Grön")]),
        (inline(80, "Måluppfyllelse"), picture((0, 160, 70)), [("icon", None, "Måluppfyllelse")]),
        (inline(80), picture((0, 160, 70)), []),
        (inline(12), picture((255, 255, 255)), []),
        (inline(12), EMF, []),
        (inline(12), picture((0, 160, 70))[:60], []),
        (inline(12), picture((0, 160, 70), 3000), []),
        ('<w:r><w:pict><v:shape style="width:12pt;height:12pt" alt="Gul"><v:imagedata r:id="rId1"/></v:shape></w:pict>'
         "</w:r>", picture((255, 192, 0)), [("icon", "yellow", "Gul")]),
        ("<w:r><mc:AlternateContent><mc:Choice>" + inline(12) + "</mc:Choice><mc:Fallback>" + inline(12)
         + "</mc:Fallback></mc:AlternateContent></w:r>", picture((0, 160, 70)), [("icon", "green", "")]),
    ],
)  # fmt: skip
def test_pictures(content: str, data: bytes, seen: Seen) -> None:
    assert marks(read(f"<w:p>{content}{TITLE}</w:p>", {"bild1.png": data})) == seen


def test_pictures_in_cells() -> None:
    made = docx.Document()
    found = made.add_table(2, 2, style="Table Grid")
    for one, text in zip(found._cells, ("Uppdrag", "Status", "Bygg en bro", ""), strict=True):
        one.text = text
    found.cell(1, 1).paragraphs[0].add_run().add_picture(BytesIO(picture((200, 0, 0))), Pt(12))
    (table,) = read_docx(saved(made)).tables()
    assert [[(mark.source, mark.colour) for mark in one.marks] for one in table.rows[1]] == [[], [("icon", "red")]]


def shape(fill: str, points: float = 12, form: str = "ellipse", turned: int = 0, text: str = "") -> str:
    """A drawn shape in its newer notation with an older one to fall back on."""
    ext = f'cx="{int(points * 12700)}" cy="{int(points * 12700)}"'
    box = f"<wps:txbx><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></wps:txbx>" if text else ""
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:extent {ext}/><wp:docPr/>"
        f'<a:graphic><a:graphicData><wps:wsp><wps:spPr><a:xfrm rot="{turned}"><a:ext {ext}/></a:xfrm>'
        f'<a:prstGeom prst="{form}"/>{fill}</wps:spPr>{box}</wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:oval style="width:12pt;height:12pt" fillcolor="red"/></w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def solid(kind: str, value: str, change: str = "") -> str:
    return f'<a:solidFill><a:{kind} val="{value}">{change}</a:{kind}></a:solidFill>'


def older(drawn: str) -> str:
    return f"<w:r><w:pict><v:{drawn}/></w:pict></w:r>"


STOPS = '<a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000"><a:srgbClr val="FF0000"/></a:gs>'


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (shape(solid("srgbClr", "00B050")), [("fill", "green", "")]),
        (shape(solid("schemeClr", "accent4")), [("fill", "yellow", "")]),
        (shape(solid("schemeClr", "accent6", '<a:lumMod val="75000"/>')), [("fill", "green", "")]),
        (shape(solid("prstClr", "red")), [("fill", "red", "")]),
        (shape(f"<a:gradFill><a:gsLst>{STOPS}</a:gsLst></a:gradFill>"), [("fill", "red", "")]),
        (shape(solid("srgbClr", "FF0000"), form="rightArrow", turned=16200000), [("fill", "red", "↑")]),
        (shape(solid("srgbClr", "000000"), form="downArrow"), [("fill", None, "↓")]),
        (shape(solid("srgbClr", "FFC000"), form="smileyFace"), [("fill", "yellow", "🙂")]),
        (shape(solid("srgbClr", "00B050"), points=200), []),
        (shape("<a:noFill/>"), []),
        (shape(solid("srgbClr", "FFFFFF")), []),
        (shape(solid("srgbClr", "FFFFFF") + f'<a:ln>{solid("srgbClr", "41719C")}</a:ln>'), [("fill", "grey", "")]),
        (older('oval style="position:absolute;width:12pt;height:12pt" fillcolor="#ffc000 [3204]"'),
         [("fill", "yellow", "")]),
        (older('rect style="width:.3cm;height:0.3cm" fillcolor="red"'), [("fill", "red", "")]),
        (older('oval style="width:12pt;height:12pt" fillcolor="red" filled="f"'), []),
        (older('oval style="width:x;height:12pt" fillcolor="ingen"'), []),
        (older('line from="0,0" to="90,0" strokecolor="red"'), []),
    ],
)  # fmt: skip
def test_drawn_shapes(content: str, seen: Seen) -> None:
    assert marks(read(f"<w:p>{content}{TITLE}</w:p>")) == seen


def test_shape_with_a_word_gives_both() -> None:
    document = read(f"<w:p>{shape(solid('srgbClr', '00B050'), text='Klar')}{TITLE}</w:p>")
    assert [block.text for _, block in document.blocks()] == ["Bygg en bro", "Klar"]
    assert marks(document) == [("fill", "green", "")]


def test_lit_lamp_comes_before_unlit_ones() -> None:
    lamps = "".join(shape(solid("srgbClr", rgb)) for rgb in ("A6A6A6", "FFC000", "A6A6A6"))
    group = f"<w:p>{lamps}{TITLE}</w:p>"
    assert [colour for _, colour, _ in marks(read(group))] == ["yellow", "grey"]


def test_groups_hidden_and_described_drawings() -> None:
    lamp = '<wps:wsp><wps:spPr><a:xfrm><a:ext cx="150000" cy="150000"/></a:xfrm>{}</wps:spPr>{}</wps:wsp>'
    style = '<wps:style><a:fillRef idx="1"><a:schemeClr val="accent6"/></a:fillRef></wps:style>'
    pattern = '<a:pattFill><a:fgClr><a:srgbClr val="FF0000"/></a:fgClr></a:pattFill>'

    def drawn(properties: str, *parts: str) -> str:
        return f"<w:p><w:r><w:drawing><wp:docPr {properties}/>{''.join(parts)}</w:drawing></w:r>{TITLE}</w:p>"

    assert marks(read(drawn("", lamp.format("", style), lamp.format(pattern, "")))) == [
        ("fill", "green", ""),
        ("fill", "red", ""),
    ]
    assert marks(read(drawn('hidden="1"', lamp.format("", style)))) == []
    assert marks(read(drawn('descr="Gul"', "<a:graphic/>"))) == [("icon", None, "Gul")]
    assert marks(read(drawn('descr=""', "<a:graphic/>"))) == []


def test_text_of_diagrams() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    diagram = f'<d:dataModel xmlns:d="{space}/diagram" xmlns:a="{space}/main"><a:p><a:r><a:t>Klart</a:t></a:r></a:p>'
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        body = f'<w:p><w:r><w:drawing><d:relIds xmlns:d="{space}/diagram" r:dm="rId1"/></w:drawing></w:r></w:p>'
        made.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        made.writestr("word/data.xml", diagram + "</d:dataModel>")
        link = f'<Relationship Id="rId1" Type="{R}/diagramData" Target="data.xml"/>'
        made.writestr("word/_rels/document.xml.rels", f"<Relationships>{link}</Relationships>")
    assert [block.text for _, block in read_docx(stored.getvalue()).blocks()] == ["Klart"]
