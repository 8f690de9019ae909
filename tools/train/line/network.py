"""The line recogniser: a small fully convolutional network over straightened strips.

Input (batch, 1, STRIP_H, W) with mean 0 and deviation 1 per strip; output (batch, 43, W / 4):
39 class scores (the alphabet's 37 characters, Ñ, none), cos and sin of the phase in the cell, how
far the line runs below the middle in capital heights, log of its capital height over the nominal.
"""

from __future__ import annotations

import torch
from torch import nn

CLASSES = 39
OUTPUTS = CLASSES + 4


def _conv(cin: int, cout: int, kernel, stride=1, padding=1, dilation=1):  # noqa: ANN001, ANN202
    conv = nn.Conv2d(cin, cout, kernel, stride, padding, dilation, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(cout), nn.ReLU(True))


class LineReader(nn.Module):
    """About 0.6 million multiplications for each pixel of length."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _conv(1, 20, 3),
            _conv(20, 32, 3, 2),
            _conv(32, 48, 3, (2, 1)),
            _conv(48, 72, 3),
            _conv(72, 96, 3, (2, 2)),
            _conv(96, 96, 3),
            _conv(96, 224, (4, 3), 1, (0, 1)),
            _conv(224, 224, (1, 3), 1, (0, 1)),
            nn.Dropout(0.1),
            _conv(224, 224, (1, 3), 1, (0, 1)),
            _conv(224, 224, (1, 3), 1, (0, 2), (1, 2)),
        )
        self.head = nn.Conv2d(224, OUTPUTS, 1)

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        """(batch, 1, 32, W) to (batch, 43, W / 4)."""
        return self.head(self.body(strips)).squeeze(2)
