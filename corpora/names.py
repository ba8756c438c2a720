"""Our own sentences in which the names of persons are marked, by which the masking is measured."""

from functools import cache
from importlib.resources import files

from ljuskoll.corpora.comments import lines_of
from ljuskoll.corpora.sentences import MarkedSentence, SentenceSplit, parse_sentence


@cache
def load_name_sentences(split: SentenceSplit = "dev") -> tuple[MarkedSentence, ...]:
    """The sentences of a split, half of them with names, half with traps; "test" is for the evaluation alone."""
    source = files(__package__) / "data" / "names" / f"{split}.jsonl"
    return tuple(parse_sentence("name", row["sentence"]) for row in lines_of(source))
