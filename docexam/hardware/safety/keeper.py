"""Who may light what, and for how long: the rules, the timers and the lid, in one place.

Pure of processes and sockets: time comes from the lamp's clock, `poll` is called by whoever owns
the loop (the guard process). Every refusal leaves all ultraviolet dark.
"""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docexam.hardware.errors import HardwareError, LightRefused, Unsupported
from docexam.hardware.safety.head import Lit
from docexam.hardware.safety.limits import Band, UvRules
from docexam.hardware.safety.permit import (
    book_dose,
    lid_forbids,
    refused,
    within_cap,
    within_duty,
)
from docexam.nouns.device import DeviceEvent

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock
    from docexam.hardware.protocols import Interlock, Lamp
    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.safety.ledger import DoseLedger

_LAMP_DEADLINE_S = 0.5
_LID_LIT_S, _LID_DARK_S = 0.06, 0.3


@dataclass(slots=True)
class _Lit:
    head: LampHead
    level: float
    since_s: float
    until_s: float | None
    promised_j_m2: float = 0.0


@dataclass(slots=True)
class LightKeeper:
    """All lamps of a rig. `lid=None` and not `runs_without_lid`: ultraviolet never lights.

    `ledger=None` where no head gives ultraviolet: such a rig writes nothing and shares no file.
    """

    clock: Clock
    lamps: dict[str, Lamp]
    heads: dict[str, LampHead]
    ledger: DoseLedger | None
    lid: Interlock | None = None
    runs_without_lid: bool = False
    supply: tuple[Lamp, int] | None = None
    rules: UvRules = field(default_factory=UvRules)
    events: deque[DeviceEvent] = field(default_factory=lambda: deque(maxlen=64))
    _lit: dict[str, _Lit] = field(default_factory=dict)
    _history: dict[str, deque[tuple[float, float]]] = field(default_factory=dict)
    _refused_since: str = ""
    _lid_asked_s: float = float("-inf")

    def start(self) -> None:
        """All dark, whatever the controllers were left at; then the supply may be closed."""
        self.all_off()
        for lamp in self.lamps.values():
            lamp.tell_events(deadline_s=_LAMP_DEADLINE_S)
        if self.supply is not None:
            relay, channel = self.supply
            relay.on(channel, 1.0, deadline_s=_LAMP_DEADLINE_S)

    def on(self, light: str, level: float, for_s: float | None) -> Lit:
        """Light a head; returns when it is lit for certain.

        Ultraviolet needs `for_s` and goes dark by itself after it.

        Raises:
            LightRefused, InterlockOpen: a rule forbids it.
            HardwareError: the lamp did not obey; it was told to go dark.
        """
        head = self.head(light)
        lamp = self.lamps[head.lamp]
        if not 0 < level <= 1:
            raise refused(head, f"{level:g} is no level", "Name a level above 0, up to 1.")
        if light in self._lit:
            self.off(light)
        promised = 0.0
        if head.longest_ms is not None and (for_s is None or for_s * 1000 > head.longest_ms):
            raise refused(
                head, f"its rating allows {head.longest_ms:g} ms", "Shorten the exposure."
            )
        if head.band is not None:
            promised = self._permit(head, level, for_s)
        pulses = for_s is not None and head.band and for_s <= lamp.capabilities.pulse_max_s
        started_s = self.clock.now()
        self._lit[light] = _Lit(
            head, level, started_s, None if for_s is None else started_s + for_s, promised
        )
        try:
            if pulses and for_s is not None:
                lamp.pulse(head.channel, level, for_s, deadline_s=_LAMP_DEADLINE_S)
            else:
                lamp.on(head.channel, level, deadline_s=_LAMP_DEADLINE_S)
        except HardwareError:
            self._darken(light)
            raise
        accepted_s = self.clock.now()
        if for_s is None:
            return Lit(accepted_s)
        self._lit[light].until_s = accepted_s + for_s
        # A pulse runs by the controller's own timer: it may have begun as soon as it was asked for.
        return Lit(accepted_s, (started_s if pulses else accepted_s) + for_s)

    def head(self, light: str) -> LampHead:
        """The head for a light.

        Raises:
            Unsupported: the rig has none.
        """
        if light not in self.heads:
            raise Unsupported(
                f"This rig has no {light} lamp.",
                hint=f"It has: {', '.join(self.heads) or 'none'}.",
                fault=light,
            )
        return self.heads[light]

    def off(self, light: str) -> float:
        """Darken a head; returns the moment at which the controller had accepted it."""
        self.head(light)
        self._darken(light)
        return self.clock.now()

    def all_off(self) -> None:
        """Everything dark, lit or not; tries every lamp before it reports the first failure."""
        first: HardwareError | None = None
        for name, lamp in self.lamps.items():
            try:
                lamp.off(deadline_s=_LAMP_DEADLINE_S)
            except HardwareError as error:
                first = first or error
                self._lost(name, error)
        for light in list(self._lit):
            self._settle(light)
        if first is not None:
            raise first

    def poll(self) -> float:
        """Do what is due: end exposures, ask the lid. Returns the seconds until the next call."""
        now_s = self.clock.now()
        for light, lit in list(self._lit.items()):
            if lit.until_s is not None and now_s >= lit.until_s:
                with contextlib.suppress(HardwareError):
                    self._darken(light)
        if self._uv_is_lit and now_s - self._lid_asked_s >= self.rules.lid_poll_s:
            try:
                self._require_lid()
            except HardwareError as error:
                self._darken_uv()
                self.events.append(DeviceEvent("lid-open", self.clock.now(), "lid", error.code))
        self._hear_lamps()
        waits = [0.1]
        waits += [one.until_s - now_s for one in self._lit.values() if one.until_s is not None]
        if self._uv_is_lit and self.lid is not None:
            waits.append(self.rules.lid_poll_s)
        return max(0.0, min(waits))

    def _hear_lamps(self) -> None:
        """Pass on what controllers say of themselves: too hot, switched off, over-current."""
        for name, lamp in self.lamps.items():
            if not lamp.capabilities.events:
                continue
            with contextlib.suppress(HardwareError):
                while (event := lamp.next_event(0.0)) is not None:
                    self.events.append(replace(event, device=name))

    def disobeyed(self, light: str) -> None:
        """A picture showed that a lamp does not obey: no ultraviolet from now on, supply opened."""
        self._refused_since = f"the {light} lamp no longer obeys"
        self.events.append(DeviceEvent("lamp-disobeys", self.clock.now(), light))
        with contextlib.suppress(HardwareError):
            self.all_off()
        self._open_supply()

    def close(self) -> None:
        """Dark, supply open, ports closed. Each step is tried whatever became of the others."""
        with contextlib.suppress(HardwareError):
            self.all_off()
        self._open_supply()
        for lamp in self.lamps.values():
            lamp.close()
        if self.supply is not None:
            self.supply[0].close()
        if self.lid is not None:
            self.lid.close()
        if self.ledger is not None:
            self.ledger.close()

    @property
    def _uv_is_lit(self) -> bool:
        return any(one.head.band for one in self._lit.values())

    def _permit(self, head: LampHead, level: float, for_s: float | None) -> float:
        """Every rule for ultraviolet; books the dose and returns it."""
        band = head.band
        if band is None:
            return 0.0
        if self._refused_since:
            raise refused(head, self._refused_since, "Switch the lamp off by hand, then restart.")
        for_s = within_cap(head, for_s, self.rules)
        if band == "uv-c" and self.lid is None:
            raise lid_forbids(head, "UV-C needs a lid that is watched", "Name the lid in the rig.")
        self._require_lid(head)
        now_s = self.clock.now()
        within_duty(head, for_s, self._history.setdefault(head.light, deque()), now_s, self.rules)
        dose_j_m2, warning = book_dose(head, level, for_s, self.ledger, now_s)
        if warning is not None:
            self.events.append(warning)
        return dose_j_m2

    def doses_j_m2(self) -> dict[str, float]:
        """The dose of the last eight hours by band."""
        bands: tuple[Band, ...] = ("uv-a", "uv-c")
        return {one: self.ledger.dose_j_m2(one) if self.ledger else 0.0 for one in bands}

    def _require_lid(self, head: LampHead | None = None) -> None:
        self._lid_asked_s = self.clock.now()
        if self.lid is None:
            if self.runs_without_lid:
                return
            raise lid_forbids(
                head, "the rig names no lid", 'Name the lid, or write lid = "none" in the rig.'
            )
        try:
            # Before anything is lit there is time to ask; afterwards 100 ms must do for all of it.
            closed = self.lid.is_closed(deadline_s=_LID_LIT_S if self._uv_is_lit else _LID_DARK_S)
        except HardwareError as error:
            raise lid_forbids(
                head, "nobody knows whether the lid is closed", error.message
            ) from error
        if not closed:
            raise lid_forbids(head, "the lid is open", "Close the lid.")

    def _darken_uv(self) -> None:
        for light in [light for light, one in self._lit.items() if one.head.band]:
            with contextlib.suppress(HardwareError):
                self._darken(light)

    def _darken(self, light: str) -> None:
        head = self.heads[light]
        try:
            self.lamps[head.lamp].off(head.channel, deadline_s=_LAMP_DEADLINE_S)
        except HardwareError as error:
            self._lost(head.lamp, error)
            raise
        finally:
            self._settle(light)

    def _settle(self, light: str) -> None:
        """Book what was really given, and remember when."""
        lit = self._lit.pop(light, None)
        if lit is None or lit.head.band is None:
            return
        now_s = self.clock.now()
        end_s = now_s if lit.until_s is None else min(now_s, lit.until_s)
        self._history.setdefault(light, deque()).append((lit.since_s, end_s))
        given = lit.head.reckoned_w_m2 * lit.level * (end_s - lit.since_s)
        with contextlib.suppress(LightRefused):
            # A correction that is lost leaves the larger, promised dose: the safe side.
            if self.ledger is not None:
                self.ledger.book(lit.head.band, min(0.0, given - lit.promised_j_m2))

    def _lost(self, lamp: str, error: HardwareError) -> None:
        """A lamp that cannot be told to be dark: cut its supply, light no more ultraviolet."""
        if not self._refused_since:
            self._refused_since = f"the lamp {lamp} could not be told to go dark"
            self.events.append(DeviceEvent("lamp-lost", self.clock.now(), lamp, error.code))
            self._open_supply()

    def _open_supply(self) -> None:
        if self.supply is not None:
            lamp, channel = self.supply
            with contextlib.suppress(HardwareError):
                lamp.off(channel, deadline_s=_LAMP_DEADLINE_S)
