import itertools
from typing import Any

import pytest
from pydantic import ValidationError

from ljuskoll.corpora.comments import corpus_fingerprint, load_comments, parse_comments

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


def test_the_corpus_is_sorted_and_has_unique_ids() -> None:
    ids = [comment.id for comment in load_comments()]
    assert len(ids) >= 300
    assert ids == sorted(set(ids))


def test_every_author_has_every_outcome() -> None:
    comments = load_comments()
    voices = {comment.voice for comment in comments}
    outcomes = {comment.outcome for comment in comments}
    assert len(outcomes) == 7
    assert {(one.voice, one.outcome) for one in comments} == set(itertools.product(voices, outcomes))


def test_ids_begin_with_their_author_and_no_comment_stands_twice() -> None:
    comments = load_comments()
    assert all(comment.id.startswith(comment.voice + "-") for comment in comments)
    assert len({comment.comment for comment in comments}) == len(comments)


def test_the_period_is_the_end_of_the_tertial() -> None:
    (comment,) = parse_comments([ROW], {})
    assert comment.period.as_of is not None
    assert (comment.tertial, comment.period.as_of.month, comment.period.as_of.day) == (2, 8, 31)


def test_two_comments_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="provskrivaren-001"):
        parse_comments([ROW, {**ROW, "comment": "Något annat."}], {})


def test_a_second_reading_stands_beside_the_first() -> None:
    (comment,) = parse_comments([ROW], {"provskrivaren-001": "partial"})
    assert (comment.outcome, comment.second) == ("completed", "partial")


def test_a_second_reading_of_an_unknown_comment_is_refused() -> None:
    with pytest.raises(ValueError, match="okänd-001"):
        parse_comments([ROW], {"okänd-001": "partial"})


@pytest.mark.parametrize(
    ("field", "value"),
    [("period", "T4"), ("outcome", "done"), ("kind", "task"), ("comment", ""), ("hard", None), ("extra", 1)],
)
def test_a_row_with_a_wrong_field_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        parse_comments([{**ROW, field: value}], {})


def test_the_fingerprint_follows_the_texts_and_not_their_order() -> None:
    other = {**ROW, "id": "provskrivaren-002", "comment": "Bygget har inte börjat."}
    both = parse_comments([ROW, other], {})
    assert corpus_fingerprint(both) == corpus_fingerprint(both[::-1])
    assert corpus_fingerprint(both) == corpus_fingerprint(parse_comments([ROW, other], {ROW["id"]: "partial"}))
    assert corpus_fingerprint(both) != corpus_fingerprint(parse_comments([ROW, {**other, "outcome": "partial"}], {}))
