"""Around the status phrases: cue, strength, a comment's main phrase, users' own phrases, and the spaCy component."""

import re
from dataclasses import asdict

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.phrase_tree import expand
from ljuskoll.nlp.language.phrases import Lexicon
from ljuskoll.nlp.language.pipeline import swedish
from ljuskoll.nlp.language.status import find_status, main_phrase


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Uppdraget bedöms inte bli genomfört i år.", "bedöms inte bli genomfört"),
        ("Under året har uppdraget genomförts.", "har uppdraget genomförts"),
        ("Uppdraget är påbörjat men bedöms inte bli klart.", "bedöms inte bli klart"),
        ("Ej påbörjat", "Ej påbörjat"),
        ("Målet är delvis uppfyllt, se bilagan.", "är delvis uppfyllt"),
    ],
)
def test_the_cue_is_the_words_that_decided(text: str, cue: str) -> None:
    assert [span.cue for span in find_status(text)] == [cue]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Uppdraget är genomfört.", 2),
        ("Genomfört.", 2),
        ("Kommunen når målet.", 2),
        ("Arbetet löper på enligt plan.", 1),
        ("Projektet är försenat.", 1),
        ("Uppdraget är påbörjat.", 1),
        ("Uppdraget avslutas.", 1),
    ],
)
def test_strength_says_how_outright(text: str, strength: int) -> None:
    assert [span.strength for span in find_status(text)] == [strength]


def test_a_bare_status_stands_only_at_the_beginning_or_after_a_label() -> None:
    assert [span.start for span in find_status("Klart. Klart.")] == [0]
    assert find_status("Rutinerna gäller. Genomfört.") == ()
    assert [span.outcome for span in find_status("Rutinerna gäller. Status: ej påbörjat")] == ["not_started"]


@pytest.mark.parametrize(
    ("text", "year", "outcome"),
    [
        ("Uppdraget beräknas vara klart i december 2024.", 2024, "on_track"),
        ("Uppdraget beräknas vara klart under 2025.", 2024, "off_track"),
        ("Uppdraget beräknas vara klart under 2025.", None, "off_track"),
        ("Uppdraget är genomfört sedan 2024.", None, "completed"),
        ("Uppdraget flyttas till 2025.", 2024, "off_track"),
    ],
)
def test_a_named_year_is_seen_from_the_reports_year(text: str, year: int | None, outcome: str) -> None:
    assert [span.outcome for span in find_status(text, year=year)] == [outcome]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arbetet pågår. Uppdraget är genomfört. Arbetet fortsätter nästa år.", "Uppdraget är genomfört."),
        ("Uppdraget är genomfört. Stödet ges. Uppdraget bedöms dock inte nå alla.", "Uppdraget är genomfört."),
        (
            "Uppdraget är klart. Uppdraget är dock inte genomfört på Ekskolan.",
            "Uppdraget är dock inte genomfört på Ekskolan.",
        ),
        ("Målet nås. Målet om frånvaro nås inte.", "Målet nås."),
        ("Målet nås. Men målet om frånvaro nås inte.", "Men målet om frånvaro nås inte."),
        ("Uppdraget är påbörjat. Uppdraget blir klart nästa år.", "Uppdraget blir klart nästa år."),
    ],
)
def test_main_phrase(text: str, expected: str) -> None:
    phrase = main_phrase(find_status(text))
    assert phrase is not None
    assert (phrase.text, text[phrase.start : phrase.end]) == (expected, expected)


def test_no_spans_have_no_main_phrase() -> None:
    assert main_phrase(()) is None


def test_a_users_own_phrase_comes_before_the_rules() -> None:
    extra = {"grönt ljus": "on_track", "Uppdraget är genomfört": "partial"}
    spans = find_status("Vi har Grönt  ljus från staben. Uppdraget är genomfört.", extra)
    assert [(span.outcome, span.cue) for span in spans] == [
        ("on_track", "Grönt  ljus"),
        ("partial", "Uppdraget är genomfört"),
    ]
    with pytest.raises(KeyError):
        find_status("Text.", {"grönt": "green"})


def test_decomposed_letters_are_read_alike() -> None:
    text = "Ma\u030alet a\u0308r uppna\u030att."
    assert [(span.outcome, span.text) for span in find_status(text)] == [("completed", text)]


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "uppdraget målet arbetet är inte har bedöms bli klart delvis och men att om som när 2025 skjuts upp "
        "pågår enligt plan det osäkert utan nämnden når inget av under året , . : ( )",
    )
)


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=200))
def test_any_text_is_survived_with_exact_offsets(text: str) -> None:
    end = 0
    for span in find_status(text):
        assert span.start >= end
        assert text[span.start : span.end] == span.text
        assert span.cue in span.text
        end = span.end


def test_the_component_works_in_any_pipeline() -> None:
    text = "Rutinerna gäller.  Uppdraget är genomfört. Mer följer."
    nlp = spacy.blank("en")
    nlp.add_pipe("ljuskoll_status", config={"extra": {"mer följer": "on_track"}})
    doc = nlp(text)
    assert [(span.text, span.label_) for span in doc.spans["ljuskoll_status"]] == [
        ("Uppdraget är genomfört.", "completed"),
        ("Mer följer.", "on_track"),
    ]
    assert doc._.ljuskoll_status == [asdict(span) for span in find_status(text, {"mer följer": "on_track"})]


def test_the_swedish_pipeline_is_made_once() -> None:
    assert swedish() is swedish()
    doc = swedish()("Uppdraget utgår.")
    assert [span.label_ for span in doc.spans["ljuskoll_status"]] == ["cancelled"]


def test_each_phrase_stands_in_one_list_and_is_well_formed() -> None:
    kinds: dict[tuple[str, ...], str] = {}
    for kind, phrases in Lexicon.load("ljuskoll.nlp.language", "status_phrases.toml").phrases.items():
        for words in (words for phrase in phrases for words in expand(phrase)):
            assert words and not set("".join(words)) & set("{},"), (kind, words)
            assert kinds.setdefault(words, kind) == kind, words
