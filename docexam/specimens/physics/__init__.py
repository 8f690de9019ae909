"""How a stack of layers answers a lamp: spectra, materials, lamps, cameras and their meeting."""
