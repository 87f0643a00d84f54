"""Charts of the benchmarks as files: title, date and source are inside."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest

from framework_picker.domain.benchmark_charts import Chart, chart_of
from framework_picker.domain.benchmark_choice import choice_in, stock_of
from framework_picker.domain.performance import Performance
from framework_picker.domain.published import Published
from framework_picker.exports.benchmark_table import benchmark_csv
from framework_picker.exports.pictures.benchmark import benchmark_picture
from framework_picker.exports.pictures.sheet import as_png, as_svg
from tests.domain.benchmark_runs import run, sample

ADDRESS = "https://picker.example.org/benchmarks/?test=json"
NAMES = {"oak": "Oak"}
SAMPLES = tuple(
    sample(name, r, rps + r) for name, rps in (("bare-asgi", 1000), ("oak", 500)) for r in (1, 2, 3)
)


def chart(**entries: Any) -> Chart:
    """A chart of three rounds."""
    stock = stock_of((run(samples=SAMPLES, **entries),), Published(), Performance(), NAMES)
    found = chart_of(stock, "measured", choice_in([], stock))
    assert found is not None
    return found


def test_the_table_has_a_line_for_every_sample_that_can_stand_alone() -> None:
    rows = list(csv.DictReader(io.StringIO(benchmark_csv(chart(), ADDRESS))))

    assert [row["value"] for row in rows if row["slug"] == "oak"] == ["501", "502", "503"]
    for row in rows:
        assert row["chart"] == "Requests per second: Json"
        assert row["unit"] == "requests/s"
        assert row["date"] == "2026-11-20"
        assert "data/benchmarks/first.json" in row["source"]
        assert "two cores" in row["source"]
        assert row["address"] == ADDRESS


def test_no_cell_is_taken_for_a_formula() -> None:
    found = chart(machine="=cmd|' /C calc'!A0")
    oak = benchmark_csv(found, '=HYPERLINK("http://evil")')

    assert all(
        not cell.startswith(("=", "+", "-", "@"))
        for row in csv.reader(io.StringIO(oak))
        for cell in row
    )


def test_the_picture_says_title_limits_source_date_and_address() -> None:
    svg = as_svg(benchmark_picture(chart(), ADDRESS), "Requests per second: Json")
    root = ElementTree.fromstring(svg)
    words = " ".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith("text"))

    for text in (
        "Requests per second: Json",
        "Oak",
        "502",
        "n = 3",
        "Limits of this test: Not json.",
        "2026-11-20",
        "data/benchmarks/first.json",
        "picker.example.org/benchmarks/?test=json",
    ):
        assert text in words
    assert "script" not in svg


def test_a_preliminary_run_is_marked_in_the_picture() -> None:
    svg = as_svg(benchmark_picture(chart(is_preliminary=True), ADDRESS), "x")

    assert "Preliminary: fewer rounds than a full run." in svg


def test_the_same_chart_gives_the_same_picture() -> None:
    one, other = (as_svg(benchmark_picture(chart(), ADDRESS), "x") for _ in range(2))

    assert one == other


def test_the_png_is_one() -> None:
    assert as_png(benchmark_picture(chart(), ADDRESS), "x").startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("label", ["$x^2$ \\frac{1}{2}", "a\nb", "名前 🦀", "<script>", "x" * 400])
def test_a_strange_name_is_drawn_as_text(label: str) -> None:
    found = chart(machine=label, note=label)

    assert as_png(benchmark_picture(found, ADDRESS), label).startswith(b"\x89PNG")
