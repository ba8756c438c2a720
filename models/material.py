"""What both judges learn from: our own comments, minimal pairs and variants, and the development split."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.corpora.comments import Comment, corpus_fingerprint, load_comments
from ljuskoll.corpora.contrasts import InvarianceGroup, MinimalPair, load_groups, load_pairs


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, and the comments of other authors by which the temperature is chosen."""

    comments: Sequence[Comment]
    pairs: Sequence[MinimalPair]
    groups: Sequence[InvarianceGroup]
    development: Sequence[Comment]

    @property
    def fingerprint(self) -> str:
        """sha256 of all these texts, whatever their order."""
        return corpus_fingerprint(self.comments, self.pairs, self.groups, self.development)


def load_material() -> Material:
    """All that a shipped model learns from; nothing of the test split."""
    return Material(load_comments("train"), load_pairs("train"), load_groups("train"), load_comments("dev"))
