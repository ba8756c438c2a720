"""Names of fictional municipalities, put together from the parts of Swedish place names."""

import re
from functools import cache
from random import Random

from ljuskoll.corpora.scale.words import load_archive_words, slug
from ljuskoll.nlp.vocabulary.municipalities import municipality_names

_THREE_ALIKE = re.compile(r"(.)\1\1")


@cache
def fictional_names(seed: int) -> tuple[str, ...]:
    """Some thousands of names in the order of a seed.

    None is that of a real municipality, nor with an "s" after it or other dots over its letters.
    """
    parts = load_archive_words()["names"]
    real = {slug(name) for name in municipality_names()}
    made = sorted({first + last for first in parts["first"] for last in parts["last"]})
    names = [name for name in made if not _THREE_ALIKE.search(name) and not real & {slug(name), slug(f"{name}s")}]
    Random(f"{seed}/names").shuffle(names)
    return tuple(names)
