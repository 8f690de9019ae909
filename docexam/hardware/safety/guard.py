"""The host's side of the guard: light through it, and rescue when the guard itself is lost."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TYPE_CHECKING, Any, Self, cast

from docexam import errors as base_errors
from docexam.errors import DocexamError
from docexam.hardware import errors as device_errors
from docexam.hardware.errors import DeviceDisconnected, DeviceTimeout, HardwareError
from docexam.hardware.registry import open_device
from docexam.hardware.safety.head import Lit
from docexam.nouns.device import DeviceEvent

if TYPE_CHECKING:
    from docexam.hardware.protocols import Lamp
    from docexam.hardware.safety.plan import GuardPlan

_RESCUE_S = 1.0


class LampGuard:
    """The lamps of a rig, behind a guard process. Dark when opened and when left.

    `light` is a name of the capture set contract: `white`, `ir`, `uv`, ...
    """

    def __init__(self, plan: GuardPlan, *, start_deadline_s: float = 10.0) -> None:
        self._plan = plan
        self._ids = itertools.count(1)
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._ready: Future[dict[str, Any]] = Future()
        self._events: queue.Queue[DeviceEvent] = queue.Queue(maxsize=64)
        self._send_lock = threading.Lock()
        self._closing = False
        self._closed = False
        self._lost: DeviceDisconnected | None = None
        ours, theirs = socket.socketpair()
        self._socket = ours
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "docexam.hardware.safety.guard_process",
                    str(theirs.fileno()),
                    str(os.getpid()),
                ],
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
            )
        self._thread = threading.Thread(target=self._listen, name="docexam guard", daemon=True)
        self._thread.start()
        try:
            self._socket.sendall((plan.to_json() + "\n").encode("utf-8"))
            answer = self._ready.result(timeout=start_deadline_s)
            if "error" in answer:
                raise error_from_dict(answer["error"])
        except FutureTimeout:
            self.close()
            named = ", ".join(f"{one.driver} on {one.port}" for one in plan.lamps.values())
            raise DeviceTimeout(
                f"The lamps ({named}) were not ready within {start_deadline_s:g} s.",
                hint="Check their power and cables, and that they are the devices you named.",
                device="guard",
            ) from None
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The guard's process id."""
        return self._process.pid

    def on(
        self, light: str, level: float = 1.0, for_s: float | None = None, *, deadline_s: float = 1.0
    ) -> Lit:
        """Light a lamp; returns when it is lit for certain, in `time.monotonic`.

        Ultraviolet needs `for_s`; it goes dark by itself after that time.

        Raises:
            LightRefused, InterlockOpen: a rule forbids it.
            HardwareError: the lamp did not obey, or the guard is lost.
        """
        answer = self._ask(deadline_s, do="on", light=light, level=level, for_s=for_s)
        return Lit(answer["at_s"], answer["until_s"])

    def off(self, light: str | None = None, *, deadline_s: float = 1.0) -> float:
        """Darken one light, or all; returns the moment when the controller had accepted."""
        if light is None:
            return float(self._ask(deadline_s, do="all-off")["at_s"])
        return float(self._ask(deadline_s, do="off", light=light)["at_s"])

    def disobeyed(self, light: str, *, deadline_s: float = 2.0) -> None:
        """Tell that a picture showed a lamp that does not obey: no ultraviolet from now on."""
        self._ask(deadline_s, do="disobeyed", light=light)

    def doses_j_m2(self, *, deadline_s: float = 1.0) -> dict[str, float]:
        """The dose of the last eight hours for `uv-a` and `uv-c`."""
        return dict(self._ask(deadline_s, do="doses")["doses"])

    def identify(self, *, deadline_s: float = 3.0) -> dict[str, str]:
        """Ask every controller who it is: name in the rig -> model."""
        return dict(self._ask(deadline_s, do="identify")["devices"])

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """What the guard has to tell: `lid-open`, `dose-warning`, `lamp-lost`, `guard-lost`."""
        try:
            return self._events.get(timeout=timeout_s) if timeout_s > 0 else self._events.get(False)
        except queue.Empty:
            return None

    def close(self) -> None:
        """All dark, guard ended. Harmless when done twice."""
        if self._closed:
            return
        self._closed = self._closing = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=5.0)
            self._rescue()
        self._thread.join(timeout=2.0)
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn("A lamp guard was never closed", ResourceWarning, 2)
            with contextlib.suppress(OSError):
                self._socket.close()

    def _ask(self, deadline_s: float, **request: Any) -> dict[str, Any]:  # noqa: ANN401
        number = next(self._ids)
        future: Future[dict[str, Any]] = Future()
        self._waiting[number] = future
        if self._lost is not None:
            raise self._lost
        if self._closed:
            raise _gone("The lamp guard was closed.")
        try:
            with self._send_lock:
                self._socket.sendall((json.dumps({"id": number, **request}) + "\n").encode())
            answer = future.result(timeout=deadline_s)
        except (OSError, FutureTimeout) as error:
            if isinstance(error, HardwareError):
                raise
            if self._lost is not None:
                raise self._lost from None
            raise DeviceTimeout(
                f"The lamp guard did not answer within {deadline_s:g} s.",
                hint="It darkens the lamps by itself when its time is up; restart the program.",
                device="guard",
            ) from error
        finally:
            self._waiting.pop(number, None)
        if "error" in answer:
            raise error_from_dict(answer["error"])
        return answer

    def _listen(self) -> None:
        """The owner of the socket's reading end; when it ends unbidden, it rescues."""
        buffer = b""
        while True:
            try:
                data = self._socket.recv(65536)
            except OSError:
                data = b""
            if not data:
                break
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                self._hear(json.loads(line))
        if self._closing:
            _settle(self._ready, error=_gone("The lamp guard was closed."))
            return
        if self._ready.done() and "error" in self._ready.result():
            return
        dark = self._rescue()
        self._lost = _gone(
            "The lamp guard ended unexpectedly; "
            + (
                "all lamps were told to go dark."
                if dark
                else "a lamp could NOT be told to go dark."
            ),
            hint="Restart the program." if dark else "Switch the lamps off by hand, then restart.",
        )
        self._tell(DeviceEvent("guard-lost", time.monotonic(), "guard", "" if dark else "lit"))
        _settle(self._ready, error=self._lost)
        for future in list(self._waiting.values()):
            _settle(future, error=self._lost)

    def _hear(self, message: dict[str, Any]) -> None:
        if "ready" in message:
            _settle(self._ready, result=message)
        elif "event" in message:
            self._tell(DeviceEvent(*message["event"]))
        elif (future := self._waiting.get(message.get("id", 0))) is not None:
            _settle(future, result=message)

    def _tell(self, event: DeviceEvent) -> None:
        while True:
            try:
                self._events.put_nowait(event)
            except queue.Full:
                with contextlib.suppress(queue.Empty):
                    self._events.get_nowait()
            else:
                return

    def _rescue(self) -> bool:
        """Open the ports that the guard has left and say "off"; true when all lamps took it."""
        dark = True
        end_s = time.monotonic() + _RESCUE_S
        plans = [*self._plan.lamps.values()]
        if self._plan.supply is not None:
            plans.insert(0, self._plan.supply[0])
        for plan in plans:
            while True:
                try:
                    options = {**plan.options, "threaded": False}
                    with cast("Lamp", open_device(plan.driver, plan.port, **options)) as lamp:
                        lamp.off(deadline_s=0.3)
                    break
                except DocexamError:
                    if time.monotonic() > end_s:
                        dark = False
                        break
                    time.sleep(0.01)
        return dark


def error_from_dict(data: dict[str, str]) -> DocexamError:
    """The error that the guard met, as the same class."""
    kind = getattr(device_errors, data["kind"], None) or getattr(base_errors, data["kind"], None)
    if isinstance(kind, type) and issubclass(kind, HardwareError):
        return kind(
            data["message"],
            hint=data["hint"],
            device=data["device"],
            port=data["port"],
            last_bytes=data["last_bytes"],
            fault=data["fault"],
        )
    if isinstance(kind, type) and issubclass(kind, DocexamError):
        return kind(data["message"], code=data["code"], hint=data["hint"])
    return DocexamError(data["message"], code=data["code"], hint=data["hint"])


def _gone(message: str, hint: str = "Open it again.") -> DeviceDisconnected:
    return DeviceDisconnected(message, hint=hint, device="guard")


def _settle(
    future: Future[dict[str, Any]],
    *,
    result: dict[str, Any] | None = None,
    error: BaseException | None = None,
) -> None:
    with contextlib.suppress(InvalidStateError):
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result or {})
