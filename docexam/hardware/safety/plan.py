"""What a guard is to keep: devices, heads and rules, as data that crosses a process border."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docexam.hardware.clock import SystemClock
from docexam.hardware.registry import open_device
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.keeper import LightKeeper
from docexam.hardware.safety.ledger import DoseLedger
from docexam.hardware.safety.limits import UvRules

if TYPE_CHECKING:
    from docexam.hardware.protocols import Interlock, Lamp


@dataclass(frozen=True, slots=True)
class DevicePlan:
    """A driver, its port and its options."""

    driver: str
    port: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuardPlan:
    """`lid`: a device, or None; without one, `runs_without_lid` must be said for UV to light.

    `supply`: a relay and its channel that cuts the lamps' power when one no longer obeys.
    """

    lamps: dict[str, DevicePlan]
    heads: tuple[LampHead, ...]
    ledger: str
    lid: DevicePlan | None = None
    runs_without_lid: bool = False
    supply: tuple[DevicePlan, int] | None = None
    rules: UvRules = field(default_factory=UvRules)

    def to_json(self) -> str:
        """One line."""
        return json.dumps(dataclasses.asdict(self))

    @staticmethod
    def from_json(text: str) -> GuardPlan:
        """The plan that `to_json` wrote."""
        data = json.loads(text)
        supply = data["supply"]
        return GuardPlan(
            lamps={name: DevicePlan(**one) for name, one in data["lamps"].items()},
            heads=tuple(LampHead(**one) for one in data["heads"]),
            ledger=data["ledger"],
            lid=DevicePlan(**data["lid"]) if data["lid"] else None,
            runs_without_lid=data["runs_without_lid"],
            supply=(DevicePlan(**supply[0]), supply[1]) if supply else None,
            rules=UvRules(**data["rules"]),
        )


def open_keeper(plan: GuardPlan) -> LightKeeper:
    """Open every device of the plan, dark. What was opened is closed again if one fails.

    Raises:
        HardwareError, SettingsError, DependencyMissing: a device cannot be opened.
    """
    keeper = LightKeeper(
        clock=SystemClock(),
        lamps={},
        heads={head.light: head for head in plan.heads},
        ledger=DoseLedger(Path(plan.ledger)) if any(head.band for head in plan.heads) else None,
        runs_without_lid=plan.runs_without_lid,
        rules=plan.rules,
    )
    try:
        for name, device in plan.lamps.items():
            keeper.lamps[name] = cast("Lamp", _open(device))
        if plan.lid is not None:
            keeper.lid = cast("Interlock", _open(plan.lid))
        if plan.supply is not None:
            keeper.supply = (cast("Lamp", _open(plan.supply[0])), plan.supply[1])
        keeper.start()
    except BaseException:
        keeper.close()
        raise
    return keeper


def _open(device: DevicePlan) -> object:
    return open_device(device.driver, device.port, **{**device.options, "threaded": False})
