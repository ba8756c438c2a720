"""Where sentences end: abbreviations, figures, bullets, headings and line breaks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.sentences import split_sentences

# One "|" where a sentence ends.
SPLIT = [
    "Uppdraget är klart.| Arbetet fortsätter.",
    "Målet nås!| Eller?| Ja.",
    "Vi väntar ...| Sedan börjar det.",
    'Rektorn sade "nu räcker det."| Sedan gick hon.',
    "Taxan (den nya.)| Den gäller nu.",
    "Flera insatser har gjorts m.m.| Nästa steg är planen.",
    "Flytten var den 31 dec.| Därefter stängdes huset.",
    "Kostnaden är 3,5 mnkr.| Budgeten håller.",
    "Antalet ökade till 2 024.| Hälften var nya.",
    "Planen antogs 2024.| 12 skolor omfattas.",
    "Arbetet är klart.Nu följer nästa steg.".replace(".N", ".|N"),
    "Första stycket utan punkt\n\n|Andra stycket",
    "Måluppfyllelse\n|Målet är nått.",
    "Vi är klara.\nMen inte nöjda.".replace("\n", "|\n"),
    "Följande är gjort:\n|Planen är antagen",
    "Vi slutade på plats 2.| Det var bättre än i fjol.",
]

WHOLE = [
    "Vi har t.ex. köpt bilar och bl.a. bytt däck.",
    "Flera (t. ex. Ekskolan) har bytt.",
    "Nämnden, dvs. Kultur och fritid, har beslutat.",
    "Förseningen p.g.a. Regionens upphandling kvarstår.",
    "Andelen är ca. 3.5 procent.",
    "Mötet börjar kl. 9 i rum nr. 12 den 31 dec. 2024.",
    "Gäller fr.o.m. Maj t.o.m. Juni.",
    "Nämnden m.fl. har svarat.",
    "Ansvarig är A. Andersson på staben.",
    "Beslutet togs enligt kap. 3 och § 12.",
    "Priset är 12.50 kronor och datumet 2024.05.01.",
    "Uppdraget är\ngenomfört under våren",
    "Avtalet gäller för Ekefors och\nTallmora kommun.",
    "Avtalet gäller Ekefors,\nTallmora och Granåsa.",
    "Prioriterat: 1. Planen för alla.",
    "IT-\nAvdelningen har bytt.",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_sentences_end_here(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in split_sentences(text)] == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("text", WHOLE)
def test_no_sentence_ends_inside(text: str) -> None:
    assert split_sentences(text) == ((0, len(text)),)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("- Ett\n- Två", ["Ett", "Två"]),
        ("• Ett är klart.\n• Två", ["Ett är klart.", "Två"]),
        ("1. Ett.\n2. Två", ["Ett.", "Två"]),
        ("a) Ett\nb) Två", ["Ett", "Två"]),
        ("Vi gör detta:\n– ett\n– två", ["Vi gör detta:", "ett", "två"]),
    ],
)
def test_bullets_and_numbers_stand_outside(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize("text", ["", "   ", "\n\n \n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == ()


BULLET = re.compile(r"\(?(?:\d{1,2}[.)]|[A-Za-z]\))|[-–—•·*▪●◦‣»><]")


@given(st.text(alphabet="Aåb1 .,!\n-•:()tex", max_size=80) | st.text(max_size=120))
def test_sentences_are_in_order_and_lose_nothing_but_bullets(text: str) -> None:
    end = 0
    for start, stop in split_sentences(text):
        assert end <= start < stop
        assert text[start:stop] == text[start:stop].strip()
        assert not BULLET.sub("", text[end:start]).strip()
        end = stop
    assert not BULLET.sub("", text[end:]).strip()
