"""docs/hardware.md says what is true: its rig is a rig, its table names every driver."""

from __future__ import annotations

import re
from pathlib import Path

from docexam.cli.devices import app
from docexam.hardware.drivers import DRIVERS
from docexam.hardware.lamps.template import TemplateLamp
from docexam.hardware.rig.load import guard_plan, read_rig

TEXT = (Path(__file__).parents[2] / "docs" / "hardware.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def test_the_rig_is_a_rig(tmp_path: Path) -> None:
    path = tmp_path / "rig.toml"
    path.write_text(BLOCKS[0], encoding="utf-8")
    plan = guard_plan(read_rig(path))
    assert plan.rules.shot_s == 0.5
    assert plan.lid is not None
    assert plan.lid.options == {"pin": 0}


def test_the_lamp_table_is_a_lamp(tmp_path: Path) -> None:
    path = tmp_path / "lamp.toml"
    path.write_text(BLOCKS[1], encoding="utf-8")
    assert TemplateLamp(file=str(path)).on(1, 1.0)[0].data == b"C1FF\r\n"


def test_every_driver_is_listed() -> None:
    table = TEXT[TEXT.index("## Drivers") : TEXT.index("## A rig")]
    named = set(re.findall(r"[a-z0-9-]+", table))
    assert {driver.name for driver in DRIVERS} <= named


def test_every_command_is_shown() -> None:
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert f"docexam devices {name}" in TEXT
