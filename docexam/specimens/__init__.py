"""Draws travel documents of fictitious states under every light, genuine and forged."""
