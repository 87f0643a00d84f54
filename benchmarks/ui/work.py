"""What every app computes: ten items, five numbers each, and a weighted sum of them.

The apps and the driver share this arithmetic, so all do the same work and the driver knows which
numbers must appear. Scores stay below 1000: no framework has to choose a thousands separator.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

CRITERIA = ("Cost", "Speed", "Size", "Safety", "Style")
LOWEST, HIGHEST, START = 0, 10, 5
ITEMS: dict[str, tuple[int, int, int, int, int]] = {
    "Alder": (12, 3, 17, 8, 5),
    "Birch": (4, 19, 2, 11, 9),
    "Cedar": (16, 7, 13, 1, 14),
    "Dogwood": (9, 12, 6, 18, 3),
    "Elm": (1, 15, 10, 5, 19),
    "Fir": (18, 2, 8, 13, 7),
    "Ginkgo": (6, 10, 19, 4, 12),
    "Hazel": (14, 17, 4, 9, 1),
    "Ivy": (3, 8, 15, 16, 10),
    "Juniper": (11, 5, 1, 19, 17),
}
COLUMNS = ("Item", *CRITERIA, "Score")


def scores(weights: Sequence[float]) -> list[int]:
    """The weighted sum of each item, in the items' order."""
    return [
        sum(int(weight) * value for weight, value in zip(weights, values, strict=True))
        for values in ITEMS.values()
    ]


def rows(weights: Sequence[float]) -> list[list[str | int]]:
    """The table: name, five numbers and score of each item."""
    return [
        [name, *values, score]
        for (name, values), score in zip(ITEMS.items(), scores(weights), strict=True)
    ]


def records(weights: Sequence[float]) -> list[dict[str, str | int]]:
    """The same table, each row with the names of its columns."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows(weights)]


def figure(weights: Sequence[float]) -> "go.Figure":
    """The chart: one bar per item, with its score as text above it."""
    import plotly.graph_objects as go

    found = scores(weights)
    bars: Any = go.Bar(
        x=list(ITEMS), y=found, text=[str(score) for score in found], textposition="outside"
    )
    return go.Figure(bars, layout={"height": 400, "yaxis": {"range": [0, 1000]}})
