"""Catch against severity, one small chart an attack, as one self-contained SVG."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.evaluation.figures import AttackFigures, Figures

COLUMNS = 4
CELL_W, CELL_H = 250, 170
LEFT, TOP, PLOT_W, PLOT_H = 40, 34, 190, 100
HEAD = 46


def severity_plot(figures: Figures) -> str:
    """The SVG; attacks that no check of the run could see are left out. "" without any."""
    groups: dict[str, list[AttackFigures]] = defaultdict(list)
    for each in figures.by_severity:
        if each.caught.of and each.severity is not None:
            groups[each.attack].append(each)
    if not groups:
        return ""
    rows = -(-len(groups) // COLUMNS)
    width, height = COLUMNS * CELL_W, HEAD + rows * CELL_H
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="11" fill="#222">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="12" y="20" font-size="15">Caught in %, by severity of the attack</text>',
        f'<text x="12" y="37" fill="#666">{escape(figures.mode)}, no document model; '
        "bars: 95 % interval (Wilson); number above: n</text>",
    ]
    for at, (name, points) in enumerate(groups.items()):
        x, y = at % COLUMNS * CELL_W, HEAD + at // COLUMNS * CELL_H
        parts += [f'<g transform="translate({x} {y})">', *_chart(name, points), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _chart(name: str, points: list[AttackFigures]) -> list[str]:
    def px(severity: float) -> float:
        return LEFT + PLOT_W * severity

    def py(share: float) -> float:
        return TOP + PLOT_H * (1 - share)

    parts = [f'<text x="{LEFT}" y="12">{escape(name)}</text>']
    parts += [
        f'<line x1="{LEFT}" x2="{LEFT + PLOT_W}" y1="{py(share):.1f}" y2="{py(share):.1f}" '
        'stroke="#ddd"/>'
        f'<text x="{LEFT - 5}" y="{py(share) + 4:.1f}" text-anchor="end" fill="#666">'
        f"{100 * share:.0f}</text>"
        for share in (0.0, 0.5, 1.0)
    ]
    parts += [
        f'<text x="{px(severity):.1f}" y="{TOP + PLOT_H + 15}" text-anchor="middle" '
        f'fill="#666">{severity:g}</text>'
        for severity in (0.0, 0.5, 1.0)
    ]
    line = []
    for each in points:
        x, (low, high) = px(each.severity or 0.0), each.caught.interval
        y = py(each.caught.count / each.caught.of)
        line.append(f"{x:.1f},{y:.1f}")
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{py(low):.1f}" y2="{py(high):.1f}" '
            'stroke="#7aa6d6" stroke-width="3"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f5fa8"/>'
            f'<text x="{x:.1f}" y="{TOP - 7}" text-anchor="middle" fill="#666" font-size="10">'
            f"{each.caught.of}</text>"
        )
    if len(line) > 1:
        parts.append(f'<polyline points="{" ".join(line)}" fill="none" stroke="#1f5fa8"/>')
    return parts
