"""Text of PDF pages: words, paragraphs, list items, and columns read in their order."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ljuskoll.nlp.readers.pdf.paragraphs import paragraphs
from ljuskoll.nlp.readers.raw.lines import Word, make_lines
from pdf_sheets import LONG, Sheet, blocks, cells, only_table, read, texts


def test_words_broken_in_text_and_in_cells_are_whole() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(
            [["Uppdrag", "Status", "Kommentar"], ["Utbyggnad av fjärr-\nvärmenätet", "Klart", "Mål- och\nbudget"]]
        )
        sheet.lines(
            60,
            500,
            ["Nämnden har under året arbetat med upphand-", "lingen av ny kollektivtrafik i hela IT-", "miljön."],
        )

    document = read(page)
    assert cells(only_table(document))[1] == ["Utbyggnad av fjärrvärmenätet", "Klart", "Mål- och budget"]
    assert texts(document) == [
        "Nämnden har under året arbetat med upphandlingen av ny kollektivtrafik i hela IT-miljön."
    ]


def test_paragraphs_by_space_indent_and_short_last_lines() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 700, [LONG, "och resultatet är gott.", LONG, "och arbetet fortsätter."])
        sheet.lines(60, 600, ["Ett nytt stycke efter ett mellanrum."])

    assert texts(read(page)) == [
        f"{LONG} och resultatet är gott.",
        f"{LONG} och arbetet fortsätter.",
        "Ett nytt stycke efter ett mellanrum.",
    ]


def test_list_items_lose_their_bullets_but_figures_keep_their_minus() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 700, ["• Bygga en bro", "• Laga vägen", "- 5,2 mnkr mot budget"])

    assert [(block.kind, block.text) for block in blocks(read(page))][:2] == [
        ("item", "Bygga en bro"),
        ("item", "Laga vägen"),
    ]
    assert texts(read(page))[2] == "- 5,2 mnkr mot budget"


def test_rows_of_a_table_without_rules_are_not_run_together() -> None:
    def page(sheet: Sheet) -> None:
        for number, row in enumerate([("Sak", "Nivå"), ("Bro över ån", "Klar"), ("Ny väg", "Försenad")]):
            sheet.text(60, 700 - 13 * number, row[0])
            sheet.text(200, 700 - 13 * number, row[1])

    assert texts(read(page)) == ["Sak Nivå", "Bro över ån Klar", "Ny väg Försenad"]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = [f"Vänster spalt rad {name} med text" for name in "abcdefgh"]
    right = [f"Höger spalt rad {name} med mera text" for name in "abcdefgh"]

    def page(sheet: Sheet) -> None:
        sheet.text(60, 760, "Rubrik över båda spalterna som är lång nog att gå över hela sidans bredd", size=14)
        sheet.lines(60, 700, left)
        sheet.lines(320, 700, right)

    text = " ".join(texts(read(page))[1:])
    assert text == " ".join([*left, *right])


def test_turned_text_is_kept_whole() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(200, 700, LONG)
        sheet.saveState()
        sheet.translate(80, 300)
        sheet.rotate(90)
        sheet.text(0, 0, "Gröna mål nås")
        sheet.restoreState()

    assert sorted(texts(read(page))) == ["Gröna mål nås", LONG]


def test_characters_are_cleaned() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(sheet: Sheet) -> None:
        sheet.text(60, 700, "Bygga\u00a0ut kommun\u00adnätet ﬁnt", font="Vera")
        sheet.text(60, 600, "Dubbelt tryckt")
        sheet.text(60.2, 600, "Dubbelt tryckt")

    assert texts(read(page)) == ["Bygga ut kommunnätet fint", "Dubbelt tryckt"]


def test_a_heading_of_the_whole_page_parts_the_columns_above_it_from_those_below() -> None:
    def page(sheet: Sheet) -> None:
        for top, name in ((700, "Första"), (500, "Andra")):
            sheet.text(60, top + 40, f"{name} målet", size=14)
            for x, side in ((60, "vänster"), (320, "höger")):
                sheet.lines(x, top, [f"{name} {side} rad {letter} med text" for letter in "abcdefgh"])

    text = " ".join(texts(read(page)))
    places = [text.index(part) for part in ("Första v", "Första h", "Andra målet", "Andra v", "Andra h")]
    assert places == sorted(places)


def test_an_abbreviation_at_the_start_of_a_line_is_no_list_item() -> None:
    lines = ["Bron är försenad och arbetet på den södra delen börjar", "v. 12 när isen har gått."]
    assert texts(read(lambda sheet: sheet.lines(60, 700, lines))) == [" ".join(lines)]


def test_text_without_a_size_is_read() -> None:
    """As damaged files have it."""
    lines = make_lines([Word(text, (50, top, 90, top), 0.0) for text, top in (("Bron", 100.0), ("är målad", 112.0))])
    assert " ".join(paragraph.text for paragraph in paragraphs(lines)) == "Bron är målad"
