"""The service in figures, in Prometheus' format: what it answers, and how far the work has come."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Final, get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from ljuskoll.service.record import DocumentStatus
from ljuskoll.service.store.database import Database
from ljuskoll.service.store.numbers import UNREAD, numbers

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
JOB_STATES: Final = ("waiting", "working", "done", "failed")
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Where the histogram of durations is divided."""


class Metrics:
    """The figures of one app; requests are counted as they are answered, the rest when it is asked for."""

    def __init__(self, database: Database) -> None:
        self._registry = CollectorRegistry()
        names, told = ("route", "method", "status"), "Requests answered."
        self._requests = Counter("ljuskoll_requests", told, names, registry=self._registry)
        told = "Seconds that a request took."
        self._seconds = Histogram("ljuskoll_request_seconds", told, names[:2], buckets=SECONDS, registry=self._registry)
        self._registry.register(_Stored(database))

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request, by its route's template."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def text(self) -> bytes:
        """All figures as they stand now."""
        return generate_latest(self._registry)


class _Stored(Collector):
    """What the store holds, counted anew each time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        with self._database.reading() as session:
            found = numbers(session)
        yield _gauge("ljuskoll_version_info", "The version that runs.", {version("ljuskoll"): 1}, "version")
        jobs = {state: found.jobs.get(state, 0) for state in JOB_STATES}
        yield _gauge("ljuskoll_jobs", "Jobs by state.", jobs, "state")
        documents = {status: found.documents.get(status, 0) for status in (UNREAD, *get_args(DocumentStatus))}
        yield _gauge("ljuskoll_documents", "Documents by what became of them.", documents, "status")
        told = "Findings that nobody has decided on."
        yield GaugeMetricFamily("ljuskoll_open_findings", told, value=found.open_findings)
        if found.idle is not None:
            told = "Seconds since a job was last finished."
            yield GaugeMetricFamily("ljuskoll_seconds_since_last_job", told, value=found.idle)


def _gauge(name: str, told: str, values: dict[str, int], label: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family
