"""Lines of the visual zone that no caption named, named by what the zone of the document says.

A caption that background print hides leaves its field without a name. A line that says the same as
the zone, or nearly so where nothing else can, is that field. Its text stays as it was read. A name
that is a guess, since the line may well be something else, makes the line unsure.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import NAME_FIELDS, compare, compare_name, zone_text
from docexam.checks.viz_likeness import (
    can_be_prolonged,
    could_be_birth,
    is_last_day,
    is_late_date,
    is_near,
    is_near_name,
    is_near_number,
    is_one_figure_off,
    is_surely_number,
    number_in,
    stands_alone,
    zone_day,
)
from docexam.checks.viz_scripts_stacked import in_latin, surname_in_latin
from docexam.checks.viz_text import number_key, read_date, sex_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

# Our starting values.
GUESS = 0.75
"""The most that a field whose name is a guess is sure of: below what is held against a document."""
EVEN_CHANCE = 0.5
"""The most that a lone letter is sure of that may be the sex: every other one is the zone's."""
FEWEST_LETTERS = 3
_DATA = ("document_number", "birth_date", "expiry_date")
_BY_LIKENESS = (*_DATA, "sex", "surname", "given_names")
Names = dict[str, "VizField"]
Lines = list["VizField"]


def named_by_zone(
    fields: Sequence[VizField],
    unnamed: Sequence[VizField],
    chosen: ChosenZone | None,
    other: Sequence[VizField] = (),
    *,
    by_likeness: bool = True,
) -> tuple[VizField, ...]:
    """`fields` of one page with those of `unnamed` that the zone tells, from the top down.

    A field whose caption was misread gives its name to the line that says what the zone says. A
    second print of the number is `numbering`. `other` are the fields of the other pages: what one
    of them says as the zone does is no field of this page by mere likeness, but an older passport's
    number, say, or a relative's birth. Without `by_likeness` only what equals the zone is named.
    """
    if chosen is None or chosen.layout is None or not (unnamed or fields):
        return tuple(fields)
    told = _told(other, chosen) if by_likeness else frozenset(_BY_LIKENESS)
    named = {field.name: field for field in fields}
    left = _lines(unnamed, chosen)
    if "document_number" not in told:
        left += _misnamed_number(named, chosen)
    left += _misnamed_expiry(named, chosen)
    _take_equal(named, left, chosen)
    _name_number(named, left, chosen, alike="document_number" not in told)
    if "birth_date" not in told:
        _name_birth(named, left, chosen)
    if "expiry_date" not in told:
        _name_expiry(named, left, chosen, other)
    if "sex" not in told:
        _name_sex(named, left, chosen)
    surname_in_latin(named, left, chosen)
    for name in NAME_FIELDS:
        if name in named:
            named[name] = in_latin(named[name], left, chosen)
            if not is_near_name(chosen, name, named[name]):
                _take(named, left, name, partial(_says_name, chosen, name))
        elif name != "name" and "name" not in named:
            _take(named, left, name, partial(_says_name, chosen, name))
    for name in ("surname", "given_names"):
        if name not in named and "name" not in named and name not in told:
            _only(named, left, name, partial(is_near_name, chosen, name))
    return tuple(sorted(named.values(), key=lambda field: (field.box_mm[1], field.box_mm[0])))


def equal_to_zone(
    fields: Sequence[VizField], unnamed: Sequence[VizField], chosen: ChosenZone | None
) -> tuple[VizField, ...]:
    """`fields` of one page with its number and dates that stand there as the zone has them."""
    if chosen is None or chosen.layout is None:
        return tuple(fields)
    named = {field.name: field for field in fields}
    _take_equal(named, _lines(unnamed, chosen), chosen)
    return tuple(named.values())


def _told(other: Sequence[VizField], chosen: ChosenZone) -> frozenset[str]:
    """The fields that another page has, equal to the zone's."""
    return frozenset(
        field.name
        for field in other
        if field.name in _BY_LIKENESS and compare(field, chosen).answer == "equal"
    )


def _lines(unnamed: Sequence[VizField], chosen: ChosenZone) -> Lines:
    left = [_number_alone(line, chosen) for line in unnamed]
    return [line for line in left if not _is_other_number(line, chosen)]


def _take_equal(named: Names, left: Lines, chosen: ChosenZone) -> None:
    """Number and dates that equal the zone's; a captioned number that is nearly it stays one."""
    captioned, number = named.get("document_number"), zone_text("document_number", chosen)
    for name in _DATA:
        altered = captioned is not None and is_near_number(captioned.text, number, second=True)
        if name != "document_number" or not altered:
            _take(named, left, name, partial(_is_equal, chosen, name))


def _take(named: Names, left: Lines, name: str, is_it: Callable[[VizField], bool]) -> None:
    """Names the first line that is it, unless the one of that name is it already."""
    if name in named and is_it(named[name]):
        return
    line = next((line for line in left if is_it(line)), None)
    if line is not None:
        left.remove(line)
        if name in named:
            left.append(replace(named[name], name=""))
        named[name] = replace(line, name=name)


def _only(
    named: Names, left: Lines, name: str, is_it: Callable[[VizField], bool], *, guess: bool = False
) -> None:
    """Names the line that is it, where there is one only; a `guess` is unsure."""
    found = [line for line in left if is_it(line)]
    if len(found) == 1:
        left.remove(found[0])
        named[name] = _called(found[0], name, GUESS if guess else 1.0)


def _called(line: VizField, name: str, most: float) -> VizField:
    """The line as that field, `most` sure."""
    return replace(line, name=name, confidence=min(line.confidence, most))


def _name_number(named: Names, left: Lines, chosen: ChosenZone, *, alike: bool) -> None:
    """The number by its likeness, and a second print of it, such as the blank's numbering.

    A second print that differs by a character or two counts before one that is equal, and one that
    differs by more after it, as a guess. Without `alike` only what equals the zone is named.
    """
    number = zone_text("document_number", chosen)
    if not number:
        return
    is_it = partial(_is_equal, chosen, "document_number")
    if "document_number" not in named and alike:
        near = [line for line in left if is_near_number(line.text, number)]
        if len({number_key(line.text) for line in near}) == 1:
            sure = is_surely_number(near[0].text, number)
            sure = sure or stands_alone(near[0], left, chosen)
            left.remove(near[0])
            most = 1.0 if sure else GUESS
            named["document_number"] = _called(near[0], "document_number", most)
    second = [line for line in left if is_near_number(line.text, number, second=True)]
    second = [line for line in second if alike or is_it(line)]
    if second:
        close = [line for line in second if is_surely_number(line.text, number)]
        line = max(close or second, key=lambda line: (not is_it(line), line.confidence))
        left.remove(line)
        most = 1.0 if close else GUESS
        named["numbering"] = _called(line, "numbering", most)


def _misnamed_number(named: Names, chosen: ChosenZone) -> Lines:
    """The number that a misread caption made the personal number; taken out of `named`."""
    number, other = zone_text("document_number", chosen), named.get("personal_number")
    if "document_number" in named or other is None or not number:
        return []
    if not is_near_number(other.text, number, second=True) or _is_other_number(other, chosen):
        return []
    del named["personal_number"]
    return [replace(other, name="")]


def _misnamed_expiry(named: Names, chosen: ChosenZone) -> Lines:
    """The zone's expiry that a misread caption made the issue; taken out of `named`."""
    issue = named.get("issue_date")
    if issue is None or "expiry_date" in named or not _is_equal(chosen, "expiry_date", issue):
        return []
    del named["issue_date"]
    return [replace(issue, name="")]


def _name_birth(named: Names, left: Lines, chosen: ChosenZone) -> None:
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
    _only(named, left, "birth_date", (near or old).__contains__, guess=not sure)


def _name_expiry(named: Names, left: Lines, chosen: ChosenZone, other: Sequence[VizField]) -> None:
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
    _only(named, left, "expiry_date", (near or late).__contains__, guess=not sure)


def _name_sex(named: Names, left: Lines, chosen: ChosenZone) -> None:
    """The one line that is a sex and nothing else; a guess: M may be a category or `multiple`."""
    if "sex" in named or not zone_text("sex", chosen):
        return
    found = [line for line in left if len(line.text) <= 3 and sex_key(line.text) is not None]
    if len(found) == 1:
        left.remove(found[0])
        named["sex"] = _called(found[0], "sex", EVEN_CHANCE)


def _number_alone(line: VizField, chosen: ChosenZone) -> VizField:
    """The line without the words before its number, No. X1234567; a date stays as it is."""
    number = zone_text("document_number", chosen)
    if read_date(line.text, near=zone_day("expiry_date", chosen)) is not None:
        return line
    alone = number_in(line.text, number) if number else line.text
    return line if alone == line.text else replace(line, text=alone)


def _is_other_number(line: VizField, chosen: ChosenZone) -> bool:
    """Whether a line is one of the zone's optional data, such as the personal number."""
    fields = chosen.reading.fields
    optional: Iterable[str | None] = (fields.optional_data_1, fields.optional_data_2)
    key = number_key(line.text)
    return any(key == number_key(each) for each in optional if each) and key != number_key(
        zone_text("document_number", chosen)
    )


def _is_equal(chosen: ChosenZone, name: str, line: VizField) -> bool:
    """Whether a line says what the zone says, or did before ink was added to it."""
    if not zone_text(name, chosen):
        return False
    if line.apart is not None:
        before = replace(line, text=line.apart.infrared, apart=None)
        if _is_equal(chosen, name, before):
            return True
    if name == "document_number":
        return number_key(line.text) == number_key(zone_text(name, chosen))
    day = zone_day(name, chosen)
    if day is None or read_date(line.text, near=day) is None:
        return False
    return compare(replace(line, name=name), chosen).answer == "equal"


def _says_name(chosen: ChosenZone, name: str, line: VizField) -> bool:
    says = bool(zone_text(name, chosen)) and len(line.text) >= FEWEST_LETTERS
    return says and compare_name(replace(line, name=name), chosen).answer == "equal"
