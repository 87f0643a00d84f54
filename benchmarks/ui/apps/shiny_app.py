"""The app in Shiny for Python, in its Express form.

The chart is made once and then changed, as Shiny's documentation advises for widgets: rendered
anew, shinywidgets sends Plotly's whole script with each change.
"""

import pandas as pd
from shiny import reactive
from shiny.express import input, render, ui  # noqa: A004
from shinywidgets import render_plotly

from benchmarks.ui import work

for name in work.CRITERIA:
    ui.input_slider(name, name, work.LOWEST, work.HIGHEST, work.START)


@reactive.calc
def weights() -> list[float]:
    """What the five sliders say."""
    return [input[name]() for name in work.CRITERIA]


@render_plotly
def chart() -> object:
    """The chart as it is at first."""
    return work.figure([work.START] * len(work.CRITERIA))


@reactive.effect
def redraw() -> None:
    """The bars follow the weights."""
    found = work.scores(weights())
    with chart.widget.batch_update():
        chart.widget.data[0].y = found
        chart.widget.data[0].text = [str(score) for score in found]


@render.table
def table() -> object:
    """The table."""
    return pd.DataFrame(work.records(weights()))
