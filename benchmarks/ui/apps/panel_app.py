"""The app in Panel: the sliders are bound to the functions that draw the chart and the table."""

import pandas as pd
import panel as pn

from benchmarks.ui import work

pn.extension("plotly")

sliders = [
    pn.widgets.IntSlider(name=name, start=work.LOWEST, end=work.HIGHEST, value=work.START)
    for name in work.CRITERIA
]


def chart(*weights: float) -> object:
    """The chart for these weights."""
    return work.figure(weights)


def table(*weights: float) -> object:
    """The table for these weights."""
    return pd.DataFrame(work.records(weights))


pn.Column(
    *sliders,
    pn.pane.Plotly(pn.bind(chart, *sliders)),
    pn.pane.DataFrame(pn.bind(table, *sliders), index=False),
).servable()
