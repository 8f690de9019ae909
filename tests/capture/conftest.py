"""Files that no library at hand writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def drawn_pdf() -> Callable[..., bytes]:
    """A PDF of one page (width, height in points) with the given content stream."""
    return _pdf_of


def _pdf_of(content: bytes, *, width: int, height: int) -> bytes:
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, text)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    count = len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows)
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)
