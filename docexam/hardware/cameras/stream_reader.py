"""A video stream read without pause: a frame that waited in a buffer would look fresh later."""

from __future__ import annotations

import threading
import time
from typing import Any

_SILENT_S = 1.0


class StreamReader:
    """Takes the place of a `VideoCapture`: `grab` gives the newest frame, each at most once."""

    def __init__(self, capture: Any) -> None:  # noqa: ANN401 - cv2.VideoCapture or a stand-in
        self._capture = capture
        self._came = threading.Condition()
        self._picture: Any = None
        self._newest_s = 0.0
        self._number = self._taken = 0
        self._grabbed: tuple[Any, float] = (None, 0.0)
        self._over = not capture.isOpened()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, name="docexam stream", daemon=True)
        if not self._over:
            self._thread.start()

    @property
    def arrived_s(self) -> float:
        """When the grabbed frame had arrived, in `time.monotonic`."""
        return self._grabbed[1]

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Whether there was a stream."""
        return bool(self._capture.isOpened())

    def grab(self) -> bool:
        """Take the newest frame, waiting for one; false when none came for a second."""
        with self._came:
            self._came.wait_for(lambda: self._over or self._number > self._taken, _SILENT_S)
            if self._number == self._taken:
                return False
            self._taken = self._number
            self._grabbed = (self._picture, self._newest_s)
            return True

    def retrieve(self) -> tuple[bool, Any]:
        """The grabbed frame."""
        return self._grabbed[0] is not None, self._grabbed[0]

    def release(self) -> None:
        """End the stream."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5.0)
        if not self._thread.is_alive():
            self._capture.release()

    def _read(self) -> None:
        while not self._stop.is_set():
            ok, picture = self._capture.read()
            arrived_s = time.monotonic()
            with self._came:
                if ok:
                    self._picture, self._newest_s = picture, arrived_s
                    self._number += 1
                self._over = not ok
                self._came.notify_all()
            if not ok:
                return
