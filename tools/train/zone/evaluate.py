"""Recall on drawn pictures kept out of training: `python evaluate.py [--pictures 400]`.

Uses the exported model through `docexam.vision.locate_mrz`, so geometry is measured too. A line
is found when a candidate's middle line stays within 0.35 capital heights of it, its ends within
1.5 characters, its height within 25 %; a zone when one candidate has all its lines and no other.
Zones that leave the picture, whose capitals are under 4 px, or of which glare hides over a tenth,
are not asked for.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3]))

from scene import PagePool, Scene

from docexam.vision.locate_mrz import LineCandidate, locate_zones

HELD_OUT_SEED = 770_001  # training seeds are small numbers
MIN_HEIGHT_PX = 4.0
SHAPES = ((512, 512), (384, 512), (512, 384), (768, 1024), (300, 420))


def line_found(truth: np.ndarray, height: float, line: LineCandidate) -> bool:
    """Either way round."""
    axis = truth[1] - truth[0]
    length = float(np.linalg.norm(axis))
    axis = axis / length
    normal = np.array([-axis[1], axis[0]])
    ends = np.array([line.start_xy, line.end_xy])
    if (ends[1] - ends[0]) @ axis < 0:
        ends = ends[::-1]
    off = np.abs((ends - truth) @ normal)
    along = (ends - truth) @ axis
    return bool(
        off.max() < 0.35 * height
        and np.abs(along).max() < 1.5 * height
        and 0.75 < line.height_px / height < 1.33
    )


def shown(scene: Scene, line: np.ndarray) -> float:
    """The share of a line that lies in the picture and has some contrast."""
    points = line[0] + np.linspace(0, 1, 60)[:, None] * (line[1] - line[0])
    h, w = scene.extent
    inside = ((points > 1) & (points < (w - 2, h - 2))).all(1)
    if not inside.all():
        return 0.0
    x, y = (points[:, i].astype(int) // 4 for i in (0, 1))
    return float(scene.targets[7, y, x].mean())


def judge(scene: Scene) -> tuple[int, int, int, int, int]:
    """(lines asked, lines found, zones asked, zones found, candidates too many)."""
    zones = locate_zones(scene.pixels)
    asked = found = 0
    exact = zones_asked = zones_found = 0
    matched: set[int] = set()
    at = 0
    for count in scene.zone_sizes:
        lines, heights = scene.lines[at : at + count], scene.heights[at : at + count]
        at += count
        visible = min(shown(scene, line) for line in lines) > 0.9
        hits = [
            {i for i, z in enumerate(zones) if any(line_found(t, s, c) for c in z.lines)}
            for t, s in zip(lines, heights, strict=True)
        ]
        matched |= set().union(*hits)
        if not visible or min(heights) < MIN_HEIGHT_PX:
            matched |= set(range(len(zones)))  # cut zones excuse what is found of them
            continue
        asked += count
        found += sum(bool(hit) for hit in hits)
        zones_asked += 1
        common = set.intersection(*hits)
        exact = any(len(zones[i].lines) == count for i in common)
        zones_found += exact
    return asked, found, zones_asked, zones_found, len(set(range(len(zones))) - matched)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=400)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    pool = PagePool(HELD_OUT_SEED, size=64, reuse=1)
    total, times = np.zeros(5, int), []
    for i in range(arguments.pictures):
        scene = pool.scene(SHAPES[i % len(SHAPES)])
        begun = time.process_time()
        total += judge(scene)
        times.append(time.process_time() - begun)
    lines, found, zones, exact, extra = total
    print(f"{arguments.pictures} pictures, seed {HELD_OUT_SEED}")
    print(f"lines found  {found} of {lines}: {found / lines:.3f}")
    print(f"zones found with exactly their lines  {exact} of {zones}: {exact / zones:.3f}")
    print(f"candidates that are no zone  {extra}: {extra / arguments.pictures:.3f} a picture")
    median, late = np.percentile(np.array(times) * 1e3, (50, 95))
    print(f"ms a picture, one thread: median {median:.1f}, p95 {late:.1f}")


if __name__ == "__main__":
    main()
