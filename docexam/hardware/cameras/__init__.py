"""Cameras and scanners: pictures with the times between which they were exposed."""
