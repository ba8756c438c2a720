"""The spaCy factories; spaCy finds this module by entry point, so it must be light to import."""

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from ljuskoll.nlp.language.status import find_status

NAME = "ljuskoll_status"


@Language.factory(NAME, assigns=["doc.spans", "doc._.ljuskoll_status"], default_config={"extra": {}, "year": None})
def make_status_component(nlp: Language, name: str, extra: dict[str, str], year: int | None) -> "StatusComponent":
    """The status component; `extra` and `year` as in `find_status`."""
    return StatusComponent(extra, year)


class StatusComponent:
    """Writes what `find_status` finds to `doc.spans["ljuskoll_status"]` and `doc._.ljuskoll_status`.

    A span of tokens covers its sentence; where the tokenizer has glued two sentences together it is wider.
    """

    def __init__(self, extra: dict[str, str], year: int | None) -> None:
        self.extra, self.year = extra, year
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, default=())

    def __call__(self, doc: Doc) -> Doc:
        """The same doc with its status sentences."""
        found = find_status(doc.text, self.extra, self.year)
        spans = [doc.char_span(s.start, s.end, label=s.outcome, alignment_mode="expand") for s in found]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=[span for span in spans if span is not None])
        doc._.set(NAME, found)
        return doc
