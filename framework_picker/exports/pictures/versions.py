"""How often each framework comes on which place in plausible readings of the answers."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from framework_picker.exports.head import Head
from framework_picker.exports.pictures.sheet import (
    ACCENT,
    INK,
    MARGIN_PX,
    PAPER,
    REGULAR,
    RULE,
    SOFT,
    STRONG,
    label,
    plot_area,
    sheet,
)
from framework_picker.exports.rows import Document

MOST = 8
PLACES = 5
ROW_PX = 34
HEAD_ROW_PX = 26
NAMES_PX = 200
DARKEST = 0.85
"""Opacity of a share of 100 %; a root lifts small shares, which would vanish."""
DARK_TEXT_BELOW = 0.66


def versions_picture(document: Document, head: Head) -> Figure:
    """A table of shares, shaded: rows frameworks, columns places, in counts of 100 readings."""
    rows = [row for row in document["ranking"] if row["acceptability"]][:MOST]
    samples = document["robustness"]["samples"]
    figure = sheet(
        "100 plausible readings of the answers",
        f"Each framework's place in them, of {samples} sampled readings. {document['sureness']}"
        if rows
        else "Fewer than two frameworks are left: there is nothing to sample.",
        document,
        head,
        body_px=HEAD_ROW_PX + ROW_PX * max(1, len(rows)) + 8,
    )
    axes = plot_area(figure, left_px=MARGIN_PX + NAMES_PX, right_px=MARGIN_PX)
    most = max((len(row["acceptability"]["by_rank"]) for row in rows), default=1)
    columns = min(PLACES, most)
    has_rest = most > columns
    total = columns + (1 if has_rest else 0)
    axes.set_xlim(0, total)
    for column in range(total):
        name = f"place {column + 1}" if column < columns else f"{columns + 1} or later"
        label(axes, column + 0.5, HEAD_ROW_PX / 2, name, size=12, color=SOFT, align="center")
    for place, row in enumerate(rows):
        middle = HEAD_ROW_PX + ROW_PX * place + ROW_PX / 2
        label(
            axes,
            -total * NAMES_PX / 680,
            middle,
            row["name"],
            size=14,
            weight=STRONG if place == 0 else REGULAR,
        )
        shares = row["acceptability"]["by_rank"]
        cells = [*shares[:columns], *([sum(shares[columns:])] if has_rest else [])]
        for column, share in enumerate(cells):
            opacity = DARKEST * share**0.5
            axes.add_patch(
                Rectangle(
                    (column + 0.02, middle - ROW_PX / 2 + 2),
                    0.96,
                    ROW_PX - 4,
                    facecolor=ACCENT,
                    alpha=opacity,
                    linewidth=0,
                )
            )
            label(
                axes,
                column + 0.5,
                middle,
                count_words(share),
                size=13,
                color=INK if opacity < DARK_TEXT_BELOW else PAPER,
                weight=REGULAR,
                align="center",
            )
        axes.plot([0, total], [middle + ROW_PX / 2] * 2, color=RULE, linewidth=0.6)
    return figure


def count_words(share: float) -> str:
    """A share as a count of 100; a share above zero is never none, one below one never all."""
    if share == 0:
        return "–"
    if share < 0.005:
        return "< 1"
    if 0.995 <= share < 1:
        return "> 99"
    return f"{100 * share:.0f}"
