"""Comments read clause by clause: where clauses end, what they deny, what is about the title, what they state."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.models.clauses import Clause, read_sentences
from ljuskoll.models.statements import DECIDING, statement_of
from ljuskoll.models.titles import read_title
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.phrases import tokenise

SPRING, AUTUMN, YEAR_END = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))


def clauses(comment: str, assignment: str = "", period: Period | None = AUTUMN) -> list[tuple[str, Clause]]:
    """Each clause with its words."""
    return [
        (" ".join(sentence.tokens.words[clause.first : clause.last]).strip(" ,;:–-()"), clause)
        for sentence in read_sentences(comment, assignment, period)
        for clause in sentence.clauses
    ]


def statements(comment: str, assignment: str = "", period: Period | None = AUTUMN) -> list[str]:
    return [statement_of(clause) for _, clause in clauses(comment, assignment, period)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Scenen är klar, men läktaren saknas.", ["scenen är klar", "men läktaren saknas"]),
        ("Vägen är öppen och skyltarna är uppsatta.", ["vägen är öppen", "och skyltarna är uppsatta"]),
        ("Scenen är klar. Läktaren väntar.", ["scenen är klar", "läktaren väntar"]),
        ("Röda, gröna och blå bodar är målade.", ["röda , gröna och blå bodar är målade"]),
        ("Planen är antagen och skickad till nämnden.", ["planen är antagen och skickad till nämnden"]),
        ("Klart.", ["klart"]),
    ],
)
def test_a_clause_ends_at_a_joint_where_another_verb_follows(comment: str, expected: list[str]) -> None:
    assert [words for words, _ in clauses(comment)] == expected


@pytest.mark.parametrize("comment", ["", "   ", "\n"])
def test_an_empty_comment_has_no_sentences(comment: str) -> None:
    assert read_sentences(comment, "Bygga en läktare", AUTUMN) == ()


@pytest.mark.parametrize(
    ("comment", "denied"),
    [
        ("Läktaren är inte klar.", [True]),
        ("Läktaren är ej byggd.", [True]),
        ("Ingen läktare har byggts.", [True]),
        ("Läktaren är klar.", [False]),
        ("Läktaren är inte klar, men scenen är målad.", [True, False]),
        ("Scenen är målad, men läktaren är inte klar.", [False, True]),
        ("Inte minst läktaren är uppskattad.", [False]),
        ("Besiktningen gick utan anmärkning.", [False]),
        ("Läktaren är inte oanvändbar.", [True]),
    ],
)
def test_a_denial_reaches_its_own_clause(comment: str, denied: list[bool]) -> None:
    assert [clause.denied for _, clause in clauses(comment)] == denied


@pytest.mark.parametrize(("times", "denied"), [(0, False), (1, True), (2, False), (3, True)])
def test_two_denials_take_each_other_out(times: int, denied: bool) -> None:
    assert Clause(0, 5, seen=["outcome", *["negation"] * times]).denied is denied


@pytest.mark.parametrize(
    ("assignment", "word", "mentioned"),
    [
        ("Ta fram en kulturmiljöplan", "kulturmiljöplanen", True),
        ("Ta fram en kulturmiljöplan", "kulturmiljön", True),
        ("Ta fram en vattenplan", "vattenplanens", True),
        ("Rusta upp badplatsen", "badplatsen", True),
        ("Rusta upp badplatsen", "badplatserna", True),
        ("Öppna ett bibliotek", "barnbiblioteket", True),
        ("Öppna ett bibliotek", "biblioteket", True),
        ("Öppna ett bibliotek", "skolan", False),
        ("Öppna ett bibliotek", "och", False),
        ("Rusta upp badplatsen", "parkeringen", False),
        ("Bygga ut fibernätet", "ut", False),
        ("Nya bryggor i Ed och på Brorön", "ed", True),
        ("Nya bryggor i Ed och på Brorön", "brorön", True),
        ("Nya bryggor i Ed och på Brorön", "nya", False),
        ("Nya bryggor i Ed och på Brorön", "och", False),
        ("", "biblioteket", False),
    ],
)
def test_words_that_mention_the_title(assignment: str, word: str, mentioned: bool) -> None:
    assert bool(read_title(assignment).mentions([word])) is mentioned


@pytest.mark.parametrize(
    ("comment", "assignment", "about"),
    [
        ("Badplatsen är rustad, men toaletterna saknas.", "Rusta upp badplatsen", [True, False]),
        ("Toaletterna saknas, men badplatsen är rustad.", "Rusta upp badplatsen", [False, True]),
        ("Vädret har varit fint.", "Rusta upp badplatsen", [False]),
        ("Vädret har varit fint.", "", [False]),
    ],
)
def test_clauses_about_the_title(comment: str, assignment: str, about: list[bool]) -> None:
    assert [clause.about for _, clause in clauses(comment, assignment)] == about


@pytest.mark.parametrize(
    ("comment", "statement"),
    [
        ("Uppdraget utgår.", "cancelled"),
        ("Uppdraget utgår inte.", "kept"),
        ("Arbetet har inte påbörjats.", "unbegun"),
        ("Ej påbörjat.", "unbegun"),
        ("Uppdraget är delvis genomfört.", "part"),
        ("Läktaren är inte byggd.", "denied_outcome"),
        ("Läktaren kommer inte att byggas i år.", "denied_forecast"),
        ("Det finns risk att läktaren dröjer.", "doubt"),
        ("Det är osäkert om läktaren hinner byggas.", "doubt"),
        ("Läktaren byggs nästa år.", "next_year"),
        ("Bygget står still.", "stuck"),
        ("Bygget är försenat.", "moved"),
        ("Ingen försening väntas.", "no_harm"),
        ("Arbetet löper enligt plan.", "plan"),
        ("Uppdraget är slutfört.", "done"),
        ("Läktaren invigdes i maj.", "done"),
        ("Nämnden avslog överklagandet.", "appeal_refused"),
    ],
)
def test_what_a_clause_states(comment: str, statement: str) -> None:
    (found,) = statements(comment)
    assert found == statement
    assert found in DECIDING


@pytest.mark.parametrize(
    ("comment", "statement"),
    [
        ("Stenen utgår från brottet i Berga.", "done"),
        ("Uppdraget utgår inte.", "cancelled"),
        ("Läktaren är inte klar.", "done"),
        ("Läktaren är delvis klar.", "done"),
        ("Läktaren blir klar nästa år.", "done"),
        ("Läktaren väntas bli klar i oktober.", "done"),
        ("Läktaren kanske blir klar.", "done"),
        ("Läktaren blir klar om bidraget kommer.", "done"),
        ("Ingen försening väntas.", "moved"),
        ("Arbetet har påbörjats.", "unbegun"),
        ("Nämnden avslog överklagandet.", "refused"),
        ("Uppdraget är genomfört.", "part"),
        ("Kommunen har fyra simhallar.", "done"),
    ],
)
def test_what_a_clause_does_not_state(comment: str, statement: str) -> None:
    assert statement not in statements(comment)


@pytest.mark.parametrize(
    ("assignment", "comment", "statement"),
    [
        ("Minst 80 procent nöjda gäster", "Andelen nöjda blev 83 procent.", "met"),
        ("Minst 80 procent nöjda gäster", "Andelen nöjda blev 71 procent.", "missed"),
        ("Högst 20 dagars väntan", "Väntan blev 26 dagar.", "missed"),
        ("Rusta upp tolv lekparker", "Tre av tolv lekparker är upprustade.", "part_few"),
    ],
)
def test_figures_come_before_other_words(assignment: str, comment: str, statement: str) -> None:
    assert statements(comment, assignment, YEAR_END) == [statement]


def test_each_clause_of_a_turn_states_its_own() -> None:
    assert statements("Läktaren är inte byggd, men scenen är invigd.") == ["denied_outcome", "done"]


def test_background_decides_nothing() -> None:
    assert DECIDING.isdisjoint(("told", "present", "nothing", "background"))


WORDS = st.sampled_from(
    [
        "läktaren",
        "är",
        "inte",
        "klar",
        ",",
        "men",
        ".",
        "och",
        "12",
        "av",
        "utgår",
        "nästa år",
        "om",
        "(",
        "–",
        "\n",
        "ej",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join))


@settings(deadline=None)
@given(comment=TEXTS, assignment=TEXTS, period=st.sampled_from([None, SPRING, AUTUMN, YEAR_END]))
def test_clauses_divide_any_text(comment: str, assignment: str, period: Period | None) -> None:
    end = 0
    for sentence in read_sentences(comment, assignment, period):
        assert end <= sentence.start < sentence.end <= len(comment)
        end = sentence.end
        assert sentence.tokens.words == tokenise(comment, sentence.start, sentence.end).words
        last = 0
        for clause in sentence.clauses:
            assert clause.first == last
            last = clause.last
            assert statement_of(clause)
        assert last == len(sentence.tokens)
        assert all(0 <= tag.first < tag.last <= len(sentence.tokens) for tag in sentence.tags)
