import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.phrases import tokenise


def found(sentence: str) -> list[tuple[str, str]]:
    tokens = tokenise(sentence)
    return [
        (tag.kind, sentence[tokens.spans[tag.first][0] : tokens.spans[tag.last - 1][1]])
        for tag in find_assertion(tokens)
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("Cykelgaraget har ej byggts.", "negation", "ej"),
        ("Beslutet togs utan att någon hördes.", "negation", "utan att"),
        ("Varken takt eller kvalitet räcker.", "negation", "Varken"),
        ("Växthusen är delvis resta.", "partial", "delvis"),
        ("Planen är inte fullt ut genomförd.", "partial", "inte fullt ut"),
        ("Fyra av nio bodar är målade.", "partial", "Fyra av nio"),
        ("Lekplatsen öppnar om sanden levereras.", "condition", "om"),
        ("Om inte hissen lagas stänger huset.", "condition", "Om inte"),
        ("Uteblir bidraget läggs kursen ned.", "condition", "Uteblir"),
        ("Vid uteblivet bidrag läggs kursen ned.", "condition", "Vid uteblivet"),
        ("Några av rampgjutningarna är klara.", "partial", "Några av"),
        ("Rutinen används i viss utsträckning.", "partial", "viss utsträckning"),
        ("Målet är uppnått till viss del eftersom isen höll.", "partial", "viss del"),
        ("Listan är betad till 70 procent.", "partial", "70 procent"),
        ("Brevet har inte nått ut i avsedd omfattning.", "partial", "inte nått ut i avsedd omfattning"),
        ("Starten hänger på att avtalet skrivs.", "condition", "hänger på att"),
        ("Det finns risk att fönstren dröjer.", "uncertainty", "risk att"),
        ("Flytten kan komma att skjutas upp.", "uncertainty", "kan komma att"),
        ("Det är långt ifrån säkert att isen bär.", "uncertainty", "långt ifrån säkert"),
    ],
)
def test_words_that_qualify_a_statement(sentence: str, kind: str, words: str) -> None:
    assert (kind, words) in found(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Inte minst köken har sparat el.", "negation"),
        ("Planen är inte fullt ut genomförd.", "negation"),
        ("Om inte hissen lagas stänger huset.", "negation"),
        ("Provet gick utan anmärkning.", "negation"),
        ("Affischen ”Ingen ska behöva vänta” sattes upp.", "negation"),
        ("Nio av nio bodar är målade.", "partial"),
        ("Nästan 300 personer såg paraden.", "partial"),
        ("Hälften av invånarna bor i villa.", "partial"),
        ("Kostnaden minskade med hälften.", "partial"),
        ("Några av traktens största företag deltog.", "partial"),
        ("Bidraget täcker delvis hyran.", "partial"),
        ("Kön har nästan halverats.", "partial"),
        ("I delar av hamnområdet är marken förorenad.", "partial"),
        ("Kostnaden steg till viss del på grund av elpriset.", "partial"),
        ("Starten dröjde på grund av uteblivet besked.", "condition"),
        ("Beslutet om nya taxor gäller från juli.", "condition"),
        ("Om tre veckor öppnar kiosken.", "condition"),
        ("Nämnden undersöker i vår om hyran kan sänkas.", "condition"),
        ("Huset byggdes om under vintern.", "condition"),
        ("Även om starten dröjde är vi i fas.", "condition"),
        ("Det är ingen risk att isen brister.", "uncertainty"),
        ("Risk- och sårbarhetsanalysen är klar.", "uncertainty"),
        ("Elever kan låna skidor.", "uncertainty"),
    ],
)
def test_words_that_only_look_like_it(sentence: str, kind: str) -> None:
    assert kind not in [one for one, _ in found(sentence)]


_WORDS = st.sampled_from(
    ["om", "inte", "delvis", "av", "två", "3", ",", "”", "risk", "vi", "blir", "hälften", "?", "är"]
)


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)))
def test_any_text_gives_tags_in_order_and_within_range(text: str) -> None:
    tokens = tokenise(text)
    tags = find_assertion(tokens)
    assert tags == sorted(tags, key=lambda tag: tag.first)
    assert all(0 <= tag.first < tag.last <= len(tokens) for tag in tags)
