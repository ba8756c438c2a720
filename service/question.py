"""One question to `ljuskoll assess`: a comment, and what is known of it."""

from pydantic import ConfigDict

from ljuskoll.models import classifier
from ljuskoll.nlp.followup import Model, Period
from ljuskoll.nlp.language.stages import UNKNOWN_YEAR
from ljuskoll.nlp.vocabulary.periods import read_period

_ANY_YEAR = 2001
"""Put to a period for it to be read; no leap year, as UNKNOWN_YEAR is none."""


class Question(Model):
    """A comment to judge; `period` is "T1", "T2" or "T3", or a period as in records.jsonl.

    `municipality` tells which adaptation is meant, where there are several.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | int
    comment: str
    assignment: str = ""
    period: Period | str | None = None
    municipality: str | None = None

    @property
    def known_period(self) -> Period | None:
        """The period; one without a year ("T2") is known by its tertial alone."""
        if not isinstance(self.period, str):
            return self.period
        return read_period(self.period) or _without_year(self.period)

    @property
    def asked(self) -> classifier.Question:
        """The question as it is put to the judge."""
        return classifier.Question(self.comment, self.assignment, self.known_period)


def _without_year(text: str) -> Period | None:
    """A period that names no year ("T2"), in the year that stands for none; None where it is none."""
    found = read_period(f"{text} {_ANY_YEAR}")
    if found is None or found.as_of is None:
        return None
    return found.model_copy(update={"year": UNKNOWN_YEAR, "as_of": found.as_of.replace(year=UNKNOWN_YEAR)})
