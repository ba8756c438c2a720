"""Reading the clauses of one sentence: subject, predicate and what bears on them, as one reading a clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from ljuskoll.nlp.followup import Outcome
from ljuskoll.nlp.language.clause_words import listed, told_by
from ljuskoll.nlp.language.clauses import (
    CORE,
    SUBORDINATE,
    TENSED,
    Clause,
    has_kind,
    is_main_again,
    is_tensed,
    labels,
    names_only,
    split_clauses,
    takes_some,
)
from ljuskoll.nlp.language.endings import end_of, ends_for_want, when_of
from ljuskoll.nlp.language.frames import Frame, asks, frame_of, fronted_question, is_elsewhere
from ljuskoll.nlp.language.insertions import without_insertions
from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.predicates import is_bare, predicate_of
from ljuskoll.nlp.language.subject import LIGHT, READY, Subject, find_object_verb, find_subject, find_team
from ljuskoll.nlp.language.verdict import Features, Mode, is_vague, outcome_of

MODES: tuple[Mode, ...] = ("hedge", "proposal", "duty", "forecast", "assess", "possible")
"""Modes by precedence: the first that a clause has is its mode."""

_CLOSING = (
    "adverb",
    "turn",
    "time",
    "degree",
    "polarity",
    "opener.and",
    "opener.but",
    "opener.utan",
    "opener.dead",
    "predicate.going.planned",
)
_UNTIMED = ("polarity", "mode", "degree")
_CLOSED, _POLAR = ("predicate.done.closed",), ("polarity.negator", "degree.part", "degree.full")
_OF_DOCUMENTS = ("predicate.done.adopted", "predicate.done.valid")
_IMPLIED, _PLAIN = Subject(0, 0, True, None, ""), {"active.going.start": "going.begun"}
_IDIOMS: dict[str, Outcome] = {"idiom." + name: name for name in get_args(Outcome)}
_BEARING = ("polarity", "degree.part", "time.next", "time.year", "predicate")
_INTRODUCED, _AIMS, _PRESENT, _STANDING = map(listed, ("introduced", "aims", "present", "standing"))
_OUTRIGHT_WORDS = listed("outright")
_PAST_DELAY, _PASSED = listed("past_delay"), listed("passed")
_AHEAD, _BEFORE = listed("ahead"), listed("before")
_READY, _TEAM_READY, _PLURAL, _IN_TIME, _SINCE = map(listed, ("ready", "team_ready", "weak", "in_time", "since"))
_PLURAL_PRONOUNS = [word for word, gender in told_by("pronouns").items() if gender == "plural"]
_REAL, _MOSTLY = listed("real"), listed("mostly")
_CONCERNING, _SHOULD = listed("concerning"), listed("should")
_TOPICAL = (*listed("with"), *listed("towards"))
_ONLY_THEN, _PROVIDED = listed("only_then"), listed("provided")
_THE_WORK, _WITH, _OF_YEAR, _IS = listed("the_work"), listed("with"), listed("of_year"), listed("is")
_ELLIPSIS = ("and", "but", "utan", "comma", "resume")

OUTRIGHT = 2
"""The strength of a status phrase that names the assignment or goal itself, or is a bare status."""

STATING = frozenset(("predicate", "active", "idiom", "ending"))
"""Groups of kinds that can state something."""

_OPENING = frozenset(("subject", "agent", "label", "idiom", "ending"))
_STEADY = ("predicate.going.planned", "predicate.late", "predicate.dropped", "predicate.unbegun")
"""What is said of "arbetet med ..." is said of the whole; "klart" or "pågår" may be of a part."""

_TEAM = (
    "predicate.late.missed",
    "predicate.done.nearly",
    "predicate.halfway",
    "predicate.going.planned",
    "predicate.going.begun",
    "predicate.late.delayed",
    "predicate.done.ready",
)
"""What may be said of those who do the work, and thereby of the work."""


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
        shared = self.subject is not None and self.subject.kind == "team" and clause.joint in _ELLIPSIS
        verb = find_object_verb(clause.tags, self.tokens, decided=self.frame is not None, agent=shared)
        if reading is None and verb is not None:
            outright = clause.find("subject.strong", "subject.bare", "subject.weak") is not None
            implied = replace(_IMPLIED, strong=outright)
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
            narrowed = not self._closed_after(clause.tags[subject.end - 1], "predicate", "nonfinite", "mode")
            fronted = []
        if narrowed and not named and not subject.strong:
            self.subject = None
            return None
        predicate = predicate_of(region, loose=subject.verb is not None)
        if any(tag.kind == "time.last" for tag in region):
            self.subject = None
        partial = subject.kind in ("thing", "noun") or (named and subject.kind == "weak")
        if partial and predicate and not self._is_of_whole(clause.tags[subject.end - 1], modifiers, predicate, region):
            return None
        if predicate is None or not (subject.strong or self._is_whole(clause.tags[subject.end - 1], predicate)):
            shared = subject.kind == "team" or (predicate is None and subject.kind != "noun")
            self.subject = subject if shared else None
            return None
        if has_kind(predicate, *_OF_DOCUMENTS) and subject.kind not in ("named", "thing", "noun"):
            return None
        words = self.tokens.words
        if words[predicate.first].startswith(_INTRODUCED) and words[clause.tags[subject.end - 1].first].endswith(_AIMS):
            return None
        before = [tag for tag in clause.tags[: subject.begin] if has_kind(tag, *LIGHT) and tag not in region]
        return self._reading(clause, [*before, *fronted, *region], predicate, subject)

    def _is_of_whole(self, subject: Tag, modifiers: Sequence[Tag], predicate: Tag, region: Sequence[Tag]) -> bool:
        """Whether what is said of a thing, or of "arbetet med ...", is said of the assignment as a whole."""
        if has_kind(subject, "subject.noun") and not self._is_told_outright(predicate, region):
            return False
        several = predicate.last - predicate.first == 1 and self.tokens.words[predicate.first].endswith(_PLURAL)
        if has_kind(subject, "subject.noun") and (several or has_kind(predicate, *_OF_DOCUMENTS)):
            return False  # several things, of which there may be more, or a thing that is no document
        if has_kind(subject, "subject.thing") and self.tokens.words[predicate.first].startswith(_STANDING):
            return False  # a machine that stands still
        if has_kind(predicate, *_STEADY) or self.tokens.words[predicate.last - 1] in _REAL:
            return True
        negated = any(tag.kind == "polarity.negator" for tag in region)
        if predicate.kind == "predicate.going.begun" and negated:
            return True
        if has_kind(subject, "subject.weak"):
            return self._is_finished_with(subject, modifiers, predicate)
        return negated and has_kind(predicate, "predicate.done") and self._closed_after(predicate, "tail")

    def _is_told_outright(self, predicate: Tag, region: Sequence[Tag]) -> bool:
        """Whether something unknown is said to be late, paused, scrapped or the like by a word for just that."""
        if self.tokens.words[predicate.last - 1] in _REAL:
            return True
        if not any(has_kind(tag, "finite.fact", "mode", "predicate.going") for tag in region):
            return False
        if has_kind(predicate, "predicate.late", "predicate.dropped"):
            return self.tokens.words[predicate.first].startswith(_OUTRIGHT_WORDS)
        return True

    def _is_earlier(self, tag: Tag) -> bool:
        """Whether a goal is that of an earlier year: "målet för 2023 ..."."""
        if not has_kind(tag, "time.last", "time.year") or self.tokens.words[tag.first - 1] not in _OF_YEAR:
            return False
        return tag.kind == "time.last" or int(self.tokens.words[tag.last - 1]) < (self.year or 0)

    def _is_finished_with(self, subject: Tag, modifiers: Sequence[Tag], predicate: Tag) -> bool:
        """Whether "arbetet med ..." is told as brought to its end: "arbetet med trafikplanen slutfördes i maj"."""
        words = self.tokens.words
        if words[subject.first] not in _THE_WORK or words[modifiers[0].first] not in _WITH:
            return False
        if not self._closed_after(predicate, "tail"):
            return False
        return has_kind(predicate, "predicate.done.past", "predicate.done.state")

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
        if self.subject and (clause.joint in _ELLIPSIS or told):
            if predicate:
                whole = self.subject.strong or self.subject.kind == "named" or self._ends_whole(predicate)
                return self._reading(clause, tags, predicate, self.subject) if whole else None
            denies = len(tags) > 1 and tags[0].kind == "polarity.negator" and has_kind(tags[1], "place", "preposition")
            but = clause.joint == "but" or (clause.joint == "comma" and (denies or has_kind(tags[0], "turn")))
            if but and has_kind(tags[has_kind(tags[0], "turn") and len(tags) > 1], *_POLAR):
                return Reading("partial", 2 if self.subject.strong else 1, tags[0].first, tags[-1].last, follows=True)
            if not has_kind(tags[0], *LIGHT, *TENSED, "frame"):
                self.subject = None
        elif bare and predicate and is_bare(tags, predicate, self.tokens.words):
            self.subject = _IMPLIED
            return self._reading(clause, tags, predicate, _IMPLIED) if self._is_bare_end(predicate) else None
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

    def _is_whole(self, subject: Tag, predicate: Tag) -> bool:
        """Whether nothing narrows "arbetet" to a part: neither a place nor what the work is about."""
        if has_kind(subject, "agent"):
            if subject.kind == "agent.unit" and predicate.kind == "predicate.going.begun":
                return False
            said = has_kind(predicate, *_TEAM) or self.tokens.words[predicate.first] in _TEAM_READY
            return said and (self._closed_after(predicate, "tail") or self._is_with(predicate))
        if has_kind(subject, "subject.named", "subject.thing", "subject.noun"):
            return True
        if has_kind(predicate, "predicate.going.planned"):
            allowed: tuple[str, ...] = ("tail", "preposition")
        else:
            allowed = ("tail",) if has_kind(predicate, "predicate.going") else ("tail", "preposition", "place")
        return self._closed_after(max(subject, predicate, key=lambda tag: tag.first), *allowed)

    def _is_with(self, predicate: Tag) -> bool:
        """Whether "med" or "mot" and the assignment follow: "vi ligger i fas med översynen"."""
        rest = [tag for tag in self.tags if tag.first >= predicate.last][:4]
        if not rest or self.tokens.words[rest[0].first] not in _TOPICAL:
            return False
        noun = next((tag for tag in rest[1:] if tag.kind and not has_kind(tag, "determiner")), None)
        return noun is not None and has_kind(noun, *CORE, "subject.named")

    def _is_bare_end(self, predicate: Tag) -> bool:
        allowed = "preposition" if has_kind(predicate, "predicate.dropped") else "tail"
        return predicate.kind == "predicate.done.valid" or self._closed_after(predicate, "tail", allowed)

    def _ends_whole(self, predicate: Tag) -> bool:
        if has_kind(predicate, *_STEADY):
            return True
        return not has_kind(predicate, "predicate.going.ongoing") and self._closed_after(predicate, "tail")

    def _closed_after(self, tag: Tag, *kinds: str) -> bool:
        """Whether nothing after the tag narrows what is said: punctuation, a joint, a time, one of `kinds`."""
        rest = (other for other in self.tags if other.first >= tag.last)
        following = next(rest, None)
        if following and has_kind(following, "agent") and following.first == tag.last and has_kind(tag, "predicate"):
            following = next(rest, None)  # "ligger | vi | i fas"
        if following is None or not is_word(self.tokens.words[following.first]):
            return True
        return has_kind(following, *_CLOSING, *kinds)

    def _reading(self, clause: Clause, region: Sequence[Tag], predicate: Tag, subject: Subject) -> Reading | None:
        features = self._features(clause, region, predicate, subject)
        outcome = outcome_of(features)
        if outcome == "completed" and predicate.kind in _CLOSED and ends_for_want(self.tags, predicate):
            outcome = "cancelled"
        elif outcome is None or (not features.negated and self._tells_how(predicate, features)):
            return None
        strength = OUTRIGHT if subject.strong and not is_vague(features) else 1
        tags = [t for t in region if has_kind(t, *_BEARING) or (t.first < predicate.first and has_kind(t, *TENSED))]
        first, last = min(tag.first for tag in [*tags, predicate]), max(tag.last for tag in [*tags, predicate])
        follows = (
            clause.joint in ("but", "utan")
            or clause.find("turn") is not None
            or (subject is self.subject and clause.joint in _ELLIPSIS)
        )
        resumes = clause.joint == "but" and features.predicate.startswith("done") and not clause.find("subject")
        return Reading(outcome, strength, first, last, follows, resumes, features.mode == "fact")

    def _tells_how(self, predicate: Tag, features: Features) -> bool:
        """Whether this is a way or condition, not a status: "målet nås genom samverkan", "målet kan nås om ..."."""
        following = next((tag for tag in self.tags if tag.first >= predicate.last), None)
        if following is None or not has_kind(following, "means", "opener.dead", "opener.if", "opener.condition"):
            return False
        if self.tokens.words[following.first] in _ONLY_THEN:
            return True
        if features.mode == "assess" or features.predicate == "done.closed":
            return (
                features.predicate in ("done.state", "done.closed") and self.tokens.words[following.first] in _PROVIDED
            )
        return features.mode == "possible" or (features.mode == "fact" and features.predicate == "done.attained")

    def _features(self, clause: Clause, region: Sequence[Tag], predicate: Tag, subject: Subject) -> Features:
        kinds = [tag.kind for tag in region]
        frame = self.frame or Frame()
        modes = {frame.mode, *(kind.partition(".")[2] for kind in kinds if kind.startswith("mode."))}
        if frame.flips:
            modes.discard("duty")  # "inget tyder på att det inte skulle ..."
        mode: Mode = next((mode for mode in MODES if mode in modes), "fact")
        negators = [tag for tag in region if tag.kind == "polarity.negator" and not self._stands_apart(tag, predicate)]
        flips = len(negators) + frame.flips + (subject.quantifier == "none")
        flips += subject is _IMPLIED and "quantifier.none" in kinds
        negated = flips % 2 == 1
        partly = subject.quantifier == "part" or self._is_limited(region, predicate)
        partly = partly or (predicate.kind == "predicate.late.remaining" and clause.joint in ("but", "and"))
        partly = partly or (not subject.end and takes_some(region))
        partly = partly or (
            negated
            and (predicate.kind == "predicate.done.nearly" or "degree.full" in kinds or subject.quantifier == "all")
        )
        features = Features(
            predicate=_PLAIN.get(predicate.kind, predicate.kind.partition(".")[2]),
            mode=mode,
            negated=negated,
            until="polarity.until" in kinds,
            partly=partly,
            slightly="degree.slight" in kinds,
            becoming="nonfinite.become" in kinds,
            elliptical=clause.joint in _ELLIPSIS
            and not has_kind(predicate, "active")
            and not any(has_kind(tag, *TENSED, "predicate.done.past") for tag in region)
            and not self.tokens.words[predicate.first].endswith(_PASSED)
            and not (clause.joint == "and" and self._is_past(predicate)),
        )
        word = self.tokens.words[predicate.first]
        starts = predicate.kind == "predicate.going.begun" and word.endswith(_PRESENT)
        starts = starts and "finite.fact" not in kinds and not word.endswith((*_PASSED, *_PAST_DELAY))
        if mode == "fact" and (starts or self._is_to_come(region, predicate)):
            features = replace(features, mode="forecast")
        managed = "finite.managed" in kinds and predicate.kind == "predicate.done.closed"  # "kunde avslutas i juni"
        managed = managed or self._was_delayed(region, predicate)
        ends = (
            ("tail", "opener.and") if mode == "assess" and predicate.kind == "predicate.done.state" else ("opener.and",)
        )
        closed = (i for i, tag in enumerate(region) if tag.first > predicate.first and has_kind(tag, *ends))
        region = region[: next(closed, None)]  # "får anses utfört i och med beslutet i maj"
        features = replace(features, when=None if managed else when_of(region, self.tokens, self.year, features))
        if (
            self.supposed
            and frame.mode != "hedge"
            and (features.mode == "assess" or has_kind(predicate, "predicate.late", "predicate.dropped"))
        ):
            return replace(features, contingent=True)
        if self.conditional and features.ahead and frame.mode != "hedge":
            return replace(features, mode="hedge", contingent=negated or self.supposed)
        return features

    def _is_past(self, predicate: Tag) -> bool:
        """Whether a word tells what was done to it, which no later day follows: "klart och invigt den 11 juni"."""
        word = self.tokens.words[predicate.first]
        return predicate.kind == "predicate.done.state" and not word.startswith(_READY)

    def _is_limited(self, region: Sequence[Tag], predicate: Tag) -> bool:
        """Whether only a part is said to be so: "delvis", or what is done "vad gäller skolan"."""
        words = self.tokens.words
        for tag in region:
            if tag.kind == "degree.part" and not (
                predicate.kind == "predicate.going.planned" and " ".join(words[tag.first : tag.last]) in _MOSTLY
            ):
                return True
        after = next((tag for tag in self.tags if tag.first == predicate.last), predicate)
        return words[after.first] in _CONCERNING and not after.kind and has_kind(predicate, "predicate.done")

    def _is_to_come(self, region: Sequence[Tag], predicate: Tag) -> bool:
        """Whether a present tense is told of a time ahead: "målet nås innan året är slut", "vi är klara före jul"."""
        words = self.tokens.words
        if words[predicate.first].startswith(_IN_TIME):
            return True
        if predicate.kind.endswith("done.attained"):
            times: tuple[str, ...] = _AHEAD if words[predicate.first].endswith(_PRESENT) else ()
        else:
            ready = words[predicate.first].startswith(_READY) and any(words[tag.first] in _IS for tag in region)
            times = _BEFORE if ready else ()
        return any(tag.kind == "time.this" and words[tag.first] in times for tag in region)

    def _was_delayed(self, region: Sequence[Tag], predicate: Tag) -> bool:
        """Whether a time of this year is when it was delayed, not to when: "försenades under våren"."""
        words = self.tokens.words
        if predicate.kind != "predicate.late.delayed" or not words[predicate.first].endswith(_PAST_DELAY):
            return False
        times = [tag for tag in region if has_kind(tag, "time")]
        return all(tag.kind == "time.this" and words[tag.first] not in _AHEAD for tag in times)

    def _stands_apart(self, tag: Tag, predicate: Tag) -> bool:
        """Whether "och" with a clause of its own stands between: "är ej påbörjad och någon avlastning är inte ..."."""
        between = (other for other in self.tags if predicate.last <= other.first < tag.first)
        return any(has_kind(other, "opener.and", "opener.if") for other in between)
