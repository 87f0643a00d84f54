"""Why the first and not the runner-up: the steps from one score to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from framework_picker.domain.scoring import HeadToHead
from framework_picker.domain.waterfall import Step, waterfall
from framework_picker.exports.head import Head
from framework_picker.exports.pictures.sheet import (
    ACCENT,
    FAINT,
    MARGIN_PX,
    REGULAR,
    RULE,
    STRONG,
    WARN,
    label,
    plot_area,
    sheet,
)
from framework_picker.exports.rows import Document

ROW_PX = 32
BAR_PX = 18
NAMES_PX = 290
FIGURES_PX = 70
MINUS = "−"


def waterfall_picture(document: Document, head: Head) -> Figure:
    """One bar per step; the steps shown add up to the difference of the two scores shown."""
    pair = document["ranking"][:2]
    if len(pair) < 2:
        return sheet(
            head.heading,
            "There is nobody to compare the first place with.",
            document,
            head,
            body_px=ROW_PX,
        )
    first, second = pair
    steps = waterfall_steps(document, first, second)
    figure = sheet(
        f"Why {first['name']} and not {second['name']}",
        f"From the {second['name']} score to the {first['name']} score, criterion by criterion; "
        f"the two scores' bars are cut at the left. {head.heading}",
        document,
        head,
        body_px=ROW_PX * len(steps) + 8,
    )
    axes = plot_area(figure, left_px=MARGIN_PX + NAMES_PX, right_px=MARGIN_PX + FIGURES_PX)
    # The bars of the two scores start at zero and would leave no room for the steps between.
    between = [step for step in steps if step.kind in ("for", "against")]
    ends = [end for step in between for end in (step.low, step.high)] or [0.0, 100.0]
    room = max(max(ends) - min(ends), 1.0)
    low, high = max(0.0, min(ends) - 0.35 * room), max(ends) + 0.06 * room
    axes.set_xlim(low, high)
    for place, step in enumerate(steps):
        middle = ROW_PX * place + ROW_PX / 2
        is_end = step.kind in ("start", "end")
        axes.plot([low, high], [middle + ROW_PX / 2] * 2, color=RULE, linewidth=0.6)
        label(
            axes,
            low - (high - low) * NAMES_PX / 560 + 1e-9,
            middle,
            step.label,
            size=14,
            weight=STRONG if is_end else REGULAR,
        )
        left = max(step.low, low)
        color = FAINT if is_end else ACCENT if step.kind == "for" else WARN
        axes.add_patch(
            Rectangle((left, middle - BAR_PX / 2), step.high - left, BAR_PX, color=color, lw=0)
        )
        label(
            axes,
            high + (high - low) * FIGURES_PX / 560,
            middle,
            figure_of(step),
            size=14,
            weight=STRONG,
            align="right",
        )
    return figure


def waterfall_steps(
    document: Document, first: Mapping[str, Any], second: Mapping[str, Any]
) -> tuple[Step, ...]:
    """The steps from the second's score to the first's, as the page shows them."""
    own = {part["criterion"]: part["points"] for part in first["contributions"]}
    other = {part["criterion"]: part["points"] for part in second["contributions"]}
    differences = sorted(
        ((criterion, own[criterion] - other[criterion]) for criterion in own),
        key=lambda entry: (-entry[1], entry[0]),
    )
    return waterfall(
        HeadToHead(
            first["slug"], second["slug"], first["score"] - second["score"], tuple(differences)
        ),
        scores={row["slug"]: row["score"] for row in (first, second)},
        names={row["slug"]: row["name"] for row in (first, second)},
        criterion_names={weight["criterion"]: weight["name"] for weight in document["weights"]},
    )


def figure_of(step: Step) -> str:
    """What is written beside a bar: the score itself, or a signed difference."""
    if step.kind in ("start", "end"):
        return f"{step.points:.1f}"
    return f"{'+' if step.points > 0 else MINUS}{abs(step.points):.1f}"
