"""A page from a template and its context: every text is escaped, and a name that a context lacks is an error."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse

from ljuskoll.service.masking.measured import shipped_figures
from ljuskoll.service.outputs.markup import Html, text
from ljuskoll.service.outputs.report_lights import bar, words
from ljuskoll.service.outputs.report_parts import MAX_TITLE, declared, light, plural, severity, share, source, symbols
from ljuskoll.service.outputs.report_parts import TEXT as REPORT
from ljuskoll.service.outputs.tally import COLOURS
from ljuskoll.service.outputs.wording import WORDS, boards_label, period_label
from ljuskoll.service.record import Record
from ljuskoll.service.shortening import shortened
from ljuskoll.service.store.access import User
from ljuskoll.service.web.security import Visitor, root_of

TEXT: dict[str, Any] = tomllib.loads(Path(__file__).with_name("text.toml").read_text(encoding="utf-8"))
DONE: Final = "klart"
COUNT: Final = "antal"
"""What a page that leads on tells the next one: a code of `done`, and of how many."""
_ADDRESS = re.compile(r' (?:href|src|action|data-\w+)="(?=/)')
"""The beginning of an address in one of our own attributes: in a text no quotation mark stands unescaped."""


class Context(Protocol):
    """A page's context: a dataclass whose fields are all that the template may use."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: who looks at it, what has just been done, and what went wrong."""

    user: User | None
    csrf: str
    section: str
    notice: str
    alert: str
    may_sign_out: bool


def render(
    request: Request,
    visitor: Visitor | None,
    template: str,
    page: Context,
    alert: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The page; `alert` says what went wrong with the form that was sent."""
    frame = Frame(
        user=visitor.user if visitor else None,
        csrf=(visitor.csrf if visitor else None) or "",
        section=_section(request.url.path),
        notice=_notice(request.query_params),
        alert=alert,
        may_sign_out=visitor is not None and visitor.has_session,
    )
    html, root = _ENVIRONMENT.get_template(template).render(page=page, frame=frame), root_of(request)
    return HTMLResponse(_ADDRESS.sub(rf"\g<0>{root}", html) if root else html, status)


def lead_to(path: str, done: str = "", query: Mapping[str, str] | None = None) -> RedirectResponse:
    """The answer to a form: another page, which says what has been done."""
    return RedirectResponse(path + query_of({**(query or {}), DONE: done}), 303)


def query_of(values: Mapping[str, object]) -> str:
    """The values as a query with its question mark; nothing where none has a value."""
    kept = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""


def _section(path: str) -> str:
    known = [address for address in TEXT["menu"] if address != "/" and path.startswith(address)]
    return known[0] if known else "/" if path == "/" else ""


def _notice(query: Mapping[str, str]) -> str:
    code, count = query.get(DONE, ""), query.get(COUNT, "")
    if count.isdecimal() and code in TEXT["bulk"]:
        return plural(TEXT["bulk"][code], int(count[:9]))
    return str(TEXT["done"].get(code, ""))


def _place(record: Record) -> str:
    """Where in its document a record stands."""
    if not record.places:
        return ""
    place, told = record.places[0], REPORT["source"]
    return str(told["cell"].format(cell=place.cell) if place.cell else told["page"].format(page=place.page))


def _supported(record: Record) -> Html:
    """The light that the text supports, or why there is none."""
    assessment = record.assessment
    if assessment.colour:
        return light(assessment.colour)
    if not record.comment.strip():
        return text(TEXT["no_comment"])
    unclear = assessment.outcome == "unclear"
    return text(WORDS["outcomes"]["unclear"] if unclear else WORDS["records"]["withheld"])


def _brief(words_: str, limit: int = MAX_TITLE) -> str:
    return shortened(words_, limit)


def _when(moment: str) -> str:
    """A time of the store on the server's clock, to the minute."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _environment() -> Environment:
    folder = Path(__file__).parents[1] / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else Markup(text(value)),
    )
    made.filters.update(share=share, shortened=_brief, boards=boards_label, period=period_label, when=_when)
    made.globals.update(
        symbols=symbols, light=light, declared=declared, severity=severity, source=source, bar=bar, counts=words,
        supported=_supported, place=_place,
        MASKED=TEXT["masked"].format(percent=shipped_figures().percent),
        TEXT=TEXT, VERSION=version("ljuskoll"), COLOURS=COLOURS, VERDICTS=TEXT["verdicts"], ROLES=TEXT["roles"],
        ACTIONS=TEXT["actions"], LIGHTS=tuple(TEXT["lights"].items()), KINDS=tuple(WORDS["kinds"].items()),
        KIND_NAMES=WORDS["kinds"], MENU=tuple((path, *entry) for path, entry in TEXT["menu"].items()),
    )  # fmt: skip
    return made


_ENVIRONMENT: Final = _environment()
