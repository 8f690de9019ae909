"""Two readings side by side: agreement is kept, a difference is shown and never becomes green."""

from __future__ import annotations

from docexam.nouns.reading import Resolved
from docexam.nouns.zone import ZoneText
from docexam.vision.engines.agreement import Witness, agreed, alone, same_place
from docexam.vision.engines.consensus import ConsensusEngine
from tests.vision.drawing import TD2, TD3, Pixels, page

QUAD = ((10.0, 90.0), (230.0, 90.0), (230.0, 140.0), (10.0, 140.0))
FAR = ((10.0, 190.0), (230.0, 190.0), (230.0, 240.0), (10.0, 240.0))


def zone(
    lines: tuple[str, ...] = TD3,
    confidence: float = 0.95,
    *,
    confident: bool = True,
    quad: object = QUAD,
    resolved: tuple[Resolved, ...] = (),
) -> ZoneText:
    return ZoneText(lines, confident, confidence, resolved=resolved, quad_px=quad)


def changed(lines: tuple[str, ...], line: int, column: int, text: str) -> tuple[str, ...]:
    """`lines` with `text` in place of one character, both counted from 1."""
    out = list(lines)
    out[line - 1] = out[line - 1][: column - 1] + text + out[line - 1][column:]
    return tuple(out)


class Fixed:
    """An engine that always reads the same."""

    wants_colour = False

    def __init__(self, name: str, *zones: ZoneText) -> None:
        self.name = name
        self.zones = zones
        self.asked = 0

    def read(self, _pixels: Pixels) -> list[ZoneText]:
        self.asked += 1
        return list(self.zones)


def both(first: ZoneText, second: ZoneText, *third: ZoneText) -> ZoneText:
    engine = ConsensusEngine(
        Fixed("onnx", first), Fixed("tesseract", second), Fixed("passporteye", *third)
    )
    (found,) = engine.read(page(TD3))
    return found


def test_what_both_read_is_confident_when_one_of_them_is() -> None:
    found = both(zone(confidence=0.6, confident=False), zone())
    assert found.lines == TD3
    assert found.confident
    assert (found.problems, found.resolved) == ((), ())


def test_what_neither_is_sure_of_stays_open_though_they_agree() -> None:
    assert not both(zone(confident=False), zone(confident=False)).confident


def test_agreement_keeps_the_place_that_is_known() -> None:
    found = agreed(Witness("a", zone(quad=None)), Witness("b", zone(confidence=0.5)))
    assert found.quad_px == QUAD


def test_a_difference_is_shown_and_is_not_confident() -> None:
    found = both(zone(), zone(changed(TD3, 1, 8, "1")))
    assert found.lines == TD3
    assert not found.confident
    (entry,) = found.resolved
    assert (entry.line, entry.column, entry.read) == (1, 8, "N")
    assert {c for c, _ in entry.alternatives} == {"N", "1"}
    assert "onnx reads N" in entry.reason
    assert "tesseract reads 1" in entry.reason
    (problem,) = found.problems
    assert (problem.id, problem.severity) == ("engine.differ", "notice")
    assert (problem.line, problem.columns) == (1, (8, 8))


def test_the_surer_engines_character_stays() -> None:
    open_one = Resolved(1, 8, "M", (("M", 0.5), ("N", 0.4)), "looks")
    unsure = zone(changed(TD3, 1, 8, "M"), confident=False, resolved=(open_one,))
    found = both(unsure, zone(confidence=0.9))
    assert found.lines == TD3
    assert not found.confident
    (entry,) = found.resolved
    assert (entry.read, dict(entry.alternatives)) == ("N", {"M": 0.5, "N": 1.0})


def test_the_third_is_heard_and_never_outvotes() -> None:
    other = zone(changed(TD3, 2, 4, "B"))
    found = both(zone(), other, zone(changed(TD3, 2, 4, "B"), confidence=1.0))
    assert found.lines == TD3
    assert not found.confident
    assert "passporteye reads B" in found.resolved[0].reason


def test_the_third_is_asked_only_where_they_differ() -> None:
    third = Fixed("passporteye", zone())
    engine = ConsensusEngine(Fixed("onnx", zone()), Fixed("tesseract", zone()), third)
    engine.read(page(TD3))
    assert third.asked == 0


def test_a_dropped_character_shifts_nothing_else() -> None:
    short = (TD3[0][:30] + TD3[0][31:], TD3[1])
    found = both(zone(), zone(short))
    assert found.lines == TD3
    assert not found.confident
    assert len(found.resolved) == 1
    assert "tesseract reads nothing" in found.resolved[0].reason


def test_a_character_too_many_is_shown_beside_its_neighbour() -> None:
    long = (TD3[0], TD3[1][:4] + "Q" + TD3[1][4:])
    found = both(zone(), zone(long))
    assert found.lines == TD3
    assert not found.confident
    (entry,) = found.resolved
    assert (entry.line, entry.column) == (2, 4)
    assert "tesseract has more characters beside it" in entry.reason


def test_a_line_that_one_did_not_see_is_shown_whole() -> None:
    found = both(zone(), zone((TD3[1],)))
    assert found.lines == TD3
    assert not found.confident
    assert {entry.line for entry in found.resolved} == {1}
    assert any("1" in p.message and "2" in p.message for p in found.problems if p.line is None)


def test_a_zone_that_only_one_saw_is_not_confident() -> None:
    engine = ConsensusEngine(Fixed("onnx", zone()), Fixed("tesseract"), Fixed("passporteye"))
    (found,) = engine.read(page(TD3))
    assert found.lines == TD3
    assert not found.confident
    assert [p.id for p in found.problems] == ["engine.alone"]
    assert alone(Witness("onnx", zone()), "tesseract") == found


def test_what_only_tesseract_saw_needs_the_shape_of_a_zone() -> None:
    pattern = zone(("<KK<K<KKKK<<K<KKKK<KK<KK",), quad=FAR)
    engine = ConsensusEngine(
        Fixed("onnx"), Fixed("tesseract", pattern, zone(TD2)), Fixed("passporteye")
    )
    (found,) = engine.read(page(TD3))
    assert found.lines == TD2
    assert not found.confident


def test_zones_are_paired_by_place() -> None:
    engine = ConsensusEngine(
        Fixed("onnx", zone(TD3), zone(TD2, quad=FAR)),
        Fixed("tesseract", zone(TD2, quad=FAR), zone(TD3)),
        Fixed("passporteye"),
    )
    found = engine.read(page(TD3))
    assert [z.lines for z in found] == [TD3, TD2]
    assert all(z.confident for z in found)
    assert not same_place(zone(), zone(quad=FAR))
    assert not same_place(zone(), zone(quad=None))
