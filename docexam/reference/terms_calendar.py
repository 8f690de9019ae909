"""Terms of validity in whole months of the calendar."""

from __future__ import annotations

import datetime as dt

TO_THE_DAY = 1
"""How far an expiry may lie from the same day of the month, or the day before it, in days (our
starting value)."""
_DAYS_A_MONTH = 30.44


def term_months(issued: dt.date, expires: dt.date) -> int | None:
    """The term in whole months, to TO_THE_DAY around the same day of the month; None for none."""
    guess = round((expires - issued).days / _DAYS_A_MONTH)
    near = (guess, guess - 1, guess + 1)
    return next((months for months in near if is_term(issued, expires, months)), None)


def is_term(issued: dt.date, expires: dt.date, months: int) -> bool:
    """Whether a document of these days was issued for so many months, to TO_THE_DAY."""
    apart = (expires - months_later(issued, months)).days
    # to the day before is what most states do
    return -1 - TO_THE_DAY <= apart <= TO_THE_DAY


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month later; the first of the next where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, day.day)
    except ValueError:
        return dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
