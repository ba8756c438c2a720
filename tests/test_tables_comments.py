"""Comments that stand on rows of their own, below or across a table."""

from table_texts import BOTH, BUILDS, read, reasons, rows


def test_a_comment_below_the_last_row_is_that_of_the_table() -> None:
    extraction = read(f"{BUILDS['one header row']}\nKommentar: Två av fem uppdrag redovisas senare. | < | < | <")
    assert rows(extraction) == BOTH
    assert reasons(extraction) == ["rubrikrad", "kommentar till hela tabellen"]


def test_a_comment_row_is_added_to_the_comment_of_a_column() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Bygg en bro vid ån | Grön | Se nedan.
Bron invigdes i maj | < | <
Rusta upp torget | Röd | Försenat.
Upphandlingen fick göras om. | < | <""")
    assert rows(extraction) == [
        ("Bygg en bro vid ån", "green", "Se nedan.\nBron invigdes i maj"),
        ("Rusta upp torget", "red", "Försenat.\nUpphandlingen fick göras om."),
    ]


def test_a_sentence_across_the_table_is_never_lost_in_silence() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Bygg en bro vid ån | Grön | Bron invigdes i maj.
Rusta upp torget | Röd | Upphandlingen fick göras om.
Nämnden ser över taxan. | < | <""")
    assert rows(extraction) == BOTH
    assert [(row.text, row.unexplained) for row in extraction.accounts[0].unmatched if row.unexplained] == [
        ("Nämnden ser över taxan.", True)
    ]


def test_a_comment_row_can_leave_the_first_column_to_the_row_above() -> None:
    extraction = read("""
Nr | Uppdrag | Nämnd | Status
1 | Bygg en bro vid ån | TN | Grön
< | Bron invigdes i maj. | < | <
2 | Rusta upp torget | KS | Röd
< | Upphandlingen fick göras om. | < | <""")
    assert rows(extraction) == BOTH
    assert [f.boards for f in extraction.followups] == [("TN",), ("KS",)]
