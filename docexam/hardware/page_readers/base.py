"""What page readers share that are no link to a port."""

from __future__ import annotations

from docexam.hardware.page_readers.page import PageReaderCapabilities
from docexam.hardware.quiet_device import QuietDevice


class BasePageReader(QuietDevice[PageReaderCapabilities]):
    """Subclasses name themselves and implement `capture`."""

    kind = "page-reader"
