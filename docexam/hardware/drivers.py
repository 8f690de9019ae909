"""The drivers in the box, as data: listing them imports none of them.

Others join through the entry point group `docexam.drivers`; each names a `Driver`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docexam.hardware.transports.serial_settings import SerialSettings

if TYPE_CHECKING:
    from docexam.nouns.device import DeviceKind, Evidence

# How a driver gets its port: a codec for the lamp engine, a class over an open transport, or a
# class that opens the port itself (cameras).
Style = Literal["lamp-codec", "transport", "own"]


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver. `target` and `simulator` are `module:name`; `preset` fixes some options.

    `library` is a package that only this driver needs, `install` how to get it. `may_probe`: asking
    who is there neither lights a lamp nor disturbs another device's settings. `simulator_options`:
    the options that the simulator needs too. `example`: options to try a driver with that cannot do
    without any.
    """

    name: str
    kind: DeviceKind
    summary: str
    target: str
    evidence: Evidence
    style: Style = "transport"
    port_example: str = "/dev/ttyUSB0"
    line: SerialSettings = field(default_factory=SerialSettings)
    probe_bauds: tuple[int, ...] = ()
    may_probe: bool = False
    simulator: str = ""
    simulator_options: tuple[str, ...] = ()
    example: dict[str, Any] = field(default_factory=dict)
    preset: dict[str, Any] = field(default_factory=dict)
    library: str = ""
    install: str = ""


_LAMPS = "docexam.hardware.lamps"
_READERS = "docexam.hardware.readers"
_SIMULATED = "docexam.hardware.simulated"


def _lamp(name: str, module: str, codec: str, evidence: Evidence, **more: Any) -> Driver:  # noqa: ANN401
    return Driver(
        name=name,
        kind="lamp",
        target=f"{_LAMPS}.{module}:{codec}",
        evidence=evidence,
        style="lamp-codec",
        **more,
    )


_TEMPLATES: tuple[tuple[str, str, Evidence], ...] = (
    ("pd-fn300", "Imatest PD-FN300 light boxes", "vendor manual"),
    ("alnitak", "Alnitak flat panels", "field code"),
    ("iovis", "Iovis controllers", "field code"),
    ("l-fine", "L-fine controllers", "field code"),
    ("alt", "ALT and LVS controllers", "field code"),
    ("vit", "VIT controllers", "field code"),
)

DRIVERS: tuple[Driver, ...] = (
    _lamp(
        "gardasoft",
        "gardasoft",
        "Gardasoft",
        "vendor manual",
        summary="Gardasoft RT, PP, VTR, RC and TR-HT controllers, with pulses that end themselves",
        line=SerialSettings(115200),
        probe_bauds=(115200, 9600),
        may_probe=True,
        simulator=f"{_SIMULATED}.gardasoft:SimulatedGardasoft",
    ),
    _lamp(
        "ccs",
        "ccs",
        "Ccs",
        "field code",
        summary='"@" controllers over a serial line: CCS PD2, VS Technology VLP, PSCC',
        line=SerialSettings(38400),
        probe_bauds=(38400, 9600),
        may_probe=True,
        preset={"dialect": "serial", "pause_ms": 10.0},
        simulator=f"{_SIMULATED}.ccs:SimulatedCcs",
    ),
    _lamp(
        "ccs-ethernet",
        "ccs",
        "Ccs",
        "field code",
        summary='"@" controllers over Ethernet: CCS PD3',
        port_example="tcp://192.168.0.2:40001",
        may_probe=True,
        preset={"dialect": "ethernet"},
        simulator=f"{_SIMULATED}.ccs:simulated_ccs_ethernet",
    ),
    _lamp(
        "opt",
        "opt",
        "Opt",
        "field code",
        summary='"$" controllers: OPT and clones',
        line=SerialSettings(9600),
        probe_bauds=(9600, 19200),
        may_probe=True,
        simulator=f"{_SIMULATED}.opt:SimulatedOpt",
    ),
    _lamp(
        "s-hash",
        "s_hash",
        "SHash",
        "field code",
        summary='"S...#" controllers: Hikrobot and unbranded ones',
        line=SerialSettings(19200),
        probe_bauds=(19200, 9600),
        may_probe=True,
        simulator=f"{_SIMULATED}.s_hash:SimulatedSHash",
    ),
    _lamp(
        "usb-relay",
        "usb_relay",
        "UsbRelay",
        "vendor manual",
        summary="LCUS-class USB relay boards, switching a lamp or a supply",
        simulator=f"{_SIMULATED}.usb_relay:SimulatedUsbRelay",
    ),
    *(
        _lamp(
            name,
            "template",
            "TemplateLamp",
            evidence,
            summary=summary,
            preset={"template": name},
            simulator=f"{_SIMULATED}.template:simulated_{name.replace('-', '_')}",
        )
        for name, summary, evidence in _TEMPLATES
    ),
    _lamp(
        "lamp-table",
        "template",
        "TemplateLamp",
        "unconfirmed",
        summary="any lamp that only sets a level, described by your own TOML table (file)",
        simulator=f"{_SIMULATED}.lamp_table:SimulatedLampTable",
        simulator_options=("file",),
        example={"file": str(Path(__file__).parent / "simulated" / "example_lamp.toml")},
    ),
    Driver(
        name="numato",
        kind="interlock",
        summary="Numato USB GPIO modules as a lid switch",
        target="docexam.hardware.inputs.numato:NumatoLid",
        evidence="field code",
        port_example="/dev/ttyACM0",
        probe_bauds=(9600,),
        may_probe=True,
        simulator=f"{_SIMULATED}.numato:SimulatedNumato",
    ),
    Driver(
        name="elyctis",
        kind="mrz-reader",
        summary="Elyctis ID BOX and ID Reader MRZ",
        target=f"{_READERS}.elyctis:ElyctisReader",
        evidence="vendor manual",
        port_example="/dev/ttyACM0",
        probe_bauds=(9600, 115200),
        may_probe=True,
        simulator=f"{_SIMULATED}.elyctis:SimulatedElyctis",
    ),
    Driver(
        name="rte",
        kind="mrz-reader",
        summary="3M and RTE swipe readers in native mode",
        target=f"{_READERS}.rte:RteReader",
        evidence="vendor manual",
        simulator=f"{_SIMULATED}.rte:SimulatedRte",
    ),
    Driver(
        name="honeywell",
        kind="mrz-reader",
        summary="Honeywell 2D imagers with the OCR passport template",
        target=f"{_READERS}.honeywell:HoneywellReader",
        evidence="vendor manual",
        line=SerialSettings(115200),
        probe_bauds=(115200, 9600),
        may_probe=True,
        simulator=f"{_SIMULATED}.honeywell:SimulatedHoneywell",
    ),
    Driver(
        name="line",
        kind="mrz-reader",
        summary="any reader that sends the zone as lines of text",
        target=f"{_READERS}.line_mode:LineReader",
        evidence="unconfirmed",
        simulator=f"{_SIMULATED}.line_reader:SimulatedLineReader",
    ),
    Driver(
        name="wedge",
        kind="mrz-reader",
        summary="readers that type like a keyboard (Linux input device)",
        target=f"{_READERS}.wedge:WedgeReader",
        evidence="unconfirmed",
        port_example="evdev:///dev/input/by-id/NAME",
        simulator=f"{_SIMULATED}.line_reader:SimulatedWedge",
    ),
    Driver(
        name="opencv",
        kind="camera",
        summary="UVC and V4L2 cameras, and MJPEG streams, through OpenCV",
        target="docexam.hardware.cameras.opencv_camera:OpenCvCamera",
        evidence="field code",
        style="own",
        port_example="/dev/video0",
    ),
    Driver(
        name="pylon",
        kind="camera",
        summary="Basler cameras through pypylon, triggered frame by frame",
        target="docexam.hardware.cameras.pylon:PylonCamera",
        evidence="vendor code",
        style="own",
        port_example="first",
        library="pypylon",
        install="Install it: pip install 'docexam[pylon]'",
    ),
    Driver(
        name="aravis",
        kind="camera",
        summary="GigE Vision and USB3 Vision cameras through Aravis",
        target="docexam.hardware.cameras.aravis:AravisCamera",
        evidence="field code",
        style="own",
        port_example="first",
        library="Aravis (gi)",
        install="Install it: apt-get install gir1.2-aravis-0.8 python3-gi, in an environment made "
        "with --system-site-packages.",
    ),
    Driver(
        name="iseries",
        kind="page-reader",
        summary="Thales iSeries full-page readers over WebSocket",
        target="docexam.hardware.page_readers.iseries:ISeriesReader",
        evidence="vendor code",
        port_example="wss://reader.local/",
        simulator=f"{_SIMULATED}.iseries:SimulatedISeries",
        library="websockets",
        install="Install it: pip install 'docexam[websocket]'",
    ),
    Driver(
        name="sane",
        kind="page-reader",
        summary="flatbed scanners through SANE's scanimage (white light)",
        target="docexam.hardware.page_readers.sane:SaneScanner",
        evidence="field code",
        style="own",
        port_example="epson2:libusb:001:004",
    ),
    Driver(
        name="folder",
        kind="page-reader",
        summary="a folder of recorded capture sets, one after another",
        target="docexam.hardware.page_readers.folder:FolderReader",
        evidence="field code",
        style="own",
        port_example="recorded/",
    ),
)
