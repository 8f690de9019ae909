"""For integrators: one suite that certifies any driver, and the table of what each fault does.

Subclass `LampConformance` (or its siblings) in your own tests and provide the fixture `bench`.
"""
