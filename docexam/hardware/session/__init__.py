"""One document on the glass, light after light, to a capture set."""
