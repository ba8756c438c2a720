"""The corpora: their loaders, how their splits are kept apart, and how varied and alike their texts are."""

import ast
import itertools
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ljuskoll.corpora.comments import Comment, Split, corpus_fingerprint, load_comments, parse_comments
from ljuskoll.corpora.contrasts import Split as ContrastSplit
from ljuskoll.corpora.contrasts import load_groups, load_pairs
from ljuskoll.corpora.sentences import PHENOMENA, SentenceSplit, load_sentences, parse_sentence
from ljuskoll.corpora.statistics import (
    agreement,
    longest_shared_run,
    near_duplicates,
    vocabulary,
    words_in,
)
from ljuskoll.models.lights import light_of

ROOT = Path(__file__).parents[1]
ROOMS = ("nlp", "models", "corpora", "service", "scripts")
LOADERS = tuple(f"corpora/{name}.py" for name in ("comments", "contradictions", "contrasts", "names", "sentences"))
SPLITS: tuple[Split, ...] = get_args(Split)
ROW: dict[str, Any] = {
    "id": "provskrivaren-001",
    "voice": "provskrivaren",
    "municipality": "Granköpa",
    "board": "Kulturnämnden",
    "kind": "assignment",
    "assignment": "Öppna ett nytt bibliotek",
    "period": "T2",
    "comment": "Biblioteket öppnade i mars.",
    "outcome": "completed",
    "hard": False,
}


@cache
def every_comment() -> tuple[Comment, ...]:
    return tuple(one for split in SPLITS for one in load_comments(split))


@cache
def authors(split: Split) -> frozenset[str]:
    """Everyone who wrote anything in this split: comments, pairs or groups."""
    found = {one.voice for one in load_comments(split)}
    if split != "dev":
        found |= {one.author for one in load_pairs(split)}
        found |= {one.id.rpartition("-")[0] for one in load_groups(split)}
    return frozenset(found)


@cache
def texts(split: Split) -> tuple[tuple[str, str], ...]:
    """All comments of a split, of pairs and groups too, with what they belong to."""
    found = [(one.id, one.comment) for one in load_comments(split)]
    if split != "dev":
        found += [(f"pair {one.id}", side.comment) for one in load_pairs(split) for side in (one.a, one.b)]
        found += [(f"group {one.id}", text.comment) for one in load_groups(split) for text in one.variants]
    return tuple(found)


# --- comments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("split", "fewest"), [("train", 1000), ("dev", 150), ("test", 300)])
def test_a_split_is_sorted_and_large_and_has_unique_ids(split: Split, fewest: int) -> None:
    ids = [comment.id for comment in load_comments(split)]
    assert len(ids) >= fewest
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("split", SPLITS)
def test_every_author_has_every_outcome(split: Split) -> None:
    comments = load_comments(split)
    voices = {comment.voice for comment in comments}
    outcomes = {comment.outcome for comment in comments}
    assert len(outcomes) == 7
    assert {(one.voice, one.outcome) for one in comments} == set(itertools.product(voices, outcomes))


def test_ids_begin_with_their_author_and_no_comment_stands_twice() -> None:
    comments = every_comment()
    assert all(comment.id.startswith(comment.voice + "-") for comment in comments)
    assert len({comment.id for comment in comments}) == len({comment.comment for comment in comments}) == len(comments)


def test_every_comment_has_two_raw_labels_and_one_of_them_was_settled() -> None:
    for one in every_comment():
        assert one.first and one.second, one.id
        assert one.outcome in (one.first, one.second), one.id


def test_the_period_is_the_end_of_the_tertial() -> None:
    (comment,) = parse_comments([ROW])
    assert comment.period.as_of is not None
    assert (comment.tertial, comment.period.as_of.month, comment.period.as_of.day) == (2, 8, 31)


def test_two_comments_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="provskrivaren-001"):
        parse_comments([ROW, {**ROW, "comment": "Något annat."}])


def test_raw_labels_stand_beside_the_settled_one() -> None:
    (comment,) = parse_comments([{**ROW, "first": "completed", "second": "partial"}])
    assert (comment.outcome, comment.first, comment.second) == ("completed", "completed", "partial")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("period", "T4"), ("outcome", "done"), ("kind", "task"), ("comment", ""), ("hard", None), ("extra", 1)),
        *(("first", "done"), ("second", ""), ("phenomenon", "irony"), ("municipality", "")),
    ],
)
def test_a_row_with_a_wrong_field_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        parse_comments([{**ROW, field: value}])


def test_the_fingerprint_follows_the_texts_and_not_their_order_or_raw_labels() -> None:
    other = {**ROW, "id": "provskrivaren-002", "comment": "Bygget har inte börjat."}
    both = parse_comments([ROW, other])
    assert corpus_fingerprint(both) == corpus_fingerprint(both[::-1]) == corpus_fingerprint(both[:1], both[1:])
    assert corpus_fingerprint(both) == corpus_fingerprint(parse_comments([{**ROW, "second": "partial"}, other]))
    assert corpus_fingerprint(both) != corpus_fingerprint(parse_comments([ROW, {**other, "outcome": "partial"}]))
    assert corpus_fingerprint(both) != corpus_fingerprint(both, load_pairs()[:1])


# --- pairs, groups, sentences -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("split", get_args(ContrastSplit))
def test_the_sides_of_a_pair_support_different_lights_and_differ_a_little(split: ContrastSplit) -> None:
    pairs = load_pairs(split)
    assert len(pairs) == len({pair.id for pair in pairs}) >= 150
    for pair in pairs:
        lights = [light_of(side.outcome, side.period) for side in (pair.a, pair.b)]
        assert lights[0] != lights[1], pair.id
        first, second = (Counter(words_in(f"{side.assignment} {side.comment}")) for side in (pair.a, pair.b))
        assert (first & second).total() >= min(first.total(), second.total()) / 3, pair.id


@pytest.mark.parametrize("split", get_args(ContrastSplit))
def test_the_variants_of_a_group_differ_in_something(split: ContrastSplit) -> None:
    groups = load_groups(split)
    assert len(groups) == len({group.id for group in groups}) >= 50
    for group in groups:
        assert len({(one.assignment, one.comment, one.tertial) for one in group.variants}) == len(group.variants)


@pytest.mark.parametrize("split", get_args(SentenceSplit))
def test_every_phenomenon_has_sentences_with_marks_and_without(split: SentenceSplit) -> None:
    rows = load_sentences(split)
    for phenomenon in {row.phenomenon for row in rows}:
        assert phenomenon in PHENOMENA
        marked = {bool(row.marks or row.outcome) for row in rows if row.phenomenon == phenomenon}
        assert marked == {True, False}, phenomenon


def test_no_sentence_but_bare_statuses_is_in_both_splits() -> None:
    dev, test = ({row.text for row in load_sentences(split)} for split in get_args(SentenceSplit))
    assert not [text for text in dev & test if len(words_in(text)) > 3]


@pytest.mark.parametrize(
    ("phenomenon", "written", "text", "marks"),
    [
        ("negation", "Bron är [inte] klar.", "Bron är inte klar.", [("negation", "inte")]),
        ("tense", "Den [ska]{forecast} stå.", "Den ska stå.", [("forecast", "ska")]),
        (
            *("time", "[I år]{this_year} och [nästa]{next_year}.", "I år och nästa."),
            [("this_year", "I år"), ("next_year", "nästa")],
        ),
        ("negation", "Inte minst elever kom.", "Inte minst elever kom.", []),
        ("sentences", "Bron är klar. | Vägen väntar.", "Bron är klar. Vägen väntar.", [("sentences", "V")]),
    ],
)
def test_marks_are_taken_out_of_the_text(
    phenomenon: str, written: str, text: str, marks: list[tuple[str, str]]
) -> None:
    parsed = parse_sentence(phenomenon, written)
    assert parsed.text == text
    assert [(mark.kind, text[mark.start : mark.end]) for mark in parsed.marks] == marks


@pytest.mark.parametrize("written", ["Bron är [inte klar.", "Bron är inte] klar.", "Bron [är [inte] klar."])
def test_a_mark_that_is_not_closed_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not closed"):
        parse_sentence("negation", written)


# --- the splits are kept apart ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SPLITS, 2)))
def test_no_voice_and_no_municipality_is_in_two_splits(one: Split, other: Split) -> None:
    for first, second in itertools.product(load_comments(one), load_comments(other)):
        assert first.voice != second.voice
        assert first.municipality != second.municipality


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SPLITS, 2)))
def test_no_author_of_anything_is_in_two_splits(one: Split, other: Split) -> None:
    assert not authors(one) & authors(other)


def test_what_is_measured_on_was_not_learnt_from() -> None:
    learnt = [("learnt", text) for split in ("train", "dev") for _, text in texts(split)]
    measured = [("measured", text) for _, text in texts("test")]
    assert len(longest_shared_run([*learnt, *measured])) < 10
    assert not near_duplicates([*learnt, *measured])


def splits_named(source: str) -> list[str]:
    """Where Python text names the test split: as a word or a folder in a text, or by the types that list the splits."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += re.findall(r"(?:^|/)test(?:/|$)", node.value)
        names = [one.name for one in node.names] if isinstance(node, ast.ImportFrom) else []
        found += [name for name in names if name.endswith("Split")]
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("load_comments('test')", 1),
        ("split = 'test' if late else 'dev'", 1),
        ("folder / 'data/comments/test'", 1),
        ("f'comments/test/{name}'", 1),
        ("from ljuskoll.corpora.comments import Split", 1),
        ("def test(): 'A test of the split.'", 0),
        ("load_comments('dev')  # never 'test'", 0),
        ("'latest/tests'", 0),
    ],
)
def test_a_name_of_the_test_split_is_seen(source: str, found: int) -> None:
    assert len(splits_named(source)) == found


def test_nothing_but_the_evaluation_names_the_test_split() -> None:
    sources = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(sources) > 100
    named = {path.relative_to(ROOT).as_posix() for path in sources if splits_named(path.read_text(encoding="utf-8"))}
    assert named <= set(LOADERS)


@pytest.mark.parametrize("loader", LOADERS)
def test_no_loader_gives_the_test_split_unasked(loader: str) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse((ROOT / loader).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("load_")
    ]
    assert functions
    for function in functions:
        assert [default.value for default in function.args.defaults if isinstance(default, ast.Constant)] in (
            ["train"],
            ["dev"],
        )


# --- statistics -------------------------------------------------------------------------------------------------------


def test_no_two_comments_share_eight_words_in_a_row() -> None:
    shared = longest_shared_run((one.id, one.comment) for one in every_comment())
    assert len(shared) < 8, " ".join(shared)


def test_no_two_comments_are_nearly_the_same() -> None:
    assert not near_duplicates([(one.id, one.comment) for one in every_comment()])


@pytest.mark.parametrize("split", SPLITS)
def test_comments_do_not_begin_alike(split: Split) -> None:
    counted = vocabulary(one.comment for one in load_comments(split))
    assert counted.opened <= 0.02 * counted.texts, counted.opening


def test_agreement_is_counted_by_outcome_and_for_hard_ones() -> None:
    rows: list[dict[str, Any]] = [
        {"outcome": "completed", "first": "completed", "second": "completed"},
        {"outcome": "completed", "first": "completed", "second": "partial", "hard": True},
        {"outcome": "partial", "first": "on_track", "second": "partial", "hard": True},
        {"outcome": "unclear", "first": "unclear"},
    ]
    found = agreement(parse_comments([{**ROW, "id": f"prov-{n}", **row} for n, row in enumerate(rows)]))
    counted = {name: (one.comments, one.agreed) for name, one in found.items()}
    assert counted == {"all": (3, 1), "hard": (2, 0), "easy": (1, 1), "completed": (2, 1), "partial": (1, 0)}
    assert found["all"].share == pytest.approx(1 / 3)
    assert agreement([])["hard"].share == 1


def test_agreement_counts_every_comment_of_the_corpus() -> None:
    found = agreement(every_comment())
    assert found["all"].comments == found["hard"].comments + found["easy"].comments == len(every_comment())
    assert set(found) - {"all", "hard", "easy"} == {one.outcome for one in every_comment()}


def test_the_vocabulary_of_some_texts() -> None:
    counted = vocabulary(["Bron är klar.", "Bron är klar – äntligen!", "Vi bygger 12 broar.", "Bra."])
    assert (counted.texts, counted.tokens, counted.types) == (4, 12, 9)
    assert (counted.opening, counted.opened) == ("bron är klar", 2)
    with pytest.raises(ValueError, match="no texts"):
        vocabulary([])


@pytest.mark.parametrize(
    ("written", "run"),
    [
        ([("a", "Bron är klar i maj"), ("b", "Nu är klar, i dag")], "är klar i"),
        ([("a", "Bron är klar"), ("a", "Bron är klar")], ""),
        ([("a", "Bron"), ("b", "Vägen")], ""),
        ([("a", "Bron"), ("b", "BRON!")], "bron"),
        ([], ""),
    ],
)
def test_the_longest_run_that_two_owners_share(written: list[tuple[str, str]], run: str) -> None:
    assert " ".join(longest_shared_run(written)) == run


NEAR = "Bron över ån invigdes i maj och trafiken släpptes på samma dag."


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (NEAR, True),
        (NEAR.replace("maj", "juni"), True),
        (NEAR.upper(), True),
        ("Vägen invigdes i maj och har fått nya räcken.", False),
        ("", False),
        ("Klart.", False),
    ],
)
def test_texts_that_are_nearly_the_same(other: str, alike: bool) -> None:
    assert bool(near_duplicates([("a", NEAR), ("b", other)])) == alike
    assert not near_duplicates([("a", NEAR), ("a", other)])


def test_tiny_texts_are_compared_too() -> None:
    (found,) = near_duplicates([("a", "Klart."), ("b", "Pågår."), ("c", "klart")])
    assert (found.one, found.other, found.share) == ("a", "c", 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("bro klart. ", max_size=30)), max_size=8))
def test_likeness_is_a_share_and_does_not_depend_on_who_comes_first(written: list[tuple[str, str]]) -> None:
    found = near_duplicates(written)
    assert all(0.5 <= like.share <= 1 and like.one != like.other for like in found)
    again = near_duplicates(written[::-1])
    assert sorted((like.share, *sorted((like.one, like.other))) for like in found) == sorted(
        (like.share, *sorted((like.one, like.other))) for like in again
    )
