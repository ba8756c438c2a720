"""Which judge reads the comments of a run: the fast one alone or the careful one, and whose habits it knows."""

import hashlib
from dataclasses import dataclass
from typing import Final

from ljuskoll.models.adaptation import Adaptations
from ljuskoll.models.classifier import Classifier, load_classifier


@dataclass(frozen=True, slots=True)
class Judging:
    """`fast` leaves the careful judge out; `adaptations` hold for the municipalities that they were learnt from."""

    fast: bool = False
    adaptations: Adaptations | None = None

    def classifier(self, municipality: str | None = None) -> Classifier:
        """The judge of this municipality's comments."""
        shipped = load_classifier(self.fast)
        return shipped.adapted(self.adaptations.of(municipality)) if self.adaptations else shipped

    @property
    def fingerprint(self) -> str:
        """That of the shipped judge, or sha256 of it and the adaptations."""
        shipped = load_classifier(self.fast).fingerprint
        if self.adaptations is None:
            return shipped
        return hashlib.sha256(f"{shipped} {self.adaptations.fingerprint}".encode()).hexdigest()


SHIPPED: Final = Judging()
"""As it is where nothing else is said."""
