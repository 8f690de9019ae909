"""What came of one document: a line of the results file, without personal data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from docexam.nouns.finding import Finding, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = "docexam.evaluated/1"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One finding without its values; `from_model`: it was held against a document model."""

    check: str
    outcome: str
    severity: str
    silent: bool
    from_model: bool = False

    def finding(self) -> Finding:
        """As the decision function takes it."""
        return Finding(
            check=self.check,
            step=(),
            page="",
            light=(),
            outcome=self.outcome,  # type: ignore[arg-type]
            severity=self.severity,  # type: ignore[arg-type]
            reason=Reason(""),
            silent=self.silent,
            from_model=self.from_model,
        )


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """The truth about one document and the findings on it.

    `attacks` names them joined by "+"; `severity` is the lowest of them. `expect` lists the
    checks that physics lets see at least one. `model_known`: it was held against a document model.
    `trouble` is the code of what kept it from being
    examined, "" for nothing.
    """

    key: str
    name: str
    genuine: bool
    design: str
    device: str
    wear: float
    attacks: str
    severity: float
    expect: tuple[str, ...]
    needs_model: bool
    checks: tuple[CheckResult, ...]
    lights: tuple[str, ...] = ()
    trouble: str = ""
    elapsed_ms: float = 0.0
    model_known: bool = False

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, ensure_ascii=False)


def result_of(content: dict[str, Any]) -> DocumentResult:
    """The result that a line's object tells; KeyError or TypeError where it is none."""
    if content.pop("schema") != SCHEMA:
        raise KeyError("schema")
    checks = tuple(CheckResult(**each) for each in content.pop("checks"))
    expect, lights = tuple(content.pop("expect")), tuple(content.pop("lights"))
    return DocumentResult(**content, checks=checks, expect=expect, lights=lights)


def key_of(parts: Sequence[object]) -> str:
    """A short digest of everything that a result depends on."""
    text = json.dumps(
        [asdict(p) if hasattr(p, "__dataclass_fields__") else p for p in parts],  # type: ignore[call-overload]
        sort_keys=True,
        default=str,
    )
    return hashlib.sha256(text.encode()).hexdigest()[:20]
