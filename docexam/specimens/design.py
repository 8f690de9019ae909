"""Designs: readable data files that say how one series of documents is made.

`designs/README.md` explains the keys. A design names its artwork by `module.function` below
`docexam.specimens.artwork`, its inks by their names in `physics/materials.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docexam.errors import SettingsError, UsageError
from docexam.specimens.formats import DocumentFormat, FormatName, format_named
from docexam.specimens.stack import Role  # noqa: TC001 - pydantic reads the annotations

DESIGN_FOLDER = Path(__file__).parent / "designs"

BoxMm = tuple[float, float, float, float]
Technique = Literal[
    "dye-sublimation", "laser", "inkjet-dye", "inkjet-pigment", "toner", "line-work", "photo"
]
FieldName = Literal[
    "document_code",
    "issuing_state",
    "document_number",
    "surname",
    "given_names",
    "name",
    "native_surname",
    "native_given_names",
    "native_name",
    "nationality",
    "birth_date",
    "sex",
    "birth_place",
    "native_birth_place",
    "issue_date",
    "expiry_date",
    "authority",
    "personal_number",
    "card_access_number",
    "page_number",
    "visa_type",
    "entries",
    "passport_number",
    "valid_from",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Art(_Part):
    """One print or inlay: an artwork function in one or several inks.

    A function that answers several maps needs as many `inks`. `rainbow` splits one map over two
    inks. `leave_mm` are boxes left blank, `pale_mm` boxes printed at `pale` of the coverage with
    a soft border (under portraits). `each_sheet` draws it anew for every document (fibres).
    """

    name: str
    role: Role
    inks: tuple[str, ...] = Field(min_length=1)
    art: str
    box_mm: BoxMm | None = None
    parameters: dict[str, Any] = {}
    density: float = Field(default=1.0, gt=0.0, le=1.0)
    rainbow: dict[str, Any] | None = None
    leave_mm: tuple[BoxMm, ...] = ()
    pale_mm: tuple[BoxMm, ...] = ()
    pale: float = Field(default=0.35, ge=0.0, le=1.0)
    seed: int = 0
    each_sheet: bool = False


class Text(_Part):
    """A printed text that is the same on every document; `baseline_mm` from the page's top."""

    text: str
    x_mm: float
    baseline_mm: float
    em_mm: float = Field(gt=0.0)
    ink: str
    role: Role = "captions"
    font: str = "sans"
    align: Literal["left", "centre", "right"] = "left"
    script: Literal["latn", "cyrl", "arab"] = "latn"
    angle_deg: float = 0.0


class FieldPlace(_Part):
    """One field of the visual inspection zone: its label and the place of its value."""

    field: FieldName
    x_mm: float
    baseline_mm: float
    em_mm: float = Field(default=2.9, gt=0.0)
    width_mm: float = Field(default=60.0, gt=0.0)
    label: str = ""
    label_em_mm: float = 1.7
    label_ink: str = "offset-grey"
    label_script: Literal["latn", "cyrl", "arab"] = "latn"
    ink: str | None = None
    font: str = "sans"
    align: Literal["left", "centre", "right"] = "left"
    script: Literal["latn", "cyrl", "arab"] = "latn"
    role: Literal["viz", "number"] = "viz"


class PortraitPlace(_Part):
    """Where the holder's face is, and how it gets there; `inks` replaces the technique's own.

    `fade_mm` softens the border. One ink prints in tones of grey.
    """

    box_mm: BoxMm
    technique: Technique = "dye-sublimation"
    inks: tuple[str, ...] | None = None
    density: float = Field(default=1.0, gt=0.0, le=1.0)
    fade_mm: float = Field(default=0.0, ge=0.0)


class SignaturePlace(_Part):
    """Where the holder's signature is."""

    box_mm: BoxMm
    ink: str = "dye-black"


class Perforation(_Part):
    """The document number in holes; the height of its characters is `height_mm`."""

    x_mm: float
    baseline_mm: float
    height_mm: float = 5.0
    hole_mm: float = 0.40
    pitch_mm: float = 0.72
    shape: Literal["round", "square"] = "round"
    mirrored: bool = False


class Stitching(_Part):
    """The thread along the spine: on which edge, how far in, and the distance of its holes."""

    edge: Literal["left", "right", "top", "bottom"]
    inset_mm: float = 1.6
    hole_pitch_mm: float = Field(default=6.5, gt=0.5)


class Stamps(_Part):
    """Up to `most` entry and exit stamps within a box, by seed."""

    box_mm: BoxMm
    most: int = Field(default=3, ge=0, le=8)


class Affixed(_Part):
    """A visa of another design, stuck on with its top-left corner at `x_mm`, `y_mm`."""

    design: str
    x_mm: float
    y_mm: float
    share: float = Field(default=1.0, ge=0.0, le=1.0)


class PageDesign(_Part):
    """One page or side; `overlay` is the film over all of it.

    `upright` turns the format by 90 degrees (booklet pages are read upright). `optional` pages
    are drawn only when they are asked for.
    """

    upright: bool = False
    optional: bool = False
    page_number: str = ""
    stitching: Stitching | None = None
    stamps: Stamps | None = None
    visa: Affixed | None = None

    substrate: str = "security-paper"
    backing: str = "security-paper"
    overlay: str | None = None
    mrz: bool = False
    layers: tuple[Art, ...] = ()
    texts: tuple[Text, ...] = ()
    fields: tuple[FieldPlace, ...] = ()
    portrait: PortraitPlace | None = None
    ghosts: tuple[PortraitPlace, ...] = ()
    signature: SignaturePlace | None = None
    perforation: Perforation | None = None


class Design(_Part):
    """One series of documents of one fictitious issuer.

    `months` are twelve names or numbers of the months where dates do not print JAN to DEC alone.
    `bearer` is the nationality of the holders, the issuer's own where empty (visas name another).
    Patterns: `@` is a letter, `#` a digit, anything else itself. `final_only` designs are kept
    for final figures: no limit may be tuned on them.
    """

    name: str
    title: str
    issuer: str = Field(pattern=r"^(UTO|QM[A-Z]|Q[N-Y][A-Z]|QZ[A-Z])$")
    issuer_title: str
    format: FormatName
    document_code: str = Field(pattern=r"^[A-Z]{1,2}$")
    first_year: int = Field(ge=1990, le=2100)
    term_years: int = Field(ge=1, le=15)
    number: str = Field(min_length=1, max_length=14)
    personal_number: str = ""
    authority: str
    places: tuple[str, ...] = Field(min_length=1)
    native_places: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    bearer: str = ""
    bearer_title: str = ""
    names: str
    viz_ink: str
    mrz_ink: str = "carbon-black"
    final_only: bool = False
    pages: dict[str, PageDesign]

    @property
    def place(self) -> DocumentFormat:
        """The format's figures."""
        return format_named(self.format)

    def page_size_mm(self, page: str) -> tuple[float, float]:
        """(width, height) of a page as it is read."""
        width, height = self.place.size_mm
        return (height, width) if self.pages[page].upright else (width, height)

    @property
    def usual_pages(self) -> tuple[str, ...]:
        """The pages that are drawn unless others are asked for."""
        return tuple(name for name, page in self.pages.items() if not page.optional)

    @property
    def mrz_page(self) -> str:
        """The page that carries the machine readable zone."""
        return next(name for name, page in self.pages.items() if page.mrz)


def parse_design(text: str, name: str) -> Design:
    """The design that the TOML `text` of the file `name` describes.

    Raises:
        SettingsError: not TOML, an unknown key, or a value out of range.
    """
    try:
        content = tomllib.loads(text)
        design = Design.model_validate({"name": name, **content})
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The design {name!r} is not TOML: {error}.", code="specimen.design-file"
        ) from error
    except ValidationError as error:
        # a misspelt key also makes the right one missing: name what was written
        first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The design {name!r} is wrong at {where}: {first['msg']}.",
            code="specimen.design-file",
            hint="designs/README.md explains the keys.",
        ) from error
    if len(design.months) not in (0, 12):
        raise SettingsError(
            f"The design {name!r} names {len(design.months)} months.",
            code="specimen.design-file",
            hint="Name twelve, or none.",
        )
    if sum(page.mrz for page in design.pages.values()) != 1:
        raise SettingsError(
            f"The design {name!r} needs exactly one page with mrz = true.",
            code="specimen.design-file",
            hint="designs/README.md explains the keys.",
        )
    return design


def design_names() -> tuple[str, ...]:
    """The names of all designs, in order."""
    return tuple(sorted(file.stem for file in DESIGN_FOLDER.glob("*.toml")))


@cache
def design_named(name: str) -> Design:
    """The design called `name`; UsageError with the known names otherwise."""
    if name not in design_names():
        raise UsageError(
            f"There is no design {name!r}.",
            code="specimen.design",
            hint=f"Use one of {', '.join(design_names())}.",
        )
    return parse_design((DESIGN_FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)
