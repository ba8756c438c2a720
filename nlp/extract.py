"""One file's bytes to its follow-ups: reader, layouts, municipality, status phrases and claims, in this order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.followup import Claim, FollowUp, PlanItem, TableAccount
from ljuskoll.nlp.language.status import find_status, main_phrase
from ljuskoll.nlp.layouts import Signal, Stream, read_layout
from ljuskoll.nlp.layouts.front import own_boards, with_boards
from ljuskoll.nlp.readers import read_document
from ljuskoll.nlp.stated_counts import find_counts
from ljuskoll.nlp.vocabulary.municipalities import find_municipality
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

Level: TypeAlias = Literal["board", "municipality"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that one document says, and what in it speaks of a follow-up without having become a record."""

    document: Document
    layout: str | None
    level: Level | None
    followups: tuple[FollowUp, ...]
    plans: tuple[PlanItem, ...]
    claims: tuple[Claim, ...]
    accounts: tuple[TableAccount, ...]
    signals: tuple[Signal, ...]


def extract(name: str, data: bytes, vocabulary: Vocabulary, passwords: Sequence[str] = ()) -> Extraction:
    """Reads one file. `name` is its path for messages; raises an InputError where the file cannot be read."""
    return extract_document(read_document(name, data, passwords), vocabulary)


def extract_document(document: Document, vocabulary: Vocabulary) -> Extraction:
    """The follow-ups or the plan of a document that has been read."""
    stream = Stream(document, vocabulary)
    reading = read_layout(stream)
    municipality = _municipality(document) or vocabulary.municipality
    own = own_boards(stream, reading.followups)
    boarded = with_boards(reading.followups, own)
    followups = tuple(_completed(followup, municipality, stream.vocabulary) for followup in boarded)
    return Extraction(
        document=document,
        layout=reading.layout,
        level=_level(followups, own),
        followups=followups,
        plans=tuple(item.model_copy(update={"municipality": municipality}) for item in reading.plans),
        claims=find_counts(stream, reading),
        accounts=reading.accounts,
        signals=reading.signals,
    )


def _municipality(document: Document) -> str | None:
    texts = [block.text for _, block in document.blocks()]
    texts += [cell.text for table in document.tables() for row in table.rows for cell in row if cell.text]
    return find_municipality(document.title, texts, document.margins)


def _completed(followup: FollowUp, municipality: str | None, vocabulary: Vocabulary) -> FollowUp:
    """A follow-up with what its own text does not hold, and the light that its status stands for in its period."""
    year = followup.period.year if followup.period else None
    phrase = main_phrase(find_status(followup.comment, vocabulary.phrases, year))
    declared = followup.declared and vocabulary.scale.at(followup.declared, followup.period)
    return followup.model_copy(update={"municipality": municipality, "phrase": phrase, "declared": declared})


def _level(followups: Sequence[FollowUp], own: Mapping[str, str]) -> Level | None:
    """A board's own report names one board on its front; one about several boards is the municipality's."""
    boards = {name for followup in followups for name in followup.board_names}
    if len(boards) > 1:
        return "municipality"
    return "board" if len(own) == 1 and boards <= own.keys() and followups else None
