"""Page readers: devices that bring their own lamps and camera, and scanners."""
