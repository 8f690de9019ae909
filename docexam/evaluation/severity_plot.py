"""Catch against severity, one small chart an attack, as one self-contained SVG."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.evaluation.figures import AttackFigures, Figures

COLUMNS = 4
CELL_W, CELL_H = 250, 176
LEFT, TOP, PLOT_W, PLOT_H = 40, 40, 190, 100
HEAD = 46


WITHOUT, WITH = ("#7aa6d6", "#1f5fa8"), ("#e0b48a", "#b4571e")
"""(bar, point) of figures without and with a document model."""
APART = 9
"""How far two points of one severity are drawn apart."""


def severity_plot(without: Figures, with_model: Figures | None = None) -> str:
    """The SVG; attacks that no check of the run could see are left out. "" without any."""
    series = (
        [(without, WITHOUT)] if with_model is None else [(without, WITHOUT), (with_model, WITH)]
    )
    groups: dict[str, list[list[AttackFigures]]] = defaultdict(lambda: [[] for _ in series])
    for at, (figures, _) in enumerate(series):
        for each in figures.by_severity:
            if each.caught.of and each.severity is not None:
                groups[each.attack][at].append(each)
    if not groups:
        return ""
    rows = -(-len(groups) // COLUMNS)
    width, height = COLUMNS * CELL_W, HEAD + rows * CELL_H
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="11" fill="#222">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="12" y="20" font-size="15">Caught in %, by severity of the attack</text>',
        f'<text x="12" y="37" fill="#666">{escape(without.mode)}; '
        f"{_legend(with_model is not None)}; "
        "bars: 95 % interval (Wilson); number above: n</text>",
    ]
    for at, (name, points) in enumerate(groups.items()):
        x, y = at % COLUMNS * CELL_W, HEAD + at // COLUMNS * CELL_H
        parts += [f'<g transform="translate({x} {y})">', *_axes(name)]
        for number, (own, (_, colours)) in enumerate(zip(points, series, strict=True)):
            aside = APART * (number - (len(series) - 1) / 2)
            parts += _points(own, colours, aside, number)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend(both: bool) -> str:
    if not both:
        return "no document model"
    return (
        f'<tspan fill="{WITHOUT[1]}">without a document model</tspan>, '
        f'<tspan fill="{WITH[1]}">with one</tspan>'
    )


def _px(severity: float) -> float:
    return LEFT + PLOT_W * severity


def _py(share: float) -> float:
    return TOP + PLOT_H * (1 - share)


def _axes(name: str) -> list[str]:
    parts = [f'<text x="{LEFT}" y="10">{escape(name)}</text>']
    parts += [
        f'<line x1="{LEFT}" x2="{LEFT + PLOT_W}" y1="{_py(share):.1f}" y2="{_py(share):.1f}" '
        'stroke="#ddd"/>'
        f'<text x="{LEFT - 5}" y="{_py(share) + 4:.1f}" text-anchor="end" fill="#666">'
        f"{100 * share:.0f}</text>"
        for share in (0.0, 0.5, 1.0)
    ]
    parts += [
        f'<text x="{_px(severity):.1f}" y="{TOP + PLOT_H + 15}" text-anchor="middle" '
        f'fill="#666">{severity:g}</text>'
        for severity in (0.0, 0.5, 1.0)
    ]
    return parts


def _points(
    points: list[AttackFigures], colours: tuple[str, str], aside: float, number: int
) -> list[str]:
    parts, line = [], []
    bar, dot = colours
    for each in points:
        x, (low, high) = _px(each.severity or 0.0) + aside, each.caught.interval
        y = _py(each.caught.count / each.caught.of)
        line.append(f"{x:.1f},{y:.1f}")
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_py(low):.1f}" y2="{_py(high):.1f}" '
            f'stroke="{bar}" stroke-width="3"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{dot}"/>'
            f'<text x="{x:.1f}" y="{TOP - 7 - 9 * number}" text-anchor="middle" fill="{dot}" '
            f'font-size="9">{each.caught.of}</text>'
        )
    if len(line) > 1:
        parts.append(f'<polyline points="{" ".join(line)}" fill="none" stroke="{dot}"/>')
    return parts
