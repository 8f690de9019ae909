"""Export a checkpoint to ONNX with free batch and width: python export.py CHECKPOINT MODEL.onnx."""

from __future__ import annotations

import sys

import torch
from network import LineReader
from sample import STRIP_H


class WithNorm(torch.nn.Module):
    """The network with the normalisation of each strip inside, so that no caller can forget it."""

    def __init__(self, net: LineReader) -> None:
        super().__init__()
        self.net = net

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """(batch, 32, W) grey values 0..255 as float32."""
        mean = pixels.mean((1, 2), keepdim=True)
        centred = pixels - mean
        deviation = (centred.square().mean((1, 2), keepdim=True)).sqrt()
        return self.net((centred / (deviation + 4.0)).unsqueeze(1))


def main() -> None:
    net = LineReader()
    net.load_state_dict(torch.load(sys.argv[1]))
    net.eval()
    torch.onnx.export(
        WithNorm(net).eval(),
        (torch.zeros(2, STRIP_H, 256),),
        sys.argv[2],
        input_names=["strips"],
        output_names=["columns"],
        dynamo=False,
        opset_version=17,
        dynamic_axes={"strips": {0: "batch", 2: "width"}, "columns": {0: "batch", 2: "columns"}},
    )


if __name__ == "__main__":
    main()
