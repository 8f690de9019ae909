"""Birth and expiry among lines of the visual zone that no caption named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.viz_likeness import (
    can_be_prolonged,
    could_be_birth,
    is_last_day,
    is_late_date,
    is_near,
    is_one_figure_off,
    zone_day,
)
from docexam.checks.viz_naming_lines import is_equal, only
from docexam.checks.viz_text import read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.viz_naming_lines import Lines, Names
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField


def name_birth(named: Names, left: Lines, chosen: ChosenZone) -> None:
    """The one date too long before the expiry to be a date of issue.

    It is sure where it is the only such date and one figure from the zone's: of another old date,
    as a relative's or that of a settling, hardly one in 500 is. Two figures apart is one that
    repeats day and month, as an eighteenth birthday does.
    """
    if "birth_date" in named:
        return
    birth, expiry = zone_day("birth_date", chosen), zone_day("expiry_date", chosen)
    old = [line for line in left if could_be_birth(line.text, expiry)]
    if birth is None:
        return
    near = [line for line in old if is_near(line.text, birth)]
    sure = len(old) == 1 and is_one_figure_off(old[0].text, birth)
    only(named, left, "birth_date", (near or old).__contains__, guess=not sure)


def name_expiry(named: Names, left: Lines, chosen: ChosenZone, other: Sequence[VizField]) -> None:
    """The one date after the issue or after the zone's expiry; of two, the later.

    It is sure where it is the only date after the zone's expiry and one figure from it. A date
    before it may be an issue, ten years earlier by one figure, or the day from which a visa is
    valid. `other` are the fields of the document's other pages, which may tell the issue.
    """
    expiry = zone_day("expiry_date", chosen)
    if "expiry_date" in named or expiry is None:
        return
    late = [line for line in left if is_late_date(line.text, expiry)]
    days = [day for line in late if (day := read_date(line.text)) is not None]
    after = [line for line in late if (read_date(line.text) or expiry) > expiry]
    issues = [f for f in (*named.values(), *other) if f.name == "issue_date"]
    issue = read_date(issues[0].text) if issues else None
    if issue is not None:
        late = [line for line in late if (read_date(line.text) or issue) > issue]
        days.append(issue)
    elif len(late) == 2:
        late = [max(late, key=lambda line: read_date(line.text) or expiry)]
    else:
        late = after
    near = [line for line in late if is_near(line.text, expiry)]
    sure = len(after) == 1 and after == near and can_be_prolonged(after[0].text, expiry, chosen)
    visa = (chosen.reading.format or "").startswith("MRV")
    sure = sure or (visa and near == after and is_last_day(days, expiry))
    only(named, left, "expiry_date", (near or late).__contains__, guess=not sure)


def misnamed_expiry(named: Names, left: Lines, chosen: ChosenZone) -> Lines:
    """The zone's expiry that a misread caption made the issue; taken out of `named`.

    Not where another line says the expiry as well.
    """
    issue = named.get("issue_date")
    if issue is None or "expiry_date" in named or not is_equal(chosen, "expiry_date", issue):
        return []
    if any(is_equal(chosen, "expiry_date", line) for line in left):
        return []
    del named["issue_date"]
    return [replace(issue, name="")]
