"""The capture, and pictures of it that cannot be used."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "detect.one": "One document, format {format}, under: {lights}.",
    "detect.several": "Several documents lie on the glass; this is number {number} of {of}.",
    "detect.none": "No document was found on this page's pictures.",
    "detect.none.anywhere": (
        "No document was found on the pictures. Lay it flat and whole into the frame, and capture "
        "again."
    ),
    "gate.by-frame": (
        "What {light} shows could not be laid on the other lights by anything common to both; it "
        "is taken to lie in the same frame."
    ),
    "gate.inside": "Good enough even in the worst light, {light}: {measured}.",
    "gate.below": "Too little under {light}: {measured}, where {limit} is asked for.",
    "gate.above": "Too much under {light}: {measured}, where {limit} is asked for.",
    "lamp.burns": "Each picture shows its own light: {light}.",
    "lamp.not-told": (
        "Nothing on this page shows for certain that these pictures were taken under their light: "
        "{light}."
    ),
    "lamp.dark": (
        "The picture said to be {light} is dark: {measured}, at least {limit} is asked for. The "
        "lamp did not burn. Nothing is judged by it."
    ),
    "lamp.same-picture": (
        "One and the same picture was given as {light} and as {lights}. Nothing is judged by it."
    ),
    "lamp.not-uv": (
        "The picture said to be {light} shows what visible light or infrared shows: nothing glows, "
        "and nothing is blue. Nothing is judged by it."
    ),
    "lamp.ir-glows": (
        "The picture said to be {light} is dark and shows print that glows, as under ultraviolet. "
        "Nothing is judged by it."
    ),
    "lamp.ir-as-white": (
        "The picture said to be {light} shows the coloured print as white light does. Nothing is "
        "judged by it."
    ),
    "lamp.exchanged": (
        "The pictures said to be {light} and {lights} seem to be exchanged: coloured print shows "
        "under infrared only. Nothing is judged by them."
    ),
    "lamp.white-glows": (
        "The picture said to be {light} is dark and shows print that glows, as under ultraviolet. "
        "Nothing is judged by it."
    ),
    "lamp.white-colourless": (
        "The picture said to be {light} shows no colour, and another of this page is not what it "
        "is said to be. Nothing is judged by it."
    ),
    "lamp.other-page": (
        "On another page of this document the picture said to be {light} shows another light, and "
        "nothing on this page shows that it is right here. Nothing is judged by it."
    ),
    "capture.json": "The capture set's description is not what it should be.",
    "capture.missing-file": "{light}: the picture is missing from the capture set.",
    "capture.no-json": "The folder holds no capture.json.",
    "capture.not-live": "The capture is not live, and only live ones are accepted.",
    "capture.path": "{light}: the picture lies outside of the capture set, and was refused.",
    "capture.zip": "{light}: the archive is damaged or not a plain one.",
    "input.damaged": "{light}: the picture is damaged.",
    "light.unknown": "{light} is no light that docexam knows; the picture is left out.",
    "light.twice": (
        "{light}: {count} pictures were given; the first that can be read is examined."
    ),
    "light.ppi": (
        "{light}: a resolution of {ppi} pixels to the inch cannot be; it is left out of account."
    ),
    "input.empty": "{light}: the file of the picture is empty.",
    "input.file-too-large": "{light}: the file is larger than the limit.",
    "input.folder": "{light}: there is a folder in the place of the picture.",
    "input.heic": "{light}: HEIC pictures cannot be opened.",
    "input.io": "{light}: the system could not read the file.",
    "input.locked": "{light}: the file is locked by a password.",
    "input.memory": "{light}: there is not enough memory for the picture.",
    "input.missing": "{light}: the file is missing.",
    "input.not-a-file": "{light}: a pipe or a device stands in the place of the picture.",
    "input.not-a-picture": "{light}: the file is no picture.",
    "input.permission": "{light}: the file may not be read.",
    "input.symlink-loop": "{light}: the link to the picture leads to itself.",
    "input.system": "{light}: the system could not read the file.",
    "input.too-large": "{light}: the picture is larger than the limit.",
    "input.too-many-pages": "{light}: the file holds too many pages.",
    "input.too-small": "{light}: the picture is too small to show anything.",
    "input.truncated": "{light}: the picture is torn: its end is missing.",
    "live": "The pictures were taken just now.",
    "recorded": "The pictures were recorded earlier, not taken just now.",
    "simulated": "The pictures are simulated.",
    "specimen": "{code} is a fictitious issuer or nationality: a specimen.",
    "no-specimen": "Neither issuer nor nationality is fictitious.",
    "model.known": "Known as {model}.",
    "model.no-such-feature": "The document model knows of no such feature.",
    "model.old-part": "The model learned this in an older way; it must be enrolled again.",
    "model.part-broke": "The comparison with the model broke ({kind}); please report this.",
    "model.print.below": "The zone says {model}, but the fixed print is not that of genuine ones.",
    "model.print.inside": "Known as {model}, and the fixed print is that of genuine ones.",
    "model.print.near-limit": "Known as {model}; the fixed print is hardly that of genuine ones.",
    "model.refused": "The document model {model} must not be used ({why}).",
    "model.unknown": (
        "It is not known what genuine documents of this kind show; only general rules were applied."
    ),
}
