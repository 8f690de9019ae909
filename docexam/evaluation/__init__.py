"""Measures the examination on series whose truth is known (docs/evaluate.md)."""
