"""The refusal of a file with more pages than the limit."""

from __future__ import annotations

from docexam.errors import InputError


def too_many_pages(max_pages: int) -> InputError:
    """The error for page `max_pages` + 1; the pages before it have been read."""
    return InputError(
        f"The file has more than {max_pages} pages; those after page {max_pages} are not read.",
        code="input.too-many-pages",
        hint="Split the file.",
    )
