"""Lamps, cameras and readers, their transports, and the simulated ends of their wires."""
