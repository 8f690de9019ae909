"""Which documents a drawn evaluation examines: genuine ones, and each attack at each severity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.errors import UsageError
from docexam.nouns.capture_set import LIGHTS, Light
from docexam.specimens.capturing.devices import device_named
from docexam.specimens.design import design_named
from docexam.specimens.document import refuse_ppi
from docexam.specimens.forger.catalogue import attack_named, catalogue
from docexam.specimens.forger.forge import check_attacks, obstacle, pages_for
from docexam.specimens.series import Job, check_job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.evaluation.split import DeviceState, SplitSide

RESERVED_SEEDS = 5
"""The last seeds of a side are for the genuine documents that models are enrolled from."""
EXAMINED_LIGHTS: tuple[Light, ...] = ("white", "ir", "uv")
"""Where nothing else is asked for: what border readers have; a device gives those it has."""


@dataclass(frozen=True, slots=True)
class DrawnTask:
    """One document to draw and examine; `attack` "" for a genuine one."""

    job: Job
    attack: str = ""
    severity: float = 0.0

    @property
    def name(self) -> str:
        """The name of its capture set."""
        return self.job.name


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what the documents are drawn; those of several take turns."""

    designs: tuple[str, ...]
    devices: tuple[DeviceState, ...]
    wears: tuple[float, ...]
    seeds: tuple[int, int]
    ppi: float
    lights: tuple[Light, ...] = EXAMINED_LIGHTS


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents of a run, and the attacks that none of its designs allows."""

    tasks: tuple[DrawnTask, ...]
    impossible: tuple[str, ...] = ()


def conditions_of(
    side: SplitSide,
    *,
    designs: Sequence[str] = (),
    devices: Sequence[str] = (),
    wears: Sequence[float],
    ppi: float,
    lights: Sequence[str] = (),
) -> Conditions:
    """The conditions of one side of the split, narrowed to these designs and devices.

    `lights` are those of every capture, EXAMINED_LIGHTS by default.

    Raises:
        UsageError: a design or a device that this side does not have, a light that there is not or
            that one of the devices lacks, or another resolution than documents are drawn in.
    """
    refuse_ppi(ppi)
    for design in designs:
        if design not in side.designs:
            raise UsageError(
                f"The design {design!r} is not on this side of the split.",
                code="evaluate.design",
                hint=f"It has {', '.join(side.designs)}.",
            )
    states = tuple(each for each in side.devices if not devices or each.name in devices)
    for device in devices:
        if device not in {each.name for each in states}:
            raise UsageError(
                f"The device {device!r} is not on this side of the split.",
                code="evaluate.device",
                hint=f"It has {', '.join(each.name for each in side.devices)}.",
            )
    chosen = _lights(lights, states) if lights else EXAMINED_LIGHTS
    return Conditions(tuple(designs) or side.designs, states, tuple(wears), side.seeds, ppi, chosen)


def _lights(names: Sequence[str], states: Sequence[DeviceState]) -> tuple[Light, ...]:
    for name in names:
        if name not in LIGHTS:
            raise UsageError(
                f"There is no light {name!r}.",
                code="evaluate.light",
                hint=f"Use some of {', '.join(LIGHTS)}.",
            )
        lacking = [state.name for state in states if name not in device_named(state.name).lights]
        if lacking:
            raise UsageError(
                f"The device {lacking[0]!r} has no light {name!r}.",
                code="evaluate.light",
                hint="Leave the light out, or name the devices that have it with --device.",
            )
    return tuple(light for light in LIGHTS if light in names)


def plan(
    conditions: Conditions,
    *,
    genuine: int,
    each: int,
    attacks: Sequence[str] = (),
    severities: Sequence[float],
) -> Plan:
    """The documents: `genuine` genuine ones and `each` of every attack at every severity.

    A longer run begins with the documents of a shorter one of the same attacks and severities.

    Raises:
        UsageError: something is not offered, or there are more documents than seeds.
    """
    kinds = [attack_named(name) for name in attacks] or list(catalogue().values())
    for severity in severities:
        _check_severity(severity, conditions)
    for kind in kinds:
        if attacks and not _designs_for(kind.name, conditions.designs):
            check_attacks((kind.name,), severities[0], design_named(conditions.designs[0]))
    seeds = range(conditions.seeds[0], conditions.seeds[1] + 1 - RESERVED_SEEDS)
    if max(genuine, each) > len(seeds):
        raise UsageError(
            f"There are {len(seeds)} seeds for {max(genuine, each)} documents.",
            code="evaluate.seeds",
            hint="Ask for fewer documents.",
        )
    tasks = [
        _task(conditions, conditions.designs[at % len(conditions.designs)], at, seeds[at])
        for at in range(genuine)
    ]
    impossible = []
    order = list(catalogue())
    for kind in kinds:
        allowed = _designs_for(kind.name, conditions.designs)
        if not allowed:
            impossible.append(kind.name)
            continue
        # Each attack begins with another design and state, so that a short run shows many.
        first = order.index(kind.name)
        for severity in severities:
            tasks += [
                _task(
                    conditions,
                    allowed[(first + at) % len(allowed)],
                    first + at,
                    seeds[at],
                    kind.name,
                    severity,
                )
                for at in range(each)
            ]
    for design in conditions.designs:
        for at in range(len(conditions.devices) * len(conditions.wears)):
            check_job(_task(conditions, design, at, seeds[0]).job)
    return Plan(tuple(tasks), tuple(impossible))


def _check_severity(severity: float, conditions: Conditions) -> None:
    """UsageError for a severity that the forger does not offer."""
    design = design_named(conditions.designs[0])
    possible = next(kind for kind in catalogue().values() if not obstacle(kind, design))
    check_attacks((possible.name,), severity, design)


def _designs_for(attack: str, designs: Sequence[str]) -> list[str]:
    return [name for name in designs if _pages_for(attack, name) != ()]


def _pages_for(attack: str, design_name: str) -> tuple[str, ...] | None:
    """The pages to draw so that the attack can be made; None the usual ones, () for never."""
    design, kind = design_named(design_name), attack_named(attack)
    if not obstacle(kind, design):
        return None
    pages = pages_for((attack,), design)
    return () if obstacle(kind, design, pages) else pages


def genuine_job(conditions: Conditions, design: str, at: int, seed: int) -> Job:
    """A genuine document for enrolment; wears and devices take turns with `at`."""
    state = conditions.devices[at % len(conditions.devices)]
    wear = conditions.wears[at % len(conditions.wears)]
    return _job(conditions, design, state, wear, seed, "enrolled")


def _task(
    conditions: Conditions,
    design: str,
    at: int,
    seed: int,
    attack: str = "",
    severity: float = 0.0,
) -> DrawnTask:
    rounds, of = divmod(at, len(conditions.designs))
    state = conditions.devices[(of + rounds) % len(conditions.devices)]
    turns = len(conditions.designs) * len(conditions.devices)
    wear = conditions.wears[(at // turns + at) % len(conditions.wears)]
    what = f"{attack}-{severity:g}" if attack else "genuine"
    job = _job(conditions, design, state, wear, seed, what)
    return DrawnTask(
        replace(job, pages=_pages_for(attack, design) if attack else None), attack, severity
    )


def _job(
    conditions: Conditions, design: str, state: DeviceState, wear: float, seed: int, what: str
) -> Job:
    has = device_named(state.name).lights
    return Job(
        name=f"{design}-{seed:06d}-{what}",
        design=design,
        seed=seed,
        lights=tuple(light for light in LIGHTS if light in conditions.lights and light in has),
        ppi=conditions.ppi,
        device=state.name,
        wear=wear,
        degradation=state.degradation,
    )
