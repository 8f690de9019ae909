"""The development pictures as if seen from the side: python -m benchmarks.from_the_side [FOLDER].

Each picture is enlarged twofold and warped so that every corner moves inwards by up to a share of
the width, from a fixed seed. Exact: every line as printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from benchmarks.truth import read_truth
from docexam.vision.engines.onnx import load

SHARES = (0.06, 0.14, 0.20)
SEED = 3


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/real")
    engine = load()
    pictures = [picture for picture in read_truth(folder) if picture.lines]
    for share in SHARES:
        rng = np.random.default_rng(SEED)
        exact = confident_wrong = 0
        for picture in pictures:
            grey = cv2.imread(str(picture.path), cv2.IMREAD_GRAYSCALE)
            if grey is None:
                raise SystemExit(f"{picture.path.name} cannot be read.")
            grey = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
            h, w = grey.shape
            corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
            inwards = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
            moved = corners + rng.uniform(0, share * w, (4, 2)).astype(np.float32) * inwards
            warp = cv2.getPerspectiveTransform(corners, moved)
            seen = cv2.warpPerspective(grey, warp, (w, h), borderValue=90)
            truth = tuple(line.replace("Ñ", "N") for line in picture.lines)
            zones = engine.read(np.asarray(seen, np.uint8))
            exact += any(zone.lines == truth for zone in zones)
            confident_wrong += any(zone.confident and zone.lines != truth for zone in zones)
        print(
            f"corners moved by up to {share:.0%} of the width: "
            f"exact {exact}/{len(pictures)}, confident but not exact {confident_wrong}"
        )


if __name__ == "__main__":
    main()
