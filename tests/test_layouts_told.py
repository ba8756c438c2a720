"""Comments that begin like a label: a sentence after it is told, a name, a date or a figure is a field of a form."""

import pytest

from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.layouts.labels import is_told, split_labels
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "Uppföljning av uppdrag per 31 augusti 2023\nSandvikså kommun\n\n"
VOCABULARY = Vocabulary()
TOLD = "antagen i juni efter remiss, och nu återstår att fördela arbetet."
FIRST, LAST = "Bygg en brygga (TN)\nAnbuden är inne.\n\n", "\n\nStarta en lovskola (BUN)\nDen hölls i juni."


def comments(text: str) -> dict[str, str]:
    return {one.assignment: one.comment for one in extract("rapport.txt", (TOP + text).encode(), VOCABULARY).followups}


def strategy(below: str) -> str | None:
    """The comment of an assignment without a light in the midst of a list; None where it is no record."""
    found = comments(f"{FIRST}Ta fram en trafikstrategi (TN)\n{below}{LAST}")
    assert found.keys() >= {"Bygg en brygga", "Starta en lovskola"}
    return found.get("Ta fram en trafikstrategi")


LABELS = (
    *("Beslut", "Tidplan", "Budget", "Deltagare", "Målgrupp", "Ansvarig", "Nämnd"),
    *("Utveckling", "Utfall", "Resultat", "Målnivå", "Perspektiv", "Period", "Typ"),
    *("Nr", "Ärende", "Risk", "Enhet", "Bilaga"),
)


@pytest.mark.parametrize("label", [*LABELS, "Föregående utfall"])
def test_a_sentence_after_a_label_that_comes_once_is_the_comment(label: str) -> None:
    below = f"{label}: {TOLD}"
    assert strategy(below) in (below, TOLD)
    assert strategy(f"{label}: Antagen i juni. Planen är klar.") is not None


def test_a_short_comment_and_one_without_a_stop() -> None:
    assert strategy("Beslut: antagen i juni.") == "Beslut: antagen i juni."
    assert strategy("Beslut: antagen i juni") == "Beslut: antagen i juni"
    assert strategy("Insatser: sommarläger i juli\nAlla platser gick åt.") == (
        "Insatser: sommarläger i juli\nAlla platser gick åt."
    )


FACTS = (
    "Beslut: KF 2022-03-14 § 45",
    "Handläggare: Anna Åkerholm",
    "Dnr: KS 2022/117.",
    "Slutdatum: 2023-12-31.",
    "Enhet: HR",
    "Budget: 2 mnkr",
    "Målgrupp: Barn och unga",
)


@pytest.mark.parametrize("below", FACTS)
def test_a_fact_is_no_comment(below: str) -> None:
    assert strategy(below) is None
    assert strategy(f"{below}\nArbetet har börjat.") == "Arbetet har börjat."


def test_sentences_that_come_again_are_fields() -> None:
    rows = [("Bygg en brygga", "TN"), ("Ta fram en trafikstrategi", "TN"), ("Starta en lovskola", "BUN")]
    form = "\n\n".join(f"{title} ({board})\nMålgrupp: Alla som bor i kommunen.\nDet går bra." for title, board in rows)
    assert set(comments(form).values()) == {"Det går bra."}


def test_sentences_that_come_again_are_the_comment_where_nothing_else_is() -> None:
    policy = "Skriv en matpolicy (SN)\nBeslut: antagen i maj."
    found = comments(f"{FIRST}{policy}\n\nTa fram en trafikstrategi (TN)\nBeslut: {TOLD}{LAST}")
    assert found["Skriv en matpolicy"] == "Beslut: antagen i maj."
    assert found["Ta fram en trafikstrategi"] == f"Beslut: {TOLD}"


def test_a_list_of_nothing_but_fields_is_no_followup() -> None:
    form = "\n\n".join(
        f"{title}\nMålgrupp: Alla som bor i kommunen.\nTidplan: Klart i december nästa år."
        for title in ("Bygg en brygga (TN)", "Ta fram en trafikstrategi (TN)", "Starta en lovskola (BUN)")
    )
    assert comments(form) == {}


def test_a_comment_beside_a_light_keeps_its_beginning() -> None:
    rows = [("Bygg en brygga", "Gul", "Anbuden är inne."), ("Skriv en matpolicy", "Grön", f"Beslut: {TOLD}")]
    rows.append(("Starta en lovskola", "Röd", "Den blev inte av."))
    text = "\n\n".join(f"{title} (TN)\n{light}\n{comment}" for title, light, comment in rows)
    assert comments(text) == {title: comment for title, _, comment in rows}


def test_a_board_is_no_sentence_after_its_label() -> None:
    text = "\n\n".join(
        f"{title}\nStatus: Gul\nAnsvarig: Tekniska nämnden\n{comment}"
        for title, comment in (("Bygg en brygga", f"Ansvarig: {TOLD}"), ("Måla om hallen", "Färgen är köpt."))
    )
    (first, second) = extract("rapport.txt", (TOP + text).encode(), VOCABULARY).followups
    assert (first.boards, first.comment) == (("Tekniska nämnden",), f"Ansvarig: {TOLD}")
    assert (second.boards, second.comment) == (("Tekniska nämnden",), "Färgen är köpt.")


def test_a_label_within_a_labelled_comment_cuts_no_sentence() -> None:
    line = "Status: Gul Kommentar: Beslut: antagen i juni."
    assert split_labels(line, VOCABULARY) == ["Status: Gul", "Kommentar: Beslut: antagen i juni."]
    assert split_labels("Status: Gul Kommentar: Anbud är inne. Slutdatum: 2023-12-31.", VOCABULARY)[-1] == (
        "Slutdatum: 2023-12-31."
    )


@pytest.mark.parametrize(
    ("value", "is_sentence"),
    [
        ("antagen i juni.", True),
        ("Antagen i juni av nämnden.", True),
        ("antagen i juni", True),
        ("Antagen i juni", False),
        ("inom ram", False),
        ("Klart 2024.", False),
        ("KF 2022-03-14 § 45.", False),
        ("Anna Åkerholm.", False),
        ("", False),
    ],
)
def test_what_is_told(value: str, is_sentence: bool) -> None:
    assert is_told(value) is is_sentence
