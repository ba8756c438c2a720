"""The blank Swedish pipeline with our components, made once."""

from functools import cache

import spacy
from spacy.language import Language

from ljuskoll.nlp.language.factory import NAME


@cache
def swedish() -> Language:
    """A blank "sv" pipeline with our components; one and the same object each time, so do not add pipes to it."""
    nlp = spacy.blank("sv")
    nlp.add_pipe(NAME)
    return nlp
