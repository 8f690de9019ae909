"""Train the line recogniser on drawn strips: python train.py OUT [--minutes 60] [--seed 1].

Stops after the given time with the learning rate at zero; writes OUT (a checkpoint) every minute.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import glyphs
import negative
import numpy as np
import sample
import torch
from network import CLASSES, LineReader
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset

WIDTH = 256


class Strips(IterableDataset):
    """An endless, seeded stream of batches."""

    def __init__(self, seed: int, batch: int) -> None:
        self.seed, self.batch = seed, batch

    def __iter__(self):  # noqa: ANN204
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        faces, other = glyphs.load_faces(), negative.fonts()
        shares = [share for _, share in faces]
        while True:
            strips = []
            for _ in range(self.batch):
                face = faces[rng.choice(len(faces), p=shares)][0]
                blank = rng.random() < 0.06
                strips.append(
                    negative.strip(rng, other, WIDTH) if blank else sample.strip(rng, face, WIDTH)
                )
            yield (
                np.stack([s.pixels for s in strips]),
                np.stack([s.classes for s in strips]),
                np.stack([s.geometry for s in strips]),
                np.stack([s.inside for s in strips]),
            )


def normalise(pixels: torch.Tensor) -> torch.Tensor:
    """Each strip to mean 0 and deviation 1, as the reader does it."""
    x = pixels.float()
    mean = x.mean((1, 2), keepdim=True)
    return ((x - mean) / (x.std((1, 2), keepdim=True) + 4.0)).unsqueeze(1)


def grown(state: dict[str, torch.Tensor], model: LineReader) -> dict[str, torch.Tensor]:
    """A checkpoint of an alphabet without Ñ, made to fit: Ñ starts as a shy N."""
    fresh = model.state_dict()
    for key in ("head.weight", "head.bias"):
        old = state[key]
        if old.shape[0] + 1 == fresh[key].shape[0]:
            enye = old[13:14].clone()
            if key == "head.bias":
                enye -= 2.0
            state[key] = torch.cat([old[:37], enye, old[37:]])
    return state


def loss_of(out: torch.Tensor, classes, geometry, inside):  # noqa: ANN001, ANN201
    """Cross entropy of the classes plus the squared errors of the geometry within the text."""
    ce = functional.cross_entropy(out[:, :CLASSES], classes, ignore_index=sample.IGNORE)
    error = (out[:, CLASSES:] - geometry).square() * torch.tensor([1.0, 1.0, 4.0, 4.0])[:, None]
    square = (error.sum(1) * inside).sum() / inside.sum().clamp(min=1)
    right = (out[:, :CLASSES].argmax(1) == classes)[(classes >= 0) & (classes < sample.NONE)]
    return ce + 0.3 * square, ce.item(), square.item(), right.float().mean().item()


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("out", type=Path)
    args.add_argument("--minutes", type=float, default=60)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--batch", type=int, default=48)
    args.add_argument("--rate", type=float, default=2e-3)
    args.add_argument("--resume", type=Path)
    a = args.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(1)
    model = LineReader()
    if a.resume:
        model.load_state_dict(grown(torch.load(a.resume), model))
    model = model.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), a.rate, weight_decay=1e-3)
    loader = DataLoader(Strips(a.seed, a.batch), batch_size=None, num_workers=1, prefetch_factor=8)
    start, saved, seen, log = time.time(), time.time(), 0, []
    for step, (pixels, classes, geometry, inside) in enumerate(loader):
        done = (time.time() - start) / (a.minutes * 60)
        if done >= 1:
            break
        warm = min(1, (step + 1) / 200)
        for group in optimiser.param_groups:
            group["lr"] = a.rate * warm * 0.5 * (1 + np.cos(np.pi * done))
        with torch.autocast("cpu", torch.bfloat16):
            out = model(normalise(pixels).contiguous(memory_format=torch.channels_last))
        loss, *numbers = loss_of(out.float(), classes, geometry, inside)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        seen += len(pixels)
        log.append(numbers)
        if step % 50 == 49:
            ce, square, right = np.mean(log, 0)
            log.clear()
            rate = seen / (time.time() - start)
            print(
                f"{step + 1} {seen} strips {rate:.0f}/s "
                f"ce {ce:.3f} geo {square:.3f} right {right:.4f}",
                flush=True,
            )
        if time.time() - saved > 60:
            saved = time.time()
            torch.save(model.state_dict(), a.out)
    torch.save(model.state_dict(), a.out)


if __name__ == "__main__":
    main()
