"""What several measurers ask of one page is worked out once, and forgotten with the page."""

from __future__ import annotations

from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def once_a_page(work: Callable[Rest, Result]) -> Callable[Rest, Result]:
    """`work`, whose first argument is a `PageView`, asked once for each page and other arguments.

    These are told apart as keys of a dictionary are, and given by place. Arrays among the results
    are shared by all who ask, so they can no longer be written to.
    """
    # a page is gone when its document is done, and takes what is remembered of it along
    remembered: WeakKeyDictionary[Any, dict[tuple[Any, ...], Result]] = WeakKeyDictionary()
    lock = Lock()

    @wraps(work)
    def asked(*args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        page, key = args[0], (*args[1:], *sorted(kwargs.items()))
        with lock:
            of_page = remembered.setdefault(page, {})
        # two threads that ask at once both work it out: waiting would cost as much
        if key not in of_page:
            of_page[key] = _shared(work(*args, **kwargs))
        return of_page[key]

    return asked


def _shared(result: Result) -> Result:
    for each in result if isinstance(result, tuple) else (result,):
        if isinstance(each, np.ndarray):
            each.setflags(write=False)
    return result
