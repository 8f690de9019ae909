"""The other end of the wire: pure machines that know the protocols by themselves.

Nothing here imports a driver, so that a driver's mistake cannot be repeated unseen.
"""
