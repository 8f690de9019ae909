"""Which engines there are, and loading one by name without touching the others.

Other packages add engines with an entry point in the group `docexam.engines` whose value is a
module after `EngineModule`; a built-in name always wins.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from docexam.errors import DependencyMissing, UsageError
from docexam.vision.engines.protocol import EngineStatus

if TYPE_CHECKING:
    from docexam.vision.engines.protocol import Engine, EngineModule

DEFAULT_ENGINE = "onnx"
BUILT_IN = ("onnx", "tesseract", "passporteye", "consensus")
ENTRY_POINT_GROUP = "docexam.engines"


def names() -> tuple[str, ...]:
    """Names of all engines, the built-in ones first."""
    return (*BUILT_IN, *sorted(set(_entry_points()) - set(BUILT_IN)))


def available() -> list[EngineStatus]:
    """The status of every engine; one whose module is broken counts as not installed."""
    return [_status_of(name) for name in names()]


def load_engine(name: str) -> Engine:
    """The engine of that name, ready to read.

    Raises:
        UsageError: there is no such engine.
        DependencyMissing: its library or program is not installed.
        ModelError: a model file is absent or altered.
    """
    return _module_of(name).load()


def _status_of(name: str) -> EngineStatus:
    try:
        return _module_of(name).status()
    except DependencyMissing as error:
        return EngineStatus(name=name, installed=False, how_to_get=error.hint)


def _module_of(name: str) -> EngineModule:
    where = f"docexam.vision.engines.{name}" if name in BUILT_IN else _entry_points().get(name)
    if where is None:
        raise UsageError(
            f"There is no engine of the name {name!r}.",
            code="usage.engine",
            hint="Engines: " + ", ".join(names()) + ".",
        )
    try:
        return cast("EngineModule", import_module(where))
    except ImportError as error:
        raise DependencyMissing(
            f"The engine {name!r} cannot be imported ({error.name or 'broken'}).",
            code="dependency.engine",
            hint="Install docexam again: make setup.",
        ) from error


def _entry_points() -> dict[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=ENTRY_POINT_GROUP)}
