"""`docexam devices`, as a person types it."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import typer
from test_rig import RIG

from docexam.cli.devices import app
from docexam.errors import DocexamError, ExitCode
from docexam.hardware import exercise
from docexam.hardware.drivers import DRIVERS
from docexam.hardware.registry import find_driver, simulator_of
from docexam.hardware.simulated.elyctis import SimulatedElyctis
from docexam.hardware.simulated.faults import Fault, Faulty
from docexam.hardware.simulated.rte import SimulatedRte
from docexam.hardware.simulated.serving import PtyServer
from docexam.hardware.simulated.zones import SPECIMENS

if TYPE_CHECKING:
    from pathlib import Path


SCHEMA = json.loads(files("docexam.schemas").joinpath("device-1.json").read_text("utf-8"))


def _message(error: DocexamError, code: int) -> str:
    assert error.exit_code == code, error.message
    return error.message


Run = Callable[..., str]
Rows = Callable[..., list[dict]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `docexam devices ...`; returns its standard output, or the message of its failure."""

    def run_it(*words: object, code: int = 0, stdin: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capfd.readouterr()
        ended = 0
        try:
            typer.main.get_command(app).main([str(word) for word in words], standalone_mode=True)
        except SystemExit as end:
            ended = int(end.code or 0)
        except DocexamError as error:
            return _message(error, code)
        output = capfd.readouterr()
        assert ended == code, output
        return output.out

    return run_it


@pytest.fixture
def rows(run: Run) -> Rows:
    """The same with --json, parsed."""

    def rows_of(*words: object, code: int = 0) -> list[dict]:
        found = [json.loads(line) for line in run(*words, "--json", code=code).splitlines()]
        for row in found:
            jsonschema.validate(row, SCHEMA)
        return found

    return rows_of


def test_info_shows_every_driver_with_its_evidence(rows: Rows) -> None:
    found = {row["driver"]: row for row in rows("info")}
    assert set(found) >= {driver.name for driver in DRIVERS}
    assert found["gardasoft"]["evidence"] == "vendor manual"
    assert found["wedge"]["evidence"] == "unconfirmed"
    assert any("error codes" in text for text in found["ccs"]["unconfirmed"])
    assert "verified on hardware" not in {row["evidence"] for row in found.values()}


def test_info_asks_a_device(rows: Rows) -> None:
    (row,) = rows("info", "elyctis", "sim:")
    assert (row["maker"], row["version"]) == ("Elyctis", "SIM 1.7")


def test_probe_names_the_driver_and_fails_on_a_missing_port(rows: Rows) -> None:
    with PtyServer(simulator_of(find_driver("gardasoft"))) as server:
        (row,) = rows("probe", server.port)
        assert row["driver"] == "gardasoft"
    (row,) = rows("probe", "/dev/no-such-port", code=ExitCode.DEVICE)
    assert row["error"] == "device.not-found"


def test_lamp_lights_behind_the_guard(tmp_path: Path, run: Run) -> None:
    ledger = tmp_path / "dose.jsonl"
    text = run(
        *("lamp", "gardasoft", "sim:", "--light", "uv", "--no-lid", "--for", "0.05"),
        *("--irradiance", "20", "--level", "1", "--ledger", ledger),
    )
    assert "now dark" in text
    assert "UV-A dose of the last 8 h: 1.0 J/m2" in text


def test_lamp_refuses_ultraviolet_without_a_word_about_the_lid(tmp_path: Path, run: Run) -> None:
    words = ("lamp", "opt", "sim:", "--light", "uv", "--ledger", tmp_path / "d")
    assert "names no lid" in run(*words, code=ExitCode.DEVICE)
    assert "no light 'green'" in run("lamp", "opt", "sim:", "--light", "green", code=2)


def test_monitor_prints_what_is_read(rows: Rows) -> None:
    device = SimulatedElyctis()
    device.put(SPECIMENS["TD3"])
    with PtyServer(device) as server:
        found = rows("monitor", "elyctis", server.port, "--for", "0.3")
    assert found[0]["lines"] == list(SPECIMENS["TD3"])


def test_monitor_goes_on_after_a_broken_swipe(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    device = SimulatedRte()
    broken = Faulty(device, [Fault("truncate")])
    watched = exercise.exercise

    def until_two_came(*arguments: Any) -> Iterator[Any]:
        found = watched(*arguments)
        yield next(found)
        device.put(SPECIMENS["TD1"])
        yield next(found)

    monkeypatch.setattr(exercise, "exercise", until_two_came)
    device.put(SPECIMENS["TD3"])
    with PtyServer(broken) as server:
        found = rows("monitor", "rte", server.port, "--for", "60")
    assert [row["row"] for row in found] == ["event", "reading"]
    assert found[0]["name"] == "read-broken"
    assert found[1]["lines"] == list(SPECIMENS["TD1"])


@pytest.mark.parametrize("option", ["clock=1", "line=2", "port=x", "channels", "=1", "a b=1"])
def test_options_that_are_none(run: Run, option: str) -> None:
    assert "is not NAME=VALUE" in run("info", "opt", "sim:", "-o", option, code=ExitCode.USAGE)


def test_selftest_prints_the_table(rows: Rows) -> None:
    found = rows("selftest", "opt", "numato", "--answers", "3")
    assert {row["driver"] for row in found} == {"opt", "numato"}
    assert all(row["ok"] for row in found)
    assert "disconnect" in {row["fault"] for row in found}


def test_record_is_redacted_and_replays(tmp_path: Path, run: Run, rows: Rows) -> None:
    trace = tmp_path / "trace.jsonl"
    device = SimulatedElyctis()
    device.put(SPECIMENS["TD3"])
    with PtyServer(device) as server:
        run("record", "elyctis", server.port, trace, "--for", "0.3")
    text = trace.read_text(encoding="ascii")
    assert b"ERIKSSON".hex() not in text
    assert b"L898902C3".hex() not in text
    assert trace.stat().st_mode & 0o077 == 0
    found = rows("replay", trace)
    assert found[0]["lines"][0] == "X<XXXXXXXXXXX<<XXXX<XXXXX<<<<<<<<<<<<<<<<<<<"


def test_a_whole_trace_replays_to_the_letter(tmp_path: Path, run: Run, rows: Rows) -> None:
    trace = tmp_path / "trace.jsonl"
    device = SimulatedElyctis()
    device.put(SPECIMENS["TD1"])
    with PtyServer(device) as server:
        run("record", "elyctis", server.port, trace, "--for", "0.3", "--keep-personal-data")
    assert rows("replay", trace)[0]["lines"] == list(SPECIMENS["TD1"])


def test_a_changed_driver_deviates_from_the_trace(tmp_path: Path, run: Run) -> None:
    trace = tmp_path / "trace.jsonl"
    run("record", "elyctis", "sim:", trace, "--for", "0.2")
    run("replay", trace, "--driver", "opt", code=ExitCode.DEVICE)


@pytest.mark.parametrize("text", ["", "{}", "nonsense", '{"schema": "docexam.trace/9"}'])
def test_a_file_that_is_no_trace_is_named(tmp_path: Path, text: str, run: Run) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, encoding="ascii")
    message = run("replay", path, code=4 if text else 2)
    assert "x.jsonl" in message or "no driver" in message


def test_typed_keys_are_redacted_too() -> None:
    from docexam.hardware.clock import VirtualClock
    from docexam.hardware.readers.wedge import WedgeReader
    from docexam.hardware.simulated.line_reader import SimulatedWedge
    from docexam.hardware.traces import RecordingTransport, redacted
    from docexam.hardware.transports.memory import MemoryTransport

    device = SimulatedWedge()
    device.put(SPECIMENS["TD3"])
    recorder = RecordingTransport(MemoryTransport(device, VirtualClock()))
    with WedgeReader(recorder, threaded=False) as reader:
        reader.read(deadline_s=2.0)
    pieces = redacted(recorder.pieces, driver="wedge")
    codes = {piece.data[18] for piece in pieces}
    assert len(codes) <= 6, "one letter key, one digit key, shift, comma, enter"


def test_simulate_serves_and_obeys(run: Run) -> None:
    text = run("simulate", "desk=elyctis", "opt", "--for", "0.3", stdin="desk put TD3\nx y\n")
    assert "desk: /dev/" in text
    assert "(elyctis)" in text


def test_ports_and_simulated_devices_follow_the_schema(rows: Rows) -> None:
    rows("list")
    (row,) = rows("simulate", "opt", "--for", "0.1")
    assert row["port"].startswith("/dev/")
    (row,) = rows("monitor", "numato", "sim:", "--for", "0.15")
    assert (row["row"], row["lid"]) == ("lid", "closed")


def test_simulate_serves_a_lamp_of_a_users_table(run: Run) -> None:
    table = f"file={find_driver('lamp-table').example['file']}"
    assert "lamp-table: /dev/" in run("simulate", "lamp-table", "-o", table, "--for", "0.1")
    assert "needs the option file" in run("simulate", "lamp-table", code=ExitCode.USAGE)
    assert "option pin" in run("simulate", "opt", "-o", "pin=1", code=ExitCode.USAGE)


def test_simulate_serves_a_page_reader(run: Run) -> None:
    assert "iseries: ws://127.0.0.1:" in run("simulate", "iseries", "--for", "0.1")
    assert "cannot be simulated" in run("simulate", "wedge", code=ExitCode.USAGE)
    assert "Name drivers or a rig" in run("simulate", code=ExitCode.USAGE)


def test_simulate_serves_a_rig(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rig.toml"
    path.write_text(RIG.format(driver="opt"), encoding="utf-8")
    text = run("simulate", "--rig", path, "--for", "0.3", stdin="glass empty\nlid open\n")
    served = tomllib.loads(text)
    assert served["camera"]["port"].startswith("http://127.0.0.1:")
    assert served["lamps"]["main"]["port"].startswith("/dev/")


def test_every_command_explains_itself(run: Run) -> None:
    for name in ("list", "info", "probe", "lamp", "monitor", "selftest", "simulate", "record"):
        assert len(run(name, "--help")) > 200
