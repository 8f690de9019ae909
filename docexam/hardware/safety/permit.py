"""May this ultraviolet head be lit for so long: cap, duty, dose. Says why not in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.hardware.errors import InterlockOpen, LightRefused
from docexam.hardware.safety.limits import DOSE_LIMITS_J_M2, DOSE_WARNING_SHARE
from docexam.nouns.device import DeviceEvent

if TYPE_CHECKING:
    from collections import deque

    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.safety.ledger import DoseLedger
    from docexam.hardware.safety.limits import UvRules


def within_cap(head: LampHead, for_s: float | None, rules: UvRules) -> float:
    """The seconds asked for, where one exposure may last so long.

    Raises:
        LightRefused: no time was named, or too long a one.
    """
    if for_s is None or not 0 < for_s <= rules.absolute_s:
        raise refused(
            head, f"one exposure may last at most {rules.absolute_s:g} s", "Name a shorter time."
        )
    if for_s > rules.shot_s:
        raise refused(head, f"the cap for one shot is {rules.shot_s:g} s", "Name a shorter time.")
    return for_s


def within_duty(
    head: LampHead, for_s: float, shots: deque[tuple[float, float]], now_s: float, rules: UvRules
) -> None:
    """Refuse where the head would be lit for too large a share of the window.

    `shots`: begin and end of its exposures (session clock, s), oldest first; those that have left
    the window are dropped.

    Raises:
        LightRefused: it would.
    """
    window_s = rules.duty_window_s
    while shots and shots[0][1] < now_s - window_s:
        shots.popleft()
    lit_s = sum(end - max(start, now_s - window_s) for start, end in shots)
    if lit_s + for_s > rules.duty * window_s:
        raise refused(
            head,
            f"it was lit for {lit_s:.2f} s of the last {window_s:g} s and may be for "
            f"{rules.duty * window_s:g} s",
            "Wait a little.",
        )


def book_dose(
    head: LampHead, level: float, for_s: float, ledger: DoseLedger | None, now_s: float
) -> tuple[float, DeviceEvent | None]:
    """Book the dose of an exposure to come; J/m2, and a warning where half the limit is passed.

    Raises:
        LightRefused: nobody keeps the dose, the ledger cannot be written, or the limit is reached.
    """
    if head.band is None:
        return 0.0, None
    if ledger is None:
        raise refused(head, "nobody keeps its dose", "Name a ledger in the rig.")
    dose = head.reckoned_w_m2 * level * for_s
    limit, given = DOSE_LIMITS_J_M2[head.band], ledger.dose_j_m2(head.band)
    if given + dose > limit:
        raise refused(
            head,
            f"the {head.band.upper()} dose of the last 8 h is {given:.0f} of {limit:g} J/m2",
            "Wait, or use another station; the dose runs out after 8 hours.",
        )
    warning = None
    if given < DOSE_WARNING_SHARE * limit <= given + dose:
        warning = DeviceEvent("dose-warning", now_s, head.light, f"{(given + dose) / limit:.0%}")
    ledger.book(head.band, dose)
    return dose, warning


def refused(head: LampHead, why: str, hint: str) -> LightRefused:
    """The error that says why a head stays off, and what to do."""
    return LightRefused(
        f"The {head.light} lamp stays off: {why}.", hint=hint, device=head.lamp, fault=head.light
    )


def lid_forbids(head: LampHead | None, why: str, hint: str) -> InterlockOpen:
    """The error that says what is wrong with the lid; `head=None` for all ultraviolet."""
    name = f"The {head.light} lamp" if head else "Ultraviolet"
    return InterlockOpen(f"{name} stays off: {why}.", hint=hint, device="lid")
