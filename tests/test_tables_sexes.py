"""Rows for women and men are one record with the row of all."""

import pytest

from table_texts import colour, read, reasons, rows

SEXES = {
    "the sex below the figure": """
Nyckeltal | Utfall 2022 | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | | | Gul | Den har minskat något.
Kvinnor | 7,1 | 6,9 | |
Män | 4,0 | 3,9 | |
Behöriga elever | 83 | 85 | Grön | Fler än i fjol.""",
    "the sex in a column": """
Nyckeltal | Kön | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | Totalt | 6,4 | Gul | Den har minskat något.
Sjukfrånvaro | Kvinnor | 6,9 | Grön |
Sjukfrånvaro | Män | 3,9 | Röd |
Behöriga elever | Totalt | 85 | Grön | Fler än i fjol.""",
    "letters in a column without heading": """
Nyckeltal | | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | K | 6,9 | |
< | M | 3,9 | |
< | T | 6,4 | Gul | Den har minskat något.
Behöriga elever | T | 85 | Grön | Fler än i fjol.""",
    "the sex in the title": """
Nyckeltal | Utfall 2023 | Status | Kommentar
Sjukfrånvaro, totalt | 6,4 | Gul | Den har minskat något.
Sjukfrånvaro, kvinnor | 6,9 | |
Sjukfrånvaro, män | 3,9 | |
Behöriga elever | 85 | Grön | Fler än i fjol.""",
}


@pytest.mark.parametrize("text", SEXES.values(), ids=SEXES)
def test_rows_by_sex_are_one_record(text: str) -> None:
    extraction = read(text)
    assert rows(extraction) == [
        ("Sjukfrånvaro", "yellow", "Den har minskat något."),
        ("Behöriga elever", "green", "Fler än i fjol."),
    ]
    assert {f.kind for f in extraction.followups} == {"indicator"}
    assert reasons(extraction) == ["rubrikrad", "rad per kön", "rad per kön"]


def test_rows_by_sex_that_differ_show_no_light() -> None:
    extraction = read("""
Nyckeltal | Kön | Status
Sjukfrånvaro | Kvinnor | Grön
Sjukfrånvaro | Män | Röd
Sömn | Kvinnor | Gul
Sömn | Män | Gul""")
    found = [(f.assignment, colour(f), f.declared and f.declared.as_written) for f in extraction.followups]
    assert found == [("Sjukfrånvaro", None, "Grön / Röd"), ("Sömn", "yellow", "Gul")]
