"""Community counts over time, as figures to point at: stars, downloads, rank by downloads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from framework_picker.charts import theme
from framework_picker.domain.community import LONGEST_STEP_DAYS, Break, Point, RankPoint
from framework_picker.domain.readings import about, number

Figure = go.Figure

FEWEST_YEARS = 3
MOST_YEARS = 5
"""Labels on a time axis; more do not fit on a phone."""


def stars_figure(points: Sequence[Point]) -> go.Figure:
    """Stars of the repository, one point a month, from zero."""
    figure = go.Figure(
        go.Scatter(
            x=[point.on.isoformat() for point in points],
            y=[point.value for point in points],
            mode="lines",
            line={"color": theme.MID_LINE, "width": 2},
            hovertemplate="%{y:,.0f} stars<extra></extra>",
        )
    )
    figure.update_yaxes(rangemode="tozero", tickformat=",.0f", nticks=5)
    _months(figure, points[0].on, points[-1].on)
    _end_label(figure, points[-1].on, points[-1].value, number(points[-1].value))
    return theme.finish(figure)


def downloads_figure(segments: Sequence[Sequence[Point]], breaks: Sequence[Break]) -> go.Figure:
    """Downloads per day on a logarithmic scale.

    One line per segment, never joined across a break; each break is a dotted line with its
    number, and the text below the chart says what changed.
    """
    figure = go.Figure()
    for segment in segments:
        figure.add_trace(
            go.Scatter(
                x=[point.on.isoformat() for point in segment],
                y=[point.value for point in segment],
                mode="lines+markers" if len(segment) == 1 else "lines",
                line={"color": theme.MID_LINE, "width": 2},
                marker={"color": theme.MID_LINE, "size": 5},
                hovertemplate="%{y:,.0f} a day<extra></extra>",
            )
        )
    values = [point.value for segment in segments for point in segment]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    powers = range(low, high + 1)
    figure.update_yaxes(
        type="log",
        range=[low, high],
        tickvals=[10**power for power in powers],
        ticktext=[number(10**power) for power in powers],
    )
    first, last = segments[0][0].on, segments[-1][-1]
    _months(figure, first, last.on)
    for end in breaks:
        if end.on > first:
            _break_line(figure, end)
    _end_label(figure, last.on, math.log10(last.value), about(last.value))
    return theme.finish(figure)


def rank_figure(ranks: Sequence[RankPoint]) -> go.Figure:
    """The place by downloads among the listed frameworks, first place on top."""
    figure = go.Figure()
    for run in _runs(ranks):
        figure.add_trace(
            go.Scatter(
                x=[point.on.isoformat() for point in run],
                y=[point.rank for point in run],
                customdata=[point.listed for point in run],
                mode="lines+markers" if len(run) == 1 else "lines",
                line={"color": theme.MID_LINE, "width": 2, "shape": "hv"},
                marker={"color": theme.MID_LINE, "size": 5},
                hovertemplate="place %{y} of %{customdata}<extra></extra>",
            )
        )
    last_place = max(point.listed for point in ranks)
    figure.update_yaxes(
        range=[last_place + 0.5, 0.5],
        tickvals=[1, *range(5, last_place + 1, 5)],
    )
    _months(figure, ranks[0].on, ranks[-1].on)
    _end_label(figure, ranks[-1].on, ranks[-1].rank, _ordinal(ranks[-1].rank))
    return theme.finish(figure)


def _runs(ranks: Sequence[RankPoint]) -> list[list[RankPoint]]:
    """Months without a gap between them."""
    runs: list[list[RankPoint]] = []
    for point in ranks:
        if runs and (point.on - runs[-1][-1].on).days <= LONGEST_STEP_DAYS:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _months(figure: go.Figure, first: date, last: date) -> None:
    """A time axis from the first to the last reading: years, or half-years for a short one."""
    marks = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(marks) < FEWEST_YEARS:
        marks = [
            mark
            for year in range(first.year, last.year + 1)
            for mark in (date(year, 1, 1), date(year, 7, 1))
            if first <= mark <= last
        ]
        words = [f"{mark:%Y-%m}" for mark in marks]
    else:
        # Counted from the end, so that the newest year always has its label.
        marks = marks[:: -math.ceil(len(marks) / MOST_YEARS)][::-1]
        words = [str(mark.year) for mark in marks]
    room = timedelta(days=max(15, (last - first).days // 60))
    figure.update_xaxes(
        type="date",
        hoverformat="%Y-%m",
        range=[(first - room).isoformat(), (last + room).isoformat()],
        tickvals=[mark.isoformat() for mark in marks],
        ticktext=words,
    )


def _break_line(figure: go.Figure, end: Break) -> None:
    figure.add_shape(
        type="line",
        x0=end.on.isoformat(),
        x1=end.on.isoformat(),
        y0=0,
        y1=1,
        yref="paper",
        line={"color": theme.MID_INK, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(
        x=end.on.isoformat(),
        y=1,
        yref="paper",
        yanchor="bottom",
        text=end.label,
        showarrow=False,
    )


def _end_label(figure: go.Figure, on: date, height: float, words: str) -> None:
    figure.add_annotation(
        x=on.isoformat(),
        y=height,
        text=words,
        showarrow=False,
        xanchor="left",
        xshift=6,
        name="end",
    )


def _ordinal(place: int) -> str:
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
