"""The charts of the Benchmarks page as files, over http."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api import benchmark_files
from framework_picker.api.benchmark_files import KINDS, benchmark_routes
from framework_picker.catalog.current import get_published
from framework_picker.domain.benchmark_charts import PANELS
from framework_picker.domain.benchmark_choice import Stock, stock_of
from framework_picker.domain.performance import Performance
from tests.domain.benchmark_runs import run, sample, ui_sample

NAMES = {"django": "Django", "fastapi": "FastAPI", "flask": "Flask", "reflex": "Reflex"}
RUN = run(
    samples=tuple(
        sample(name, r, rps)
        for name, rps in (("bare-asgi", 1000), ("flask", 500), ("django", 250))
        for r in (1, 2)
    )
)
UI_RUN = run("ui", kind="ui", ui_samples=(ui_sample("reflex", 90),))


def serve(monkeypatch: pytest.MonkeyPatch, stock: Stock) -> TestClient:
    """The files of a stock."""
    monkeypatch.setattr(benchmark_files, "get_stock", lambda: stock)
    benchmark_files._made.cache_clear()
    return TestClient(Starlette(routes=benchmark_routes()))


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A run of each kind, and what is really published."""
    stock = stock_of((RUN, UI_RUN), get_published(), Performance(), NAMES)
    return serve(monkeypatch, stock)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_panel_comes_as_every_kind_of_file(client: TestClient, panel: str, kind: str) -> None:
    answer = client.get(routes.benchmark_file(panel, kind))

    assert answer.status_code == 200
    assert answer.headers["content-type"] == benchmark_files.MEDIA_TYPES[kind]
    assert f".{kind}" in answer.headers["content-disposition"]
    assert len(answer.content) > 300


def test_the_query_is_that_of_the_page(client: TestClient) -> None:
    address = routes.benchmark_file("measured", "csv", [("show", "time"), ("f", "flask")])

    rows = list(csv.DictReader(io.StringIO(client.get(address).text)))

    assert {row["slug"] for row in rows} == {"bare-asgi", "flask"}
    assert {row["unit"] for row in rows} == {"µs"}
    assert rows[0]["address"].endswith("/benchmarks/?show=time&f=flask")


@pytest.mark.parametrize(
    "query",
    ["test=warp", "f=%3Cscript%3E", "x=1", "peak=NaN", "%00=%ff", "f=" + "a," * 300, "&&&=&"],
)
def test_what_the_query_does_not_know_is_left_out(client: TestClient, query: str) -> None:
    answer = client.get(f"{routes.benchmark_file('measured', 'csv')}?{query}")

    assert answer.status_code == 200
    assert "script" not in answer.text


@pytest.mark.parametrize("query", ["x" * 5_000, "&".join(f"p{n}=1" for n in range(60))])
def test_too_long_a_query_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"{routes.benchmark_file('measured', 'png')}?{query}")

    assert answer.status_code == 400


def test_without_a_run_there_is_no_file_and_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    client = serve(monkeypatch, stock_of((), get_published(), Performance(), NAMES))

    answer = client.get(routes.benchmark_file("measured", "png"))

    assert (answer.status_code, answer.text) == (404, "Nothing of this kind was measured yet.\n")
    assert client.get(routes.benchmark_file("published", "csv")).status_code == 200
