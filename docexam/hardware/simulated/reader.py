"""A simulated MRZ reader: a document may lie on it; its protocol decides what it then says."""

from __future__ import annotations

from docexam.hardware.simulated.device import Sent, SimulatedDevice


class SimulatedReader(SimulatedDevice):
    """`put` and `take_away` are the person at the desk. `reads_after_s`: how long a read takes.

    Mood `unsure`: the reader cannot make out the fifth character of the last line.
    """

    moods = frozenset({"silent", "unsure"})

    def __init__(self, *, reads_after_s: float = 0.05) -> None:
        super().__init__()
        self.reads_after_s = reads_after_s
        self._lines: tuple[str, ...] = ()
        self._arrived = False

    def put(self, lines: tuple[str, ...]) -> None:
        """Lay a document on the glass (or swipe it)."""
        self._lines = lines
        self._arrived = True

    def take_away(self) -> None:
        """The document is gone."""
        self._lines = ()

    def seen(self, unreadable: str = "_") -> tuple[str, ...]:
        """The lines as this reader makes them out."""
        if not self._lines or not self.use_up("unsure"):
            return self._lines
        last = self._lines[-1]
        return (*self._lines[:-1], last[:4] + unreadable + last[5:])

    def tick(self, now_s: float) -> Sent:
        """A document that has just arrived may be sent unasked."""
        if not self._arrived:
            return []
        self._arrived = False
        return [(now_s + self.reads_after_s, data) for data in self.announce()]

    def announce(self) -> list[bytes]:
        """What the reader sends by itself when a document arrives."""
        return []

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Readers that take no commands ignore what they get."""
        inbox.clear()
        return None

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Readers that take no commands never answer."""
        raise NotImplementedError
