"""The ranking as stacked bars: who has how many points, and from which group of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from framework_picker.exports.head import Head
from framework_picker.exports.pictures.sheet import (
    FAINT,
    GROUPS,
    INK,
    MARGIN_PX,
    RULE,
    SOFT,
    STRONG,
    WIDTH_PX,
    label,
    plot_area,
    sheet,
    width_px,
)
from framework_picker.exports.rows import Document, ranked_rows

MOST = 12
ROW_PX = 30
BAR_PX = 18
KEY_PX = 34
NAMES_PX = 190
FIGURES_PX = 130


def ranking_picture(document: Document, head: Head) -> Figure:
    """One bar per framework, best first, at most twelve; the bar's parts add up to its score."""
    ranking = document["ranking"][:MOST]
    rows = ranked_rows(document)[:MOST]
    left_out = len(document["ranking"]) - len(ranking)
    figure = sheet(
        head.heading,
        document["sentence"],
        document,
        head,
        body_px=KEY_PX + ROW_PX * max(1, len(ranking)) + 24,
    )
    axes = plot_area(figure, left_px=MARGIN_PX + NAMES_PX, right_px=MARGIN_PX + FIGURES_PX)
    axes.set_xlim(0, 100)
    groups = _groups(document)
    per_px = 100 / (WIDTH_PX - 2 * MARGIN_PX - NAMES_PX - FIGURES_PX)
    at = 0.0
    for colour, name in zip(GROUPS, groups.values(), strict=False):
        axes.add_patch(Rectangle((at, 3), 10 * per_px, 10, color=colour, linewidth=0))
        label(axes, at + 15 * per_px, 8, name, size=12, color=SOFT)
        at += (15 + width_px(name, 12) + 22) * per_px
    if not ranking:
        label(axes, 0, KEY_PX + ROW_PX / 2, "No framework meets every must-have.", color=INK)
    for place, (ranked, row) in enumerate(zip(ranking, rows, strict=True)):
        middle = KEY_PX + ROW_PX * place + ROW_PX / 2
        is_first = row.rank == 1
        axes.plot([-29, 118], [middle + ROW_PX / 2] * 2, color=RULE, linewidth=0.6, clip_on=False)
        label(axes, -26.5, middle, str(row.rank), size=13, color=FAINT, align="right")
        label(axes, -25, middle, row.name, size=14, weight=STRONG if is_first else 400)
        start = 0.0
        for group, colour in zip(groups, GROUPS, strict=False):
            width = _points(document, ranked, group)
            if width > 0:
                axes.add_patch(
                    Rectangle(
                        (start, middle - BAR_PX / 2), width, BAR_PX, color=colour, linewidth=0
                    )
                )
            start += width
        label(axes, start + 1.2, middle, row.score, size=14, weight=STRONG)
        label(
            axes,
            118,
            middle,
            f"first in {row.first_of_hundred}" if row.first_of_hundred else row.mark,
            size=12,
            color=SOFT,
            align="right",
        )
    if left_out:
        label(
            axes,
            -25,
            KEY_PX + ROW_PX * len(ranking) + 14,
            f"and {left_out} more",
            size=12,
            color=FAINT,
        )
    return figure


def _groups(document: Document) -> dict[str, str]:
    """Group ids and names in the page's order, so that each has its colour of the page.

    A decision of an older version of the app may lack the places; its groups keep their order.
    """
    weights = sorted(document["weights"], key=lambda weight: weight.get("group_place", 0))
    return {weight["group"]: weight["group_name"] for weight in weights}


def _points(document: Document, ranked: Mapping[str, Any], group: str) -> float:
    inside = {weight["criterion"] for weight in document["weights"] if weight["group"] == group}
    points = [part["points"] for part in ranked["contributions"] if part["criterion"] in inside]
    return float(sum(points))
