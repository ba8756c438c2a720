"""The stretches of a sentence between commas, "och", "mot" and the like, in which its figures stand."""

from collections.abc import Container
from functools import cached_property, lru_cache

from ljuskoll.nlp.language.figures import Figure
from ljuskoll.nlp.language.phrases import Tag, Tokens
from ljuskoll.nlp.language.title_targets import Title, change_of, endings, single_words, target_lexicon

FROM_REACH = 2
"""Words between "från" and its figure, that one included."""
_REMEMBERED = 10_000
"""So many words are remembered as verbs or not."""


@lru_cache(maxsize=_REMEMBERED)
def is_verb(word: str) -> bool:
    """Whether this is a finite verb."""
    return word in single_words("verbs") or word.endswith(endings("past"))


class Stretches:
    """The figures of one sentence, the words around them, and what the title says."""

    def __init__(self, tokens: Tokens, figures: list[Figure], title: Title, year: int | None) -> None:
        self.tokens, self.words, self.figures, self.title, self.year = tokens, tokens.words, figures, title, str(year)
        self._changes: dict[int, str] = {}
        self._compared: dict[tuple[int, str, int], bool] = {}
        self._segments: dict[int, tuple[int, int]] = {}

    @cached_property
    def tags(self) -> list[Tag]:
        """The words around the figures; those of the title say nothing new about the group."""
        return target_lexicon().find(self.tokens)

    @cached_property
    def _by_kind(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for tag in self.tags:
            found.setdefault(tag.kind, []).append(tag)
        return found

    def of_kind(self, kind: str) -> list[Tag]:
        """The tags of this kind, by place."""
        return self._by_kind.get(kind, [])

    def change(self, figure: Figure) -> str:
        """Whether the figure is by how much something goes "up" or "down", or ""."""
        if figure.first not in self._changes:
            self._changes[figure.first] = change_of(figure, self._directions, self.words)
        return self._changes[figure.first]

    @cached_property
    def _directions(self) -> list[Tag]:
        return [tag for tag in self.tags if tag.kind.startswith("direction.")]

    def until_verb(self, place: int, bounds: Container[int]) -> int:
        """The end of the noun phrase that begins here: the next verb, comma or clause."""
        while place < len(self.words) and place not in bounds and not is_verb(self.words[place]):
            place += 1
        return place

    def is_verbless(self, begin: int, end: int) -> bool:
        """Whether this stretch goes on with the verb of the one before."""
        if self.words[begin] not in single_words("joined"):
            return False
        return not any(is_verb(word) or word in single_words("subjects") for word in self.words[begin:end])

    def segment(self, figure: Figure) -> tuple[int, int]:
        """The stretch between commas, "och", "mot" and the like in which the figure stands."""
        if figure.first not in self._segments:
            self._segments[figure.first] = self._around(figure)
        return self._segments[figure.first]

    def _around(self, figure: Figure) -> tuple[int, int]:
        begin, former, end = 0, 0, len(self.words)
        for tag in self.of_kind("near.bound"):
            if tag.last <= figure.first:
                begin, former = tag.first, begin
            elif tag.first >= figure.last:
                end = min(end, tag.first)
        if begin + 1 == figure.first and self.words[begin] in single_words("aside"):
            begin = former
        return self._step(figure, begin), end

    def goes_on(self, begin: int) -> bool:
        """Whether a verb follows "och", and no subject: "avgiften är 45 kronor och höjs med 3 procent"."""
        if self.words[begin] not in single_words("joined") or begin + 1 == len(self.words):
            return False
        return is_verb(self.words[begin + 1]) or self.words[begin + 1].endswith(endings("passive"))

    def former_begin(self, begin: int) -> int:
        """Where the stretch before this one begins, if it has no figure or shares its subject."""
        former = max((tag.first for tag in self.of_kind("near.bound") if tag.first < begin), default=0)
        if self.goes_on(begin):
            return former
        return begin if any(former <= figure.first < begin for figure in self.figures) else former

    def _step(self, figure: Figure, begin: int) -> int:
        """Where "till" begins the stretch of the second figure of "från 7 till 6"."""
        former = max((other.last for other in self.figures if begin <= other.first < figure.first), default=0)
        if not former:
            return begin
        for place in range(figure.first - 1, former - 1, -1):
            if self.words[place] in single_words("to") and not single_words("from").isdisjoint(self.words[begin:place]):
                return place
        return begin
