"""A simulated camera as an MJPEG stream over HTTP, for programs that open a `VideoCapture`."""

from __future__ import annotations

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

import cv2

from docexam.hardware.errors import HardwareError

if TYPE_CHECKING:
    from docexam.hardware.cameras.frame import Camera

_BOUNDARY = "frame"


class MjpegServer:
    """`port` is the stream's URL; each client sees the same frames as they come."""

    def __init__(self, camera: Camera, *, port: int = 0, quality: int = 95) -> None:
        self._camera = camera
        self._quality = quality
        self._latest = b""
        self._number = 0
        self._came = threading.Condition()
        self._stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._stream(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True),
            threading.Thread(target=self._grab, name="docexam mjpeg", daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with self._came:
            self._came.notify_all()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(timeout=2.0)
        self._server.server_close()

    def _grab(self) -> None:
        while not self._stop.is_set():
            try:
                # Slower than the camera, only frames fall out: none is served late.
                frame = self._camera.next_frame(deadline_s=0.5, not_before_s=time.monotonic())
            except HardwareError:
                continue
            settings = [cv2.IMWRITE_JPEG_QUALITY, self._quality]
            ok, data = cv2.imencode(".jpg", frame.pixels, settings)
            if ok:
                with self._came:
                    self._latest, self._number = bytes(data), self._number + 1
                    self._came.notify_all()

    def _stream(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
        request.end_headers()
        seen = 0
        # A client that goes away ends its own stream only.
        with contextlib.suppress(OSError):
            while not self._stop.is_set():
                with self._came:
                    while self._number == seen and not self._stop.is_set():
                        self._came.wait(0.5)
                    data, seen = self._latest, self._number
                head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}"
                request.wfile.write(head.encode("ascii") + b"\r\n\r\n" + data + b"\r\n")
