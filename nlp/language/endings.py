"""When it ends: clauses with the end as their subject, "färdigställande beräknas till oktober", and their times."""

from collections.abc import Sequence

from ljuskoll.nlp.followup import Outcome
from ljuskoll.nlp.language.clauses import CORE, has_kind
from ljuskoll.nlp.language.phrases import Tag, Tokens
from ljuskoll.nlp.language.verdict import Features, Mode, When, outcome_of, relative

_TIMES: tuple[When, ...] = ("next", "last", "this")
_WHEN: dict[str, When] = {"time.next": "next", "time.last": "last", "time.this": "this"}
_BEFORE = (
    "adverb",
    "turn",
    "time",
    "determiner",
    "mode",
    "label",
    "opener.and",
    "opener.but",
    "degree.slight",
    "predicate.late.moved",
)
_BETWEEN = ("adverb", "turn", "time", "polarity", "mode", "nonfinite", "finite.fact", "tail", "predicate.late.moved")
_OF = ("preposition", "determiner", *CORE, "subject.named", "subject.thing", "subject.noun")


def end_of(tags: Sequence[Tag], tokens: Tokens, year: int | None) -> Outcome | None:
    """What a clause says that tells when the assignment will have come to its end; None where it tells no such time."""
    place = next((i for i, tag in enumerate(tags) if has_kind(tag, "ending")), None)
    if place is None or not all(has_kind(tag, *_BEFORE) for tag in tags[:place]):
        return None
    after = place + 1
    while after < len(tags) and has_kind(tags[after], *_OF):
        after += 1  # "av uppdraget"
    region = [*tags[:place]]
    for tag in tags[after:]:
        if not has_kind(tag, *_BETWEEN):
            break
        region.append(tag)
    if any(has_kind(tag, "predicate.late.moved") for tag in region):
        return outcome_of(
            Features("late.moved", when=when_of(region, tokens, year, Features("late.moved", "forecast")))
        )
    modes: set[Mode] = {"hedge"} if any(has_kind(tag, "mode.hedge") for tag in region) else {"forecast"}
    features = Features("done.infinitive", modes.pop(), sum(t.kind == "polarity.negator" for t in region) % 2 == 1)
    if any(has_kind(tag, "mode.duty", "mode.proposal") for tag in region):
        return None
    when = when_of(region, tokens, year, features)
    if when not in ("this", "next"):
        return None
    return outcome_of(Features(features.predicate, features.mode, features.negated, when=when))


def when_of(region: Sequence[Tag], tokens: Tokens, report_year: int | None, features: Features) -> When | None:
    """The clause's time as seen from the report's year; without one, a forecast's year is a later one."""
    ahead = features.ahead or features.until
    found: set[When | None] = set()
    for tag in region:
        if tag.kind == "time.year":
            found.add(relative(int(tokens.words[tag.last - 1]), report_year, features))
        elif tag.kind == "time.early":
            found.add("next" if ahead else None)
        elif has_kind(tag, "time"):
            found.add(_WHEN[tag.kind])
    return next((when for when in _TIMES if when in found), None)


def ends_for_want(tags: Sequence[Tag], predicate: Tag) -> bool:
    """Whether a cause such as "då behovet inte längre finns" shows that what is closed was dropped."""
    rest = [tag for tag in tags if tag.first >= predicate.last]
    if not rest or not has_kind(rest[0], "opener.dead", "tail"):
        return False
    return any(has_kind(tag, "predicate.dropped", "polarity.negator") for tag in rest[1:])
