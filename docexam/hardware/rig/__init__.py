"""A rig: which devices make one station, what each lamp emits, and what to capture."""
