"""Every lamp example of the hardware reference, byte for byte, for driver and simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.hardware.framing import Frame
from docexam.hardware.lamps.ccs import Ccs
from docexam.hardware.lamps.gardasoft import Gardasoft
from docexam.hardware.lamps.opt import Opt
from docexam.hardware.lamps.s_hash import SHash
from docexam.hardware.lamps.template import TEMPLATES, TemplateLamp
from docexam.hardware.lamps.usb_relay import UsbRelay
from docexam.hardware.simulated.ccs import SimulatedCcs
from docexam.hardware.simulated.gardasoft import SimulatedGardasoft
from docexam.hardware.simulated.opt import SimulatedOpt
from docexam.hardware.simulated.s_hash import SimulatedSHash
from docexam.hardware.simulated.template import SimulatedAlnitak, SimulatedTemplateLamp
from docexam.hardware.simulated.usb_relay import SimulatedUsbRelay

if TYPE_CHECKING:
    from docexam.hardware.lamps.codec import Command
    from docexam.hardware.simulated.device import SimulatedDevice
    from docexam.hardware.simulated.light import SimulatedLamp

SERIAL, ETHERNET = Ccs("serial"), Ccs("ethernet")


def sent(commands: list[Command]) -> list[bytes]:
    return [command.data for command in commands]


def says(device: SimulatedDevice, data: bytes, at_s: float = 0.0) -> bytes:
    return b"".join(reply for _, reply in device.feed(data, at_s))


def test_gardasoft_driver_bytes() -> None:
    codec = Gardasoft()
    assert sent(codec.off(1)) == [b"RS1,0\r"]
    assert sent(codec.pulse(2, 0.8, 0.003)) == [b"RT2,3ms,0.1,80\r", b"TR2\r"]
    assert sent(codec.off(None)) == [b"RS1,0;RS2,0;RS3,0;RS4,0\r"]
    assert sent(codec.hello()) == [b"VR\r"]
    assert sent(codec.on(3, 0.125)) == [b"RS3,12.5\r"]


def test_gardasoft_simulator_bytes() -> None:
    device = SimulatedGardasoft()
    assert says(device, b"VR\r") == b"RT420-20 (HW02) V031\r\n>"
    assert says(device, b"RS1,50\r") == b">"
    assert device.traces[1].driven(0.0) == 0.5
    assert says(device, b"RS1,0\r") == b">"
    assert says(device, b"RT2,3ms,0.1,80\r", 1.0) == b">"
    assert says(device, b"TR2\r", 1.0) == b">"
    assert device.traces[2].driven(1.0) == 0.0
    assert device.traces[2].driven(1.0002) == pytest.approx(0.8)
    assert device.traces[2].driven(1.0030) == pytest.approx(0.8)
    assert device.traces[2].driven(1.0032) == 0.0
    assert says(device, b"XX\r") == b"Err 2\r\n>"
    assert says(device, b"RS1\r") == b"Err 4\r\n>"
    assert says(device, b"RS1,x\r") == b"Err 3\r\n>"
    assert says(device, b"RS9,1\r") == b"Err 1\r\n>"
    assert says(device, b"RS1,150\r") == b"Err 5\r\n>"
    assert device.traces[1].driven(2.0) == 1.0
    assert says(SimulatedGardasoft(echo=True), b"RS1,0\r") == b"RS1,0\r>"


def test_gardasoft_identity_and_events() -> None:
    codec = Gardasoft()
    identity = codec.identity([Frame("answer", b"RT420-20 (HW02) V031")])
    assert (identity.model, identity.version) == ("RT420-20", "V031")
    framer = codec.framer()
    frames = framer.feed(b"Evt2,140\r\n>", 0.0)
    assert [codec.event(frame) for frame in frames if frame.kind == "event"] == [
        ("lamp-off-duty", "channel 2, event 140")
    ]


CCS_VECTORS = [
    (ETHERNET._command("00", "F255"), b"@00F25582"),
    (SERIAL._command("00", "F255"), b"@00F25500E2"),
    (ETHERNET._command("00", "L1"), b"@00L11D"),
    (ETHERNET._command("00", "L0"), b"@00L01C"),
    (SERIAL._command("00", "L1"), b"@00L1007D"),
    (SERIAL._command("00", "L0"), b"@00L0007C"),
    (ETHERNET.strobe(0, 4), b"@00S0457"),
    (SERIAL.strobe(0, 4), b"@00S0400B7"),
    (ETHERNET.hello()[0], b"@00CE3"),
    (ETHERNET.readback(0), b"@00MED"),
    (ETHERNET.reset(0), b"@00RF2"),
    (ETHERNET.off(None)[0], b"@FFL048"),
    (SERIAL.off(None)[0], b"@FFL000A8"),
    (SERIAL._command("01", "F075"), b"@01F07500E3"),
    (SERIAL._command("02", "F075"), b"@02F07500E4"),
]


@pytest.mark.parametrize(("command", "wire"), CCS_VECTORS, ids=[w.decode() for _, w in CCS_VECTORS])
def test_ccs_driver_bytes(command: Command, wire: bytes) -> None:
    assert command.data == wire + b"\r\n"


@pytest.mark.parametrize(
    "wire", [w for _, w in CCS_VECTORS], ids=[w.decode() for _, w in CCS_VECTORS]
)
def test_ccs_simulator_takes_them(wire: bytes) -> None:
    with_id = wire[4:-2] in (b"25500", b"100", b"000", b"0400", b"07500")
    answer = says(SimulatedCcs(with_id=with_id), wire + b"\r\n")
    assert answer[3:4] == b"O", answer


def test_ccs_simulator_answers() -> None:
    device = SimulatedCcs(with_id=False)
    assert says(device, b"@00CE3\r\n") == b"@00O004F\r\n"
    assert says(device, ETHERNET._command("00", "F075").data) == b"@00OEF\r\n"
    assert says(device, ETHERNET.strobe(0, 4).data) == b"@00OEF\r\n"
    assert says(device, b"@00MED\r\n") == b"@00OF075.S04.L060\r\n"
    assert says(device, b"@00L11E\r\n") == b"@00N0250\r\n"
    assert says(device, ETHERNET._command("00", "F999").data) == b"@00N0351\r\n"


def test_ccs_latched_intensity_waits_for_on() -> None:
    device = SimulatedCcs(latched=True)
    for command in SERIAL.on(0, 1.0):
        says(device, command.data)
    says(device, SERIAL.on(0, 0.2)[0].data, 1.0)
    assert device.traces[0].driven(1.5) == 1.0
    says(device, SERIAL.on(0, 0.2)[1].data, 2.0)
    assert device.traces[0].driven(2.5) == pytest.approx(0.2, abs=0.002)


@pytest.mark.parametrize(
    "wire", [b"@00O004F", b"@00N0250", b"@00N0351", b"@00OF075.S04.L060", b"@00OEF"]
)
def test_ccs_driver_frames_every_answer(wire: bytes) -> None:
    frames = SERIAL.framer().feed(wire + b"\r\n", 0.0)
    assert [frame.raw for frame in frames] == [wire + b"\r\n"]


def test_ccs_driver_rejects_the_published_wrong_sum() -> None:
    framer = SERIAL.framer()
    assert framer.feed(b"@01F07500E4\r\n", 0.0) == []
    assert framer.rejected["checksum"] == 1


OPT_VECTORS = [
    (Opt().on(1, 1.0)[0], b"$310FF16", b"$"),
    (Opt().on(1, 100 / 255)[0], b"$3106414", b"$"),
    (Opt().on(1, 1.0)[1], b"$1100014", b"$"),
    (Opt().off(1)[0], b"$2100017", b"$"),
    (Opt().readback(1), b"$4100011", b"$4100011"),
]


@pytest.mark.parametrize(("command", "wire", "answer"), OPT_VECTORS)
def test_opt_bytes(command: Command, wire: bytes, answer: bytes) -> None:
    assert command.data == wire
    device = SimulatedOpt()
    assert says(device, wire) == answer
    assert says(device, wire[:-1] + b"X") == b"&"
    assert says(SimulatedOpt(lenient=True), b"$310FF00") == b"$"


def test_opt_read_returns_the_level() -> None:
    device = SimulatedOpt()
    says(device, b"$3106414")
    reply = says(device, b"$4100011")
    frame = Opt().framer().feed(reply, 0.0)[0]
    assert frame.body == b"$41064"


S_HASH_VECTORS = [(b"SA0255#", b"A"), (b"SA#", b"a0255"), (b"SH#", b"H"), (b"SL#", b"L")]


def test_s_hash_bytes() -> None:
    codec = SHash()
    assert sent(codec.on(1, 1.0)) == [b"SA0255#"]
    assert sent([codec.readback(1)]) == [b"SA#"]
    assert sent(codec.off(None)) == [b"SL#"]
    device = SimulatedSHash()
    for wire, answer in S_HASH_VECTORS:
        assert says(device, wire) == answer
        assert [frame.raw for frame in codec.framer().feed(answer, 0.0)] == [answer]
    assert says(device, b"SZ0255#") == b"NG"
    assert [frame.kind for frame in codec.framer().feed(b"NG", 0.0)] == ["NG"]


def test_usb_relay_bytes() -> None:
    codec = UsbRelay(channels=2)
    assert sent(codec.on(1, 1.0)) == [bytes.fromhex("A00101A2")]
    assert sent(codec.off(1)) == [bytes.fromhex("A00100A1")]
    assert sent(codec.on(2, 1.0)) == [bytes.fromhex("A00201A3")]
    device = SimulatedUsbRelay(channels=2)
    says(device, bytes.fromhex("A00101A2"))
    assert [device.traces[c].driven(0.0) for c in (1, 2)] == [1.0, 0.0]
    says(device, bytes.fromhex("A00201A3"))
    says(device, bytes.fromhex("A00100A1"))
    assert [device.traces[c].driven(0.0) for c in (1, 2)] == [0.0, 1.0]
    says(device, bytes.fromhex("A00200A1"))
    assert device.traces[2].driven(0.0) == 1.0


TEMPLATE_VECTORS = [
    ("pd-fn300", b"C1FF\r\n", b"CT00\r\n"),
    ("alnitak", b">B255\r", b">D000\r"),
    ("iovis", b"#CH01BW0255E", b"#CH01BW0000E"),
    ("l-fine", b"\x021w1023\x03", b"\x021w0000\x03"),
    ("alt", b"L1255\r\n", b"L1000\r\n"),
    ("vit", b"C1255\r\n", b"C1000\r\n"),
]


@pytest.mark.parametrize(("name", "on", "off"), TEMPLATE_VECTORS)
def test_template_bytes(name: str, on: bytes, off: bytes) -> None:
    codec = TemplateLamp(name)
    device: SimulatedLamp
    device = SimulatedAlnitak() if name == "alnitak" else SimulatedTemplateLamp(name)
    assert sent(codec.on(1, 1.0))[0] == on
    assert sent(codec.off(None))[0] == off
    for command in codec.on(1, 1.0):
        says(device, command.data)
    assert device.traces[1].driven(0.0) == 1.0
    for command in codec.off(None):
        says(device, command.data, 1.0)
    assert device.is_dark(1.0)


def test_alnitak_answer() -> None:
    assert says(SimulatedAlnitak(), b">B128\r") == b"*B19128\n"
    frame = TemplateLamp("alnitak").framer().feed(b"*B19128\n", 0.0)[0]
    command = TemplateLamp("alnitak").on(1, 128 / 255)[0]
    assert command.data == b">B128\r"
    assert TemplateLamp("alnitak").answer(command, frame).problem == ""


def test_every_table_has_a_simulator() -> None:
    assert {name for name, _, _ in TEMPLATE_VECTORS} == set(TEMPLATES)


def test_bytes_take_their_time_on_the_wire() -> None:
    from docexam.hardware.simulated.wire import Wire

    wire = Wire(SimulatedSHash(), 9600)
    ((answered_s, answer),) = wire.feed(b"SA0255#", 0.0)
    assert answer == b"A"
    # Seven bytes there, 1 ms of thought, one byte back; ten bits a byte.
    assert answered_s == pytest.approx(7 * 10 / 9600 + 0.001 + 10 / 9600)
    assert pytest.approx(0.0073, abs=0.0001) == 7 * 10 / 9600
