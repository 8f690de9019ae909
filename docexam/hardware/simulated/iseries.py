"""A simulated iSeries reader: the messages as a pure machine, one JSON text each."""

from __future__ import annotations

import base64
import json
from typing import Any

from docexam.hardware.simulated.device import Sent, SimulatedDevice

_LIGHT_ITEMS = {"white": 164, "ir": 162, "uv": 169, "coaxial": 171}


class SimulatedISeries(SimulatedDevice):
    """`put` lays a document down: pictures (encoded) by light, zone lines, chip files by item type.

    Moods: `busy` (another client has the session), `dirty` (says so after a capture), `dark`
    (camera disabled, error 54), `refuse` (a command is unknown).
    """

    moods = frozenset({"silent", "busy", "dirty", "dark", "refuse"})

    def __init__(
        self, *, key: str = "", key_id: str = "", has_uv: bool = True, has_coax: bool = False
    ) -> None:
        super().__init__(reply_after_s=0.002)
        self._key, self._key_id = key, key_id
        self._has_uv, self._has_coax = has_uv, has_coax
        self._knows_client = self._in_session = self._tells = False
        self._items: dict[int, tuple[int, Any]] = {}
        self._pending: list[bytes] = []
        self._document: dict[int, Any] = {}

    def put(
        self,
        pictures: dict[str, bytes],
        lines: tuple[str, ...] = (),
        chip: dict[int, bytes] | None = None,
        checks: dict[int, int] | None = None,
    ) -> None:
        """Lay a document on the glass."""
        self._document = {
            _LIGHT_ITEMS[light]: base64.b64encode(data).decode("ascii")
            for light, data in pictures.items()
        }
        if lines:
            self._document[158] = "\r".join(lines)
        for kind, data in (chip or {}).items():
            self._document[kind] = base64.b64encode(data).decode("ascii")
        self._document.update(checks or {})
        self._tell(0)

    def take_away(self) -> None:
        """The glass is empty."""
        self._document = {}
        self._tell(1)

    def opened(self, now_s: float) -> Sent:  # noqa: ARG002
        """A new connection knows nothing of the last one."""
        self._knows_client = self._in_session = self._tells = False
        return []

    def tick(self, now_s: float) -> Sent:
        """Events that are waiting."""
        sent, self._pending = [(now_s, data) for data in self._pending], []
        return sent

    def wakes_at(self) -> float | None:
        """Events wait for nobody."""
        return 0.0 if self._pending else None

    def next_message(self, inbox: bytearray) -> bytes | None:
        """One text message a feed."""
        message = bytes(inbox)
        inbox.clear()
        return message or None

    def receive(self, message: bytes, now_s: float) -> list[bytes]:  # noqa: ARG002
        """Answer one request."""
        try:
            request = json.loads(message)
            kind, number, data = int(request["t"]), request["i"], request.get("d") or {}
        except (ValueError, KeyError, TypeError):
            return [_say(28, None)]
        if self.use_up("refuse"):
            return [_say(28, number)]
        return [_say(*answer) for answer in self._answer(kind, number, data)]

    def _answer(self, kind: int, number: int, data: dict[str, Any]) -> list[tuple[Any, ...]]:
        if kind == 1:
            if (data.get("authKey"), data.get("authKeyID")) != (self._key, self._key_id):
                return [(22, number)]
            self._knows_client = True
            return [(2, number, {"version": "1.0"})]
        if not self._knows_client:
            return [(8, number)]
        if kind == 9:
            if self.use_up("busy"):
                return [(15, number)]
            self._in_session = True
            return [(10, number)]
        if not self._in_session:
            return [(14, number)]
        match kind:
            case 11:
                self._in_session = False
                return [(12, number)]
            case 42 | 43:
                self._tells = kind == 42
                return [(44 if self._tells else 45, number)]
            case 70:
                about = {"hasUV": self._has_uv, "hasCoax": self._has_coax, "hasRf": True}
                return [(70, number, {**about, "serial": "SIM1", "version": "3.2"})]
            case 50:
                return self._capture(number)
            case 52:
                item = self._items.get(data.get("id", -1))
                if item is None or item[0] != data.get("type"):
                    return [(27, number)]
                return [(53, number, {"id": data["id"], "type": item[0], "data": item[1]})]
        return [(28, number)]

    def _capture(self, number: int) -> list[tuple[Any, ...]]:
        if self.use_up("dark"):
            return [(58, number, {"errorId": 54})]
        if not self._document:
            return [(13, number)]
        if self.use_up("dirty"):
            self._tell(32)
        self._items = dict(enumerate(self._document.items(), 100))
        told: list[tuple[Any, ...]] = [
            (51, number, {"id": item, "type": kind}) for item, (kind, _) in self._items.items()
        ]
        return [*told, (6, number)]

    def _tell(self, event: int) -> None:
        if self._tells:
            self._pending.append(_say(46, None, {"eventId": event}))


def _say(kind: int, number: int | None, data: Any = None) -> bytes:  # noqa: ANN401 - JSON
    message: dict[str, Any] = {"t": kind, "d": data}
    if number is not None:
        message["i"] = number
    return json.dumps(message).encode("utf-8")
