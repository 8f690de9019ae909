"""What goes wrong with a device, each naming the device, its port and its last bytes.

DeviceError
 +- HardwareError
     +- RigError              the rig file makes no sense
     +- DeviceNotFound        no such port, or nothing answers on it
     +- DeviceBusy            another program, or another client, has it
     +- AccessDenied          the system does not let this user open it
     +- WrongDevice           something answers, but not what the driver is for
     +- DeviceTimeout         no answer before the deadline
     +- DeviceDisconnected    unplugged, switched off, or the connection closed
     +- FramingError          bytes that make no message
     |   +- ChecksumError
     +- DeviceRefused         the device understood and said no (its code in `fault`)
     +- DeviceFault           the device reports that it is broken, hot or overloaded
     +- Unsupported           this device cannot do that
     +- LightRefused          a UV rule forbids it: on-time, duty, dose, rating
     |   +- InterlockOpen     the lid is open, or its state is unknown
     +- LampDisobeys          the picture shows light that should be off, or none where it should be
"""

from __future__ import annotations

from docexam.errors import DeviceError

_KEPT = 64


def show_bytes(data: bytes, *, redact: bool) -> str:
    """The last bytes as hex; with `redact`, letters, digits and `<` are masked: they may be a name.

    Control bytes stay, since framing errors are found by them.
    """
    kept = data[-_KEPT:]
    personal = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789<"
    return " ".join("xx" if redact and byte in personal else f"{byte:02X}" for byte in kept)


class HardwareError(DeviceError):
    """An error of one device. `last_bytes` is hex, already redacted where it must be."""

    slug = "device.error"
    device: str = ""
    port: str = ""
    last_bytes: str = ""
    fault: str = ""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        device: str = "",
        port: str = "",
        last_bytes: str = "",
        fault: str = "",
    ) -> None:
        super().__init__(message, code=self.slug, hint=hint)
        self.device = device
        self.port = port
        self.last_bytes = last_bytes
        self.fault = fault

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders whole: the guard sends them back to the host."""
        state = {key: getattr(self, key) for key in ("device", "port", "last_bytes", "fault")}
        return (*super().__reduce__(), state)


class RigError(HardwareError):
    """The rig file cannot be read or makes no sense."""

    slug = "rig.invalid"


class DeviceNotFound(HardwareError):
    """No such port, or nothing answers on it."""

    slug = "device.not-found"


class DeviceBusy(HardwareError):
    """Another program or another client has it."""

    slug = "device.busy"


class AccessDenied(HardwareError):
    """The system does not let this user open the port."""

    slug = "device.access-denied"


class WrongDevice(HardwareError):
    """Something answers, but not what the driver is for."""

    slug = "device.wrong"


class DeviceTimeout(HardwareError, TimeoutError):
    """No answer before the deadline."""

    slug = "device.timeout"


class DeviceDisconnected(HardwareError):
    """Unplugged, switched off, or the connection was closed."""

    slug = "device.disconnected"


class FramingError(HardwareError):
    """Bytes came that make no message."""

    slug = "device.framing"


class ChecksumError(FramingError):
    """A whole message came, but its check does not hold."""

    slug = "device.checksum"


class DeviceRefused(HardwareError):
    """The device understood the command and said no."""

    slug = "device.refused"


class DeviceFault(HardwareError):
    """The device reports that it is broken, too hot or overloaded."""

    slug = "device.fault"


class Unsupported(HardwareError):
    """This device cannot do what was asked."""

    slug = "device.unsupported"


class LightRefused(HardwareError):
    """A rule for ultraviolet forbids it: on-time, duty, dose or the head's rating."""

    slug = "light.refused"


class InterlockOpen(LightRefused):
    """The lid is open, or nobody knows whether it is closed."""

    slug = "light.interlock-open"


class LampDisobeys(HardwareError):
    """The picture shows light that should be off, or none where there should be some."""

    slug = "lamp.disobeys"
