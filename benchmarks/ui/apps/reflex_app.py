"""The app in Reflex: a state whose computed vars are the chart and the table."""

import plotly.graph_objects as go
import reflex as rx

from benchmarks.ui import work


class State(rx.State):
    """The five weights, and what follows from them."""

    weights: list[int] = [work.START] * len(work.CRITERIA)

    @rx.event
    def change(self, place: int, value: list[int | float]) -> None:
        """The visitor moved a slider."""
        self.weights[place] = int(value[0])

    @rx.var
    def chart(self) -> go.Figure:
        """The chart for these weights."""
        return work.figure(self.weights)

    @rx.var
    def rows(self) -> list[list[str | int]]:
        """The table for these weights."""
        return work.rows(self.weights)


def slider(place: int, name: str) -> rx.Component:
    """One weight with its name."""
    return rx.box(
        rx.text(name),
        rx.slider(
            min=work.LOWEST,
            max=work.HIGHEST,
            step=1,
            default_value=work.START,
            on_change=lambda value: State.change(place, value),
        ),
        width="100%",
    )


def index() -> rx.Component:
    """Five sliders, a chart and a table."""
    return rx.container(
        *(slider(place, name) for place, name in enumerate(work.CRITERIA)),
        rx.plotly(data=State.chart),
        rx.table.root(
            rx.table.header(
                rx.table.row(*(rx.table.column_header_cell(name) for name in work.COLUMNS))
            ),
            rx.table.body(
                rx.foreach(
                    State.rows,
                    lambda row: rx.table.row(rx.foreach(row, rx.table.cell)),
                )
            ),
        ),
    )


app = rx.App()
app.add_page(index)
