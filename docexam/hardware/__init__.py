"""Lamps, cameras, readers and the simulated ones that speak their bytes."""
