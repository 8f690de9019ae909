"""Series of forged specimens: which document gets which attack, and writing one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.errors import UsageError
from docexam.specimens.design import design_named
from docexam.specimens.forger.forge import allowed_on, check_attacks, forging, pages_for
from docexam.specimens.series import Job, check_job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from collections.abc import Sequence

EACH_IN_TURN = ("all",)
EVERY_PAGE = ("all",)


@dataclass(frozen=True)
class ForgeJob:
    """One forged specimen to make; everything that decides its bytes."""

    job: Job
    attacks: tuple[str, ...]
    severity: float

    @property
    def name(self) -> str:
        """The name of its capture set."""
        return self.job.name


def forge_jobs(
    pattern: Job,
    designs: Sequence[str],
    attacks: tuple[str, ...],
    severity: float,
    *,
    count: int = 0,
) -> list[ForgeJob]:
    """The jobs of a series from `pattern`, whose seed is the first; designs take turns.

    `attacks` ("all",) gives each document the next attack that its design and pages allow.
    The pages of `pattern` are drawn, ("all",) for every one; None stands for the usual ones
    and those that the attack needs besides.
    `count` 0 stands for one document a design, or for as many as show each such attack.

    Raises:
        UsageError: something is not offered, or not possible together; nothing is drawn yet.
    """
    choices: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    for name in designs:
        design, _ = check_job(replace(pattern, design=name))
        pages = _known_pages(pattern, name)
        if attacks == EACH_IN_TURN:
            allowed = allowed_on(design, pages or tuple(design.pages))
            check_attacks(allowed[:1], severity, design, pages)
            choices.append((name, tuple((attack,) for attack in allowed)))
        else:
            check_attacks(attacks, severity, design, pages or pages_for(attacks, design))
            choices.append((name, (attacks,)))
    if not count:
        count = len(choices) * max(len(each) for _, each in choices)
    jobs = []
    for at in range(count):
        name, each = choices[at % len(choices)]
        # each design begins with another attack, so that a short series shows many
        own = each[(at // len(choices) + at % len(choices)) % len(each)]
        seed = pattern.seed + at
        pages = _known_pages(pattern, name) or pages_for(own, design_named(name))
        job = replace(pattern, name=f"{name}-{seed:05d}", design=name, seed=seed, pages=pages)
        jobs.append(ForgeJob(job, own, severity))
    return jobs


def _known_pages(pattern: Job, name: str) -> tuple[str, ...] | None:
    """The pages asked for; UsageError where the design has no such page."""
    pages = design_named(name).pages
    if pattern.pages == EVERY_PAGE:
        return tuple(pages)
    for page in pattern.pages or ():
        if page not in pages:
            raise UsageError(
                f"The design {name!r} has no page {page!r}.",
                code="specimen.page",
                hint=f"It has {', '.join(pages)}.",
            )
    return pattern.pages


def make_forged(job: ForgeJob, out: str) -> str:
    """Draw, forge and write one specimen; the name of its capture set."""
    write_specimen(draw_specimen(job.job, forging(job.attacks, job.severity)), Path(out))
    return job.name
