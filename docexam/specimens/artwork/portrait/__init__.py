"""Portraits of people who do not exist: a modelled head, lit as in a passport photograph.

Lengths are in head units: the chin is at v = 1, the crown at v = -1, the face's middle at u = 0.
One unit is about 115 mm on a person. u runs right in the picture, v down.
"""
