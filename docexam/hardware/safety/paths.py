"""Where the dose ledger lies."""

from __future__ import annotations

import os
from pathlib import Path


def ledger_path(*, simulated: bool = False) -> Path:
    """The ledger of this machine's user: $DOCEXAM_STATE, $XDG_STATE_HOME or ~/.local/state.

    Simulated lamps have one of their own: they reach nobody.
    """
    name = "uv-dose-simulated.jsonl" if simulated else "uv-dose.jsonl"
    own = os.environ.get("DOCEXAM_STATE")
    if own:
        return Path(own) / name
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "docexam" / name
