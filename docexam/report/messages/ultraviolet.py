"""Ultraviolet: dullness, fibres, motifs, erasures, glue, and what runs on under the portrait."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "uv.no-colour": (
        "The ultraviolet picture shows too little of the page, no colours, or no light at all."
    ),
    "uv.not-seen": "Too little of this place is seen in ultraviolet.",
    "glow.inside": "The page is dull: its blue-white glow is {measured}; the limit is {limit}.",
    "glow.above": (
        "The page glows blue-white like brightened paper: {measured}; the limit is {limit}."
    ),
    "glow.near-limit": "The page glows a little: {measured}; the limit is {limit}.",
    "glow-apart.inside": "This part glows like the page: {measured} apart; the limit is {limit}.",
    "glow-apart.above": (
        "This part glows unlike the page, {here} against {level}; {limit} apart is the limit."
    ),
    "glow-apart.near-limit": "This part glows a little unlike the page: {here} against {level}.",
    "uv.no-motifs-here": "The fluorescent print that the model knows is not there to measure.",
    "over-model.inside": "The fluorescent print runs across the portrait: {measured} of 1.",
    "over-model.below": (
        "The fluorescent print that runs across the portrait is not whole there: {measured} of 1, "
        "the limit is {limit}."
    ),
    "over-model.near-limit": (
        "The fluorescent print across the portrait is hard to tell: {measured}, the limit is "
        "{limit}."
    ),
    "fibres.inside": "As many fibres glow as should: {measured} of the usual {expected}.",
    "fibres.below": (
        "Too few strokes glow as brightly as the sheet's fibres: {strokes} where {expected} are "
        "usual."
    ),
    "fibres.near-limit": (
        "It is hard to tell how many fibres glow: {measured}, the limit is {limit}."
    ),
    "fibres-ink.inside": "White light shows no more ink on fibres than usual: {measured}.",
    "fibres-ink.above": (
        "The {strokes} strokes that glow as fibres are printed: in white light their ink is wider "
        "than genuine fibres' by {measured}; the limit is {limit}."
    ),
    "fibres-ink.near-limit": (
        "It is hard to tell whether the fibres are printed: their ink is {measured} wider than "
        "genuine fibres', the limit is {limit}."
    ),
    "uv.few-fibres": "Too few strokes glow to tell their ink: {strokes}, {least} are needed.",
    "uv.fibres-hidden": "The noise of the ultraviolet picture hides most fibres.",
    "pattern.inside": "The fluorescent print is like the model's: {measured} of 1.",
    "pattern.below": (
        "The fluorescent print is unlike the model's: likeness {measured}, the limit is {limit}; "
        "{missing} of {motifs} motifs are missing."
    ),
    "pattern.near-limit": (
        "The fluorescent print is hard to tell: likeness {measured}, the limit is {limit}."
    ),
    "pattern-offset.above": (
        "The fluorescent print stands {measured} from its place in the other print; the limit is "
        "{limit}."
    ),
    "pattern-offset.near-limit": (
        "The fluorescent print stands {measured} from its place, too near to the limit of {limit} "
        "to tell."
    ),
    "pattern-colour.inside": "The fluorescent print has its colours: {measured} of 1 differs.",
    "pattern-colour.above": (
        "The fluorescent print has another colour: {measured} of its light; the limit is {limit}."
    ),
    "pattern-colour.near-limit": (
        "The colour of the fluorescent print is a little off: {measured}; the limit is {limit}."
    ),
    "erasure.inside": "The ground around each field is as on genuine documents.",
    "erasure.above": (
        "The ground around a field is not as on genuine documents: {measured} times as unlike as "
        "they are to one another; the limit is {limit}. It keeps {print_kept} of its print. Who "
        "erases a field takes the ground with it."
    ),
    "erasure.near-limit": (
        "The ground around a field is a little unlike that of genuine documents: {measured}; the "
        "limit is {limit}."
    ),
    "erasure.one-trace": (
        "The ground around a field is unlike that of genuine documents in one way only: "
        "{measured}; a stain does that too."
    ),
    "erasure.dirt": (
        "The ground around a field is lighter or darker than on genuine documents in both lights, "
        "and its print is there: dirt does that too."
    ),
    "erasure.alone": (
        "The ground around a field is unlike that of genuine documents: {measured}; the limit is "
        "{limit}. So near the limit another camera does that too, and nothing else about that "
        "field differs."
    ),
    "erasure.and-type": (
        "The ground around a field is unlike that of genuine documents: {measured}; the limit is "
        "{limit}. That field is printed in another type, size or place too: it was erased and "
        "printed anew."
    ),
    "erasure.and-ink": (
        "The ground around a field is unlike that of genuine documents: {measured}; the limit is "
        "{limit}. That field is in another ink than the others too: it was erased and printed "
        "anew."
    ),
    "halo.inside": "No line of text stands in a glow of its own: {measured}; the limit is {limit}.",
    "halo.above": (
        "Around a line of text the paper glows {measured} more than on all sides of it; the limit "
        "is {limit}. Chemicals that wash out ink leave such a halo."
    ),
    "halo.part": (
        "Around a part of a line of text the paper glows more: {measured}; the limit is {limit}. "
        "A motif may do so too."
    ),
    "halo.near-limit": "Around a line of text the paper glows a little more: {measured}.",
    "halo.no-text": "No line of dark text was found to look around.",
    "glue.inside": "No edge glows by itself: {measured}; the limit is {limit}.",
    "glue.above": (
        "One edge ({side}) glows {measured} more than the page beside it, as glue does; the limit "
        "is {limit}."
    ),
    "glue.dull-leaf": (
        "One edge ({side}) glows more than the page: {measured}; the limit is {limit}. The leaf "
        "itself is dull, and a genuine binding may be glued."
    ),
    "glue.near-limit": "One edge ({side}) glows a little more than the page: {measured}.",
    "specks.edges-not-seen": "Too few edges of the page are seen in ultraviolet.",
    "specks.bed-glows": "What lies below the page glows, so its edges cannot be judged.",
    "crossing.ends": (
        "Fluorescent print ends at the portrait: {measured} of 1 within it. Some issuers keep the "
        "place free."
    ),
    "crossing.inside": "Fluorescent print runs on across the portrait: {measured} of 1.",
    "crossing.below": (
        "Fluorescent print ends at the portrait: {measured} of its brightness is left within, the "
        "limit is {limit} ({sides} sides, {length_mm} mm)."
    ),
    "crossing.near-limit": "Fluorescent print is weaker within the portrait: {measured} of 1.",
    "photo.no-uv-print": "No fluorescent print runs into the portrait.",
    "lines.ends": (
        "The background's lines end at the portrait: {measured} of 1 within it. Some issuers keep "
        "the place free."
    ),
    "lines.inside": "The background's lines run on in the portrait's ground: {measured} of 1.",
    "lines.below": (
        "The background's lines end at the portrait's border: {measured} of their contrast is "
        "left within, the limit is {limit}."
    ),
    "lines.near-limit": "The background's lines are weak within the portrait: {measured} of 1.",
    "photo.no-ground": "The portrait has too little pale ground to show the background through it.",
    "photo.no-lines": "The page has no fine lines around the portrait.",
    "glow-apart.bright": "The whole page glows, so parts of it cannot be compared.",
}
