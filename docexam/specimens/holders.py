"""Invented holders, drawn by seed, and the data that their document shows."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docexam.errors import UsageError
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    import numpy as np

    from docexam.specimens.design import Design

Sex = Literal["F", "M", "X"]
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
REFERENCE_DATE = dt.date(2026, 6, 1)
"""Documents are drawn as issued before this day, so a seed means the same next year."""
LONGEST_NAME = 60

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Holder:
    """One person and the data of one document; names as the page prints them."""

    surname: str
    given_names: str
    sex: Sex
    birth_date: dt.date
    birth_place: str
    issue_date: dt.date
    expiry_date: dt.date
    document_number: str
    personal_number: str
    native_surname: str = ""
    native_given_names: str = ""
    native_birth_place: str = ""
    card_access_number: str = ""
    passport_number: str = ""


def holder_for(design: Design, seed: int) -> Holder:
    """The holder that `seed` gives on `design`."""
    rng = rng_for("holder", design.name, seed)
    names = _names(design.names)
    sex: Sex = "F" if rng.random() < 0.5 else "M"
    surname = names["surnames"][int(rng.integers(len(names["surnames"])))]
    given = names["female" if sex == "F" else "male"]
    first = given[int(rng.integers(len(given)))]
    place = int(rng.integers(len(design.places)))
    issue, expiry = _term(design, rng)
    age_days = int(rng.integers(19 * 365, 78 * 365))
    native = design.native_places[place] if place < len(design.native_places) else ""
    return Holder(
        surname=surname[1],
        given_names=first[1],
        sex=sex,
        birth_date=issue - dt.timedelta(days=age_days),
        birth_place=design.places[place],
        issue_date=issue,
        expiry_date=expiry,
        document_number=from_pattern(design.number, rng),
        personal_number=from_pattern(design.personal_number, rng),
        native_surname=surname[0] if surname[0] != surname[1] else "",
        native_given_names=first[0] if first[0] != first[1] else "",
        native_birth_place=native,
        card_access_number=f"{int(rng.integers(1_000_000)):06d}",
        passport_number=from_pattern("@########", rng),
    )


def _term(design: Design, rng: np.random.Generator) -> tuple[dt.date, dt.date]:
    earliest = dt.date(design.first_year, 1, 1)
    still_valid = REFERENCE_DATE - dt.timedelta(days=design.term_years * 365 - 200)
    start = min(max(earliest, still_valid), REFERENCE_DATE - dt.timedelta(days=60))
    issue = start + dt.timedelta(days=int(rng.integers((REFERENCE_DATE - start).days)))
    return issue, years_later(issue, design.term_years) - dt.timedelta(days=1)


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def from_pattern(pattern: str, rng: np.random.Generator) -> str:
    """`pattern` with a letter for each @ and a digit for each #."""
    found = []
    for sign in pattern:
        if sign == "@":
            found.append(_LETTERS[int(rng.integers(len(_LETTERS)))])
        elif sign == "#":
            found.append(str(int(rng.integers(10))))
        else:
            found.append(sign)
    return "".join(found)


@cache
def _names(name: str) -> dict[str, list[tuple[str, str]]]:
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    if name not in table:
        raise UsageError(
            f"There is no set of names {name!r}.",
            code="specimen.names",
            hint=f"Use one of {', '.join(table)}.",
        )
    return {
        kind: [(each, each) if isinstance(each, str) else (each[0], each[1]) for each in entries]
        for kind, entries in table[name].items()
    }


def written_date(day: dt.date, months: tuple[str, ...] = ()) -> str:
    """`day` as a page prints it (Doc 9303-3, representation of dates): 07 MAR 2024.

    `months` are the issuer's own names, printed before the English ones: 07 MRT/MAR 2024. Twelve
    numbers stand alone: 07 03 2024.
    """
    name = MONTHS[day.month - 1]
    if months:
        own = months[day.month - 1]
        name = own if own.isdigit() else f"{own}/{name}"
    return f"{day.day:02d} {name} {day.year}"


def read_date(text: str, what: str) -> dt.date:
    """A date given as YYYY-MM-DD; UsageError where there is no such day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"The {what} is no date of the calendar.",
            code="specimen.date",
            hint="Write it as YYYY-MM-DD, between the years 1900 and 2099.",
        ) from None


def refuse_impossible(holder: Holder, design: Design) -> None:
    """UsageError for a holder whom no document could name; the value itself is not repeated."""
    for what, name in (("surname", holder.surname), ("given names", holder.given_names)):
        if len(name) > LONGEST_NAME:
            raise UsageError(
                f"The {what} has {len(name)} characters; the page has room for {LONGEST_NAME}.",
                code="specimen.name",
                hint="Shorten it as the issuing office would.",
            )
    if not holder.surname.strip():
        raise UsageError(
            "The surname is empty.",
            code="specimen.name",
            hint="A person with one name only has it as surname.",
        )
    if holder.sex not in ("F", "M", "X"):
        raise UsageError("The sex is none of F, M, X.", code="specimen.sex")
    if not holder.birth_date < holder.issue_date < holder.expiry_date:
        raise UsageError(
            "The dates are not in the order birth, issue, expiry.",
            code="specimen.date",
            hint="Give dates that follow each other.",
        )
    if holder.birth_date.year < 1900 or holder.expiry_date.year > 2099:
        raise UsageError(
            "A date lies outside of the years 1900 to 2099.",
            code="specimen.date",
            hint="Write it as YYYY-MM-DD, between the years 1900 and 2099.",
        )
    number = holder.document_number
    longest = 22 if design.format in ("TD1", "TD2") else 9
    if not 1 <= len(number) <= longest or not all(c.isascii() and c.isalnum() for c in number):
        raise UsageError(
            f"The document number is not 1 to {longest} of A-Z and 0-9.",
            code="specimen.number",
            hint=f"The design's own pattern is {design.number}.",
        )
