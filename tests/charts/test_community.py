"""The community figures: what is drawn, what is not joined, what they weigh."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from framework_picker.catalog.current import get_catalog
from framework_picker.charts import theme
from framework_picker.charts.community import downloads_figure, rank_figure, stars_figure
from framework_picker.domain.community import (
    DOWNLOAD_BREAKS,
    Break,
    Point,
    RankPoint,
    download_history,
    download_ranks,
    segments,
    star_history,
)

HEAVIEST = 8_000
"""Characters of a figure as it stands in the page; Django's downloads have about 5,000."""


def content(figure: go.Figure) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(figure.to_json())
    return written


def points(*values: tuple[int, int, float]) -> list[Point]:
    return [Point(date(year, month, 1), value, "list") for year, month, value in values]


def test_stars_start_at_zero_and_end_with_their_number() -> None:
    figure = content(stars_figure(points((2024, 1, 10_500), (2024, 2, 12_000))))

    assert figure["data"][0]["y"] == [10_500, 12_000]
    assert figure["data"][0]["x"] == ["2024-01-01", "2024-02-01"]
    assert figure["layout"]["yaxis"]["rangemode"] == "tozero"
    assert figure["layout"]["annotations"][0]["text"] == "12\u202f000"


def test_downloads_are_logarithmic_and_never_joined_across_a_break() -> None:
    breaks = (Break(date(2024, 3, 1), "1", ""), Break(date(2020, 1, 1), "0", ""))
    series = points((2024, 1, 50), (2024, 2, 60), (2024, 3, 700))

    figure = content(downloads_figure(segments(series, breaks[:1]), breaks))

    assert figure["layout"]["yaxis"]["type"] == "log"
    assert [line["y"] for line in figure["data"]] == [[50, 60], [700]]
    # A break before the first reading has nothing to break.
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == ["2024-03-01"]


def test_a_segment_of_one_month_is_a_dot() -> None:
    figure = content(downloads_figure(segments(points((2024, 1, 50))), ()))

    assert figure["data"][0]["mode"] == "lines+markers"


@pytest.mark.parametrize(("value", "low", "high"), [(1.0, 0, 1), (50, 1, 2), (100, 2, 3)])
def test_the_scale_holds_even_a_single_power_of_ten(value: float, low: int, high: int) -> None:
    figure = content(downloads_figure(segments(points((2024, 1, value))), ()))

    assert figure["layout"]["yaxis"]["range"] == [low, high]


def test_the_first_place_is_on_top() -> None:
    ranks = [RankPoint(date(2024, 1, 1), 3, 9), RankPoint(date(2024, 2, 1), 2, 12)]

    figure = content(rank_figure(ranks))

    bottom, top = figure["layout"]["yaxis"]["range"]
    assert (bottom, top) == (12.5, 0.5)
    assert figure["layout"]["yaxis"]["tickvals"] == [1, 5, 10]
    assert figure["layout"]["annotations"][0]["text"] == "2nd"


def test_ranks_are_not_joined_across_a_gap() -> None:
    months = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 9, 1)]

    figure = content(rank_figure([RankPoint(month, 1, 5) for month in months]))

    assert [len(line["x"]) for line in figure["data"]] == [2, 1]


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_places_are_ordinals(place: int, words: str) -> None:
    figure = content(rank_figure([RankPoint(date(2024, 1, 1), place, 22)]))

    assert figure["layout"]["annotations"][0]["text"] == words


def test_a_short_series_has_half_years_and_a_long_one_few_years() -> None:
    short = content(stars_figure(points((2025, 2, 1), (2026, 4, 2))))
    long = content(stars_figure(points((2018, 7, 1), (2026, 8, 2))))

    assert short["layout"]["xaxis"]["ticktext"] == ["2025-07", "2026-01"]
    assert long["layout"]["xaxis"]["ticktext"] == ["2020", "2022", "2024", "2026"]


@pytest.mark.slow
@pytest.mark.parametrize("slug", sorted(get_catalog().alternatives))
def test_every_figure_of_the_catalog_is_finished_and_small(slug: str) -> None:
    catalog = get_catalog()
    alternative = catalog.alternatives[slug]
    stars, downloads = star_history(alternative), download_history(alternative)
    ranks = download_ranks(catalog).get(slug, ())
    figures = [
        *([stars_figure(stars)] if stars else []),
        *([downloads_figure(segments(downloads), DOWNLOAD_BREAKS)] if downloads else []),
        *([rank_figure(ranks)] if ranks else []),
    ]

    for figure in figures:
        written = content(figure)
        assert written["layout"]["template"] == {}
        assert written["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
        assert written["layout"]["dragmode"] is False
        assert len(figure.to_json()) < HEAVIEST


def test_plotly_has_no_button_that_leads_anywhere_and_no_address_to_call() -> None:
    assert theme.CONFIG["displayModeBar"] is False
    assert theme.CONFIG["displaylogo"] is False
    assert [value for value in theme.CONFIG.values() if "//" in str(value)] == []
