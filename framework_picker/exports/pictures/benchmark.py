"""A chart of the benchmarks as a picture: a dot for every sample, a line for the middle."""

from __future__ import annotations

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framework_picker.domain.benchmark_charts import Chart, ChartRow
from framework_picker.exports.head import one_line
from framework_picker.exports.pictures.sheet import (
    ACCENT,
    FAINT,
    FOOT_PX,
    HEAD_PX,
    INK,
    MARGIN_PX,
    PAPER,
    PIXELS_PER_INCH,
    RULE,
    SOFT,
    STRONG,
    SUBTITLE_LETTERS,
    TITLE_LETTERS,
    WIDTH_PX,
    label,
    plot_area,
    shortened,
    write,
)

AXIS_PX = 34
ROW_PX = 26
DETAILED_ROW_PX = 36
LEFT_PX, RIGHT_PX = 250, 150
NOTES_PX = 20
DETAIL_LETTERS = 38
MOST_ROWS = 60
ORIGIN_LETTERS = 150
FOOT_LINE_PX = 17


def benchmark_picture(chart: Chart, address: str) -> Figure:
    """The chart with its title, what it does not say, its date, source and address."""
    rows = chart.rows[:MOST_ROWS]
    row_px = DETAILED_ROW_PX if any(row.detail for row in rows) else ROW_PX
    left_out = len(chart.rows) - len(rows)
    notes = [*(["Preliminary: fewer rounds than a full run."] if chart.is_preliminary else [])]
    notes += [chart.few_samples] if chart.few_samples else []
    notes += [chart.caveat] if chart.caveat else []
    notes += [f"Limits of this test: {chart.says_not}"] if chart.says_not else []
    notes += [f"and {left_out} more"] if left_out else []
    notes += [line for text in chart.absent[:3] for line in wrap(one_line(text), SUBTITLE_LETTERS)]
    body_px = AXIS_PX + row_px * max(1, len(rows)) + NOTES_PX * len(notes) + 8
    origin = wrap(one_line(f"{chart.on} · {chart.source}"), ORIGIN_LETTERS)[:2]
    foot_px = FOOT_PX + FOOT_LINE_PX * (len(origin) - 1)
    height_px = HEAD_PX + body_px + foot_px
    figure = Figure(
        figsize=(WIDTH_PX / PIXELS_PER_INCH, height_px / PIXELS_PER_INCH),
        dpi=PIXELS_PER_INCH,
        facecolor=PAPER,
    )
    write(figure, MARGIN_PX, 40, shortened(chart.title, TITLE_LETTERS), size=19, weight=STRONG)
    subtitle = f"{chart.subtitle} {chart.direction}."
    for place, text in enumerate(wrap(one_line(subtitle), SUBTITLE_LETTERS)[:2]):
        write(figure, MARGIN_PX, 64 + 18 * place, text, size=13, color=SOFT)
    axes = plot_area(figure, left_px=LEFT_PX, right_px=RIGHT_PX)
    # The sheet's foot may be a line higher than that of other pictures.
    axes.set_ylim(height_px - HEAD_PX - FOOT_PX, 0)
    axes.set_xlim(0, 100)
    _axis(axes, chart, AXIS_PX + row_px * len(rows))
    for place, row in enumerate(rows):
        _row(axes, row, AXIS_PX + row_px * (place + 0.5), row_px)
    for place, text in enumerate(notes):
        y = HEAD_PX + AXIS_PX + row_px * max(1, len(rows)) + NOTES_PX * (place + 1)
        write(figure, MARGIN_PX, y, shortened(text, 150), size=12, color=SOFT)
    foot = height_px - 34 - FOOT_LINE_PX * (len(origin) - 1)
    for place, text in enumerate([*origin, shortened(address, ORIGIN_LETTERS)]):
        write(figure, MARGIN_PX, foot + FOOT_LINE_PX * place, text, size=11, color=FAINT)
    return figure


def _axis(axes: Axes, chart: Chart, bottom: float) -> None:
    for tick in chart.ticks:
        axes.plot(
            [tick.position] * 2, [AXIS_PX - 8, bottom], color=RULE, linewidth=0.8, clip_on=False
        )
        label(axes, tick.position, AXIS_PX - 18, tick.label, size=11, color=FAINT, align="center")
    unit = chart.metric.unit + (" (log scale)" if chart.scale == "log" else "")
    label(axes, 103, AXIS_PX - 34, unit, size=11, color=FAINT)


def _row(axes: Axes, row: ChartRow, middle: float, row_px: float) -> None:
    share = 100 / (WIDTH_PX - LEFT_PX - RIGHT_PX)  # one pixel, in percent of the axis
    if row.is_group_start:
        edge = middle - row_px / 2
        axes.plot(
            [-LEFT_PX * share + MARGIN_PX * share, 122],
            [edge, edge],
            color=RULE,
            linewidth=0.8,
            clip_on=False,
        )
    left = -(LEFT_PX - MARGIN_PX - 26) * share
    if row.place:
        place = f"{row.place}{'=' if row.is_level else ''}"
        label(axes, left - 6 * share, middle, place, size=11, color=FAINT, align="right")
    name_y = middle - 7 if row.detail else middle
    colour = SOFT if row.is_bare else INK
    label(axes, left, name_y, row.label, size=13, color=colour, weight=400 if row.is_bare else 550)
    if row.detail:
        detail = shortened(row.detail, DETAIL_LETTERS)
        label(axes, left, middle + 9, detail, size=10.5, color=FAINT)
    if row.dots:
        axes.plot([row.low, row.high], [middle] * 2, color=ACCENT, linewidth=1.2, clip_on=False)
        axes.plot(
            row.dots,
            [middle] * len(row.dots),
            linestyle="",
            marker="o",
            markersize=4.2,
            markerfacecolor=PAPER,
            markeredgecolor=ACCENT,
            markeredgewidth=1.0,
            clip_on=False,
        )
        axes.plot([row.middle] * 2, [middle - 7, middle + 7], color=INK, linewidth=2, clip_on=False)
    else:
        axes.plot(
            [row.middle],
            [middle],
            linestyle="",
            marker="o",
            markersize=7,
            markerfacecolor=ACCENT,
            markeredgecolor=ACCENT,
            clip_on=False,
        )
    label(axes, 103, middle, row.figure, size=13, weight=STRONG if not row.is_bare else 400)
    count = f"n = {row.count}" if row.dots else (f"grade {row.grade}" if row.grade else "")
    label(axes, 122, middle, count, size=10.5, color=FAINT, align="right")
