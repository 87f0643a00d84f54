"""How far each importance may move before somebody else is first."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from framework_picker.exports.head import Head
from framework_picker.exports.pictures.sheet import (
    ACCENT,
    BAND,
    FAINT,
    INK,
    MARGIN_PX,
    RULE,
    SOFT,
    label,
    plot_area,
    sheet,
    shortened,
)
from framework_picker.exports.rows import Document, named

ROW_PX = 34
HEAD_ROW_PX = 30
NAMES_PX = 230
ENDS_PX = 300
LEVELS = (("doesn't matter", 0), ("a little", 1), ("somewhat", 2), ("a lot", 4), ("decisive", 8))
"""The five levels and their swing points (METHOD section 4); a step apart in the picture."""
LAST = len(LEVELS) - 1


def changes_picture(document: Document, head: Head) -> Figure:
    """One line per importance that can turn the first place: the range in which it stays."""
    intervals = [
        interval for interval in document["intervals"] if interval["below"] or interval["above"]
    ]
    winner = named(document, [document["winner"]])[0] if document["winner"] else "Nobody"
    figure = sheet(
        "What would change the first place",
        f"Each importance alone, all other answers as they are: within the band {winner} stays "
        "first. The dot is the answer now, or the middle weight of an open question."
        if intervals
        else document["no_flip_sentence"] or "No single importance changes the first place.",
        document,
        head,
        body_px=HEAD_ROW_PX + ROW_PX * max(1, len(intervals)) + 8,
    )
    axes = plot_area(figure, left_px=MARGIN_PX + NAMES_PX, right_px=MARGIN_PX + ENDS_PX)
    axes.set_xlim(-0.1, LAST + 0.1)
    if not intervals:
        return figure
    for place, (name, _) in enumerate(LEVELS):
        if place % 2 == 0:
            label(axes, place, HEAD_ROW_PX / 2, name, size=11, color=SOFT, align="center")
    for row, interval in enumerate(intervals):
        middle = HEAD_ROW_PX + ROW_PX * row + ROW_PX / 2
        low = level_place(interval["low"])
        high = LAST if interval["high"] is None else level_place(interval["high"])
        label(axes, -0.1 - 4.2 * NAMES_PX / 350, middle, shortened(interval["name"], 32), size=13)
        axes.plot([0, LAST], [middle] * 2, color=RULE, linewidth=1)
        axes.add_patch(
            Rectangle(
                (low, middle - 7), max(high - low, 0.02), 14, facecolor=BAND, edgecolor=ACCENT, lw=1
            )
        )
        axes.add_line(
            Line2D(
                [level_place(interval["points"])],
                [middle],
                marker="o",
                markersize=6,
                color=INK,
            )
        )
        ends = [
            f"{', '.join(named(document, slugs))} {side}"
            for slugs, side in ((interval["below"], "below"), (interval["above"], "above"))
            if slugs
        ]
        label(axes, LAST + 0.35, middle, shortened("; ".join(ends), 44), size=12, color=SOFT)
    label(axes, LAST + 0.35, HEAD_ROW_PX / 2, "takes over", size=11, color=FAINT)
    return figure


def level_place(points: float) -> float:
    """Where swing points stand on a scale whose levels are one step apart; at most the last."""
    for place, ((_, low), (_, high)) in enumerate(pairwise(LEVELS)):
        if points <= high:
            return place + (points - low) / (high - low)
    return float(LAST)
