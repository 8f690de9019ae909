"""The network of the zone finder: a small fully convolutional U-shape with stride 4 maps.

About 0.4 GMAC for a picture of 512 x 384 pixels. Input: (n, 1, h, w), grey / 255 - 0.5, h and w
multiples of 32. Output: (n, 7, h / 4, w / 4), channels named by `CHANNELS`.
"""

from __future__ import annotations

import torch
from torch import nn

STRIDE = 4
CHANNELS = ("core", "zone", "cos2", "sin2", "cos", "sin", "log_height")


def block(cin: int, cout: int, *, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(cin, cout, 3, stride, dilation, dilation, bias=False),
        nn.BatchNorm2d(cout),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """A block beside a shortcut."""

    def __init__(self, channels: int, dilation: int = 1) -> None:
        super().__init__()
        self.body = block(channels, channels, dilation=dilation)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Same shape out as in."""
        return x + self.body(x)


class ZoneNet(nn.Module):
    """Maps of machine readable lines and zones over a grey picture."""

    def __init__(self, c2: int = 16, c4: int = 24, c8: int = 48, c16: int = 80) -> None:
        super().__init__()
        self.stem = block(1, c2, stride=2)
        self.down4 = nn.Sequential(block(c2, c4, stride=2), Residual(c4))
        self.down8 = nn.Sequential(block(c4, c8, stride=2), Residual(c8), Residual(c8, 2))
        self.down16 = nn.Sequential(
            block(c8, c16, stride=2),
            Residual(c16),
            Residual(c16, 2),
            Residual(c16, 4),
            Residual(c16, 1),
        )
        self.side16 = nn.Conv2d(c16, c8, 1)
        self.up8 = Residual(c8)
        self.side8 = nn.Conv2d(c8, c4, 1)
        self.up4 = Residual(c4)
        self.head = nn.Conv2d(c4, len(CHANNELS), 1)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pictures (n, 1, h, w) to maps (n, 7, h / 4, w / 4)."""
        f4 = self.down4(self.stem(x))
        f8 = self.down8(f4)
        f16 = self.down16(f8)
        g8 = self.up8(f8 + self.up(self.side16(f16)))
        g4 = self.up4(f4 + self.up(self.side8(g8)))
        out: torch.Tensor = self.head(g4)
        return out
