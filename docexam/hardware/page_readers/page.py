"""What a page reader delivers, and its shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from docexam.nouns.capture_set import CaptureSet, Light
    from docexam.nouns.device import DeviceEvent, DeviceInfo, DeviceMrz


@dataclass(frozen=True, slots=True)
class PageReaderCapabilities:
    """`lights` that it can take; `presence`: it tells when a document comes and goes."""

    lights: tuple[Light, ...]
    presence: bool = False
    reads_mrz: bool = False
    reads_chip: bool = False


@dataclass(frozen=True, slots=True)
class PageCapture:
    """A capture set with its files, and what else the reader says of the document.

    `chip` maps names such as `DG1` or `EF.SOD` to bytes; `checks` maps names such as
    `active-authentication` to `ok`, `failed` or `not performed`: the reader's own opinion.
    """

    capture: CaptureSet
    files: dict[str, bytes]
    mrz: DeviceMrz | None = None
    chip: dict[str, bytes] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@runtime_checkable
class PageReader(Protocol):
    """A device that takes a whole page under all its lights."""

    @property
    def info(self) -> DeviceInfo:
        """Who this is, as far as it was asked."""
        ...

    @property
    def capabilities(self) -> PageReaderCapabilities:
        """What this reader can do, as far as it was asked."""
        ...

    def identify(self, *, deadline_s: float = 2.0) -> DeviceInfo:
        """Ask the reader who it is and what it can do."""
        ...

    def capture(self, *, deadline_s: float = 10.0) -> PageCapture:
        """Take what lies on the glass.

        Raises:
            DeviceFault, DeviceBusy, DeviceTimeout, DeviceDisconnected: it could not.
        """
        ...

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """`document-present`, `document-removed`, `dirt-on-window`, `flip-document`, ..."""
        ...

    def close(self) -> None:
        """Let go of the reader."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
