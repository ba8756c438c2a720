"""What characters of symbol fonts, and of fonts that do not say what they draw, are read as."""

from io import BytesIO

import pytest

from ljuskoll.nlp.readers.pdf.file import open_pdf
from ljuskoll.nlp.readers.raw.page import RawPage


def objects(*some: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalogue."""
    out, places = BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for number, one in enumerate(some, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(some) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(some) + 1, start))
    return out.getvalue()


def in_font(text: bytes, *font: bytes, colour: bytes = b"0 g") -> RawPage:
    """A page with the text in the font whose objects these are, the first of them number 5."""
    content = b"BT %b /F 12 Tf 60 700 Td %b Tj ET" % (colour, text)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content)
    data = objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, *font)
    opened = open_pdf(data, ()).page(1)
    assert opened is not None
    return opened.read()


@pytest.mark.parametrize(
    ("font", "codes", "signs"),
    [
        ("Wingdings", b"(\xfc \xfb J L l)", "✓ ✗ ☺ ☹ ●"),
        ("ABCDEF+Wingdings-Regular", b"(\xfc)", "✓"),
        ("Webdings", b"(n)", "●"),
    ],
)
def test_symbol_fonts_are_read_as_the_signs_that_they_draw(font: str, codes: bytes, signs: str) -> None:
    descriptor = b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[0 -211 1359 899]/Ascent 899/Descent -211>>"
    simple = b"<</Type/Font/Subtype/TrueType/BaseFont/%b/FirstChar 32/LastChar 255/Widths[%b]/FontDescriptor 6 0 R>>"
    name = font.encode()
    page = in_font(codes, simple % (name, b"890 " * 224), descriptor % name, colour=b"0 0.6 0 rg")
    assert " ".join(word.text for word in page.words) == signs
    assert [(sign.text, sign.rgb) for sign in page.signs] == [(sign, (0, 153, 0)) for sign in signs.split()]


def test_characters_without_meaning_are_counted() -> None:
    composite = b"<</Type/Font/Subtype/Type0/BaseFont/Nope/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Nope/DW 600/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    descriptor = b"<</Type/FontDescriptor/FontName/Nope/Flags 4/FontBBox[0 -200 1000 900]/Ascent 900/Descent -200>>"
    page = in_font(b"<000500060007>", composite, descendant, descriptor)
    assert page.unreadable == 3
    assert [word.text for word in page.words] == ["\ufffd\ufffd\ufffd"]
