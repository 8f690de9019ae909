"""What page readers share that are no link to a port."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from docexam.nouns.device import DeviceEvent, DeviceInfo, Evidence

if TYPE_CHECKING:
    from docexam.hardware.page_readers.page import PageReaderCapabilities


class BasePageReader:
    """Subclasses name themselves and implement `capture`."""

    name: ClassVar[str]
    evidence: ClassVar[Evidence]
    unconfirmed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, port: str, capabilities: PageReaderCapabilities) -> None:
        self._capabilities = capabilities
        self._info = DeviceInfo(
            driver=self.name,
            kind="page-reader",
            evidence=self.evidence,
            port=port,
            unconfirmed=self.unconfirmed,
        )

    @property
    def info(self) -> DeviceInfo:
        """Who this is."""
        return self._info

    @property
    def capabilities(self) -> PageReaderCapabilities:
        """What it can do."""
        return self._capabilities

    def identify(self, *, deadline_s: float = 2.0) -> DeviceInfo:  # noqa: ARG002
        """What is known without asking."""
        return self._info

    def next_event(self, timeout_s: float) -> DeviceEvent | None:  # noqa: ARG002
        """It says nothing of its own accord."""
        return None

    def close(self) -> None:
        """Nothing is held open between captures."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
