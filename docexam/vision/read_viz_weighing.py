"""How sure the reading of a line is, by what other readings of it say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.vision.read_viz_forms import date_key, same_print
from docexam.vision.read_viz_text import ReadText

if TYPE_CHECKING:
    from collections.abc import Sequence

# Our starting values.
MARK_DOUBT = 0.3
SURE_WITNESS = 0.75
LONE = 0.75
"""The most that a reading is sure of which nothing confirms."""


def weighed(own: Sequence[tuple[str, ReadText]], other: ReadText) -> tuple[str, ReadText]:
    """The surest reading of one line with its light, and what the other readings say of it.

    `other` comes from trained data that knows no marks on letters: it cannot confirm them.
    """
    light, best = max(own, key=lambda each: each[1].confidence)
    doubt = 1.0 - best.confidence
    halves = False
    witnesses = agree = 0
    marked = not best.text.isascii()
    for witness in (*(text for _, text in own if text is not best), other):
        if not witness.text:
            continue
        witnesses += 1
        if witness.text == best.text or same_date(witness.text, best.text):
            agree += 1
            doubt *= max(0.1, 1.0 - witness.confidence)
        elif same_print(witness.text, best.text):
            agree += 1
            if marked and witness is not other:
                doubt = max(doubt, MARK_DOUBT)
            elif not marked:
                doubt *= max(0.1, 1.0 - witness.confidence)
        elif witness.confidence > SURE_WITNESS:
            halves = True
    if witnesses and not agree:
        doubt = max(doubt, 1.0 - LONE)
    return light, ReadText(best.text, (1.0 - doubt) / (2.0 if halves else 1.0))


def same_date(one: str, other: str) -> bool:
    """Whether two readings are of one date: a mark on a month's letter is no other month."""
    return date_key(one) is not None and date_key(one) == date_key(other)


def weighed_colour(
    own: Sequence[ReadText], other: Sequence[ReadText], witness: ReadText
) -> ReadText:
    """One coloured line: two sizes of one picture, read by two sets of trained data.

    The sizes are no witnesses for each other: what misleads a reader in one is in the other too.
    So the surer of two counts; where nothing confirms it or another look surely says otherwise, it
    is never surer than LONE. `witness` is the reading under another light.
    """
    first, second = (max(each, key=lambda look: look.confidence) for each in (own, other))
    _, text = weighed([("white", first), *([("ir", witness)] if witness.text else [])], second)
    against = any(
        look.text and look.confidence > SURE_WITNESS and not same_print(look.text, text.text)
        for look in (*own, *other, witness)
    )
    alone = not second.text and not witness.text
    most = LONE if against or alone else 1.0
    return ReadText(text.text, min(text.confidence, most))
