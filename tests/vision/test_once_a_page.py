from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from docexam.vision.once_a_page import once_a_page


class Page:
    """What can be remembered by: told apart by itself, and watched."""


def test_is_asked_once_for_each_page_and_argument() -> None:
    asked: list[tuple[Page, str]] = []

    @once_a_page
    def work(page: Page, light: str) -> tuple[np.ndarray, int]:
        asked.append((page, light))
        return np.zeros(3), len(asked)

    one, other = Page(), Page()
    assert work(one, "white") is work(one, "white")
    assert [work(one, "ir")[1], work(other, "white")[1], work(one, "white")[1]] == [2, 3, 1]
    assert asked == [(one, "white"), (one, "ir"), (other, "white")]
    with pytest.raises(ValueError, match="read-only"):
        work(one, "white")[0][0] = 1.0


def test_is_the_same_question_by_place_by_name_and_by_default() -> None:
    asked: list[tuple[Page, str]] = []

    @once_a_page
    def work(page: Page, light: str = "white") -> int:
        asked.append((page, light))
        return len(asked)

    one = Page()
    assert [work(one), work(page=one), work(one, "white"), work(light="white", page=one)] == [1] * 4
    assert work(light="ir", page=one) == 2


def test_is_forgotten_with_the_page() -> None:
    class Big:
        pass

    @once_a_page
    def work(_page: Page) -> Big:
        return Big()

    page = Page()
    kept = weakref.ref(work(page))
    assert kept() is not None
    del page
    gc.collect()
    assert kept() is None
