"""Which words of a text the judgement weighs."""

import pytest

from ljuskoll.models.words import telling_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bryggan i Ed är klar.", {"bryggan", "i", "är", "klar"}),
        ("Tolv bryggor, varav 3 nya.", {"0", "bryggor", "varav", "nya"}),
        ("Sjutton bänkar står på plats.", {"0", "bänkar", "står", "på", "plats"}),
        ("En bänk återstår.", {"en", "bänk", "återstår"}),
        ("BRYGGAN ÄR KLAR.", {"bryggan", "är", "klar"}),
        ("bryggan är klar", {"bryggan", "är", "klar"}),
        ("", set()),
        (" – ", set()),
    ],
)
def test_names_and_numbers_tell_nothing_apart(text: str, words: set[str]) -> None:
    assert telling_words(text) == words
