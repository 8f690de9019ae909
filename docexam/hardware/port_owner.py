"""The one thread that reads and writes a port: jobs one after another, listening in between."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

_JOIN_S = 2.0


class PortOwner:
    """Starts its thread at once; it lives until `ended` says so and its last job is done.

    `listen` reads for a while and returns, sooner when `wake` is called; it raises nothing.
    """

    def __init__(
        self,
        name: str,
        *,
        listen: Callable[[], None],
        wake: Callable[[], None],
        ended: Callable[[], bool],
    ) -> None:
        self._listen, self._wake, self._ended = listen, wake, ended
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._own, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Callable[[], Result], *, timeout_s: float) -> Result:
        """What `work` returns or raises when the thread has done it.

        Raises:
            TimeoutError: not done within `timeout_s`; it is dropped if it has not begun.
        """
        future: Future[Result] = Future()

        def job() -> None:
            try:
                outcome = work()
            except BaseException as error:
                _settle(future, error=error)
            else:
                _settle(future, result=outcome)

        self._jobs.put(job)
        self._wake()
        if not self._thread.is_alive():
            job()
        try:
            return future.result(timeout=timeout_s)
        except FutureTimeout:
            future.cancel()
            raise

    def join(self) -> None:
        """Wait a little for the thread to end, unless it is the one that asks."""
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=_JOIN_S)

    def _own(self) -> None:
        while not self._ended():
            try:
                self._jobs.get_nowait()()
            except queue.Empty:
                self._listen()
        while True:
            try:
                self._jobs.get_nowait()()
            except queue.Empty:
                return


def _settle(
    future: Future[Result], *, result: Result | None = None, error: BaseException | None = None
) -> None:
    try:
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]
    except InvalidStateError:
        # The caller gave up, or two sides ran the same job at shutdown: the first answer counts.
        pass
