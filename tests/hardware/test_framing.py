"""Framing is pure: no crash, bounded memory, and the first good frame after silence is found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docexam.hardware.framing import Framer
from docexam.hardware.inputs import numato
from docexam.hardware.lamps import ccs, gardasoft, opt, s_hash
from docexam.hardware.lamps.template import TemplateLamp
from docexam.hardware.readers import elyctis, honeywell, line_mode, rte, wedge
from docexam.hardware.simulated.rte import SimulatedRte
from docexam.hardware.simulated.zones import SPECIMENS

STREAMS = 2000
TD3 = SPECIMENS["TD3"]
ELYCTIS = b"I\x00\x5a" + "".join(f"{line}\r" for line in TD3).encode()


def rte_message() -> bytes:
    device = SimulatedRte()
    device.put(TD3)
    return device.tick(0.0)[0][1]


# A fresh framer, one good message, and the kind of frame that it makes.
PROTOCOLS = {
    "gardasoft": (lambda: gardasoft.Gardasoft().framer(), b"RT420-20 V031\r\n>", "answer"),
    "ccs": (lambda: ccs.Ccs().framer(), b"@00O004F\r\n", "answer"),
    "opt": (lambda: opt.Opt().framer(), b"$310FF16", "value"),
    "s-hash": (lambda: s_hash.SHash().framer(), b"a0255", "a"),
    "alnitak": (lambda: TemplateLamp("alnitak").framer(), b"*B19128\n", "line"),
    "numato": (
        lambda: Framer(numato.scan, idle_gap_s=0.01, max_bytes=256),
        b"ver\n\r8\n\r>",
        "answer",
    ),
    "elyctis": (
        lambda: Framer(elyctis.scan, idle_gap_s=0.05, max_bytes=515, mute_until_gap=True),
        ELYCTIS,
        "I",
    ),
    "rte": (lambda: Framer(rte.scan, idle_gap_s=0.1, max_bytes=512), rte_message(), "read"),
    "honeywell": (
        lambda: Framer(honeywell.scan, idle_gap_s=0.04),
        b"CBRENA1\x06.",
        "menu",
    ),
    "line": (lambda: Framer(line_mode.scan, idle_gap_s=0.05, max_bytes=512), b"P<UTO\r", "line"),
    "wedge": (
        lambda: Framer(wedge.scan, idle_gap_s=0.2, max_bytes=1536),
        wedge.EVENT.pack(1, 2, 1, 30, 1),
        "event",
    ),
}
# Pieces of real messages make deeper trouble than uniform noise.
PIECES = st.one_of(
    st.binary(max_size=64),
    st.sampled_from([good for _, good, _ in PROTOCOLS.values()]),
    st.sampled_from([good[: len(good) // 2] for _, good, _ in PROTOCOLS.values()]),
)
STREAM = st.lists(st.tuples(PIECES, st.sampled_from([0.0, 0.001, 0.3])), max_size=8)


@settings(max_examples=STREAMS, deadline=None, suppress_health_check=list(HealthCheck))
@given(stream=STREAM)
def test_any_stream_then_silence_then_a_good_message(stream: list[tuple[bytes, float]]) -> None:
    for name, (make, good, kind) in PROTOCOLS.items():
        framer, now_s = make(), 0.0
        for data, wait_s in stream:
            framer.feed(data, now_s)
            assert len(framer._buffer) <= 2 * framer._max_bytes, name
            now_s += wait_s
        now_s += framer.idle_gap_s + 0.001
        framer.feed(b"", now_s)
        assert not framer.pending, name
        framer.expected = "value"
        assert [frame.kind for frame in framer.feed(good, now_s)][-1:] == [kind], name


@pytest.mark.parametrize("name", PROTOCOLS)
@given(cuts=st.lists(st.integers(0, 100), max_size=6))
def test_pieces_make_the_same_frames(name: str, cuts: list[int]) -> None:
    make, good, _ = PROTOCOLS[name]
    whole = make()
    whole.expected = "value"
    expected = whole.feed(good * 2, 0.0)
    pieces = make()
    pieces.expected = "value"
    marks = sorted({0, len(good) * 2, *(cut % (len(good) * 2) for cut in cuts)})
    frames = [
        frame for start, end in pairwise(marks) for frame in pieces.feed((good * 2)[start:end], 0.0)
    ]
    assert frames == expected
    assert len(frames) == 2


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_flood_is_bounded(name: str) -> None:
    make, _, _ = PROTOCOLS[name]
    framer = make()
    for filler in (b"\xff", b"\x00", b"A", b"$", b"@", b"I", b"\x01"):
        framer.feed(filler * 20_000, 0.0)
        assert len(framer._buffer) <= 2 * framer._max_bytes


def test_a_broken_message_without_check_is_not_believed_before_silence() -> None:
    framer = PROTOCOLS["elyctis"][0]()
    assert framer.feed(b"\xff" + ELYCTIS, 0.0) == []
    assert framer.feed(ELYCTIS, 0.01) == []
    assert len(framer.feed(ELYCTIS, 1.0)) == 1
