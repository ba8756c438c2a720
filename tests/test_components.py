"""The spaCy components: found by name, right spans and labels, on any tokens, and the same after a round trip."""

import pickle
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.api import ConfigValidationError

from ljuskoll.nlp.language.factory import TagComponent
from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.nlp.language.sentences import split_sentences

CONFIGS: dict[str, dict[str, Any]] = {
    "ljuskoll_sentences": {},
    "ljuskoll_status": {"extra": {"allt frid och fröjd": "on_track"}, "year": 2024},
    "ljuskoll_assertion": {},
    "ljuskoll_tense": {},
    "ljuskoll_times": {"period": {"year": 2024, "tertial": 2}},
    "ljuskoll_contrast": {},
    "ljuskoll_topic": {},
    "ljuskoll_targets": {"assignment": "Minst 90 procent av gästerna ska vara nöjda", "year": 2024},
}
TAGGERS = [name for name in CONFIGS if name not in ("ljuskoll_sentences", "ljuskoll_status")]
COMMENT = (
    "Uppdraget är delvis genomfört.\n- Kajen har målats men räcket är inte klart.\n"
    "Resten väntas bli klar under 2025. Av gästerna är 93 procent nöjda; allt frid och fröjd."
)


def pipeline(*names: str) -> Language:
    nlp = spacy.blank("sv")
    for name in names:
        nlp.add_pipe(name, config=CONFIGS[name])
    return nlp


def read(spans: list[Span]) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in spans]


def seen(doc: Doc) -> dict[str, Any]:
    """All that the components have written."""
    groups = {name: [(span.label_, span.start, span.end) for span in group] for name, group in doc.spans.items()}
    return {"sentences": [sentence.text for sentence in doc.sents], "status": doc._.ljuskoll_status, **groups}


def unmarked(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The text and its (label, words), from a text with marks such as "Bron är [negation: inte] klar."."""
    mark = re.compile(r"\[(\w+): ([^\[\]]+)\]")
    text = mark.sub(r"\2", marked)
    assert not set(text) & set("[]"), "a mark is not closed"
    return text, mark.findall(marked)


def test_each_component_is_an_entry_point() -> None:
    found = entry_points(group="spacy_factories")
    assert {point.name for point in found if point.name.startswith("ljuskoll")} == set(CONFIGS)


def test_spacy_finds_them_by_name_alone_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, spacy; nlp = spacy.blank('sv')\n"
        f"for name in {list(CONFIGS)}: nlp.add_pipe(name)\n"
        "heavy = {'sklearn', 'pandas', 'pyarrow', 'pdfplumber', 'docx', 'openpyxl', 'lxml', 'PIL'} & set(sys.modules)\n"
        "rooms = {name for name in sys.modules if name.startswith(('ljuskoll.models', 'ljuskoll.service'))}\n"
        "print(nlp.pipe_names, heavy, rooms)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == f"{list(CONFIGS)} set() set()"


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("assertion", "Bryggan är [negation: inte] målad. Båthuset är [partial: delvis] lagat."),
        ("assertion", "Det är [uncertainty: osäkert] när färjan kommer."),
        ("assertion", "Lekplatsen öppnar [condition: om] sanden levereras."),
        ("assertion", "Inte minst köken har sparat el. Bryggan är målad."),
        ("tense", "Kajen [outcome: har målats]. Fyren [forecast: beräknas bli] klar."),
        ("tense", "Kajen är röd."),
        ("times", "Färjan byts [next_year: 2025]. Kajen målades [earlier_year: 2023]."),
        ("times", "Kajen målas i [this_year: oktober] och fyren [next_year: nästa år]."),
        ("times", "Färjan rymmer 2025 personer."),
        ("times", "Kajen är röd."),
        ("contrast", "Kajen är klar [contrast: men] fyren dröjer. Färjan går [contrast: dock]."),
        ("contrast", "Kajen är klar och fyren är lagad."),
        ("topic", "[whole: Uppdraget] är genomfört. [part: Förstudien] är klar."),
        ("topic", "Uppdraget nämns i planen. Solen sken över kajen."),
        ("targets", "Andelen nöjda gäster är [met: 93] procent. I våras var den [missed: 85] procent."),
        ("targets", "Resultatet 2022 var 85 procent. Vi har 12 lokaler."),
    ],
)
def test_spans_and_labels(name: str, marked: str) -> None:
    text, expected = unmarked(marked)
    doc = pipeline(f"ljuskoll_{name}")(text)
    assert list(doc.spans) == [f"ljuskoll_{name}"]
    assert read(list(doc.spans[f"ljuskoll_{name}"])) == expected


@pytest.mark.parametrize(
    "sentences",
    [
        ["Kajen är klar. ", "Fyren, dvs. lampan, dröjer."],
        ["Läget:\n", "- Kajen är klar.\n", "- Fyren dröjer.\n"],
        ["1. Kajen är klar.\n", "2. Fyren dröjer."],
        ["\n Kajen är klar."],
        ["Kajen är klar.\n- \n"],
        ["Kajen är klar.", "Fyren dröjer."],
        ["Kl. 10.30 den 1 maj öppnar kajen enl. plan."],
        ["Kajen är klar!  ", "Fyren dröjer."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    doc = pipeline("ljuskoll_sentences")("".join(sentences))
    assert [doc[sentence.start : sentence.end].text_with_ws for sentence in doc.sents] == sentences


@pytest.mark.parametrize(
    ("name", "text", "spans"),
    [
        ("ljuskoll_assertion", "Kajen är lagad;inte fyren.", [("negation", "lagad;inte")]),
        ("ljuskoll_assertion", "Kajen är klar.”Fyren är inte klar.”", [("negation", "inte")]),
        ("ljuskoll_status", "Vi vilar.”Uppdraget är genomfört.”", [("completed", "vilar.”Uppdraget är genomfört.”")]),
        ("ljuskoll_topic", "Vi vilar.(Uppdraget är genomfört.", [("whole", "vilar.(Uppdraget")]),
    ],
)
def test_where_tokens_are_glued_spans_are_wider(name: str, text: str, spans: list[tuple[str, str]]) -> None:
    doc = pipeline(name)(text)
    assert read(list(doc.spans[name])) == spans


def test_a_token_with_the_end_of_a_sentence_belongs_to_it() -> None:
    doc = pipeline("ljuskoll_sentences")("Kajen är klar.”Fyren är inte klar.” Mer följer.")
    assert [sentence.text for sentence in doc.sents] == ["Kajen är klar.”Fyren", "är inte klar.”", "Mer följer."]


def test_any_tokens_will_do() -> None:
    nlp = pipeline(*CONFIGS)
    words = ["Kajen är inte", "gul", ".", "Uppdraget", "utgår."]
    doc = nlp(Doc(nlp.vocab, words=words, spaces=[True, False, True, True, False]))
    assert read(list(doc.spans["ljuskoll_assertion"])) == [("negation", "Kajen är inte")]
    assert read(list(doc.spans["ljuskoll_status"])) == [("cancelled", "Uppdraget utgår.")]
    assert [len(sentence) for sentence in doc.sents] == [3, 2]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "•", "- \n- "])
def test_docs_without_words(text: str) -> None:
    doc = pipeline(*CONFIGS)(text)
    assert doc.text == text
    assert len(list(doc.sents)) == min(1, len(doc))
    assert {name: list(group) for name, group in doc.spans.items()} == {name: [] for name in list(CONFIGS)[1:]}


def test_only_the_call_writes() -> None:
    nlp = pipeline(*CONFIGS)
    doc = nlp.make_doc(COMMENT)
    for name in CONFIGS:
        assert list(nlp.get_pipe(name).process(doc)), name  # type: ignore[attr-defined]
    assert not doc.spans and not doc.has_annotation("SENT_START")
    assert doc._.ljuskoll_status == []


def test_a_second_call_changes_nothing_and_leaves_what_others_wrote() -> None:
    nlp = pipeline(*CONFIGS)
    doc = nlp(COMMENT)
    doc.spans["annat"] = [doc[0:1]]
    before = seen(doc)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert seen(doc) == before


def test_sentences_come_before_a_parser() -> None:
    nlp = pipeline("ljuskoll_sentences")
    parsed = Doc(nlp.vocab, words=["Kajen", "dröjer"], heads=[1, 1], deps=["nsubj", "ROOT"])
    with pytest.raises(ValueError, match="before the parser"):
        nlp(parsed)


@pytest.mark.parametrize(
    ("name", "config", "marked"),
    [
        ("times", {}, "Färjan byts 2025."),
        ("times", {"period": {"year": 2024}}, "Färjan byts [next_year: 2025]."),
        ("times", {"period": {"year": 2025}}, "Färjan byts [this_year: 2025]."),
        ("targets", {}, "Vi fick 12 klagomål år 2024."),
        ("targets", {"assignment": "Högst 10 klagomål"}, "Vi fick [missed: 12] klagomål."),
        ("targets", {"assignment": "Högst 15 klagomål"}, "Vi fick [met: 12] klagomål."),
        ("targets", {"assignment": "Högst 10 klagomål", "year": 2024}, "Vi fick [missed: 12] klagomål år 2024."),
        ("targets", {"assignment": "Högst 10 klagomål", "year": 2025}, "Vi fick 12 klagomål år 2024."),
        ("status", {}, "[off_track: Uppdraget beräknas vara klart i mars 2025.] Allt är toppen."),
        ("status", {"year": 2025}, "[on_track: Uppdraget beräknas vara klart i mars 2025.] Allt är toppen."),
        ("status", {"extra": {"toppen": "completed"}}, "Vi vilar. [completed: Allt är toppen.]"),
    ],
)
def test_configs_count(name: str, config: dict[str, Any], marked: str) -> None:
    text, expected = unmarked(marked)
    nlp = spacy.blank("sv")
    nlp.add_pipe(f"ljuskoll_{name}", config=config)
    doc = nlp(text)
    assert read(list(doc.spans[f"ljuskoll_{name}"])) == expected


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("ljuskoll_times", {"period": {"yaer": 2024}}),
        ("ljuskoll_times", {"period": {"year": 1066}}),
        ("ljuskoll_times", {"period": {"year": 2024, "tertial": 4}}),
        ("ljuskoll_times", {"period": "T2 2024"}),
        ("ljuskoll_targets", {"assignment": None}),
        ("ljuskoll_targets", {"year": "i år"}),
        ("ljuskoll_tense", {"year": 2024}),
    ],
)
def test_configs_that_cannot_be(name: str, config: dict[str, Any]) -> None:
    with pytest.raises((ConfigValidationError, ValidationError)):
        spacy.blank("sv").add_pipe(name, config=config)


def test_a_pipeline_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    nlp = pipeline(*CONFIGS)
    nlp.to_disk(tmp_path / "modell")
    again = spacy.load(tmp_path / "modell")
    assert again.pipe_names == list(CONFIGS)
    for name, config in CONFIGS.items():
        stored = again.get_pipe_config(name)
        assert {key: stored[key] for key in config} == config
    expected = seen(nlp(COMMENT))
    assert all(expected.values())
    assert seen(again(COMMENT)) == expected
    assert seen(pipeline(*CONFIGS).from_disk(tmp_path / "modell")(COMMENT)) == expected


def test_a_doc_is_the_same_after_a_round_trip() -> None:
    nlp = pipeline(*CONFIGS)
    doc = nlp(COMMENT)
    assert seen(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == seen(doc)


@pytest.mark.parametrize("name", CONFIGS)
def test_components_can_be_sent_to_other_processes(name: str) -> None:
    nlp = pipeline(name)
    component = nlp.get_pipe(name)
    doc, other = component(nlp.make_doc(COMMENT)), pickle.loads(pickle.dumps(component))(nlp.make_doc(COMMENT))
    assert other.to_bytes() == doc.to_bytes() != nlp.make_doc(COMMENT).to_bytes()


def test_docs_in_a_stream() -> None:
    nlp = pipeline(*CONFIGS)
    texts = ["", COMMENT, "Uppdraget utgår.", COMMENT]
    found = [seen(doc) for doc in nlp.pipe(texts, n_process=1, batch_size=2)]
    assert found == [seen(nlp(text)) for text in texts]
    assert found[1] == found[3] != found[2]


PIECES = st.sampled_from(
    [*re.findall(r"\S+|\s", COMMENT), "inte;", "klar.”Uppdraget", "nästa", "år", "12", "%", "t.ex.", "!", "•", "\n\n"]
)
ALL = pipeline(*CONFIGS)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=100))
def test_any_text_is_survived_and_every_find_is_covered(text: str) -> None:
    doc = ALL(text)
    for name in TAGGERS:
        component = ALL.get_pipe(name)
        assert isinstance(component, TagComponent)
        finds = []
        for start, end in split_sentences(text):
            tokens = tokenise(text, start, end)
            finds += [
                (tag.kind, tokens.spans[tag.first][0], tokens.spans[tag.last - 1][1]) for tag in component.find(tokens)
            ]
        spans = list(doc.spans[name])
        assert [span.label_ for span in spans] == [kind for kind, _, _ in finds]
        for span, (_, start, end) in zip(spans, finds, strict=True):
            assert span.start_char <= start < end <= span.end_char
            assert start < span[0].idx + len(span[0]) and end > span[-1].idx


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=100))
def test_a_sentence_begins_with_the_first_token_after_the_one_before(text: str) -> None:
    doc = ALL(text)
    words = [token for token in doc if not token.is_space]
    after = [[token.i for token in words if token.idx >= end] for _, end in split_sentences(text)[:-1]]
    expected = {0, *(places[0] for places in after if places)}
    assert [token.i for token in doc if token.is_sent_start] == sorted(expected)[: len(doc)]
