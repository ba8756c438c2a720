"""What is no comment in Swedish gets no light and breaks nothing; and evidence always quotes the text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import load_classifier
from ljuskoll.nlp.followup import Period, Phrase

SPRING, AUTUMN, YEAR_END = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))

LONG_TITLE = 5_000

ODD = {
    "empty": "",
    "blank": " \n\t\u00a0 \r\n",
    "full stop": ".",
    "dash": "–",
    "one word": "Biblioteket",
    "two words": "Kommunens bibliotek",
    "a single letter": "A",
    "letters": "a b c d e f g h",
    "English": "The municipality has finished the new library, and all of the shelves were delivered in May.",
    "English, planned": "We expect the work to be finished before the end of next year, unless the supplier is late.",
    "German": "Die Gemeinde hat die neue Bibliothek eröffnet, und alle Regale wurden im Mai geliefert.",
    "German, planned": "Wir erwarten, dass die Arbeiten vor dem Ende des nächsten Jahres abgeschlossen werden.",
    "Finnish": "Kunta on avannut uuden kirjaston, ja kaikki hyllyt toimitettiin toukokuussa.",
    "digits": "12 345 678 90",
    "figures": "12,5 % 14 (13) 2024-05-01 99:1",
    "a telephone number": "08-123 45 67",
    "latin-1 bytes": bytes(range(256)).decode("latin-1"),
    "broken bytes": (bytes(range(128, 256)) * 4).decode("utf-8", errors="replace"),
    "control characters": "".join(map(chr, range(32))) * 3,
    "emoji": "🎉👍🏽👩‍👩‍👧 🚧🚧",
    "Greek letters": "Η βιβλιοθήκη άνοιξε τον Μάιο και όλα τα ράφια παραδόθηκαν.",
    "Chinese letters": "图书馆于五月开放。所有书架均已交付。",
    "Arabic letters": "افتتحت المكتبة في مايو.",
    "direction marks": "\u202e\u202d\u200f\ufeff\u200b",
    "a lone surrogate": "\ud800",
    "repeated": "a" * 5_000,
    "markup": "<p><b></b></p> &nbsp; {{ }} []() ```",
    "100 000 letters": "x" * 100_000,
    "100 000 characters of Swedish": ("Uppdraget är genomfört och biblioteket är öppet. " * 2_100)[:100_000],
    "100 000 line breaks": "\n" * 100_000,
    "100 000 full stops": "." * 100_000,
}


@pytest.mark.parametrize("period", [None, SPRING, YEAR_END], ids=["no period", "spring", "year-end"])
@pytest.mark.parametrize("comment", ODD.values(), ids=ODD)
def test_what_is_no_comment_in_swedish_gets_no_light(comment: str, period: Period | None) -> None:
    for assignment in ("", "Öppna ett nytt bibliotek"):
        assessment = load_classifier().assess(comment, assignment, period)
        assert (assessment.colour, assessment.abstained) == (None, True)
        assert not assessment.evidence
        assert not assessment.against


@pytest.mark.parametrize("assignment", ["¹", "m²", "½", "٣", *(odd[:LONG_TITLE] for odd in ODD.values())])
def test_an_odd_title_breaks_nothing(assignment: str) -> None:
    assessment = load_classifier().assess("Uppdraget är slutfört.", assignment, YEAR_END)
    assert assessment.colour == "green"


@pytest.mark.parametrize(
    ("comment", "period", "colour"),
    [
        ("Klart.", YEAR_END, "green"),
        ("Ej påbörjat", YEAR_END, "red"),
        ("UPPDRAGET ÄR SLUTFÖRT", YEAR_END, "green"),
        ("🎉 Uppdraget är slutfört! 🎉", YEAR_END, "green"),
        ("Uppdraget är slutfo\u0308rt.", YEAR_END, "green"),
        ("  \n Uppdraget är slutfört.\r\n\r\n", YEAR_END, "green"),
    ],
)
def test_odd_looks_hide_no_status(comment: str, period: Period, colour: str) -> None:
    assessment = load_classifier().assess(comment, period=period)
    assert assessment.colour == colour
    _check_quotes(assessment, comment)


SENTENCES = ["Uppdraget är inte genomfört.", "Uppdraget är slutfört.", "Målet nås inte", "Bygglovet är överklagat"]
CLAUSES = ["Arbetet pågår", "men försenas till nästa år.", "och kommunen väntar på besked.", "delvis", "83 procent"]
SIGNS = ["🎉", "👍🏽", "a\u0308", "\u00a0", "\n", "\r\n", "• ", "1. ", "t.ex.", "\u200b", "…", "”", "§ 12", "!", "\x00"]
PIECES = st.sampled_from([*SENTENCES, *CLAUSES, *SIGNS])
TEXTS = st.one_of(st.text(max_size=100), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES).map("".join))
PERIODS = st.sampled_from([None, SPRING, AUTUMN, YEAR_END, Period(year=2023, as_of=date(2023, 6, 30))])


@settings(max_examples=150, deadline=None)
@given(comment=TEXTS, assignment=TEXTS, period=PERIODS)
def test_evidence_always_quotes_the_text(comment: str, assignment: str, period: Period | None) -> None:
    _check_quotes(load_classifier().assess(comment, assignment, period), comment)


@settings(max_examples=50, deadline=None)
@given(comment=TEXTS, start=st.one_of(st.none(), st.integers(0, 200)))
def test_evidence_quotes_the_text_whatever_phrase_was_found_before(comment: str, start: int | None) -> None:
    phrase = Phrase(text="Uppdraget utgår.", outcome="cancelled", start=start)
    _check_quotes(load_classifier().assess(comment, "", YEAR_END, phrase), comment)


def _check_quotes(assessment: Assessment, comment: str) -> None:
    for quoted in (assessment.evidence, assessment.against):
        assert [one.start for one in quoted] == sorted({one.start for one in quoted})
        for one in quoted:
            assert one.text == comment[one.start : one.end]
            assert one.text.strip()
            assert one.cue
    assert not {one.start for one in assessment.evidence} & {one.start for one in assessment.against}
    assert bool(assessment.evidence) >= bool(assessment.against)
    assert assessment.abstained == (assessment.colour is None)
