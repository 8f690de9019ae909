"""The catalogue: reason code to English message, with named places. Keep it in the order of checks.

`{measured}`, `{limit}` and `{page}` are always there; other places are the finding's parameters.
A check whose reason has one of the words of a limit (`inside`, `below`, ...) needs no message of
its own.
"""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # Any measurement against its limit (docexam.checks.judging.within).
    "inside": "Within the limit: {measured}.",
    "below": "Measured {measured}, too little: the limit is {limit}.",
    "above": "Measured {measured}, too much: the limit is {limit}.",
    "near-limit": "Measured {measured}, too near to the limit of {limit} to tell.",
    # Any check that could not be made.
    "no-light": "No picture shows the page under this light: {light}.",
    "no-page": "This page was not captured.",
    "no-zone": "No machine readable zone was read.",
    "no-structure": "The zone has the lines of no known layout.",
    "no-such-digit": "The layout {format} has no such check digit.",
    "no-such-field": "The layout {format} has no such field.",
    "no-date": "The zone holds no whole date here.",
    "no-model.several": (
        "{count} more need to know what genuine documents of this kind show (docexam model)."
    ),
    "no-model": "It is not known what genuine documents of this kind show.",
    "too-coarse": "The picture has {ppi} pixels to the inch; this takes at least {least_ppi}.",
    "scale.from-zone": (
        "Neither the resolution nor the whole outline is known, so the zone would be its own ruler."
    ),
    "scale.from-outline": "The size is what the scale was taken from.",
    "outline.none": "The edge of the page that this is measured from was not seen.",
    "outline.not-whole": "The page's four edges were not all seen.",
    "zone.no-print": "No print of the zone could be laid on the shapes of OCR-B.",
    "zone.too-few": "Too few characters could be measured.",
    "zone.no-ground": "Too little ground around the zone was seen.",
    "not-measured": "It could not be measured on this capture.",
    "broke": "The check itself broke ({kind}); please report this.",
    "bug": "docexam met a bug of its own, and the capture was not examined; please report this.",
    "unknown-code": "Reason: {code}.",
    # The capture.
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
    # A capture, or a picture of one light, that cannot be used (docexam.capture).
    "capture.json": "The capture set's description is not what it should be.",
    "capture.missing-file": "{light}: the picture is missing from the capture set.",
    "capture.no-json": "The folder holds no capture.json.",
    "capture.not-live": "The capture is not live, and only live ones are accepted.",
    "capture.path": "{light}: the picture lies outside of the capture set, and was refused.",
    "capture.zip": "{light}: the archive is damaged or not a plain one.",
    "input.damaged": "{light}: the picture is damaged.",
    "light.unknown": "{light} is no light that docexam knows; the picture is left out.",
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
    # The machine readable zone.
    "mrz.read": "Read under this light: {light}. No character is left open.",
    "mrz.open": "{open} characters of the zone cannot be told for certain.",
    "mrz.not-found": "No machine readable zone was found in the pictures.",
    "structure.known": "The zone is a {format}: lines of {lines} characters.",
    "structure.unknown": "Lines of {lines} characters are no layout of Doc 9303.",
    "structure.foreign": "The zone holds a character that no zone has (A-Z, 0-9 and <).",
    "digit.equal": "Printed {printed}, computed {computed}.",
    "digit.unused": "The field is not used, and neither is its digit.",
    "digit.wrong": "Printed {printed}, computed {computed}: the data or the digit is wrong.",
    "digit.only-composite": (
        "Printed {printed}, computed {computed}, while every other digit holds: data that only "
        "this digit covers was changed, or the issuer broke it on purpose."
    ),
    "digit.open": "{open} of its characters cannot be told for certain, so it proves nothing.",
    "ambiguity.counted": (
        "{singles} exchanges of one look-alike character and {doubles} of two would keep every "
        "digit valid."
    ),
    "ambiguity.digits-wrong": "The digits do not hold, so there is nothing to hide behind them.",
    "text.open": "A character of it cannot be told for certain.",
    "mrz.long-number": "The document number is written as its length asks.",
    "mrz.long-number.wrong": (
        "A long document number is not written as it must be (line {line}, columns {first} to "
        "{last})."
    ),
    "mrz.doc-code": "The document code is a usual one.",
    "mrz.doc-code.wrong": "The document code {printed} is unusual for such a document.",
    "mrz.state-code": "The issuing state's code is known.",
    "mrz.state-code.wrong": "{printed} is no code of an issuing state or organisation.",
    "mrz.nationality": "The nationality's code is known.",
    "mrz.nationality.wrong": "{printed} is no code of a nationality.",
    "mrz.name": "The name field keeps the rules.",
    "mrz.name.wrong": (
        "The name field breaks a rule of Doc 9303-3 (line {line}, columns {first} to {last})."
    ),
    "mrz.filler": "Data stands at the left, fillers behind it.",
    "mrz.filler.wrong": (
        "A filler or a character stands where it must not (line {line}, columns {first} to {last})."
    ),
    "mrz.sex": "The sex is F, M or <.",
    "mrz.sex.wrong": "The sex is printed {printed}; a zone has F, M or <.",
    "date.valid": "The dates exist.",
    "date.valid.wrong": "{printed} is no date.",
    "date.expiry": "Valid until {date}, {days} days more.",
    "expired": "Expired on {date}, {days} days ago.",
    "date.order": "The dates are in order.",
    "date.order.no-viz": (
        "The years of the visual zone were not read, and those of two digits prove no order."
    ),
    "date.order.no-reader": (
        "The visual zone was not read, and years of two digits prove no order."
    ),
    "date.order.birth-to-come": "The birth date {birth_date} is yet to come.",
    "date.order.issue-to-come": "The issue date {issue_date} is yet to come.",
    "date.order.too-old": "Born on {birth_date}: older than anybody alive.",
    "date.order.issued-before-birth": "Issued on {issue_date}, before the birth on {birth_date}.",
    "date.order.expired-before-issue": (
        "Expires on {expiry_date}, not after its issue on {issue_date}."
    ),
    "date.order.expired-before-birth": (
        "Expires on {expiry_date}, not after the birth on {birth_date}."
    ),
    # Infrared.
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
        "{limit}: strokes were added."
    ),
    "viz.ink-too-coarse": "The picture is too coarse to tell inks within a field apart.",
    "ink-half-gone": (
        "The fields keep {median} of their contrast in infrared: the ink neither stays nor goes."
    ),
    "viz.few-fields": "Too few fields of the visual zone were found to compare their ink.",
    # Infrared and portraits against a document model.
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
    # Ultraviolet (docexam.checks.uv_*).
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
    "devices.inside": "The optical devices flash as the lamp changes its side: {measured} of 1.",
    "devices.below": (
        "The optical devices are missing or do not change with the lamp: {measured} of 1, the "
        "limit is {limit}."
    ),
    "devices.near-limit": "The optical devices flash weakly: {measured} of 1.",
    "ovd.not-seen": "Too little of the optical devices is seen in raking light.",
    "photo.not-found": "No portrait with a clear border was found.",
    "glow-apart.bright": "The whole page glows, so parts of it cannot be compared.",
    "two-lights.same": "Infrared and white show the same characters.",
    "two-lights.differ": (
        "{count} characters differ (line:column {places}): infrared shows {ir}, white {white}."
    ),
    "two-lights.open": "{count} characters differ, but none of them for certain.",
    "two-lights.one-unread": "Under one light no zone was read: {light}.",
    "two-lights.other-shape": "The two lights were read with lines of different lengths.",
    # Shape and place.
    "corner.bound": "A corner on the bound side is not rounded.",
    "corner.none": "This format asks for no rounded corners.",
    "corner.not-seen": "The corner does not stand out from what lies around it.",
    "corner.too-few": "Too few rounded corners stand out to be compared.",
    "print.grain.above": (
        "The print is grained like that of an inkjet: {measured}; the limit is {limit}."
    ),
    "print.screen.above": (
        "Rows of dots run over the whole page, as a laser printer prints: {measured}; the limit is "
        "{limit}."
    ),
    "print.rosette.above": (
        "Screens of dots turned against each other run over the whole page, as colour laser "
        "printers print: {measured}; the limit is {limit}."
    ),
    "print.net": "A net of regular lines covers the page and may look like screens of dots.",
    "print.photograph": "Print is only judged in pictures whose resolution is known.",
    "print.too-little": "Too little of the page was seen to judge its print.",
    "trim.wave.above": (
        "The {side} edge is not cut straight: it swings by {measured}; the limit is {limit}."
    ),
    "trim.corners.above": (
        "The corners were not cut alike: their radii differ by {measured}; the limit is {limit}."
    ),
    "mrz.pitch-jump.above": (
        "Line {line}: column {column} and the next stand {measured} out of step; the limit is "
        "{limit}."
    ),
    "mrz.misalignment.above": (
        "Line {line}: column {column} and the next stand {measured} out of line; the limit is "
        "{limit}."
    ),
    "mrz.glyph-outlier.above": (
        "Line {line}, column {column} differs in size from the others: {measured}; the limit is "
        "{limit}."
    ),
    "mrz.font.above": "The print is not OCR-B: distance {measured}; the limit is {limit}.",
    "mrz.font-character.above": (
        "Line {line}, column {column} is not the character of OCR-B: distance {measured}; the "
        "limit is {limit}."
    ),
    # Cross-checks.
    "viz.equal": "{field}: both zones say the same.",
    "viz.differs": (
        "{field}: the visual zone prints {printed}, the machine readable zone {zone} ({measured} "
        "apart)."
    ),
    "viz.unsure": (
        "{field}: the visual zone seems to print {printed}, the machine readable zone {zone}; it "
        "was not read for certain."
    ),
    "viz.misplaced": "{field}: {printed} is another part of the name in the zone, {zone}.",
    "viz.too-coarse": (
        "{field}: the picture is too coarse to be sure that it prints {printed}, where the zone "
        "has {zone}."
    ),
    "viz.zone-open": "{field}: a character of the machine readable zone is open.",
    "viz.unreadable": "{field}: what is printed cannot be read as such.",
    "viz.no-table": "{field}: there is no table to compare this print with the zone.",
    "viz.no-field": "{field}: the machine readable zone need not have it.",
    "viz.not-found": "{field}: it was not found in the visual zone, so it was not compared.",
    "viz.no-viz": "No field of the visual zone was read.",
    "viz.no-reader": "The visual zone was not read: no text reader is installed.",
    "viz.reader-failed": "The visual zone was not read: the text reader failed.",
    "date.order.reader-failed": (
        "The visual zone was not read, and years of two digits prove no order."
    ),
    "sides.one-page": "Only one page was captured.",
    "sides.equal": "Both pages say the same: {fields}.",
    "sides.differ": "The pages are not of one document or person: {fields}.",
    "sides.nothing-shared": "The other pages show nothing that could be compared.",
    "visa.none": "No visa was captured.",
    "visa.unread": "The zone of the visa was not read.",
    "visa.no-passport": "The passport's zone was not read.",
    "visa.equal": "Visa and passport agree: {fields}.",
    "visa.differ": "Visa and passport differ: {fields}.",
    "visa.nothing-shared": "Visa and passport share no field that was read.",
    "barcode.none": "No bar code was found.",
    "barcode.equal": "The {symbology} holds the zone as printed.",
    "barcode.number": "The {symbology} holds the document number.",
    "barcode.differs": "The zone in the {symbology} differs from the printed one ({measured}).",
    "barcode.unknown-payload": "What the {symbology} holds could not be compared.",
    # Data and its print against a document model.
    "layout.down.inside": "The data stands as high as on genuine documents, to {measured}.",
    "layout.down.below": (
        "All data stands higher than on genuine documents: {measured}, where {limit} is usual."
    ),
    "layout.down.above": (
        "All data stands lower than on genuine documents: {measured}, where {limit} is usual."
    ),
    "layout.right.inside": "The data begins where genuine documents have it, to {measured}.",
    "layout.right.below": (
        "All data stands left of where genuine documents have it: {measured}, where {limit} is "
        "usual."
    ),
    "layout.right.above": (
        "All data stands right of where genuine documents have it: {measured}, where {limit} is "
        "usual."
    ),
    "font.stroke.inside": "The strokes of the data are as wide as on genuine documents.",
    "font.stroke.below": (
        "The strokes of the data are {measured} times as wide as on genuine documents; the limit "
        "is {limit}: another type, or another printer."
    ),
    "font.stroke.above": (
        "The strokes of the data are {measured} times as wide as on genuine documents; the limit "
        "is {limit}: another type, or another printer."
    ),
    "font.stroke-apart.above": (
        "The strokes of one field ({field}) differ from the others by {measured} of their width; "
        "the limit is {limit}."
    ),
    "font.line-apart.above": (
        "One field ({field}) stands {measured} off the height that the other data gives it; the "
        "limit is {limit}."
    ),
    "font.letters.above": (
        "The letters of the data are shaped otherwise than on genuine documents: {measured} "
        "apart, the limit is {limit}."
    ),
    "font.letters-apart.above": (
        "The letters of one field ({field}) are shaped otherwise than on genuine documents: "
        "{measured} apart, the limit is {limit}."
    ),
    "font.size-apart.above": (
        "The letters of one field ({field}) are set larger or smaller than on genuine documents, "
        "by {measured}; the limit is {limit}."
    ),
    "model.not-placed": "The page could not be laid on the model: too little print in common.",
    "viz.few-letters": "Too few letters of the visual zone were read to compare their shape.",
    "number.fits": "The number is built as in {numbers} genuine documents: {patterns}.",
    "number.other-pattern": (
        "The {field} is not built as in {numbers} genuine documents: {patterns} (@ a letter, # a "
        "digit, * either). Up to {doubt} % of genuine ones may still differ."
    ),
    "number.open": "A character of the {field} is open, so its pattern cannot be told.",
    "term.known": "A term of {term}, as genuine documents have it.",
    "term.other": (
        "Issued for {term}; the {documents} genuine documents known were issued for {terms}."
    ),
    "term.unsure": "The date of issue was not surely read.",
    "term.no-dates": "The dates of issue and of expiry were not both read.",
    "window.inside": "Issued in {issued}, while this kind was issued.",
    "window.early": "Issued in {issued}; this kind is known from {first} on.",
    "window.late": "Issued in {issued}; this kind was issued until {last}.",
    "photo.no-border": "The portrait has no border that stands out from the page on all sides.",
    "portrait-skew.inside": "The portrait lies square to the page: {measured}.",
    "portrait-skew.above": (
        "The portrait is turned by {measured} against the page; the limit is {limit}."
    ),
    "portrait-width.below": "The portrait is {measured} wide; the limit is {limit}.",
    "portrait-width.above": "The portrait is {measured} wide; the limit is {limit}.",
    "portrait-height.below": "The portrait is {measured} high; the limit is {limit}.",
    "portrait-height.above": "The portrait is {measured} high; the limit is {limit}.",
    "portrait-left.below": (
        "The portrait stands {measured} from the page's left edge; the limit is {limit}."
    ),
    # Transmitted light, and the number everywhere.
    "perforation.none": "No perforated number is seen, and nothing tells that there should be one.",
    "perforation.unread": "{holes} holes are seen, and no characters could be read in them.",
    "perforation.no-number": "No document number of the zone is known to compare with.",
    "perforation.zone-open": "A character of the number is open in the zone.",
    "perforation.equal": "The {holes} holes say the number of the zone, {read}.",
    "perforation.differs": (
        "The holes say {read} and the zone {zone}: {measured} differ. The sheet or the zone is of "
        "another document."
    ),
    "perforation.other": (
        "The holes say {read}, another number than the zone's {zone}: the sheet is of another "
        "document, or the number that of the blank."
    ),
    "perforation.unsure": (
        "The holes seem to say {read} where the zone has {zone}; not sure enough."
    ),
    "perforation.length": (
        "The holes seem to say {read}, more or fewer characters than the zone's {zone}."
    ),
    "perforation-holes.inside": "As many holes as genuine documents have: {measured}.",
    "perforation-holes.below": (
        "The holes of genuine documents are missing: {measured} of their number, where {limit} is "
        "asked for."
    ),
    "perforation-diameter.below": (
        "The holes are narrower than those of genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-diameter.above": (
        "The holes are wider than those of genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-pitch.below": (
        "The holes are closer together than on genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-pitch.above": (
        "The holes are further apart than on genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-offset.above": (
        "The perforated number stands {measured} from where genuine documents have it; the limit "
        "is {limit}."
    ),
    "sheet.opaque": "The page lets no light through, so what lies in the sheet is not seen.",
    "watermark.inside": "The watermark is that of genuine documents: {measured} alike.",
    "watermark.below": (
        "The watermark is missing or another picture: {measured} like that of genuine documents, "
        "where {limit} is asked for."
    ),
    "watermark-contrast.below": (
        "The watermark is missing or faint: {measured} of the depth that genuine documents show, "
        "where {limit} is asked for."
    ),
    "watermark-offset.above": (
        "The watermark lies {measured} from where genuine documents have it; the limit is {limit}."
    ),
    "thread.inside": "The security thread is there: {measured} of its usual depth.",
    "thread.below": (
        "The security thread is missing or lets light through: {measured} of its usual depth, "
        "where {limit} is asked for."
    ),
    "number.equal": "The number printed here is the zone's, {zone}.",
    "number.differs": "The number is printed as {printed}, and the zone has {zone}.",
    "number.unsure": "The number seems to be printed as {printed} where the zone has {zone}.",
    "number.everywhere": "All {places} places that show the number say {zone}.",
    "number.nowhere-else": "No other place than the zone was seen to show the number.",
    # Lists.
    "list.absent": "No list was given.",
    "list.no-hit": "Not listed.",
    "list.hit": "Listed as {status}. Confirm with the issuer before anything else.",
    "list.issuer": "The issuer is listed as {kind}: {name}",
}

LIGHT_NAMES = {
    "white": "white",
    "ir": "infrared",
    "uv": "ultraviolet 365 nm",
    "uv254": "ultraviolet 254 nm",
    "coaxial": "coaxial",
    "transmitted": "transmitted",
    "oblique-n": "oblique from the top",
    "oblique-e": "oblique from the right",
    "oblique-s": "oblique from the bottom",
    "oblique-w": "oblique from the left",
    "dark": "lamps off",
}
FIELD_NAMES = {
    "document_number": "document number",
    "passport_number": "passport number",
    "numbering": "number printed a second time",
    "surname": "surname",
    "given_names": "given names",
    "name": "name",
    "nationality": "nationality",
    "birth_date": "birth date",
    "birth_date_printed": "birth date",
    "expiry_date": "expiry date",
    "issue_date": "issue date",
    "sex": "sex",
    "personal_number": "personal number",
    "card_access_number": "card access number",
    "birth_place": "place of birth",
    "authority": "authority",
    "optional_data_1": "optional data",
}
