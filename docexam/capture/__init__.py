"""Pictures and capture sets: opened with limits, so that a hostile file costs a sentence."""
