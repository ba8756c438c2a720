"""What every endpoint and page reaches the review by."""

from dataclasses import dataclass

from fastapi import Request

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web.limits import Bounds
from ljuskoll.service.web.metrics import Metrics


@dataclass(slots=True)
class Life:
    """How far the app has come in its life: whether the judge is loaded, and whether it is about to end."""

    is_warm: bool = False
    is_ending: bool = False


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


def life_of(request: Request) -> Life:
    """Where in its life the app is."""
    life: Life = request.app.state.life
    return life


def metrics_of(request: Request) -> Metrics:
    """The app's figures."""
    metrics: Metrics = request.app.state.metrics
    return metrics
