from __future__ import annotations

import pytest

from docexam.errors import UsageError
from docexam.evaluation.plan import Conditions, conditions_of, genuine_job, plan
from docexam.evaluation.split import DeviceState, SplitSide, load_split

SIDE = load_split().development
EVERY_DEVICE = {state.name for state in SIDE.devices}


def conditions(*designs: str) -> Conditions:
    return conditions_of(SIDE, designs=designs, wears=(0.0, 0.3), ppi=200)


def test_numbers_seeds_and_conditions() -> None:
    every = 2 * len(SIDE.devices) * 2  # designs, devices and wears
    planned = plan(
        conditions("uto-passport", "uto-card"),
        genuine=every,
        each=2,
        attacks=("mrz-character",),
        severities=(0.5, 1.0),
    )
    genuine = [task for task in planned.tasks if not task.attack]
    assert len(genuine) == every
    assert len(planned.tasks) == every + 2 * 2
    assert len({task.name for task in planned.tasks}) == len(planned.tasks)
    assert {task.job.device for task in genuine} == EVERY_DEVICE
    for design in ("uto-passport", "uto-card"):
        own = [task.job for task in genuine if task.job.design == design]
        assert {(job.device, job.degradation, job.wear) for job in own} == {
            (state.name, state.degradation, wear) for state in SIDE.devices for wear in (0.0, 0.3)
        }
    assert all(SIDE.seeds[0] <= task.job.seed <= SIDE.seeds[1] for task in planned.tasks)


def test_a_longer_run_begins_with_a_shorter_one() -> None:
    own = conditions("uto-passport", "uto-card")
    short = plan(own, genuine=3, each=1, attacks=("mrz-font",), severities=(0.7,))
    long = plan(own, genuine=9, each=4, attacks=("mrz-font",), severities=(0.7,))
    assert set(short.tasks) <= set(long.tasks)


def test_an_attack_on_optional_pages_gets_them_drawn() -> None:
    planned = plan(
        conditions("uto-passport"),
        genuine=1,
        each=1,
        attacks=("visa-counterfeit",),
        severities=(0.7,),
    )
    usual, forged = planned.tasks
    assert usual.job.pages is None
    assert forged.job.pages is not None
    assert set(forged.job.pages) == {"data", "17"}


def test_attacks_that_no_design_allows_are_told() -> None:
    planned = plan(conditions("uto-card"), genuine=0, each=1, severities=(0.7,))
    assert "page-substitution" in planned.impossible
    assert planned.tasks
    with pytest.raises(UsageError, match="not possible on 'uto-card'"):
        plan(
            conditions("uto-card"),
            genuine=0,
            each=1,
            attacks=("page-substitution",),
            severities=(0.7,),
        )


def test_too_few_seeds_are_told() -> None:
    few = Conditions(
        ("uto-card",), (DeviceState(name="flatbed", degradation=0),), (0.0,), (1, 8), 200
    )
    with pytest.raises(UsageError, match="3 seeds for 4"):
        plan(few, genuine=4, each=0, severities=(0.5,))


def test_the_other_side_is_refused() -> None:
    with pytest.raises(UsageError, match="not on this side"):
        conditions("qnk-passport")
    with pytest.raises(UsageError, match="not on this side"):
        conditions_of(SIDE, devices=("telephone",), wears=(0.0,), ppi=200)


ASKED = ("oblique-n", "coaxial", "white")


def test_every_capture_and_every_model_has_the_lights_that_are_asked_for() -> None:
    lit = conditions_of(
        SIDE,
        designs=("uto-card",),
        devices=("flatbed", "camera-box"),
        wears=(0.0,),
        ppi=200,
        lights=ASKED,
    )
    jobs = [task.job for task in plan(lit, genuine=2, each=1, severities=(0.7,)).tasks]
    jobs.append(genuine_job(lit, "uto-card", 0, SIDE.seeds[1]))
    assert {job.lights for job in jobs} == {("white", "coaxial", "oblique-n")}


def test_by_default_a_device_gives_what_border_readers_have() -> None:
    usual = plan(conditions("uto-card"), genuine=1, each=0, severities=(0.7,))
    assert usual.tasks[0].job.lights == ("white", "ir", "uv")


def test_lights_that_are_not_offered_are_refused() -> None:
    with pytest.raises(UsageError, match="no light 'moon'"):
        conditions_of(SIDE, wears=(0.0,), ppi=200, lights=("white", "moon"))
    white_alone = SplitSide(
        designs=("uto-card",),
        seeds=(1, 9),
        devices=(
            DeviceState(name="flatbed", degradation=0),
            DeviceState(name="telephone", degradation=0),
        ),
    )
    with pytest.raises(UsageError, match="'telephone' has no light 'coaxial'"):
        conditions_of(white_alone, wears=(0.0,), ppi=200, lights=("white", "coaxial"))
    narrowed = conditions_of(
        white_alone, devices=("flatbed",), wears=(0.0,), ppi=200, lights=("white", "coaxial")
    )
    assert narrowed.lights == ("white", "coaxial")


def test_a_short_run_shows_many_designs_and_devices() -> None:
    every = conditions_of(SIDE, wears=(0.0, 0.3), ppi=200)
    jobs = [task.job for task in plan(every, genuine=0, each=2, severities=(0.7,)).tasks]
    assert len({job.design for job in jobs}) > 0.8 * len(SIDE.designs)
    assert {job.device for job in jobs} == EVERY_DEVICE
    assert {job.wear for job in jobs} == {0.0, 0.3}
