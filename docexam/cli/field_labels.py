"""What people call the fields of a zone, in the order in which they are shown."""

from __future__ import annotations

LABELS = (
    ("document", "document_code"),
    ("issuing state", "issuing_state"),
    ("number", "document_number"),
    ("surname", "surname"),
    ("given names", "given_names"),
    ("nationality", "nationality"),
    ("born", "birth_date"),
    ("sex", "sex"),
    ("expires", "expiry_date"),
    ("optional data", "optional_data_1"),
    ("optional data 2", "optional_data_2"),
)
