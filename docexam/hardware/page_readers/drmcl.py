"""The numbers of the iSeries language "DRMCL" (Thales, clients published under MIT in 2025).

A message is `{"t": type, "i": request id, "d": payload}`; replies carry the same `i`, events none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from docexam.hardware.framing import Frame, Scan

if TYPE_CHECKING:
    from docexam.nouns.capture_set import Light


class Type(IntEnum):
    """Message types that the driver knows."""

    CONNECT = 1
    CONNECTED = 2
    DONE = 6
    NOT_AUTHORISED = 8
    SESSION_OPEN = 9
    SESSION_OPENED = 10
    SESSION_CLOSE = 11
    SESSION_CLOSED = 12
    CAPTURE_ERROR = 13
    SESSION_INVALID = 14
    SESSION_IN_USE = 15
    KEY_INVALID = 22
    ITEM_ERROR = 27
    COMMAND_INVALID = 28
    SETTINGS_GET = 32
    SETTINGS = 33
    SETTINGS_SET = 35
    SETTINGS_TAKEN = 36
    SETTINGS_ERROR = 37
    CAPTURE_STOP = 38
    CAPTURE_STOPPED = 39
    EVENTS_ON = 42
    EVENTS_OFF = 43
    EVENTS_ARE_ON = 44
    EVENTS_ARE_OFF = 45
    EVENT = 46
    CAPTURE = 50
    CAPTURE_ITEM = 51
    ITEM_GET = 52
    ITEM = 53
    ERROR = 58
    INTERNAL_ERROR = 59
    DEVICE_INFO = 70
    TOKEN = 91
    TOKEN_TAKEN = 92
    TOKEN_BAD = 93


ITEM_CODELINE = 158
ITEM_LIGHTS: dict[int, Light] = {164: "white", 162: "ir", 169: "uv", 171: "coaxial"}
ITEM_CHIP = {24: "EF.COM", 25: "EF.SOD", **{25 + number: f"DG{number}" for number in range(1, 17)}}
ITEM_CHECKS = {
    43: "basic-access-control",
    44: "active-authentication",
    49: "passive-authentication",
    50: "pace",
}
CHECK_RESULTS = {
    -1: "failed",
    0: "not performed",
    1: "ok",
    2: "valid but revoked",
    3: "no document signer certificate",
    4: "no country signing certificate",
}
EVENTS = {
    0: "document-present",
    1: "document-removed",
    32: "dirt-on-window",
    36: "flip-document",
    37: "reader-connected",
    38: "reader-disconnected",
}
ERRORS = {30: "it timed out", 46: "its reader is not present", 54: "its camera is disabled"}
# What each failing reply means: (a sentence, the device is in trouble, someone else has it).
FAILURES = {
    Type.NOT_AUTHORISED: "the key does not allow it",
    Type.CAPTURE_ERROR: "the capture failed",
    Type.SESSION_INVALID: "the session is not valid",
    Type.SESSION_IN_USE: "another client has it",
    Type.KEY_INVALID: "the key is not valid",
    Type.ITEM_ERROR: "an item could not be fetched",
    Type.COMMAND_INVALID: "it does not know the command",
    Type.SETTINGS_ERROR: "it does not take the settings",
    Type.ERROR: "it reports an error",
    Type.INTERNAL_ERROR: "it has an internal error",
    Type.TOKEN_BAD: "the token is not valid",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `number` is None for events."""

    type: int
    number: int | None
    data: Any


def encode(kind: int, number: int, data: object = None) -> bytes:
    """A request."""
    return json.dumps({"t": int(kind), "i": number, "d": data}).encode("utf-8")


def decode(frame: Frame) -> Message:
    """The message in a frame that `scan` has taken."""
    value = json.loads(frame.body)
    number = value.get("i")
    return Message(
        int(value["t"]), int(number) if isinstance(number, int) else None, value.get("d")
    )


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """One whole message: the transport keeps their borders. Anything else is broken."""
    try:
        value = json.loads(buffer)
    except (ValueError, RecursionError):
        return Scan(len(buffer), bad="malformed")
    if not isinstance(value, dict) or not isinstance(value.get("t"), int):
        return Scan(len(buffer), bad="malformed")
    return Scan(len(buffer), Frame("message", buffer, buffer[:64]))
