"""Measure a model on drawn strips kept out of training: python evaluate.py MODEL.onnx.

Seed 900 is never trained on. Right = the likeliest character of a column in the middle of a cell.
"""

from __future__ import annotations

import sys

import cv2
import glyphs
import numpy as np
import onnxruntime
import sample

HELD_OUT_SEED = 900
STRIPS = 3000
CLASSES = len(glyphs.ALPHABET) + 1


def main() -> None:
    cv2.setNumThreads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(HELD_OUT_SEED)
    faces = glyphs.load_faces()
    shares = [share for _, share in faces]
    right, sure_right, sure, total = 0, 0, 0, 0
    for _ in range(STRIPS):
        strip = sample.strip(rng, faces[rng.choice(len(faces), p=shares)][0], 256)
        scores = session.run(None, {"strips": strip.pixels[None].astype(np.float32)})[0]
        scores = np.asarray(scores)[0, :CLASSES]
        chance = np.exp(scores - scores.max(0))
        chance /= chance.sum(0)
        known = (strip.classes >= 0) & (strip.classes < sample.NONE)
        hit = chance.argmax(0)[known] == strip.classes[known]
        confident = chance.max(0)[known] >= 0.9
        right += int(hit.sum())
        total += int(known.sum())
        sure += int(confident.sum())
        sure_right += int((hit & confident).sum())
    print(f"{STRIPS} strips of seed {HELD_OUT_SEED}, {total} columns of characters")
    print(f"right {right / total:.4f}")
    print(f"surer than 0.9: {sure / total:.4f} of them, of which right {sure_right / sure:.5f}")


if __name__ == "__main__":
    main()
