"""Writes trained weights as ONNX: `python export.py zone.pt ../../../models/mrz_zone.onnx`.

Puts the sum into the card beside it, if there is one, and proves that both give the same maps.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from network import ZoneNet
from train import calibrate

CALIBRATION_SEED = 501


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--keep-norms", action="store_true", help="trained with --freeze-norms")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = ZoneNet()
    net.load_state_dict(torch.load(arguments.weights, weights_only=True))
    net.eval()
    if not arguments.keep_norms:
        calibrate(net, CALIBRATION_SEED)
    free = {2: "height", 3: "width"}
    torch.onnx.export(
        net,
        (torch.zeros(1, 1, 64, 96),),
        str(arguments.model),
        input_names=["grey"],
        output_names=["maps"],
        dynamic_axes={"grey": free, "maps": free},
        opset_version=17,
        dynamo=False,
    )
    probe = np.random.default_rng(0).uniform(-0.5, 0.5, (1, 1, 160, 96)).astype(np.float32)
    out = ort.InferenceSession(str(arguments.model)).run(None, {"grey": probe})[0]
    with torch.no_grad():
        gap = float(np.abs(out - net(torch.from_numpy(probe)).numpy()).max())
    if gap > 1e-3:
        raise SystemExit(f"The exported model differs from the trained one by {gap:.4f}.")
    digest = hashlib.sha256(arguments.model.read_bytes()).hexdigest()
    card = arguments.model.with_suffix(".md")
    if card.exists():
        old = card.read_text(encoding="utf-8")
        new = re.sub(r"^sha256:.*$", f"sha256: {digest}", old, flags=re.MULTILINE)
        card.write_text(new, encoding="utf-8")
    print(f"{arguments.model}: {arguments.model.stat().st_size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
