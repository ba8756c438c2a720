"""The pages of the review, in Swedish: one module a page, its context a dataclass, its text in templates/."""

from fastapi import APIRouter

from ljuskoll.service.web.pages import (
    administration,
    agreement,
    deciding,
    document,
    documents,
    finding,
    overview,
    queue,
    record,
    signing,
    turning,
    unfit,
)
from ljuskoll.service.web.pages.problems import error_page as error_page

routers: tuple[APIRouter, ...] = (
    signing.router,
    overview.router,
    queue.router,
    turning.router,
    deciding.router,
    finding.router,
    record.router,
    documents.router,
    document.router,
    agreement.router,
    unfit.router,
    administration.router,
)
"""In the order in which their paths are tried."""
