"""The tasks of a long run in the order in which they are handed out: few are taken ahead, what crashed comes last."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ljuskoll.service.processes import Outcome

Task = TypeVar("Task")

MANY = 50
"""So many tasks wait for their second try at the most, for a task may hold a whole file."""


@dataclass(frozen=True, slots=True, eq=False)
class Turn(Generic[Task]):
    """One task that is handed out, for the first or the second time."""

    task: Task
    is_second: bool = False


class Turns(Generic[Task]):
    """Tasks to hand out; one whose process died is handed out once more, after others, for that may pass."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = iter(tasks)
        self._ahead: deque[Turn[Task]] = deque()
        self._again: deque[Turn[Task]] = deque()

    def ahead(self, count: int) -> int:
        """How many, up to `count`, can be handed out now; so many are taken from the tasks."""
        while len(self._ahead) < count and (turn := self._next()) is not None:
            self._ahead.append(turn)
        return min(len(self._ahead), count)

    @property
    def first(self) -> Turn[Task] | None:
        """The one that is to be handed out."""
        return self._ahead[0] if self.ahead(1) else None

    def take(self) -> Turn[Task]:
        """Hand out the first."""
        return self._ahead.popleft()

    def is_kept(self, turn: Turn[Task], outcome: Outcome) -> bool:
        """Keep a task for a second try where its process died; whether that was so."""
        if outcome != "crash" or turn.is_second:
            return False
        self._again.append(replace(turn, is_second=True))
        return True

    def _next(self) -> Turn[Task] | None:
        if len(self._again) < MANY:
            for task in self._tasks:
                return Turn(task)
        return self._again.popleft() if self._again else None
