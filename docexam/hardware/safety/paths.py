"""Where the dose ledger lies."""

from __future__ import annotations

import os
from pathlib import Path


def ledger_path() -> Path:
    """The ledger of this machine's user: $DOCEXAM_STATE, $XDG_STATE_HOME or ~/.local/state."""
    own = os.environ.get("DOCEXAM_STATE")
    if own:
        return Path(own) / "uv-dose.jsonl"
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "docexam" / "uv-dose.jsonl"
