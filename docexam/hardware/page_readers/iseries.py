"""Thales iSeries full-page readers over WebSocket: the border-post flatbed with all its lights.

Port: `wss://host/` (the certificate is verified; name the vendor's authority with `ca_file`) or
`ws://host/`. One client at a time.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from docexam.hardware.errors import (
    AccessDenied,
    DeviceBusy,
    DeviceFault,
    DeviceTimeout,
    HardwareError,
)
from docexam.hardware.framing import Framer
from docexam.hardware.linked_device import LinkedDevice
from docexam.hardware.page_readers import drmcl
from docexam.hardware.page_readers.drmcl import Message, Type
from docexam.hardware.page_readers.page import PageCapture, PageReaderCapabilities
from docexam.hardware.readers.zone_lines import split_zone, to_zone
from docexam.nouns.capture_set import CaptureDevice, CaptureImage, CapturePage, CaptureSet, Light
from docexam.nouns.device import DeviceEvent, DeviceInfo, DeviceKind, DeviceMrz, Evidence

if TYPE_CHECKING:
    from docexam.hardware.framing import Frame
    from docexam.hardware.transports.base import Transport

_MAX_MESSAGE = 64 * 1024 * 1024
_SUFFIXES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"BM": "bmp"}


class ISeriesReader(LinkedDevice):
    """A `PageReader`. `swap_keys`: the vendor's sample passes key and key id the other way round.

    `ppi` and `wavelengths` are what the reader does not tell.
    """

    name = "iseries"
    kind: ClassVar[DeviceKind] = "page-reader"
    evidence: ClassVar[Evidence] = "vendor code"
    unconfirmed = (
        "which of the two key fields holds the key (switch: swap_keys)",
        "names of the payload fields of items (data, type, id) and of the settings",
        "the resolution of the pictures (set ppi)",
    )

    def __init__(
        self,
        transport: Transport,
        *,
        key: str = "",
        key_id: str = "",
        token: str = "",
        swap_keys: bool = False,
        ppi: float | None = None,
        threaded: bool = True,
    ) -> None:
        framer = Framer(drmcl.scan, idle_gap_s=30.0, max_bytes=_MAX_MESSAGE)
        super().__init__(transport, framer, redact=True, threaded=threaded)
        self._numbers = itertools.count(1)
        self._keys = (key_id, key) if swap_keys else (key, key_id)
        self._token = token
        self._ppi = ppi
        self._is_open = False
        self._capabilities = PageReaderCapabilities(("white", "ir"), presence=True, reads_mrz=True)

    @property
    def capabilities(self) -> PageReaderCapabilities:
        """Complete once `identify` has asked."""
        return self._capabilities

    def identify(self, *, deadline_s: float = 2.0) -> DeviceInfo:
        """Log in, open the session, and ask which lamps the reader has.

        Raises:
            AccessDenied: the key is refused. DeviceBusy: another client has the session.
        """
        end_s = self._clock.now() + deadline_s
        self._open_session(end_s)
        data = self._ask(Type.DEVICE_INFO, None, end_s, (Type.DEVICE_INFO,)).data
        told = data if isinstance(data, dict) else {}
        lights: list[Light] = ["white", "ir"]
        lights += ["uv"] if told.get("hasUV") else []
        lights += ["coaxial"] if told.get("hasCoax") else []
        self._capabilities = replace(
            self._capabilities, lights=tuple(lights), reads_chip=bool(told.get("hasRf"))
        )
        self._info = replace(
            self._info,
            maker="Thales",
            model=str(told.get("model", "iSeries")),
            version=str(told.get("version", "")),
            serial_number=str(told.get("serial", "")),
        )
        return self._info

    def capture(self, *, deadline_s: float = 10.0) -> PageCapture:
        """Take the page, then fetch every item of it."""
        end_s = self._clock.now() + deadline_s
        if not self._is_open:
            self.identify(deadline_s=deadline_s / 2)
        captured_at = dt.datetime.now(dt.UTC)
        items = self._take(end_s)
        files: dict[str, bytes] = {}
        images: list[CaptureImage] = []
        chip: dict[str, bytes] = {}
        checks: dict[str, str] = {}
        warnings: list[str] = []
        mrz: DeviceMrz | None = None
        for item, kind in items:
            light = drmcl.ITEM_LIGHTS.get(kind)
            wanted = light or kind == drmcl.ITEM_CODELINE or kind in drmcl.ITEM_CHIP
            if not wanted and kind not in drmcl.ITEM_CHECKS:
                continue
            asked = {"id": item, "type": kind}
            value = self._ask(Type.ITEM_GET, asked, end_s, (Type.ITEM,)).data
            content = value.get("data") if isinstance(value, dict) else None
            if kind in drmcl.ITEM_CHECKS:
                checks[drmcl.ITEM_CHECKS[kind]] = drmcl.CHECK_RESULTS.get(
                    content if isinstance(content, int) else 0, "not performed"
                )
            elif not isinstance(content, str):
                warnings.append(f"item {kind} came without content")
            elif kind == drmcl.ITEM_CODELINE:
                mrz = to_zone(split_zone(content))
            else:
                data = _from_base64(content)
                if data is None:
                    warnings.append(f"item {kind} is no base64")
                elif light is None:
                    chip[drmcl.ITEM_CHIP[kind]] = data
                else:
                    file = f"{light}.{_suffix(data)}"
                    files[file] = data
                    images.append(CaptureImage(light, file, ppi=self._ppi))
        taken = {image.light for image in images}
        warnings += [
            f"no {one} picture came" for one in self._capabilities.lights if one not in taken
        ]
        capture = CaptureSet(
            name="capture",
            pages=(CapturePage("data", tuple(images)),),
            captured_at=captured_at.isoformat(timespec="seconds"),
            device=CaptureDevice(f"{self._info.maker} {self._info.model}".strip(), "live"),
        )
        return PageCapture(capture, files, mrz, chip, checks, tuple(warnings))

    def close(self) -> None:
        """Close the session, so that the next client gets it, then the connection."""
        if self._is_open and not self._link.is_broken:
            self._is_open = False
            end_s = self._clock.now() + 0.5
            # Without an answer: the server ends the session of a closed connection by itself.
            with contextlib.suppress(HardwareError):
                self._ask(Type.SESSION_CLOSE, None, end_s, (Type.SESSION_CLOSED,))
        super().close()

    def _open_session(self, end_s: float) -> None:
        if self._is_open:
            return
        if self._token:
            self._ask(Type.TOKEN, {"token": self._token}, end_s, (Type.TOKEN_TAKEN,))
        else:
            keys = {"authKey": self._keys[0], "authKeyID": self._keys[1]}
            self._ask(Type.CONNECT, keys, end_s, (Type.CONNECTED,))
        self._ask(Type.SESSION_OPEN, None, end_s, (Type.SESSION_OPENED,))
        self._ask(Type.EVENTS_ON, None, end_s, (Type.EVENTS_ARE_ON,))
        self._is_open = True

    def _take(self, end_s: float) -> list[tuple[Any, int]]:
        """Start a capture; (id, type) of what it brought, once it is done."""
        number = next(self._numbers)
        items: list[tuple[Any, int]] = []

        def is_over(frame: Frame) -> bool:
            message = drmcl.decode(frame)
            if message.number != number:
                return False
            if message.type == Type.CAPTURE_ITEM and isinstance(message.data, dict):
                if isinstance(message.data.get("type"), int):
                    items.append((message.data.get("id"), message.data["type"]))
                return False
            return True

        frame = self._link.exchange(
            drmcl.encode(Type.CAPTURE, number), is_over, deadline_s=self._left(end_s)
        )
        self._check(drmcl.decode(frame), (Type.DONE,))
        return items

    def _ask(self, kind: Type, data: object, end_s: float, answers: tuple[Type, ...]) -> Message:
        number = next(self._numbers)
        frame = self._link.exchange(
            drmcl.encode(kind, number, data),
            lambda frame: drmcl.decode(frame).number == number,
            deadline_s=self._left(end_s),
        )
        message = drmcl.decode(frame)
        self._check(message, answers)
        return message

    def _check(self, message: Message, answers: tuple[Type, ...]) -> None:
        if message.type in answers:
            return
        data = message.data if isinstance(message.data, dict) else {}
        code = data.get("errorId")
        known = message.type in drmcl.FAILURES
        what = drmcl.FAILURES[Type(message.type)] if known else f"answer {message.type}"
        if isinstance(code, int):
            what += f": {drmcl.ERRORS.get(code, 'unknown')} (error {code})"
        kinds: dict[int, tuple[type[HardwareError], str]] = {
            Type.SESSION_IN_USE: (DeviceBusy, "Close the other program that uses the reader."),
            Type.KEY_INVALID: (AccessDenied, "Correct the key in the rig."),
            Type.NOT_AUTHORISED: (AccessDenied, "Correct the key in the rig."),
            Type.TOKEN_BAD: (AccessDenied, "Correct the token in the rig."),
        }
        kind, hint = kinds.get(
            message.type, (DeviceFault, "Look at the reader; restart it if it happens again.")
        )
        raise kind(
            f"{self.name} on {self._info.port} refused: {what}.",
            hint=hint,
            device=self.name,
            port=self._info.port,
            fault="" if code is None else str(code),
        )

    def _left(self, end_s: float) -> float:
        left_s = end_s - self._clock.now()
        if left_s <= 0:
            raise DeviceTimeout(
                f"{self.name} on {self._info.port} was not ready in time.",
                hint="Allow more time, or look at the network.",
                device=self.name,
                port=self._info.port,
            )
        return left_s

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:
        message = drmcl.decode(frame)
        if message.type != Type.EVENT or not isinstance(message.data, dict):
            return None
        known = drmcl.EVENTS.get(message.data.get("eventId", -1))
        return None if known is None else DeviceEvent(known, at_s, self.name)


def _from_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _suffix(data: bytes) -> str:
    return next((name for head, name in _SUFFIXES.items() if data.startswith(head)), "bin")
