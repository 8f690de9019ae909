"""Security artwork as pure functions: float32 maps on a millimetre grid, the same for one seed.

Every function takes the size of its map in millimetres and `px_per_mm`, and answers an array of
`canvas.shape_px(size_mm, px_per_mm)`. Geometry and line widths are in millimetres, so a map drawn
at 150 ppi shows the same lines as one at 600 ppi. Coverage is the share of a pixel that is inked,
0 to 1; what an ink does to light is not said here.
"""
