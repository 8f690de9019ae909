"""What several measurers ask of one page is worked out once, and forgotten with the page."""

from __future__ import annotations

from functools import wraps
from inspect import signature
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

    These are told apart as keys of a dictionary are, whether given by place or by name. All who ask
    share the result: an array, or one that a tuple holds, can no longer be written to. What lies
    deeper, such as the arrays of a dataclass, is not locked and must be left as it is.
    """
    how = signature(work)
    # a page is gone when its document is done, and takes what is remembered of it along
    remembered: WeakKeyDictionary[Any, dict[tuple[Any, ...], Result]] = WeakKeyDictionary()
    lock = Lock()

    @wraps(work)
    def asked(*args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        given = how.bind(*args, **kwargs)
        given.apply_defaults()
        page, *key_parts = given.arguments.values()
        key = tuple(key_parts)
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
