"""From a driver's name and a port to an open device; the only way to the simulated ones.

Port `sim:` opens the driver's own simulator in memory, in real time.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from docexam.errors import DependencyMissing, SettingsError
from docexam.hardware.clock import Clock, SystemClock
from docexam.hardware.drivers import DRIVERS, Driver
from docexam.hardware.errors import HardwareError
from docexam.hardware.transports.memory import MemoryTransport
from docexam.hardware.transports.opening import open_transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.hardware.protocols import Device
    from docexam.hardware.transports.base import Peer, Transport
    from docexam.hardware.transports.serial_settings import SerialSettings

ENTRY_POINTS = "docexam.drivers"
SIMULATED_PORT = "sim:"
#: Words of `open_device` itself, which no driver option may be called.
RESERVED = frozenset({"name", "port", "clock", "line", "threaded"})


def known_drivers() -> dict[str, Driver]:
    """All drivers by name: those in the box, then those of other packages.

    A foreign entry point that cannot be loaded is left out: it hurts only its own users, who are
    told so by `find_driver`.
    """
    found = {driver.name: driver for driver in DRIVERS}
    for point in entry_points(group=ENTRY_POINTS):
        try:
            driver = point.load()
        except ImportError:
            continue
        if isinstance(driver, Driver):
            found.setdefault(driver.name, driver)
    return found


def find_driver(name: str) -> Driver:
    """The driver of that name.

    Raises:
        DependencyMissing: another package offers it but cannot be loaded.
        SettingsError: nobody offers it.
    """
    drivers = known_drivers()
    if name in drivers:
        return drivers[name]
    for point in entry_points(group=ENTRY_POINTS):
        if point.name == name:
            raise DependencyMissing(
                f"The driver {name} is installed but cannot be loaded.",
                code="device.driver-broken",
                hint=f"Reinstall the package that offers {point.value}.",
            )
    raise SettingsError(
        f"There is no driver {name}.",
        code="device.driver-unknown",
        hint=f"Known: {', '.join(sorted(drivers))}.",
    )


def open_device(
    name: str,
    port: str,
    *,
    clock: Clock | None = None,
    line: SerialSettings | None = None,
    baud: int | None = None,
    ca_file: str | None = None,
    **options: Any,  # noqa: ANN401
) -> Device:
    """Open `port` with the driver `name` and its options.

    `line` or `baud` in place of the driver's own line settings; `ca_file` for `wss://`.

    Raises:
        SettingsError: an unknown driver, port form or option.
        DependencyMissing: a library that only this driver needs is not installed.
        DeviceNotFound, DeviceBusy, AccessDenied: the port cannot be opened.
    """
    driver = find_driver(name)
    if driver.style == "own":
        return build(driver, port, options)
    if baud is not None:
        line = _at_speed(driver, line or driver.line, baud)
    try:
        transport = open_port(
            driver, port, clock=clock, line=line, ca_file=ca_file, options=options
        )
    except HardwareError as error:
        error.device = error.device or driver.name
        # A port knows no device: its sentence gets one here.
        error.message = f"{driver.name}: {error.message}"
        raise
    try:
        return build(driver, transport, options)
    except BaseException:
        transport.close()
        raise


def _at_speed(driver: Driver, line: SerialSettings, baud: object) -> SerialSettings:
    if not isinstance(baud, int) or not 50 <= baud <= 4_000_000:
        raise SettingsError(
            f"The driver {driver.name} cannot work with baud={baud!r}.",
            code="device.option-value",
            hint="Usual speeds: 9600, 19200, 38400, 115200.",
        )
    return dataclasses.replace(line, baud=baud)


def open_port(
    driver: Driver,
    port: str,
    *,
    clock: Clock | None = None,
    line: SerialSettings | None = None,
    ca_file: str | None = None,
    options: dict[str, Any] | None = None,
) -> Transport:
    """The transport to `port` with the line settings that `driver` wants."""
    if port == SIMULATED_PORT:
        return MemoryTransport(
            simulator_of(driver, options), clock or SystemClock(), SIMULATED_PORT
        )
    return open_transport(port, line or driver.line, clock=clock, ca_file=ca_file)


def describe(driver: Driver) -> dict[str, Any]:
    """What is known of a driver, without any device: evidence, assumptions, options."""
    unconfirmed: tuple[str, ...] = ()
    if driver.simulator and driver.style != "own":
        transport = MemoryTransport(simulator_of(driver, driver.example))
        device = build(driver, transport, {**driver.example, "threaded": False})
        unconfirmed = device.info.unconfirmed
        device.close()
    options = [
        name
        for name in inspect.signature(load(driver.target, driver)).parameters
        if name not in ("self", "transport", "port", "threaded", *driver.preset)
    ]
    return {
        "driver": driver.name,
        "kind": driver.kind,
        "summary": driver.summary,
        "evidence": driver.evidence,
        "unconfirmed": list(unconfirmed),
        "options": options,
        "port_example": driver.port_example,
        "simulated": bool(driver.simulator),
    }


def build(driver: Driver, port: Transport | str, options: dict[str, Any]) -> Device:
    """The device over an open transport (or over a port's name, for a driver that opens itself)."""
    target = load(driver.target, driver)
    chosen = {**driver.preset, **options}
    if driver.style == "lamp-codec":
        from docexam.hardware.lamps.serial_lamp import SerialLamp

        threaded = bool(chosen.pop("threaded", True))
        codec = _call(driver, target, (), chosen)
        return SerialLamp(port, codec, threaded=threaded)  # type: ignore[arg-type]
    device: Device = _call(driver, target, (port,), chosen)
    return device


def simulator_of(driver: Driver, options: dict[str, Any] | None = None) -> Peer:
    """A fresh simulated device for `driver`, with its default settings.

    Of the driver's `options` it gets those that it needs too (`simulator_options`).

    Raises:
        SettingsError: it has none, or lacks an option.
    """
    if not driver.simulator:
        raise SettingsError(
            f"The driver {driver.name} has no simulator.",
            code="device.no-simulator",
            hint="Name a real port.",
        )
    given = {name: value for name, value in (options or {}).items() if value}
    missing = [name for name in driver.simulator_options if name not in given]
    if missing:
        raise SettingsError(
            f"The simulator of {driver.name} needs the option {missing[0]}.",
            code="device.option-missing",
            hint=f"Say what it is: -o {missing[0]}=...",
        )
    chosen = {name: given[name] for name in driver.simulator_options}
    peer: Peer = _call(driver, load(driver.simulator, driver), (), chosen)
    return peer


def load(target: str, driver: Driver) -> Callable[..., Any]:
    """The object that `module:name` means.

    Raises:
        DependencyMissing: its library is not installed.
    """
    module_name, _, attribute = target.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise DependencyMissing(
            f"The driver {driver.name} needs {driver.library or error.name}, "
            "which is not installed.",
            code="device.library-missing",
            hint=driver.install or f"Install it: pip install {driver.library or error.name}",
        ) from error
    loaded: Callable[..., Any] = getattr(module, attribute)
    return loaded


def _call(
    driver: Driver,
    target: Callable[..., Any],
    positional: tuple[object, ...],
    options: dict[str, Any],
) -> Any:  # noqa: ANN401
    signature = inspect.signature(target)
    unknown = sorted(set(options) - set(signature.parameters))
    if unknown:
        known = [
            name
            for name in list(signature.parameters)[len(positional) :]
            if name not in ("threaded", *driver.preset)
        ]
        raise SettingsError(
            f"The driver {driver.name} has no option {unknown[0]}.",
            code="device.option-unknown",
            hint=f"Its options: {', '.join(known) or 'none'}.",
        )
    try:
        return target(*positional, **options)
    except (TypeError, ValueError, IndexError) as error:
        if not options:
            raise
        given = ", ".join(f"{name}={value!r}" for name, value in options.items())
        raise SettingsError(
            f"The driver {driver.name} cannot work with {given}.",
            code="device.option-value",
            hint="See `docexam devices info` for its options.",
        ) from error
