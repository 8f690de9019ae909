"""Infrared: zone, inks and portraits."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "contrast.inside": (
        "Contrast {measured} in infrared; the limit is {limit}. {characters} characters measured."
    ),
    "contrast.below": (
        "The zone is printed (contrast {white} in white) but nearly gone in infrared: {measured}, "
        "the limit is {limit}. Such ink is not B900."
    ),
    "contrast.near-limit": (
        "Contrast {measured} in infrared lies between what passes and what fails (limit {limit})."
    ),
    "contrast.unseen": "Neither white nor infrared shows the zone well: {measured} in infrared.",
    "contrast.character": (
        "Line {line}, column {column}: printed in white (contrast {white}), gone in infrared "
        "({measured})."
    ),
    "background.above": (
        "Print around the zone stays in infrared: {measured}; the limit is {limit}. It should "
        "vanish."
    ),
    "variation.above": (
        "Line {line}, column {column} is far paler in infrared than the others: they have "
        "{measured} times its contrast; the limit is {limit}."
    ),
    "variation.no-ink": "Infrared shows no ink that could vary.",
    "ink-apart.inside": "The ink of {fields} fields answers alike in infrared.",
    "ink-apart.above": (
        "One field keeps {kept} of its contrast in infrared, the others {median}: it is printed "
        "in another ink."
    ),
    "ink-spot.inside": "Each field is printed in one ink.",
    "ink-spot.above": (
        "Within one field {measured} of ink vanish in infrared, the rest stays; the limit is "
        "{limit}: something was stamped, written or drawn over it."
    ),
    "ink-stroke.inside": "No character has ink of two kinds.",
    "ink-stroke.near-limit": (
        "Hardly any ink of one character vanishes in infrared: {measured}; the limit is {limit}."
    ),
    "ink-stroke.above": (
        "Within one character {measured} of ink vanish in infrared, and nowhere else; the limit is "
        "{limit}: a stroke was added to it."
    ),
    "viz.ink-marked": (
        "Ink over the text vanishes in infrared, as of a stamp or a note: an added stroke cannot "
        "be told from it."
    ),
    "viz.ink-too-coarse": "The picture is too coarse to tell inks within a field apart.",
    "ink-half-gone": (
        "The fields keep {median} of their contrast in infrared: the ink neither stays nor goes."
    ),
    "viz.few-fields": "Too few fields of the visual zone were found to compare their ink.",
    "dropout.inside": "Print that must vanish in infrared does; it keeps {measured} of 1.",
    "dropout.above": (
        "Print that must vanish in infrared stays: it keeps {measured} of 1, the limit is {limit}. "
        "Copies in carbon show this."
    ),
    "dropout.near-limit": (
        "Print that must vanish keeps {measured} of 1 in infrared, near to the limit of {limit}."
    ),
    "split.inside": "Coloured print that must stay in infrared does: {measured} of 1.",
    "split.below": (
        "Coloured print that must stay in infrared is gone: {measured} of 1, the limit is {limit}."
    ),
    "split.near-limit": (
        "Coloured print that must stay in infrared is pale: {measured} of 1; the limit is {limit}."
    ),
    "photo-ir.inside": "The portrait answers to infrared as genuine ones: it keeps {measured}.",
    "photo-ir.below": (
        "The portrait is gone in infrared, where genuine ones stay: it keeps {measured} of 1, the "
        "limit is {limit}."
    ),
    "photo-ir.above": (
        "The portrait stays in infrared, where genuine ones vanish: it keeps {measured} of 1, the "
        "limit is {limit}."
    ),
    "photo-ir.near-limit": (
        "The portrait keeps {measured} of 1 in infrared, too near to the limit of {limit} to tell."
    ),
    "photo.no-tones": "The place of the portrait shows no tones.",
    "colour-mode.inside": "The portrait is grey, as genuine ones are.",
    "colour-mode.above": (
        "The portrait has colours, where genuine ones are grey: {measured} of 1; the limit is "
        "{limit}."
    ),
    "colour-mode.near-limit": "The portrait is hardly grey: {measured}; the limit is {limit}.",
    "ghost.strength.inside": (
        "The second portrait is there and shows the same face: likeness {likeness}."
    ),
    "ghost.strength.below": (
        "The second portrait is missing or far too pale: {measured} of a genuine one, the limit is "
        "{limit}."
    ),
    "ghost.strength.near-limit": (
        "The second portrait is pale: {measured} of a genuine one; the limit is {limit}."
    ),
    "ghost.likeness.inside": "Both portraits show the same face: likeness {measured}.",
    "ghost.likeness.below": (
        "The two portraits show different faces: likeness {measured}, the limit is {limit}."
    ),
    "ghost.likeness.near-limit": (
        "Both portraits are hardly alike: likeness {measured}, the limit is {limit}."
    ),
    "ghost.apart.inside": (
        "The features of both portraits lie alike: {measured} times what print and placing explain."
    ),
    "ghost.apart.above": (
        "The features of the two portraits lie {measured} times as far apart as print and placing "
        "explain; the limit is {limit}: they are two persons, or one portrait was exchanged."
    ),
    "ghost.apart.near-limit": (
        "The features of the two portraits lie {measured} times as far apart as print and placing "
        "explain, near to the limit of {limit}."
    ),
    "ghost-ir.inside": "The second portrait answers to infrared as genuine ones: {measured} of 1.",
    "ghost-ir.below": (
        "The second portrait is missing in infrared: {measured} of 1; the limit is {limit}."
    ),
    "ghost-ir.above": (
        "The second portrait stays in infrared, where genuine ones vanish: {measured} of 1; the "
        "limit is {limit}."
    ),
    "ghost-ir.near-limit": (
        "The second portrait is hard to tell in infrared: {measured} of 1; the limit is {limit}."
    ),
    "model-ink.zone.inside": "The zone's ink answers to infrared as on genuine documents.",
    "model-ink.zone.below": (
        "The zone keeps only {measured} of its contrast in infrared; genuine ones keep at least "
        "{limit}: it is printed in another ink."
    ),
    "model-ink.zone.above": (
        "The zone keeps {measured} of its contrast in infrared; genuine ones keep at most {limit}: "
        "it is printed in another ink."
    ),
    "model-ink.fields.inside": "The fields' ink answers to infrared as on genuine documents.",
    "model-ink.fields.below": (
        "The fields keep only {measured} of their contrast in infrared; genuine ones keep at least "
        "{limit}: they are printed in another ink."
    ),
    "model-ink.fields.above": (
        "The fields keep {measured} of their contrast in infrared; genuine ones keep at most "
        "{limit}: they are printed in another ink."
    ),
    "model-ink.field.inside": "Each field's ink answers to infrared as on genuine documents.",
    "model-ink.field.below": (
        "One field keeps {kept} of its contrast in infrared, where genuine ones keep {usual}: it "
        "is printed in another ink."
    ),
    "model-ink.field.above": (
        "One field keeps {kept} of its contrast in infrared, where genuine ones keep {usual}: it "
        "is printed in another ink."
    ),
    "model.unseen": "The camera did not see enough of this place.",
    "model.print-not-seen": "The print that the model knows does not show in white either.",
    "learn.few-pages": "too few pages show it",
    "learn.few-fields": "too few fields stand at one place on most pages",
    "learn.few-letters": "no letter was read on two pages",
    "learn.few-numbers": "too few different numbers were read",
    "learn.few-dates": "dates of issue and expiry were not read on enough pages",
    "learn.no-such-print": "the pages show no such print in common",
    "learn.no-fields": "no field and no zone was seen on enough pages",
    "learn.no-portrait": "no area as large as a portrait differs from holder to holder",
    "learn.no-ghost": "no second portrait follows the first",
}
