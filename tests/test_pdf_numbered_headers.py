"""Page headers that end in a number that is not the page's."""

from collections.abc import Callable

from pdf_sheets import Sheet, read, texts


def pages(header: str) -> list[Callable[[Sheet], None]]:
    def page(index: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.text(500, 810, header.format(index * index), size=9)
            sheet.text(60, 600, f"Uppdrag {index} löper på enligt plan och väntas bli klart i tid.")

        return draw

    return [page(index) for index in (1, 2, 3)]


def test_a_header_with_the_same_number_on_each_page_is_a_margin() -> None:
    document = read(*pages("Bilaga 4"))
    assert document.margins == ("Bilaga 4",)
    assert all(text.startswith("Uppdrag") for text in texts(document))


def test_numbers_that_change_otherwise_than_the_page_are_no_margins() -> None:
    assert "Kapitel 9" in texts(read(*pages("Kapitel {}")))
