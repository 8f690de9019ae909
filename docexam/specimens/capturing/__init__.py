"""What a device makes of a page: lamps, lens, placement on the glass, sensor, file."""
