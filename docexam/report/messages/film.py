"""Raking and coaxial light: relief, film and optical devices."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "relief.inside": "The portrait's border is flat: {measured}; the limit is {limit}.",
    "relief.above": (
        "The portrait's border stands out in raking light: {measured}; the limit is {limit}."
    ),
    "relief.near-limit": "The portrait's border stands out a little: {measured}.",
    "photo.border-not-seen": "The portrait's border is not wholly seen in raking light.",
    "film-margin.inside": "No margin stands up along the page's sides: {measured}.",
    "film-margin.above": (
        "The film's margin stands up at {sides}, {from_side_mm} mm from the edge: {measured} in "
        "raking light, the limit is {limit}."
    ),
    "film-margin.near-limit": (
        "A margin may stand up along the page's sides: {measured} in raking light, the limit is "
        "{limit}."
    ),
    "film.margin-not-seen": "Too few of the page's sides are wholly seen in raking light.",
    "film-photo.inside": "The portrait shines in coaxial light as its page does: {measured}.",
    "film-photo.below": (
        "The portrait shines less than the film around it, as if it lay on top: {photo} of its "
        "coaxial light comes from the surface, {page_sheen} on the page."
    ),
    "film-photo.near-limit": (
        "The portrait may shine less than its page: {photo} against {page_sheen} of coaxial light."
    ),
    "film.no-dark-print": (
        "Too little dark print is seen, or coaxial light outshines it, so the film's sheen cannot "
        "be told."
    ),
    "film.photo-too-pale": "The portrait has too little contrast to tell its sheen.",
    "film-sheen.inside": "The film sends back as much coaxial light as genuine ones: {measured}.",
    "film-sheen.below": (
        "The film sends back less coaxial light than genuine ones: {measured} of 1, the limit is "
        "{limit}."
    ),
    "film-sheen.near-limit": "The film may shine less than genuine ones: {measured} of 1.",
    "film-image.inside": "The film's image shines in coaxial light: {measured} of 1.",
    "film-image.below": (
        "The image in the film is missing in coaxial light or faint: {measured} of 1, the limit "
        "is {limit}."
    ),
    "film-image.near-limit": "The film's image may be faint in coaxial light: {measured} of 1.",
    "film.image-not-seen": "Too little of the film's image is seen in coaxial light.",
    "film.other-device": (
        "The film sends back {measured} where the model asks for {limit}; the model was learned on "
        "other devices, whose lamps and lens let a film shine otherwise."
    ),
    "ovd.other-device": (
        "The optical devices flash {measured} of 1 where the model asks for {limit}; the model was "
        "learned on other devices, whose lamps stand otherwise."
    ),
    "devices.inside": "The optical devices flash as the lamp changes its side: {measured} of 1.",
    "devices.below": (
        "The optical devices are missing or do not change with the lamp: {measured} of 1, the "
        "limit is {limit}."
    ),
    "devices.near-limit": "The optical devices flash weakly: {measured} of 1.",
    "ovd.not-seen": "Too little of the optical devices is seen in raking light.",
    "photo.not-found": "No portrait with a clear border was found.",
}
