"""What stands below an assignment's title: its comment, and what labels and lights in it say."""

from dataclasses import dataclass, replace

from ljuskoll.nlp.followup import Declared, Kind, Period, Trend
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.labels import MAX_SHORT, Label, fits, is_told, role_of
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.vocabulary.labels import is_former, is_weak_status, may_name_person, says_progress
from ljuskoll.nlp.vocabulary.periods import find_periods

MAX_NAME_WORDS = 4
_FIELDS = ("board", "goal", "target")
"""Labels whose values are sentences at times."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where an assignment starts: `first` is the first block that belongs to it, `body` the first after its title.

    `kind` is what a number before the title says that it is ("Mål 3").
    """

    first: int
    body: int
    title: str
    boards: tuple[str, ...] = ()
    declared: Declared | None = None
    kind: Kind | None = None


def title_level(stream: Stream, start: Start) -> int:
    """The heading level of a start's title."""
    return min((stream.level(index) for index in range(start.first, start.body)), default=UNMARKED)


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a label or a lone light says; `name` is the label, empty without one."""

    name: str
    declared: Declared


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below a title: the comment's paragraphs, and what labels among them say.

    `has_comment`: a label calls the text a comment. `board_last`: the board stands at the very end. `told`: a sentence
    stands after a label that says no comment ("Beslut: antagen i juni.").
    """

    paragraphs: tuple[str, ...]
    end: int
    statuses: tuple[Status, ...] = ()
    boards: tuple[str, ...] = ()
    trend: Label | None = None
    goal: str | None = None
    has_comment: bool = False
    board_last: bool = False
    told: bool = False

    def declared(self, period: Period | None) -> Declared | None:
        """The status of the report's own period; where none says so the latest period's, else the first.

        One that only says that work goes on gives way to a forecast beside it ("Status: Pågår", "Prognos: Försenat").
        """
        if not self.statuses:
            return None
        ranked = sorted(enumerate(self.statuses), key=lambda pair: (*_rank(pair[1], period), pair[0]))
        first, *others = (status for _, status in ranked)
        if not says_progress(first.declared.as_written):
            return first.declared
        rank = _rank(first, period)[0]
        forecasts = (one.declared for one in others if is_weak_status(one.name) and _rank(one, period)[0] == rank)
        return next((one for one in forecasts if one.colour is not None), first.declared)


def _rank(status: Status, period: Period | None) -> tuple[int, int, int, int]:
    """How little a status is the report's own: another period's, a weak word's, no light."""
    mentions = find_periods(status.name)
    year = max((mention.year or 0 for mention in mentions), default=0)
    tertial = max((mention.tertial or 0 for mention in mentions), default=0)
    is_own = period is not None and year in (0, period.year) and tertial in (0, period.tertial or 0)
    is_weak = is_weak_status(status.name) or (status.declared.colour is None and status.declared.trend is not None)
    if not mentions or is_own:
        return int(not is_own or not mentions), int(is_weak), 0, 0
    return 2, -year, -tertial, int(is_weak)


@dataclass(frozen=True, slots=True)
class _Text:
    """One paragraph; `is_labelled` where a label stands above it, `is_spare` where it counts only without others."""

    text: str
    is_labelled: bool
    is_spare: bool = False


class _BodyReader:
    """One walk over the blocks below a title; `fields` are the labels of the form, None where all may be."""

    def __init__(self, stream: Stream, start: Start, fields: frozenset[str] | None) -> None:
        self.stream, self.fields = stream, fields
        self.has_light, self.has_board = start.declared is not None, bool(start.boards)
        self.texts: list[_Text] = []
        self.statuses: list[Status] = []
        self.boards: tuple[str, ...] = ()
        self.trend: Label | None = None
        self.goal: str | None = None
        self.pending: Label | None = None
        self.said: set[str] = set()
        self.is_labelled = self.has_comment = self.is_other = self.board_last = self.told = False

    def block(self, index: int) -> None:
        """Takes one block: a label, the value of the label before it, a light, or text."""
        entry = self.stream.entries[index]
        if index in self.stream.legend or entry.block is None:
            return
        label = self.stream.label(index) or self.stream.field(index) or self._comment_heading(entry.text)
        if label is None and self.pending is not None:
            label = replace(self.pending, value=entry.text)
        self.pending = None
        self.board_last = False
        if label is not None:
            self._label(label, index)
        elif (light := self.stream.declared(index)) is not None and not (self.statuses or self.has_light):
            self.statuses.append(Status("", light))
        elif light is None or not self.has_light:
            self._text(entry.text)

    def _comment_heading(self, text: str) -> Label | None:
        """A label of the comment on a line of its own, without a colon ("Kommentar")."""
        is_first = self.is_labelled or not self.texts
        if not is_first or len(text) > MAX_SHORT or role_of(text, self.stream.vocabulary) != "comment":
            return None
        return Label(text, "comment", "")

    def _text(self, text: str) -> None:
        if text and not (self.is_other and self.has_comment):
            self.texts.append(_Text(text, self.is_labelled))

    def _label(self, label: Label, index: int) -> None:
        self.is_labelled = True
        self.is_other = label.role == "other"
        block = self.stream.entries[index].block
        drawn = self.stream.drawn(block.marks) if block is not None else None
        is_drawn = label.role == "status" and not any(map(str.isalnum, label.value))
        if drawn is not None and (is_drawn or (label.role == "board" and not (self.statuses or self.has_light))):
            self.statuses.append(Status(label.name if is_drawn else "", drawn))
        if (is_drawn and drawn is not None) or self._tells(label):
            return
        if label.role == "comment":
            self.has_comment = True
            self._text(label.value)
        elif not label.value:
            self.pending = label
        elif label.role == "status":
            self._status(label)
        elif label.role == "board":
            self._board(label)
        elif label.role == "trend":
            self.trend = label
        elif label.role == "goal":
            self.goal = label.value
        elif label.role == "value":
            self._value(label)

    def _tells(self, label: Label) -> bool:
        """Takes a sentence after a label that says no comment; False where the label is a field of a form.

        A field comes again below other titles, and once below each.
        """
        if not _is_sentence(self.stream, label):
            self.said.add(label.name)
            return False
        self.told = True
        if self.fields is None:
            return False
        is_known = label.name in self.said or (label.role == "board" and bool(self.has_board or self.boards))
        is_field = label.name in self.fields and not is_known
        self.said.add(label.name)
        is_spare = is_field or (self.has_comment and len(label.value) <= MAX_SHORT)
        if is_spare and label.role in _FIELDS:
            return False
        self.is_other = False
        is_result = is_field and label.role == "value" and not self.has_comment  # "Resultat: Normen har antagits."
        text = label.value if is_result else f"{label.name}: {label.value}"
        self.texts.append(_Text(text, self.has_comment, is_spare and not is_result))
        return True

    def _status(self, label: Label) -> None:
        declared = status_of_label(self.stream, label)
        if declared is None:
            self._text(label.value)
        elif not is_former(label.name):
            self.statuses.append(Status(label.name, declared))

    def _board(self, label: Label) -> None:
        boards = self.stream.vocabulary.boards.split(label.value)
        if boards or not (may_name_person(label.name) and _looks_like_person(label.value)):
            self.boards = boards or (label.value,)
            self.board_last = True

    def _value(self, label: Label) -> None:
        """A figure, unless it is a light, or a text about the result."""
        declared = self.stream.vocabulary.scale.read(label.value)
        if declared is not None and declared.colour is not None and not self.statuses:
            self.statuses.append(Status(label.name, declared))
        elif len(label.value) > MAX_SHORT:
            self._text(label.value)

    def paragraphs(self) -> list[str]:
        """The comment: what a label calls one and what follows, else all text; lights at its ends taken off."""
        of_comment = [one for one in self.texts if one.is_labelled or not self.has_comment]
        sure = [one for one in of_comment if not one.is_spare]
        texts = [one.text for one in sure or of_comment]
        return texts if self.statuses or self.has_light else self._without_lights(texts)

    def _without_lights(self, texts: list[str]) -> list[str]:
        """The texts without a status that opens or ends them, which is the declared one."""
        scale = self.stream.vocabulary.scale
        for at in dict.fromkeys((0, len(texts) - 1)) if texts else ():
            words = scale.read(texts[at]) if not ends_sentence(texts[at]) else None
            if words is not None and any(char.isalpha() for char in texts[at]):
                self.statuses.append(Status("", words))
                return texts[:at] + texts[at + 1 :]
            split = scale.split_leading(texts[at]) if at == 0 else None
            split = split or scale.split_glued(texts[at]) if at == 0 else split
            split = split or (scale.split_closing(texts[at]) if at == len(texts) - 1 else None)
            if split is not None:
                self.statuses.append(Status("", split[0]))
                return [*texts[:at], split[1], *texts[at + 1 :]]
        return texts


def read_body(stream: Stream, start: Start, limit: int, fields: frozenset[str] | None = None) -> Body:
    """The blocks below a title up to `limit`, with labels read and lights taken out of the comment.

    `fields` are the labels that come again below other titles: a sentence after another one begins a comment. None
    where every label may be a field.
    """
    reader = _BodyReader(stream, start, fields)
    for index in range(start.body, limit):
        reader.block(index)
    paragraphs = tuple(reader.paragraphs())
    return Body(
        paragraphs,
        limit,
        tuple(reader.statuses),
        reader.boards,
        reader.trend,
        reader.goal,
        reader.has_comment,
        reader.board_last,
        reader.told,
    )


def status_of_label(stream: Stream, label: Label) -> Declared | None:
    """The status that a label's value shows, with or without a light; None for a text."""
    return stream.vocabulary.scale.shown(label.value.rstrip(".")) or _unread(label.value)


def status_of(stream: Stream, index: int) -> Declared | None:
    """The status that a cell shows in words or by a mark, with or without a light."""
    block = stream.entries[index].block
    if block is None or not block.text:
        return stream.drawn(block.marks) if block is not None else None
    return stream.vocabulary.scale.shown(block.text) or _unread(block.text)


def trend_of(stream: Stream, body: Body) -> Trend | None:
    """The trend that a label among the body's says."""
    return stream.vocabulary.scale.trend(body.trend.value) if body.trend is not None else None


def is_label_value(stream: Stream, index: int) -> bool:
    """Whether a block is the value of a label that stands alone on the line above ("Status:")."""
    label = stream.label(index - 1) if index else None
    block = stream.entries[index - 1].block if index else None
    return label is not None and not label.value and block is not None and not stream.drawn(block.marks)


def _unread(value: str) -> Declared | None:
    """A labelled status in words that no scale has: shown, but no light."""
    return Declared(colour=None, as_written=value, source="text") if value and len(value) <= MAX_SHORT else None


def _is_sentence(stream: Stream, label: Label) -> bool:
    """Whether a label's value is a sentence where a name, a figure or a date is expected."""
    if label.role in ("comment", "status") or fits(label.role, label.value, stream.vocabulary):
        return False
    return is_told(label.value)


def _looks_like_person(text: str) -> bool:
    """Two to four words with capitals and letters only, as names are written."""
    words = text.replace("-", "").split()
    return 1 < len(words) <= MAX_NAME_WORDS and all(word.isalpha() and word.istitle() for word in words)
