from __future__ import annotations

import threading
from typing import NoReturn

import pytest

from docexam.vision import side_by_side as module
from docexam.vision.side_by_side import side_by_side


@pytest.mark.parametrize("cores", [1, 2])
def test_results_keep_the_order_of_the_items(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    done: list[str] = []
    late = threading.Event()

    def work(name: str) -> str:
        if cores > 1 and name == "slow":
            assert late.wait(10)
        done.append(name)
        late.set()
        return name.upper()

    assert side_by_side(work, ["slow", "quick", "third"]) == ["SLOW", "QUICK", "THIRD"]
    assert done[0] == ("slow" if cores == 1 else "quick")


def test_what_one_raises_is_raised() -> None:
    def work(name: str) -> NoReturn:
        raise KeyError(name)

    with pytest.raises(KeyError, match="one"):
        side_by_side(work, ["one", "two"])
