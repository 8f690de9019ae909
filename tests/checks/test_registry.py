"""Every check is written out by its id, and other packages add theirs."""

from __future__ import annotations

import importlib.metadata
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from docexam.checks import registry
from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.running import run_checks
from docexam.errors import DependencyMissing
from docexam.report.check_titles import STEPS, TITLES
from tests.checks.documents import examined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding


@pytest.fixture(autouse=True)
def _forget_others() -> Iterator[None]:
    registry.all_checks.cache_clear()
    yield
    registry.all_checks.cache_clear()


def test_each_module_registers_exactly_the_ids_that_are_written_out() -> None:
    assert tuple(check.id for check in registry.all_checks()) == registry.built_in_ids()


def test_ids_are_unique_slugs_with_known_steps_and_a_title() -> None:
    checks = registry.all_checks()
    assert len({check.id for check in checks}) == len(checks)
    for check in checks:
        assert re.fullmatch(r"[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*", check.id)
        assert set(check.step) <= set(STEPS), check.id
        assert check.id in TITLES


def _answers(check: Check, _: Examined) -> Sequence[Finding]:
    return [finding(check, "passed", "seen", page="data")]


def _added(monkeypatch: pytest.MonkeyPatch, load: Any) -> None:
    point = SimpleNamespace(name="national", load=load)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])


def test_other_packages_add_checks_but_never_replace_one(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Check("national.seal", ("C",), ("uv",), _answers)
    thief = Check("mrz.read", ("A",), ("ir",), _answers)
    _added(monkeypatch, lambda: SimpleNamespace(CHECKS=(own, thief)))
    checks = registry.all_checks()
    assert checks[-1] is own
    assert thief not in checks
    assert run_checks(examined(), [own])[0].outcome == "passed"


def test_a_broken_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise ImportError("no")

    _added(monkeypatch, load)
    with pytest.raises(DependencyMissing, match="national"):
        registry.all_checks()


def test_a_check_that_breaks_costs_itself_alone(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(_check: Check, seen: Examined) -> Sequence[Finding]:
        raise ValueError(seen.readings["ir"].fields.surname)

    good = Check("national.seal", ("C",), ("uv",), _answers)
    broken = Check("national.stamp", ("C",), ("uv",), breaks)
    found = run_checks(examined(), [broken, good])
    assert [each.outcome for each in found] == ["error", "passed"]
    assert found[0].reason.params["kind"] == "ValueError"
    assert "national.stamp" in caplog.text
    assert "ERIKSSON" not in caplog.text


def test_a_check_that_needs_a_model_is_not_performed_without_one() -> None:
    check = Check("uv.pattern", ("C",), ("uv",), _answers, needs_model=True)
    assert run_checks(examined(), [check])[0].reason.code == "no-model"
    known = examined(model={"name": "UTO P 1 2020"})
    assert run_checks(known, [check])[0].outcome == "passed"
