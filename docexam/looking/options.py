"""How to examine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docexam.checks.decision import VERSION
from docexam.nouns.report import Profile

if TYPE_CHECKING:
    import datetime as dt

    from docexam.checks.lists import Lists
    from docexam.reference.store import ModelStore


@dataclass(frozen=True, slots=True)
class Options:
    """How to examine.

    `pictures`: encode the pages too, for a report that shows them. `viz`: read the visual zone.
    `models` are those that documents are held against, where one of their kind is known.
    `proofs`: cut the crops that prove findings; nobody looks at them where documents are counted.
    """

    today: dt.date
    profile: Profile = field(default_factory=lambda: Profile(version=VERSION))
    lists: Lists | None = None
    require_live: bool = False
    pictures: bool = False
    viz: bool = True
    proofs: bool = True
    models: ModelStore | None = None
