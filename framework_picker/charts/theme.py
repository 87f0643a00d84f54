"""The one look of all figures.

A figure cannot read the page's colour tokens. It is drawn in mid-tones on a transparent ground,
legible on light and dark; ``assets/styles.css`` (``.chart``) then lays the tokens over the svg, so
that a change of theme needs no script and no second drawing.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

MID_INK = "#77746c"
MID_RULE = "rgba(128,124,114,0.35)"
MID_LINE = "#3f79bd"

THOUSANDS = "\u202f"

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showTips": False,
    "doubleClick": False,
    "scrollZoom": False,
    "plotlyServerURL": "",
    "showLink": False,
    "showSendToCloud": False,
    "topojsonURL": "",
    "locale": "en",
}
"""Plotly's settings: no logo, no button that leads anywhere else, nothing fetched."""


def finish(figure: go.Figure) -> go.Figure:
    """The figure without Plotly's template, in the app's look.

    Dragging does nothing, so that a finger on a chart scrolls the page; reading a value needs
    only pointing.
    """
    figure.update_layout(
        template=None,
        autosize=True,
        margin={"l": 8, "r": 72, "t": 20, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "Inter, Inter fallback, system-ui, sans-serif", "size": 13},
        font_color=MID_INK,
        showlegend=False,
        hovermode="x unified",
        dragmode=False,
        separators=f".{THOUSANDS}",
        hoverlabel={"align": "left"},
    )
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**{**axis, "showgrid": True, "gridcolor": MID_RULE})
    return figure
