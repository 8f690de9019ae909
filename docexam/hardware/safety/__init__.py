"""Keeping people and documents safe from lamps: software only, no certified safety function."""
