"""One function over many tasks, on every core of the machine: each task ends with a result or with why it has none.

A task that ends its process (a fault in a library written in C, memory that ran out) or that takes too long costs
only itself; a pool of the standard library would lose all tasks that were not done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task without a result, and why."""

    why: str


@dataclass(slots=True)
class _Hand:
    process: Any
    connection: Connection
    task: int
    until: float


def cores() -> int:
    """Return how many processes this one may use at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(
    function: Callable[[Any], Any], tasks: Sequence[Any], *, hands: int, seconds: float
) -> Iterator[tuple[int, Any]]:
    """Yield the index of each task with its result, or with a `Lost`, as they come; tasks are begun in their order."""
    waiting = deque(range(len(tasks)))
    team: list[_Hand] = []
    try:
        while waiting or team:
            while waiting and len(team) < hands:
                team.append(_hired(function, team, tasks[waiting[0]], waiting[0], seconds))
                waiting.popleft()
            left = max(0.0, min(hand.until for hand in team) - time.monotonic())
            ready = wait([hand.connection for hand in team], left)
            for hand in [hand for hand in team if hand.connection in ready]:
                task = hand.task
                result, is_alive = _received(hand)
                if is_alive and waiting:
                    _give(hand, tasks[waiting[0]], waiting[0], seconds)
                    waiting.popleft()
                else:
                    team.remove(hand)
                    _dismissed(hand)
                yield task, result
            for hand in [hand for hand in team if hand.until <= time.monotonic() and not hand.connection.poll()]:
                team.remove(hand)
                _dismissed(hand)
                yield hand.task, Lost(why=f"it took longer than {seconds:g} seconds")
    finally:
        for hand in team:
            _dismissed(hand)


def _hired(function: Callable[[Any], Any], team: Sequence[_Hand], task: Any, number: int, seconds: float) -> _Hand:
    context = multiprocessing.get_context()
    ours, theirs = context.Pipe()
    # A forked process holds the ends of the others too, and would keep them from seeing that this one is gone.
    others = [hand.connection for hand in team] + [ours] if context.get_start_method() == "fork" else []
    process = context.Process(target=_work, args=(function, theirs, others), daemon=True)
    process.start()
    theirs.close()
    hand = _Hand(process, ours, number, 0.0)
    _give(hand, task, number, seconds)
    return hand


def _give(hand: _Hand, task: Any, number: int, seconds: float) -> None:
    hand.task, hand.until = number, time.monotonic() + seconds
    try:
        hand.connection.send(task)
    except OSError:
        return  # it is gone; what it leaves unanswered says so


def _received(hand: _Hand) -> tuple[Any, bool]:
    try:
        return hand.connection.recv(), True
    except (EOFError, OSError):
        hand.process.join()
        code = hand.process.exitcode or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Lost(why=f"it ended the program ({how})"), False


def _dismissed(hand: _Hand) -> None:
    hand.process.kill()
    hand.process.join()
    hand.connection.close()


def _work(function: Callable[[Any], Any], connection: Connection, others: Sequence[Connection]) -> None:
    """Answer tasks until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this one hears it, and ends it
    for other in others:
        other.close()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(function(task))
        except Exception as fault:  # noqa: BLE001 - a fault of ours on one task is told with its name, the others go on
            connection.send(Lost(why=f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}"))
