"""What every endpoint and page reaches the review by."""

from fastapi import Request

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web.limits import Bounds


def desk_of(request: Request) -> Desk:
    """The desk that the app serves."""
    desk: Desk = request.app.state.desk
    return desk


def reader_of(request: Request) -> Reader:
    """What reads for the app."""
    reader: Reader = request.app.state.reader
    return reader


def bounds_of(request: Request) -> Bounds:
    """How much the app takes."""
    bounds: Bounds = request.app.state.bounds
    return bounds
