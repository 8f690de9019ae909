"""The guard: a process of its own session that owns the lamps' ports and outlives the host.

It lights what the host asks for, within the rules; it goes dark and ends when the host's end of
the socket closes, when the host's process ends, or on a signal. One JSON object a line, both ways.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

from docexam.errors import DocexamError
from docexam.hardware.safety.plan import GuardPlan, open_keeper
from docexam.hardware.transports.descriptor import Bell

if TYPE_CHECKING:
    from docexam.hardware.safety.keeper import LightKeeper

_MAX_LINE = 1 << 20


class _Host:
    """The host's end of the socket, line by line; and whether the host still lives."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._socket = connection
        self._buffer = b""
        self.is_gone = False
        self.lines: list[str] = []
        self._alive: int | None = None
        # A forked worker of the host may keep the socket open after the host was killed:
        # the process itself is watched too, where the system can.
        with contextlib.suppress(AttributeError, OSError):
            self._alive = os.pidfd_open(pid)

    def descriptors(self) -> list[int]:
        """What to wait for."""
        return [self._socket.fileno(), *([] if self._alive is None else [self._alive])]

    def listen(self, ready: list[int]) -> None:
        """Take what has arrived into `lines`."""
        if self._alive in ready:
            self.is_gone = True
        if self._socket.fileno() not in ready:
            return
        try:
            data = self._socket.recv(65536)
        except OSError:
            data = b""
        if not data:
            self.is_gone = True
            return
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > _MAX_LINE:
            self.is_gone = True
        self.lines += [line.decode("utf-8", "replace") for line in lines]

    def say(self, message: dict[str, Any]) -> None:
        """Send one object; a host that does not listen is gone."""
        try:
            self._socket.sendall((json.dumps(message) + "\n").encode("utf-8"))
        except OSError:
            self.is_gone = True


def error_to_dict(error: DocexamError) -> dict[str, str]:
    """An error as data; `guard.error_from_dict` is its way back."""
    names = ("message", "code", "hint", "device", "port", "last_bytes", "fault")
    return {"kind": type(error).__name__, **{key: str(getattr(error, key, "")) for key in names}}


def serve(descriptor: int, host_pid: int) -> None:
    """Keep the lamps until the host is gone or a signal comes."""
    stop = Bell()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.ring())
    connection = socket.socket(fileno=descriptor)
    connection.settimeout(1.0)
    host = _Host(connection, host_pid)
    while not host.lines and not host.is_gone:
        host.listen(select.select(host.descriptors(), [], [])[0])
    if not host.lines:
        return
    try:
        keeper = open_keeper(GuardPlan.from_json(host.lines.pop(0)))
    except DocexamError as error:
        host.say({"ready": False, "error": error_to_dict(error)})
        return
    host.say({"ready": True, "pid": os.getpid()})
    try:
        _loop(host, keeper, stop)
    finally:
        keeper.close()


def _loop(host: _Host, keeper: LightKeeper, stop: Bell) -> None:
    wait_s = 0.0
    while not host.is_gone:
        ready = select.select([*host.descriptors(), stop.read_fd], [], [], wait_s)[0]
        if stop.read_fd in ready:
            return
        host.listen(ready)
        while host.lines and not host.is_gone:
            reply = _obey(keeper, json.loads(host.lines.pop(0)))
            # Events first: who has the answer also knows what happened before it.
            _tell_events(host, keeper)
            host.say(reply)
        if not host.is_gone:
            wait_s = keeper.poll()
            _tell_events(host, keeper)


def _tell_events(host: _Host, keeper: LightKeeper) -> None:
    while keeper.events:
        event = keeper.events.popleft()
        host.say({"event": [event.name, event.at_s, event.device, event.detail]})


def _obey(keeper: LightKeeper, request: dict[str, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = {"id": request.get("id")}
    try:
        match request["do"]:
            case "on":
                lit = keeper.on(request["light"], request["level"], request["for_s"])
                reply.update(at_s=lit.from_s, until_s=lit.until_s)
            case "off":
                reply["at_s"] = keeper.off(request["light"])
            case "all-off":
                keeper.all_off()
                reply["at_s"] = keeper.clock.now()
            case "disobeyed":
                keeper.disobeyed(request["light"])
                reply["at_s"] = keeper.clock.now()
            case "doses":
                reply["doses"] = keeper.doses_j_m2()
    except DocexamError as error:
        reply["error"] = error_to_dict(error)
    return reply


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
