"""The app in Dash: one callback from five inputs to two outputs."""

from dash import Dash, Input, Output, dcc, html

from benchmarks.ui import work

app = Dash(__name__, compress=True)
server = app.server
app.layout = html.Div(
    [
        *(
            html.Div(
                [
                    html.Label(name),
                    dcc.Slider(work.LOWEST, work.HIGHEST, step=1, value=work.START, id=name),
                ]
            )
            for name in work.CRITERIA
        ),
        dcc.Graph(id="chart"),
        html.Table(
            [html.Thead(html.Tr([html.Th(name) for name in work.COLUMNS])), html.Tbody(id="table")]
        ),
    ]
)


@app.callback(
    Output("chart", "figure"),
    Output("table", "children"),
    [Input(name, "value") for name in work.CRITERIA],
)
def redraw(*weights: float) -> tuple[object, list[object]]:
    """The chart and the table's rows for these weights."""
    rows = [html.Tr([html.Td(cell) for cell in row]) for row in work.rows(weights)]
    return work.figure(weights), rows
