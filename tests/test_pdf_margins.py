"""What of a PDF page is no text: headers, footers, page numbers and tables of contents."""

from collections.abc import Callable

import pytest

from pdf_sheets import LONG, Sheet, read, texts


@pytest.mark.parametrize("number", ["Sida {} (4)", "{}/4", "{}", "- {} -", "s. {}", "Sidan {} av 4"])
def test_page_numbers_are_margins(number: str) -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 810, "Storsjö kommun", size=8)
            sheet.text(60, 700, f"Uppdrag {index} löper på enligt plan och väntas bli klart i tid.")
            sheet.text(300, 30, number.format(index), size=8)

        return draw

    document = read(*(page(index) for index in range(1, 5)))
    assert texts(document) == [f"Uppdrag {i} löper på enligt plan och väntas bli klart i tid." for i in range(1, 5)]
    assert document.margins == ("Storsjö kommun", *(number.format(i) for i in range(1, 5)))


def test_a_page_header_that_shifts_a_little_from_page_to_page_is_a_margin() -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 810 + 0.8 * (index % 3), "Storsjö kommun", size=8)
            sheet.text(300, 810 - 0.7 * (index % 2), "Delårsrapport", size=8)
            sheet.text(60, 700, f"Uppdrag {index} löper på enligt plan och väntas bli klart i tid.")

        return draw

    document = read(*(page(index) for index in range(1, 7)))
    assert texts(document) == [f"Uppdrag {i} löper på enligt plan och väntas bli klart i tid." for i in range(1, 7)]
    assert sorted(document.margins) == ["Delårsrapport", "Storsjö kommun"]


def test_headings_and_sentences_at_the_top_of_pages_are_no_margins() -> None:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 790, f"Mål {index}", font="Helvetica-Bold", size=14)
            sheet.text(60, 700, f"Text om mål {index} som är lång nog för att vara brödtext.")
            sheet.text(60, 90 - 5 * index, "Uppdraget är genomfört.")

        return draw

    document = read(*(page(index) for index in range(1, 5)))
    assert [text for text in texts(document) if text.startswith("Mål")] == [f"Mål {i}" for i in range(1, 5)]
    assert texts(document).count("Uppdraget är genomfört.") == 4
    assert document.margins == ()


def test_a_table_of_contents_is_no_text() -> None:
    def page(sheet: Sheet) -> None:
        for number, title in enumerate(["Inledning", "Uppdragen", "Ekonomi"]):
            sheet.text(60, 700 - 20 * number, f"{title} {'.' * 40} {number + 3}")
        sheet.text(60, 500, LONG)

    document = read(page)
    assert texts(document) == [LONG]
    assert len(document.margins) == 3


@pytest.mark.parametrize(("left", "right"), [("Delår 2020", "Sida 1 (1)"), ("Antagen av nämnden", "7")])
def test_what_stands_beside_a_page_number_is_a_footer(left: str, right: str) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 700, LONG)
        sheet.text(60, 30, left, size=8)
        sheet.text(500, 30, right, size=8)

    document = read(page)
    assert (texts(document), document.margins) == ([LONG], (left, right))


def test_a_figure_below_a_text_is_no_page_number_that_takes_what_stands_beside_it() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(60, 80, [LONG, "Antal platser"])
        sheet.text(500, 67, "7")

    assert "Antal platser" in " ".join(texts(read(page)))


def test_a_line_at_the_top_of_a_page_that_is_no_header_stays_whole() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 800, "Ta fram en plan för parkerna i tätorterna", font="Helvetica-Bold")
        sheet.text(400, 800, "och en för lekplatserna", font="Helvetica-Bold")
        sheet.text(60, 700, "Planen är beslutad av nämnden och sänd till alla berörda förvaltningar.")

    assert texts(read(draw))[0] == "Ta fram en plan för parkerna i tätorterna och en för lekplatserna"
