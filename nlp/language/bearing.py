"""What bears on a predicate: mode, polarity, degree and time, from its clause, its frame and its conditions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.language.clause_words import listed
from ljuskoll.nlp.language.clauses import ELLIPSIS, TENSED, Clause, has_kind, takes_some
from ljuskoll.nlp.language.endings import when_of
from ljuskoll.nlp.language.frames import Frame
from ljuskoll.nlp.language.phrases import Tag, Tokens
from ljuskoll.nlp.language.subject import IMPLIED, Subject
from ljuskoll.nlp.language.verdict import Features, Mode

_MODES: tuple[Mode, ...] = ("hedge", "proposal", "duty", "forecast", "assess", "possible")
"""Modes by precedence: the first that a clause has is its mode."""

_PLAIN = {"active.going.start": "going.begun"}
_PRESENT, _PAST_DELAY, _PASSED = map(listed, ("present", "past_delay", "passed"))
_AHEAD, _BEFORE, _READY, _IN_TIME = map(listed, ("ahead", "before", "ready", "in_time"))
_ONLY_THEN, _PROVIDED = map(listed, ("only_then", "provided"))
_MOSTLY, _CONCERNING, _IS = map(listed, ("mostly", "concerning", "is"))


@dataclass(frozen=True, slots=True)
class Bearing:
    """A sentence by its tags; `conditional`: it has a condition, `supposed`: it begins with one.

    `year` is the report's.
    """

    tags: Sequence[Tag]
    tokens: Tokens
    year: int | None
    conditional: bool
    supposed: bool

    def features(
        self, clause: Clause, region: Sequence[Tag], predicate: Tag, subject: Subject, frame: Frame | None
    ) -> Features:
        """What the predicate says with all that stands around it; `frame` is the force of the clause before."""
        kinds = [tag.kind for tag in region]
        frame = frame or Frame()
        modes = {frame.mode, *(kind.partition(".")[2] for kind in kinds if kind.startswith("mode."))}
        if frame.flips:
            modes.discard("duty")  # "inget tyder på att det inte skulle ..."
        mode: Mode = next((mode for mode in _MODES if mode in modes), "fact")
        negators = [tag for tag in region if tag.kind == "polarity.negator" and not self._stands_apart(tag, predicate)]
        flips = len(negators) + frame.flips + (subject.quantifier == "none")
        flips += subject is IMPLIED and "quantifier.none" in kinds
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
            elliptical=clause.joint in ELLIPSIS
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

    def tells_how(self, predicate: Tag, features: Features) -> bool:
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
