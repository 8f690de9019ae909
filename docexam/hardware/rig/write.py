"""A rig file as text, with real ports in place of simulated ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docexam.hardware.safety.paths import ledger_path

if TYPE_CHECKING:
    from docexam.hardware.rig.model import RigFile


#: Our starting value: drawing, encoding and sending a picture on a busy machine.
_STREAM_DELAY_MS = 250.0


def rig_with_ports(rig: RigFile, ports: dict[str, str], camera_url: str) -> str:
    """TOML of `rig` whose devices are at `ports` (name in the rig -> port).

    The stream has no settings of its own: all exposures are what the simulated camera uses.
    """
    data: dict[str, Any] = rig.model_dump(
        mode="json", exclude_none=True, exclude={"simulated"}, exclude_defaults=True
    )
    data["ledger"] = str(rig.ledger or ledger_path(simulated=True))
    for name, port in ports.items():
        table = data
        for part in name.split("."):
            table = table[part]
        table["port"] = port
    data["camera"] = {**data["camera"], "driver": "opencv", "port": camera_url}
    data["camera"]["options"] = {"fps": rig.simulated.fps, "delay_ms": _STREAM_DELAY_MS}
    return _toml(data)


def _toml(data: dict[str, Any]) -> str:
    plain = {key: value for key, value in data.items() if not _is_table(value)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if isinstance(value, list) and _is_table(value):
            for row in value:
                lines += ["", f"[[{key}]]", *(f"{k} = {_value(v)}" for k, v in row.items())]
        elif isinstance(value, dict) and value and all(isinstance(v, dict) for v in value.values()):
            for name, row in value.items():
                lines += ["", f"[{key}.{_key(name)}]"]
                lines += [f"{k} = {_value(v)}" for k, v in row.items()]
        elif isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{k} = {_value(v)}" for k, v in value.items())]
    return "\n".join(lines) + "\n"


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _value(value: object) -> str:
    """A TOML value; strings, numbers, booleans and lists look as in JSON."""
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else json.dumps(name)
