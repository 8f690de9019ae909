"""Readers of zones behind one protocol; each module imports its library only when it is loaded."""
