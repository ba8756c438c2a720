"""Whether the service answers, who asks, and how far the reading of documents has come."""

from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy import select

from ljuskoll.service.store.documents import find_document
from ljuskoll.service.store.jobs import Progress, progress
from ljuskoll.service.store.paging import LARGEST
from ljuskoll.service.store.schema import JobRow
from ljuskoll.service.web.api.common import At, found
from ljuskoll.service.web.schemas import Health, Job, Me
from ljuskoll.service.web.security import Reading, Visitor, visitor

router = APIRouter(tags=["Tjänsten"])


@router.get("/health", summary="Svarar tjänsten?")
def health() -> Health:
    """For whoever watches over the service; needs no token."""
    return Health(version=version("ljuskoll"))


@router.get("/me", summary="Vem är jag här?")
def me(one: Annotated[Visitor, Depends(visitor)]) -> Me:
    """Name, role and, for a browser, the secret to send back."""
    municipalities = None if one.user.municipalities is None else tuple(sorted(one.user.municipalities))
    return Me(name=one.user.name, role=one.user.role, municipalities=municipalities, csrf=one.csrf)


@router.get("/jobs", summary="Hur långt har läsningen kommit?")
def jobs(desk: At, _user: Reading) -> Progress:
    """The queue in numbers."""
    with desk.database.reading() as session:
        return progress(session)


@router.get("/jobs/{number}", summary="Ett arbete i kön")
def job(desk: At, user: Reading, number: Annotated[int, Path(ge=1, le=LARGEST)]) -> Job:
    """One piece of work; of documents that the user may see."""
    with desk.database.reading() as session:
        row = found(session.scalar(select(JobRow).where(JobRow.id == number)))
        if row.document is not None:
            found(find_document(session, user, row.document))
    return job_of(row)


def job_of(row: JobRow) -> Job:
    """A piece of work as it is shown."""
    return Job.model_validate(row, from_attributes=True)
