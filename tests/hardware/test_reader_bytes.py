"""Every reader example of the hardware reference, byte for byte, for driver and simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.errors import SettingsError
from docexam.hardware.clock import VirtualClock
from docexam.hardware.errors import DeviceRefused, WrongDevice
from docexam.hardware.framing import Framer
from docexam.hardware.readers import elyctis, honeywell, line_mode, rte
from docexam.hardware.readers.wedge import KeyDecoder, WedgeReader
from docexam.hardware.readers.zone_lines import to_zone
from docexam.hardware.simulated.elyctis import SimulatedElyctis
from docexam.hardware.simulated.honeywell import SimulatedHoneywell
from docexam.hardware.simulated.line_reader import SimulatedWedge
from docexam.hardware.simulated.rte import SimulatedRte
from docexam.hardware.simulated.zones import SPECIMENS
from docexam.hardware.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.hardware.simulated.device import SimulatedDevice

TD3 = SPECIMENS["TD3"]
ELYCTIS_TD3 = bytes.fromhex("49005A503C55544F") + "".join(f"{line}\r" for line in TD3).encode()[5:]


def says(device: SimulatedDevice, data: bytes) -> bytes:
    return b"".join(reply for _, reply in device.feed(data, 0.0))


def test_elyctis_commands() -> None:
    assert elyctis.command("I") == bytes.fromhex("490000")
    assert elyctis.command("L") == bytes.fromhex("4C0000")
    assert elyctis.command("C", b"\x01") == bytes.fromhex("43000101")
    assert elyctis.command("C", b"\x00") == bytes.fromhex("43000100")
    assert [elyctis.command(letter).hex() for letter in "VWRT"] == [
        "560000",
        "570000",
        "520000",
        "540000",
    ]


def test_elyctis_simulator_and_worked_example() -> None:
    assert len(ELYCTIS_TD3) == 3 + 0x5A
    device = SimulatedElyctis()
    assert says(device, bytes.fromhex("490000")) == bytes.fromhex("490000")
    device.put(TD3)
    assert says(device, bytes.fromhex("490000")) == ELYCTIS_TD3
    assert says(device, bytes.fromhex("43000101")) == bytes.fromhex("43000101")
    assert says(device, bytes.fromhex("560000"))[:1] == b"V"
    frame = Framer(elyctis.scan, idle_gap_s=0.05).feed(ELYCTIS_TD3, 0.0)[0]
    assert (frame.kind, len(frame.body)) == ("I", 90)


@pytest.mark.parametrize("ends", [1, 2])
def test_elyctis_takes_one_or_two_line_ends(ends: int) -> None:
    device = SimulatedElyctis(line_ends=ends)
    device.put(TD3)
    reply = says(device, bytes.fromhex("490000"))
    assert len(reply) == 3 + 89 + ends
    frame = Framer(elyctis.scan, idle_gap_s=0.05).feed(reply, 0.0)[0]
    assert to_zone(elyctis.split_zone(frame.body.decode())).lines == TD3


def test_elyctis_continuous_mode_disarms_itself(in_memory: Callable) -> None:
    reader, simulated, _ = in_memory("elyctis", continuous=True)
    simulated.put(TD3)
    assert reader.read(deadline_s=1.0).lines == TD3
    assert not simulated._armed
    assert reader.next_event(0.5) is None, "the same document is not read again unarmed"
    assert reader.read(deadline_s=1.0).lines == TD3, "armed again, it is read again"


def test_rte_slots_are_bottom_aligned() -> None:
    device = SimulatedRte()
    device.put(TD3)
    message = b"".join(reply for _, reply in device.tick(0.0))
    assert message[0] == 0x01
    assert message[3:6] == b"OU\x02"
    assert message[7:8] == b"\r", "the upper slot of a passport is empty"
    assert message[-2] == 0x03
    frame = Framer(rte.scan, idle_gap_s=0.1).feed(message, 0.0)[0]
    assert rte.slots_to_lines(frame.body) == TD3
    assert frame.warnings == ()


def test_rte_underscore_is_missing_never_filler() -> None:
    device = SimulatedRte()
    device.fall_into("unsure", 1)
    device.put(TD3)
    message = b"".join(reply for _, reply in device.tick(0.0))
    zone = to_zone(rte.slots_to_lines(Framer(rte.scan, idle_gap_s=0.1).feed(message, 0.0)[0].body))
    assert zone.lines[1][4] == "_"
    assert zone.missing == ((2, 5),)


def test_rte_wrong_check_byte_only_warns() -> None:
    device = SimulatedRte()
    device.put(TD3)
    message = device.spoil_check(device.tick(0.0)[0][1])
    frame = Framer(rte.scan, idle_gap_s=0.1).feed(message, 0.0)[0]
    assert frame.warnings == ("the check byte does not fit",)


def test_honeywell_bytes() -> None:
    assert bytes.fromhex("16540D") == honeywell.TRIGGER
    assert bytes.fromhex("16550D") == honeywell.RELEASE
    assert honeywell.menu("cbrena?", keep=True) == bytes.fromhex("164D0D") + b"cbrena?."
    assert honeywell.menu("ALLENA0", "OCRENA1", "OCRATS2") == b"\x16M\rALLENA0,OCRENA1,OCRATS2!"
    device = SimulatedHoneywell()
    assert says(device, bytes.fromhex("164D0D") + b"cbrena?.") == b"CBRENA1\x06."
    assert says(device, b"\x16M\rALLENA0!") == b"ALLENA0\x06!"
    assert says(device, b"\x16M\rOCRENA1,OCRATS2!") == b"OCRENA1\x06,OCRATS2\x06!"
    assert says(device, b"\x16M\rOCRATS9!") == b"OCRATS9\x15!"
    assert says(device, b"\x16M\rNOSUCH1!") == b"NOSUCH1\x05!"
    framer = Framer(honeywell.scan, idle_gap_s=0.08)
    assert [f.kind for f in framer.feed(b"CBRENA1\x06.", 0.0)] == ["menu"]


def test_honeywell_never_writes_flash(in_memory: Callable) -> None:
    reader, simulated, _ = in_memory("honeywell")
    simulated.put(TD3)
    assert reader.read(deadline_s=2.0).lines == TD3
    assert simulated.kept_writes == 0
    assert reader.ask("OCRATS") == "2"


def test_honeywell_uncertain_characters_keep_their_candidates(in_memory: Callable) -> None:
    reader, simulated, _ = in_memory("honeywell")
    simulated.fall_into("unsure", 1)
    simulated.put(TD3)
    zone = reader.read(deadline_s=2.0)
    assert zone.uncertain == ((2, 5, "0O"),)
    assert zone.lines[1][4] == "0"
    assert len(zone.lines[1]) == 44


def test_honeywell_unknown_setting_is_named(in_memory: Callable) -> None:
    reader, _, _ = in_memory("honeywell", settings=("OCRATS9",))
    with pytest.raises(DeviceRefused, match="OCRATS: value out of range"):
        reader.read(deadline_s=2.0)


def test_joined_zone_is_split_by_length() -> None:
    for lines in SPECIMENS.values():
        assert elyctis.split_zone("".join(lines)) == lines


def test_line_mode_with_and_without_marks() -> None:
    for text in (b"\x02%s\r%s\r\x03", b"%s\r\n%s\r\n", b"%s\n%s"):
        framer = Framer(line_mode.scan, idle_gap_s=0.05)
        data = text % tuple(line.encode() for line in TD3)
        frames = framer.feed(data, 0.0) + framer.feed(b"", 1.0)
        assert tuple(frame.body.decode() for frame in frames) == TD3


def press(decoder: KeyDecoder, keys: list[tuple[int, bool]]) -> str | None:
    line, at_s = None, 0.0
    for code, shift in keys:
        at_s += 0.004
        if shift:
            decoder.press(42, 1, at_s)
        line = decoder.press(code, 1, at_s) or line
        decoder.press(code, 0, at_s)
        if shift:
            decoder.press(42, 0, at_s)
    return line


@pytest.mark.parametrize(
    ("layout", "less", "one", "y", "a"),
    [
        ("us", (51, True), (2, False), (21, False), (30, False)),
        ("gb", (51, True), (2, False), (21, False), (30, False)),
        ("de", (86, False), (2, False), (44, False), (30, False)),
        ("fr", (86, False), (2, True), (21, False), (16, False)),
    ],
)
def test_filler_is_layout_dependent(
    layout: str, less: tuple, one: tuple, y: tuple, a: tuple
) -> None:
    decoder = KeyDecoder(layout)
    assert press(decoder, [less, one, y, a, (28, False)]) == "<1YA"


def test_slow_keys_are_a_person() -> None:
    decoder = KeyDecoder("us")
    decoder.press(30, 1, 0.0)
    decoder.press(48, 1, 0.2)
    assert decoder.press(28, 1, 0.21) == "B"


@pytest.mark.parametrize("key_s", [0.002, 0.016, 0.045])
def test_a_slow_reader_and_a_late_host_are_no_person(key_s: float) -> None:
    """A line may take longer than the gap between two; only the events' own times count."""
    clock = VirtualClock(100.0)
    peer = SimulatedWedge(key_s=key_s)
    peer.put(SPECIMENS["TD3"])
    transport = MemoryTransport(peer, clock, "memory:wedge")
    with WedgeReader(transport, threaded=False) as reader:
        clock.sleep(2.0)
        zone = reader.read(deadline_s=10.0)
    assert zone is not None
    assert zone.lines == SPECIMENS["TD3"]


def test_unknown_key_is_one_unreadable_character() -> None:
    assert press(KeyDecoder("us"), [(30, False), (57, False), (48, False), (28, False)]) == "A_B"


def test_unknown_layout_is_named() -> None:
    with pytest.raises(SettingsError, match="dvorak"):
        KeyDecoder("dvorak")


def test_a_lamp_where_a_reader_should_be_is_named() -> None:
    from docexam.hardware.clock import VirtualClock
    from docexam.hardware.readers.elyctis import ElyctisReader
    from docexam.hardware.simulated.gardasoft import SimulatedGardasoft
    from docexam.hardware.transports.memory import MemoryTransport

    class Chatty(SimulatedGardasoft):
        def next_message(self, inbox: bytearray) -> bytes | None:
            message = bytes(inbox)
            inbox.clear()
            return message or None

    transport = MemoryTransport(Chatty(), VirtualClock(), "memory:x")
    with ElyctisReader(transport, threaded=False) as reader, pytest.raises(WrongDevice):
        reader.identify(deadline_s=1.0)
