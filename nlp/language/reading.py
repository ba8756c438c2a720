"""Reading the clauses of one sentence: subject, predicate and what bears on them, as one reading a clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from ljuskoll.nlp.followup import Outcome
from ljuskoll.nlp.language.bearing import Bearing
from ljuskoll.nlp.language.clause_words import listed, told_by
from ljuskoll.nlp.language.clauses import (
    CORE,
    ELLIPSIS,
    SUBORDINATE,
    TENSED,
    Clause,
    has_kind,
    is_main_again,
    is_tensed,
    labels,
    names_only,
    split_clauses,
)
from ljuskoll.nlp.language.endings import end_of, ends_for_want
from ljuskoll.nlp.language.frames import Frame, asks, frame_of, fronted_question, is_elsewhere
from ljuskoll.nlp.language.insertions import without_insertions
from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.predicates import is_bare, predicate_of
from ljuskoll.nlp.language.scope import OF_DOCUMENTS, Scope
from ljuskoll.nlp.language.subject import IMPLIED, LIGHT, READY, Subject, find_object_verb, find_subject, find_team
from ljuskoll.nlp.language.verdict import is_vague, outcome_of

_UNTIMED = ("polarity", "mode", "degree")
_CLOSED, _POLAR = ("predicate.done.closed",), ("polarity.negator", "degree.part", "degree.full")
_IDIOMS: dict[str, Outcome] = {"idiom." + name: name for name in get_args(Outcome)}
_BEARING = ("polarity", "degree.part", "time.next", "time.year", "predicate")
_INTRODUCED, _AIMS, _OF_YEAR = map(listed, ("introduced", "aims", "of_year"))
_SHOULD, _SINCE = map(listed, ("should", "since"))
_PLURAL_PRONOUNS = [word for word, gender in told_by("pronouns").items() if gender == "plural"]

OUTRIGHT = 2
"""The strength of a status phrase that names the assignment or goal itself, or is a bare status."""

STATING = frozenset(("predicate", "active", "idiom", "ending"))
"""Groups of kinds that can state something."""

_OPENING = frozenset(("subject", "agent", "label", "idiom", "ending"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause says; tokens[first:last] decided it. `follows`: it turns or goes on from an earlier clause.

    `resumes`: it says "but" of the same subject: "framtagen men inte antagen"; `told`: as a fact.
    """

    outcome: Outcome
    strength: int
    first: int
    last: int
    follows: bool = False
    resumes: bool = False
    told: bool = False


def read_clauses(tags: Sequence[Tag], tokens: Tokens, opening: bool, year: int | None) -> list[Reading]:
    """The readings of a sentence's clauses; `opening`: the comment's first sentence, where a bare status may stand."""
    groups = {_group(tag.kind) for tag in tags}
    alone = not any(is_word(tokens.words[tag.first]) for tag in tags[1:2])
    if opening and tags and alone and has_kind(tags[0], "degree.part"):
        return [Reading("partial", OUTRIGHT, tags[0].first, tags[0].last)]
    if groups.isdisjoint(STATING) or not (opening or groups & _OPENING):
        return []
    asking = has_kind(tags[0], "active") and any(has_kind(tag, "agent") for tag in tags[1:2])  # "når vi inte ..., ..."
    if asking or has_kind(tags[0], "supposing") or tokens.words[0] in _SHOULD:
        return []
    if "elsewhere" in groups and is_elsewhere(tags):
        return []
    return list(_Reader(without_insertions(tags, tokens), tokens, year).read(opening))


@cache
def _group(kind: str) -> str:
    return kind.partition(".")[0]


class _Reader:
    """One pass over the clauses of a sentence; keeps what a clause takes over from those before it."""

    def __init__(self, tags: Sequence[Tag], tokens: Tokens, year: int | None) -> None:
        self.tags, self.tokens, self.year = tags, tokens, year
        self.clauses = split_clauses(tags, tokens)
        self.conditional = any(self._is_condition(index) for index in range(len(self.clauses)))
        self.supposed = len(self.clauses) > 1 and not self.clauses[0].tags and self._is_condition(1)
        self.scope = Scope(tags, tokens)
        self.bearing = Bearing(tags, tokens, year, self.conditional, self.supposed)
        self.subject: Subject | None = None
        self.frame: Frame | None = None
        self.live = True
        self.held: Clause | None = None
        self.before = Clause("", 0)
        self.bound: list[Tag] = []

    def read(self, opening: bool) -> Iterator[Reading]:
        """The reading of each clause that has one."""
        bare, previous = opening, Clause("", 0)
        for clause in self.clauses:
            self._enter(clause, previous)
            clause = self._rejoined(clause)
            bare = bare or (clause.joint == "colon" and labels(previous))
            reading = self._statement(clause, bare) if self.live and clause.tags else self._of_question(clause)
            if reading:
                yield reading
            if clause.tags:
                bare, previous = bare and clause.joint == "dead", clause

    def _of_question(self, clause: Clause) -> Reading | None:
        outcome = fronted_question(clause)
        return Reading(outcome, 2, clause.tags[0].first, clause.tags[-1].last) if outcome else None

    def _is_condition(self, index: int) -> bool:
        clause = self.clauses[index]
        if clause.find("expected", "predicate.going.planned"):
            return False
        return clause.joint == "condition" or (clause.joint == "if" and not (index and asks(self.clauses[index - 1])))

    def _enter(self, clause: Clause, previous: Clause) -> None:
        """Whether the clause is a statement, and with what force; one joined by "och" is like the one before it."""
        if clause.joint == "and":
            self.before = clause
            self.live = self.live or is_main_again(clause, previous)
            return
        before, self.before = self.before, clause
        if clause.joint == "that" and before.joint == "and" and not before.tags and self.frame and self.live:
            return  # "att X är klart och | att Y går som planerat"
        labelled = clause.joint == "colon" and bool(previous.tags) and has_kind(previous.tags[-1], "label.forecast")
        self.frame = Frame("forecast") if labelled else None
        self.live = clause.joint not in SUBORDINATE or self._tells_end(clause)
        if clause.joint in ("that", "if", "whether"):
            frame = frame_of(previous)
            self.live = frame is not None and (clause.joint == "that" or asks(previous))
            self.frame = frame if self.live else None

    def _tells_end(self, clause: Clause) -> bool:
        """Whether a cause is that the assignment was dropped: "sedan fullmäktige strukit projektet"."""
        joint = self.tags[clause.first - 1]
        if clause.joint != "dead" or self.tokens.words[joint.first] not in _SINCE:
            return False
        return clause.find("active.dropped") is not None and clause.find("agent") is not None

    def _statement(self, clause: Clause, bare: bool) -> Reading | None:
        if clause.find("background"):
            self.live = False  # nor is what "och" adds of this report
            return None
        idiom = clause.find("idiom")
        if idiom and idiom.kind == "idiom.completed" and clause.find("polarity.negator", "mode.duty", "mode.proposal"):
            idiom = None
        if idiom and not self.conditional and (self.frame is None or self.frame.tells):
            return Reading(_IDIOMS[idiom.kind], 1, idiom.first, idiom.last, clause.joint == "but")
        end = end_of(clause.tags, self.tokens, self.year)
        if end and not self.conditional:
            return Reading(end, 1, clause.tags[0].first, clause.tags[-1].last, clause.joint == "but")
        subject = find_subject(clause.tags, self.tokens) or find_team(clause.tags)
        if subject and self.frame and self.frame.untold:
            return Reading("unclear", 2, self.tags[0].first, clause.tags[-1].last)
        reading = self._with_subject(clause, subject) if subject else None
        shared = self.subject is not None and self.subject.kind == "team" and clause.joint in ELLIPSIS
        verb = find_object_verb(clause.tags, self.tokens, decided=self.frame is not None, agent=shared)
        if reading is None and verb is not None:
            outright = clause.find("subject.strong", "subject.bare", "subject.weak") is not None
            implied = replace(IMPLIED, strong=outright)
            reading = self._reading(clause, clause.tags, clause.tags[verb], implied)
            self.subject = implied
            return reading
        return reading if subject else self._without_subject(clause, bare)

    def _with_subject(self, clause: Clause, subject: Subject) -> Reading | None:
        self.subject = subject
        self.bound = [tag for tag in clause.tags if has_kind(tag, "mode.duty", "mode.proposal")]
        rest = clause.tags[subject.end :]
        if subject.verb is None:
            verb = next((i for i, tag in enumerate(rest) if is_tensed(tag)), 0)
            modifiers, region = rest[:verb], rest[verb:]
            narrowed = not all(has_kind(tag, *LIGHT) for tag in modifiers)
            fronted = [tag for tag in modifiers if has_kind(tag, *_UNTIMED)]
            if any(self._is_earlier(tag) for tag in modifiers):
                return None
            named = narrowed and names_only(clause.tags[subject.end - 1], modifiers)
        else:
            region = [*clause.tags[subject.verb : subject.begin], *rest]
            modifiers = rest
            if subject.verb and has_kind(clause.tags[0], *READY):
                region = [*clause.tags[: subject.verb], *region]
            else:
                modifiers = rest[: next((i for i, tag in enumerate(rest) if has_kind(tag, "predicate")), None)]
            named = bool(modifiers) and names_only(clause.tags[subject.end - 1], modifiers)
            narrowed = not self.scope.closed_after(clause.tags[subject.end - 1], "predicate", "nonfinite", "mode")
            fronted = []
        if narrowed and not named and not subject.strong:
            self.subject = None
            return None
        predicate = predicate_of(region, loose=subject.verb is not None)
        if any(tag.kind == "time.last" for tag in region):
            self.subject = None
        partial = subject.kind in ("thing", "noun") or (named and subject.kind == "weak")
        if (
            partial
            and predicate
            and not self.scope.is_of_whole(clause.tags[subject.end - 1], modifiers, predicate, region)
        ):
            return None
        if predicate is None or not (subject.strong or self.scope.is_whole(clause.tags[subject.end - 1], predicate)):
            shared = subject.kind == "team" or (predicate is None and subject.kind != "noun")
            self.subject = subject if shared else None
            return None
        if has_kind(predicate, *OF_DOCUMENTS) and subject.kind not in ("named", "thing", "noun"):
            return None
        words = self.tokens.words
        if words[predicate.first].startswith(_INTRODUCED) and words[clause.tags[subject.end - 1].first].endswith(_AIMS):
            return None
        before = [tag for tag in clause.tags[: subject.begin] if has_kind(tag, *LIGHT) and tag not in region]
        return self._reading(clause, [*before, *fronted, *region], predicate, subject)

    def _is_earlier(self, tag: Tag) -> bool:
        """Whether a goal is that of an earlier year: "målet för 2023 ..."."""
        if not has_kind(tag, "time.last", "time.year") or self.tokens.words[tag.first - 1] not in _OF_YEAR:
            return False
        return tag.kind == "time.last" or int(self.tokens.words[tag.last - 1]) < (self.year or 0)

    def _without_subject(self, clause: Clause, bare: bool) -> Reading | None:
        """A clause that shares the subject of one before it, or a bare status at the beginning of a comment."""
        tags = clause.tags
        if clause.joint == "resume":
            tags = tags[next((i for i, tag in enumerate(tags) if is_tensed(tag)), 0) :]
        elif len(tags) > 1 and has_kind(tags[0], "determiner") and has_kind(tags[1], *TENSED, "polarity"):
            bare = bare and self.tokens.words[tags[0].first] not in _PLURAL_PRONOUNS
            tags = tags[1:]
        if clause.joint == "and" and self.bound and not clause.find(*TENSED, "nonfinite"):
            tags = [*self.bound, *tags]
        predicate = predicate_of(tags, loose=False)
        told = clause.joint == "that" and self.frame is not None and tags is not clause.tags
        if self.subject and (clause.joint in ELLIPSIS or told):
            if predicate:
                whole = self.subject.strong or self.subject.kind == "named" or self.scope.ends_whole(predicate)
                return self._reading(clause, tags, predicate, self.subject) if whole else None
            denies = len(tags) > 1 and tags[0].kind == "polarity.negator" and has_kind(tags[1], "place", "preposition")
            but = clause.joint == "but" or (clause.joint == "comma" and (denies or has_kind(tags[0], "turn")))
            if but and has_kind(tags[has_kind(tags[0], "turn") and len(tags) > 1], *_POLAR):
                return Reading("partial", 2 if self.subject.strong else 1, tags[0].first, tags[-1].last, follows=True)
            if not has_kind(tags[0], *LIGHT, *TENSED, "frame"):
                self.subject = None
        elif bare and predicate and is_bare(tags, predicate, self.tokens.words):
            self.subject = IMPLIED
            return self._reading(clause, tags, predicate, IMPLIED) if self.scope.is_bare_end(predicate) else None
        return None

    def _rejoined(self, clause: Clause) -> Clause:
        """The clause with what stands before an insertion: "nämnden har, efter mycket arbete, | slutfört uppdraget"."""
        if not clause.tags:
            return clause
        held, self.held = self.held, None
        if held and clause.joint == "comma" and self.live:
            if has_kind(clause.tags[0], "predicate", "active", "polarity", "degree", "nonfinite"):
                return Clause(held.joint, held.first, [*held.tags, *clause.tags])
            if not clause.find(*TENSED):
                self.held = held
        elif self.live and clause.find("finite.fact", "mode") and not clause.find("predicate", "active", *CORE):
            self.held = clause
        return clause

    def _reading(self, clause: Clause, region: Sequence[Tag], predicate: Tag, subject: Subject) -> Reading | None:
        features = self.bearing.features(clause, region, predicate, subject, self.frame)
        outcome = outcome_of(features)
        if outcome == "completed" and predicate.kind in _CLOSED and ends_for_want(self.tags, predicate):
            outcome = "cancelled"
        elif outcome is None or (not features.negated and self.bearing.tells_how(predicate, features)):
            return None
        strength = OUTRIGHT if subject.strong and not is_vague(features) else 1
        tags = [t for t in region if has_kind(t, *_BEARING) or (t.first < predicate.first and has_kind(t, *TENSED))]
        first, last = min(tag.first for tag in [*tags, predicate]), max(tag.last for tag in [*tags, predicate])
        follows = (
            clause.joint in ("but", "utan")
            or clause.find("turn") is not None
            or (subject is self.subject and clause.joint in ELLIPSIS)
        )
        resumes = clause.joint == "but" and features.predicate.startswith("done") and not clause.find("subject")
        return Reading(outcome, strength, first, last, follows, resumes, features.mode == "fact")
