"""What becomes of each row of a table: a record to be, or the reason why there is none."""

from dataclasses import dataclass, field

from ljuskoll.nlp.followup import Unmatched
from ljuskoll.nlp.layouts.cells import Row, sample
from ljuskoll.nlp.layouts.drafts import Draft

HEADING = "rubrikrad"
BARE = "rubriker utan rader"
SUBHEADING = "mellanrubrik"
EMPTY = "tom rad"
CONTINUED = "fortsättning på raden ovanför"
LEGEND = "teckenförklaring"
MARGIN = "sidhuvud eller sidfot"
SUM = "summering"
NOTE = "kommentar till hela tabellen"
BY_SEX = "rad per kön"
STRAY = "löpande text som inte hör till någon rad"


UNKNOWN = "tabellens kolumner känns inte igen"
DETAIL = "uppgift om uppdraget ovanför"
NO_LABEL = "rad utan känd ledtext"


@dataclass(slots=True)
class Account:
    """What becomes of each row of one table: a draft, or a reason why it starts none."""

    page: int
    rows_seen: int
    drafts: list[Draft] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)

    def skip(self, row: Row, reason: str, *, unexplained: bool = False) -> None:
        """Account for a row that starts no record."""
        self.unmatched.append(Unmatched(page=self.page, text=sample(row), reason=reason, unexplained=unexplained))

    def mark_bare(self) -> None:
        """The table has headings and no rows, neither its own nor another table's: its rows are not explained."""
        bare = {"reason": BARE, "unexplained": True}
        self.unmatched = [row.model_copy(update=bare) if row.reason == HEADING else row for row in self.unmatched]
