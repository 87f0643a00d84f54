"""Every figure of a run, one after the other: what the charts show, nothing twice."""

from __future__ import annotations

from framework_picker.catalog.current import get_runs
from framework_picker.domain.benchmark_choice import METRICS, UI_METRICS
from framework_picker.domain.benchmark_figures import Figure, figures_of
from framework_picker.domain.runs import Latency
from tests.domain.benchmark_runs import run, sample, start, ui_sample


def key(figure: Figure) -> tuple[object, ...]:
    """What tells one figure of a run from the others."""
    return (
        figure.metric.id,
        figure.line.entry.id,
        figure.matrix,
        figure.test,
        figure.database,
        figure.mode,
        figure.connections,
        figure.rate_kind,
    )


def test_speed_start_and_latency_each_have_their_figures() -> None:
    """Two samples of one cell make one figure, their median."""
    small = run(
        "http",
        samples=(sample("oak", 1, 100.0), sample("oak", 2, 300.0)),
        starts=(start("oak", 40.0),),
        latencies=(
            Latency("oak", "same-server", "query", "orm", 1, 500.0, "half-of-own", 1.0, 2.0, 3.0),
        ),
    )

    found = {figure.metric.id: figure for figure in figures_of(small)}

    assert set(found) == {"requests", "memory", "loaded", "start", "p50", "p90", "p99"}
    assert found["requests"].line.median == 200.0
    assert found["memory"].test == found["memory"].mode == ""
    assert found["p99"].rate_kind == "half-of-own"


def test_a_run_of_user_interfaces_has_its_own_figures_and_no_others() -> None:
    found = list(figures_of(run("ui", kind="ui", ui_samples=(ui_sample("reflex", 90),))))

    assert {figure.metric.id for figure in found} == set(UI_METRICS)


def test_no_figure_of_a_real_run_comes_twice() -> None:
    for real in get_runs():
        found = [key(figure) for figure in figures_of(real)]
        assert found
        assert len(set(found)) == len(found)
        assert {name for name, *_ in found} <= set(METRICS) | set(UI_METRICS)
