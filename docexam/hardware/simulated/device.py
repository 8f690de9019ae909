"""What every simulated device has: answers with a delay, a clock from outside, and moods.

A mood is a fault of the device itself (the wire's faults are in `faults`): `refuse` (a NAK),
`busy`, `silent`, `stuck`, `dim`, `hot`, ...
"""

from __future__ import annotations

Sent = list[tuple[float, bytes]]


class SimulatedDevice:
    """A machine at the end of a wire. Subclasses override `receive`."""

    #: moods that this device can be in
    moods: frozenset[str] = frozenset({"silent"})

    def __init__(self, *, reply_after_s: float = 0.001) -> None:
        self._reply_after_s = reply_after_s
        self._moods: dict[str, int] = {}
        self._connected = True
        self._inbox = bytearray()

    @property
    def is_connected(self) -> bool:
        """False once unplugged."""
        return self._connected

    def unplug(self) -> None:
        """Pull the cable."""
        self._connected = False

    def plug(self) -> None:
        """Put the cable back; the device starts afresh."""
        self._connected = True
        self._inbox.clear()

    def fall_into(self, mood: str, times: int = -1) -> None:
        """Be in `mood` for the next `times` commands; -1 = until `recover`."""
        if mood not in self.moods:
            raise ValueError(f"{type(self).__name__} cannot be {mood}")
        self._moods[mood] = times

    def recover(self) -> None:
        """All is well again."""
        self._moods.clear()

    def is_in(self, mood: str) -> bool:
        """Whether the mood holds; looking does not use it up."""
        return self._moods.get(mood, 0) != 0

    def use_up(self, mood: str) -> bool:
        """Whether the mood holds for this command; counts it down."""
        left = self._moods.get(mood, 0)
        if left > 0:
            self._moods[mood] = left - 1
        return left != 0

    def opened(self, now_s: float) -> Sent:  # noqa: ARG002
        """A host opened the line; most devices do not notice."""
        return []

    def feed(self, data: bytes, now_s: float) -> Sent:
        """The host's bytes, in whatever pieces."""
        self._inbox += data
        del self._inbox[:-4096]
        sent: Sent = []
        while (message := self.next_message(self._inbox)) is not None:
            if self.use_up("silent"):
                continue
            at_s = now_s + self._reply_after_s
            sent += [(at_s, reply) for reply in self.receive(message, now_s) if reply]
        return sent

    def tick(self, now_s: float) -> Sent:  # noqa: ARG002
        """Time passes."""
        return []

    def wakes_at(self) -> float | None:
        """When `tick` matters next."""
        return None

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Take one whole message from `inbox`, or None."""
        raise NotImplementedError

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Obey one message; return the answers."""
        raise NotImplementedError

    def spoil_check(self, reply: bytes) -> bytes:
        """The reply with a wrong check value; the reply itself where the protocol has none."""
        return reply


def take_until(inbox: bytearray, end: bytes) -> bytes | None:
    """The bytes before `end`, removed from `inbox` together with it."""
    place = inbox.find(end)
    if place < 0:
        return None
    message = bytes(inbox[:place])
    del inbox[: place + len(end)]
    return message
