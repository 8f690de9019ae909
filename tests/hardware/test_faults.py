"""Every fault, in every driver where it can occur: recovered, or reported by name in time."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from docexam.hardware import errors
from docexam.hardware.drivers import DRIVERS, Driver
from docexam.hardware.simulated.faults import Fault
from docexam.hardware.testing.fault_table import CALL_DEADLINE_S, GRACE_S, faults_of, try_fault

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = [(driver, fault) for driver in DRIVERS if driver.simulator for fault in faults_of(driver)]
NAMED = {
    kind.slug
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.HardwareError)
}
# Protocols without a check, where a flipped bit gives another character of the zone.
WITHOUT_CHECK = {
    (driver, "flip") for driver in ("elyctis", "line", "honeywell", "wedge", "iseries")
}


@pytest.mark.parametrize(("driver", "fault"), CASES, ids=[f"{d.name}-{f}" for d, f in CASES])
def test_recovered_or_named_in_time_and_dark(driver: Driver, fault: str) -> None:
    for answer in range(7):
        found = try_fault(driver, fault, answer, seed=answer)
        if not found.hits:
            continue
        assert found.slowest_s <= CALL_DEADLINE_S + GRACE_S, found
        assert found.lamp_dark is not False, found
        if fault in ("split", "duplicate") and driver.name not in ("wedge", "iseries"):
            assert found.outcome == "recovered", found
        elif found.outcome == "altered":
            assert (driver.name, fault) in WITHOUT_CHECK, found
        elif found.outcome == "unseen":
            assert fault in ("stuck", "dim", "silent"), found
        elif found.outcome == "nothing":
            assert driver.kind == "mrz-reader"
        else:
            assert found.outcome in NAMED | {"recovered", "warned", "marked", "reads-open"}, found


@pytest.mark.parametrize(
    ("driver", "fault", "slug"),
    [
        ("gardasoft", "hot", "device.fault"),
        ("gardasoft", "refuse", "device.refused"),
        ("ccs", "checksum", "device.checksum"),
        ("opt", "refuse", "device.refused"),
        ("s-hash", "refuse", "device.refused"),
        ("gardasoft", "silent", "device.timeout"),
        ("ccs", "oversize", "device.framing"),
        ("s-hash", "disconnect", "device.disconnected"),
        ("numato", "nonsense", "device.framing"),
        ("honeywell", "refuse", "device.refused"),
    ],
)
def test_the_name_fits_the_fault(driver: str, fault: str, slug: str) -> None:
    entry = next(one for one in DRIVERS if one.name == driver)
    outcomes = {try_fault(entry, fault, answer).outcome for answer in range(4)}
    assert slug in outcomes, outcomes


def test_a_fault_can_be_repeated_from_its_seed() -> None:
    entry = next(one for one in DRIVERS if one.name == "ccs")
    for fault in ("flip", "garbage", "truncate"):
        assert try_fault(entry, fault, 1, seed=5) == try_fault(entry, fault, 1, seed=5)


def test_a_flipped_bit_never_closes_an_open_lid(in_memory: Callable) -> None:
    for seed in range(200):
        lid, simulated, _ = in_memory("numato", Fault("flip", times=1), seed=seed)
        simulated.lid_closed = False
        # "Open" and "unknown" are both safe; "closed" would light the lamp over open eyes.
        with contextlib.suppress(errors.HardwareError):
            assert lid.is_closed() is False
