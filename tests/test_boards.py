"""Boards: codes and spellings to full names, lists of boards, boards in running text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.vocabulary.boards import BoardTable

BOARDS = BoardTable.default()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KS", "Kommunstyrelsen"),
        ("(KS)", "Kommunstyrelsen"),
        ("BUN", "Barn- och utbildningsnämnden"),
        ("ÄON", "Äldre- och omsorgsnämnden"),
        ("KSAU", "Kommunstyrelsens arbetsutskott"),
        ("kommunstyrelsen", "Kommunstyrelsen"),
        ("Kommunstyrelse", "Kommunstyrelsen"),
        ("KOMMUNSTYRELSEN", "Kommunstyrelsen"),
        ("Tekniska nämndens", "Tekniska nämnden"),
        ("Barn- och utbildningsnämnd", "Barn- och utbildningsnämnden"),
        ("Barn och utbildningsnämnden", "Barn- och utbildningsnämnden"),
        ("Vård- & omsorgsnämnden", "Vård- och omsorgsnämnden"),
        ("Barn- och\nutbildningsnämnden", "Barn- och utbildningsnämnden"),
        ("Kommunstyrelsen (KS)", "Kommunstyrelsen"),
        ("KS (Kommunstyrelsen)", "Kommunstyrelsen"),
        ("kommunfullmäktiges", "Kommunfullmäktige"),
        ("Revisionen", "Kommunrevisionen"),
        ("samtliga nämnder", "Alla nämnder"),
        ("Nämnden för arbete och lärande", "Nämnden för arbete och lärande"),
        ("Nämnd för vatten och avlopp", "Nämnden för vatten och avlopp"),
        ("Utskottet för landsbygd", "Utskottet för landsbygd"),
        ("Trygghetsnämnden", "Trygghetsnämnden"),
        ("trygghetsnämnd", "Trygghetsnämnden"),
        ("Kost- och städnämndens", "Kost- och städnämnden"),
        ("Barn-, skol- och kulturnämnden", "Barn-, skol- och kulturnämnden"),
        ("VA-nämnden", "VA-nämnden"),
        ("Trygghetsnämnden (TRN)", "Trygghetsnämnden"),
        ("Socialnämndens individutskott", "Socialnämndens individutskott"),
    ],
)
def test_a_board_is_resolved_to_its_full_name(text: str, name: str) -> None:
    assert BOARDS.resolve(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ks",
        "Ks",
        "KSX",
        "nämnden",
        "Nämnd",
        "respektive nämnd",
        "berörda nämnder",
        "facknämnden",
        "Hyresnämnden",
        "Socialstyrelsen",
        "Länsstyrelsen",
        "bolagsstyrelsen",
        "ovannämnd",
        "benämnd",
        "Nämnden för fram kritik mot planen",
        "Nämnden för dialog med föreningarna",
        "Kommunstyrelsen (TN)",
        "Kommunstyrelsen har beslutat",
        "Tekniska nämnden och Socialnämnden",
        "Ansvarig",
        "2021",
    ],
)
def test_what_is_no_board_stays_unresolved(text: str) -> None:
    assert BOARDS.resolve(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("KS", ("KS",)),
        ("(KS)", ("KS",)),
        ("KS, TN", ("KS", "TN")),
        ("KS/BUN", ("KS", "BUN")),
        ("KS TN BUN", ("KS", "TN", "BUN")),
        ("KS och TN", ("KS", "TN")),
        ("KS\nTN", ("KS", "TN")),
        ("Kommunstyrelsen samt Tekniska nämnden", ("Kommunstyrelsen", "Tekniska nämnden")),
        ("Barn- och utbildningsnämnden", ("Barn- och utbildningsnämnden",)),
        (
            "Barn- och utbildningsnämnden och Kultur- och fritidsnämnden, KS",
            ("Barn- och utbildningsnämnden", "Kultur- och fritidsnämnden", "KS"),
        ),
        ("Nämnden för arbete och lärande och TN", ("Nämnden för arbete och lärande", "TN")),
        ("KS (Kommunstyrelsen), TN", ("KS (Kommunstyrelsen)", "TN")),
        ("alla nämnder", ("alla nämnder",)),
        ("Kommunstyrelsen och samtliga nämnder", ("Kommunstyrelsen", "samtliga nämnder")),
        ("", ()),
        ("KS, ekonomiavdelningen", ()),
        ("Kommunstyrelsen ska utreda frågan", ()),
        ("ks, tn", ()),
        ("Gator och parker", ()),
        ("KS," * 200, ()),
    ],
)
def test_a_list_of_boards_is_split_as_written(text: str, parts: tuple[str, ...]) -> None:
    assert BOARDS.split(text) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Utred frågan (KS, TN)", [("KS", "Kommunstyrelsen"), ("TN", "Tekniska nämnden")]),
        ("Ny skola (Barn- och utbildningsnämnd)", [("Barn- och utbildningsnämnd", "Barn- och utbildningsnämnden")]),
        ("på kommunstyrelsens uppdrag", [("kommunstyrelsens", "Kommunstyrelsen")]),
        (
            "av barn- och utbildningsnämnden och tekniska nämnden",
            [
                ("barn- och utbildningsnämnden", "Barn- och utbildningsnämnden"),
                ("tekniska nämnden", "Tekniska nämnden"),
            ],
        ),
        ("samråd med trygghetsnämnden", [("trygghetsnämnden", "Trygghetsnämnden")]),
        (
            "Kommunstyrelsens arbetsutskott avgör",
            [("Kommunstyrelsens arbetsutskott", "Kommunstyrelsens arbetsutskott")],
        ),
        ("KS ska utreda", []),
        ("diarienummer (KS 2021/123)", []),
        ("XKS (XKS)", []),
        ("nämnden har hanterat frågan i facknämnden", []),
        ("revisionen av policyn gäller samtliga", []),
        ("ett ärende i en nämnd", []),
        ("socialstyrelsens riktlinjer", []),
    ],
)
def test_boards_are_found_in_running_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(mention.as_written, mention.name) for mention in BOARDS.find(text)] == found


def test_overrides_win_over_the_default_table() -> None:
    table = BoardTable.default({"FN": "Folknämnden", "BoU": "Bildningsstyrelsen", "tekniska": "Tekniska nämnden"})
    assert table.resolve("FN") == "Folknämnden"
    assert table.resolve("BoU") == "Bildningsstyrelsen"
    assert table.resolve("Tekniska") == "Tekniska nämnden"
    assert table.resolve("Bildningsstyrelsens") == "Bildningsstyrelsen"
    assert [mention.name for mention in table.find("bildningsstyrelsen (FN)")] == ["Bildningsstyrelsen", "Folknämnden"]
    assert BOARDS.resolve("FN") == "Fritidsnämnden"


def test_every_name_and_code_of_the_table_means_itself() -> None:
    assert len(set(BOARDS.codes.values()) | set(BOARDS.spellings.values())) >= 45
    for code, name in BOARDS.codes.items():
        assert (BOARDS.resolve(code), BOARDS.resolve(name)) == (name, name)
        assert BOARDS.split(f"{code}, {name}") == (code, name)
        assert [mention.name for mention in BOARDS.find(f"enligt {name} här")] == [name]


@given(
    st.lists(st.sampled_from([*BOARDS.codes, *BOARDS.codes.values()]), min_size=1, max_size=6),
    st.sampled_from([", ", "/", "\n", " samt "]),
)
def test_any_list_of_boards_comes_apart_as_it_was_put_together(boards: list[str], separator: str) -> None:
    assert BOARDS.split(separator.join(boards)) == tuple(boards)


@given(st.text(alphabet="KSTNämdefrochual-(), \n", max_size=80))
def test_mentions_lie_where_they_say(text: str) -> None:
    mentions = BOARDS.find(text)
    assert all(text[mention.start : mention.end] == mention.as_written for mention in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))


def test_a_documents_own_list_of_abbreviations_teaches_its_codes() -> None:
    table = BoardTable.default().taught(
        ["KS = kommunstyrelsen, MSN = miljö- och samhällsbyggnadsnämnden.", "TN: klart"]
    )
    assert table.resolve("MSN") == "Miljö- och samhällsbyggnadsnämnden"
    assert table.resolve("TN") == BoardTable.default().resolve("TN")


def test_codes_after_the_boards_names_teach_them() -> None:
    text = "Ansvariga är barn- och ungdomsnämnden (BUN) och Samhällsmiljönämnden (SMN). Antas av fullmäktige (KS)."
    table = BoardTable.default().taught([text])
    assert table.resolve("BUN") == "Barn- och ungdomsnämnden"
    assert table.resolve("SMN") == "Samhällsmiljönämnden"
    assert table.resolve("KS") == BoardTable.default().resolve("KS")


@pytest.mark.parametrize("text", ["MSN = miljönämnden", "MSN = mycket stor nytta, KS = kan skjutas"])
def test_one_code_or_other_words_teach_nothing(text: str) -> None:
    table = BoardTable.default()
    assert table.taught([text]).resolve("MSN") == table.resolve("MSN")


NAMED = "Social- och arbetsmarknadsnämnden, Barn- och ungdomsnämnden, Samhällsplaneringsnämnden"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("SAN", "Social- och arbetsmarknadsnämnden"),
        ("BUN", "Barn- och ungdomsnämnden"),
        ("SPN", "Samhällsplaneringsnämnden"),
        ("TEN", "Tekniska nämnden"),
        ("KFN", "Kultur- och fritidsnämnden"),
        ("XYN", None),
    ],
)
def test_a_code_is_that_of_the_named_board_whose_initials_it_is(code: str, name: str | None) -> None:
    assert BoardTable.default().taught([NAMED, f"Ansvarig: {code}"]).resolve(code) == name


def test_initials_change_no_code_of_a_board_that_the_document_names() -> None:
    table = BoardTable.default().taught([NAMED, "Barn- och utbildningsnämndens budget", "Ansvarig: BUN"])
    assert table.resolve("BUN") == "Barn- och utbildningsnämnden"


def test_two_boards_with_the_same_initials_teach_nothing() -> None:
    table = BoardTable.default().taught(["Skol- och arbetsnämnden, Social- och arbetsmarknadsnämnden", "SAN"])
    assert table.resolve("SAN") is None


def test_a_documents_codes_do_not_change_the_users_own() -> None:
    table = BoardTable.default({"MN": "Marknämnden"}).taught(["MN = miljönämnden, TN = tekniska nämnden."])
    assert table.resolve("MN") == "Marknämnden"
