"""Runs jobs on several processes, in order, and survives the death of any of them.

`concurrent.futures` gives up the whole pool when one worker is killed for memory; here that costs
the one job it held. A worker ends by itself when its parent has gone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from dataclasses import dataclass
from multiprocessing import connection
from typing import TYPE_CHECKING, Generic, TypeVar

from docexam.errors import DocexamError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 64  # Results that may wait for a slow one before them, times the workers.


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    holds: int


def run_in_order(
    jobs: Sequence[Job],
    start: Callable[[], Callable[[Job], Result]],
    *,
    workers: int,
    on_lost: Callable[[Job], Result],
    on_overtime: Callable[[Job], Result] | None = None,
    apart: bool = False,
) -> Iterator[Result]:
    """The result of each job, in the order of `jobs`, as soon as it and those before are done.

    `start` is called once in each worker and gives what works on a job; both must pickle.
    With one worker everything runs in this process, unless `apart`. `on_lost` makes the result of
    a job whose worker died; `on_overtime`, if given, where its own alarm clock (SIGALRM) ended it.

    Raises:
        DocexamError: from a worker; the others are ended first.
    """
    if workers <= 1 and not apart:
        work = start()
        for job in jobs:
            yield work(job)
        return
    yield from _Pool(jobs, start, on_lost, on_overtime or on_lost).run(max(1, workers))


class _Pool(Generic[Job, Result]):
    def __init__(
        self,
        jobs: Sequence[Job],
        start: Callable[[], Callable[[Job], Result]],
        on_lost: Callable[[Job], Result],
        on_overtime: Callable[[Job], Result],
    ) -> None:
        self._jobs, self._start = jobs, start
        self._on_lost, self._on_overtime = on_lost, on_overtime
        self._context = multiprocessing.get_context("spawn")
        self._busy: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._done: dict[int, Result] = {}
        self._next_job = 0
        self._next_result = 0

    def run(self, workers: int) -> Iterator[Result]:
        try:
            while True:
                while self._next_result in self._done:
                    yield self._done.pop(self._next_result)
                    self._next_result += 1
                if self._next_result == len(self._jobs):
                    return
                self._employ(workers)
                self._collect()
        finally:
            everyone = [*self._busy, *self._idle]
            for worker in everyone:
                worker.process.terminate()
            for worker in everyone:
                worker.process.join()
                worker.pipe.close()

    def _employ(self, workers: int) -> None:
        """Give a job to every idle worker, and hire as many as are missing."""
        last = min(len(self._jobs), self._next_result + _AHEAD * workers)
        while self._next_job < last and len(self._busy) < workers:
            worker = self._idle.pop() if self._idle else self._hire()
            worker.holds = self._next_job
            self._next_job += 1
            self._busy.append(worker)
            # If it has died meanwhile, _collect will find out.
            with contextlib.suppress(OSError):
                worker.pipe.send(self._jobs[worker.holds])

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._start), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, -1)

    def _collect(self) -> None:
        """Wait until a worker has finished its job or has died."""
        ready = set(connection.wait([worker.pipe for worker in self._busy]))
        for worker in [worker for worker in self._busy if worker.pipe in ready]:
            self._busy.remove(worker)
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join()
                worker.pipe.close()
                overtime = worker.process.exitcode == -signal.SIGALRM
                told = self._on_overtime if overtime else self._on_lost
                self._done[worker.holds] = told(self._jobs[worker.holds])
                continue
            self._idle.append(worker)
            if isinstance(answer, DocexamError):
                raise answer
            self._done[worker.holds] = answer


def _serve(pipe: Connection, start: Callable[[], Callable[[Job], Result]]) -> None:
    """A worker's life: until the parent closes the pipe, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        work = start()
        while True:
            pipe.send(work(pipe.recv()))
    except DocexamError as error:
        pipe.send(error)
    except (EOFError, BrokenPipeError):
        return


def processes_for(workers: int, jobs: int) -> int:
    """As many as asked for, 0 for one a core; never more than there are jobs."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(workers or cores or 1, max(1, jobs))
