"""The Benchmarks page's state: links, clicks, the planner; with a run and without any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import reflex as rx
from hypothesis import given, settings
from hypothesis import strategies as st
from reflex.istate.data import RouterData

from framework_picker import routes
from framework_picker.catalog.current import (
    get_catalog,
    get_performance,
    get_published,
)
from framework_picker.domain.benchmark_choice import PARAMETERS, Stock, stock_of
from framework_picker.domain.runs import Run
from framework_picker.state import benchmarks, performance
from framework_picker.state.answers import AnswersState
from framework_picker.state.benchmarks import (
    NO_MEASURED,
    NO_PLAN,
    NO_UI,
    BenchmarksState,
    articles_view,
    choice_of_query,
    headline,
    measured_view,
    plan_view,
    published_view,
    run_notes,
    story_view,
    ui_view,
)
from framework_picker.state.performance import (
    PerformanceState,
    measured_profile,
    workload_view,
)
from framework_picker.state.signs import NO_SIGNS
from tests.domain.benchmark_runs import run, sample, start, ui_sample
from tests.state.conftest import OpenPage

ADDRESS = "/benchmarks/"
NAMES = {
    one.slug: one.name
    for one in sorted(get_catalog().alternatives.values(), key=lambda one: one.name.casefold())
}
RATES = {"bare-asgi": 10_000, "django": 2_000, "flask": 4_000, "fastapi": 5_000}
TESTS = (("json", "", 1.0), ("query", "orm", 0.5), ("page", "orm", 0.25))
HTTP = run(
    samples=tuple(
        sample(name, r, rate * share * (1 + 0.01 * (r - 2)), scenario=scenario, database=database)
        for name, rate in RATES.items()
        for scenario, database, share in TESTS
        for r in (1, 2, 3)
    )
    + tuple(sample(name, r, rate / 4, mode="close") for name, rate in RATES.items() for r in (1, 2))
    + tuple(
        sample(name, 1, rate, matrix="documented-server")
        for name, rate in (("bare-asgi", 8_000), ("aiohttp", 4_000))
    ),
    starts=tuple(start(name, 40.0) for name in RATES),
)
UI_RUN = run("ui", kind="ui", ui_samples=(ui_sample("reflex", 95), ui_sample("dash", 80)))

CACHED = (
    benchmarks._choice,
    measured_view,
    published_view,
    ui_view,
    plan_view,
    performance._workload_view,
)


def forget() -> None:
    """What was built from another stock."""
    for cached in CACHED:
        cached.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, *runs: Run) -> Stock:
    """Let the states see these runs beside what is really published."""
    found = stock_of(runs, get_published(), get_performance(), NAMES)
    for module in (benchmarks, performance):
        monkeypatch.setattr(module, "get_stock", lambda: found)
    monkeypatch.setattr(performance, "get_runs", lambda: runs)
    forget()
    return found


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stock]:
    """A run of requests and one of user interfaces."""
    yield use(monkeypatch, HTTP, UI_RUN)
    forget()


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stock]:
    """No run at all."""
    yield use(monkeypatch)
    forget()


@pytest.fixture
async def state(root_state: rx.State) -> BenchmarksState:
    """What a new visitor looks at."""
    return await root_state.get_state(BenchmarksState)


def open_at(state: BenchmarksState, address: str) -> None:
    """Open an address, as the browser does."""
    root: Any = state.get_root_state()
    root.router = RouterData.from_router_data(
        {"pathname": address.partition("?")[0], "asPath": address}
    )
    state.open_page()


@pytest.mark.usefixtures("measured")
def test_at_first_the_state_sends_nothing_and_the_page_shows_the_usual(
    state: BenchmarksState,
) -> None:
    open_at(state, ADDRESS)

    assert state.query == ""
    assert state.own_panels == []
    assert (state.measured, state.ui, state.pair) == (NO_MEASURED, NO_UI, NO_SIGNS)
    assert [row.label for row in measured_view().chart.rows] == [
        "Bare-asgi",
        "Fastapi",
        "Flask",
        "Django",
    ]


@pytest.mark.usefixtures("measured")
def test_a_click_changes_one_panel_and_the_link(state: BenchmarksState) -> None:
    state.choose("test", "query")
    state.choose("show", "time")

    assert state.own_panels == ["measured"]
    assert dict(parse_qsl(state.query)) == {"test": "query", "show": "time"}
    assert state.measured.chart.title == "Microseconds per request: Query (ORM)"
    assert state.measured.chart.rows[-1].figure == "1000 µs"  # Django: 1000 requests/s


@pytest.mark.usefixtures("measured")
def test_a_link_brings_the_view_back(state: BenchmarksState) -> None:
    state.choose("connection", "close")
    state.toggle_framework("flask")
    state.choose("scale", "log")
    link = f"{ADDRESS}?{state.query}"
    shown = state.measured

    state.start_over()
    assert state.measured == NO_MEASURED
    open_at(state, link)

    assert state.measured == shown
    assert state.notices == []
    assert [row.label for row in shown.chart.rows] == ["Bare-asgi", "Flask"]


@pytest.mark.usefixtures("measured")
def test_what_a_link_should_not_ask_is_said_and_the_rest_is_shown(state: BenchmarksState) -> None:
    open_at(state, f"{ADDRESS}?test=warp&show=time&evil=1&f=zope")

    assert len(state.notices) == 3
    assert state.query == "show=time"
    open_at(state, f"{ADDRESS}?{'x=1&' * 5000}")
    assert state.notices == ["The link is longer than any of ours, so it was not read."]
    open_at(state, f"{ADDRESS}?{'&'.join(f'p{n}=1' for n in range(60))}")
    assert "more parts" in state.notices[0]


@pytest.mark.usefixtures("measured")
def test_every_chart_says_where_when_and_how_and_can_be_taken_along() -> None:
    for view in (measured_view().chart, ui_view().chart, published_view().chart):
        assert "data/" in view.source
        assert view.on
        assert view.says_not
        for address, kind in ((view.csv, "csv"), (view.svg, "svg"), (view.png, "png")):
            assert urlsplit(address).path.endswith(f".{kind}")
    notes = run_notes(HTTP)
    assert {fact.value for fact in notes.facts} >= {"Command", "Seed of the order"}
    assert [command.label for entry in notes.entries for command in entry.commands]


@pytest.mark.usefixtures("measured")
def test_the_planner_counts_by_hand(state: BenchmarksState) -> None:
    # Django: 2000 small answers a second, 500 pages. 80 of 100 are pages: 0.2/2000 + 0.8/500 s.
    # 1.7 ms a request, 1000 a second: 1.7 busy cores; at 60 % of each 2.83, so 3.
    state.choose("plan", "django")
    state.plan_peak("1000")
    state.plan_price("10")

    assert state.planned.cores == "3 cores"
    assert state.planned.cost == "30 a month"
    assert state.planned.memory == "about 150 MB"
    assert "1700 µs a request" in state.planned.working[2]


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("written", ["many", "-5", "1e999", "101", "NaN", "१२३x"])
def test_the_planner_says_what_is_no_number(state: BenchmarksState, written: str) -> None:
    state.plan_pages(written)

    assert "is no number from 0 to 100" in state.plan_problem
    assert state.query == ""
    state.plan_pages("40")
    assert state.plan_problem == ""
    state.plan_pages("")
    assert state.query == ""


@pytest.mark.usefixtures("measured")
def test_the_planner_says_who_was_not_measured() -> None:
    assert "was not measured" in plan_view((("plan", "bottle"),)).problem


def test_what_no_request_asks_for_need_not_have_been_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    samples = tuple(
        sample(name, r, rate)
        for name, rate in (("bare-asgi", 3000), ("flask", 2500))
        for r in (1, 2)
    )
    use(monkeypatch, run(samples=samples))

    refused = plan_view((("plan", "flask"), ("pages", "50")))
    found = plan_view((("plan", "flask"), ("pages", "0")))

    assert refused.problem.endswith("; it can be planned without pages (0 %).")
    assert found.problem == ""
    assert found.cores
    forget()


@pytest.mark.usefixtures("measured")
def test_a_framework_beside_itself_has_no_signs(state: BenchmarksState) -> None:
    state.choose("a", "flask")

    assert state.own_panels == ["pair"]
    assert state.pair == NO_SIGNS
    state.choose("b", "django")
    assert state.pair.one == "Flask"


@pytest.mark.usefixtures("measured")
def test_the_story_and_the_articles_stand_beside_what_was_measured() -> None:
    story, table = story_view(), articles_view()

    assert story is not None
    assert table is not None
    assert [line.ratio for line in story.published] == ["40.3×", "0.993×", "0.985×"]
    assert [line.is_kept_open for line in story.measured] == [True, False]
    assert table.lines[0].claimed == "32\u202f000 / 45\u202f000"
    assert table.lines[0].measured_ratio == "2.00× (2.00 to 2.00)"
    assert table.lines[0].claim_href == routes.claim("C074")
    assert table.lines[2].measured == "not measured yet"  # no 20 queries in this run


@pytest.mark.usefixtures("unmeasured")
def test_without_a_run_nothing_measured_is_claimed(state: BenchmarksState) -> None:
    open_at(state, f"{ADDRESS}?show=time")

    assert state.measured == NO_MEASURED
    assert (measured_view(), ui_view(), plan_view()) == (NO_MEASURED, NO_UI, NO_PLAN)
    assert not any(letter.isdigit() for letter in headline().title + headline().words)
    story, table = story_view(), articles_view()
    assert story is not None
    assert table is not None
    assert story.measured == []
    assert {line.measured for line in table.lines} == {"not measured yet"}
    assert published_view().chart.rows


@pytest.mark.usefixtures("measured")
def test_the_headline_names_the_spread() -> None:
    # Fastest 5000, slowest 2000 requests a second.
    assert headline().title.startswith("A request costs 200 to 500 microseconds")
    assert "3 Python frameworks" in headline().words


@settings(max_examples=60, deadline=None)
@given(query=st.text(max_size=300))
def test_no_query_breaks_the_page(query: str) -> None:
    wanted, _ = choice_of_query(query)

    assert set(wanted) <= set(PARAMETERS)


# On the result and on a profile


@pytest.mark.usefixtures("measured")
def test_the_result_shows_time_and_what_it_means_for_the_load() -> None:
    view = workload_view({"use": "api", "load": "somewhat"})

    assert view.about == "a JSON API"
    assert view.load.startswith("1000 requests a second keep busy")
    assert [head.label for head in view.tests] == ["Json", "Query (ORM)"]
    cells = {row.slug: row.cells for row in view.rows}
    assert (cells["django"][0].time, cells["django"][0].cores) == ("500 µs", "0.50 of a core")
    assert cells["fastapi"][1].time == "400 µs"  # 2500 requests a second
    assert "Litestar: not measured." in view.missing
    assert "data/benchmarks" in view.source


@pytest.mark.usefixtures("measured")
def test_a_data_app_is_answered_with_user_interfaces_never_with_requests() -> None:
    view = workload_view({"use": "data-app"})

    assert view.rows[0].slug == "reflex"
    assert [cell.time for cell in view.rows[0].cells] == ["20 ms", "40 ms", "2 MB"]
    assert "Request" not in " ".join(head.label for head in view.tests)


@pytest.mark.usefixtures("unmeasured")
def test_without_a_run_the_result_says_so() -> None:
    view = workload_view({"use": "api"})

    assert view.rows == []
    assert "No benchmark run is stored yet" in view.missing
    assert "not measured" in measured_profile("flask").missing


@pytest.mark.usefixtures("measured")
def test_a_profile_lists_its_own_figures_each_with_its_chart() -> None:
    django, aiohttp, reflex = (measured_profile(s) for s in ("django", "aiohttp", "reflex"))

    assert [line.label for line in django.lines] == [
        "Json",
        "Page (ORM)",
        "Query (ORM)",
        "Memory at rest",
        "Memory after load",
        "Time to start",
    ]
    assert django.lines[0].figure == "500 µs"
    assert django.lines[0].detail.startswith("0.20 of the bare server (0.20 to 0.20), 2000")
    assert django.lines[0].href == "/benchmarks/?test=json&server=same&f=django#measured"
    assert aiohttp.lines[0].href == "/benchmarks/?test=json&server=documented&f=aiohttp#measured"
    assert reflex.lines[0].figure == "20 ms"
    for shown in (django, aiohttp):
        for line in shown.lines:
            _, notices = choice_of_query(urlsplit(line.href).query)
            assert notices == []


def test_the_result_stays_small() -> None:
    view = workload_view({"use": "api", "load": "lot", "async": "decisive"})

    assert len(str(view)) < 3_000


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("address", "about"),
    [("/result/?use=site", "a site with pages and accounts"), ("/?use=site", "")],
)
async def test_only_the_result_carries_the_workload(
    answers: AnswersState, open_page: OpenPage, address: str, about: str
) -> None:
    open_page(answers, address)
    state = await answers.get_state(PerformanceState)

    assert (await state.workload).about == about


def test_a_test_that_waits_speaks_of_workers_and_never_of_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    samples = tuple(
        sample(name, 1, rate, scenario="upstream")
        for name, rate in (("bare-asgi", 3000), ("fastapi", 2500), ("django", 800))
    )
    use(monkeypatch, run(samples=samples))

    view = workload_view({"async": "decisive", "load": "somewhat"})

    cells = {row.slug: row.cells[0] for row in view.rows}
    assert (cells["fastapi"].time, cells["fastapi"].cores) == (
        "one every 400 µs",
        "1 worker, mostly waiting",
    )
    assert cells["django"].cores == "2 workers, mostly waiting"
    assert view.meaning == ""
    forget()
