"""The judgement of one comment."""

from ljuskoll.nlp.followup import Colour, Model, Outcome


class Probabilities(Model):
    """How probable each light is, rounded to three decimals."""

    green: float
    yellow: float
    red: float


class Evidence(Model):
    """A part of the comment for or against a verdict; offsets are into the comment, `cue` quotes what tells."""

    text: str
    start: int
    end: int
    cue: str


class Assessment(Model):
    """The light that the text supports. `colour` is None where it is withheld (`abstained`).

    `evidence` are the sentences that decided, `against` the sentence that spoke most against them, if any did.
    """

    colour: Colour | None
    outcome: Outcome
    probabilities: Probabilities
    abstained: bool
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()

    def probability_of(self, colour: Colour) -> float:
        """How probable this light is."""
        probability: float = getattr(self.probabilities, colour)
        return probability
