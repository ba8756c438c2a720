"""Municipalities: the list, and which one a document is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.vocabulary.municipalities import find_municipality, municipality_names


def test_the_list_holds_each_of_the_290_once() -> None:
    names = municipality_names()
    assert len(names) == len(set(names)) == 290
    assert all(name == name.strip() and name[0].isupper() for name in names)
    assert names[0] == "Ale"
    assert {"Malung-Sälen", "Upplands Väsby", "Dals-Ed", "Åre", "Övertorneå"} < set(names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Leksands kommun", "Leksand"),
        ("LEKSANDS KOMMUN", "Leksand"),
        ("Delårsrapport för Leksands kommuns nämnder", "Leksand"),
        ("Borås stad", "Borås"),
        ("Göteborgs Stad", "Göteborg"),
        ("Malmö stad", "Malmö"),
        ("Håbo kommun", "Håbo"),
        ("Höganäs kommun", "Höganäs"),
        ("Mora kommun", "Mora"),
        ("Uppföljning Vara kommun", "Vara"),
        ("Tranås kommun", "Tranås"),
        ("Marks kommun", "Mark"),
        ("Upplands Väsby kommun", "Upplands Väsby"),
        ("Upplands-Bro kommun", "Upplands-Bro"),
        ("Malung-Sälens kommun", "Malung-Sälen"),
        ("Dals-Eds kommun", "Dals-Ed"),
        ("Lilla Edets kommun", "Lilla Edet"),
        ("Östra Göinge kommun", "Östra Göinge"),
        ("Region Gotland", "Gotland"),
        ("I Leksand är kommunen en stor arbetsgivare", "Leksand"),
        ("Läs mer på www.ostersund.se", "Östersund"),
        ("kommun@leksand.se", "Leksand"),
        ("Lillådalens kommun", "Lillådalen"),
        ("Nybro-Sjötorps kommun", "Nybro-Sjötorp"),
        ("Östra Ådalens kommun", "Östra Ådalen"),
        ("Granfors kommun", "Granfors"),
        ("Sjöbacka kommun", "Sjöbacka"),
    ],
)
def test_a_municipality_is_read_from_title_and_text_alike(text: str, name: str) -> None:
    assert find_municipality(text, [], []) == name
    assert find_municipality("", [text], []) == name
    assert find_municipality("", [], [text]) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vår kommun växer",
        "Varje kommun ansvarar",
        "Sveriges kommuner",
        "Sveriges bästa kommun",
        "Hela kommunen",
        "Bästa kommun",
        "Attraktiv kommun",
        "Växande kommun",
        "Trygg stad",
        "Gamla stad",
        "Framtidens kommun",
        "Kommunen ska mark och boden vara",
        "Dalarnas län",
        "Region Stockholm",
        "www.habo.se",
        "Mark",
        "Boden",
        "Leksands och Rättviks kommuner",
    ],
)
def test_ordinary_words_name_no_municipality(text: str) -> None:
    assert find_municipality(text, [text], [text]) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Leksand", "Leksand"),
        ("Östersund | Mål 8", "Östersund"),
        ("Mål 8 - Östersund", "Östersund"),
        ("Boden | Karta", None),
    ],
)
def test_a_bare_name_counts_as_a_whole_part_of_a_title(title: str, name: str | None) -> None:
    assert find_municipality(title, [], []) == name
    assert find_municipality("", [title], []) is None


def test_the_title_goes_before_the_margins_and_these_before_the_text() -> None:
    title, margin, text = "Leksands kommun", "Mora kommun", "Orsa kommun"
    assert find_municipality(title, [text], [margin]) == "Leksand"
    assert find_municipality("Uppföljning", [text], [margin]) == "Mora"
    assert find_municipality("Uppföljning", [text], ["Sida 3 (14)"]) == "Orsa"


def test_a_neighbour_beside_a_dominating_municipality_does_not_disturb() -> None:
    texts = [
        "Uppföljning",
        "Arbetet går bra",
        "Budget",
        *["Falu väg"] * 2,
        *["Leksands kommun har byggt"] * 4,
        "Mora kommun bidrar",
    ]
    assert find_municipality("", texts, []) == "Leksand"


def test_the_first_lines_decide_between_two() -> None:
    assert find_municipality("", ["Leksands kommun", "Inledning", "Mål", "Mora kommun bidrar"], []) == "Leksand"


def test_two_municipalities_without_a_leader_stay_open() -> None:
    filler = ["Rubrik", "Inledning", "Mål"]
    assert find_municipality("", [*filler, "Leksands kommun", "Mora kommun"], []) is None
    assert find_municipality("", ["Leksands kommun och Mora kommun"], []) is None
    assert find_municipality("Leksands kommun och Mora kommun", [], []) is None


def test_a_place_counts_only_beside_the_word_kommun() -> None:
    assert find_municipality("", ["Mötet hölls i Leksand"], []) is None
    assert find_municipality("", ["Kommunen mötte företag i Leksand"], []) == "Leksand"


@given(st.sampled_from(municipality_names()))
def test_every_name_is_found_in_its_genitive(name: str) -> None:
    genitive = name if name.endswith("s") else f"{name}s"
    assert find_municipality(f"Verksamhetsplan {genitive} kommun", [], []) == name
    assert find_municipality("", [f"Arbetet i {genitive} kommun fortsätter."], []) == name
    assert find_municipality(f"{name} kommun", [], []) == name


def test_a_line_on_the_front_that_is_nothing_but_the_name_goes_before_what_is_mentioned_most() -> None:
    others = ["Samverkan med Orsa kommun dröjer.", "Orsa kommun har svarat nej.", "Avtal med Orsa kommun."]
    assert find_municipality("", ["Delårsrapport", "Leksands kommun", *others], []) == "Leksand"
    assert find_municipality("", ["Delårsrapport", "Möte i Leksands kommun", *others], []) != "Leksand"
