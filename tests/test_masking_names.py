"""Which names are masked, which are left, and how well that works on our own sentences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import AT_MOST, growth
from ljuskoll.corpora.names import load_name_sentences
from ljuskoll.corpora.sentences import parse_sentence
from ljuskoll.evaluation.masking import (
    MaskingFloors,
    load_masking_floors,
    masking_failures,
    measure_names,
    name_mistakes,
)
from ljuskoll.nlp.vocabulary.municipalities import municipality_names
from ljuskoll.service.masking import MASK, leaving, masked
from ljuskoll.service.masking.measured import NAME, NameFigures, shipped_figures, write_figures

MASKED = [
    # whole names, whatever stands around them
    "[Anna Svensson] har lämnat uppdraget.",
    "Uppdraget togs över av [Karl-Erik von Sydow].",
    "[Eva-Lena Borg-Nilsson] och [Ali Hassan] svarar för enkäten.",
    "[Björn Ek] har lagt om rutinerna.",
    "[Per Okänd-Svensson] är tillbaka.",
    "[Anna Svenssons] rapport är klar.",
    "[A. Svensson] och [P.-O. Ek] reserverade sig.",
    "Frågan bereds av [Zubaira Karlsson].",
    "Klart. [Anna Svensson Bo Ek Karin Holm]",
    # alone
    "[Kerstin] ringer runt.",
    "[Karlsson] har slutat.",
    "Frågan har ställts till [Per] och [Björn].",
    "Ansvarig: [Kerstin]",
    "Ansvarig: [Björn]",
    "Mvh [Berg]",
    # told by what stands before or after
    "Eleven [Quibble] har bytt skola.",
    "Mötet med fru [Berg] sköts upp.",
    "Läraren i slöjd, [Benny Granath], är sjuk.",
    "Anhöriga till [Ek] har hört av sig.",
    "Brukaren heter så, säger [Xandra Qvarn], 43 år.",
    "Biträdande rektor [Sofia Ek] följer upp.",
    "Tjänsten innehas av Tf rektor [Sofia Ek].",
    "[Quibra Zarnok], undersköterska, och [Xing Quo] (MP) avgick.",
    "Kontaktperson [Quib Zarnok] svarar.",
    "Mormor: [Quibra]. Fam. [Quorl] flyttar.",
    "Herr [von Essen] ringde.",
    # as tables and minutes write them
    "[LINDSKOG], [Eva-Britt] och [STURE BÄCKMAN] är frånvarande.",
    "| Kost | [Bajramović Edin] | [SVENSSON ANNA] |",
    "Vid pennan/[Anna Ek], [PG Andersson]",
    "Mvh\n//[Anna]",
    # an office of another kind is no public one
    "Byalagets ordförande [Siv Ek] avgick.",
]
LEFT = [
    # words that begin sentences
    "Per den 31 augusti var hälften klart.",
    "Mark och exploatering har sålt tomten.",
    "Dag för dag minskar kön.",
    "Linda in röret.",
    "Björn har setts vid förskolan.",
    "Inga medel har använts.",
    "I Rimberg finns tre skolor.",
    "Utskick sker via Mina meddelanden.",
    # places, schools, companies and things with persons' names
    "Karlsgatan och Sankt Eriks torg asfalteras.",
    "Anna Lindhs skola och Ellen Keys förskola är klara.",
    "Erik Dahlbergsgymnasiet har byggts ut.",
    "Katarina norra skola har ny matsal.",
    "Förskolan Alma och Ronja har fått nya gårdar.",
    "Johan Karlsson Bygg AB har gått i konkurs.",
    "Carl Larsson-gården lockar många.",
    "Enligt Lena-enkäten är de nöjda.",
    "Projektet Maria och stormen Alfrida kostade mest.",
    "Lex Sarah har tillämpats.",
    "Detaljplanen för Ludvigsberg är antagen.",
    "Ernst & Young har granskat.",
    "Kung Carl XVI Gustaf och Oscar II är avbildade.",
    "Ester, det nya e-tjänstebiblioteket, är öppet.",
    "Tyra och Viva är våra verksamhetssystem.",
    "Elin är namnet på lastbilen.",
    "Utställningen om Karin Boye och Pippi Långstrump visas i Stella.",
    "Hedvig Eleonora församling och Sofia kyrka är öppna.",
    "Enhetschef Hemtjänst Norr saknas i Mellanby, värden vet.",
    "Se https://granlunda.se/Anna/Ek.",
    # municipalities, boards, capitals
    "Nora, Lund och Mark har samma avtal.",
    "Barn- och utbildningsnämnden och Kommunstyrelsen är eniga.",
    "KARIN OCH BO: SAMMANFATTNING",
    "Handläggare Bygglov och Boende Solgården saknas.",
    "Ansvarig: Kommunstyrelsen",
    # officials in their office
    "Kommunstyrelsens ordförande Anna Svensson klippte bandet.",
    "Kommundirektör Lars Holm svarar.",
    "Anna Svensson, kommunalråd, inledde.",
    "Anna Svensson (S), kommunalråd, inledde.",
    "Peter Ek, barn- och utbildningschef, redovisar.",
    "Ordförande i tekniska nämnden är Jan Hagberg.",
    # no text
    "",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
]


@pytest.mark.parametrize("written", MASKED)
def test_names_are_masked_and_nothing_else(written: str) -> None:
    sentence = parse_sentence("name", written)
    assert sentence.marks
    mistakes = name_mistakes(sentence)
    assert (mistakes.missed, mistakes.false) == ((), ())


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_a_name_is_left(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("name", municipality_names())
def test_municipalities_are_left(name: str) -> None:
    for text in (name, f"{name} kommun", f"I {name} pågår arbetet med {name}."):
        assert masked(text) == text


def test_offsets_hold_and_spaces_within_a_name_are_masked_too() -> None:
    assert masked("Tack, Anna Svensson!") == f"Tack, {MASK * 13}!"


def test_names_that_are_allowed_stay_readable() -> None:
    text = "Anna Svensson mötte Bo Ek. Anna Svenssons svar dröjer, skriver Svensson."
    with leaving(frozenset({"Anna Svensson"})):
        shown = masked(text)
    assert masked(text) != shown
    assert shown == f"Anna Svensson mötte {MASK * 5}. Anna Svenssons svar dröjer, skriver {MASK * 8}."


def test_an_address_with_a_name_in_it_is_masked_whole() -> None:
    assert masked("Mejla Anna.Ek@granlunda.se nu") == f"Mejla {MASK * 20} nu"


@given(
    st.lists(
        st.sampled_from([*"AEÅ.,: -\n", "Anna", "Svensson", "von ", "eleven ", "AB", "s", ", 43 år", " och "]),
        max_size=30,
    )
)
def test_length_stays_whatever_is_masked(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = masked(text)
    assert len(shown) == len(text)
    assert all(one in (other, MASK) for one, other in zip(shown, text, strict=True))


@pytest.mark.parametrize("piece", ["A", "A ", "A.", "Anna ", "Anna, ", "Xx ", "Xx-", "af Ek ", "eleven ", "a b "])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    assert growth(masked, piece) < AT_MOST


def test_the_figures_that_are_told_are_those_measured() -> None:
    """Where this fails on purpose: `ljuskoll evaluate masking --pin`."""
    assert shipped_figures() == measure_names(load_name_sentences("test"))


def test_what_is_measured_passes_the_gate() -> None:
    measured = measure_names(load_name_sentences("test"))
    assert masking_failures(measured, load_masking_floors()) == ()
    assert masking_failures(measured, MaskingFloors(recall=1.01, precision=0)) != ()
    assert masking_failures(measured, MaskingFloors(recall=0, precision=1.01)) != ()


def test_sentences_written_while_building_work() -> None:
    measured = measure_names(load_name_sentences("dev"))
    assert measured.recall > 0.99 and measured.precision > 0.96


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_sentences_have_names_and_traps(split: str) -> None:
    sentences = load_name_sentences(split)  # type: ignore[arg-type]
    marked = sum(bool(one.marks) for one in sentences)
    assert marked >= 120 and len(sentences) - marked >= 120
    assert len({one.text for one in sentences}) == len(sentences)


def test_no_sentence_is_in_both_splits() -> None:
    assert not {one.text for one in load_name_sentences("dev")} & {one.text for one in load_name_sentences("test")}


@pytest.mark.parametrize(
    ("written", "missed", "false"),
    [
        ("Ring [Anna Svensson] nu.", 0, 0),
        ("Ring [Anna] Svensson nu.", 0, 1),
        ("[Igår ringde Anna Svensson] hit.", 1, 0),
        ("Ring Anna Svensson nu.", 0, 1),
        ("[Vintern] var kall.", 1, 0),
    ],
)
def test_a_name_counts_only_if_all_of_it_is_masked(written: str, missed: int, false: int) -> None:
    mistakes = name_mistakes(parse_sentence("name", written))
    assert (len(mistakes.missed), len(mistakes.false)) == (missed, false)


def test_figures_are_kept_as_they_are(tmp_path: Path) -> None:
    figures = shipped_figures()
    assert figures.percent == int(100 * figures.masked / figures.names)
    write_figures(figures, tmp_path)
    assert NameFigures.model_validate_json((tmp_path / NAME).read_text(encoding="utf-8")) == figures
