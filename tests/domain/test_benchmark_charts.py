"""Charts as rows with words; measured and published never meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from framework_picker.catalog.current import get_catalog, get_performance, get_published
from framework_picker.domain.benchmark_charts import (
    chart_of,
    measured_chart,
    published_chart,
    ui_chart,
)
from framework_picker.domain.benchmark_choice import Stock, choice_in, stock_of
from framework_picker.domain.benchmark_stories import (
    article_findings,
    ratio_word,
    story_measured,
    story_rows,
)
from framework_picker.domain.benchmarks import Interval
from framework_picker.domain.performance import load_of, meant_by, speeds
from framework_picker.domain.published import Published
from framework_picker.domain.published_charts import SOURCES, published_groups
from framework_picker.domain.runs import Latency, LeftOut
from tests.domain.benchmark_runs import run, sample, start, ui_sample

NAMES = {"ash": "Ash", "elm": "Elm", "fir": "Fir", "oak": "Oak"}
SAMPLES = (
    *(sample("bare-asgi", r, 1000) for r in (1, 2, 3, 4, 5)),
    *(sample("oak", r, rps) for r, rps in enumerate((500, 505, 495, 500, 510), 1)),
    *(sample("elm", r, rps) for r, rps in enumerate((496, 498, 490, 505, 500), 1)),
    *(sample("ash", r, 250) for r in (1, 2)),
    sample("ash", 3, 90, is_valid=False, why_rejected="others used 0.3 of a core"),
    sample("bare-asgi", 1, 700, matrix="documented-server"),
    sample("fir", 1, 350, matrix="documented-server"),
)
RUN = run(
    samples=SAMPLES,
    starts=(start("oak", 40), start("elm", 50)),
    left_out=(LeftOut("yew", "", "no wheel for this Python"),),
)
REAL_NAMES = {
    one.slug: one.name
    for one in sorted(get_catalog().alternatives.values(), key=lambda one: one.name.casefold())
}


def stock(*runs: object) -> Stock:
    """Only runs, nothing published."""
    return stock_of(tuple(runs), Published(), get_performance(), NAMES)  # type: ignore[arg-type]


def real_stock() -> Stock:
    """What is really published, under the real names."""
    return stock_of((), get_published(), get_performance(), REAL_NAMES)


def test_rows_show_every_round_the_middle_and_the_spread() -> None:
    chart = measured_chart(stock(RUN), choice_in([], stock(RUN)))

    assert chart is not None
    oak = next(row for row in chart.rows if row.label == "Oak")
    assert len(oak.dots) == 5
    assert oak.figure == "500"
    assert oak.spread == "495 to 510"
    assert oak.dots[0] == pytest.approx(50)  # 500 on an axis from 0 to 1000
    assert (oak.low, oak.high) == (min(oak.dots), max(oak.dots))
    assert oak.time == "2000 µs"
    assert oak.above == "+1000 µs"
    assert oak.ratio.startswith("0.500 (0.4")


def test_rows_whose_intervals_overlap_share_a_place() -> None:
    chart = measured_chart(stock(RUN), choice_in([], stock(RUN)))

    assert chart is not None
    places = [(row.label, row.place, row.is_level, row.is_group_start) for row in chart.rows]
    assert places == [
        ("Bare-asgi", 1, False, True),
        ("Oak", 2, True, True),
        ("Elm", 2, True, False),
        ("Ash", 4, False, True),
    ]


def test_few_and_rejected_samples_are_said_beside_the_figure() -> None:
    chart = measured_chart(stock(RUN), choice_in([], stock(RUN)))

    assert chart is not None
    ash = chart.rows[-1]
    assert (ash.count, ash.rejected) == (2, 1)
    assert "only 2 valid samples" in ash.remarks
    assert ash.reasons == "others used 0.3 of a core"
    assert chart.absent == (
        "Fir: not measured in this test on the server that all share",
        "yew: no wheel for this Python",
    )
    assert chart.says_not == "Not json."


def test_time_and_requests_are_the_same_figures_upside_down() -> None:
    requests = measured_chart(stock(RUN), choice_in([], stock(RUN)))
    time = measured_chart(stock(RUN), choice_in([("show", "time")], stock(RUN)))

    assert requests is not None
    assert time is not None
    assert [row.label for row in requests.rows] == [row.label for row in time.rows]
    for one, other in zip(requests.rows, time.rows, strict=True):
        assert other.value == pytest.approx(1e6 / one.value)
    assert (requests.direction, time.direction) == ("More is better", "Less is better")


def test_chosen_frameworks_stand_beside_the_bare_server() -> None:
    chart = measured_chart(stock(RUN), choice_in([("f", "oak,fir")], stock(RUN)))

    assert chart is not None
    assert [row.label for row in chart.rows] == ["Bare-asgi", "Oak"]
    assert chart.absent == ("Fir: not measured in this test on the server that all share",)


def test_memory_is_ordered_by_less() -> None:
    chart = measured_chart(stock(RUN), choice_in([("show", "memory")], stock(RUN)))

    assert chart is not None
    assert [(row.label, row.figure) for row in chart.rows] == [("Oak", "40 MB"), ("Elm", "50 MB")]


def test_latency_names_each_rate_its_own_tool_and_who_could_not_be_measured() -> None:
    latencies = tuple(
        Latency(name, "same-server", "json", "", r, rate, "half-of-own", 1 + r, 2 + r, 3 + r, *rest)
        for name, rate, rest in (("oak", 250.4, ()), ("elm", 50.0, (False, "the client was busy")))
        for r in (1, 2)
    )
    found = stock(replace(RUN, latencies=latencies))

    chart = measured_chart(found, choice_in([("show", "p99")], found))

    assert chart is not None
    assert [(row.slug, row.figure) for row in chart.rows] == [("oak", "4.5 ms")]
    assert chart.rows[0].detail.endswith("at 250 requests/s")
    assert chart.source.endswith("autocannon at a fixed rate, 2 rounds")
    assert any("all 2 samples were rejected, the client was busy" in one for one in chart.absent)


def test_user_interfaces_have_a_chart_of_their_own() -> None:
    ui = run("ui", kind="ui", ui_samples=(ui_sample("oak", 90), ui_sample("elm", 70, p50_ms=33)))
    both = stock(RUN, ui)

    chart = ui_chart(both, choice_in([("ui", "change-p50")], both))
    requests = measured_chart(both, choice_in([], both))

    assert chart is not None
    assert requests is not None
    assert [(row.label, row.figure) for row in chart.rows] == [("Oak", "20 ms"), ("Elm", "33 ms")]
    assert "ui" not in requests.source
    assert ui_chart(stock(RUN), choice_in([], stock(RUN))) is None


def test_without_a_run_there_is_no_measured_chart() -> None:
    assert chart_of(stock(), "measured", choice_in([], stock())) is None
    assert chart_of(stock(), "published", choice_in([], stock())) is None


# Published


def test_at_first_neither_grade_c_nor_vendors_are_charted_and_grade_d_never_is() -> None:
    rows = {
        sources: [
            row
            for group in published_groups(get_published(), REAL_NAMES, sources)
            for test in group.tests
            for row in test.rows
        ]
        for sources in SOURCES
    }

    assert {row.grade for row in rows["usual"]} == {"A", "B"}
    assert not any(row.is_vendor for row in rows["usual"])
    assert "C" in {row.grade for row in rows["with-c"]}
    assert any(row.is_vendor for row in rows["with-vendors"])
    assert all(row.grade != "D" for found in rows.values() for row in found)


def test_every_published_chart_holds_one_setting_fastest_first() -> None:
    found = real_stock()
    for group in found.groups["all"]:
        for test in group.tests:
            chart = published_chart(found, group, test, choice_in([], found))

            values = [row.value for row in chart.rows]
            assert values == sorted(values, reverse=True)
            assert {row.source for row in test.rows} == {group.source}
            assert {row.on for row in test.rows} == {group.on}
            assert all(row.sources for row in chart.rows)
            assert chart.on == group.on.isoformat()


def test_techempower_is_history_and_says_since_when() -> None:
    found = real_stock()
    groups = [one for one in found.groups["usual"] if one.source.startswith("techempower")]

    assert groups
    for group in groups:
        assert group.ended is not None
        assert group.ended.on == date(2026, 3, 24)
        chart = published_chart(found, group, group.tests[0], choice_in([], found))
        assert "2026-03-24" in chart.subtitle


def test_every_source_and_test_can_be_linked_to() -> None:
    found = real_stock()
    for group in found.groups["all"]:
        for test in group.tests:
            choice = choice_in([("from", group.id), ("published", test.id)], found)
            assert choice.notices == ()
            assert (choice.source, choice.published_test) == (group.id, test.id)


# What the figures tell


def test_the_story_is_told_with_its_rows() -> None:
    story = get_performance().story
    assert story is not None

    rows = story_rows(get_published(), story)

    # published.csv: 123670.3333 / 3069.3333, 2934.0 / 2953.6667, 2627.6774 / 2666.8861
    assert [(row.on.isoformat(), round(row.ratio, 2)) for row in rows] == [
        ("2024-12-31", 40.29),
        ("2025-02-10", 0.99),
        ("2026-02-12", 0.99),
    ]
    assert [row.is_kept_open for row in rows] == [True, False, False]


def test_the_story_takes_our_own_rows_for_both_ways_of_connecting() -> None:
    story = get_performance().story
    assert story is not None
    samples = tuple(
        sample(name, 1, rps, mode=mode)
        for mode, pair in (("keep-alive", (4000, 1000)), ("close", (500, 500)))
        for name, rps in (("bare-asgi", 9000), *zip(story.frameworks, pair, strict=True))
    )

    found, pairs = story_measured((run(samples=samples),), story)

    assert found is not None
    assert [(pair.cell.mode, pair.ratio.median) for pair in pairs] == [
        ("keep-alive", 4.0),
        ("close", 1.0),
    ]


def test_the_articles_table_is_held_against_ratios_measured_here() -> None:
    guide = get_performance()
    one, other = guide.article_frameworks
    samples = tuple(
        sample(name, 1, rps, scenario="json")
        for name, rps in (("bare-asgi", 9000), (one, 1000), (other, 1400))
    )

    _, before = article_findings((), guide)
    found, after = article_findings((run(samples=samples),), guide)

    assert [row.row.claimed for row in before] == [
        (32000, 45000),
        (18500, 19200),
        (3800, 3200),
        (12400, 14100),
        (28000, 31000),
        (8200, 7900),
    ]
    assert all(row.measured is None and not row.word for row in before)
    assert found is not None
    assert after[0].measured is not None
    assert after[0].measured.ratio.median == pytest.approx(1.4)
    assert after[0].word == "about right"


@pytest.mark.parametrize(
    ("claimed", "low", "high", "word"),
    [
        (1.4, 1.3, 1.5, "about right"),
        (1.4, 1.7, 1.8, "about right"),
        (3.0, 1.3, 1.5, "too large"),
        (1.2, 2.0, 2.2, "too small"),
        (0.8, 1.3, 1.5, "the other way round"),
        (1.5, 0.7, 0.8, "the other way round"),
        (2.0, 0.98, 1.02, "wrong: level here"),
        (1.0, 0.98, 1.02, "about right"),
    ],
)
def test_how_a_claimed_ratio_goes_with_a_measured_one(
    claimed: float, low: float, high: float, word: str
) -> None:
    assert ratio_word(claimed, Interval(low, (low + high) / 2, high)) == word


# The tests that speak of a workload


@pytest.mark.parametrize(
    ("answers", "scenarios", "is_ui"),
    [
        ({"use": "api"}, ["json", "query", "validation"], False),
        ({"use": "site"}, ["page", "fortunes"], False),
        ({"use": "data-app"}, [], True),
        ({"use": "api", "async": "decisive"}, ["json", "query", "validation", "upstream"], False),
        ({"async": "lot-unsure"}, ["upstream"], False),
        ({"admin": "lot"}, ["json", "page"], False),
        ({}, ["json", "page"], False),
    ],
)
def test_answers_name_the_tests_that_resemble_the_work(
    answers: dict[str, str], scenarios: list[str], *, is_ui: bool
) -> None:
    meant = meant_by(get_performance(), answers)

    assert [test.scenario for test in meant.tests] == scenarios
    assert meant.is_ui == is_ui


def test_the_load_is_read_from_the_answer_about_throughput() -> None:
    guide = get_performance()

    assert load_of(guide, {"load": "somewhat"}) == 1000
    assert load_of(guide, {"load": "lot-unsure"}) == 5000
    assert load_of(guide, {"load": "dont-know"}) is None
    assert load_of(guide, {}) is None
    assert list(guide.load_per_second.values()) == sorted(guide.load_per_second.values())


def test_speeds_come_from_the_newest_run_that_has_any_and_name_who_has_none() -> None:
    newer = run("newer", samples=(sample("bare-asgi", 1, 10, run="newer"),))
    older = replace(RUN, as_of=date(2026, 1, 1))
    test = replace(meant_by(get_performance(), {"use": "api"}).tests[0])

    found, (oak, yew) = speeds((newer, older), test, ("oak", "yew"))

    assert found is not None
    assert found.name == "first"
    assert oak.microseconds == 2000
    assert oak.cores(250) == 0.5
    assert (yew.line, yew.microseconds, yew.cores(250)) == (None, None, None)


@pytest.mark.parametrize(
    ("rate", "matrix", "said"),
    [
        (2000, "same-server", "Bare-wsgi answers 2 times as much as Bare-asgi here: compare"),
        (200, "documented-server", "Bare-asgi answers 5 times as much as Bare-wsgi here, so much"),
        (1100, "same-server", ""),
    ],
)
def test_two_bare_applications_far_apart_are_explained(rate: int, matrix: str, said: str) -> None:
    samples = tuple(
        sample(name, r, rps, matrix=matrix)
        for name, rps in (("bare-asgi", 1000), ("bare-wsgi", rate), ("oak", 500))
        for r in (1, 2)
    )
    found = stock(run(samples=samples))

    chart = measured_chart(found, choice_in([], found))

    assert chart is not None
    assert chart.caveat.startswith(said)
    assert bool(chart.caveat) == bool(said)
