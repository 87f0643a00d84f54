"""The app in NiceGUI: a page of its own per visitor, and its elements are updated in place."""

import sys

from nicegui import ui

from benchmarks.ui import work


@ui.page("/")
def page() -> None:
    """Five sliders, a chart and a table."""

    def redraw() -> None:
        weights = [slider.value for slider in sliders]
        chart.update_figure(work.figure(weights))
        table.rows = work.records(weights)

    sliders = []
    for name in work.CRITERIA:
        ui.label(name)
        sliders.append(
            ui.slider(min=work.LOWEST, max=work.HIGHEST, step=1, value=work.START, on_change=redraw)
        )
    start = [work.START] * len(work.CRITERIA)
    chart = ui.plotly(work.figure(start)).classes("w-full")
    table = ui.table(
        columns=[{"name": name, "label": name, "field": name} for name in work.COLUMNS],
        rows=work.records(start),
        row_key="Item",
    )


ui.run(host="127.0.0.1", port=int(sys.argv[1]), reload=False, show=False)
