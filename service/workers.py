"""Reading in processes of their own: a file that hangs, crashes or eats memory ends, named, and the rest goes on."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from ljuskoll.service.processes import TICK, Breach, Limits, Outcome, OwnProcess, packed, unpacked, warm_up
from ljuskoll.service.turns import Turn, Turns

__all__ = ["Breach", "Limits", "warm_up", "work_apart"]

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def work_apart(
    work: Callable[[Task], Answer],
    tasks: Iterable[Task],
    count: int,
    limits: Limits,
    given_up: Callable[[Task, Breach], Answer],
    is_over: Callable[[], bool] = lambda: False,
    begun: Callable[[Task], None] = lambda _task: None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Answer]:
    """The answers as they come, from `count` processes; where a task breaks a limit or twice its process, `given_up`'s.

    `work` is a function of a module (it is imported in the process). Tasks are taken as they are needed, no more than
    `count` that are not answered. `begun` hears of each that is handed to a process, `tick` is called at least every
    `TICK` seconds while the next answer is waited for. Ends, whatever is left to do, once `is_over` says so. Raises
    a LjuskollError that `work` raises.
    """
    turns = Turns(tasks)
    crew: _Crew[Task] = _Crew(work, limits)
    try:
        while not is_over():
            tick()
            at_hand = turns.ahead(count - crew.busy)
            if not crew.busy and not at_hand:
                return
            crew.enlist(crew.busy + at_hand)
            outcomes = crew.outcomes()
            for turn in crew.hand_out(turns):
                begun(turn.task)
            for turn, outcome in outcomes:
                if isinstance(outcome, bytes):
                    yield unpacked(outcome)
                elif not turns.is_kept(turn, outcome):
                    yield given_up(turn.task, outcome)
    finally:
        crew.dismiss()


class _Crew(Generic[Task]):
    """Processes, each with the turn that it has in hand."""

    def __init__(self, work: Callable[[Task], Any], limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._hands: dict[OwnProcess, Turn[Task] | None] = {}

    @property
    def busy(self) -> int:
        return sum(turn is not None for turn in self._hands.values())

    def enlist(self, count: int) -> None:
        """Have at least `count` processes."""
        while len(self._hands) < count:
            self._hands[OwnProcess(self._work.__module__)] = None

    def outcomes(self) -> list[tuple[Turn[Task], Outcome]]:
        """What has come, after a tick at the most."""
        wait([process.pipe for process in self._hands], TICK)
        found: list[tuple[Turn[Task], Outcome]] = []
        for process, turn in list(self._hands.items()):
            outcome = process.outcome(self._limits)
            if outcome is None:
                continue
            self._hands[process] = None
            if not isinstance(outcome, bytes) or process.is_worn(self._limits):
                self._end(process)
            if turn is not None:
                found.append((turn, outcome))
        return found

    def hand_out(self, turns: Turns[Task]) -> Iterator[Turn[Task]]:
        """Give the next tasks to those who have none, a second try to a fresh process."""
        for process in [one for one, turn in self._hands.items() if turn is None and one.is_ready]:
            if turns.first is None:
                return
            if turns.first.is_second and process.is_used:
                self._end(process)
                continue
            turn = self._hands[process] = turns.take()
            process.give(packed(self._work, turn.task))
            yield turn

    def dismiss(self) -> None:
        """End them all."""
        for process in list(self._hands):
            self._end(process)

    def _end(self, process: OwnProcess) -> None:
        process.stop()
        del self._hands[process]
