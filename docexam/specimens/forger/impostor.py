"""An impostor: the document is genuine, the person who shows it is not its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.forger.faces import another
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import page_with, seen

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work

_YEARS_SEEN = 12


def impostor(work: Work) -> Work:
    """Nothing of the document changes; the truth says who stands at the desk."""
    page = page_with(work.document, "portrait")
    if page is None:
        return work
    own, bearer = work.genuine.face, another(work, "impostor")
    years = abs(own.age_years - bearer.age_years)
    expect = seen(("face.live", True), ("x.age-sex", years >= _YEARS_SEEN or bearer.sex != own.sex))
    return work.noted(
        page,
        (work.document.boxes_mm[page]["portrait"],),
        expect,
        bearer_face_seed=bearer.seed,
        bearer_sex=bearer.sex,
        bearer_age_years=bearer.age_years,
        likeness=bearer.likeness,
    )


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    return "" if any(page.portrait for page in pages) else "no drawn page has a portrait"


KINDS = (
    AttackKind(
        name="impostor",
        sentence="A genuine document shown by another person; no light can tell, only the face.",
        work=impostor,
        slot="bearer",
        obstacle=_obstacle,
    ),
)
