"""Jobs on several processes: in order, each once, and a death costs one job."""

from __future__ import annotations

import functools
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from docexam.cli.worker_pool import run_in_order
from docexam.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable


def _lost(job: int) -> int:
    return -job


def _overtime(job: int) -> int:
    return -100 * job


def _sleep(job: int) -> int:
    if job == 2:
        signal.alarm(1)
        time.sleep(30)
    return job


def _start_sleeping() -> Callable[[int], int]:
    return _sleep


def _square(job: int) -> int:
    time.sleep(0.02 * (job % 3))  # so that later jobs finish before earlier ones
    if job == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return job * job


def _start() -> Callable[[int], int]:
    return _square


def _start_not() -> Callable[[int], int]:
    raise ModelError("The model is missing.", code="model.missing", hint="Install it.")


def _start_dead() -> Callable[[int], int]:
    os._exit(9)


def test_one_worker_is_this_process() -> None:
    jobs = [1, 2, 3]
    results = run_in_order(jobs, lambda: lambda job: job + os.getpid(), workers=1, on_lost=_lost)
    assert list(results) == [job + os.getpid() for job in jobs]


def test_one_worker_may_be_a_process_of_its_own() -> None:
    results = run_in_order([1, 7, 2], _start, workers=1, on_lost=_lost, apart=True)
    assert list(results) == [1, -7, 4]


def test_a_worker_that_its_alarm_ends_is_told_from_a_death() -> None:
    results = run_in_order(
        [1, 2, 3], _start_sleeping, workers=2, on_lost=_lost, on_overtime=_overtime
    )
    assert list(results) == [1, -200, 3]


def test_order_and_deaths() -> None:
    jobs = list(range(1, 12))
    results = list(run_in_order(jobs, _start, workers=3, on_lost=_lost))
    assert results == [-7 if job == 7 else job * job for job in jobs]


def test_workers_that_cannot_start_lose_their_jobs_and_the_run_ends() -> None:
    assert list(run_in_order([1, 2, 3], _start_dead, workers=2, on_lost=_lost)) == [-1, -2, -3]


def test_an_error_of_ours_ends_the_run_with_its_hint() -> None:
    with pytest.raises(ModelError) as caught:
        list(run_in_order([1, 2, 3], _start_not, workers=2, on_lost=_lost))
    assert caught.value.hint == "Install it."


def test_no_jobs() -> None:
    assert list(run_in_order([], _start, workers=2, on_lost=_lost)) == []


def test_closing_early_ends_the_workers() -> None:
    results = run_in_order([3, 6, 9, 12], functools.partial(_start), workers=2, on_lost=_lost)
    assert next(results) == 9
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 5
