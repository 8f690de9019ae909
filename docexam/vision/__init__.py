"""Pixels to millimetres, readings and measurements: functions on arrays."""
