"""The filters of the queue: read from the address, put into addresses, and what there is to choose from."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias, get_args

from fastapi import Depends, Request
from pydantic import ValidationError
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs.report_parts import swedish
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.record import FindingKind, Severity
from ljuskoll.service.store.access import User
from ljuskoll.service.store.findings import FindingFilter
from ljuskoll.service.store.overview import values_of_findings
from ljuskoll.service.web.pages.rendering import TEXT, query_of

Choice: TypeAlias = tuple[str | int, str]
"""A value and its label."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What each filter can be set to."""

    municipalities: tuple[Choice, ...]
    boards: tuple[Choice, ...]
    years: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    standings: tuple[Choice, ...]


def _asked(request: Request) -> FindingFilter:
    given = {name: value for name, value in request.query_params.items() if value}
    try:
        return FindingFilter.model_validate({name: given[name] for name in FindingFilter.model_fields if name in given})
    except ValidationError as error:
        raise UsageError(TEXT["bad_filter"]) from error


Asked: TypeAlias = Annotated[FindingFilter, Depends(_asked)]
"""The filters that the page's address has."""


def filter_query(asked: FindingFilter, **more: object) -> str:
    """The filters as they stand in an address, with what else it says."""
    return query_of({**asked.model_dump(), **more})


def in_queue(asked: FindingFilter) -> FindingFilter:
    """The filter of a review one by one: what the user has not decided, unless it asks for something else."""
    return asked if asked.standing else asked.model_copy(update={"standing": "open"})


def choices(session: Session, user: User, asked: FindingFilter) -> Choices:
    """What the findings that the user may see can be filtered by; the boards are those of the chosen municipality."""
    municipalities, years, boards = values_of_findings(session, user, asked.municipality)
    return Choices(
        municipalities=_named(municipalities),
        boards=_named(boards),
        years=tuple((year, str(year)) for year in sorted(years, reverse=True)),
        kinds=tuple((kind, str(WORDS["findings"][kind])) for kind in get_args(FindingKind)),
        severities=tuple((level, str(WORDS["severities"][level])) for level in get_args(Severity)),
        standings=tuple(TEXT["standings"].items()),
    )


def _named(names: frozenset[str]) -> tuple[Choice, ...]:
    return tuple((name, name) for name in sorted(names, key=swedish))
