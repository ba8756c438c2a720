"""The log on standard error, one line an event: what happened and where in the code, never a text, a name or a path.

Who logs an event gives its name as the message and what is said of it as `extra={"fields": {...}}`. What other
programs' loggers say may quote anything, as may the message of an exception: of these only the place is told.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any, Final, Literal, TypeAlias, get_args

from ljuskoll.nlp.errors import UsageError

Style: TypeAlias = Literal["json", "text"]
OURS: Final = "ljuskoll"
FOREIGN: Final = "library"
"""The event of a line from a logger that is not ours."""
MOST_FRAMES = 25
"""The innermost ones; the rest is the way in, which is always the same."""


class Lines(logging.Formatter):
    """Makes the line of an event."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._is_json = style == "json"

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        event = _event(record)
        return json.dumps(event, ensure_ascii=False) if self._is_json else _plain(event)


def style_of(name: str | None) -> Style | None:
    """The style that an option names. Raises UsageError for one that there is not."""
    match name:
        case None | "json" | "text":
            return name
    raise UsageError(f"--log «{name}» finns inte. Välj {' eller '.join(get_args(Style))}.")


def log_to_stderr(style: Style | None) -> None:
    """Have this process log in a style; without one only what went wrong is told."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(style or "text"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OURS).setLevel(logging.INFO if style else logging.WARNING)
    logging.captureWarnings(True)


def _event(record: logging.LogRecord) -> dict[str, Any]:
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event: dict[str, Any] = {"time": when, "level": record.levelname.lower()}
    if record.name.partition(".")[0] == OURS:
        event |= {"event": record.msg, **getattr(record, "fields", {})}
    else:
        place = f"{record.module}:{record.lineno}:{record.funcName}"
        event |= {"event": FOREIGN, "logger": record.name, "place": place}
    return event | (_fault(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {})


def _fault(error: BaseException) -> dict[str, Any]:
    """An exception by its type and the way to it."""
    kind = type(error)
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line}:{frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return {"exception": f"{kind.__module__}.{kind.__qualname__}", "frames": frames[-MOST_FRAMES:]}


def _plain(event: Mapping[str, Any]) -> str:
    start = f"{event['time']} {event['level'].upper()} {event['event']}"
    rest = {name: value for name, value in event.items() if name not in ("time", "level", "event")}
    return " ".join([start, *(f"{name}={_value(value)}" for name, value in rest.items())])


def _value(value: object) -> str:
    return "<".join(reversed(value)) if isinstance(value, list) else str(value)
