"""Reading on a Dask cluster (`--cluster ADDRESS`): the same work and limits, on the machines of its workers."""

import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import uuid4

import dask
from distributed import Client, Future, KilledWorker
from distributed.comm import get_address_host_port

from ljuskoll.nlp.errors import LjuskollError, UsageError
from ljuskoll.service.cluster_worker import VERSIONS, Call, compare, end_processes, versions
from ljuskoll.service.processes import TICK, Breach, Limits, Outcome, packed, unpacked
from ljuskoll.service.turns import Turn, Turns

Task = TypeVar("Task")
Answer = TypeVar("Answer")

CONNECTING = 15.0
"""Seconds that the cluster may take to answer, at the start and whenever it is asked something later."""
DESERTED = 60.0
"""Seconds without a single worker after which a run ends."""
IN_HAND = 2
"""So many tasks are with the cluster for each thread of its workers, for none to wait for the next."""
COUNTING = 1.0
"""Seconds between two looks at how many threads there are."""
FETCHING = 60.0
"""Seconds that one answer may take to come over."""


def work_on_cluster(
    work: Callable[[Task], Answer],
    tasks: Iterable[Task],
    address: str,
    limits: Limits,
    given_up: Callable[[Task, Breach], Answer],
    is_over: Callable[[], bool] = lambda: False,
    begun: Callable[[Task], None] = lambda _task: None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Answer]:
    """What `workers.work_apart` does, on the cluster at `address`: each thread of a worker has a process of its own.

    A task whose worker dies goes to another one; after as many deaths as the cluster allows (`allowed-failures`) it has
    crashed. A second try is made when nothing else is in hand, for the cluster blames all that a worker dies with.
    Raises what `work_apart` raises; UsageError where there is no cluster or its workers have another version of
    ljuskoll or none; LjuskollError where the cluster is lost on the way.
    """
    turns = Turns(tasks)
    client = _connected(address)
    flight: _Flight[Task] = _Flight(client, work, limits)
    try:
        _check_versions(client)
        while not is_over():
            tick()
            flight.look()
            while (turn := turns.first) is not None and flight.has_room(turn):
                flight.send(turns.take())
            if turn is None and not len(flight):
                return
            for turn, outcome in flight.news(begun):
                if isinstance(outcome, bytes):
                    yield unpacked(outcome)
                elif not turns.is_kept(turn, outcome):
                    yield given_up(turn.task, outcome)
    finally:
        flight.end()
        with suppress(TimeoutError):
            client.close(CONNECTING)


def _connected(address: str) -> Client:
    for name in ("distributed", "distributed.client"):  # we say ourselves that the cluster is lost
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        get_address_host_port(address)  # a client that is given what is no address can never be closed
        return Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(
            f"Dask-klustret {address} svarar inte ({error}). Ange adressen till dess schemaläggare, "
            "t.ex. tcp://server:8786."
        ) from error


def _lost(client: Client) -> LjuskollError:
    address = client.scheduler.address if client.scheduler else ""
    return LjuskollError(
        f"Förbindelsen med Dask-klustret {address} bröts. Kör samma kommando igen; det som hann läsas är läst."
    )


def _check_versions(client: Client) -> None:
    """Raises UsageError where a worker has another version of ljuskoll than ours, or none; LjuskollError."""
    try:
        found = client.run(versions, on_error="return", callback_timeout=CONNECTING)
    except OSError as error:
        raise _lost(client) from error
    for address, there in sorted(found.items()):
        if isinstance(there, Exception):
            raise UsageError(
                f"Arbetaren {address} i Dask-klustret kan inte ladda ljuskoll ({there}). "
                f"Installera ljuskoll[cluster] där, samma version som här: {VERSIONS}."
            ) from there
        compare(VERSIONS, there, address)


class _Flight(Generic[Task]):
    """The tasks that a cluster has in hand, and what is heard of them."""

    def __init__(self, client: Client, work: Callable[[Task], Any], limits: Limits) -> None:
        self._client = client
        self._work = work
        self._limits = limits
        self._run = f"ljuskoll-{uuid4().hex}"
        self._sent = 0
        self._turns: dict[int, tuple[Turn[Task], Future[Any]]] = {}
        self._heard: SimpleQueue[tuple[int, bool]] = SimpleQueue()  # the number of a task, and whether it is done
        self._room = 0
        self._counted = -COUNTING
        self._peopled = monotonic()
        client.subscribe_topic(self._run, lambda event: self._heard.put((event[1], False)))

    def __len__(self) -> int:
        return len(self._turns)

    def look(self) -> None:
        """See how large the cluster is. Raises LjuskollError where it is lost, or has had no workers for long."""
        if self._client.status != "running":
            raise _lost(self._client)
        now = monotonic()
        if now - self._counted > COUNTING:
            self._counted = now
            self._room = IN_HAND * self._threads()
            self._peopled = now if self._room else self._peopled
        if now - self._peopled > DESERTED:
            raise LjuskollError(
                f"Dask-klustret {self._client.scheduler.address} har inga arbetare. Starta sådana och kör samma "
                "kommando igen."
            )

    def has_room(self, turn: Turn[Task]) -> bool:
        """Whether the cluster should have this too; a second try is to have it alone."""
        return len(self._turns) < (min(self._room, 1) if turn.is_second else self._room)

    def send(self, turn: Turn[Task]) -> None:
        """Give a task to the cluster."""
        self._sent += 1
        call = Call(
            VERSIONS,
            self._run,
            self._sent,
            self._work.__module__,
            packed(self._work, turn.task),
            self._limits,
            turn.is_second,
        )
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
            future = self._client.submit(pickle.loads, pickle.dumps(call), key=f"{self._run}-{self._sent}")
        self._turns[self._sent] = (turn, future)
        self._listen(self._sent)

    def news(self, begun: Callable[[Task], None]) -> Iterator[tuple[Turn[Task], Outcome]]:
        """What has become of tasks, after a tick at the most; `begun` hears of those that were begun."""
        with suppress(Empty):
            heard = self._heard.get(timeout=TICK)
            while True:
                number, is_done = heard
                if number in self._turns:
                    if not is_done:
                        begun(self._turns[number][0].task)
                    elif (landed := self._landed(number)) is not None:
                        yield landed
                heard = self._heard.get_nowait()

    def end(self) -> None:
        """Have nothing more done, and the processes of the workers ended."""
        futures = [future for _, future in self._turns.values()]
        self._turns.clear()
        if self._client.status == "running":
            with suppress(OSError, CancelledError):
                self._client.cancel(futures)
                self._client.run(end_processes, self._run, on_error="ignore", callback_timeout=CONNECTING)

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads(callback_timeout=CONNECTING).values())
        except OSError as error:
            raise _lost(self._client) from error

    def _listen(self, number: int) -> None:
        self._turns[number][1].add_done_callback(lambda _future: self._heard.put((number, True)))

    def _landed(self, number: int) -> tuple[Turn[Task], Outcome] | None:
        """None where the answer was lost with its worker: the cluster works it out anew."""
        turn, future = self._turns[number]
        try:
            outcome = future.result(FETCHING)
        except TimeoutError:
            self._listen(number)
            return None
        except KilledWorker:
            outcome = "crash"
        except (OSError, CancelledError) as error:
            raise _lost(self._client) from error
        except (ImportError, AttributeError):
            _check_versions(self._client)
            raise
        del self._turns[number]
        return turn, outcome
