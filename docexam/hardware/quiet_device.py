"""What devices share that speak only when asked: who they are, what they can do, closing."""

from __future__ import annotations

from typing import ClassVar, Generic, Self, TypeVar

from docexam.nouns.device import DeviceEvent, DeviceInfo, DeviceKind, Evidence

Capabilities = TypeVar("Capabilities")


class QuietDevice(Generic[Capabilities]):
    """Subclasses name themselves and add what they do."""

    name: ClassVar[str]
    kind: ClassVar[DeviceKind]
    evidence: ClassVar[Evidence]
    unconfirmed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, port: str, capabilities: Capabilities) -> None:
        self._capabilities = capabilities
        self._info = DeviceInfo(
            driver=self.name,
            kind=self.kind,
            evidence=self.evidence,
            port=port,
            unconfirmed=self.unconfirmed,
        )

    @property
    def info(self) -> DeviceInfo:
        """Who this is."""
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, and within which limits."""
        return self._capabilities

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:  # noqa: ARG002
        """What is known without asking anew."""
        return self._info

    def next_event(self, timeout_s: float) -> DeviceEvent | None:  # noqa: ARG002
        """Nothing: it says nothing of its own accord."""
        return None

    def close(self) -> None:
        """Let go of what is held open; nothing by default."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
