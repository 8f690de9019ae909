"""Trains the zone finder: `python train.py --steps 9000 --out zone.pt [--start earlier.pt]`.

Seeded; one thread computes, one process draws pages.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from network import ZoneNet
from scene import PagePool
from torch.nn import functional as nnf
from torch.utils.data import DataLoader, IterableDataset

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 16
SHAPES = ((320, 320), (256, 384), (384, 256))
NEAR_SHAPE = (192, 512)
NEAR_SHARE = 0.3
REGRESSED = (  # name, channels, weight
    ("turn2", slice(2, 4), 1.0),
    ("turn", slice(4, 6), 1.0),
    ("height", slice(6, 7), 1.0),
)


class Pictures(IterableDataset):
    """Endless batches (pixels uint8, targets float16), each of one shape."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        pool = PagePool(self.seed, size=96)
        while True:
            near = bool(pool.rng.random() < NEAR_SHARE)
            shape = NEAR_SHAPE if near else SHAPES[int(pool.rng.integers(len(SHAPES)))]
            scenes = [pool.scene(shape, near=near) for _ in range(BATCH)]
            yield (
                torch.from_numpy(np.stack([s.pixels for s in scenes])),
                torch.from_numpy(np.stack([s.targets for s in scenes])),
            )


def calibrate(net: ZoneNet, seed: int, batches: int = 60) -> None:
    """Sets the norms' means and variances to those over `batches` of all kinds.

    Batches hold pictures of one kind, so their own statistics differ from one another; what runs
    along during training lags and must not be shipped.
    """
    norms = [m for m in net.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over all batches
    net.train()
    pictures = iter(Pictures(seed))
    with torch.no_grad():
        for _ in range(batches):
            pixels, _ = next(pictures)
            net(pixels[:, None].float() / 255 - 0.5)
    for norm in norms:
        norm.momentum = 0.1
    net.eval()


def losses(out: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
    """One figure for each group of maps."""
    weight = target[:, 7]
    found = {}
    for channel, name in enumerate(("core", "zone")):
        logit, truth = out[:, channel], target[:, channel]
        bce = nnf.binary_cross_entropy_with_logits(
            logit, truth, reduction="none", pos_weight=torch.tensor(2.0)
        )
        share = torch.sigmoid(logit) * weight
        overlap = 2 * (share * truth).sum((1, 2)) + 20
        dice = 1 - overlap / (share.sum((1, 2)) + (truth * weight).sum((1, 2)) + 20)
        found[name] = (bce * weight).mean() * 4 + dice.mean()
    inside = ((target[:, 1] > 0.5) * weight)[:, None]
    total = inside.sum() + 50
    for name, part, share in REGRESSED:
        gap = nnf.smooth_l1_loss(out[:, part], target[:, part], reduction="none", beta=0.1)
        found[name] = share * (gap * inside).sum() / total
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--freeze-norms", action="store_true", help="calibrate, then keep them")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    net = ZoneNet().to(memory_format=torch.channels_last)
    if arguments.start:
        net.load_state_dict(torch.load(arguments.start, weights_only=True))
    if arguments.freeze_norms:
        calibrate(net, arguments.seed + 500)
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998), use_buffers=True
    )
    forget_after = 300  # steps; the mean starts anew there, so that it keeps nothing random
    net.train(not arguments.freeze_norms)
    optimiser = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=1e-2)
    warm = 100
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: (
            min(1, (step + 1) / warm)
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / arguments.steps)))
        ),
    )
    pictures = Pictures(arguments.seed)
    loader = iter(DataLoader(pictures, batch_size=None, num_workers=1, prefetch_factor=8))
    begun, sums = time.monotonic(), {}
    for step in range(1, arguments.steps + 1):
        pixels, target = next(loader)
        grey = (pixels[:, None].float() / 255 - 0.5).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            out = net(grey)
        parts = losses(out.float(), target.float())
        optimiser.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        if step == forget_after and not arguments.start:
            mean.n_averaged.zero_()
        mean.update_parameters(net)
        for key, value in parts.items():
            sums[key] = sums.get(key, 0.0) + float(value.detach())
        if step % 100 == 0:
            figures = " ".join(f"{key} {value / 100:.4f}" for key, value in sums.items())
            print(f"{step} {time.monotonic() - begun:.0f} s {figures}", flush=True)
            sums = {}
        if step % 500 == 0 or step == arguments.steps:
            torch.save(mean.module.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
