"""One question to `ljuskoll assess`: a comment, and what is known of it."""

from pydantic import ConfigDict

from ljuskoll.models import classifier
from ljuskoll.nlp.followup import Model, Period
from ljuskoll.nlp.language.stages import UNKNOWN_YEAR
from ljuskoll.nlp.vocabulary.periods import read_period


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
        return read_period(self.period) or read_period(f"{self.period} {UNKNOWN_YEAR}")

    @property
    def asked(self) -> classifier.Question:
        """The question as it is put to the judge."""
        return classifier.Question(self.comment, self.assignment, self.known_period)
