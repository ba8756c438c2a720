"""How surely the same assignment is known again: on title lists written for it, and in the archives."""

import itertools
from collections.abc import Iterable, Sequence

from ljuskoll.corpora.contradictions import TitleLists
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.models.assessment import Assessment, Probabilities
from ljuskoll.nlp.followup import Model, Period
from ljuskoll.service.consistency.linking import find_links
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.record import Record, Source

_UNREAD = Assessment(
    colour=None, outcome="unclear", probabilities=Probabilities(green=0.334, yellow=0.333, red=0.333), abstained=True
)
_REPORTS = {"earlier": Period.of_tertial(2031, 2), "later": Period.of_tertial(2031, 3)}


class Links(Model):
    """Of the pairs that are the same assignment how many are linked, and how many links join two assignments."""

    pairs: int
    linked: int
    wrong: int

    @property
    def recall(self) -> float:
        """The share of pairs that are linked."""
        return self.linked / self.pairs if self.pairs else 0.0

    @property
    def right(self) -> float:
        """The share of links that are right."""
        made = self.linked + self.wrong
        return self.linked / made if made else 0.0


def measure_titles(lists: Iterable[TitleLists]) -> Links:
    """The links between each two lists of titles, which hold many that were reworded heavily."""
    return _sum(_links_of_lists(one) for one in lists)


def measure_archives(checked: Iterable[Checked]) -> Links:
    """The links of archives between each two reports in a row of a municipality, and all wrong ones."""
    return _sum(_links_of_archive(one) for one in checked)


def _sum(found: Iterable[Links]) -> Links:
    every = list(found)
    return Links(
        pairs=sum(one.pairs for one in every),
        linked=sum(one.linked for one in every),
        wrong=sum(one.wrong for one in every),
    )


def _links_of_lists(lists: TitleLists) -> Links:
    records, keys = [], {}
    for side, period in _REPORTS.items():
        rows: Sequence[tuple[str, str, str, str | None]] = getattr(lists, side)
        for number, (key, title, board, goal) in enumerate(rows):
            record = Record(
                id=f"{side} {number:03}",
                document=Source(path=side, sha256=side),
                assessment=_UNREAD,
                municipality=lists.municipality,
                period=period,
                boards=(board,),
                board_names=(board,),
                goal=goal,
                assignment=title,
            )
            records.append(record)
            keys[record.id] = set(key.split("|"))
    earlier, later = ([one.id for one in records if one.id.startswith(side)] for side in _REPORTS)
    gold = {(one, other) for one in earlier for other in later if keys[one] & keys[other]}
    found = {(link.earlier, link.later) for link in find_links(records, ()).links}
    return Links(pairs=len(gold), linked=len(gold & found), wrong=len(found - gold))


def _links_of_archive(checked: Checked) -> Links:
    result = checked.result
    linking = Material.of(result.records, result.documents, result.plans).linking
    key_of = {id: key for (_, key), ids in checked.ids.items() for id in ids}
    found = {frozenset((link.earlier, link.later)) for link in (*linking.links, *linking.twins)}
    pairs = {pair for pair in _pairs(checked) if not _is_changed(checked, pair)}
    wrong = sum(len({key_of.get(id) for id in pair}) > 1 for pair in found)
    return Links(pairs=len(pairs), linked=len(pairs & found), wrong=wrong)


def _pairs(checked: Checked) -> Iterable[frozenset[str]]:
    """The records of each assignment in two reports in a row; where one was divided, whole and parts."""
    own = [one.doc for one in checked.archive.reports if one.level == "municipality" and one.version != "Utkast"]
    for before, after in itertools.pairwise(own):
        for key in {key for doc, key in checked.ids if doc == before}:
            earlier, later = checked.ids[before, key], checked.ids.get((after, key), frozenset())
            if len(earlier) <= 1 or len(later) <= 1:
                yield from (frozenset((one, other)) for one in earlier for other in later)


def _is_changed(checked: Checked, pair: frozenset[str]) -> bool:
    """Whether it is planted that the later title asks for something else: such pairs are findings, not links."""
    changed = (one for one in checked.archive.planted if one.sub == "reworded")
    return any(pair <= checked.of_rows(one.rows) for one in changed)
