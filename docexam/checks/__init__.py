"""Judges what vision measured and read. Data and small functions: no pixel, no sentence."""
