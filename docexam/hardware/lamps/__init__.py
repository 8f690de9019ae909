"""Lamp controllers: one pure codec for each language, one engine that speaks them all."""
